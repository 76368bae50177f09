"""What follows from documents: the household asked again, work lists, decisions, a separation, the erasure."""

import uuid
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from config.settings.base import storage_sur_disque
from sne.documents.models import Document, Objet, Partie
from sne.documents.objets import effacer_objets
from sne.documents.reception import ajouter
from sne.documents.rules import EtatDocument, Part, PartieLue
from sne.habilitations.rules import Role
from sne.journal.handlers import abonnes
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.registre.attente.models import Attente
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.demande.selectors.effacement import list_rapports
from sne.registre.demande.selectors.etat import assembler
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.pieces import tasks
from sne.registre.pieces.actions.deposer import Fichier, joindre_piece, noter_piece_vue, remplacer_piece
from sne.registre.pieces.actions.echeances import guetter_pieces
from sne.registre.pieces.actions.expliquer import expliquer_piece
from sne.registre.pieces.actions.qualifier import qualifier_piece
from sne.registre.pieces.models import Piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.pieces.verbes import VerbePiece
from sne.registre.vie.actions.purger import purger_demande
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.registre.vie.models.purge import PurgeCompte
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from tests.documents import factories as documents
from tests.registre import factories as f
from tests.registre.factories import midi
from tests.registre.faits.faits import consigner
from tests.registre.pieces import pieces as p
from tests.registre.separation.separations import deposer_couple, separer

pytestmark = pytest.mark.django_db
COURRIEL = {"contact": {"courriel": "elodie@exemple.fr"}}
ECHEANCE = date(2027, 11, 24)


@pytest.fixture(autouse=True)
def dossier(settings: Any, tmp_path: Path) -> Path:
    settings.DOSSIER_VAR, settings.SMTP_URL = tmp_path, ""
    settings.DOSSIER_DOCUMENTS = tmp_path
    settings.STORAGES = {**settings.STORAGES, "documents_disque": storage_sur_disque(tmp_path)}
    return tmp_path


def deposee(*, verifie: bool = True, **racine: Any) -> Demande:
    """A demande whose household reads its e-mails."""
    demande_id = f.deposer(f.contenu(demandeur=f.personne(**COURRIEL), **racine)).demande_id
    if verifie:
        Personne.objects.filter(demande=demande_id).update(courriel_etat="VERIFIEE")
    return Demande.objects.get(id=demande_id)


def qualifier(piece: uuid.UUID, quoi: str = "INEXPLOITABLE", *, le: datetime = f.MAINTENANT) -> None:
    qualifier_piece(piece, quoi, motif="La photo est floue.", acte=Acte(f.creer_acteur(), le))


def reagir() -> None:
    """What the journal's delivery does with each qualification."""
    with time_machine.travel(f.MAINTENANT, tick=False):
        for entree in Entree.objects.filter(verbe="QUALIFIER_PIECE").order_by("inscrit_le", "id"):
            tasks.redemander(entree_id=str(entree.id), demande_id=str(entree.demande), territoire="099")
    connection.check_constraints()


def demandes() -> list[tuple[str, dict[str, str]]]:
    """(channel, values) of each message that asks for a document again."""
    messages = Message.objects.filter(genre="PIECE_INEXPLOITABLE").order_by("id")
    lus = [get_contenu(m.id) for m in messages]
    return [(str(lu.canal), dict(lu.contexte)) for lu in lus if lu is not None]


def attentes(demande: Demande) -> list[tuple[str, uuid.UUID]]:
    return list(Attente.objects.filter(demande=demande, liste="PIECES").values_list("nature", "id"))


def test_the_register_listens_to_what_is_said_of_documents() -> None:
    verbes = {VerbePiece.QUALIFIER_PIECE, VerbePiece.DETRUIRE_PIECE}
    assert any(a.verbes == verbes and a.tache == tasks.REDEMANDER_PIECE for a in abonnes())


