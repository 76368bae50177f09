"""What a household says of a document later: noted once each time, shown in order, gone with the demande."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.lecture.selectors.vue_de_piece import get_vue
from sne.registre.pieces.actions.deposer import remplacer_piece
from sne.registre.pieces.actions.expliquer import expliquer_piece
from sne.registre.pieces.models import ExplicationPiece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.pieces import pieces as p

pytestmark = pytest.mark.django_db
USAGE = "Le nom de la pièce est mon nom d’usage."
DEPOSEE = PieceSaisie("IDENTITE", reference="demandeur", explication="Accent oublié.")


@pytest.fixture
def demande() -> Demande:
    return Demande.objects.get(id=f.deposer().demande_id)


def expliquer(piece: uuid.UUID, texte: str = USAGE, acteur: Acteur | None = None) -> uuid.UUID:
    return expliquer_piece(
        piece, texte, acte=Acte(acteur or f.creer_acteur(), f.MAINTENANT + timedelta(days=2))
    )


def dites(piece: uuid.UUID) -> list[tuple[str, int]]:
    """(words, day) of what is shown."""
    vue = get_vue(piece, acteur=f.creer_acteur(), le=f.AUJOURD_HUI)
    return [(e.texte, e.le.day) for e in vue.piece.explications]


def test_what_is_said_later_is_added_to_what_was_said(demande: Demande) -> None:
    piece = p.joindre(demande.id, DEPOSEE)
    cle = expliquer(piece, f" {USAGE} ")
    expliquer(piece, "Je l’ai corrigé.")
    connection.check_constraints()
    assert dites(piece) == [("Accent oublié.", 24), (USAGE, 26), ("Je l’ai corrigé.", 26)]
    entree = Entree.objects.get(verbe="EXPLIQUER_PIECE", faits__explication=str(cle))
    assert entree.faits == {"explication": str(cle), "piece": str(piece), "numero": demande.nud}
    assert Demande.objects.get(id=demande.id).revision == 2


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("  ", "Notez ce que le ménage dit"),
        ("x" * 301, "300 signes au plus"),
        ("Mon numéro est 285045999912303", "Retirez le numéro de sécurité sociale"),
    ],
)
def test_a_bad_sentence_is_refused_on_its_field(demande: Demande, texte: str, phrase: str) -> None:
    with pytest.raises(Interdit, match=phrase) as refus:
        expliquer(p.joindre(demande.id), texte)
    assert refus.value.champ == "explication"


def test_who_may_not_add_a_document_notes_nothing(demande: Demande) -> None:
    piece = p.joindre(demande.id)
    with pytest.raises(NonHabilite):
        expliquer(piece, acteur=f.creer_acteur(Role.DPO))
    with pytest.raises(Introuvable):
        expliquer(piece, acteur=f.creer_acteur(territoire="02A"))
    with pytest.raises(Introuvable):
        expliquer(uuid.uuid4())


def test_a_document_of_health_has_its_second_entry(demande: Demande) -> None:
    piece = p.joindre(demande.id, PieceSaisie("MOTIF_08"))
    expliquer(piece)
    verbes = Entree.objects.filter(demande=demande.id).order_by("inscrit_le", "id")
    assert list(verbes.values_list("verbe", flat=True))[-2:] == ["EXPLIQUER_PIECE", "MODIFIER_SANTE"]
    agent = f.creer_acteur()
    mandat = agent.mandats[0]
    permissions = frozenset(x for x in mandat.permissions if not x.startswith("SANTE"))
    with pytest.raises(Introuvable):
        expliquer(piece, acteur=replace(agent, mandats=(replace(mandat, permissions=permissions),)))


def test_neither_a_closed_demande_nor_a_document_replaced_is_explained(demande: Demande) -> None:
    piece = p.joindre(demande.id)
    neuve = remplacer_piece(piece, p.IDENTITE, p.fichier(b"neuve"), acte=Acte(f.creer_acteur(), f.MAINTENANT))
    with pytest.raises(Introuvable):
        expliquer(piece)
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Lettre")
    radier_demande(demande.id, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    with pytest.raises(Interdit, match="aucune pièce"):
        expliquer(neuve)


def test_no_entry_nothing_said(demande: Demande, monkeypatch: pytest.MonkeyPatch) -> None:
    piece = p.joindre(demande.id)

    def en_panne(*_: Any) -> None:
        raise RuntimeError("journal")

    monkeypatch.setattr(journal, "inscrire_en_lot", en_panne)
    with pytest.raises(RuntimeError):
        expliquer(piece)
    assert not ExplicationPiece.objects.exists()


def test_the_database_keeps_it_as_it_was_said_and_told(demande: Demande) -> None:
    ligne = ExplicationPiece.objects.get(id=expliquer(p.joindre(demande.id)))
    connection.check_constraints()
    for acte in (ligne.delete, ligne.save):
        with pytest.raises(DatabaseError), transaction.atomic():
            acte()
    ligne.id = uuid.uuid4()
    with pytest.raises(DatabaseError, match="aucune entrée de journal"), transaction.atomic():
        ligne.save(force_insert=True)
        connection.check_constraints()
