"""A document of a file found infected: its bytes go, and each file that it is in says so, together or not at all."""

import uuid
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from config.settings.base import storage_sur_disque
from sne.documents import antivirus
from sne.documents.models import Document, Partie
from sne.documents.rules import DocumentRecu, EtatDocument, Verdict
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.rendu import rediger
from sne.notifications.rules import Canal
from sne.notifications.selectors import get_contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.lecture.selectors.historique import get_historique
from sne.registre.pieces import tasks
from sne.registre.pieces.actions.deposer import Fichier, joindre_piece, remplacer_piece
from sne.registre.pieces.actions.detruire import noter_verdict_de_piece
from sne.registre.pieces.actions.qualifier import qualifier_piece
from sne.registre.pieces.messages import MessagePiece
from sne.registre.pieces.models import Piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.pieces.tasks import LIRE_FICHIER, lire_fichier, lire_pieces, redemander, reprendre
from sne.socle.acte import Acte
from sne.socle.erreurs import Efface, NonHabilite
from tests.documents import factories as documents
from tests.registre import factories as f
from tests.registre.pieces import pieces as p
from tests.registre.separation.separations import deposer_couple, separer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def dossier(settings: Any, tmp_path: Path) -> Path:
    settings.DOSSIER_VAR = settings.DOSSIER_DOCUMENTS = tmp_path
    settings.STORAGES = {**settings.STORAGES, "documents_disque": storage_sur_disque(tmp_path)}
    return tmp_path


def repondre(monkeypatch: pytest.MonkeyPatch, verdict: Verdict) -> None:
    monkeypatch.setattr(antivirus, "examiner", lambda _: verdict)


def joindre(demande_id: uuid.UUID, recu: DocumentRecu, saisie: PieceSaisie = p.IDENTITE) -> uuid.UUID:
    fichier = Fichier(recu.id, recu.empreinte)
    return joindre_piece(demande_id, saisie, fichier, acte=Acte(f.creer_acteur(), f.MAINTENANT))


def en_attente(saisie: PieceSaisie = p.IDENTITE) -> tuple[Demande, uuid.UUID, uuid.UUID]:
    """A demande with a document that the antivirus has not answered about: demande, piece, document."""
    demande = Demande.objects.get(id=f.deposer().demande_id)
    recu = documents.garde(verdict=Verdict.MUET)
    return demande, joindre(demande.id, recu, saisie), recu.id


def etat(document_id: uuid.UUID) -> str:
    return Document.objects.get(id=document_id).etat


def test_an_infected_document_is_told_by_its_file(monkeypatch: pytest.MonkeyPatch, dossier: Path) -> None:
    demande, piece, document = en_attente()
    demande.refresh_from_db()
    repondre(monkeypatch, Verdict.INFECTE)
    assert reprendre(0) == 1
    assert reprendre(0) == 0
    assert (etat(document), documents.fichiers(dossier)) == ("INFECTE", [])
    entree = Entree.objects.get(verbe="DETRUIRE_PIECE")
    assert (entree.demande, entree.revision, entree.territoire) == (demande.id, demande.revision, "099")
    assert entree.faits == {"piece": str(piece), "numero": demande.nud}
    ligne = get_historique(demande.id, acteur=f.creer_acteur()).lignes[0]
    assert (ligne.libelle, ligne.auteur) == (
        "Pièce infectée, détruite par l’antivirus",
        "Service du registre",
    )


def prevenir() -> list[tuple[uuid.UUID, dict[str, str]]]:
    """What the journal's delivery does with each destruction, twice; (demande, values) of each message."""
    with time_machine.travel(f.MAINTENANT, tick=False):
        for entree in [*Entree.objects.filter(verbe="DETRUIRE_PIECE").order_by("inscrit_le", "id")] * 2:
            redemander(entree_id=str(entree.id), demande_id=str(entree.demande), territoire="099")
    connection.check_constraints()
    messages = Message.objects.filter(genre="PIECE_INEXPLOITABLE").order_by("id")
    lus = [(m.demande, get_contenu(m.id)) for m in messages]
    return [(demande, dict(lu.contexte)) for demande, lu in lus if lu is not None]


def test_the_household_is_told_once_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    demande, _, _ = en_attente()
    repondre(monkeypatch, Verdict.INFECTE)
    reprendre(0)
    ((dite, contexte),) = prevenir()
    assert (dite, contexte["piece"], contexte["recue_le"]) == (
        demande.id,
        "«\u00a0Pièce d’identité\u00a0»",
        "24 novembre 2026",
    )
    assert contexte["raison"] == (
        "Un contrôle de sécurité fait après la réception a refusé ce fichier\u00a0: il n’a pas pu être gardé."
    )
    redige = rediger(MessagePiece.PIECE_INEXPLOITABLE, Canal.COURRIEL, contexte, demonstration=False)
    assert "Remettez-en une autre copie" in redige.texte
    assert "votre ancienneté ne changent pas" in redige.texte