@pytest.mark.parametrize(("verifie", "canal"), [(True, "COURRIEL"), (False, "LETTRE")])
def test_a_household_is_asked_again_once_and_told_why(verifie: bool, canal: str) -> None:
    demande = deposee(verifie=verifie)
    qualifier(p.joindre(demande.id))
    reagir()
    reagir()
    ((par, contexte),) = demandes()
    assert par == canal
    assert contexte["piece"] == "«\u00a0Pièce d’identité\u00a0»"
    assert contexte["raison"] == "La photo est floue."


def test_nobody_is_asked_for_what_is_settled_meanwhile() -> None:
    demande = deposee()
    for quoi in ("VALIDE", "OBSOLETE", "HORS_PERIMETRE", "DOUBLON"):
        qualifier(p.joindre(demande.id), quoi)
    revue, remplacee = p.joindre(demande.id), p.joindre(demande.id)
    qualifier(revue)
    qualifier(revue, "VALIDE")
    qualifier(remplacee)
    remplacer_piece(remplacee, p.IDENTITE, p.fichier(b"neuve"), acte=Acte(f.creer_acteur(), f.MAINTENANT))
    reagir()
    assert demandes() == []
    qualifier(p.joindre(demande.id))
    radier(demande)
    reagir()
    assert demandes() == []


@pytest.mark.parametrize(
    ("racine", "saisie"),
    [
        ({"motifs": {"codes": ["06"]}}, p.IDENTITE),
        ({}, PieceSaisie("MOTIF_08")),
        ({}, PieceSaisie("MOTIF_06")),
    ],
)
def test_a_message_names_nothing_secret(racine: dict[str, Any], saisie: PieceSaisie) -> None:
    demande = deposee(**racine)
    qualifier(p.joindre(demande.id, saisie))
    reagir()
    ((_, contexte),) = demandes()
    assert contexte["piece"] == "une pièce de votre dossier"
    assert "floue" not in contexte["raison"]


def test_what_another_copy_proves_is_not_asked_again() -> None:
    demande = deposee()
    floue = p.joindre(demande.id)
    p.joindre(demande.id)
    qualifier(floue)
    reagir()
    assert demandes() == []


def test_a_document_destroyed_is_there_no_more_for_who_asks() -> None:
    demande = deposee()
    piece = Piece.objects.get(id=p.joindre(demande.id, etat=EtatDocument.QUARANTAINE))
    Document.objects.filter(id=piece.document).update(etat=EtatDocument.INFECTE)
    decision = {"code": "ATTR_SUSP", "pieces_manquantes": ("IDENTITE",), "pieces_avant": date(2026, 12, 10)}
    consigner(NatureFait.DECISION, demande.id, **decision)


