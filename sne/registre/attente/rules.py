"""What may be awaited on a file, in words, who is to act, and which acts may open or close it. Pure.

A subject declares in its ``attentes.py`` the natures of what waits for somebody in its rows, members of a subclass of
:class:`NatureAttente`, and which acts may move them (:func:`suivre`), its own or those of a subject below it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Self

from sne.habilitations.rules import Permission
from sne.journal.rules import Verbe
from sne.socle.declarees import Declaree


@dataclass(frozen=True, slots=True)
class Attendu:
    """Who is to act. ``droit``: the right that a decision takes. ``reservee``: shown to who decides of it, and to
    nobody else: a counter is told nothing of a past identity, nor of a suspicion, nor of an address that somebody must
    not learn. ``a_ce_guichet``: put to one counter, whose page opens to that counter only.
    """

    qui: str
    droit: Permission | None = None
    reservee: bool = False
    a_ce_guichet: bool = False


DU_GUICHET, DU_MENAGE = Attendu("Le guichet"), Attendu("Le ménage")


def du_gestionnaire(droit: Permission, *, reservee: bool = False) -> Attendu:
    """A decision of the territorial manager."""
    return Attendu("Gestionnaire territorial", droit, reservee)


class NatureAttente(Declaree):
    """One kind of thing awaited. A subclass per subject holds the members."""

    libelle: str
    attendu: Attendu

    def __new__(cls, code: str, libelle: str, attendu: Attendu) -> Self:
        nature = str.__new__(cls, code)
        nature._value_, nature.libelle, nature.attendu = code, libelle, attendu
        return nature

    def qui_agit(self, *, decide: bool, auteur: bool) -> str:
        """Who is to act: « Vous » for somebody who may decide and did not ask."""
        return "Vous" if self.attendu.droit and decide and not auteur else self.attendu.qui


_SUIVIS: dict[Verbe, set[NatureAttente]] = defaultdict(set)


def suivre(mouvements: Mapping[Verbe, Collection[NatureAttente]]) -> None:
    """Say what each act may open or close. Once its rows and its entry are there, the database compares these natures,
    on the demande that the entry names, with what is due: nobody else writes there, and an act has nothing to call.
    """
    for verbe, natures in mouvements.items():
        _SUIVIS[verbe].update(natures)


def mouvements() -> Mapping[Verbe, frozenset[NatureAttente]]:
    """What each act may open or close, as every subject says."""
    return {verbe: frozenset(natures) for verbe, natures in _SUIVIS.items()}
