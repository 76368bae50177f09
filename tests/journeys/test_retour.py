"""Back, reload and a new tab: none of them meets the browser's own error page, and no name is in an address."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, Request, expect

from sne.habilitations.models import Compte
from sne.journal.models import Entree
from sne.registre.doublons.verbes import VerbeDoublon
from sne.socle.horloge import maintenant
from tests.habilitations.factories import creer_agent
from tests.journeys.poste import Poste
from tests.registre import factories as f
from tests.tirages import sans_tirages

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]
TAPES = ("dubre", "élodie", "elodie", "leca", "1987")  # of the persons below, in any spelling


@pytest.fixture
def compte() -> Compte:
    return creer_agent()


@pytest.fixture
def nud() -> str:
    """Two demandes that one search finds; the number of the closest."""
    le = maintenant() - timedelta(days=200)
    for nom in ("Debreuil", "Dubreuil"):
        deposee = f.deposer(f.contenu(demandeur=f.personne(nom)), le=le, doublons_ecartes="autre personne")
    return deposee.nud


@pytest.fixture(
    params=[True, pytest.param(False, marks=pytest.mark.longue)], ids=["avec-script", "sans-script"]
)
def poste(request: pytest.FixtureRequest, asseoir: Asseoir, compte: Compte) -> Iterator[Poste]:
    """Signed in, with and without JavaScript; every address asked for is looked at in the end."""
    assis = asseoir(java_script_enabled=request.param)
    demandees: list[str] = []

    def noter(requete: Request) -> None:
        demandees.append(unquote(requete.url).lower())

    assis.page.context.on("request", noter)
    assis.se_connecter(compte)
    yield assis
    assert [a for a in demandees if any(mot in sans_tirages(a) for mot in TAPES)] == []


def chercher(poste: Poste, tape: str) -> None:
    poste.aller("/rechercher/")
    poste.page.locator("#q").fill(tape)
    poste.page.keyboard.press("Enter")


def la_liste(page: Page) -> None:
    expect(page.get_by_role("heading", name="2\u00a0dossiers proches de")).to_be_visible()
    expect(page.locator("#q")).to_have_value("dubreuil 14/03/1987")


def test_la_liste_revient(poste: Poste, nud: str) -> None:
    """Found, opened, Back: the list is there, also reloaded, also in another tab; it was searched for once."""
    chercher(poste, "dubreuil 14/03/1987")
    la_liste(poste.page)
    poste.page.get_by_role("link", name="Oui, ouvrir le dossier").click()
    poste.titre("Dubreuil")
    poste.page.go_back()
    la_liste(poste.page)
    poste.page.reload()
    la_liste(poste.page)
    autre = poste.page.context.new_page()
    autre.goto(poste.page.url)
    la_liste(autre)
    with poste.page.context.expect_page() as ouverte:
        autre.get_by_role("link", name="Debreuil").click(modifiers=["Control"])
    expect(ouverte.value.get_by_role("heading", name="Debreuil").first).to_be_visible()
    assert Entree.objects.filter(verbe=VerbeDoublon.RECHERCHER).count() == 1


def test_un_refus_corrige_puis_deux_fois_retour(poste: Poste, nud: str) -> None:
    """A step refused, reloaded, put right, then Back, twice: what was typed is there, never an error page."""
    page = poste.page
    poste.commencer_une_demande("Leca", "Léa", "31/02/1987")
    poste.titre("1\u00a0champ à corriger")
    page.reload()
    poste.titre("1\u00a0champ à corriger")
    assert page.title().startswith("Erreur")
    expect(page.locator("#id_nom_naissance")).to_have_value("Leca")
    poste.remplir(date_naissance="02/03/1987")
    poste.continuer()
    poste.titre("Le foyer, le travail et les ressources")
    for _ in range(2):
        page.go_back()
        poste.titre("La personne")
    page.go_forward()
    poste.titre("La personne")


def test_une_modification_refusee(poste: Poste, nud: str) -> None:
    """A block refused for want of a reason, then recorded: Back shows the block as the file now has it."""
    page = poste.page
    poste.aller(f"/demandes/{nud}/modifier/souhaits/")
    poste.remplir(loyer_maximum="777", motif="")
    poste.barre("Enregistrer")
    poste.titre("1\u00a0champ à corriger")
    page.reload()
    expect(page.locator("#id_loyer_maximum")).to_have_value("777")
    poste.remplir(motif="Ressources en baisse", loyer_maximum="778")
    poste.barre("Enregistrer")
    expect(page.locator("main")).to_contain_text("778\u00a0€")
    for _ in range(2):
        page.go_back()
        expect(page.locator("#id_loyer_maximum")).to_have_value("778")
        assert not page.title().startswith("Erreur")
