"""A page sent back with errors reads in the direction of its language, as it did when it was opened."""

import re

import pytest
from django.test import Client

from sne.portail.exemple.foyer import TERRITOIRE
from sne.simulation.fournisseur.protocole import Fournisseur
from tests.portail.conftest import ELODIE
from tests.portail.test_connexion import se_connecter
from tests.portail.test_renouveler import deposer, suivre, texte

pytestmark = pytest.mark.django_db


def test_errors_that_hold_a_value_are_in_the_language_and_direction_of_the_page(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande = deposer(jours=100)
    se_connecter(porte, fc, ELODIE)
    ici = f"/ar/ma-demande/{demande.nud}/declaration/logement/"
    fautifs = {
        "date_entree": "35/13/2020",
        "nombre_habitants": "1000",
        "possede": "oui",
        "commune": "Nullepart",
    }
    fautive = texte(suivre(porte, ici, **fautifs))
    main = fautive[fautive.index("<main") :]
    assert main.startswith('<main id="contenu" tabindex="-1">')
    assert "35/13/2020 غير موجود" in main
    assert "من 0 إلى 99" in main
    assert "«Nullepart» ليست بلدية معروفة" in main
    assert "n’existe pas" not in main


def test_numbers_and_dates_are_typed_from_left_to_right_in_every_language(porte: Client) -> None:
    for code, noms in (("contact", ("courriel", "telephone_portable")), ("secu", ("nir",))):
        page = texte(porte.get(f"/ar/exemple/nouvelle-demande/{TERRITOIRE}/{code}/"))
        for nom in noms:
            (champ,) = re.findall(rf'<input[^>]*name="{nom}"[^>]*>', page)
            assert 'dir="ltr"' in champ


def test_the_example_writes_to_nobody_in_any_language(porte: Client) -> None:
    page = texte(porte.get(f"/exemple/nouvelle-demande/{TERRITOIRE}/relire/"))
    assert "Nous vous écrivons en" not in page
