"""Attestations at the counter, on a real screen: worklist, batch, register of a counter and of a file."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from sne.attestations.actions import emettre_attestation
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.guichet.attestations.test_attestations_listes import NOMS, personne
from tests.habilitations.factories import creer_agent
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]


def test_remettre_un_lot(asseoir: Asseoir) -> None:
    le = maintenant() - timedelta(days=40)
    for rang in range(3):
        recepisse = f.deposer(f.contenu(demandeur=personne(NOMS[rang], rang)), le=le)
        emettre_attestation(recepisse.demande_id, acte=Acte(f.creer_acteur(), le))
    poste = asseoir()
    poste.se_connecter(creer_agent())
    poste.page.get_by_role("link", name="Attestations", exact=True).first.click()
    poste.titre("Attestations à remettre")
    poste.page.get_by_role("link", name="Cocher toute la page").click()
    poste.examiner("attestations-a-remettre")
    poste.page.get_by_role("button", name="Imprimer les attestations cochées").click()
    poste.titre("Lot de 3\u00a0attestations")
    poste.examiner("attestations-lot")
    poste.cocher("Par courrier")
    poste.page.get_by_role("button", name="Consigner la remise").click()
    poste.examiner("attestations-a-remettre-vide")
    poste.page.get_by_role("link", name="Registre", exact=True).click()
    poste.titre("Registre des attestations")
    poste.examiner("attestations-registre")
    poste.page.get_by_role("link", name="Castan Élodie", exact=True).click()
    poste.titre("Attestations de Castan Élodie")
    poste.examiner("attestations-du-dossier")
    poste.page.get_by_role("button", name="Au guichet").first.click()
    poste.examiner("attestations-du-dossier-remise")
