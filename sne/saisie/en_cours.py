"""Something being typed page by page: the draft, the pages rebuilt from it, the content that they make together.

A registration and a renewal differ by where they start from, where their pages are, and how they end.
"""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from types import MappingProxyType
from typing import Any, ClassVar, Self

from django.urls import reverse

from sne.referentiels.rules import Parametres
from sne.registre.contenu.parametres import ParametresContenu
from sne.registre.contenu.rules import nir as regles_nir
from sne.registre.contenu.rules.anomalie import Anomalie, Niveau
from sne.registre.contenu.rules.arbre.personnes import Nir
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import avec_nirs
from sne.registre.contenu.rules.completude import Element, elements_pour_instruire
from sne.registre.contenu.rules.controles import controler
from sne.registre.contenu.rules.controles.contexte import Porte
from sne.registre.contenu.selectors.references import references_du
from sne.registre.joindre.rules.secret import garde_ses_adresses
from sne.registre.modification.actions.brouillons import enregistrer_brouillon
from sne.registre.modification.selectors.brouillons import BrouillonOuvert, relire_brouillon
from sne.saisie import etapes
from sne.saisie.brut import Brut, sont_controles
from sne.saisie.etapes import Etape, Etat
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.pages import PAGES, page_du_chemin
from sne.saisie.forms.pages.page import Page
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import maintenant


@dataclass(frozen=True, slots=True)
class PageLue:
    """A page typed, the content that it was read over, and the one that it makes."""

    brut: Brut
    avant: Contenu
    page: Page
    apres: Contenu


