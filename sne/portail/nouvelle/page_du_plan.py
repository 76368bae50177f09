"""One page of the plan: which fields of a page of ``saisie`` it asks, and what of it stays as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext, gettext_noop

from sne.registre.contenu.rules.arbre.champs import generique
from sne.saisie.brut import BOUTONS, CONTINUER, LU, VUE, Brut, nombre_de_lignes
from sne.saisie.comparaison import CHOIX as COTES
from sne.saisie.forms.foyer import FormulaireCharge, FormulaireCotitulaire
from sne.saisie.forms.propose import CHOIX, PROPOSITION

ETAPES: Final[Mapping[str, str]] = {
    "vous": gettext_noop("Vous"),
    "foyer": gettext_noop("Votre foyer"),
    "travail": gettext_noop("Votre travail"),
    "revenus": gettext_noop("Vos revenus"),
    "logement": gettext_noop("Votre logement"),
    "souhaits": gettext_noop("Où habiter"),
    "documents": gettext_noop("Vos documents"),
    "relire": gettext_noop("Relire"),
}
"""Title of each step, in order."""
DU_CADRE: Final = frozenset({*BOUTONS, CONTINUER, LU, VUE, "corriger"})
"""Fields of the frame of a page, that go with what is asked."""
MUETS: Final = frozenset({*FormulaireCotitulaire.sans_valeur, *FormulaireCharge.sans_valeur})
"""Fields that say nothing of anybody by themselves."""


@dataclass(frozen=True, slots=True)
class PageDuPlan:
    """One page. ``code``: in its address, and where the draft keeps that it was answered.

    ``source``: the page of ``saisie`` whose fields ``champs`` and rows ``groupes`` it asks; none for a page that asks
    nothing of the content. ``prefixe``: before the names of its fields, of somebody's row; ``rang``: of that row.
    ``essentielle``: asked before the demande is sent. ``chemins``: beginnings of the places of the content asked here.
    ``nom``: first name of who it is about, when it is not the reader.
    """

    code: str
    etape: str
    intitule: str
    source: str = ""
    champs: tuple[str, ...] = ()
    groupes: tuple[str, ...] = ()
    prefixe: str = ""
    rang: int = 0
    essentielle: bool = False
    chemins: tuple[str, ...] = ()
    nom: str = ""
    gabarit: str = "portail/nouvelle/champs.html"
    noms: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        tete = f"{self.prefixe}-" if self.prefixe else ""
        object.__setattr__(self, "noms", frozenset(f"{tete}{nom}" for nom in self.champs))

    @property
    def question(self) -> str:
        """What is asked, in the language of the page."""
        return gettext(self.intitule) % {"prenom": self.nom, "rang": self.rang}

    @property
    def titre_etape(self) -> str:
        """In the language of the page."""
        return gettext(ETAPES[self.etape])

    def porte(self, nom: str) -> bool:
        """Whether a field of this name is asked here."""
        for fin in (CHOIX, PROPOSITION):
            nom = nom.removesuffix(fin)
        return nom in self.noms or any(nom.startswith(f"{groupe}-") for groupe in self.groupes)

    def fondre(self, avant: Brut, poste: Brut) -> Brut:
        """All the page of ``saisie`` once this was posted: what is not asked here stays as it was typed."""
        cadre = {nom: saisi for nom, saisi in poste.items() if nom in DU_CADRE or nom.startswith(COTES)}
        siens = {nom: saisi for nom, saisi in poste.items() if self.porte(nom)}
        autres = {nom: saisi for nom, saisi in avant.items() if not self.porte(nom) and nom != CONTINUER}
        return self.ouvrir(autres | siens | cadre)

    @property
    def nomme(self) -> bool:
        """Whether it asks who somebody is, of a row that may be empty."""
        return self.rang > 0 and self.code == self.prefixe

    def est_vide(self, saisi: Brut) -> bool:
        """Whether nothing was said here, of the person of this row where there is one."""
        return not any(
            valeur.strip()
            for nom, valeurs in saisi.items()
            if nom in self.noms and nom.removeprefix(f"{self.prefixe}-") not in MUETS
            for valeur in valeurs
        )

    def ouvrir(self, saisi: Brut) -> Brut:
        """What was typed, with the row of this page, typed or not."""
        if not self.rang:
            return saisi
        nombre = f"{self.prefixe.rpartition('-')[0]}-nombre"
        return saisi | {
            nombre: [str(max(nombre_de_lignes(saisi, nombre.removesuffix("-nombre")), self.rang))]
        }

    def demande(self, chemin: str) -> int:
        """How closely a place of the content is asked here: the length of the beginning that fits, or 0."""
        lieux = (f"{chemin}.", f"{generique(chemin)}.")
        debuts = [c for c in self.chemins if any(lieu.startswith((f"{c}.", f"{c}[")) for lieu in lieux)]
        return max(map(len, debuts), default=0)
