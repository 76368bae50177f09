"""Documents asked of a household: recorded, told once in one message, closed by what comes; never what is there."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.handlers import abonnes
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.registre.attente.models import Attente
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.selectors.etat import assembler
from sne.registre.faits import tasks
from sne.registre.faits.actions.evenements import consigner_evenement
from sne.registre.faits.actions.faits import inscrire, ouvrir, retirer_fait
from sne.registre.faits.models import Evenement
from sne.registre.faits.rules.evenements import EvenementSaisi
from sne.registre.faits.rules.faits import Correction, NatureFait
from sne.registre.faits.selectors.dossier_de_pieces import get_dossier_de_pieces
from sne.registre.faits.selectors.faits import EvenementLu, list_faits
from sne.registre.faits.verbes import VerbeFait
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.pieces.actions.deposer import noter_piece_vue
from sne.registre.pieces.actions.qualifier import qualifier_piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.pieces import pieces as p
from tests.registre.separation.separations import deposer_couple, separer

pytestmark = pytest.mark.django_db
COURRIEL = {"contact": {"courriel": "elodie@exemple.fr"}}
APRES = f.MAINTENANT + timedelta(hours=1)
IMPOT, COUPLE = "AVIS_IMPOSITION_N2", "AVIS_IMPOSITION_N2/cotitulaire:1"


def demander(
    demande: Demande,
    pieces: str = IMPOT,
    *,
    acteur: Acteur | None = None,
    correction: Correction | None = None,
    **valeurs: str,
) -> uuid.UUID:
    """Ask documents; the id of the event."""
    saisie = EvenementSaisi("DEMANDE_PJ", f.AUJOURD_HUI, {"pieces": pieces, **valeurs}, correction)
    return consigner_evenement(demande.id, saisie, acte=Acte(acteur or f.creer_acteur(), f.MAINTENANT))


@pytest.fixture
def demande() -> Demande:
    return deposee()


def deposee(**racine: Any) -> Demande:
    """A demande whose household reads its e-mails."""
    cle = f.deposer(f.contenu(demandeur=f.personne(**COURRIEL), **racine)).demande_id
    Personne.objects.filter(demande=cle).update(courriel_etat="VERIFIEE")
    return Demande.objects.get(id=cle)


def attendues(demande: Demande, acteur: Acteur | None = None) -> list[tuple[str, str]]:
    """(kind, person) of what was asked and has not come."""
    demande = Demande.objects.select_related("version_courante").get(id=demande.id)
    lu = get_dossier_de_pieces(
        demande.id,
        assembler(demande.version_courante),
        acteur=acteur or f.creer_acteur(),
        le=f.AUJOURD_HUI,
    )
    return [(d.piece.code, d.reference) for d in lu.demandees]


def lignes(demande: Demande) -> list[uuid.UUID]:
    """What waits for the household."""
    return list(Attente.objects.filter(demande=demande, nature="PIECES").values_list("id", flat=True))


def ecrire() -> list[dict[str, str]]:
    """What the journal's delivery does with each request, twice; values of the messages."""
    with time_machine.travel(f.MAINTENANT, tick=False):
        for entree in [*Entree.objects.filter(verbe="DEMANDER_PIECES").order_by("inscrit_le", "id")] * 2:
            tasks.demander_pieces(entree_id=str(entree.id), territoire="099")
    connection.check_constraints()
    messages = [get_contenu(m.id) for m in Message.objects.filter(genre="DEMANDE_PIECES").order_by("id")]
    return [dict(lu.contexte) for lu in messages if lu is not None]


def test_a_request_is_recorded_told_and_waits(demande: Demande) -> None:
    cle = demander(demande, f"{IMPOT},IDENTITE", reponse_avant="2026-12-10")
    connection.check_constraints()
    entree = Entree.objects.get(demande=demande.id, verbe="DEMANDER_PIECES")
    assert entree.faits == {"fait": str(cle), "type": "DEMANDE_PJ"}
    assert attendues(demande) == [(IMPOT, "demandeur"), ("IDENTITE", "demandeur")]
    ligne = Attente.objects.get(id=cle)
    assert (ligne.nature, ligne.avant) == ("PIECES", date(2026, 12, 10))
    assert attendues(demande, f.creer_acteur(Role.DPO)) == attendues(demande)
    with pytest.raises(Introuvable):
        attendues(demande, f.creer_acteur(territoire="02A"))


