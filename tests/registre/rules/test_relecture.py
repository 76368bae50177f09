"""A share is read again, always the same; « no » says why."""

import uuid
from dataclasses import replace
from datetime import date

import pytest

from sne.registre.rules.decision_identite import PieceDuChangement
from sne.registre.rules.relecture import AvisRelecture, est_tiree, exiger_pieces_lues, lire_avis
from sne.socle.erreurs import Interdit

JOUR = date(2026, 11, 24)


def test_one_in_twenty_is_drawn_and_always_the_same() -> None:
    cles = [uuid.UUID(int=n) for n in range(4000)]
    tirees = [cle for cle in cles if est_tiree(cle, 0.05)]
    assert 150 <= len(tirees) <= 250
    assert tirees == [cle for cle in cles if est_tiree(cle, 0.05)]
    assert set(tirees) <= {cle for cle in cles if est_tiree(cle, 0.1)}
    assert not any(est_tiree(cle, 0.0) for cle in cles)
    assert all(est_tiree(cle, 1.0) for cle in cles)


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
