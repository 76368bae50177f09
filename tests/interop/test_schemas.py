"""Everything that is emitted is valid for the interface's own schemas, but for three known deviations."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from sne.nuu.rules.description import VERSIONS
from sne.nuu.rules.ecriture import AnomalieFilaire, Emission, ecrire_doublons, ecrire_message
from tests.interop.schemas import fautes
from tests.nuu.arbres import DOSSIER, arbres, ecrire
from tests.nuu.messages import INSTANT
from tests.registre.factories import contenu

RADIATION = {
    "date": date(2026, 1, 2),
    "motif": "RADATT",
    "sous_motif_irrecevabilite": "IRRRES",
    "date_courrier_sans_reponse": date(2026, 1, 1),
}


def _ecarts(version, texte):
    return fautes(f"InterfaceNuu_v{version.replace('.', '')}", etree.fromstring(texte.encode()))


def _essayer(contenu_):
    for version in VERSIONS:
        assert _ecarts(version, ecrire(contenu_, version)) == Counter()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contenu_=arbres)
def test_drawn_demandes_are_valid(contenu_):
    _essayer(contenu_)


@pytest.mark.longue
@settings(max_examples=1000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contenu_=arbres)
def test_a_thousand_drawn_demandes_are_valid(contenu_):
    _essayer(contenu_)


def test_what_is_not_content_is_valid_too():
    dossier = DOSSIER | {
        "demande_origine": "0991126000412G0993",
        "date_derniere_piece": date(2026, 1, 1),
        "renouvellement": {"date": date(2026, 1, 1)},
        "radiation": RADIATION,
        "indicateurs": {"delai_anormalement_long": True, "calcule_le": INSTANT},
        "dalo": {"statut": "ACTIF", "date_decision": date(2026, 1, 1), "diagnostic_social": True},
    }
    emission = Emission(contenu(), dossier, {"reference_interne": "R" * 30, "forcer_doublon": True})
    texte = ecrire_message([emission], type_fichier="RET", date_fichier=INSTANT)
    assert "informationTraitement" in texte
    assert _ecarts("02.01", texte) == Counter()


def test_the_three_deviations_and_no_other():
    anomalie = AnomalieFilaire("CTRL_DEM_1001", "Un champ manque.", "demande/demandeLogement/numGuichet")
    emission = Emission(contenu(), DOSSIER, {}, [anomalie])

    def fichier(*emissions):
        return ecrire_message(emissions, type_fichier="RET", date_fichier=INSTANT)

    assert _ecarts("02.01", fichier(emission)) == Counter(["code de 13 signes"])
    assert _ecarts("02.01", fichier()) == Counter(["liste vide"])
    une = Emission(contenu(), DOSSIER, {})
    assert _ecarts("02.01", fichier(une, une)) == Counter(["plusieurs demandes"])
    assert _ecarts("02.01", ecrire_doublons([])) == Counter(["liste vide"])


def test_duplicates_are_valid():
    adulte = contenu().demandeur
    complete = {
        "numero_unique": "0991126000412G0993",
        "demandeur": {"identite": adulte.identite, "adresse_courrier": adulte.adresse_courrier},
        "logement_actuel": {"adresse": adulte.adresse_courrier},
        "cotitulaires": [{"identite": adulte.identite}],
        "localisations": contenu().souhaits.localisations,
    }
    sommaire = {
        "numero_unique": "0991126000413G0993",
        "demandeur": {"identite": {"nom_naissance": "A", "prenoms": "B", "date_naissance": date(1980, 1, 1)}},
    }
    assert _ecarts("02.01", ecrire_doublons([complete, sommaire])) == Counter()
