"""A protection lifted from the file, by the territorial manager, in a real browser."""

from collections.abc import Callable

import pytest

from tests.habilitations.factories import creer_gestionnaire
from tests.journeys.poste import Poste
from tests.registre.avis import avis as a

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_lever_une_protection(asseoir: Callable[..., Poste]) -> None:
    recu = a.deposer(a.contenu(motifs=a.VIOLENCES))
    a.changer(recu.demande_id, a.contenu())
    poste = asseoir()
    poste.se_connecter(creer_gestionnaire())
    poste.aller(f"/demandes/{recu.nud}/")
    poste.page.get_by_role("link", name="Lever la protection").click()
    poste.titre("Lever la protection de cette demande")
    poste.examiner("protection-lever")
    poste.page.get_by_label("Comment vous avez entendu la personne").fill("Entendue seule au guichet.")
    poste.page.get_by_role("button", name="Lever la protection").click()
    poste.page.get_by_text("Protection levée.").wait_for()
