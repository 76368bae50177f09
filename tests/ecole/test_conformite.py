"""A toy vendor is judged from its calls, of each door: each planted fault is found alone; none on a good one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sne.ecole.rules.affichage import compter_faux, lire_affichage
from sne.ecole.rules.conformite import FAITS, Issue, Vu, echecs, juger, rapport
from sne.socle.horloge import PARIS

DEBUT = datetime(2026, 11, 24, 9, 0, tzinfo=PARIS)
DEMANDES, CONTENU = "api/v1/demandes", "api/v1/demandes/<nud>/contenu"
MENSUELLES = "api/v1/demandes/<nud>/ressources-mensuelles"


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
        "faux": a(14, "RAPPEL", "flux-faux", 401, agent=""),
        "deux fois": a(15, "RAPPEL", "flux-double", 200, agent=""),
        "ancien": a(-10, "GET", "api/v1/moi", 200, objet="m", certificat="c1"),
        "nouveau": a(-9, "GET", "api/v1/moi", 200, objet="m", certificat="c2"),
        "montre": a(
            16, "GET", MENSUELLES, 200, objet="r", etats=("MONTANT", "ZERO_CONFIRME", "AUCUNE_DONNEE")
        ),
    }


def bon_messager() -> dict[str, Vu]:
    """The same, of a software of messages alone."""

    def a(minutes: int, genre: str, statut: int = 200, **champs: object) -> Vu:
        return Vu(DEBUT + timedelta(minutes=minutes), "POST", f"soap/{genre}", statut, **champs)  # type: ignore[arg-type]

    return {
        "coupee": a(0, "CRE", objet="d", corps="c1", fond="f1", scenario="coupe", certificat="c1"),
        "reprise": a(1, "CRE", objet="d", corps="c1", fond="f1", certificat="c2"),
        "arretee": a(2, "CRE", 500, objet="d", corps="c2", fond="f2", scenario="503"),
        "patiente": a(3, "CRE", objet="d", corps="c2", fond="f2"),
        "trop": a(4, "demandeLogement", 429, objet="d1", attendre=5),
        "plus tard": a(5, "demandeLogement", objet="d1"),
        "double": a(6, "CRE", objet="d", corps="c3", fond="f3", codes=("CTRL_DEM_1203",)),
        "force": a(7, "CRE", objet="d", corps="c4", fond="f4", doublons=True),
        "attend": a(8, "MOD", objet="d1", corps="c5", fond="f5", codes=("CTRL_DEM_1301",), champs=0),
        "suit": a(9, "demandeLogement", objet="d1"),
        "collision": a(10, "REN", objet="d1", corps="c6", fond="f6", codes=("CTRL_DEM_1207",), champs=0),
        "relit": a(11, "demandeLogement", objet="d1"),
        "encore": a(12, "REN", objet="d1", corps="c7", fond="f7", champs=1),
        "lit": a(13, "demandeLogement", objet="d1"),
        "renvoie": a(14, "MOD", objet="d1", corps="c8", fond="f8", champs=0),
        "efface": a(15, "demandeLogement", objet="d2", codes=("CTRL_DEM_1103",)),
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
    "RAPPELS": changer("faux", statut=200),
    "CERTIFICAT": changer("nouveau", certificat="c1"),
    "ABSENCE": changer("montre", faux=1),
}
FAUTES_D_UN_MESSAGER: dict[str, Callable[[dict[str, Vu]], None]] = {
    "MEME_CLE": changer("reprise", corps="c9"),
    "ATTENTE": changer("plus tard", le=DEBUT + timedelta(minutes=4, seconds=1)),
    "RENVOI": ajouter("attend", 20, corps="c9", codes=()),
    "DOUBLONS": partout(doublons=True),
    "EFFACEMENT": ajouter("efface", 30),
    "CONFLIT": changer("relit", route="soap/rechercheDoublons"),
    "NIR": changer("lit", nir_dans_l_adresse=True),
    "IDENTIQUE": changer("renvoie", champs=1),
    "CERTIFICAT": changer("reprise", certificat="c1"),
}


def test_a_good_software_has_no_fault() -> None:
    assert juge(bon()) == []
    assert rapport(juger(list(bon().values()))).endswith("Conforme.\n")


@pytest.mark.parametrize("code", FAUTES)
def test_each_planted_fault_is_found_alone(code: str) -> None:
    appels = bon()
    FAUTES[code](appels)
    assert juge(appels) == [code]


@pytest.mark.parametrize("code", FAUTES_D_UN_MESSAGER)
def test_each_planted_fault_of_messages_is_found_alone(code: str) -> None:
    appels = bon_messager()
    assert juge(appels) == []
    FAUTES_D_UN_MESSAGER[code](appels)
    assert juge(appels) == [code]


def test_a_change_of_a_message_that_nobody_follows_is_found() -> None:
    appels = {nom: v for nom, v in bon_messager().items() if v.le <= DEBUT + timedelta(minutes=8)}
    assert "SUIVI" in juge(appels)


@pytest.mark.parametrize(
    ("texte", "faux"),
    [
        ("2026-10=1 452,30 EUR; 2026-09=0,00; 2026-08=non communique", 0),
        ("2026-10=1 452,30 EUR; 2026-09=0,00; 2026-08=0,00", 1),
        ("2026-10=-1452.30; 2026-09=; 2026-08=", 3),
        ("", 3),
    ],
)
def test_what_is_shown_of_three_months(texte: str, faux: int) -> None:
    mois = [
        {"mois": "2026-10", "etat": "MONTANT", "montant": "1452.30"},
        {"mois": "2026-09", "etat": "ZERO_CONFIRME"},
        {"mois": "2026-08", "etat": "AUCUNE_DONNEE", "raison": "PAS_ENCORE_REMONTE"},
    ]
    assert compter_faux(lire_affichage(texte), mois) == faux


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
