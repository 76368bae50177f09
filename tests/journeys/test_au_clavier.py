"""With a keyboard alone and no script: a demande filed and sent; another renewed, its paper taken, a line contested.

Each control is reached with Tab from the top of its page, and pressed there: nothing is clicked.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sne.attestations.actions import emettre_attestation
from sne.attestations.rules import Modele
from sne.demandeurs.models import SessionDemandeur
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.journeys.clavier import TABULATIONS_MAX, Clavier
from tests.journeys.foyers import COURRIEL
from tests.journeys.poste import Poste
from tests.journeys.test_portail import adresse  # noqa: F401 - a fixture
from tests.portail.conftest import franceconnect_joue, porte  # noqa: F401 - a fixture
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.depot_en_ligne.envois import prouver

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
COMMENCE = (
    "([s, debut]) => { const e = document.activeElement;"
    " return e.matches(s) && e.textContent.trim().startsWith(debut) }"
)


class SansSouris(Clavier):
    """Tab, then Enter, Space or letters."""

    def presser_sur(self, selecteur: str, debut: str = "") -> None:
        """Press what this selector matches and whose words begin so; wait for the page that it leads to."""
        self.aller_a(selecteur, debut)
        with self.page.expect_navigation():
            self.presser("Enter")

    def aller_a(self, selecteur: str, debut: str = "") -> None:
        """Reach what this selector matches and whose words begin so."""
        for _ in range(TABULATIONS_MAX):
            self.presser("Tab")
            if self.page.evaluate(COMMENCE, [selecteur, debut]):
                return
        raise AssertionError(f"{selecteur} « {debut} » cannot be reached with Tab on {self.page.url}")

    def continuer(self) -> None:
        """To the next question, which is another page."""
        avant = self.page.url
        self.presser_sur(".reg-actions button[name='continuer']")
        expect(self.page).not_to_have_url(avant)


def s_asseoir(asseoir: Callable[..., Poste], adresse: str, qui: str) -> SansSouris:  # noqa: F811
    """Signed in with FranceConnect."""
    page = asseoir(java_script_enabled=False).page
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{adresse}/connexion/")
    clavier = SansSouris(page)
    clavier.presser_sur(".fr-connect")
    clavier.presser_sur("button", qui)
    page.wait_for_url(f"{adresse}/**")
    return clavier


def titre(page: Page, texte: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(texte)


def test_filed_and_sent(
    asseoir: Callable[..., Poste],
    adresse: str,  # noqa: F811
    settings: Any,
) -> None:
    with franceconnect_joue(settings, adresse):
        clavier = s_asseoir(asseoir, adresse, "Nadia")
        page = clavier.page
        clavier.presser_sur("a", "Faire une demande")
        prouver(SessionDemandeur.objects.get().compte_id, COURRIEL)
        clavier.taper("id_commune", "Port-Aurette")
        clavier.presser_sur("button", "Environ 10 minutes")
        clavier.cocher("id_nationalite_0")
        clavier.continuer()
        clavier.choisir("id_situation_familiale", "C")
        clavier.continuer()
        clavier.atteindre("id_courriel")
        clavier.presser("Control+a")
        clavier.ecrire(COURRIEL)
        clavier.continuer()
        clavier.taper("id_numero", "4", "rue des Lilas")
        clavier.taper("id_code_postal", "99310", "Port-Aurette")
        clavier.continuer()
        clavier.continuer()
        clavier.choisir("id_demandeur-statut", "CDI")
        clavier.continuer()
        clavier.continuer()
        clavier.atteindre("id_statut")
        clavier.presser("ArrowDown")
        clavier.presser(
            "ArrowDown"
        )  # « Locataire du parc privé »; of social housing, the landlord is asked too
        clavier.continuer()
        clavier.cocher("id_possede_1")
        clavier.continuer()
        clavier.choisir("id_motif_1", "Logement trop p")
        clavier.continuer()
        clavier.taper("id_commune_1", "Port-Aurette")
        clavier.cocher("id_accepte_autres_communes_0")
        clavier.continuer()
        clavier.cocher("id_types_logement_1")
        clavier.continuer()
        titre(page, "Relisez")
        clavier.cocher("id_declare")
        clavier.presser_sur("button", "Envoyer ma demande")
        titre(page, "Votre demande est envoyée")
    assert DepotEnLigne.objects.get().territoire == "099"


def test_renewed_downloaded_and_contested(
    asseoir: Callable[..., Poste],
    adresse: str,  # noqa: F811
    settings: Any,
) -> None:
    nee = a.contenu(demandeur={"identite": {"lieu_naissance": {"commune": "76540"}}})
    demande = a.deposer(nee, le=f.MAINTENANT - timedelta(days=340))
    with franceconnect_joue(settings, adresse):
        clavier = s_asseoir(asseoir, adresse, "Élodie Anne")
        page = clavier.page
        clavier.presser_sur("a", "Renouveler ma demande")
        clavier.presser_sur("button", "Rien n’a changé, renouveler")
        titre(page, "Votre demande est renouvelée")
        emettre_attestation(
            demande.demande_id, acte=Acte(f.creer_acteur(), maintenant()), modele=Modele.RENOUVELLEMENT
        )
        clavier.aller_a("a", "Télécharger mon attestation")
        with page.expect_download() as recu:
            clavier.presser("Enter")
        assert recu.value.suggested_filename.endswith(".pdf")
        page.goto(f"{adresse}/ma-demande/")
        clavier.presser_sur("a", "Qui a vu ma demande")
        clavier.presser_sur("a", "Ce n’est pas moi")
        clavier.taper("id_contact", "06 99 88 77 66")
        with page.expect_navigation():
            clavier.presser("Enter")
        titre(page, "Votre signalement est enregistré")
