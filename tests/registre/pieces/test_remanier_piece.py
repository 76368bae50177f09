"""Pages of a document put in order: one document takes its place, another stands beside it, all or none."""

import uuid
from dataclasses import replace

import pytest

from sne.documents.models import Document
from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.registre.demande.models.demande import Demande
from sne.registre.pieces.actions.deposer import Fichier, remanier_piece
from sne.registre.pieces.models import Piece
from sne.registre.pieces.rules.pieces_deposees import PieceDejaLa
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.pieces import pieces as p
from tests.registre.separation.separations import deposer_couple, separer

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece() -> Piece:
    return Piece.objects.get(id=p.joindre(f.deposer().demande_id))


def remanier(piece: Piece, *fichiers: Fichier, role: Role | None = None) -> list[uuid.UUID]:
    acteur = f.creer_acteur(role) if role else f.creer_acteur()
    return remanier_piece(piece.id, p.IDENTITE, fichiers, acte=Acte(acteur, f.MAINTENANT))


def test_first_takes_the_place_and_others_stand_beside(piece: Piece) -> None:
    premiere, autre = remanier(piece, p.fichier(b"a"), p.fichier(b"b"))
    en_vigueur = Demande.objects.get(id=piece.demande_id).version_courante.pieces
    assert en_vigueur == [premiere, autre]
    assert Piece.objects.get(id=premiere).remplace_id == piece.id
    assert Piece.objects.get(id=autre).remplace_id is None
    assert Document.objects.filter(rattache_le=None).count() == 0


def test_refused_for_one_file_is_refused_for_all(piece: Piece) -> None:
    with pytest.raises(PieceDejaLa):
        remanier(piece, p.fichier(b"a"), p.fichier(b"a"))
    assert Piece.objects.count() == 1


def test_refused_to_a_reader_to_a_frozen_file_and_twice(piece: Piece) -> None:
    with pytest.raises((NonHabilite, Introuvable)):
        remanier(piece, p.fichier(b"a"), role=Role.DPO)
    remanier(piece, p.fichier(b"a"))
    with pytest.raises(Introuvable):
        remanier(piece, p.fichier(b"b"))
    figer(piece.demande_id)
    with pytest.raises(Interdit):
        remanier(Piece.objects.get(remplace=piece.id), p.fichier(b"c"))


def test_pages_of_who_left_stay_as_they_are() -> None:
    demande = deposer_couple()
    sienne = p.joindre(demande.id, replace(p.IDENTITE, reference="cotitulaire:1"))
    separer(demande)
    with pytest.raises(Interdit, match="n’est plus dans le dossier"):
        remanier(Piece.objects.get(id=sienne), p.fichier(b"a"))


def test_journal_that_fails_leaves_nothing(piece: Piece, monkeypatch: pytest.MonkeyPatch) -> None:
    dites = iter([None])
    inscrire = journal.inscrire_en_lot

    def casser(entrees: list[object]) -> object:
        if next(dites, "second") is None:
            return inscrire(entrees)  # type: ignore[arg-type]
        raise RuntimeError("journal")

    monkeypatch.setattr(journal, "inscrire_en_lot", casser)
    with pytest.raises(RuntimeError, match="journal"):
        remanier(piece, p.fichier(b"a"), p.fichier(b"b"))
    assert Piece.objects.count() == 1
