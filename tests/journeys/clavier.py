"""A keyboard, and nothing else: every key is counted, as a measure of what an entry asks of an agent's hands."""

from playwright.sync_api import Page

TABULATIONS_MAX = 120


class Clavier:
    """Keys pressed in one page. ``touches``: how many so far, characters and combinations alike."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.touches = 0

    def presser(self, touche: str) -> None:
        """One key or one combination."""
        self.touches += 1
        self.page.keyboard.press(touche)

    def ecrire(self, texte: str) -> None:
        """The characters of a text."""
        self.touches += len(texte)
        self.page.keyboard.type(texte)

    def atteindre(self, identifiant: str) -> None:
        """Press Tab until this control has the focus: it must be reachable."""
        for _ in range(TABULATIONS_MAX):
            if self._est_atteint(identifiant):
                return
            self.presser("Tab")
        raise AssertionError(f"{identifiant} cannot be reached with Tab")

    def atteindre_bouton(self, nom: str) -> None:
        """Press Tab until the button of this name has the focus."""
        for _ in range(TABULATIONS_MAX):
            if self.page.evaluate("nom => document.activeElement.textContent.trim() === nom", nom):
                return
            self.presser("Tab")
        raise AssertionError(f"« {nom} » cannot be reached with Tab")

    def _est_atteint(self, identifiant: str) -> bool:
        """A group of radio buttons is one stop: its first button stands for the others."""
        return bool(
            self.page.evaluate(
                "id => { const a = document.activeElement, b = document.getElementById(id);"
                " return a === b || (a.type === 'radio' && a.name === b.name) }",
                identifiant,
            )
        )

    def taper(self, identifiant: str, *valeurs: str) -> None:
        """Values in this field and the next ones; an empty one is passed over."""
        self.atteindre(identifiant)
        for rang, valeur in enumerate(valeurs):
            if rang:
                self.presser("Tab")
            self.ecrire(valeur)

    def choisir(self, identifiant: str, debut: str) -> None:
        """The first line of a list that begins so."""
        self.atteindre(identifiant)
        self.ecrire(debut)

    def cocher(self, identifiant: str) -> None:
        """Tick this box, or this button of a group with the arrows."""
        self.atteindre(identifiant)
        self.presser("Space")
        for _ in range(10):
            if self.page.evaluate("id => document.getElementById(id).checked", identifiant):
                return
            self.presser("ArrowRight")
        raise AssertionError(f"{identifiant} cannot be ticked with the keyboard")
