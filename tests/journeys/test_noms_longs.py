"""Names of seventy letters, at 320 pixels, with and without JavaScript: no page scrolls aside."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from sne.socle.horloge import maintenant
from tests.habilitations.factories import creer_responsable
from tests.journeys.ecran import sans_defilement
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
NOM = "Rakotomalala" * 5 + "Andrianasy"
PRENOM = "Fanomezantsoa" * 5 + "Maria"


@pytest.mark.parametrize("script", [True, False], ids=["avec-script", "sans-script"])
def test_rien_ne_deborde(asseoir: Callable[..., Poste], script: bool) -> None:
    assert len(NOM) == len(PRENOM) == 70
    le = maintenant() - timedelta(days=330)
    enfant = {
        "identifiant": "charge-1",
        "nom": NOM,
        "prenoms": PRENOM,
        "date_naissance": "2015-01-01",
        "sexe": "F",
    }
    foyer = {"personnes_a_charge": [enfant]}
    nud = f.deposer(f.contenu(demandeur=f.personne(NOM, PRENOM), foyer=foyer), le=le).nud
    poste = asseoir(java_script_enabled=script)
    poste.se_connecter(creer_responsable())
    poste.page.set_viewport_size({"width": 320, "height": 800})
    dossier = f"/demandes/{nud}/"
    for chemin in (
        dossier,
        "/accueil/",
        "/listes/echeance/",
        f"{dossier}modifier/personne/",
        f"{dossier}modifier/foyer/",
        f"{dossier}ecrire/",
        f"{dossier}radier/",
        f"{dossier}historique/",
        f"{dossier}pieces/",
        "/raccourcis/",
    ):
        poste.aller(chemin)
        assert poste.page.title(), chemin
        sans_defilement(poste.page)
    poste.aller("/listes/echeance/?tout=oui")
    poste.page.get_by_role("button", name="Écrire aux ménages choisis").click()
    poste.cocher("Renouvelez votre demande")
    poste.page.get_by_role("button", name="Voir avant de continuer").click()
    poste.titre("À relire avant de continuer")
    sans_defilement(poste.page)
    poste.aller("/rechercher/")
    poste.page.locator("#q").fill(NOM)
    poste.page.keyboard.press("Enter")
    poste.titre("1\u00a0dossier proche de")
    sans_defilement(poste.page)
    poste.commencer_une_demande(NOM, PRENOM, "21/11/1962")
    poste.titre("Le foyer, le travail et les ressources")
    sans_defilement(poste.page)
