"""Strong, middling, weak or nobody: over a corpus whose answer is known, then trait by trait."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from sne.registre.controle.rules.lieux import Lieu
from sne.registre.controle.rules.rapprochement import (
    Ecart,
    EtatCivil,
    Verdict,
    rapprocher,
    separer_prenoms,
)
from tests.registre.controle.rules import corpus
from tests.registre.controle.rules.exemples import SEUILS

PAIRES = list(corpus.corpus())
VERDICTS = [(paire, rapprocher(paire.connue, paire.inscrite, SEUILS).verdict) for paire in PAIRES]
ELODIE = EtatCivil("Dubreuil", "", ("Élodie", "Anne"), date(1988, 5, 14), False, "F", Lieu("76540"))


def test_aucun_faux_lien() -> None:
    fausses = Counter((paire.cas, verdict) for paire, verdict in VERDICTS if not paire.vraie)
    assert sum(fausses.values()) == 1_000
    assert not [cas for cas, verdict in fausses if verdict is Verdict.FORT]
    # What a number is asked for: nothing but what nobody knows tells them apart.
    assert {cas for cas, verdict in fausses if verdict is Verdict.MOYEN} == {
        "homonyme_du_premier_janvier",
        "homonyme_sans_lieu",
    }


def test_presque_toutes_les_vraies_sont_reliees_ou_demandent_le_numero() -> None:
    vraies = [(paire.cas, verdict) for paire, verdict in VERDICTS if paire.vraie]
    assert len(vraies) == 2_200
    perdues = Counter(cas for cas, verdict in vraies if verdict is Verdict.NUL)
    assert sum(perdues.values()) <= 0.05 * len(vraies), perdues
    assert set(perdues) - {"plusieurs_fautes"} == set(), perdues


@pytest.mark.parametrize(
    ("cas", "attendu"),
    [(c, Verdict.FORT) for c in corpus.FORTES]
    + [(c, Verdict.MOYEN) for c in corpus.MOYENNES]
    + [(c, Verdict.FAIBLE) for c in corpus.FAIBLES],
)
def test_chaque_ecriture_a_son_verdict(cas: corpus.Variante, attendu: Verdict) -> None:
    assert {verdict for paire, verdict in VERDICTS if paire.cas == cas.__name__} == {attendu}


@pytest.mark.parametrize(
    ("autre", "ecart"),
    [
        ({"nom": "Dubreil"}, Ecart.NOM_LETTRES),
        ({"nom": "Petit", "usage": "Dubreuil"}, Ecart.NOM_USAGE),
        ({"nom": "Petit-Dubreuil"}, Ecart.NOM_COMPOSE),
        ({"nom": "du Breuil", "prenoms": ("Élodie",)}, None),
        ({"nom": "de Dubreuil"}, Ecart.NOM_COMPOSE),
        ({"nom": "Élodie", "prenoms": ("Dubreuil",)}, Ecart.INVERSION),
        ({"prenoms": ("Anne", "Élodie")}, Ecart.PRENOMS_ORDRE),
        ({"prenoms": ("Élodie-Rose",)}, Ecart.PRENOM_COMPOSE),
        ({"prenoms": ("Elodi",)}, Ecart.PRENOMS_LETTRES),
        ({"naissance": date(1989, 5, 14)}, Ecart.NAISSANCE),
        ({"naissance": date(1988, 5, 24)}, Ecart.NAISSANCE),
        ({"sexe": "M"}, Ecart.SEXE),
        ({"lieu": Lieu("76351")}, Ecart.LIEU),
    ],
)
def test_un_seul_trait_differe_et_s_explique(autre: dict[str, object], ecart: Ecart | None) -> None:
    lu = rapprocher(ELODIE, replace(ELODIE, **autre), SEUILS)
    assert lu.ecarts == ((ecart,) if ecart else ())
    assert lu.verdict is (Verdict.FAIBLE if ecart else Verdict.FORT)


@pytest.mark.parametrize(
    "autre",
    [
        {"nom": "Castaing"},
        {"nom": ""},
        {"prenoms": ("Béatrice",)},
        {"prenoms": ()},
        {"naissance": date(1978, 6, 2)},
        {"sexe": "M", "lieu": Lieu("76351")},
        {"nom": "Dubreil", "naissance": date(1989, 5, 14)},
    ],
)
def test_personne_d_autre(autre: dict[str, object]) -> None:
    lu = rapprocher(ELODIE, replace(ELODIE, **autre), SEUILS)
    assert (lu.verdict, lu.ecarts) == (Verdict.NUL, ())


def test_une_date_incomplete_n_egale_aucune_date() -> None:
    """The month is known, not the day: another month is somebody else."""
    mai = replace(ELODIE, naissance=date(1988, 5, 1), incomplete=True)
    assert rapprocher(ELODIE, mai, SEUILS).verdict is Verdict.MOYEN
    assert rapprocher(mai, mai, SEUILS).verdict is Verdict.MOYEN
    juin = replace(mai, naissance=date(1988, 6, 1))
    assert rapprocher(ELODIE, juin, SEUILS).verdict is Verdict.NUL


@pytest.mark.parametrize(
    ("commune", "pays", "attendu"),
    [
        ("14011", "", "14762"),
        ("75112", "99100", "75056"),
        ("92352", "99352", "92352"),
        ("", "99352", "99352"),
        ("", "", ""),
    ],
)
def test_lieu_d_aujourd_hui(commune: str, pays: str, attendu: str) -> None:
    assert corpus.lieu(commune, pays) == Lieu(attendu)


def test_les_prenoms_d_une_ligne_se_separent() -> None:
    assert separer_prenoms(" Jean-Pierre,  Marie ;Anne ") == ("Jean-Pierre", "Marie", "Anne")
    assert repr(ELODIE) == "EtatCivil(…)"
