"""Fields that a declared situation makes pointless."""

import pytest

from sne.registre.contenu.rules.sans_objet import champs_sans_objet
from tests.registre.exemples import COTITULAIRE, minimale

DECRIT = ["surface", "type", "categorie", "loyer_mensuel"]


@pytest.mark.parametrize(
    ("statuts", "caches"),
    [
        ([], []),
        (["LP"], []),
        (["SD"], DECRIT),
        (["SQUAT", "CAMCAR"], DECRIT),
        (["SD", "LP"], []),
        (["POCC"], ["loyer_mensuel"]),
        (["POCC", "LP"], []),
    ],
)
def test_present_dwelling(statuts, caches):
    contenu = minimale(logement_actuel={"statuts_occupation": statuts})
    assert list(champs_sans_objet(contenu)) == [f"logement_actuel.{nom}" for nom in caches]


def test_employer_of_who_has_none():
    contenu = minimale(
        demandeur__situation_professionnelle={"statut": "CDI"},
        cotitulaires=[{**COTITULAIRE, "situation_professionnelle": {"statut": "ETU"}}],
    )
    assert list(champs_sans_objet(contenu)) == [
        "cotitulaires[0].situation_professionnelle.employeur",
        "cotitulaires[0].situation_professionnelle.employeur_siret",
    ]