class SaisieEnCours(ABC):
    """What the agent has typed so far for one household, over ``depart``."""

    toutes: ClassVar[Mapping[str, type[Page]]] = PAGES
    """What is typed, in order: one page at a time, or the screens that group them."""
    gabarit: ClassVar[str]
    """Template of a page."""
    route: ClassVar[str]
    """How the names of its addresses begin."""
    intitule: ClassVar[str]
    """Title of every page."""
    terminer: ClassVar[str]
    """Button that leads to the last step from any page."""
    aide_finale: ClassVar[str]
    """Help of the last step: what it does, and the article it applies."""

    is_garde = True
    """Whether a draft keeps it."""

    def __init__(self, brouillon: BrouillonOuvert, *, cadre: Cadre, parametres: Parametres) -> None:
        self.brouillon = brouillon
        self.cadre = cadre
        self.parametres = parametres

    deja_lues: Mapping[str, PageLue] = MappingProxyType({})
    """What was read of this draft before it changed: the pages before the change are not read again."""

    @abstractmethod
    def avec(self, brouillon: BrouillonOuvert) -> Self:
        """The same, as the draft now stands."""

    @property
    @abstractmethod
    def nom(self) -> str:
        """Who it is about, as far as is known: « Bernier Sarah, née le 09/05/1991 »."""

    @property
    @abstractmethod
    def depart(self) -> Contenu:
        """The content before anything is typed."""

    @property
    @abstractmethod
    def cle(self) -> uuid.UUID | str:
        """What its addresses name: the draft, or the demande."""

    @property
    def garde_ses_adresses(self) -> bool:
        """Whether nobody outside may be asked about its addresses."""
        return garde_ses_adresses(self.contenu, dite=False)

    def adresse(self, code: str) -> str:
        """Address of a screen of this draft, of a page on its screen, or of the last step."""
        ecran = self.ecran_de(code)
        ancre = f"#partie-{code}" if code in PAGES and code != ecran else ""
        return f"{reverse(f'{self.route}-etape', args=[self.cle, ecran])}{ancre}"

    def retour_de(self, code: str) -> str:
        """Address of a page on its screen, from which one goes back to the last step."""
        adresse, diese, ancre = self.adresse(code).partition("#")
        return f"{adresse}?{etapes.DERNIERE}=oui{diese}{ancre}"

    def sur_place(self, code: str) -> str:
        """Query of the recap on which the screen of a page is opened, at that page."""
        ancre = self.adresse(code).partition("#")[2]
        return f"?bloc={code}#{ancre or 'bloc'}"

    def apres(self, code: str, suivante: str) -> str:  # noqa: ARG002 - a registration looks at it
        """Address of what follows a screen that was filled in. ``suivante``: code of the one after it."""
        return self.adresse(suivante)

    def ecran_de(self, code: str) -> str:
        """Code under which a page is typed: that of its screen."""
        return next((nom for nom, e in self.toutes.items() if PAGES.get(code) in e.classes), code)

    @property
    @abstractmethod
    def peut_terminer(self) -> bool:
        """Whether the last step may be reached from any page."""

    @property
    def nirs_connus(self) -> Mapping[str, str]:
        """Masked numbers that the register holds already, by person reference: a field left empty keeps them."""
        return {}

    @property
    def id(self) -> uuid.UUID:
        return self.brouillon.id

    @property
    def donnees(self) -> dict[str, Brut]:
        """Typed input by page."""
        return self.brouillon.donnees

    def donnees_avec(
        self, code: str, brut: Brut, *, retraits: Iterable[tuple[str, int]] = ()
    ) -> dict[str, Brut]:
        """All that is typed, once this was on a page.

        ``retraits``: rows (group, rank) that left this page, in order; the other pages stop speaking of them.
        """
        donnees = {**self.donnees}
        for (groupe, rang), suivante in product(retraits, self.toutes.keys() & self.donnees.keys()):
            donnees[suivante] = self.toutes[suivante].sans_ligne(donnees[suivante], groupe, rang)
        donnees[code] = brut
        return donnees

    def garder(
        self, code: str, brut: Brut, *, acteur: Acteur, retraits: Iterable[tuple[str, int]] = ()
    ) -> Self:
        """Save what was typed on a page, right or wrong; returns what is being typed as it now stands.

        Raises ``ConflitDeRevision`` when the draft was saved since it was read.
        """
        return self.ecrire(self.donnees_avec(code, brut, retraits=retraits), acteur=acteur)

    def ecrire(self, donnees: dict[str, Brut], *, acteur: Acteur) -> Self:
        """Save all that is typed; returns it as it now stands. Raises ``ConflitDeRevision``."""
        instant, lu = maintenant(), self.brouillon.numero
        suite = self.essayer(donnees, numero=lu + 1, maj_le=instant)
        acte = Acte(acteur, instant)
        enregistrer_brouillon(self.id, donnees, acte=acte, lu=lu, acquis=suite.acquis_a_garder())
        return suite

    def lue_au(self, numero: int) -> Self:
        """What was typed when the draft bore this number; when nobody knows any more, as if no page were typed yet."""
        if numero == self.brouillon.numero:
            return self
        donnees = self.brouillon.donnees_au(numero)
        if donnees is None:
            donnees = {code: saisi for code, saisi in self.donnees.items() if code not in self.toutes}
        return self.essayer(donnees)

    def essayer(self, donnees: dict[str, Brut], **autres: Any) -> Self:
        """The same, had this been typed: nothing is saved. ``autres``: of the draft."""
        suite = self.avec(replace(self.brouillon, donnees=donnees, acquis=None, **autres))
        suite.deja_lues = self.deja_lues
        return suite

    def relue(self, acteur: Acteur) -> Self:
        """The same draft, read again. Raises ``Introuvable``."""
        return self.avec(relire_brouillon(self.brouillon, acteur))

    def acquis_a_garder(self) -> dict[str, Any] | None:
        """What to keep beside what was typed, so that the pages are not read again; nothing unless it is all right."""
        return None

    def brut(self, code: str) -> Brut:
        """What was typed on a page; before that, what would be typed to say what is known."""
        if code in self.donnees:
            return self.donnees[code]
        return self.toutes[code].saisie(self.contenu, self.cadre)

    def page(self, code: str) -> Page:
        """The page as it is opened: its errors show once the agent has asked to go on."""
        brut = self.brut(code)
        return self.construire(code, brut, controler=sont_controles(brut))

    def construire(self, code: str, brut: Brut, *, controler: bool) -> Page:
        """A page made of what was typed."""
        return self.toutes[code](brut, cadre=self.cadre, controler=controler, contenu=self.contenu)

    @cached_property
    def lecture(self) -> tuple[dict[str, Page], Contenu]:
        """The pages already typed, checked, each knowing what the ones before it say; and what they make together."""
        contenu = self.depart
        lues: dict[str, PageLue] = {}
        for code, classe in self.toutes.items():
            if code in self.donnees and classe.concerne(contenu):
                brut, lue = self.donnees[code], self.deja_lues.get(code)
                if lue is None or lue.avant is not contenu or lue.brut != brut:
                    page = classe(brut, cadre=self.cadre, controler=True, contenu=contenu)
                    lue = PageLue(brut, contenu, page, page.appliquer(contenu))
                lues[code], contenu = lue, lue.apres
        self.deja_lues = lues
        return {code: lue.page for code, lue in lues.items()}, contenu

    @property
    def pages(self) -> dict[str, Page]:
        """The pages already typed, checked."""
        return self.lecture[0]

    @property
    def saisi(self) -> Contenu:
        """The content that the typed pages make; what is missing or wrong is simply not there."""
        return self.lecture[1]

    @property
    def contenu(self) -> Contenu:
        """The content as it would be handed in."""
        return self.saisi

    @property
    def lues(self) -> Collection[str]:
        """Codes of the pages already typed."""
        return self.pages.keys()

    def valide(self, code: str) -> bool:
        """Whether a page already typed holds no error."""
        return self.pages[code].valide

    @cached_property
    def nirs(self) -> Mapping[str, str]:
        """Raw NIR typed, by person reference: never in the content."""
        return {ref: nir for page in self.pages.values() for ref, nir in page.nirs().items()}

    @cached_property
    def etapes(self) -> tuple[Etape, ...]:
        """The steps and where each stands."""
        return etapes.lister(
            (code, classe.titre, self._etat(code))
            for code, classe in self.toutes.items()
            if classe.concerne(self.contenu)
        )

    def _etat(self, code: str) -> Etat:
        if code not in self.lues:
            return Etat.A_FAIRE
        if not self.valide(code):
            return Etat.A_CORRIGER
        return Etat.A_COMPLETER if code in self.a_completer else Etat.FAITE

    @cached_property
    def a_instruire(self) -> tuple[Element, ...]:
        """What a commission needs, item by item, done or not (the law lets it come later)."""
        traces = {ref: Nir(etat=regles_nir.etat(numero)) for ref, numero in self.nirs.items()}
        return elements_pour_instruire(avec_nirs(self.contenu, traces))

    @cached_property
    def a_completer(self) -> frozenset[str]:
        """Codes of the screens where something is still to be said before the file is examined."""
        return frozenset(self._lieu(element.chemin) for element in self.a_instruire if not element.fait)

    def _lieu(self, chemin: str) -> str:
        """Code of the screen where a place of the content is typed."""
        return self.ecran_de(page_du_chemin(chemin))

    @cached_property
    def remarques(self) -> tuple[Anomalie, ...]:
        """What the rules remark on, and which prevents nothing."""
        anomalies = controler(
            self.contenu,
            aujourd_hui=self.cadre.aujourd_hui,
            porte=Porte.ECRAN,
            references=references_du(self.cadre.aujourd_hui, self.cadre.territoire),
            limites=self.parametres[ParametresContenu],
            nirs=self.nirs,
        )
        return tuple(anomalie for anomalie in anomalies if anomalie.niveau is Niveau.AVERTISSEMENT)
