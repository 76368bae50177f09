"""A share is read again, always the same; « no » says why."""

import uuid
from dataclasses import replace
from datetime import date

import pytest

from sne.registre.controle.rules.decision import Clause, Decision, Verdict
from sne.registre.controle.rules.tirage import est_tiree, part_relue
from sne.registre.identite.rules.decision import PieceDuChangement
from sne.registre.identite.rules.relecture import AvisRelecture, exiger_pieces_lues, lire_avis
from sne.socle.erreurs import Interdit
from tests.registre.controle.rules.exemples import SEUILS

JOUR = date(2026, 11, 24)


def test_one_in_twenty_is_drawn_and_always_the_same() -> None:
    def tirer(part: float, secret: bytes = b"a" * 32) -> list[uuid.UUID]:
        return [cle for n in range(4000) if est_tiree(cle := uuid.UUID(int=n), part, cle=secret)]

    tirees = tirer(0.05)
    assert 150 <= len(tirees) <= 250
    assert tirees == tirer(0.05)
    assert set(tirees) <= set(tirer(0.1))
    assert (len(tirer(0.0)), len(tirer(1.0))) == (0, 4000)
    assert tirees != tirer(0.05, b"b" * 32)  # without the key, nobody knows what is read after them


def test_what_is_answered() -> None:
    assert lire_avis("VALIDEE", " ") == (AvisRelecture.VALIDEE, "")
    assert lire_avis("REFUSEE", "Rien ne le montre") == (AvisRelecture.REFUSEE, "Rien ne le montre")
    for avis, precision, champ in (("", "", "avis"), ("REFUSEE", " ", "precision")):
        with pytest.raises(Interdit) as exc:
            lire_avis(avis, precision)
        assert exc.value.champ == champ


def test_documents_are_opened_first() -> None:
    vue = PieceDuChangement(
        uuid.UUID(int=1), "Passeport", JOUR, ouvrable=False, retenue=False, remplacee=False, ouverte_le=None
    )
    exiger_pieces_lues([vue])
    with pytest.raises(Interdit, match="Passeport"):
        exiger_pieces_lues([replace(vue, ouvrable=True)])


@pytest.mark.parametrize("clause", [Clause.CONTACT_RECENT, Clause.CONTACT_MEME_ACTE, Clause.ALTERNANCE])
def test_what_passed_beside_a_contact_is_read_again_more_often(clause: Clause) -> None:
    seul, pres = (Verdict(Decision.AUTOMATIQUE, c, "") for c in ((Clause.NOM,), (Clause.NOM, clause)))
    assert (part_relue(seul, SEUILS), part_relue(pres, SEUILS)) == (0.05, 0.25)
