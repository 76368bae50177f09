"""What surrounds a change: delays counted in civil days, both ends included, whoever acted and through any door."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sne.registre.controle.rules.contexte import construire, nir_nouveau_et_accorde
from sne.registre.controle.rules.decision import Contexte
from sne.registre.controle.rules.operations import Champ, Operation, TypeOperation
from sne.registre.controle.rules.plan import Alentours
from sne.socle.acteur import Canal
from tests.registre.controle.rules.exemples import ANCRE, SEUILS, a_paris, avec

ACTE = Operation(
    a_paris(2026, 11, 20, 11, 20), Canal.GUICHET, "G0993", "camille", champs=frozenset({Champ.NOM_NAISSANCE})
)
DEPOT = date(2019, 6, 12)
NIR = "287032A00401581"


def il_y_a(jours: int, *champs: Champ, canal: Canal = Canal.GUICHET, **autres: object) -> Operation:
    """An operation so many days before, late in the evening."""
    moment = a_paris(2026, 11, 20, 23, 50) - timedelta(days=jours)
    return Operation(moment, canal, "G0991", champs=frozenset(champs), **autres)


def lire(*passees: Operation, acte: Operation = ACTE, **autres: object) -> Contexte:
    """The context of the act after these operations."""
    donnees = {"depot": DEPOT, "nom_usage": "Morel", "automatiques": (), **autres}
    return construire(acte, passees, seuils=SEUILS, **donnees)


def test_nothing_around() -> None:
    assert lire() == Contexte(anciennete_jours=2_718, usage_stable="Morel")


@pytest.mark.parametrize(
    ("jours", "recent", "sept"),
    [(0, True, True), (7, True, True), (8, True, False), (30, True, False), (31, False, False)],
)
@pytest.mark.parametrize("champ", [Champ.COURRIEL, Champ.TELEPHONE])
@pytest.mark.parametrize("canal", list(Canal))
def test_contact_before(jours: int, recent: bool, sept: bool, champ: Champ, canal: Canal) -> None:
    trouve = lire(il_y_a(jours, champ, Champ.ADRESSE, canal=canal))
    assert (trouve.contact_recent, trouve.contact_sept_jours) == (recent, sept)
    assert not trouve.contact_meme_acte


def test_the_nearest_contact_counts() -> None:
    assert lire(il_y_a(5, Champ.COURRIEL), il_y_a(200, Champ.TELEPHONE)).contact_sept_jours
    assert lire(il_y_a(200, Champ.TELEPHONE), il_y_a(5, Champ.COURRIEL)).contact_sept_jours


def test_postal_address_is_no_contact() -> None:
    assert lire(il_y_a(1, Champ.ADRESSE)) == lire()


def test_contact_in_the_same_act() -> None:
    acte = Operation(ACTE.horodatage, Canal.GUICHET, champs=frozenset({Champ.PRENOMS, Champ.TELEPHONE}))
    assert lire(acte=acte).contact_meme_acte


def test_deposit_is_no_change() -> None:
    tout = il_y_a(1, *Champ, type=TypeOperation.CREATION)
    assert lire(tout) == lire()


@pytest.mark.parametrize(("jours", "reactivee"), [(0, True), (30, True), (31, False)])
@pytest.mark.parametrize("comment", [{"type": TypeOperation.REACTIVATION}, {}])
def test_reactivation_before(jours: int, reactivee: bool, comment: dict[str, object]) -> None:
    champs = () if comment else (Champ.REACTIVATION,)
    assert lire(il_y_a(jours, *champs, **comment)).reactivee is reactivee


def test_reactivation_in_the_same_act() -> None:
    acte = Operation(ACTE.horodatage, Canal.GUICHET, type=TypeOperation.REACTIVATION)
    assert lire(acte=acte).reactivee


@pytest.mark.parametrize(("jours", "usage"), [(0, ""), (89, ""), (90, "Morel"), (400, "Morel")])
def test_used_name_in_force_for_long_enough(jours: int, usage: str) -> None:
    assert lire(il_y_a(jours, Champ.NOM_USAGE)).usage_stable == usage


@pytest.mark.parametrize(
    ("jour", "combien"), [(date(2025, 11, 19), 0), (date(2025, 11, 20), 1), (date(2026, 11, 19), 1)]
)
def test_automatic_changes_of_the_last_twelve_months(jour: date, combien: int) -> None:
    instant = a_paris(jour.year, jour.month, jour.day)
    assert lire(automatiques=[instant, a_paris(2020, 1, 1)]).automatiques == combien


def test_frozen_and_number_are_passed_on() -> None:
    autour = Alentours(ACTE, (), DEPOT, SEUILS, usages={"p1": "Morel"}, fige=True)
    assert autour.contexte("p1", nir_accorde=True) == Contexte(2_718, "Morel", fige=True, nir_accorde=True)


def test_aware_instants_are_counted_in_paris() -> None:
    """22:30 in winter UTC is still the same day in Paris, 23:30 the next one."""
    acte = Operation(datetime(2026, 11, 20, 10, tzinfo=UTC), Canal.GUICHET)
    veille = Operation(
        datetime(2026, 10, 20, 22, 30, tzinfo=UTC), Canal.PGP, champs=frozenset({Champ.COURRIEL})
    )
    assert lire(veille, acte=acte).contact_recent  # 21 October in Paris, in summer time: 30 days
    assert (
        lire(acte=Operation(datetime(2019, 6, 12, 22, 30, tzinfo=UTC), Canal.GUICHET)).anciennete_jours == 1
    )


def test_bare_instants_are_the_counter_s_own_clock() -> None:
    acte = Operation(datetime(2019, 6, 13, 0, 10), Canal.GUICHET)  # noqa: DTZ001 - bare on purpose
    assert lire(acte=acte).anciennete_jours == 1


@pytest.mark.parametrize(
    ("ancre", "actuelle", "voulue", "saisi", "attendu"),
    [
        (None, None, "cd", NIR, True),
        (None, None, "cd", "", False),
        (None, None, "cd", "187032A00401503", False),  # a man's
        (None, None, "cd", "286032A00401528", False),  # born in 1986
        (None, None, "cd", "287042A00401545", False),  # in April
        (None, None, None, NIR, False),
        (None, "cd", "cd", "", True),  # looked at when it came
        (None, "cd", "ef", NIR, False),  # another, where one already came
        ("ab", "ab", "cd", NIR, False),
        ("ab", None, "ab", NIR, False),
    ],
)
def test_number_newly_filled_in(
    ancre: str | None, actuelle: str | None, voulue: str | None, saisi: str, attendu: bool
) -> None:
    identites = [avec(ANCRE, nir=nir) for nir in (ancre, actuelle, voulue)]
    assert nir_nouveau_et_accorde(*identites, saisi=saisi) is attendu


def test_month_unknown_to_the_registry_is_not_compared() -> None:
    sans, avec_nir = avec(nir=None), avec(nir="cd")
    assert nir_nouveau_et_accorde(sans, sans, avec_nir, saisi="287042A00401545", presumee=True)
