"""When a subscription is due, and what its editions are about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.infocentre.abonnements.rules.calendrier import (
    Calendrier,
    Occurrence,
    Rythme,
    lire_calendrier,
    occurrences_dues,
    prochaine,
)
from sne.infocentre.abonnements.rules.mots import calendrier_en_mots, filtres_en_mots, periode_en_mots
from sne.infocentre.abonnements.rules.periodes import Couverte, PeriodeRelative, couvrir, lire_periode
from sne.socle.erreurs import Interdit

LE_DEUX = Calendrier(Rythme.MOIS, 2)
REGULIERS = st.one_of(
    st.builds(Calendrier, st.just(Rythme.SEMAINE), st.integers(1, 7)),
    st.builds(Calendrier, st.sampled_from([Rythme.MOIS, Rythme.TRIMESTRE, Rythme.ANNEE]), st.integers(1, 28)),
)
JOURS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("calendrier", "depuis", "le", "dues"),
    [
        (LE_DEUX, date(2024, 3, 10), date(2024, 4, 1), ()),
        (LE_DEUX, date(2024, 3, 10), date(2024, 4, 2), (Occurrence(date(2024, 4, 2), "2024-04"),)),
        (LE_DEUX, date(2024, 3, 2), date(2024, 3, 2), (Occurrence(date(2024, 3, 2), "2024-03"),)),
        (
            Calendrier(Rythme.SEMAINE, 1),
            date(2024, 12, 25),
            date(2025, 1, 6),
            (Occurrence(date(2024, 12, 30), "2025-S01"), Occurrence(date(2025, 1, 6), "2025-S02")),
        ),
        (
            Calendrier(Rythme.TRIMESTRE, 15),
            date(2024, 1, 16),
            date(2024, 7, 15),
            (Occurrence(date(2024, 4, 15), "2024-T2"), Occurrence(date(2024, 7, 15), "2024-T3")),
        ),
        (
            Calendrier(Rythme.ANNEE, 28),
            date(2023, 6, 1),
            date(2025, 1, 27),
            (Occurrence(date(2024, 1, 28), "2024"),),
        ),
    ],
)
def test_what_is_due_comes_oldest_first(
    calendrier: Calendrier, depuis: date, le: date, dues: tuple[Occurrence, ...]
) -> None:
    assert occurrences_dues(calendrier, depuis=depuis, le=le) == dues


def test_at_publication_it_is_due_on_the_days_of_publication_only() -> None:
    publications = [date(2024, 5, 15), date(2024, 4, 15), date(2024, 4, 15), date(2023, 1, 1)]
    dues = occurrences_dues(
        Calendrier(Rythme.PUBLICATION),
        depuis=date(2024, 1, 1),
        le=date(2024, 12, 31),
        publications=publications,
        connues={"P2024-04-15"},
    )
    assert dues == (Occurrence(date(2024, 5, 15), "P2024-05-15"),)


def test_another_day_of_the_month_does_not_leave_twice_that_month() -> None:
    """From the 2nd to the 20th, on the 10th: what left on the 2nd is this month's."""
    dues = occurrences_dues(
        Calendrier(Rythme.MOIS, 20), depuis=date(2024, 4, 1), le=date(2024, 5, 31), connues={"2024-04"}
    )
    assert [o.due_le for o in dues] == [date(2024, 5, 20)]


def test_an_earlier_day_of_the_month_leaves_at_once_rather_than_never() -> None:
    """From the 28th to the 2nd, on the 10th: this month's is late already."""
    dues = occurrences_dues(LE_DEUX, depuis=date(2024, 3, 1), le=date(2024, 4, 10), connues={"2024-03"})
    assert [o.due_le for o in dues] == [date(2024, 4, 2)]


@given(calendrier=REGULIERS, depuis=JOURS, coupures=st.lists(JOURS, max_size=6), fin=JOURS)
def test_an_outage_changes_nothing_of_what_leaves(
    calendrier: Calendrier, depuis: date, coupures: list[date], fin: date
) -> None:
    """However many passes, and whenever: the same occurrences, each once, in order."""
    connues: list[str] = []
    suite: list[Occurrence] = []
    for le in [*sorted(c for c in coupures if c <= fin), fin]:
        dues = occurrences_dues(calendrier, depuis=depuis, le=le, connues=connues)
        suite += dues
        connues += [o.code for o in dues]
    assert suite == sorted(suite)
    assert tuple(suite) == occurrences_dues(calendrier, depuis=depuis, le=fin)
    assert len(set(connues)) == len(connues)


