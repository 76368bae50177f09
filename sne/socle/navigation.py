"""What a person is shown the way to: the pages that open to them, and no others, never greyed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.urls import resolve, reverse

from sne.socle.acteur import Acteur

ADMINISTRATION = "Administration"
"""The group of what says who may do what, and what was done."""


@dataclass(frozen=True, slots=True)
class Entree:
    """One entry of the main menu: label, URL name; it appears to whom its page opens. ``groupe``: under which name it
    is folded, with others of its kind, where somebody has many.
    """

    rang: int
    libelle: str
    vue: str
    sans_guichet: bool = True  # False: only for somebody acting for a guichet
    compter: Callable[[Acteur], int] | None = None  # work that waits for this person, shown in brackets
    sous: tuple[str, ...] = ()  # starts of other addresses that are of this entry too
    groupe: str = ""
    si: str = ""  # another page: the entry is shown to whom it opens
    sauf: str = ""  # a page that leads there: to whom it opens, this entry is not shown

    def visible(self, acteur: Acteur) -> bool:
        """Whether this actor sees the entry."""
        ailleurs = bool(self.sauf) and ouvre(acteur, self.sauf)
        if self.si and not ouvre(acteur, self.si):
            return False
        return (self.sans_guichet or bool(acteur.guichet)) and ouvre(acteur, self.vue) and not ailleurs

    def nombre(self, acteur: Acteur) -> int:
        """How much work waits there."""
        return self.compter(acteur) if self.compter else 0


def ouvre(acteur: Acteur, vue: str, *arguments: str) -> bool:
    """Whether the page of this URL name opens to this actor: what guards it is asked, whatever its arguments are."""
    permission = _permission(vue, *arguments)
    return not permission or acteur.peut(permission)


@cache
def _permission(vue: str, *arguments: str) -> str:
    """The permission that guards this page (``habilitations.exiger``); empty: everybody signed in."""
    return getattr(resolve(reverse(vue, args=arguments)).func, "permission", "")


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
