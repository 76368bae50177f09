"""A territorial manager reaches their table in two clicks, opens a card by keyboard, opens what is behind a figure."""

import json
from collections.abc import Callable
from random import Random

import psycopg
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from psycopg.types.json import Jsonb

from sne.infocentre.contours.rules import lire_contours
from sne.infocentre.lac.models import Agregat
from sne.infocentre.lac.selectors import Derriere
from sne.infocentre.rapports.actions import bailleurs
from sne.infocentre.rapports.selectors import detail
from sne.infocentre.rpls.selectors import AttributionAVerifier, BailConnu, MotifVerification
from sne.journal.models import Entree
from sne.referentiels.selectors.decoupage import list_communes_par_departement
from sne.socle.horloge import aujourd_hui, maintenant
from tests.habilitations.factories import creer_gestionnaire
from tests.infocentre.contours.formes import departement
from tests.infocentre.rapports.scene import MOIS, remplir
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_from_the_home_to_the_demandes_behind_a_figure(
    asseoir: Callable[..., Poste], monkeypatch: pytest.MonkeyPatch
) -> None:
    remplir()
    derriere = Derriere((f.deposer(le=maintenant()).demande_id,), effacees=1)
    monkeypatch.setattr(detail, "list_derriere", lambda *_, **__: derriere)
    poste = asseoir()
    poste.se_connecter(creer_gestionnaire())
    page = poste.page
    poste.menu("Chiffres", "Infocentre")
    poste.examiner("infocentre")
    page.get_by_role("link", name="Mon territoire en une page").click()
    expect(page.get_by_role("heading", name="Ce qui vous attend")).to_be_visible()
    poste.examiner("infocentre-territoire")
    page.get_by_role("link", name="Tous les rapports").click()
    page.get_by_role("link", name="Tableau 06", exact=True).click()
    expect(page.get_by_role("heading", name="Tableau 06", level=1)).to_be_visible()
    poste.examiner("infocentre-tb06")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Afficher")).to_be_hidden()
    expect(page.get_by_role("table").first).to_be_visible()
    page.emulate_media(media="screen")
    tete = page.get_by_role("button", name="% Attributions État")
    tete.focus()
    page.keyboard.press("Enter")
    carte = page.get_by_role("dialog", name="% Attributions État")
    expect(carte).to_be_visible()
    expect(carte).to_contain_text("attributions sur un contingent de l’État")
    poste.examiner("infocentre-carte")
    page.keyboard.press("Escape")
    expect(carte).to_be_hidden()
    page.get_by_text("Comparer, relire à une date").click()
    page.get_by_label("Comparer à").select_option("annee")
    page.get_by_label("Colonne dessinée").select_option("NOUVELLES_DEMANDES")
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator("main")).to_contain_text("puis l’écart")
    poste.examiner("infocentre-compare")
    _ce_qui_dure_le_dit(page)
    page.get_by_role("link", name="Trier par Nouvelles demandes").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Nouvelles demandes")
    page.get_by_role("row", name="G0991").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("1 demande, et 1 effacée depuis")
    expect(page.get_by_role("rowheader")).to_have_count(1)
    poste.examiner("infocentre-detail")
    assert Entree.objects.filter(verbe="CONSULTER_DETAIL").count() == 1


def _ce_qui_dure_le_dit(page: Page) -> None:
    """What was known on a day is counted again: past one second, then past ten, the page that is there says so."""
    page.clock.install()
    page.evaluate("addEventListener('submit', (envoi) => envoi.preventDefault())")  # the answer does not come
    page.get_by_label("Tel que connu le").fill("01/11/2026")
    page.get_by_role("button", name="Afficher").click()
    attente = page.locator("[data-reg-attente]")
    expect(attente).to_be_empty()
    page.clock.fast_forward(1_100)
    expect(attente).to_have_text("Calcul en cours…")
    page.clock.fast_forward(10_000)
    expect(attente).to_contain_text("prend plus de temps que d’habitude, trente secondes au plus")
    page.reload()


