"""Step « Pièces »: what will be asked, who lives with a disability, then one sheet for each of them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sne.referentiels.selectors import get_pieces
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.brut import Brut
from sne.saisie.composition import handicap as composition
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.handicap import FormulaireConcernes, FormulaireHandicap
from sne.saisie.forms.lignes import construire, propres
from sne.saisie.forms.pages.page import Page, Saisie
from sne.saisie.presentation.foyer import noms_des_membres
from sne.saisie.presentation.pieces import NiveauLu, niveaux_attendus
from sne.socle.forms import Formulaire


class PagePieces(Page):
    """The documents to come, by level, and the one question that opens the sheets."""

    code = "pieces"
    titre = "Pièces à produire et handicap"
    objet = "les personnes en situation de handicap"
    gabarit = "saisie/champs_pieces.html"
    chemins = ("handicaps",)
    sante = True
    suit = ("cotitulaires", "gardes")

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        membres = noms_des_membres(self.contenu)
        connus = {reference for reference, _ in membres}
        gardes = {"concernes": [ref for ref in brut.get("concernes", ()) if ref in connus]}
        self.concernes = construire(FormulaireConcernes, gardes, controler=self.controler, membres=membres)

    @cached_property
    def niveaux(self) -> list[NiveauLu]:
        """What this household will be asked for, by level."""
        jour = self.cadre.aujourd_hui
        return niveaux_attendus(self.contenu, get_pieces(jour), jour=jour)

    @classmethod
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:  # noqa: ARG003
        return composition.saisie_personnes_concernees(contenu)

    @classmethod
    def sans_ligne(cls, brut: Brut, groupe: str, rang: int) -> Brut:
        """Who left the household is concerned no more; the next ones are told by the rank before theirs."""
        genre = {"cotitulaires": "cotitulaire", "gardes": "garde"}.get(groupe)
        if genre is None or "concernes" not in brut:
            return brut
        return brut | {
            "concernes": [r for r in (_decale(ref, genre, rang) for ref in brut["concernes"]) if r]
        }

    @property
    def formulaires(self) -> list[Formulaire]:
        return [self.concernes]

    def composer(self, contenu: Contenu) -> Contenu:
        choisis = propres(self.concernes).get("concernes") or ()
        return composition.avec_personnes_concernees(contenu, choisis)


def _decale(reference: str, genre: str, rang: int) -> str:
    """The reference once the row ``rang`` of its kind has left; empty for that row."""
    debut, _, cle = reference.partition(":")
    if debut != genre or not cle.isdigit() or int(cle) < rang:
        return reference
    return f"{genre}:{int(cle) - 1}" if int(cle) > rang else ""


@dataclass(frozen=True, slots=True)
class FicheSaisie:
    """The sheet of one person. ``nom`` is empty for a sheet received without its person."""

    prefixe: str
    nom: str
    formulaire: FormulaireHandicap


class PageHandicap(Page):
    """What the dwelling must allow, person by person (CCH R441-2-2, i): health data."""

    code = "handicap"
    titre = "Fiches handicap"
    objet = "les fiches handicap"
    gabarit = "saisie/champs_handicap.html"
    chemins = ("handicaps[]",)
    sante = True
    suit = ("cotitulaires", "gardes")

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        noms = dict(noms_des_membres(self.contenu))
        libres = [(ref, nom) for ref, nom in noms.items() if ref not in self._pris()]
        self.fiches = [
            FicheSaisie(prefixe, noms.get(fiche.personne or "", ""), self._formulaire(prefixe, noms, libres))
            for prefixe, fiche in composition.fiches_prefixees(self.contenu)
        ]

    def _pris(self) -> set[str | None]:
        return {fiche.personne for fiche in self.contenu.handicaps}

    def _formulaire(
        self, prefixe: str, noms: dict[str, str], libres: list[tuple[str, str]]
    ) -> FormulaireHandicap:
        nommee = {composition.prefixe_du_membre(ref): nom for ref, nom in noms.items()}
        return construire(
            FormulaireHandicap,
            self.brut,
            controler=self.controler,
            prefixe=prefixe,
            contexte=nommee.get(prefixe, "Fiche sans personne"),
            cadre=self.cadre,
            membres=() if prefixe in nommee else libres,
        )

    @classmethod
    def concerne(cls, contenu: Contenu) -> bool:
        """Asked when somebody has a sheet."""
        return super().concerne(contenu) and bool(contenu.handicaps)

    @classmethod
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:  # noqa: ARG003
        return composition.saisie_fiches(contenu)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [fiche.formulaire for fiche in self.fiches]

    def composer(self, contenu: Contenu) -> Contenu:
        valeurs = {fiche.prefixe: propres(fiche.formulaire) for fiche in self.fiches}
        return composition.avec_fiches(contenu, valeurs)