def test_nobody_is_told_of_one_already_asked_for_or_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    _, piece, _ = en_attente()
    demande = Demande.objects.get(id=f.deposer(f.contenu(demandeur=f.personne("Ziegler", "Ada"))).demande_id)
    remplacee = joindre(demande.id, documents.garde(b"autre", verdict=Verdict.MUET))
    repondre(monkeypatch, Verdict.INFECTE)
    reprendre(0)
    qualifier_piece(piece, "INEXPLOITABLE", motif="Détruite.", acte=Acte(f.creer_acteur(), f.MAINTENANT))
    remplacer_piece(remplacee, p.IDENTITE, p.fichier(b"neuve"), acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert prevenir() == []
    redemander(entree_id=str(uuid.uuid4()), demande_id=str(demande.id), territoire="099")


def lectures() -> list[str]:
    """Documents that are to be read by machine."""
    taches = ProcrastinateJob.objects.filter(task_name=LIRE_FICHIER)
    return [str(args["document_id"]) for args in taches.values_list("args", flat=True)]


def test_what_leaves_quarantine_is_read_by_machine_then(monkeypatch: pytest.MonkeyPatch) -> None:
    demande = Demande.objects.get(id=f.deposer().demande_id)
    repondre(monkeypatch, Verdict.MUET)
    recu = documents.recu(documents.pdf())
    joindre(demande.id, recu)
    documents.garde(b"seul", verdict=Verdict.MUET)  # named by nobody: nobody would read what was read
    entree = Entree.objects.get(verbe="JOINDRE_PIECE")
    lire_pieces(entree_id=str(entree.id), territoire="099")
    assert not Partie.objects.filter(document=recu.id, part="AIDES").exists()
    repondre(monkeypatch, Verdict.SAIN)
    assert reprendre(0) == 2
    assert lectures() == [str(recu.id)]
    for _ in range(2):
        lire_fichier(document_id=lectures()[0], territoire="099")
    assert Partie.objects.filter(document=recu.id, part="AIDES").count() == 1


def test_one_that_does_not_leave_it_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    en_attente()
    repondre(monkeypatch, Verdict.INFECTE)
    reprendre(0)
    assert lectures() == []


def test_every_file_that_holds_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    demande = deposer_couple()
    joindre(
        demande.id, documents.garde(verdict=Verdict.MUET), PieceSaisie("IDENTITE_AUTRES", "cotitulaire:1")
    )
    separer(demande)
    repondre(monkeypatch, Verdict.INFECTE)
    assert reprendre(0) == 1
    dites = Entree.objects.filter(verbe="DETRUIRE_PIECE").values_list("demande", flat=True)
    assert set(dites) == set(Piece.objects.values_list("demande_id", flat=True))
    assert len(dites) == 2


def test_a_healthy_one_opens_and_one_in_no_file_goes_without_an_entry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, _, document = en_attente()
    repondre(monkeypatch, Verdict.SAIN)
    assert reprendre(0) == 1
    seul = documents.garde(b"seul", verdict=Verdict.MUET)
    repondre(monkeypatch, Verdict.INFECTE)
    assert reprendre(0) == 1
    assert (etat(document), etat(seul.id)) == ("DISPONIBLE", "INFECTE")
    assert not Entree.objects.filter(verbe="DETRUIRE_PIECE").exists()


def test_it_stays_in_quarantine_when_the_journal_cannot_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, document = en_attente()
    repondre(monkeypatch, Verdict.INFECTE)

    def casser(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as panne:
        panne.setattr(journal, "inscrire", casser)
        with pytest.raises(RuntimeError):
            reprendre(0)
    assert etat(document) == "QUARANTAINE"
    assert reprendre(0) == 1
    assert Entree.objects.filter(verbe="DETRUIRE_PIECE").count() == 1


def test_only_the_service_destroys_one() -> None:
    _, _, document = en_attente()
    with pytest.raises(NonHabilite, match="Seul le service"):
        noter_verdict_de_piece(document, Verdict.INFECTE, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert etat(document) == "QUARANTAINE"


def test_what_left_quarantine_is_not_told_again() -> None:
    demande = Demande.objects.get(id=f.deposer().demande_id)
    recu = documents.garde()
    joindre(demande.id, recu)
    service = service_du_registre("099")
    assert noter_verdict_de_piece(recu.id, Verdict.INFECTE, acte=Acte(service, f.MAINTENANT)) is None
    assert etat(recu.id) == EtatDocument.DISPONIBLE
    assert not Entree.objects.filter(verbe="DETRUIRE_PIECE").exists()


def test_a_file_erased_meanwhile_does_not_stop_the_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, document = en_attente()
    suivant = documents.garde(b"suivant", verdict=Verdict.MUET)
    vrai = tasks.noter_verdict_de_piece

    def effacee(document_id: uuid.UUID, *arguments: Any, **options: Any) -> Any:
        if document_id == document:
            raise Efface("Cette demande a été effacée.")
        return vrai(document_id, *arguments, **options)

    monkeypatch.setattr(tasks, "noter_verdict_de_piece", effacee)
    repondre(monkeypatch, Verdict.SAIN)
    assert reprendre(0) == 1
    assert etat(suivant.id) == "DISPONIBLE"
