"""The simulated world, day after day: passes of the clock, acts at the counters, and what the witness makes of them."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from django.db import DatabaseError

from sne.journal.actions import sceller
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.demande.tasks import HorlogeInachevee
from sne.registre.vie.tasks import passer_l_horloge
from sne.simulation.calendrier import OUVERTURE, Moment, Passe, jours, passes, remarquables
from sne.simulation.controle import Violation, comparer
from sne.simulation.equipe import Equipe, Metier, ouvrir_equipe
from sne.simulation.foyers import TERRITOIRE, Foyer, contenu, tirer
from sne.simulation.registre_lu import get_etats
from sne.simulation.temoin import ACCEPTE, PURGEE, Fiche, Temoin
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Refus
from sne.socle.horloge import PARIS

PART_DES_JOURS_REMARQUABLES = 0.15


@dataclass(frozen=True, slots=True)
class Reglages:
    """How long, how many households present themselves in all, and the seed that everything is drawn from."""

    annees: int
    taille: int
    graine: int


@dataclass(slots=True)
class Menage:
    """A household and its own chance, which nothing else moves; ``fois``: changes it made, ``demandes``: numbers."""

    foyer: Foyer
    hasard: Random
    fois: int = 0
    demandes: int = 0


@dataclass(frozen=True, slots=True)
class Qui:
    """Who is behind the desk for one act, and when."""

    acteur: Acteur
    metier: Metier
    instant: datetime


@dataclass(order=True, slots=True)
class RendezVous:
    """An act to come; ``rang`` keeps the order in which they were made."""

    jour: date
    rang: int
    geste: str = field(compare=False)
    menage: Menage = field(compare=False)
    fiche: Fiche | None = field(compare=False, default=None)
    options: dict[str, Any] = field(compare=False, default_factory=dict)

    @property
    def dossier(self) -> Fiche:
        """The application that it is about. Raises ``ValueError`` when it is about none yet."""
        if self.fiche is None:
            raise ValueError("this appointment is about an application")
        return self.fiche


Geste = Callable[["Monde", RendezVous, Qui], None]


def lire(menage: Menage, fiche: Fiche, qui: Qui) -> Contenu:
    """What the file says; nothing is left of an erased one: somebody who tries has the paper."""
    if fiche.etat == PURGEE:
        return contenu(menage.foyer)
    return get_contenu(fiche.cle, fiche.revision, acteur=qui.acteur)


class Coupure(Exception):
    """The process that passes the clock dies here."""


class Monde:
    """One simulation. ``gestes``: what an appointment does, by name, and the trades that may keep it."""

    def __init__(self, reglages: Reglages, gestes: dict[str, tuple[Geste, frozenset[Metier]]]) -> None:
        self.reglages = reglages
        self.gestes = gestes
        self.temoin = Temoin()
        self.refus: Counter[tuple[str, str]] = Counter()
        self.violations: list[Violation] = []
        self.passages: Counter[str] = Counter()
        self.fin = jours(reglages.annees)[-1]
        self._equipe: Equipe = ouvrir_equipe(reglages.graine)
        self._rangs = count()
        self._agenda: list[RendezVous] = []
        self._secondes = 0
        self._inviter()

    def derouler(self, *, avancer: Callable[[date], None] = lambda _: None) -> None:
        """Live every day; the register is compared with the witness at each year's end."""
        for jour, prevues in passes(self.reglages.annees, self._hasard("horloge")):
            self._secondes = 0
            self._passer(prevues, Moment.NUIT)
            self._ouvrir(jour)
            self._passer(prevues, Moment.SOIR)
            if jour.day == 1:
                sceller()
            if (jour.month, jour.day) == (12, 31):
                bilan = comparer(self.temoin, TERRITOIRE)
                self.violations += bilan.violations
            avancer(jour)
        while sceller() > 0:
            pass

    # -- the counters ------------------------------------------------------------------------------------------
    def prevoir(
        self, jour: date, geste: str, menage: Menage, fiche: Fiche | None = None, **options: object
    ) -> None:
        """Make an appointment; past the last day it is not kept."""
        if jour <= self.fin:
            heapq.heappush(self._agenda, RendezVous(jour, next(self._rangs), geste, menage, fiche, options))

    def tenter(
        self, acte: str, nud: str, attendu: str, agir: Callable[[], Any], *, suivi: Fiche | None = None
    ) -> Any:
        """Do the act by its door; what comes of it is ``attendu`` or a violation. ``None`` when it is refused.

        ``suivi``: the application whose journal keeps the refusal.
        """
        resultat, trouve = None, ACCEPTE
        try:
            resultat = agir()
        except Refus as refus:
            trouve = refus.code
        except DatabaseError as erreur:
            trouve = type(erreur).__name__
        if trouve != ACCEPTE:
            self.refus[acte, trouve] += 1
            if suivi is not None:
                suivi.actes["REFUSER_ACTE"] += 1
        if trouve != attendu:
            self.violations.append(Violation(nud, acte, attendu or "accepté", trouve or "accepté"))
        return resultat if trouve == ACCEPTE else None

    def noter(self, nud: str, regle: str, *, attendu: str, trouve: str) -> None:
        """The register answers something else than the witness."""
        self.violations.append(Violation(nud, regle, attendu, trouve))

    def collegue(self, qui: Qui) -> Acteur:
        """Another territorial manager than the one behind the desk."""
        return self._equipe.collegue(qui.acteur, qui.instant.date())

    def est_responsable(self, acteur: Acteur) -> bool:
        """Whether somebody manages their counter."""
        return self._equipe.est_responsable(acteur)

    def _hasard(self, quoi: object) -> Random:
        return Random(f"{self.reglages.graine}:{quoi}")  # noqa: S311 - a simulation, nothing secret

    def _inviter(self) -> None:
        """Each household comes for the first time on a day of its own, often one on which dates go wrong."""
        tous, speciaux = jours(self.reglages.annees), remarquables(self.reglages.annees)
        for rang in range(1, self.reglages.taille + 1):
            hasard = self._hasard(f"foyer:{rang}")
            menage = Menage(tirer(rang, hasard), hasard)
            choix = speciaux if hasard.random() < PART_DES_JOURS_REMARQUABLES else tous
            self.prevoir(hasard.choice(choix), "deposer", menage)

    def _ouvrir(self, jour: date) -> None:
        """Keep the appointments of the day; without anybody to keep one, it is put off until tomorrow."""
        while self._agenda and self._agenda[0].jour <= jour:
            rendez_vous = heapq.heappop(self._agenda)
            geste, metiers = self.gestes[rendez_vous.geste]
            acteur = self._equipe.present(jour, metiers, rendez_vous.menage.hasard)
            if acteur is None:
                rendez_vous.jour = jour + timedelta(days=1)
                if rendez_vous.jour <= self.fin:
                    heapq.heappush(self._agenda, rendez_vous)
                continue
            geste(self, rendez_vous, Qui(acteur, self._equipe.metier(acteur), self._instant(jour)))

    def _instant(self, jour: date) -> datetime:
        self._secondes += 1
        return datetime.combine(jour, OUVERTURE, PARIS) + timedelta(seconds=self._secondes)

    # -- the clock ---------------------------------------------------------------------------------------------
    def _passer(self, prevues: tuple[Passe, ...], moment: Moment) -> None:
        for passe in prevues:
            if passe.moment is moment:
                self._passer_une_fois(passe)

    def _passer_une_fois(self, passe: Passe) -> None:
        faites = count(1)

        def avancer(_: int) -> None:
            if passe.coupee_apres is not None and next(faites) > passe.coupee_apres:
                raise Coupure

        try:
            passer_l_horloge(passe.instant, territoires=[TERRITOIRE], avancer=avancer)
        except Coupure:
            self.passages["coupés"] += 1
            self._adopter(passe.jour)
        except (DatabaseError, HorlogeInachevee) as erreur:  # the same will happen tomorrow
            phrase = str(erreur).partition("\n")[0]
            self.violations.append(Violation("", "passage de l’horloge", "mené à son terme", phrase))
            self._adopter(passe.jour)
        else:
            self.passages["complets"] += 1
            self.temoin.passer(passe.jour)

    def _adopter(self, jour: date) -> None:
        """A pass stopped in the middle: what it did is read, and must be a step that it makes."""
        lus = get_etats(self.temoin.dues(jour))
        for fiche in self.temoin.adopter(jour, lus):
            self.violations.append(
                Violation(fiche.nud, "passage coupé", str(fiche.resume()), str(lus[fiche.cle]))
            )
