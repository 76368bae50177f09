"""Unusual uses: a new network, far more calls or reads than usual; told once to the vendor and to who may stop it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from sne.conventions.actions import AppelFait, noter_appel, purger_usages, veiller
from sne.conventions.models import Alerte, Appel, Convention, Usage
from sne.conventions.rules.usages import Constat, Heure, Nature, Seuils, constater, dire, reseau_de
from sne.conventions.selectors import get_page
from sne.conventions.tasks import veiller_aux_usages
from sne.journal.models import Entree
from sne.notifications.models import MessageAgent
from sne.notifications.selectors import lire_chiffre
from sne.referentiels.selectors import get_parametres
from sne.socle.horloge import PARIS, aujourd_hui, maintenant
from tests.conventions.factories import acteur, appelant, cle_de, prete
from tests.habilitations.factories import connecter, creer_exploitation, creer_gestionnaire

LE = datetime(2026, 11, 24, 0, 0, tzinfo=PARIS)
SEUILS = Seuils(facteur=4, appels=100, lectures=50)
ICI, AILLEURS = "203.0.113.0/24", "198.51.100.0/24"


def heure(n: int, appels: int = 10, lectures: int = 0, reseau: str = ICI) -> Heure:
    """The hour of this rank since the day began."""
    return Heure(LE + timedelta(hours=n), reseau, appels, lectures)


@pytest.mark.parametrize(
    ("adresse", "reseau"),
    [
        ("", ""),
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:a:b:c:d:e:f", "2001:db8:a::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
    ],
)
def test_a_network_names_no_machine(adresse: str, reseau: str) -> None:
    assert reseau_de(adresse) == reseau


@pytest.mark.parametrize(
    ("avant", "heures", "natures"),
    [
        ([], [heure(1), heure(1, reseau=AILLEURS)], []),  # a first use
        ([heure(0)], [heure(1)], []),
        ([heure(0)], [heure(1, reseau=AILLEURS), heure(2, reseau=AILLEURS)], ["RESEAU"]),
        ([heure(0)], [heure(1, reseau="")], []),
        ([heure(0, reseau="")], [heure(1)], []),  # nothing was known of where it was
        ([heure(0, 30)], [heure(1, 120)], []),  # four times, and no more
        ([heure(0, 30)], [heure(1, 121)], ["VOLUME"]),
        ([heure(0, 30)], [heure(1, 60), heure(1, 61, reseau=AILLEURS)], ["RESEAU", "VOLUME"]),
        ([heure(0, 1)], [heure(1, 100)], []),  # little is never much
        ([], [heure(1, 101)], ["VOLUME"]),
        (
            [heure(0, 9), heure(1, 30), heure(2, 900)],
            [heure(3, 121)],
            ["VOLUME"],
        ),  # the habit is no exception
    ],
)
def test_what_is_unusual(avant: list[Heure], heures: list[Heure], natures: list[str]) -> None:
    constats = constater(avant, heures, jour_fini=None, seuils=SEUILS)
    assert [c.nature.value for c in constats] == natures


def test_reads_are_judged_once_the_day_is_over() -> None:
    veille = [heure(-20, lectures=20), heure(-3, lectures=5), heure(-50, lectures=25)]
    jour = [heure(8, lectures=60), heure(15, lectures=41)]
    assert constater(veille, jour, jour_fini=None, seuils=SEUILS) == ()
    (constat,) = constater([*veille, *jour], [heure(24)], jour_fini=LE.date(), seuils=SEUILS)
    assert constat == Constat(Nature.LECTURES, jour[0].debut, "", 101, 25)
    assert constater([*veille, jour[0]], [], jour_fini=LE.date(), seuils=SEUILS) == ()
    assert constater(veille, [], jour_fini=LE.date(), seuils=SEUILS) == ()


@pytest.mark.parametrize(
    ("constat", "phrase"),
    [
        (
            Constat(Nature.RESEAU, LE, ICI, 1200),
            "Le 24/11/2026, entre 0 h et 1 h, des appels sont venus d’un réseau nouveau, 203.0.113.0/24 "
            "(en tout : 1 200).",
        ),
        (
            Constat(Nature.VOLUME, LE, "", 1200, 3),
            "Le 24/11/2026, entre 0 h et 1 h, appels reçus : 1 200. Une heure ordinaire en compte 3.",
        ),
        (
            Constat(Nature.LECTURES, LE, "", 1200, 3),
            "Le 24/11/2026, demandes lues : 1 200. Un jour ordinaire en compte 3.",
        ),
    ],
)
def test_each_one_is_a_sentence(constat: Constat, phrase: str) -> None:
    assert dire(constat).replace("\u00a0", " ") == phrase


def appeler(fois: int, instant: datetime, adresse: str, *, qui: Any) -> None:
    """So many reads of a file in that hour."""
    for rang in range(fois):
        fait = AppelFait("GET /demandes/{nud}", 200, 12, None, adresse, 1)
        noter_appel(qui, fait, survenu_le=instant + timedelta(seconds=rang))


@pytest.mark.django_db
def test_a_key_used_elsewhere_is_told_once_to_the_vendor_and_to_who_may_stop_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    peu = get_parametres(LE.date()).avec(usage_appels_heure=5, usage_lectures_jour=8)
    monkeypatch.setattr("sne.conventions.actions.usages.get_parametres", lambda _: peu)
    with time_machine.travel(LE + timedelta(hours=9, minutes=10)) as temps:
        convention = Convention.objects.select_related("compte").get(pk=prete())
        gestionnaire, exploitant = creer_gestionnaire(), creer_exploitation()
        qui = appelant(cle_de(convention.id))
        appeler(2, maintenant(), "203.0.113.7", qui=qui)
        assert veiller(maintenant()) == 0  # the hour is not over
        temps.shift(timedelta(hours=1))
        assert veiller(maintenant()) == 0
        assert Usage.objects.values_list("reseau", "appels", "lectures").get() == (ICI, 2, 2)
        appeler(9, maintenant(), "198.51.100.9", qui=qui)
        noter_appel(
            qui.identite, AppelFait("GET /moi", 401, 1, None, "198.51.100.9"), survenu_le=maintenant()
        )
        temps.shift(timedelta(hours=1))
        assert veiller_aux_usages(0) == 2
        assert veiller(maintenant()) == 0
        dites = {(a.nature, a.reseau, a.compte, a.habitude) for a in Alerte.objects.all()}
        assert dites == {("RESEAU", AILLEURS, 10, 0), ("VOLUME", "", 10, 2)}
        temps.shift(timedelta(hours=15))
        assert veiller(maintenant()) == 1  # the night: eleven files were read that day
        assert veiller(maintenant()) == 0
    lectures = Alerte.objects.get(nature="LECTURES")
    assert (lectures.compte, lectures.habitude) == (11, 0)
    messages = MessageAgent.objects.filter(genre="USAGE_INHABITUEL")
    prevenus = {convention.compte_id, gestionnaire.id, exploitant.id}
    assert prevenus <= set(messages.values_list("compte", flat=True))
    contextes = [lire_chiffre(m, "contexte") for m in messages.filter(compte=convention.compte_id)]
    assert all(c and not c["lien"] for c in contextes)
    du_gestionnaire = lire_chiffre(messages.filter(compte=gestionnaire.id)[0], "contexte")
    assert du_gestionnaire is not None
    assert str(du_gestionnaire["lien"]).endswith(f"/conventions/{convention.id}/")
    assert Entree.objects.filter(verbe="ALERTER_USAGE").count() == 3
    lues = get_page(convention.id, acteur(gestionnaire), le=aujourd_hui()).alertes
    assert [("demandes lues" in lue) for lue in lues] == [True, False, False]
    monkeypatch.setattr("sne.conventions.selectors.page.ALERTES_MONTREES", 2)
    page = connecter(Client(), gestionnaire).get(reverse("convention", args=[convention.id]))
    assert "Les 2 plus récents sur 3." in page.content.decode()
    assert Appel.objects.exclude(reseau__in=[ICI, AILLEURS]).count() == 0
    assert purger_usages(maintenant()) == 0
    gardees = Usage.objects.count() + Alerte.objects.count()
    assert purger_usages(maintenant() + timedelta(days=60)) == gardees == 5


@pytest.mark.django_db
def test_at_the_ecole_nothing_is_unusual(settings: Any) -> None:
    settings.ECOLE = True
    assert veiller(maintenant()) == 0
