"""A change of identity decided: validated once seen, refused with its reason, by somebody else; the database holds."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sne.documents.rules import EtatDocument
from sne.habilitations.actions import lier_comptes
from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree, Valeur
from sne.journal.rules import Verbe
from sne.referentiels.selectors import get_guichet
from sne.registre.actions.consulter_piece import consulter_piece
from sne.registre.actions.decider_identite import refuser_identite, valider_identite
from sne.registre.actions.modifier import modifier_demande
from sne.registre.actions.pieces import remplacer_piece
from sne.registre.actions.radier import radier_demande
from sne.registre.actions.rechercher import rechercher_demandes
from sne.registre.models import (
    DecisionIdentite,
    Demande,
    Identite,
    Operation,
    Personne,
    PlaceOuverte,
    Version,
)
from sne.registre.rules.contenu import Contenu
from sne.registre.rules.gel import DossierFige
from sne.registre.rules.pieces_deposees import PieceSaisie
from sne.registre.rules.radiation import FaitsRadiation, MotifRadiation
from sne.registre.rules.refus import DejaOuverte, Introuvable
from sne.registre.selectors.fiche import get_fiche
from sne.registre.selectors.historique import get_historique
from sne.registre.selectors.identites import ancre, list_identites
from sne.registre.selectors.identites_a_decider import (
    compter_changements,
    get_changement,
    get_lecture,
    list_changements,
)
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, NonHabilite
from tests.habilitations.factories import SYSTEME, creer_agent, creer_gestionnaire
from tests.habilitations.factories import acteur as acteur_de_compte
from tests.registre import factories as f
from tests.registre.enquetes import figer
from tests.registre.pieces import IDENTITE, fichier, joindre
from tests.registre.test_deposer import CONJOINT, NAISSANCE

pytestmark = pytest.mark.django_db
APRES = f.MAINTENANT + timedelta(hours=1)


@pytest.fixture
def agent() -> Acteur:
    return f.creer_acteur()


@pytest.fixture
def gt() -> Acteur:
    return f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)


def modifier(demande_id: uuid.UUID, agent: Acteur, le: datetime = f.MAINTENANT, **options: Any) -> None:
    """Ask for a change; ``traits`` of the applicant, ``contenu`` as a function of the tree, ``nirs``."""
    demande = Demande.objects.get(id=demande_id)
    voulu: Contenu = get_fiche(demande, agent).contenu
    if traits := options.pop("traits", None):
        assert voulu.demandeur is not None
        identite = voulu.demandeur.identite.model_copy(update=traits)
        voulu = voulu.model_copy(
            update={"demandeur": voulu.demandeur.model_copy(update={"identite": identite})}
        )
    if change := options.pop("contenu", None):
        voulu = change(voulu)
    modifier_demande(
        demande_id, contenu=voulu, revision=demande.revision, acteur=agent, survenu_le=le, **options
    )


def demander(agent: Acteur, *, depot: dict[str, Any] | None = None, **options: Any) -> Identite:
    """A demande of Élodie Dubreuil, and a change of identity that waits, with its document."""
    recu = f.deposer(acteur=agent, **({"le": f.ANCIEN} | (depot or {})))
    options.setdefault("traits", {"nom_naissance": "Morel"} if "contenu" not in options else {})
    avec_piece = options.pop("piece", True)
    modifier(recu.demande_id, agent, **options)
    if avec_piece:
        joindre(recu.demande_id, acteur=agent)
    return Identite.objects.get(demande=recu.demande_id, voie="CONTROLE")


def ouvrir(ligne: Identite, acteur: Acteur) -> None:
    """Open each document of the change."""
    for piece in get_changement(ligne.id, acteur, le=f.AUJOURD_HUI).pieces:
        if piece.ouvrable:
            consulter_piece(piece.id, acteur=acteur, survenu_le=f.MAINTENANT)


def valider(ligne: Identite, acteur: Acteur, *, vues: bool = True, **options: Any) -> None:
    if vues:
        ouvrir(ligne, acteur)
    valider_identite(ligne.id, acteur=acteur, survenu_le=APRES, **options)
    connection.check_constraints()


def refuser(ligne: Identite, acteur: Acteur, motif: str = "PJ_NON_PROBANTE", precision: str = "") -> None:
    refuser_identite(ligne.id, motif=motif, precision=precision, acteur=acteur, survenu_le=APRES)
    connection.check_constraints()


def noms(demande_id: uuid.UUID, agent: Acteur) -> list[str | None]:
    fiche = get_fiche(Demande.objects.get(id=demande_id), agent)
    return [p.identite.nom_naissance for p in fiche.personnes]


def test_validated_comes_into_force_everywhere_and_is_the_anchor(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent, motif="Acte de naissance mis à jour")
    avant = Demande.objects.get(id=ligne.demande_id)
    assert noms(avant.id, agent) == ["Dubreuil"]
    assert not rechercher_demandes("morel élodie", acteur=agent, survenu_le=f.MAINTENANT).lignes
    valider(ligne, gt, precision="Acte vu")
    demande = Demande.objects.get(id=avant.id)
    assert (demande.revision, demande.date_depot, demande.nud) == (
        avant.revision + 1,
        avant.date_depot,
        avant.nud,
    )
    assert noms(demande.id, agent) == ["Morel"]
    assert not get_fiche(demande, agent).identite_en_attente
    (trouvee,) = rechercher_demandes("morel élodie", acteur=agent, survenu_le=APRES).lignes
    assert trouvee.nud == demande.nud
    assert ancre(list_identites(demande.id), ligne.personne_id).id == ligne.id
    version = Version.objects.get(demande=demande, numero=demande.revision)
    assert (version.identites, version.motif, version.auteur) == (
        [ligne.id],
        "Changement d’identité validé",
        gt.id,
    )
    decision = DecisionIdentite.objects.get()
    assert (decision.issue, decision.precision, decision.auteur, decision.decideur) == (
        "VALIDEE",
        "Acte vu",
        agent.id,
        gt.id,
    )
    assert decision.pieces == version.pieces  # the documents seen stay with the answer
    entree = Entree.objects.get(verbe=Verbe.VALIDER_IDENTITE)
    assert (entree.demande, entree.revision, entree.faits["decision"]) == (
        demande.id,
        demande.revision,
        str(decision.id),
    )
    dites = {(v.champ, v.cote): v.valeur for v in Valeur.objects.filter(entree=entree.id)}
    assert dites == {
        ("demandeur.identite.nom_naissance", "avant"): "Dubreuil",
        ("demandeur.identite.nom_naissance", "apres"): "Morel",
    }


def test_refused_nothing_moves_and_the_counter_reads_why(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    avant = Demande.objects.get(id=ligne.demande_id)
    refuser(ligne, gt)
    demande = Demande.objects.get(id=avant.id)
    assert (demande.revision, noms(demande.id, agent)) == (avant.revision, ["Dubreuil"])
    assert not get_fiche(demande, agent).identite_en_attente
    acte = get_historique(demande.id, acteur=agent).lignes[0]
    assert (acte.libelle, acte.motif) == ("Changement d’identité refusé", "")
    modifier(demande.id, agent, le=APRES, traits={"nom_naissance": "Morel"})  # it may be asked again
    assert get_fiche(demande, agent).identite_en_attente


@pytest.mark.parametrize(
    ("motif", "precision", "champ"), [("", "", "motif"), ("X", "", "motif"), ("AUTRE", " ", "precision")]
)
def test_refusal_ill_said(agent: Acteur, gt: Acteur, motif: str, precision: str, champ: str) -> None:
    with pytest.raises(Interdit) as exc:
        refuser(demander(agent), gt, motif, precision)
    assert exc.value.champ == champ


def test_what_changed_meanwhile_stays(agent: Acteur, gt: Acteur) -> None:
    """Asked with « Morel », the used name then changed by another act: the decision does not take it back."""
    ligne = demander(agent)
    modifier(ligne.demande_id, agent, le=f.MAINTENANT + timedelta(minutes=5), traits={"nom_usage": "Haddad"})
    valider(ligne, gt)
    (personne,) = get_fiche(Demande.objects.get(id=ligne.demande_id), agent).personnes
    assert (personne.identite.nom_naissance, personne.identite.nom_usage) == ("Morel", "Haddad")
    assert ancre(list_identites(ligne.demande_id), ligne.personne_id).id == ligne.id


def test_a_birth_date_known_in_part_comes_with_it(agent: Acteur, gt: Acteur) -> None:
    traits = {"date_naissance": date(1987, 3, 15), "date_naissance_presumee": True}
    ligne = demander(agent, traits=traits)
    valider(ligne, gt)
    (personne,) = get_fiche(Demande.objects.get(id=ligne.demande_id), agent).personnes
    assert (personne.identite.date_naissance, personne.identite.date_naissance_presumee) == (
        date(1987, 3, 15),
        True,
    )


def test_the_place_of_a_number_follows(agent: Acteur, gt: Acteur) -> None:
    ancien, nouveau = f.nir_de(NAISSANCE), f.nir_de(NAISSANCE)
    ligne = demander(agent, depot={"nirs": {"demandeur": ancien}}, nirs={"demandeur": nouveau}, traits={})
    valider(ligne, gt)
    place = PlaceOuverte.objects.get(demande=ligne.demande_id)
    assert bytes(place.nir_empreinte) == bytes(ligne.nir_empreinte)


def test_a_number_taken_since_is_refused(agent: Acteur, gt: Acteur) -> None:
    nouveau = f.nir_de(NAISSANCE)
    ligne = demander(
        agent, depot={"nirs": {"demandeur": f.nir_de(NAISSANCE)}}, nirs={"demandeur": nouveau}, traits={}
    )
    f.deposer(
        f.contenu(demandeur=f.personne("Zimmer", "Anna")),
        nirs={"demandeur": nouveau},
        doublons_ecartes="Autre",
    )
    ouvrir(ligne, gt)
    with pytest.raises(DejaOuverte), transaction.atomic():
        valider(ligne, gt, vues=False)
    assert not DecisionIdentite.objects.exists()


def test_no_number_held_leaves_its_place(agent: Acteur, gt: Acteur) -> None:
    def sans_numero(voulu: Contenu) -> Contenu:
        brut = voulu.model_dump(mode="json")
        brut["demandeur"]["identite"]["nir"] = {"etat": "AUCUN"}
        return Contenu.model_validate(brut)

    ligne = demander(agent, depot={"nirs": {"demandeur": f.nir_de(NAISSANCE)}}, contenu=sans_numero)
    valider(ligne, gt)
    assert not PlaceOuverte.objects.filter(demande=ligne.demande_id).exists()


def depart(agent: Acteur, gt: Acteur) -> Identite:
    recu = f.deposer(f.contenu(cotitulaires=[CONJOINT]), acteur=agent, le=f.ANCIEN)
    modifier(recu.demande_id, agent, contenu=lambda c: c.model_copy(update={"cotitulaires": ()}))
    joindre(
        recu.demande_id, PieceSaisie("SEPARATION", reference="demandeur", nature="JUGEMENT"), acteur=agent
    )
    ligne = Identite.objects.get(demande=recu.demande_id, retrait=True)
    ouvrir(ligne, gt)
    return ligne


def test_a_departure_validated_takes_the_person_out(agent: Acteur, gt: Acteur) -> None:
    ligne = depart(agent, gt)
    assert len(noms(ligne.demande_id, agent)) == 2
    assert get_changement(ligne.id, gt, le=f.AUJOURD_HUI).retrait
    valider(ligne, gt)
    assert noms(ligne.demande_id, agent) == ["Dubreuil"]
    assert Personne.objects.get(id=ligne.personne_id).retire_le == APRES
    demande = Demande.objects.get(id=ligne.demande_id)
    assert (demande.nb_personnes, demande.version_courante.motif) == (1, "Départ d’un cotitulaire validé")
    assert Entree.objects.get(verbe=Verbe.VALIDER_IDENTITE).faits["retrait"] is True


def test_a_departure_refused_keeps_the_person(agent: Acteur, gt: Acteur) -> None:
    ligne = depart(agent, gt)
    refuser(ligne, gt)
    assert len(noms(ligne.demande_id, agent)) == 2


def test_documents_are_opened_first(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    with pytest.raises(Interdit, match="Ouvrez d’abord la pièce"), transaction.atomic():
        valider(ligne, gt, vues=False)
    autre = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    ouvrir(ligne, autre)
    with pytest.raises(Interdit, match="Ouvrez d’abord"), transaction.atomic():
        valider(ligne, gt, vues=False)  # somebody else's eyes
    ouvrir(ligne, gt)
    valider(ligne, gt, vues=False)


def test_the_document_replaced_is_opened_too(agent: Acteur, gt: Acteur) -> None:
    recu = f.deposer(acteur=agent, le=f.ANCIEN)
    ancienne = joindre(recu.demande_id, acteur=agent, le=f.MAINTENANT - timedelta(days=200))
    remplacer_piece(ancienne, IDENTITE, fichier(b"v2"), acteur=agent, survenu_le=f.MAINTENANT)
    modifier(recu.demande_id, agent, traits={"nom_naissance": "Morel"})
    ligne = Identite.objects.get(demande=recu.demande_id, voie="CONTROLE")
    lue = get_changement(ligne.id, gt, le=f.AUJOURD_HUI)
    assert [(p.libelle, p.remplacee, p.ouverte_le) for p in lue.pieces] == [
        ("Carte nationale d’identité", False, None),
        ("Carte nationale d’identité", True, None),
    ]
    consulter_piece(lue.pieces[0].id, acteur=gt, survenu_le=f.MAINTENANT)
    with pytest.raises(Interdit, match="Ouvrez d’abord"), transaction.atomic():
        valider(ligne, gt, vues=False)
    valider(ligne, gt)


def test_without_any_document_it_is_not_validated(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent, piece=False)
    with pytest.raises(Interdit, match="Aucune pièce récente"):
        valider(ligne, gt)
    refuser(ligne, gt, "PJ_ABSENTE")


def test_an_old_document_does_not_justify(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent, piece=False)
    joindre(ligne.demande_id, acteur=agent, le=f.MAINTENANT - timedelta(days=31))
    assert get_changement(ligne.id, gt, le=f.AUJOURD_HUI).pieces == ()
    with pytest.raises(Interdit, match="Aucune pièce récente"):
        valider(ligne, gt)


def test_a_document_held_by_the_antivirus_is_waited_for(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    joindre(ligne.demande_id, acteur=agent, etat=EtatDocument.QUARANTAINE, le=APRES)
    ouvrir(ligne, gt)
    with pytest.raises(Interdit, match="contrôle antivirus"):
        valider(ligne, gt, vues=False)


def test_four_eyes(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    le_meme = replace(gt, id=agent.id)
    ouvrir(ligne, le_meme)
    for acte in (valider, refuser):
        with pytest.raises(Interdit, match="Vous avez saisi ce changement"), transaction.atomic():
            acte(ligne, le_meme)
    assert (
        list_changements(le_meme, le=f.AUJOURD_HUI).changements,
        compter_changements(le_meme, le=f.AUJOURD_HUI),
    ) == (
        (),
        0,
    )
    assert get_changement(ligne.id, le_meme, le=f.AUJOURD_HUI).la_sienne
    with pytest.raises(IntegrityError, match=r"quatre_yeux|deux_personnes"), transaction.atomic():
        decision(ligne, decideur=agent.id).save(force_insert=True)


def decision(ligne: Identite, **autres: Any) -> DecisionIdentite:
    champs = {
        "issue": "VALIDEE",
        "decideur": uuid.uuid4(),
        "survenu_le": APRES,
        "auteur": ligne.auteur,
    } | autres
    return DecisionIdentite(
        territoire="099", demande_id=ligne.demande_id, revision=1, identite=ligne, decide_par={}, **champs
    )


def test_decided_once(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    refuser(ligne, gt)
    for acte in (valider, refuser):
        with pytest.raises(Interdit, match="déjà décidé"), transaction.atomic():
            acte(ligne, f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL))


def organisme(code: str) -> str:
    fiche = get_guichet("099", code, le=f.AUJOURD_HUI)
    assert fiche is not None
    return fiche.organisme


def responsable(code: str) -> Acteur:
    return f.creer_acteur(Role.RESPONSABLE_GUICHET, guichet=code, organisme=organisme(code))


def test_a_guichet_manager_decides_for_their_own_body(agent: Acteur) -> None:
    ligne = demander(agent)
    chef = responsable("G0993")
    assert [c.id for c in list_changements(chef, le=f.AUJOURD_HUI).changements] == [ligne.id]
    valider(ligne, chef)
    assert DecisionIdentite.objects.get().decide_par["role"] == "RESPONSABLE_GUICHET"


def test_but_not_for_another_body_nor_without_one(agent: Acteur) -> None:
    ligne = demander(agent)
    autre = next(c for c in ("G0991", "G0992", "G0994") if organisme(c) != organisme("G0993"))
    sans = f.creer_acteur(Role.RESPONSABLE_GUICHET, guichet="G0993")
    for chef in (responsable(autre), sans):
        with pytest.raises(Introuvable):
            valider(ligne, chef)
        assert compter_changements(chef, le=f.AUJOURD_HUI) == 0


@pytest.mark.parametrize(
    ("role", "territoire"),
    [
        (Role.AGENT_GUICHET, "099"),
        (Role.GESTIONNAIRE_TERRITORIAL, "02A"),
        (Role.DPO, ""),
        (Role.SUPPORT_N1, ""),
        (Role.EXPLOITATION_NATIONALE, ""),
    ],
)
def test_nobody_else_sees_nor_decides(agent: Acteur, role: Role, territoire: str) -> None:
    ligne = demander(agent)
    acteur = f.creer_acteur(role, territoire=territoire)
    for acte in (lambda: valider(ligne, acteur), lambda: refuser(ligne, acteur)):
        with pytest.raises(Introuvable):
            acte()
    assert list_changements(acteur, le=f.AUJOURD_HUI).changements == ()


def test_an_identity_that_waits_for_nobody_is_not_found(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    depot = Identite.objects.get(demande=ligne.demande_id, voie="DEPOT")
    with pytest.raises(Introuvable):
        valider(depot, gt, vues=False)


def test_a_demande_that_has_ended_waits(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    ouvrir(ligne, gt)
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Classeur B")
    radier_demande(ligne.demande_id, faits, acteur=agent, survenu_le=f.MAINTENANT)
    with pytest.raises(Interdit, match="ne peut pas être validé"), transaction.atomic():
        valider(ligne, gt, vues=False)
    assert list_changements(gt, le=f.AUJOURD_HUI).changements == ()
    refuser(ligne, gt)


def test_a_frozen_file_waits_but_may_be_refused(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    figer(ligne.demande_id)
    ouvrir(ligne, gt)
    with pytest.raises(DossierFige), transaction.atomic():
        valider(ligne, gt, vues=False)
    refuser(ligne, gt)


def test_journal_failure_leaves_nothing_behind(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    ouvrir(ligne, gt)
    for acte in (lambda: valider(ligne, gt, vues=False), lambda: refuser(ligne, gt)):
        with (
            mock.patch.object(journal, "inscrire_en_lot", side_effect=RuntimeError("journal")),
            pytest.raises(RuntimeError),
            transaction.atomic(),
        ):
            acte()
    assert not DecisionIdentite.objects.exists()
    assert noms(ligne.demande_id, agent) == ["Dubreuil"]
    assert get_fiche(Demande.objects.get(id=ligne.demande_id), agent).identite_en_attente


def test_the_database_lets_no_identity_in_force_undecided(agent: Acteur) -> None:
    """A pending one, one refused, or a second « deposit »: none by a plain UPDATE; nor a departure that nobody said."""
    ligne = demander(agent)
    depot = Identite.objects.get(demande=ligne.demande_id, voie="DEPOT")
    faux = Identite.objects.get(id=depot.id)
    faux.pk, faux.nom_naissance = uuid.uuid4(), "Zimmer"
    faux.save(force_insert=True)
    for cible in (ligne, faux):
        with pytest.raises(DatabaseError, match="personne n’a validé"), transaction.atomic():
            Personne.objects.filter(id=ligne.personne_id).update(identite_courante=cible)
            connection.cursor().execute("SET CONSTRAINTS identite_admise IMMEDIATE")
    with pytest.raises(DatabaseError, match="rien ne dit"), transaction.atomic():
        Personne.objects.filter(id=ligne.personne_id).update(retire_le=APRES)
        connection.cursor().execute("SET CONSTRAINTS depart_dit IMMEDIATE")
    with pytest.raises(DatabaseError, match="n’attend aucune décision"), transaction.atomic():
        decision(depot).save(force_insert=True)
    with pytest.raises(DatabaseError, match="aucune entrée de journal"), transaction.atomic():
        decision(ligne).save(force_insert=True)
        connection.check_constraints()
    assert ancre(list_identites(ligne.demande_id), ligne.personne_id).id == depot.id


@pytest.mark.parametrize(
    ("champs", "contrainte"),
    [
        ({"issue": "ANNULEE"}, "quatre_yeux"),
        ({"issue": "EXPIREE"}, "quatre_yeux"),
        ({"issue": "REFUSEE"}, "identite_motif"),
        ({"motif": "DOUBLON"}, "identite_motif"),
        ({"issue": "REFUSEE", "motif": "AUTRE"}, "identite_precision"),
    ],
)
def test_an_answer_ill_written_is_refused(agent: Acteur, champs: dict[str, Any], contrainte: str) -> None:
    with pytest.raises(IntegrityError, match=contrainte), transaction.atomic():
        decision(demander(agent), **champs).save(force_insert=True)


def test_the_queue_goes_on_from_a_place(agent: Acteur, gt: Acteur) -> None:
    cles = []
    for rang, nom in enumerate(("Petit", "Roy", "Zimmer")):
        recu = f.deposer(
            f.contenu(demandeur=f.personne(nom)), acteur=agent, le=f.ANCIEN, doublons_ecartes="Autre"
        )
        modifier(
            recu.demande_id,
            agent,
            le=f.MAINTENANT + timedelta(minutes=rang),
            traits={"nom_naissance": "Morel"},
        )
        cles.append(Identite.objects.get(demande=recu.demande_id, voie="CONTROLE").id)
    page = list_changements(gt, le=f.AUJOURD_HUI, au_plus=2)
    suite = list_changements(gt, le=f.AUJOURD_HUI, apres=page.suite, au_plus=2)
    assert [c.id for c in (*page.changements, *suite.changements)] == cles
    assert (suite.suite, compter_changements(gt, le=f.AUJOURD_HUI)) == (None, 3)
    assert len(list_changements(gt, le=f.AUJOURD_HUI, apres=uuid.uuid4()).changements) == 3


def test_what_a_guichet_manager_leaves_to_the_territorial_one(agent: Acteur, gt: Acteur) -> None:
    """Contacts changed just before, or a file to look at: not theirs; it is not even in their queue."""
    contact = {"contact": {"courriel": "x@exemple.fr"}}

    def joindre_autrement(voulu: Contenu) -> Contenu:
        brut = voulu.model_dump(mode="json")
        brut["demandeur"] |= contact
        return Contenu.model_validate(brut)

    recu = f.deposer(acteur=agent, le=f.ANCIEN)
    modifier(recu.demande_id, agent, contenu=joindre_autrement, le=f.MAINTENANT - timedelta(days=3))
    modifier(recu.demande_id, agent, traits={"nom_naissance": "Morel"})
    joindre(recu.demande_id, acteur=agent)
    ligne = Identite.objects.get(demande=recu.demande_id, voie="CONTROLE")
    chef = responsable("G0993")
    assert get_changement(ligne.id, chef, le=f.AUJOURD_HUI).au_gt
    assert compter_changements(chef, le=f.AUJOURD_HUI) == 0
    ouvrir(ligne, chef)
    for acte in (lambda: valider(ligne, chef, vues=False), lambda: refuser(ligne, chef)):
        with pytest.raises(NonHabilite, match="gestionnaire territorial"), transaction.atomic():
            acte()
    assert compter_changements(gt, le=f.AUJOURD_HUI) == 1
    valider(ligne, gt)


def test_nor_what_a_score_ranks_high(agent: Acteur, gt: Acteur) -> None:
    recu = f.deposer(acteur=agent, le=f.MAINTENANT - timedelta(days=360))
    modifier(recu.demande_id, agent, traits={"nom_naissance": "Zimmer", "prenoms": "Karl", "civilite": "1"})
    joindre(recu.demande_id, acteur=agent)
    ligne = Identite.objects.get(demande=recu.demande_id, voie="CONTROLE")
    chef = responsable("G0993")
    assert compter_changements(chef, le=f.AUJOURD_HUI) == 1
    derniere = Operation.objects.latest("survenu_le", "id")
    haute = Operation(
        **{c.attname: getattr(derniere, c.attname) for c in Operation._meta.fields} | {"id": uuid.uuid4()}
    )
    haute.score, haute.survenu_le = 0.31, APRES
    haute.save(force_insert=True)
    lecture = get_lecture(recu.demande_id, le=f.AUJOURD_HUI)
    assert lecture is not None
    assert lecture.score == 0.31
    assert compter_changements(chef, le=f.AUJOURD_HUI) == 0
    with pytest.raises(NonHabilite):
        valider(ligne, chef)
    assert compter_changements(gt, le=f.AUJOURD_HUI) == 1


def test_the_same_person_under_two_accounts_counts_once() -> None:
    """Typed as an agent, decided as the territorial manager: refused by the rule and by the database."""
    agent = creer_agent(le=f.MAINTENANT)
    gestionnaire = creer_gestionnaire(le=f.MAINTENANT)
    ligne = demander(acteur_de_compte(agent, le=f.MAINTENANT))
    gt = acteur_de_compte(gestionnaire, le=f.MAINTENANT)
    assert compter_changements(gt, le=f.AUJOURD_HUI) == 1
    lier_comptes(agent.id, gestionnaire.id, acteur=SYSTEME, survenu_le=f.MAINTENANT)
    assert compter_changements(gt, le=f.AUJOURD_HUI) == 0
    assert get_changement(ligne.id, gt, le=f.AUJOURD_HUI).la_sienne
    ouvrir(ligne, gt)
    for acte in (lambda: valider(ligne, gt, vues=False), lambda: refuser(ligne, gt)):
        with pytest.raises(Interdit, match="Vous avez saisi"), transaction.atomic():
            acte()
    for champs in ({"issue": "VALIDEE"}, {"issue": "REFUSEE", "motif": "DOUBLON"}):
        with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
            decision(ligne, decideur=gt.id, personne_decideur=uuid.uuid4(), **champs).save(force_insert=True)


def test_health_of_who_leaves_is_told_apart(agent: Acteur, gt: Acteur) -> None:
    """A sheet added while the departure waits goes with the person; the entry of health says so alone."""
    ligne = depart(agent, gt)

    def ajouter(voulu: Contenu) -> Contenu:
        fiches = {"handicaps": [{"personne": "cotitulaire:1", "reconnu": True}]}
        return Contenu.model_validate(voulu.model_dump(mode="json") | fiches)

    modifier(ligne.demande_id, agent, contenu=ajouter, le=f.MAINTENANT + timedelta(minutes=5))
    avant = Entree.objects.filter(demande=ligne.demande_id, verbe=Verbe.MODIFIER_SANTE).count()
    valider(ligne, gt)
    assert get_fiche(Demande.objects.get(id=ligne.demande_id), agent).contenu.handicaps == ()
    assert Entree.objects.filter(demande=ligne.demande_id, verbe=Verbe.MODIFIER_SANTE).count() == avant + 1