def test_a_document_waits_until_each_is_qualified() -> None:
    demande = deposee()
    premiere, seconde = p.joindre(demande.id), p.joindre(demande.id, le=f.MAINTENANT + timedelta(minutes=1))
    noter_piece_vue(demande.id, p.IMPOT, vue_le=f.AUJOURD_HUI, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert attentes(demande) == [("PIECE_A_VERIFIER", premiere)]
    qualifier(premiere, "VALIDE")
    assert attentes(demande) == [("PIECE_A_VERIFIER", seconde)]
    neuve = remplacer_piece(
        seconde, p.IDENTITE, p.fichier(b"neuve"), acte=Acte(f.creer_acteur(), f.MAINTENANT)
    )
    assert attentes(demande) == [("PIECE_A_VERIFIER", neuve)]
    qualifier(neuve)
    assert attentes(demande) == []


def test_an_end_of_validity_is_watched_until_somebody_settles_it() -> None:
    demande, fin = deposee(), date(2026, 12, 20)
    titre = PieceSaisie("IDENTITE", "demandeur", validite_fin=fin)
    piece = p.joindre(demande.id, titre)
    qualifier(piece, "VALIDE")
    lointaine = p.joindre(demande.id, PieceSaisie("IDENTITE", "demandeur", validite_fin=date(2030, 1, 1)))
    qualifier(lointaine, "VALIDE")
    assert guetter_pieces("099", survenu_le=midi(date(2026, 11, 19))) == 0
    assert guetter_pieces("02A", survenu_le=midi(date(2026, 11, 25))) == 0
    passer_l_horloge(midi(date(2026, 11, 25)), territoires=["099"])
    assert guetter_pieces("099", survenu_le=midi(date(2026, 11, 26))) == 0
    ligne = Attente.objects.get(demande=demande, liste="PIECES")
    assert (ligne.nature, ligne.id, ligne.avant) == ("PIECE_PERIMEE", piece, fin)
    qualifier(piece, "OBSOLETE", le=f.MAINTENANT + timedelta(days=2))
    assert attentes(demande) == []
    assert guetter_pieces("099", survenu_le=midi(date(2026, 11, 27))) == 0
    autre = p.joindre(demande.id, titre)
    assert guetter_pieces("099", survenu_le=midi(date(2026, 11, 28))) == 0  # it waits to be verified already
    qualifier(autre, "VALIDE")
    assert guetter_pieces("099", survenu_le=midi(date(2026, 11, 28))) == 1
    remplacer_piece(autre, titre, p.fichier(b"neuve"), acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert [nature for nature, _ in attentes(demande)] == ["PIECE_A_VERIFIER"]


def test_a_commission_does_not_wait_for_what_is_there() -> None:
    demande = deposee()
    decision = {"code": "ATTR_SUSP", "pieces_manquantes": ("IDENTITE",), "pieces_avant": date(2026, 12, 10)}
    consigner(NatureFait.DECISION, demande.id, **decision)
    piece = p.joindre(demande.id)
    with pytest.raises(Interdit, match=r"est déjà dans le dossier\. Reçue le 24/11/2026") as refus:
        consigner(NatureFait.DECISION, demande.id, **decision)
    assert refus.value.champ == "pieces_manquantes"
    qualifier(piece)
    consigner(NatureFait.DECISION, demande.id, **decision)


def test_documents_of_who_leaves_follow_and_the_household_keeps_its_own() -> None:
    demande = deposer_couple()
    de_paul = p.joindre(
        demande.id, PieceSaisie("IDENTITE_AUTRES", "cotitulaire:1", explication="Nom d’usage")
    )
    floue = p.joindre(demande.id, PieceSaisie("IDENTITE_AUTRES", "cotitulaire:1"))
    d_elodie = p.joindre(demande.id)
    du_foyer = p.joindre(demande.id, PieceSaisie("LOGEMENT_LOCATAIRE"))
    qualifier(floue)
    qualifier(d_elodie, "VALIDE")
    qualifier(du_foyer, "VALIDE")
    assert attentes(demande) == [("PIECE_A_VERIFIER", de_paul)]
    nouvelle = separer(demande)
    assert attentes(demande) == []
    assert relire(demande) == [d_elodie, du_foyer]
    (suivie,) = Piece.objects.filter(demande=nouvelle)
    assert relire(nouvelle) == [suivie.id]
    origine = Piece.objects.get(id=de_paul)
    assert (suivie.document, suivie.type_piece, suivie.revision) == (origine.document, "IDENTITE", 1)
    assert suivie.explication == ""
    assert attentes(nouvelle) == [("PIECE_A_VERIFIER", suivie.id)]
    assert suivie.personne_id == Personne.objects.get(demande=nouvelle).id
    assert Entree.objects.get(demande=nouvelle.id, verbe="DEPOSER").faits["pieces"] == [str(suivie.id)]


def test_a_return_keeps_the_documents_and_cancels_their_end() -> None:
    demande = deposee()
    piece = p.joindre(demande.id)
    radier(demande)
    le = f.MAINTENANT + timedelta(days=30)
    lue = Demande.objects.get(id=demande.id)
    renouveler_demande(
        demande.id,
        saisie=Saisie(assembler(lue.version_courante), lue.revision, {}),
        sans_changement=True,
        acte=Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), le),
    )
    connection.check_constraints()
    assert relire(demande) == [piece]
    with pytest.raises(Interdit):
        purger(demande)
    assert Document.objects.get(id=Piece.objects.get(id=piece).document).etat == "DISPONIBLE"


