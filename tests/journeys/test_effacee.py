"""What is left of an erased demande, in a real browser: its page and what a search by its number answers."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.vie.actions.annuler import annuler_enregistrement
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle.acte import Acte
from sne.socle.horloge import jour, maintenant
from tests.habilitations.factories import creer_agent
from tests.journeys.poste import Poste
from tests.registre import factories as f
from tests.registre.enquete import enquetes as e

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_demande_effacee(asseoir: Callable[..., Poste]) -> None:
    autrefois = maintenant() - timedelta(days=400)
    radiee = f.deposer(le=autrefois)
    double = f.deposer(doublons_ecartes="Vu trop tard.", le=autrefois)
    annuler_enregistrement(
        double.demande_id,
        gardee=radiee.nud,
        precision="Saisie deux fois",
        acte=Acte(e.gt(), autrefois),
    )
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=jour(autrefois), document="Classeur B")
    radier_demande(radiee.demande_id, faits, acte=Acte(f.creer_acteur(), autrefois))
    passer_l_horloge(maintenant(), territoires=["099"], sauf=set(EtapeHorloge) - {EtapeHorloge.PURGE})
    poste = asseoir()
    poste.se_connecter(creer_agent())
    for nom, nud in (("radiee", radiee.nud), ("double", double.nud)):
        poste.aller(f"/demandes/{nud}/")
        poste.titre("Cette demande a été effacée")
        poste.examiner(f"effacee-{nom}")
        poste.page.locator("main").get_by_role("link", name="Rechercher un dossier").click()
        poste.page.locator("main input[name=q]").fill(nud)
        poste.page.keyboard.press("Enter")
        poste.page.locator("#t-resultats").wait_for()
        assert "a été effacée" in poste.page.locator("#t-resultats").inner_text()
        assert (
            "Repris de la recherche" not in poste.page.locator("main").inner_text()
        )  # a number fills nothing in
        poste.examiner(f"effacee-recherche-{nom}")
