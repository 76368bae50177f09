"""Main navigation: each interface says its entries once; an entry without right is absent, never greyed."""

from collections.abc import Callable
from dataclasses import dataclass

from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class Entree:
    """One entry of the main menu: label, URL name, permission that makes it appear (none: signed in)."""

    rang: int
    libelle: str
    vue: str
    permission: str = ""
    sans_guichet: bool = True  # False: only for somebody acting for a guichet
    compter: Callable[[Acteur], int] | None = None  # work that waits for this person, shown in brackets
    sous: tuple[str, ...] = ()  # starts of other addresses that are of this entry too

    def visible(self, acteur: Acteur) -> bool:
        """Whether this actor sees the entry."""
        if not self.sans_guichet and not acteur.guichet:
            return False
        return not self.permission or acteur.peut(self.permission)

    def texte(self, acteur: Acteur) -> str:
        """« Décisions (4) »; no brackets when nothing waits."""
        nombre = self.compter(acteur) if self.compter else 0
        return f"{self.libelle} ({nombre})" if nombre else self.libelle


_ENTREES: dict[str, Entree] = {}


def inscrire_entrees(*entrees: Entree) -> None:
    """Add entries to the main menu (from ``AppConfig.ready``; the same URL name twice is one entry)."""
    for entree in entrees:
        _ENTREES[entree.vue] = entree


def list_entrees(acteur: Acteur | None) -> tuple[Entree, ...]:
    """The entries that this actor sees, in the fixed order; none when nobody is signed in."""
    if acteur is None:
        return ()
    return tuple(sorted((e for e in _ENTREES.values() if e.visible(acteur)), key=lambda e: e.rang))
