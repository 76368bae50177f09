"""A registration under way: the draft, the pages rebuilt from it, the content that they make together."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from sne.guichet.demandes import composition, etapes
from sne.guichet.demandes.brut import Brut, premier, sont_controles
from sne.guichet.demandes.etapes import Etape, Etat, PageListee
from sne.guichet.demandes.forms.champs import Cadre
from sne.guichet.demandes.forms.lignes import construire
from sne.guichet.demandes.forms.pages import PAGES, Page, page_du_chemin, pages_pour, propres
from sne.guichet.demandes.forms.recherche import FormulaireRecherchePrealable
from sne.guichet.demandes.forms.verification import FormulaireVerification
from sne.guichet.demandes.presentation import Lecture, naissance_phrase
from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_geographie, get_nomenclatures, get_parametres
from sne.registre.actions.brouillons import enregistrer_brouillon
from sne.registre.actions.deposer import Depot, PieceVue
from sne.registre.actions.rechercher import RechercheDoublon
from sne.registre.rules import nir as regles_nir
from sne.registre.rules.anomalie import Anomalie
from sne.registre.rules.completude import Element, elements_pour_instruire, manques_pour_enregistrer
from sne.registre.rules.contenu import Adulte, Contenu, Demandeur, Nir, adultes, avec_nirs
from sne.registre.selectors.brouillons import BrouillonOuvert, get_brouillon
from sne.socle.acteur import Acteur
from sne.socle.horloge import maintenant

RECHERCHE, DOUBLONS = "recherche", "doublons"
REPRISES_DE_LA_RECHERCHE: Mapping[str, tuple[str, ...]] = {
    "personne": ("nom_naissance", "prenoms", "date_naissance", "nir"),
    "coordonnees": ("telephone_portable",),
}


def get_cadre(territoire: str, le: date) -> Cadre:
    """Lists, geography and territory for the forms of one day."""
    return Cadre(get_nomenclatures(le), get_geographie(), territoire, le)


def get_lecture(le: date) -> Lecture:
    """Lists and geography to word a content."""
    return Lecture(get_nomenclatures(le), get_geographie(), le)


class Enregistrement:
    """What the agent has typed so far for one household."""

    def __init__(self, brouillon: BrouillonOuvert, *, cadre: Cadre, parametres: Parametres) -> None:
        self.brouillon = brouillon
        self.cadre = cadre
        self.parametres = parametres

    @property
    def id(self) -> uuid.UUID:
        return self.brouillon.id

    @property
    def donnees(self) -> dict[str, Brut]:
        """Typed input by step."""
        return self.brouillon.donnees

    @property
    def nom(self) -> str:
        """Who it is about, as far as is known: « Bernier Sarah, née le 09/05/1991 »."""
        saisi = {**self.brut("personne"), **self.donnees.get("personne", {})}
        nom = " ".join(filter(None, (premier(saisi, "nom_naissance"), premier(saisi, "prenoms"))))
        identite = (self.contenu.demandeur or Demandeur()).identite
        return ", ".join(filter(None, (nom, naissance_phrase(identite)))) or "Personne à nommer"

    def garder(self, code: str, brut: Brut, *, acteur: Acteur) -> "Enregistrement":
        """Save what was typed in a step, right or wrong; returns the registration as it now stands."""
        instant = maintenant()
        donnees = {**self.donnees, code: brut}
        enregistrer_brouillon(self.id, donnees, acteur=acteur, survenu_le=instant)
        brouillon = replace(self.brouillon, donnees=donnees, maj_le=instant)
        return Enregistrement(brouillon, cadre=self.cadre, parametres=self.parametres)

    def brut(self, code: str) -> Brut:
        """What was typed in a step; before that, what the first look-up already knows."""
        if code in self.donnees:
            return self.donnees[code]
        recherche = self.donnees.get(RECHERCHE, {})
        return {nom: recherche[nom] for nom in REPRISES_DE_LA_RECHERCHE.get(code, ()) if nom in recherche}

    def page(self, code: str) -> Page:
        """The page as it is opened: its errors show once the agent has asked to go on."""
        brut = self.brut(code)
        return self.construire(code, brut, controler=sont_controles(brut))

    def construire(self, code: str, brut: Brut, *, controler: bool) -> Page:
        """A page of this registration, made of what was typed."""
        return PAGES[code](brut, cadre=self.cadre, controler=controler, contenu=self.contenu)

    @cached_property
    def pages(self) -> dict[str, Page]:
        """The pages already typed, checked, each knowing what the ones before it say."""
        contenu = composition.vide()
        pages: dict[str, Page] = {}
        for code, classe in PAGES.items():
            if code in self.donnees and classe.concerne(contenu):
                pages[code] = classe(self.donnees[code], cadre=self.cadre, controler=True, contenu=contenu)
                contenu = pages[code].appliquer(contenu)
        return pages

    @cached_property
    def contenu(self) -> Contenu:
        """The content that the typed pages make; what is missing or wrong is simply not there."""
        contenu = composition.vide()
        for page in self.pages.values():
            contenu = page.appliquer(contenu)
        return contenu

    @cached_property
    def nirs(self) -> dict[str, str]:
        """Raw NIR by person reference: never in the content."""
        return {ref: nir for page in self.pages.values() for ref, nir in page.nirs().items()}

    @cached_property
    def etapes(self) -> tuple[Etape, ...]:
        """The steps and where each stands."""
        return etapes.lister(
            PageListee(page.code, page.etape, page.titre, self._etat(page.code))
            for page in pages_pour(self.contenu)
        )

    def _etat(self, code: str) -> Etat:
        if code not in self.pages:
            return Etat.A_FAIRE
        if not self.pages[code].valide:
            return Etat.A_CORRIGER
        return Etat.A_COMPLETER if code in self.a_completer else Etat.FAITE

    @cached_property
    def a_instruire(self) -> tuple[Element, ...]:
        """What a commission needs, item by item, done or not (the law lets it come later)."""
        traces = {ref: Nir(etat=regles_nir.etat(numero)) for ref, numero in self.nirs.items()}
        return elements_pour_instruire(avec_nirs(self.contenu, traces))

    @cached_property
    def a_completer(self) -> frozenset[str]:
        """Codes of the pages where something is still to be said before the file is examined."""
        return frozenset(page_du_chemin(element.chemin) for element in self.a_instruire if not element.fait)

    @cached_property
    def manques(self) -> tuple[Anomalie, ...]:
        """What prevents the number from being given, and nothing else may (CCH R441-2-3)."""
        return manques_pour_enregistrer(self.contenu)

    @property
    def enregistrable(self) -> bool:
        """Whether the minimal set is there: « enregistrer maintenant, compléter ensuite »."""
        return not self.manques

    def adresse(self, code: str) -> str:
        """Address of a page of this draft, or of the last step."""
        etape = PAGES[code].etape if code in PAGES else code
        if etape == code:
            return reverse("brouillon-etape", args=[self.id, code])
        return reverse("brouillon-page", args=[self.id, etape, code])

    @property
    def recherches(self) -> list[RechercheDoublon]:
        """Whom to look for: the adults typed in so far, else the person of the first look-up."""
        brut = self.donnees.get(RECHERCHE, {})
        premiere = propres(construire(FormulaireRecherchePrealable, brut, controler=True, cadre=self.cadre))
        saisis = [r for r in map(self._recherche, adultes(self.contenu)) if r.nom]
        return saisis or [
            RechercheDoublon(
                nom=premiere.get("nom_naissance", ""),
                prenoms=premiere.get("prenoms", ""),
                date_naissance=premiere.get("date_naissance"),
                nir=premiere.get("nir", ""),
                telephone=premiere.get("telephone_portable", ""),
            )
        ]

    def _recherche(self, reference_et_adulte: tuple[str, Adulte]) -> RechercheDoublon:
        reference, adulte = reference_et_adulte
        telephone = adulte.contact.telephone_portable or adulte.contact.telephone_domicile
        return RechercheDoublon(
            nom=adulte.identite.nom_naissance or "",
            prenoms=adulte.identite.prenoms or "",
            date_naissance=adulte.identite.date_naissance,
            nir=self.nirs.get(reference, ""),
            telephone=str(telephone or ""),
        )

    def verification(self, brut: Brut | None = None, *, controler: bool = False) -> FormulaireVerification:
        """The form of the last step; document seen and reception are today until said otherwise."""
        jour = self.cadre.aujourd_hui.strftime("%d/%m/%Y")
        defauts = {"piece_vue_le": [jour], "date_reception": [jour]}
        saisi = self.donnees.get(etapes.DERNIERE) if brut is None else brut
        return construire(
            FormulaireVerification,
            saisi or defauts,
            controler=controler,
            cadre=self.cadre,
            delai_jours=self.parametres.depot_anterieur_max_jours,
        )

    def depot(self, verification: Mapping[str, Any]) -> Depot:
        """What is handed in to the register. ``verification``: cleaned values of the last step."""
        doublons = self.donnees.get(DOUBLONS, {})
        return Depot(
            id=self.id,
            territoire=self.brouillon.territoire,
            guichet=self.brouillon.guichet,
            contenu=self.contenu,
            nirs=self.nirs,
            date_reception=verification["date_reception"],
            piece_vue=PieceVue(verification["piece_type"], verification["piece_vue_le"]),
            doublons_ecartes=premier(doublons, "justification"),
            anteriorite_motif=verification["anteriorite_motif"],
        )


def get_enregistrement(brouillon_id: uuid.UUID, acteur: Acteur, *, le: date) -> Enregistrement:
    """The actor's own registration under way. Raises ``Introuvable``."""
    brouillon = get_brouillon(brouillon_id, acteur)
    cadre = get_cadre(brouillon.territoire, le)
    return Enregistrement(brouillon, cadre=cadre, parametres=get_parametres(le))