@given(calendrier=REGULIERS, apres=JOURS)
def test_the_next_day_is_the_first_on_which_something_is_due(calendrier: Calendrier, apres: date) -> None:
    suivante = prochaine(calendrier, apres=apres)
    assert suivante is not None
    dues = occurrences_dues(calendrier, depuis=apres + timedelta(days=1), le=suivante)
    assert [o.due_le for o in dues] == [suivante]


def test_at_publication_there_is_no_next_day() -> None:
    assert prochaine(Calendrier(Rythme.PUBLICATION), apres=date(2024, 4, 1)) is None


@pytest.mark.parametrize(
    ("rythme", "jour", "champ"),
    [
        ("JAMAIS", 1, "rythme"),
        ("MOIS", 0, "jour"),
        ("MOIS", 29, "jour"),
        ("SEMAINE", 8, "jour"),
        ("ANNEE", 29, "jour"),
    ],
)
def test_a_calendar_that_does_not_exist_is_refused_on_its_field(rythme: str, jour: int, champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        lire_calendrier(rythme, jour)
    assert refus.value.champ == champ


def test_a_calendar_is_read_as_it_is_kept() -> None:
    assert lire_calendrier("SEMAINE", 7) == Calendrier(Rythme.SEMAINE, 7)
    assert lire_calendrier("PUBLICATION", 12) == Calendrier(Rythme.PUBLICATION)
    assert lire_periode("TRIMESTRE") is PeriodeRelative.TRIMESTRE
    with pytest.raises(Interdit, match="période"):
        lire_periode("TOUJOURS")


@pytest.mark.parametrize(
    ("periode", "le", "du", "au"),
    [
        (PeriodeRelative.DOUZE_MOIS, date(2024, 5, 2), date(2023, 5, 1), date(2024, 4, 30)),
        (PeriodeRelative.DOUZE_MOIS, date(2025, 1, 31), date(2024, 1, 1), date(2024, 12, 31)),
        (PeriodeRelative.MOIS_PRECEDENT, date(2024, 3, 1), date(2024, 2, 1), date(2024, 2, 29)),
        (PeriodeRelative.TRIMESTRE, date(2024, 5, 15), date(2024, 1, 1), date(2024, 3, 31)),
        (PeriodeRelative.TRIMESTRE, date(2024, 1, 1), date(2023, 10, 1), date(2023, 12, 31)),
        (PeriodeRelative.ANNEE, date(2024, 12, 31), date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_a_period_is_whole_and_over(periode: PeriodeRelative, le: date, du: date, au: date) -> None:
    assert couvrir(periode, le=le) == Couverte(du, au)


@given(periode=st.sampled_from(PeriodeRelative), le=JOURS)
def test_no_period_holds_the_day_on_which_it_is_due(periode: PeriodeRelative, le: date) -> None:
    couverte = couvrir(periode, le=le)
    assert couverte.du < couverte.au < le
    assert couverte.du.day == 1


@pytest.mark.parametrize(
    ("calendrier", "mots"),
    [
        (Calendrier(Rythme.SEMAINE, 1), "chaque lundi"),
        (Calendrier(Rythme.MOIS, 1), "le 1er de chaque mois"),
        (Calendrier(Rythme.TRIMESTRE, 15), "le 15 du premier mois de chaque trimestre"),
        (Calendrier(Rythme.ANNEE, 28), "le 28 janvier de chaque année"),
        (Calendrier(Rythme.PUBLICATION), "à chaque publication"),
    ],
)
def test_a_calendar_in_words(calendrier: Calendrier, mots: str) -> None:
    assert calendrier_en_mots(calendrier) == mots


def test_a_period_and_filters_in_words() -> None:
    assert (
        periode_en_mots(date(2023, 5, 1), date(2024, 4, 30)) == "du 1er\u00a0mai 2023 au 30\u00a0avril 2024"
    )
    assert filtres_en_mots(()) == "aucun"
    assert filtres_en_mots([("Type", "bailleur"), ("Canal", "en ligne")]) == (
        "Type\u00a0: bailleur\u00a0; Canal\u00a0: en ligne"
    )