def test_the_register_listens_to_what_is_asked() -> None:
    assert any(
        a.verbes == {VerbeFait.DEMANDER_PIECES} and a.tache == tasks.DEMANDER_PIECES for a in abonnes()
    )


def test_the_household_gets_one_message_that_lists_everything(demande: Demande) -> None:
    demander(demande, f"{IMPOT},IDENTITE", reponse_avant="2026-12-10")
    (contexte,) = ecrire()
    impot, identite = contexte["pieces"].split("\n")
    assert impot.startswith("Avis d’impôt 2025 sur les revenus de 2024, pour Élodie")
    assert "elle a été vue au guichet, sans copie" in identite
    assert contexte["quand"] == "avant le 10 décembre 2026"


def test_a_letter_goes_to_who_reads_no_mail() -> None:
    demande = Demande.objects.get(id=f.deposer().demande_id)
    demander(demande)
    (contexte,) = ecrire()
    assert contexte["quand"] == "dès que vous le pouvez"
    assert list(Message.objects.filter(genre="DEMANDE_PIECES").values_list("canal", flat=True)) == ["LETTRE"]


def test_a_secret_demande_names_nothing() -> None:
    demande = deposee(motifs={"codes": ["06"]})
    demander(demande)
    (contexte,) = ecrire()
    assert "impôt" not in contexte["pieces"]


def test_nothing_is_written_about_what_came_or_was_taken_back(demande: Demande) -> None:
    cle = demander(demande)
    p.joindre(demande.id, p.IMPOT, le=APRES)
    assert ecrire() == []
    reste = demander(demande, "IDENTITE")
    for fait in (cle, reste):
        retirer_fait(
            demande.id,
            NatureFait.EVENEMENT,
            Correction(fait, "Erreur."),
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
        )
    assert (ecrire(), attendues(demande), lignes(demande)) == ([], [], [])
    tasks.demander_pieces(entree_id=str(uuid.uuid4()), territoire="099")


def test_what_is_there_is_refused_and_asked_once_it_will_not_do(demande: Demande) -> None:
    piece = p.joindre(demande.id, p.IMPOT)
    with pytest.raises(Interdit, match=r"est déjà dans le dossier\. Reçue le 24/11/2026"):
        demander(demande)
    qualifier_piece(piece, "INEXPLOITABLE", motif="Flou.", acte=Acte(f.creer_acteur(), f.MAINTENANT))
    demander(demande)
    assert "ne peut pas être utilisée" in ecrire()[0]["pieces"]


def test_a_document_closes_its_line_and_the_last_one_the_request(demande: Demande) -> None:
    cle = demander(demande, f"{IMPOT},IDENTITE")
    p.joindre(demande.id, p.IMPOT, le=APRES)
    assert (attendues(demande), lignes(demande)) == ([("IDENTITE", "demandeur")], [cle])
    noter_piece_vue(demande.id, p.IDENTITE, vue_le=f.AUJOURD_HUI, acte=Acte(f.creer_acteur(), APRES))
    assert (attendues(demande), lignes(demande)) == ([], [])


def test_each_member_is_asked_and_who_leaves_is_waited_for_no_longer() -> None:
    demande = deposer_couple()
    cle = demander(demande, COUPLE)
    p.joindre(demande.id, p.IMPOT, le=APRES)
    assert (attendues(demande), lignes(demande)) == ([(IMPOT, "cotitulaire:1")], [cle])
    separer(demande)
    assert (attendues(demande), lignes(demande)) == ([], [])


