"""Notices of renewal that could not leave, and the confirmation of an address, in a real browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from sne.portail import limite
from sne.registre.joindre.selectors.courriels import Lien, marque_d_adresse, signer_lien
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle.horloge import maintenant
from tests.habilitations.factories import creer_agent
from tests.journeys.ecran import UNE_LARGEUR, examiner
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
SANS_ADRESSE = {"etranger": False, "voie": "x" * 39, "code_postal": "99240", "commune": "99002"}


def test_preavis_qui_n_a_pas_pu_partir(asseoir: Callable[..., Poste]) -> None:
    depot = maintenant() - timedelta(days=330)
    demandeur = f.personne(adresse_courrier=SANS_ADRESSE)
    nud = f.deposer(f.contenu(demandeur=demandeur), le=depot).nud
    passer_l_horloge(maintenant(), territoires=["099"])
    poste = asseoir()
    poste.se_connecter(creer_agent())
    poste.page.get_by_role("link", name="Tous les préavis à remettre").click()
    poste.titre("Préavis à remettre")
    poste.examiner("preavis-a-remettre")
    poste.aller(f"/demandes/{nud}/")
    poste.titre("Le préavis de renouvellement n’a pas pu partir")
    poste.examiner("dossier-preavis")


@pytest.mark.parametrize("largeur", UNE_LARGEUR)
def test_adresse_confirmee(navigateur: Browser, live_server: object, largeur: int) -> None:
    limite.oublier()
    contact = {"courriel": "elodie@exemple.fr"}
    recu = f.deposer(f.contenu(demandeur=f.personne(contact=contact)), le=maintenant())
    jeton = signer_lien(Lien(recu.demande_id, "099", marque_d_adresse(contact["courriel"]), "une-fois"))
    contexte = navigateur.new_context(viewport={"width": largeur, "height": 800})
    page = contexte.new_page()
    for nom, titre in (
        ("confirmee", "Votre adresse est confirmée"),
        ("perime", "Ce lien ne peut plus servir"),
    ):
        page.goto(f"{live_server}/courriel/{jeton}/")
        examiner(page, "courriel-a-confirmer")
        page.get_by_role("button", name="Confirmer mon adresse").click()
        expect(page.get_by_role("heading", name=titre)).to_be_visible()
        examiner(page, f"courriel-{nom}")
    contexte.close()
