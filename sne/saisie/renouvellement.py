"""A renewal under way, whoever renews: the draft's pages over the revision that was read, put together with the file
as it stands.
"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple, Self

from sne.referentiels.rules import Parametres
from sne.registre.contenu.rules.arbre import difference
from sne.registre.contenu.rules.arbre.difference import Changement
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.modification.actions.reconcilier import Reconciliation, Saisie, reconcilier
from sne.registre.modification.rules.fusion import Conflit, Cote
from sne.registre.modification.selectors.brouillons import BrouillonOuvert
from sne.saisie.brut import VUE, Brut
from sne.saisie.comparaison import CHOIX, lire_choix
from sne.saisie.en_cours import SaisieEnCours
from sne.saisie.forms.champs import Cadre
from sne.socle.acteur import Acteur

CHOISI = "choix"
"""Where the draft keeps the sides chosen where the entry and the file collide, and the revision of the file then."""


class Vu(NamedTuple):
    """The file at one revision."""

    revision: int
    contenu: Contenu


class RenouvellementEnCours(SaisieEnCours):
    """What was typed so far to renew one demande. A page not opened says what the file says.

    ``present``: the file as it stands; ``lu``: its content when the draft was opened; ``vu``: the file when sides were
    chosen.
    """

    peut_terminer = True

    def __init__(
        self,
        brouillon: BrouillonOuvert,
        *,
        cadre: Cadre,
        parametres: Parametres,
        present: Vu,
        lu: Contenu,
        vu: Vu | None,
    ) -> None:
        super().__init__(brouillon, cadre=cadre, parametres=parametres)
        self.present = present
        self.lu = lu
        self.vu = vu

    @abstractmethod
    def autre(self, brouillon: BrouillonOuvert, vu: Vu | None) -> Self:
        """The same renewal, its draft and what was shown beside it being these."""

    @abstractmethod
    def lire_vu(self, brouillon: BrouillonOuvert, acteur: Acteur) -> Vu | None:
        """The file as it was when the sides that this draft keeps were chosen."""

    def avec(self, brouillon: BrouillonOuvert) -> Self:
        return self.autre(brouillon, self.vu if CHOISI in brouillon.donnees else None)

    def donnees_avec(
        self, code: str, brut: Brut, *, retraits: Iterable[tuple[str, int]] = ()
    ) -> dict[str, Brut]:
        """The sides chosen are chosen again: they were, on what was typed until now."""
        donnees = super().donnees_avec(code, brut, retraits=retraits)
        return donnees if code == CHOISI else {nom: saisi for nom, saisi in donnees.items() if nom != CHOISI}

    def choisir(self, brut: Brut, *, acteur: Acteur) -> Self:
        """Save the sides chosen, with what was shown of the file."""
        choisi = {nom: valeurs for nom, valeurs in brut.items() if nom == VUE or nom.startswith(CHOIX)}
        garde = self.garder(CHOISI, choisi, acteur=acteur)
        return garde.autre(garde.brouillon, garde.lire_vu(garde.brouillon, acteur))

    @property
    def depart(self) -> Contenu:
        return self.lu

    @property
    def depasse(self) -> bool:
        """Whether somebody changed the file since the draft was opened."""
        return self.present.revision != self.brouillon.revision

    @property
    def meles(self) -> tuple[str, ...]:
        """Paths that others changed meanwhile."""
        return tuple(c.chemin for c in difference(self.lu, self.present.contenu))

    @cached_property
    def choix(self) -> Mapping[str, Cote]:
        """Side kept at each collision, by its key."""
        return lire_choix(self.donnees.get(CHOISI, {}))

    @cached_property
    def a_remettre(self) -> Saisie:
        """What is handed in to the register: what was typed, at the revision of the file that it was made for."""
        return self._tranchee[1]

    @cached_property
    def conflits(self) -> tuple[Conflit, ...]:
        """What the file as it stands and the entry say differently, and where a side must be chosen."""
        if self.a_remettre.revision == self.present.revision:
            return ()
        return self._reunir({}).restent

    @property
    def confrontee(self) -> Reconciliation:
        """What was typed beside the file as it stands."""
        return self._confronter(self.present)

    @cached_property
    def reunie(self) -> Saisie:
        """What the file would say. Where a side is still to be chosen, what was typed, for its pages to go on."""
        if self.a_remettre.revision == self.present.revision:
            return self.a_remettre
        return self._reunir({conflit.cle: Cote.SAISIE for conflit in self.conflits}).saisie

    @cached_property
    def _tranchee(self) -> tuple[Contenu, Saisie]:
        """The content that the entry is compared with, and the entry: since the choices, if all were made."""
        choisie = self._confronter(self.vu) if self.vu else None
        if self.vu is None or choisie is None or choisie.restent:
            return self.lu, self._saisie
        return self.vu.contenu, choisie.saisie

    @property
    def _saisie(self) -> Saisie:
        return Saisie(self.saisi, self.brouillon.revision or 0, self.nirs)

    def _confronter(self, vu: Vu) -> Reconciliation:
        return self._reconcilier(self._saisie, self.lu, vu, self.choix)

    def _reunir(self, choix: Mapping[str, Cote]) -> Reconciliation:
        base, saisie = self._tranchee
        return self._reconcilier(saisie, base, self.present, choix)

    def _reconcilier(
        self, saisie: Saisie, base: Contenu, vu: Vu, choix: Mapping[str, Cote]
    ) -> Reconciliation:
        le = self.cadre.aujourd_hui
        return reconcilier(saisie, base=base, dossier=vu.contenu, revision=vu.revision, le=le, choix=choix)

    @property
    def contenu(self) -> Contenu:
        return self.reunie.contenu

    @cached_property
    def changements(self) -> tuple[Changement, ...]:
        """What would change in the file as it stands; a number typed is not told."""
        return difference(self.present.contenu, self.contenu)

    @property
    def change(self) -> bool:
        """Whether anything would change, a number included."""
        return bool(self.changements or self.reunie.nirs)