def test_an_erasure_leaves_the_files_that_another_demande_holds() -> None:
    demande = deposer_couple()
    partagee = p.joindre(demande.id, PieceSaisie("IDENTITE_AUTRES", "cotitulaire:1"))
    seule = p.joindre(demande.id)
    documents_ = {x: Piece.objects.get(id=x).document for x in (partagee, seule)}
    separer(demande)
    radier(demande)
    purger(demande)
    etats = {x: Document.objects.get(id=documents_[x]).etat for x in (partagee, seule)}
    assert etats == {partagee: "DISPONIBLE", seule: "EFFACE"}
    assert PurgeCompte.objects.get(quoi="document").nombre == 1


def relire(demande: Demande) -> list[uuid.UUID]:
    return list(Version.objects.filter(demande=demande).order_by("-numero")[0].pieces)


def radier(demande: Demande) -> None:
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre")
    radier_demande(demande.id, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    connection.check_constraints()  # as its commit would


def purger(demande: Demande) -> None:
    purger_demande(demande.id, acte=Acte(horloge_du_registre("099"), midi(ECHEANCE)))
    connection.check_constraints()


def test_rows_files_thumbnails_and_texts_go_with_the_demande(dossier: Path) -> None:
    demande = deposee()
    recu = documents.recu(documents.pdf())
    piece = joindre_piece(
        demande.id,
        p.IDENTITE,
        Fichier(recu.id, recu.empreinte),
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )
    qualifier(piece)
    expliquer_piece(piece, "Nom d’usage.", acte=Acte(f.creer_acteur(), f.MAINTENANT))
    texte = dossier / "texte"
    texte.write_text("ce que l’image disait")
    ajouter_partie(recu.id, PartieLue(Part.TEXTE, texte, "text/plain"))
    assert {Part.ORIGINAL, Part.TEXTE} <= set(
        Partie.objects.filter(document=recu.id).values_list("part", flat=True)
    )
    assert documents.fichiers(dossier)
    radier(demande)
    purger(demande)
    assert not Piece.objects.filter(id=piece).exists()
    vide = Document.objects.get(id=recu.id)
    assert (vide.etat, vide.empreinte, vide.nom, vide.taille) == ("EFFACE", None, None, 0)
    assert Partie.objects.filter(document=recu.id).count() == 0
    assert list_rapports(ECHEANCE)[0].fichiers_restants == Objet.objects.count() > 0
    effacer_objets()
    assert list_rapports(ECHEANCE)[0].fichiers_restants == 0
    assert (Objet.objects.count(), documents.fichiers(dossier)) == (0, [])
    comptes = dict(PurgeCompte.objects.values_list("quoi", "nombre"))
    effaces = ("piece", "qualification_piece", "explication_piece", "document")
    assert [comptes[x] for x in effaces] == [1, 1, 1, 1]
    assert Entree.objects.get(verbe="PURGER").faits["lignes"]["document"] == 1


def ajouter_partie(document: uuid.UUID, partie: PartieLue) -> None:
    ajouter(document, [partie], territoire="099")


def test_the_database_erases_no_document_whose_file_stays() -> None:
    demande = deposee()
    p.joindre(demande.id)
    radier(demande)
    with (
        pytest.raises(DatabaseError, match="son fichier reste"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(
            "SELECT * FROM registre_purger(%s, %s, %s)",
            [demande.id, horloge_du_registre("099").id, midi(ECHEANCE)],
        )
        curseur.execute("SET CONSTRAINTS fichier_efface IMMEDIATE")