def test_from_the_deficit_of_a_landlord_to_what_it_can_act_upon(
    asseoir: Callable[..., Poste], monkeypatch: pytest.MonkeyPatch
) -> None:
    remplir()
    demande, ce_mois = f.deposer(le=maintenant()).demande_id, aujourd_hui().replace(day=1)
    baux = tuple(BailConnu(f"A{rang:09d}", ce_mois) for rang in range(60))
    fautive = AttributionAVerifier(demande, "Z999999999", ce_mois, MotifVerification.INCONNU)
    monkeypatch.setattr(bailleurs, "list_baux_sans_attribution", lambda *_: baux)
    monkeypatch.setattr(bailleurs, "list_attributions_a_verifier", lambda *_: (fautive,))
    poste = asseoir()
    poste.se_connecter(creer_gestionnaire())
    page = poste.page
    poste.menu("Chiffres", "Infocentre")
    page.get_by_role("link", name="RPLS", exact=True).click()
    poste.examiner("rpls")
    page.get_by_role("link", name="Habitat Val-d’Aurette").click()
    expect(page.get_by_role("rowheader")).to_have_count(51)
    poste.examiner("rpls-bailleur")
    page.get_by_role("link", name="Page suivante").click()
    expect(page.get_by_role("rowheader")).to_have_count(11)
    with page.expect_download() as fichier:
        page.get_by_role("button", name="Télécharger cette liste").click()
    assert fichier.value.suggested_filename.startswith("rpls-999000011-099-")
    page.goto(f"{poste.adresse}/donnees-ouvertes/")
    poste.examiner("donnees-ouvertes")


@pytest.mark.parametrize(
    ("territoire", "code", "nommees"),
    [("974", "974", True), pytest.param("090", "90", False, marks=pytest.mark.longue)],
)
def test_communes_are_seen_where_they_lie(
    asseoir: Callable[..., Poste], url_owner: str, territoire: str, code: str, nommees: bool
) -> None:
    """Outlines that the operator loaded: names where they fit, of too many communes none; who drew them is told."""
    communes, hasard = list_communes_par_departement()[code], Random(code)
    contours = lire_contours(json.dumps(departement(communes, ouest=6.6, sud=47.3)).encode())
    with psycopg.connect(url_owner, autocommit=True) as owner:
        owner.execute(
            "INSERT INTO contours_departement VALUES (%s, %s, 'IGN, ADMIN EXPRESS 2026', 'Licence Ouverte 2.0', now())",
            [code, Jsonb(contours)],
        )
    Agregat.objects.bulk_create(
        [
            Agregat(territoire=territoire, axe=axe, mois=mois, ligne=ligne, mesure="STOCK", valeur=valeur)
            for axe, mois, ligne, valeur in [
                ("GUICHET", MOIS.replace(year=MOIS.year - 2), f"{territoire}GDPUB", 1),
                *(("COMMUNE", MOIS, c, int(10 ** hasard.uniform(0.3, 3.6))) for c in communes[:-2]),
            ]
        ]
    )
    poste = asseoir()
    poste.se_connecter(creer_gestionnaire(territoire))
    poste.aller(f"{reverse('infocentre-rapport', args=['R01'])}?par=COMMUNE&dessin=DEMANDES_ACTIVES")
    carte = poste.page.locator("figure.reg-dessin--carte").first
    expect(carte).to_contain_text("Contours\u00a0: IGN, ADMIN EXPRESS 2026, Licence Ouverte 2.0.")
    expect(carte).to_contain_text("rien de compté")
    assert bool(carte.locator("text.reg-dessin__lieu").count()) is nommees
    poste.examiner(f"infocentre-communes-{code}")
    with psycopg.connect(url_owner, autocommit=True) as owner:
        owner.execute("DELETE FROM contours_departement")
