"""The gate of the portal, as a table: one thing missing, and what is said; two, and which comes first."""

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.connecteurs.drm.rules.mois import (
    DiscordanceIdentite,
    Mois,
    NonEligible,
    PasEligible,
    SourceIndisponible,
)
from sne.demandeurs.rules.niveaux import Fraicheurs, Niveau, Presence
from sne.registre.ressources.rules.montrer import Connues
from sne.registre.ressources.rules.mots import Lecteur, dire
from sne.registre.ressources.rules.portail import Regard, montrer_au_demandeur
from tests.registre import factories as f
from tests.registre.ressources.ressources import MOIS, PANNE
from tests.registre.ressources.rules.test_montrer import BONNE, appel

LE = f.AUJOURD_HUI
FRAICHEURS = Fraicheurs(recente=timedelta(minutes=15), ressources=timedelta(minutes=60))
ELLE: dict[str, Any] = {"niveau": Niveau.FC, "minutes": 60, "demandeur": True}
type Change = dict[str, dict[str, Any]]
TABLE: list[tuple[str, Change, Mois | NonEligible | type]] = [
    ("by a link", {"regard": {"niveau": Niveau.LIEN}}, NonEligible.SESSION),
    ("by a code", {"regard": {"niveau": Niveau.CODE}}, NonEligible.SESSION),
    ("by a helper", {"regard": {"niveau": Niveau.FC_AIDANT}}, NonEligible.SESSION),
    ("an hour and a minute ago", {"regard": {"minutes": 61}}, NonEligible.SESSION_ANCIENNE),
    ("in a minute", {"regard": {"minutes": -1}}, NonEligible.SESSION_ANCIENNE),
    ("a co-holder", {"regard": {"demandeur": False}}, NonEligible.COTITULAIRE),
    ("frozen", {"situation": {"figee": True}}, NonEligible.DOSSIER_FIGE),
    ("waits", {"situation": {"en_attente": True}}, NonEligible.IDENTITE_EN_ATTENTE),
    ("contested", {"situation": {"contestee": True}}, NonEligible.IDENTITE_EN_ATTENTE),
    ("another civil status", {"regard": {"niveau": Niveau.FC_MOINS}}, DiscordanceIdentite),
    ("no number", {"situation": {"nir_etat": ""}}, NonEligible.NIR_ABSENT),
    ("a waiting number", {"situation": {"nir_etat": "PROVISOIRE"}}, NonEligible.NIR_PROVISOIRE),
    ("asked with another identity", {"situation": {"empreinte": b"autre"}}, DiscordanceIdentite),
    ("the source is away", {"mois": {"mois": PANNE}}, SourceIndisponible),
]
"""In the order in which reasons are said."""


def regarder(*, niveau: Niveau, minutes: int, demandeur: bool) -> Regard:
    return Regard(Presence(niveau, FRAICHEURS.de(timedelta(minutes=minutes))), demandeur)


def montrer(*changes: Change) -> Connues:
    tous: dict[str, dict[str, Any]] = {"regard": {}, "situation": {}, "mois": {}}
    for change in changes:
        for quoi, champs in change.items():
            tous[quoi] |= champs
    appels = [appel(tous["mois"].get("mois", MOIS))]
    regard, situation = regarder(**ELLE | tous["regard"]), replace(BONNE, **tous["situation"])
    return montrer_au_demandeur(regard, situation, appels, le=LE)


def raison(connues: Connues) -> Any:
    """The one reason or kind of the three months."""
    (dite,) = {m.raison if isinstance(m, PasEligible) else type(m) for m in connues.mois}
    return dite


def test_all_of_them_and_the_amounts_are_shown() -> None:
    assert montrer().mois == MOIS


@pytest.mark.parametrize(("change", "attendu"), [t[1:] for t in TABLE], ids=[t[0] for t in TABLE])
def test_one_thing_missing_hides_and_is_said(change: Change, attendu: Any) -> None:
    connues = montrer(change)
    assert raison(connues) is attendu
    assert not connues.chiffrees
    for mois in connues.mois:
        assert "€" not in dire(mois, a=Lecteur.DEMANDEUR, sans_donnee="NON_TRANSMISE")


def champs(change: Change) -> set[tuple[str, str]]:
    return {(quoi, champ) for quoi, valeurs in change.items() for champ in valeurs}


DEUX = [(un, autre) for un, autre in itertools.combinations(TABLE, 2) if not champs(un[1]) & champs(autre[1])]


@pytest.mark.parametrize(("premier", "second"), DEUX, ids=lambda t: t[0])
def test_of_two_the_first_is_said(premier: Any, second: Any) -> None:
    assert raison(montrer(premier[1], second[1])) is premier[2]


@given(niveau=st.sampled_from(Niveau), minutes=st.integers(-5, 70), demandeur=st.booleans())
def test_no_session_sees_more_than_a_counter_and_only_that_one_sees_a_figure(
    niveau: Niveau, minutes: int, demandeur: bool
) -> None:
    regard = regarder(niveau=niveau, minutes=minutes, demandeur=demandeur)
    connues = montrer_au_demandeur(regard, BONNE, [appel()], le=LE)
    assert connues.chiffrees == (niveau is Niveau.FC and 0 <= minutes <= 60 and demandeur)
