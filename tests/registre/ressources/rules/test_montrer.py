"""The gate: three months, each of one of six kinds, and a figure only while it is surely of the person who applies."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.connecteurs.drm.rules.mois import (
    AucuneDonnee,
    DiscordanceIdentite,
    Montant,
    NonEligible,
    PasEligible,
    SansDonnee,
    ZeroConfirme,
)
from sne.registre.ressources.rules.montrer import (
    Appel,
    Situation,
    derniers_mois,
    montrer,
    refus_de_montrer,
    texte_d_identite,
)
from tests.registre import factories as f
from tests.registre.ressources.ressources import MOIS, PANNE

LE = f.AUJOURD_HUI
BONNE = Situation(demandeur=True, ouverte=True, nir_etat="PERMANENT", empreinte=b"elle")
EMPECHE = {
    NonEligible.ASSOCIATION: {"demandeur": False},
    NonEligible.DEMANDE_FERMEE: {"ouverte": False},
    NonEligible.DOSSIER_FIGE: {"figee": True},
    NonEligible.IDENTITE_EN_ATTENTE: {"en_attente": True},
    NonEligible.NIR_ABSENT: {"nir_etat": ""},
    NonEligible.NIR_NON_DETENU: {"nir_etat": "AUCUN"},
    NonEligible.NIR_PROVISOIRE: {"nir_etat": "PROVISOIRE"},
}


def appel(mois: tuple = MOIS, *, empreinte: bytes = b"elle", jours: int = 0) -> Appel:
    return Appel(f.MAINTENANT - timedelta(days=jours), empreinte, mois)


def test_a_figure_of_the_person_in_force_is_shown() -> None:
    connues = montrer(BONNE, [appel()], le=LE)
    assert connues.mois == MOIS
    assert connues.chiffrees


@pytest.mark.parametrize("raison", EMPECHE, ids=str)
def test_each_reason_hides_everything_and_is_said(raison: NonEligible) -> None:
    connues = montrer(replace(BONNE, **EMPECHE[raison]), [appel()], le=LE)
    assert connues.mois == tuple(PasEligible(m, raison) for m in derniers_mois(LE))
    assert not connues.chiffrees


def test_a_contested_identity_hides_as_one_that_waits() -> None:
    assert refus_de_montrer(replace(BONNE, contestee=True)) is NonEligible.IDENTITE_EN_ATTENTE


def test_an_answer_to_another_identity_is_a_mismatch() -> None:
    connues = montrer(BONNE, [appel(empreinte=b"autre")], le=LE)
    assert {type(m) for m in connues.mois} == {DiscordanceIdentite}


def test_nobody_asked_yet() -> None:
    assert {getattr(m, "raison", None) for m in montrer(BONNE, [], le=LE).mois} == {
        SansDonnee.JAMAIS_DEMANDEE
    }


def test_while_the_source_is_away_its_last_answer_is_kept_with_its_date() -> None:
    connues = montrer(BONNE, [appel(PANNE), appel(jours=9)], le=LE)
    assert connues.mois == PANNE
    assert connues.anciennes == MOIS
    assert connues.anciennes_le == f.MAINTENANT - timedelta(days=9)
    assert connues.chiffrees


@pytest.mark.parametrize("ancien", [[], [appel(empreinte=b"autre", jours=9)]], ids=["none", "of another"])
def test_no_last_answer_of_this_person(ancien: list[Appel]) -> None:
    connues = montrer(BONNE, [appel(PANNE), *ancien], le=LE)
    assert (connues.mois, connues.anciennes, connues.chiffrees) == (PANNE, (), False)


situations = st.builds(
    Situation,
    demandeur=st.booleans(),
    ouverte=st.booleans(),
    nir_etat=st.sampled_from(["", "AUCUN", "PROVISOIRE", "PERMANENT"]),
    en_attente=st.booleans(),
    contestee=st.booleans(),
    figee=st.booleans(),
    empreinte=st.sampled_from([b"elle", b"autre", b""]),
)


@given(situations, st.lists(st.builds(appel, st.sampled_from([MOIS, PANNE])), max_size=2))
def test_a_figure_asks_for_all_of_them(situation: Situation, appels: list[Appel]) -> None:
    connues = montrer(situation, appels, le=LE)
    assert len(connues.mois) == 3
    sure = (
        situation.demandeur
        and situation.ouverte
        and situation.nir_etat == "PERMANENT"
        and not (situation.en_attente or situation.contestee or situation.figee)
        and situation.empreinte == b"elle"
    )
    assert connues.chiffrees == (sure and any(a.repondu for a in appels))
    assert sure or not any(isinstance(m, Montant | ZeroConfirme) for m in (*connues.mois, *connues.anciennes))


def test_the_last_three_whole_months() -> None:
    assert derniers_mois(date(2026, 1, 31)) == (date(2025, 12, 1), date(2025, 11, 1), date(2025, 10, 1))


def test_each_trait_is_in_the_fingerprint() -> None:
    traits = {"nom": "A", "prenoms": "B", "naissance": LE, "civilite": "1", "nir": b"x"}
    autres = {"nom": "C", "prenoms": "C", "naissance": date(1990, 1, 1), "civilite": "2", "nir": b"y"}
    textes = {texte_d_identite(**traits | {nom: valeur}) for nom, valeur in autres.items()}
    textes.add(texte_d_identite(**traits))
    assert len(textes) == 6


def test_an_answer_without_figures_counts_as_one() -> None:
    assert appel((AucuneDonnee(LE, SansDonnee.SOURCES_CLOSES),)).repondu