def test_a_contact_or_a_change_does_not_close_a_request(demande: Demande) -> None:
    cle = demander(demande)
    saisie = EvenementSaisi("CONTACT", f.AUJOURD_HUI, {"moyen": "TELEPHONE"})
    consigner_evenement(demande.id, saisie, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    contenu = f.contenu(demandeur=f.personne(situation_familiale="M", **COURRIEL))
    modifier_demande(demande.id, contenu=contenu, revision=1, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert lignes(demande) == [cle]


def test_a_request_in_free_text_of_before_still_ends_with_an_answer(demande: Demande) -> None:
    cle = demander(demande)
    ouvert = ouvrir(
        demande.id, NatureFait.EVENEMENT, correction=None, acte=Acte(f.creer_acteur(), f.MAINTENANT)
    )
    ligne = Evenement(
        jour=f.AUJOURD_HUI, type="DEMANDE_PJ", caracteristiques={"pieces": "Titre"}, numero=2**40
    )
    ancienne = inscrire(ouvert, ligne, faits={"type": "DEMANDE_PJ"})
    assert set(lignes(demande)) == {cle, ancienne}
    assert attendues(demande) == [(IMPOT, "demandeur")]
    saisie = EvenementSaisi("CONTACT", f.AUJOURD_HUI, {"moyen": "TELEPHONE"})
    consigner_evenement(demande.id, saisie, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert lignes(demande) == [cle]


def test_who_may_not_read_health_is_not_told_that_its_proof_was_asked() -> None:
    demande = deposee(motifs={"codes": ["08"]})
    demander(demande, f"MOTIF_08,{IMPOT}")
    sourd, voyant = f.creer_acteur(Role.DPO), f.creer_acteur()
    assert attendues(demande, sourd) == [(IMPOT, "demandeur")]
    assert set(attendues(demande, voyant)) == {("MOTIF_08", ""), (IMPOT, "demandeur")}
    assert "médical" not in ecrire()[0]["pieces"]
    for acteur, attendus in ((sourd, [[IMPOT]]), (voyant, [["MOTIF_08"], [IMPOT]])):
        (fait,) = list_faits(demande.id, acteur=acteur, le=f.AUJOURD_HUI)
        assert isinstance(fait.detail, EvenementLu)
        demandees: Any = fait.detail.caracteristiques["pieces"]
        assert [x["types"][:1] for x in demandees] == attendus


def test_it_takes_the_right_to_record_and_to_read_documents(demande: Demande) -> None:
    agent = f.creer_acteur()
    mandat = agent.mandats[0]
    for manque in ("PIECE_LIRE", "EVENEMENT_CONSIGNER"):
        sans = replace(agent, mandats=(replace(mandat, permissions=mandat.permissions - {manque}),))
        with pytest.raises(NonHabilite):
            demander(demande, acteur=sans)
    with pytest.raises(Introuvable):
        demander(demande, acteur=f.creer_acteur(territoire="02A"))


def test_it_is_refused_twice_a_day_in_the_past_or_as_a_correction(demande: Demande) -> None:
    cle = demander(demande)
    with pytest.raises(Interdit, match="aujourd’hui"):
        demander(demande)
    with pytest.raises(Interdit, match="passée"):
        demander(demande, "IDENTITE", reponse_avant="2026-11-20")
    with pytest.raises(Interdit, match="ne se corrige pas"):
        demander(demande, correction=Correction(cle, "Erreur."))
    with pytest.raises(Interdit, match="manque"):
        demander(demande, "")


def test_asked_again_another_day_the_last_request_shows(demande: Demande) -> None:
    demander(demande)
    saisie = EvenementSaisi("DEMANDE_PJ", f.AUJOURD_HUI, {"pieces": IMPOT})
    demain = f.MAINTENANT + timedelta(days=1)
    consigner_evenement(demande.id, saisie, acte=Acte(f.creer_acteur(), demain))
    assert attendues(demande) == [(IMPOT, "demandeur")]
    assert len(lignes(demande)) == 2
    p.joindre(demande.id, p.IMPOT, le=demain + timedelta(hours=1))
    assert (attendues(demande), lignes(demande)) == ([], [])


def test_no_entry_no_request(demande: Demande, monkeypatch: pytest.MonkeyPatch) -> None:
    def en_panne(*_: Any) -> None:
        raise RuntimeError("journal")

    monkeypatch.setattr(journal, "inscrire", en_panne)
    with pytest.raises(RuntimeError):
        demander(demande)
    assert not Evenement.objects.exists()


def test_a_document_of_the_household_answers_for_a_child() -> None:
    enfant = {"identifiant": "a", "nom": "Dubreuil", "prenoms": "Tom", "date_naissance": "2020-01-01"}
    demande = deposee(foyer={"personnes_a_charge": [enfant | {"lien_parente": "E"}]})
    cle = demander(demande, "FILIATION")
    assert attendues(demande) == [("FILIATION", "charge:a")]
    assert lignes(demande) == [cle]
    p.joindre(demande.id, PieceSaisie("FILIATION"), le=APRES)
    assert (attendues(demande), lignes(demande)) == ([], [])
