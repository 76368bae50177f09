"""How a row is named where a person reads it."""

import pytest
from django.db import models

from sne.referentiels.models import (
    Chargement,
    CodePostal,
    Commune,
    CommuneRattachee,
    Departement,
    Epci,
    Guichet,
    Organisme,
    Parametre,
    Pays,
    Region,
    Territoire,
    Valeur,
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("modele", "cle", "nom"),
    [
        (Region, {"code": "94"}, "Corse"),
        (Territoire, {"code": "02B"}, "Haute-Corse"),
        (Departement, {"code": "2B"}, "Haute-Corse (2B)"),
        (Epci, {"code": "242000354"}, "CA de Bastia"),
        (Commune, {"code": "2B033"}, "Bastia (2B033)"),
        (CommuneRattachee, {"code": "01015"}, "Arbignieu → 01015"),
        (CommuneRattachee, {"code": "01003"}, "01003 → 01165"),
        (CodePostal, {"code": "20600", "commune": "2B033"}, "20600 2B033"),
        (Pays, {"code": "99139"}, "Portugal"),
        (Valeur, {"liste": "ListeCivilite", "code": "2"}, "ListeCivilite 2 : Madame"),
        (Parametre, {"code": "delaiz_mois"}, "delaiz_mois = 12 mois"),
        (Organisme, {"code": "999000094"}, "CCAS d’Aurette-la-Ville"),
        (Guichet, {"id": "099G0993"}, "G0993 CCAS d’Aurette-la-Ville"),
    ],
)
def test_str(modele: type[models.Model], cle: dict[str, str], nom: str) -> None:
    assert str(modele._default_manager.get(**cle)) == nom


@pytest.mark.django_db
def test_str_of_a_load() -> None:
    chargement = Chargement.objects.get(jeu="pays")
    assert str(chargement) == f"pays {chargement.charge_le:%d/%m/%Y}"
