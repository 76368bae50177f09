"""Campaigns for counters: who says what, who is reminded and once, coverage as counted by hand, few never told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.habilitations.rules import acteur_systeme
from sne.notifications.models import MessageAgent
from sne.sensibilisation.actions import accuser_campagne, lancer_campagne, rappeler_les_campagnes
from sne.sensibilisation.models import AccuseCampagne
from sne.sensibilisation.rules import couvrir
from sne.sensibilisation.rules.campagnes import Genre, Part, is_a_rappeler, masquer_les_petits
from sne.sensibilisation.selectors import (
    get_campagne,
    get_lecteurs,
    guichets_qui_affichent,
    is_relayee,
    list_accuses,
    list_personnes,
)
from sne.sensibilisation.tasks import rappeler
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import jour, maintenant
from tests.habilitations import factories as comptes

JOUR = timedelta(days=1)
CODE = "campagne-egalite"
DITE = {"titre": "Le même accueil", "lien": "/aide/egalite/campagne/"}


@pytest.fixture
def pole(db: None) -> Acteur:
    return comptes.acteur(comptes.creer_pole_metier())


@pytest.fixture
def lancee(pole: Acteur) -> datetime:
    le = maintenant()
    lancer_campagne(CODE, **DITE, au=jour(le) + 60 * JOUR, acte=Acte(pole, le))
    return le


def test_it_is_launched_once_by_who_publishes(pole: Acteur, lancee: datetime) -> None:
    au = jour(lancee) + 10 * JOUR
    agent = comptes.acteur(comptes.creer_agent())
    with pytest.raises(NonHabilite):
        lancer_campagne("autre", **DITE, au=au, acte=Acte(agent, lancee))
    for code, fin in ((CODE, au), ("autre", jour(lancee)), ("autre", jour(lancee) + 400 * JOUR)):
        with pytest.raises(Interdit):
            lancer_campagne(code, **DITE, au=fin, acte=Acte(pole, lancee))
    assert get_campagne("autre") is None


def test_each_says_what_is_theirs_to_say_and_once(pole: Acteur, lancee: datetime) -> None:
    agent, gt = comptes.acteur(comptes.creer_agent()), comptes.acteur(comptes.creer_gestionnaire())
    for qui, genre, attendu in (
        (agent, Genre.LU, True),
        (agent, Genre.LU, False),
        (agent, Genre.AFFICHEE, True),
        (gt, Genre.LU, True),
        (gt, Genre.RELAYEE, True),
        (pole, Genre.LU, True),
    ):
        assert accuser_campagne(CODE, genre, acte=Acte(qui, lancee)) is attendu
    for qui, genre in ((agent, Genre.RELAYEE), (gt, Genre.AFFICHEE), (pole, Genre.RELAYEE)):
        with pytest.raises(NonHabilite):
            accuser_campagne(CODE, genre, acte=Acte(qui, lancee))
    with pytest.raises(Introuvable):
        accuser_campagne("autre", Genre.LU, acte=Acte(agent, lancee))
    with pytest.raises(Interdit, match="finie"):
        accuser_campagne(CODE, Genre.LU, acte=Acte(comptes.acteur(comptes.creer_agent()), lancee + 61 * JOUR))
    assert list_accuses(CODE, agent) == {Genre.LU, Genre.AFFICHEE}
    assert is_relayee(CODE, "099")
    assert not is_relayee(CODE, "02B")
    assert AccuseCampagne.objects.count() == 5


def test_counters_are_covered_as_one_counts_by_hand(lancee: datetime) -> None:
    un, autre = comptes.creer_agent(), comptes.creer_agent()
    comptes.creer_agent(guichet="G0991")
    accuser_campagne(CODE, Genre.LU, acte=Acte(comptes.acteur(un), lancee))
    accuser_campagne(CODE, Genre.AFFICHEE, acte=Acte(comptes.acteur(autre), lancee))
    guichet = comptes.acteur(un).guichet
    personnes = list_personnes("099", le=lancee, guichets=[guichet, "G0991"])
    lignes = couvrir(personnes, guichets=[guichet, "G0991"], acquis=get_lecteurs(CODE, personnes))
    assert [(x.personnes, x.rappel) for x in lignes] == [(2, 1), (1, 0)]
    assert guichets_qui_affichent(CODE, "099") == {guichet}


def test_a_counter_where_nobody_read_it_is_reminded_once(lancee: datetime) -> None:
    responsable = comptes.creer_responsable()
    service = acteur_systeme("Sensibilisation")
    assert rappeler_les_campagnes(acte=Acte(service, lancee + 20 * JOUR)) == 0
    assert rappeler_les_campagnes(acte=Acte(service, lancee + 21 * JOUR)) == 1
    assert rappeler_les_campagnes(acte=Acte(service, lancee + 22 * JOUR)) == 0
    assert MessageAgent.objects.get().compte == responsable.id
    gt = comptes.acteur(comptes.creer_gestionnaire())
    accuser_campagne(CODE, Genre.RELAYEE, acte=Acte(gt, lancee))
    assert MessageAgent.objects.count() == 2
    rappeler(0)
    assert MessageAgent.objects.count() == 2


def test_a_counter_that_read_it_is_left_alone(lancee: datetime) -> None:
    accuser_campagne(CODE, Genre.LU, acte=Acte(comptes.acteur(comptes.creer_responsable()), lancee))
    assert rappeler_les_campagnes(acte=Acte(acteur_systeme("S"), lancee + 30 * JOUR)) == 0
    assert get_campagne(CODE).rappelee_le == lancee + 30 * JOUR


@pytest.mark.parametrize(
    ("rappelee", "jours", "attendu"),
    [(False, 21, True), (True, 21, False), (False, 20, False), (False, 61, False)],
)
def test_when_it_is_reminded(rappelee: bool, jours: int, attendu: bool) -> None:
    du = datetime(2026, 1, 1, tzinfo=UTC).date()
    le = du + jours * JOUR
    assert is_a_rappeler(du, du + 60 * JOUR, rappelee=rappelee, jour=le, apres=21) is attendu


@given(
    st.dictionaries(
        st.text(max_size=3), st.integers(0, 30).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
    )
)
def test_few_are_never_told_nor_found_from_the_rest(parts: dict[str, tuple[int, int]]) -> None:
    dites = masquer_les_petits(parts, seuil=10)
    cachees = {nom for nom, part in dites.items() if part.sur is None}
    assert {nom for nom, (sur, _) in parts.items() if 0 < sur < 10} <= cachees
    assert len(cachees) != 1 or sum(sur > 0 for sur, _ in parts.values()) == 1
    assert all(dites[nom] == Part(*parts[nom]) for nom in parts.keys() - cachees)


def test_a_share_is_a_whole_number_and_nothing_is_no_share() -> None:
    assert Part(20, 5).pourcent == 25
    assert Part(0, 0).pourcent is None
    assert Part(None, None).pourcent is None
