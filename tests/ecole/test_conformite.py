"""A toy vendor is judged from its calls: ten faults planted, each is found alone; none on a good one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sne.ecole.rules.conformite import FAITS, Issue, Vu, echecs, juger, rapport
from sne.socle.horloge import PARIS

DEBUT = datetime(2026, 11, 24, 9, 0, tzinfo=PARIS)
DEMANDES, CONTENU = "api/v1/demandes", "api/v1/demandes/<nud>/contenu"


def bon() -> dict[str, Vu]:
    """The guided session of a good software, by the name of each call."""

    def a(minutes: int, methode: str, route: str, statut: int, **champs: object) -> Vu:
        return Vu(DEBUT + timedelta(minutes=minutes), methode, route, statut, **{"agent": "a-1", **champs})  # type: ignore[arg-type]

    return {
        "coupee": a(0, "POST", DEMANDES, 201, objet="d", cle="k1", corps="c1", scenario="coupe"),
        "reprise": a(1, "POST", DEMANDES, 201, objet="d", cle="k1", corps="c1"),
        "arretee": a(2, "POST", DEMANDES, 503, objet="d", cle="k2", corps="c2", scenario="503", attendre=5),
        "patiente": a(3, "POST", DEMANDES, 201, objet="d", cle="k2", corps="c2", agent="a-2"),
        "double": a(4, "POST", DEMANDES, 409, objet="d", cle="k3", corps="c3", codes=("DOUBLON",)),
        "justifie": a(5, "POST", DEMANDES, 201, objet="d", cle="k4", corps="c4", doublons=True),
        "attend": a(6, "PATCH", CONTENU, 202, objet="x", corps="c5", revision='"r1"', suivi="s", champs=0),
        "suit": a(7, "GET", "api/v1/changements-en-attente/<changement>", 200, objet="s"),
        "collision": a(8, "PATCH", CONTENU, 409, objet="y", corps="c6", revision='"r1"', codes=("CONFLIT",)),
        "relit": a(9, "GET", "api/v1/demandes/<nud>", 200, objet="z", scenario="champ-nouveau"),
        "encore": a(10, "PATCH", CONTENU, 200, objet="y", corps="c6", revision='"r2"', champs=1),
        "lit": a(11, "GET", "api/v1/demandes/<nud>", 200, objet="z"),
        "renvoie": a(12, "PUT", CONTENU, 200, objet="y", corps="c7", revision='"r3"', champs=0),
        "page": a(-4, "GET", "api/v1/flux/<territoire>", 200, objet="f", flux=("", 0, 31)),
        "page encore": a(-3, "GET", "api/v1/flux/<territoire>", 200, objet="f", flux=("", 0, 31)),
        "suite": a(-2, "GET", "api/v1/flux/<territoire>", 200, objet="g", flux=("", 31, 33)),
        "accuse": a(-1, "POST", "api/v1/flux/<territoire>/accuses", 200, objet="h", cle="k5"),
        "efface": a(13, "GET", "api/v1/demandes/<nud>", 410, objet="e"),
    }


def juge(appels: dict[str, Vu]) -> list[str]:
    constats = juger(sorted(appels.values(), key=lambda v: v.le))
    return [c.code for c in constats if c.issue is not Issue.TENU]


def changer(nom: str, **champs: object) -> Callable[[dict[str, Vu]], None]:
    def faute(appels: dict[str, Vu]) -> None:
        appels[nom] = replace(appels[nom], **champs)  # type: ignore[arg-type]

    return faute


def partout(**champs: object) -> Callable[[dict[str, Vu]], None]:
    def faute(appels: dict[str, Vu]) -> None:
        appels.update({nom: replace(v, **champs) for nom, v in appels.items()})  # type: ignore[arg-type]

    return faute


def ajouter(nom: str, minutes: int, **champs: object) -> Callable[[dict[str, Vu]], None]:
    def faute(appels: dict[str, Vu]) -> None:
        appels["de trop"] = replace(appels[nom], le=DEBUT + timedelta(minutes=minutes), **champs)  # type: ignore[arg-type]

    return faute


FAUTES: dict[str, Callable[[dict[str, Vu]], None]] = {
    "CLE": changer("justifie", cle=""),
    "MEME_CLE": changer("reprise", cle="k9"),
    "ATTENTE": changer("patiente", le=DEBUT + timedelta(minutes=2, seconds=1)),
    "RENVOI": ajouter("attend", 20, statut=200),
    "SUIVI": changer("suit", route="api/v1/moi", objet="m"),
    "DOUBLONS": partout(doublons=True),
    "EFFACEMENT": ajouter("efface", 30),
    "REVISION": changer("encore", revision=""),
    "CONFLIT": changer("encore", revision='"r1"'),
    "AGENT": partout(agent="camille@exemple.fr"),
    "FLUX": changer("suite", flux=("", 30, 33)),
    "NIR": changer("lit", nir_dans_l_adresse=True),
    "IDENTIQUE": changer("renvoie", champs=3),
}


def test_a_good_software_has_no_fault() -> None:
    assert juge(bon()) == []
    assert rapport(juger(list(bon().values()))).endswith("Conforme.\n")


@pytest.mark.parametrize("code", FAUTES)
def test_each_planted_fault_is_found_alone(code: str) -> None:
    appels = bon()
    FAUTES[code](appels)
    assert juge(appels) == [code]


def test_heads_that_differ_are_found() -> None:
    appels = bon()
    changer("accuse", statut=409)(appels)
    assert juge(appels) == ["FLUX"]


def test_a_software_that_unknown_fields_stop_is_found() -> None:
    appels = {nom: v for nom, v in bon().items() if v.le <= DEBUT + timedelta(minutes=9)}
    assert "OUVERTURE" in juge(appels)


def test_what_no_call_showed_is_not_held() -> None:
    constats = juger([])
    assert {c.issue for c in constats} == {Issue.NON_VU}
    assert echecs(constats) == len(FAITS)
    assert "non vu" in rapport(constats)


def test_the_report_says_when() -> None:
    appels = bon()
    FAUTES["NIR"](appels)
    dit = rapport(juger(list(appels.values())))
    assert "manqué  NIR" in dit
    assert "appel du 24/11/2026 à 09:11:00" in dit
    assert "1 point(s)" in dit
