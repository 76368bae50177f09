"""The screens on which a counter types an application: each holds several pages, typed and saved together.

A screen is itself a page, made of those of ``PAGES``: a draft keeps all that was typed on it under one code, and what
is merged, compared or corrected is the screen. A file is changed, and a household answers, one page at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast, override

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.brut import Brut, compacter
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.pages.foyer import PageFoyer
from sne.saisie.forms.pages.logement import PageLogement, PageMotifs
from sne.saisie.forms.pages.page import Page, Saisie
from sne.saisie.forms.pages.personne import PageCoordonnees, PagePersonne
from sne.saisie.forms.pages.pieces import PageHandicap, PagePieces
from sne.saisie.forms.pages.preferences import PageAssociation, PagePreferences
from sne.saisie.forms.pages.ressources import PageRessources, PanneauRessources
from sne.saisie.forms.pages.situation import PageSituation
from sne.saisie.forms.pages.souhaits import PageSouhaits
from sne.saisie.forms.situation import FormulaireSituation
from sne.socle.forms import ErreurDeChamp, Formulaire


class Ecran(Page):
    """Several pages typed together, each knowing what those before it say."""

    gabarit = "saisie/ecran.html"

    def __init_subclass__(cls) -> None:
        """Whatever its pages say of themselves is said of the screen."""
        cls.objet = cls.titre
        cls.chemins = tuple(chemin for classe in cls.classes for chemin in classe.chemins)
        cls.titulaires = frozenset(t for classe in cls.classes for t in classe.titulaires)
        cls.etat_civil = any(classe.etat_civil for classe in cls.classes)
        cls.groupes = {nom: combien for classe in cls.classes for nom, combien in classe.groupes.items()}
        cls.premiers_champs = {g: nom for classe in cls.classes for g, nom in classe.premiers_champs.items()}
        cls.sans_valeur = {g: noms for classe in cls.classes for g, noms in classe.sans_valeur.items()}
        cls.ordonnes = tuple(nom for classe in cls.classes for nom in classe.ordonnes)
        cls.suit = tuple({g for classe in cls.classes for g in classe.suit if g not in cls.groupes})

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        compact = compacter(brut, self.sans_valeur)
        self.dites = self._lire(compact, blancs=False)
        if self.controler:
            self.parties = self.dites
        else:
            lues = self.dites if compact == brut else self._lire(brut, blancs=True)
            self.parties = [
                type(lue)(brut, cadre=self.cadre, controler=False, contenu=lue.contenu) for lue in lues
            ]

    def _lire(self, brut: Saisie, *, blancs: bool) -> list[Page]:
        """Its pages, checked. ``blancs``: those that follow make room for rows that are still blank."""
        contenu, pages = self.contenu, []
        for classe in self.classes:
            if classe.concerne(contenu):
                pages.append(classe(brut, cadre=self.cadre, controler=True, contenu=contenu))
                contenu = pages[-1].montrer(contenu) if blancs else pages[-1].appliquer(contenu)
        return pages

    @classmethod
    @override
    def concerne(cls, contenu: Contenu) -> bool:
        return any(classe.concerne(contenu) for classe in cls.classes)

    @classmethod
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:
        concernees = (classe for classe in cls.classes if classe.concerne(contenu))
        return {nom: dit for classe in concernees for nom, dit in classe.saisie(contenu, cadre).items()}

    @classmethod
    @override
    def proposer_lignes(cls, brut: Brut, groupe: str, contenu: Contenu) -> Brut:
        for classe in cls.classes:
            brut = classe.proposer_lignes(brut, groupe, contenu)
        return brut

    @classmethod
    @override
    def completer(cls, brut: Brut) -> Brut:
        for classe in cls.classes:
            brut = classe.completer(brut)
        return brut

    @classmethod
    @override
    def sans_ligne(cls, brut: Brut, groupe: str, rang: int) -> Brut:
        for classe in cls.classes:
            brut = classe.sans_ligne(brut, groupe, rang)
        return brut

    @override
    def commencer_par(self, ligne: str) -> None:
        for partie in self.parties:
            partie.commencer_par(ligne)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [formulaire for partie in self.parties for formulaire in partie.formulaires]

    @property
    @override
    def erreurs(self) -> tuple[ErreurDeChamp, ...]:
        return tuple(erreur for partie in self.parties for erreur in partie.erreurs)

    @override
    def appliquer(self, contenu: Contenu) -> Contenu:
        return self.composer(contenu)

    def composer(self, contenu: Contenu) -> Contenu:
        for partie in self.dites:
            contenu = partie.appliquer(contenu)
        return contenu

    @override
    def nirs(self) -> dict[str, str]:
        return {reference: nir for partie in self.dites for reference, nir in partie.nirs().items()}


@dataclass(frozen=True, slots=True)
class AdulteSaisi:
    """What is typed of one adult of the household; ``ligne``: of anybody but the applicant."""

    prefixe: str
    nom: str
    ligne: Formulaire | None
    situation: FormulaireSituation
    ressources: PanneauRessources

    @property
    def fautif(self) -> bool:
        """Whether something typed of them is wrong."""
        formulaires = [*([self.ligne] if self.ligne else []), self.situation, *self.ressources.formulaires]
        return any(formulaire.is_bound and formulaire.errors for formulaire in formulaires)


class EcranPersonne(Ecran):
    """Who applies, and how to reach them."""

    code = "personne"
    titre = "La personne"
    classes = (PagePersonne, PageCoordonnees, PagePreferences)


class EcranAssociation(Ecran):
    """An association that applies."""

    code = "association"
    titre = "L’association"
    classes = (PageAssociation,)


class EcranFoyer(Ecran):
    """Everybody of the household, and of each adult the work and the money, in one place."""

    code = "foyer"
    titre = "Le foyer, le travail et les ressources"
    gabarit = "saisie/ecran_foyer.html"
    classes = (PageFoyer, PageSituation, PageRessources)

    @property
    def foyer(self) -> PageFoyer:
        """Its first page."""
        return cast(PageFoyer, self.parties[0])

    @property
    def adultes(self) -> list[AdulteSaisi]:
        """Of each adult: who they are where that is typed here, their work, their money."""
        situation, ressources = cast(PageSituation, self.parties[1]), cast(PageRessources, self.parties[2])
        lignes = {str(formulaire.prefix): formulaire for formulaire in self.foyer.cotitulaires}
        argent = {panneau.prefixe: panneau for panneau in ressources.panneaux}
        return [
            AdulteSaisi(p.prefixe, p.nom, lignes.get(p.prefixe), p.formulaire, argent[p.prefixe])
            for p in situation.panneaux
        ]

    @property
    def charges(self) -> PanneauRessources | None:
        """The money of the dependants together, if there are any."""
        panneaux = cast(PageRessources, self.parties[2]).panneaux
        return next((panneau for panneau in panneaux if panneau.revenus is None), None)


class EcranLogement(Ecran):
    """Where they live now, and why they apply."""

    code = "logement"
    titre = "Logement actuel et motifs"
    classes = (PageLogement, PageMotifs)


class EcranSouhaits(Ecran):
    """What is sought, what will be asked for, and whom a dwelling must suit."""

    code = "souhaits"
    titre = "Souhaits, pièces et handicap"
    classes = (PageSouhaits, PagePieces)


class EcranHandicap(Ecran):
    """The sheets of those concerned."""

    code = "handicap"
    titre = "Fiches handicap"
    classes = (PageHandicap,)


ECRANS: Mapping[str, type[Page]] = {
    ecran.code: ecran
    for ecran in (EcranPersonne, EcranAssociation, EcranFoyer, EcranLogement, EcranSouhaits, EcranHandicap)
}
