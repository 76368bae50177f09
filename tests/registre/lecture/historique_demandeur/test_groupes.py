"""Acts that repeat each other and follow each other are one line, month by month; changes never are."""

from dataclasses import dataclass
from datetime import date

from sne.registre.lecture.rules.historique_demandeur.groupes import par_mois


@dataclass(frozen=True)
class Ligne:
    """A line as grouping sees it."""

    phrase: str
    jour: date
    repete: bool = True


A, B = "Le guichet A a ouvert votre dossier.", "Le guichet B a ouvert votre dossier."


def test_reads_of_one_body_in_a_row_are_one() -> None:
    (mois,) = par_mois(
        [
            Ligne(A, date(2026, 11, 9)),
            Ligne(A, date(2026, 11, 4)),
            Ligne(A, date(2026, 11, 3)),
            Ligne(B, date(2026, 11, 2)),
            Ligne(A, date(2026, 11, 1)),
        ]
    )
    assert mois.premier == date(2026, 11, 1)
    assert [(g.nombre, g.phrase) for g in mois.groupes] == [(3, A.removesuffix(".")), (1, B), (1, A)]
    assert (mois.groupes[0].depuis, mois.groupes[0].jusqu_a) == (date(2026, 11, 3), date(2026, 11, 9))
    assert len(mois.groupes[0].lignes) == 3


def test_changes_stay_apart() -> None:
    change = "Le guichet A a changé votre demande."
    (mois,) = par_mois([Ligne(change, date(2026, 11, jour), repete=False) for jour in (3, 2, 1)])
    assert [g.nombre for g in mois.groupes] == [1, 1, 1]


def test_a_month_ends_a_group() -> None:
    mois = par_mois([Ligne(A, date(2026, 11, 1)), Ligne(A, date(2026, 10, 31)), Ligne(A, date(2025, 10, 30))])
    assert [(m.premier.month, m.premier.year, len(m.groupes)) for m in mois] == [
        (11, 2026, 1),
        (10, 2026, 1),
        (10, 2025, 1),
    ]
    assert par_mois([]) == ()
