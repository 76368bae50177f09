"""A seat in front of the service: what an agent does there, and what is looked at on every screen."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, expect

from sne.habilitations.models import Compte
from tests.habilitations.factories import connecter
from tests.journeys.ecran import LARGEURS, examiner, sans_defilement

REFUS_PREVUS = (
    "status of 404",
    "status of 409",
    "status of 410",
)  # pages that a test asks for; the browser reports them

HUIT_COMMUNES = (
    "Ajaccio",
    "appietto",
    "20169",
    "coti chiavari",
    "2A103",
    "Grosseto-Prugna",
    "porto vecchio",
    "Propriano",
)


class Poste:
    """One page of one browser."""

    def __init__(self, page: Page, adresse: str) -> None:
        self.page = page
        self.adresse = adresse
        self.plaintes: list[str] = []
        page.on("console", self._ecouter)
        page.on("pageerror", lambda erreur: self.plaintes.append(str(erreur)))

    def _ecouter(self, message: ConsoleMessage) -> None:
        """Errors of the browser, refusals of the content security policy among them."""
        if message.type == "error" and not any(prevu in message.text for prevu in REFUS_PREVUS):
            self.plaintes.append(message.text)

    def aller(self, chemin: str) -> None:
        """Open an address of the service."""
        self.page.goto(f"{self.adresse}{chemin}")

    def se_connecter(self, compte: Compte) -> None:
        """Signed in, at home: the journeys of the sign-in go through its pages."""
        cookie = connecter(Client(), compte).cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.adresse}])
        self.aller("/accueil/")

    def examiner(self, nom: str) -> None:
        """Accessible at two widths, no scroll aside at 320 pixels; keeps a capture when asked to."""
        for largeur in LARGEURS:
            self.page.set_viewport_size({"width": largeur, "height": 900})
            examiner(self.page, nom)
        self.page.set_viewport_size({"width": 320, "height": 900})
        sans_defilement(self.page)
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def cocher(self, libelle: str, dans: str = "body") -> None:
        """Click the label of a radio button or of a box, as a hand does."""
        self.page.locator(dans).locator("label", has_text=libelle).first.click()

    def remplir(self, **champs: str) -> None:
        """Fill fields by id: ``nom_naissance="Leca"``; ``__`` stands for the hyphen of a row."""
        for nom, valeur in champs.items():
            self.taper(nom.replace("__", "-"), valeur)

    def taper(self, nom: str, valeur: str) -> None:
        """Fill the field of this very name, a path of the tree included."""
        self.page.locator(f"#id_{nom}").fill(valeur)

    def choisir(self, **champs: str) -> None:
        """Choose a code in a list, by id."""
        for nom, code in champs.items():
            self.page.locator(f"#id_{nom.replace('__', '-')}").select_option(code)

    def barre(self, bouton: str) -> None:
        """Press a button of the action bar."""
        self.page.locator(".reg-barre").get_by_text(bouton, exact=True).click()

    def menu(self, groupe: str, entree: str) -> None:
        """Follow an entry of the main menu that is folded under the name of its kind."""
        menu = self.page.locator("#navigation")
        menu.locator("summary", has_text=groupe).click()
        menu.get_by_role("link", name=entree, exact=True).click()

    def commencer_une_demande(self, nom: str, prenoms: str, naissance: str) -> None:
        """The first screen of a registration, filled in and sent."""
        self.aller("/demandes/nouvelle/")
        self.cocher("Madame")
        self.remplir(nom_naissance=nom, prenoms=prenoms, date_naissance=naissance)
        self.cocher("Française")
        self.choisir(situation_familiale="C")
        self.remplir(voie="rue du Lavoir", code_postal="99240", commune="Les Ormeaux")
        self.continuer()

    def continuer(self) -> None:
        """« Enregistrer et continuer »."""
        self.barre("Enregistrer et continuer")

    def titre(self, texte: str) -> None:
        """The page has this heading, and its keyboard shortcuts: scripts are read once the text shows."""
        expect(self.page.get_by_role("heading", name=texte).first).to_be_visible()
        self.page.wait_for_load_state()
