"""The witness: what the register must answer and what it must hold, told from the law by other code than its own.

Sources: CCH R441-2-7 (validity, renewal), R441-2-8 (striking off), arrêté du 23 mars 2015, annex §6 (coming back) and
§7 (erasure). Nothing here imports the register's rules: an error there is not repeated here.
"""

import heapq
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sne.simulation.calendrier import UN_JOUR, plus_mois
from sne.simulation.equipe import Metier
from sne.simulation.noms import Noms, Suite

ACTIVE, EXPIREE, RADIEE, PURGEE = "ACTIVE", "EXPIREE", "RADIEE", "PURGEE"
OUVERTES = frozenset({ACTIVE, EXPIREE})
OUVERTURE_JOURS = 60  # before the end of validity: nobody renews earlier
ANTERIORITE_JOURS = 30  # how far back a counter dates a deposit by itself
VALIDITE, TOLERANCE, RETOUR = 12, 13, 18  # months from the deposit or last renewal
PREAVIS = 1  # months before the end of validity, at the latest
RETOUR_SANS_REPONSE, EFFACEMENT, AVIS = 5, 12, 1  # months from the striking-off; from the notice to it
ACCEPTE = ""
"""What the register answers to an act that it does; a refused one has the code of its refusal."""

PERMIS = frozenset(
    {
        ("", "DEPOSER", ACTIVE),
        (ACTIVE, "MODIFIER", ACTIVE),
        (EXPIREE, "MODIFIER", EXPIREE),
        (ACTIVE, "RENOUVELER", ACTIVE),
        (EXPIREE, "RENOUVELER", ACTIVE),
        (ACTIVE, "EXPIRER", EXPIREE),
        (ACTIVE, "RADIER", RADIEE),
        (EXPIREE, "RADIER", RADIEE),
        (RADIEE, "REACTIVER", ACTIVE),
        (ACTIVE, "LEVER_GEL", ACTIVE),
        (EXPIREE, "LEVER_GEL", EXPIREE),
        (ACTIVE, "SEPARER", ACTIVE),
        (EXPIREE, "SEPARER", EXPIREE),
        (ACTIVE, "DECIDER_SEPARATION", ACTIVE),
        (EXPIREE, "DECIDER_SEPARATION", EXPIREE),
        (RADIEE, "DECIDER_SEPARATION", RADIEE),
        (ACTIVE, "JOINDRE_PIECE", ACTIVE),
        (EXPIREE, "JOINDRE_PIECE", EXPIREE),
        (ACTIVE, "VALIDER_IDENTITE", ACTIVE),
        (EXPIREE, "VALIDER_IDENTITE", EXPIREE),
        (ACTIVE, "RESTAURER", ACTIVE),
        (EXPIREE, "RESTAURER", EXPIREE),
        ("", "PURGER", PURGEE),  # what came before is erased
    }
)
"""Every move that an application may make: state before, act, state after."""
TRANSITIONS = frozenset(acte for _, acte, _ in PERMIS)


@dataclass(slots=True)
class Fiche:
    """One application as the witness knows it.

    ``nirs``: of those present, when they were given; ``titres``: dates that somebody's seniority counts from;
    ``heritee``: the one that a second person let follow out of a couple;
    ``rendus``: days of freeze given back to the delay that runs; ``enquetes``: open, they keep it from erasure;
    ``preavis``: end of validity and day of each notice; ``actes``: what the journal must tell of it, by verb.
    """

    cle: uuid.UUID
    nud: str
    foyer: int
    depot: date
    nirs: frozenset[str]
    adultes: int
    etat: str = ACTIVE
    revision: int = 1
    renouvelee: date | None = None
    motif: str = ""
    radiee_le: date | None = None
    revient_jusqu_au: date | None = None
    radiations: int = 0
    retours: int = 0
    effacee_le: date | None = None
    bail: bool = False
    titres: list[date] = field(default_factory=list)
    heritee: date | None = None
    gelee_le: date | None = None
    enquetes: set[uuid.UUID] = field(default_factory=set)
    gels: int = 0
    rendus: int = 0
    rendus_avant: int = 0
    preavis: list[tuple[date, date]] = field(default_factory=list)
    noms: Noms = field(default_factory=Noms)
    actes: Counter[str] = field(default_factory=lambda: Counter({"DEPOSER": 1}))

    @property
    def base(self) -> date:
        """The day its validity counts from."""
        return self.renouvelee or self.depot

    @property
    def expiration(self) -> date:
        """Last day of validity."""
        return plus_mois(self.base, VALIDITE) - UN_JOUR + timedelta(days=self._rendus_a_la_validite)

    @property
    def echeance(self) -> date:
        """Day on which it is struck off unless it is renewed."""
        return plus_mois(self.base, TOLERANCE) + timedelta(days=self._rendus_a_la_validite)

    @property
    def _rendus_a_la_validite(self) -> int:
        """Once it is struck off, days are given back to its return; those of before stay where they are."""
        return self.rendus_avant if self.etat == RADIEE else self.rendus

    @property
    def ouverte(self) -> bool:
        """Whether the household holds its place."""
        return self.etat in OUVERTES

    def resume(self) -> tuple[object, ...]:
        """What a pass of the clock moves."""
        return (self.etat, self.revision, 0 if self.etat == PURGEE else len(self.preavis))

    @property
    def ouverture(self) -> date:
        """First day on which it may be renewed, and on which its household is told."""
        return self.expiration - timedelta(days=OUVERTURE_JOURS)

    @property
    def prevenue(self) -> bool:
        """Whether its household was told of the present end of validity."""
        return bool(self.preavis) and self.preavis[-1][0] == self.expiration

    def prevenir(self, jour: date) -> None:
        """Its household was told that its validity is about to end."""
        self.actes["PREVENIR"] += 1
        self.preavis.append((self.expiration, jour))

    def jours_figes(self, jour: date) -> int:
        """Days of the freeze that holds, in the delay that runs."""
        if self.gelee_le is None:
            return 0
        debut = self.radiee_le if self.etat == RADIEE and self.radiee_le else self.base
        return max((jour - max(self.gelee_le, debut)).days, 0)

    def revient_le_dernier(self, jour: date) -> date:
        """Last day on which it may come back, or be renewed though nothing struck it off, seen on ``jour``."""
        limite = plus_mois(self.base, RETOUR)
        if self.etat == RADIEE and self.revient_jusqu_au:
            limite = self.revient_jusqu_au
        return limite + timedelta(days=self.rendus + self.jours_figes(jour))

    def effacement(self, jour: date) -> date:
        """Day from which it is erased, once struck off: a year later, and never while it may come back."""
        assert self.radiee_le is not None
        return max(plus_mois(self.radiee_le, EFFACEMENT), self.revient_le_dernier(jour) + UN_JOUR)

    @property
    def prochaine(self) -> date | None:
        """Day on which a pass of the clock next does something to it; ``None`` while nothing is to come."""
        if self.etat == PURGEE or self.gelee_le is not None:
            return None
        if self.etat == RADIEE:
            return None if self.enquetes else self.effacement(date.min)
        jours = [self.echeance]
        if not self.prevenue:
            jours.append(self.ouverture)
        if self.etat == ACTIVE:
            jours.append(self.expiration + UN_JOUR)
        return min(jours)

    def _avancer(self, acte: str, etat: str) -> None:
        self.actes[acte] += 1
        self.revision += 1
        self.etat = etat

    def modifier(self) -> None:
        """A change was recorded."""
        self._avancer("MODIFIER", self.etat)

    def joindre(self) -> None:
        """A document was handed in."""
        self._avancer("JOINDRE_PIECE", self.etat)

    def valider_nom(self, par: uuid.UUID) -> None:
        """The name asked for is in force."""
        self._avancer("VALIDER_IDENTITE", self.etat)
        self.noms.valider(par)

    def retablir(self, jour: date) -> None:
        """Put back as before a takeover by the decision that ends the freeze; its title does not move."""
        self.rendus += self.jours_figes(jour)
        self.gelee_le = None
        self.actes["LEVER_GEL"] += 1
        self._avancer("RESTAURER", self.etat)
        self.noms.retablir()

    def renouveler(self, jour: date) -> None:
        """One more year from ``jour``, back from a striking-off or not."""
        if self.etat == RADIEE:
            self.retours += 1
            self.noms.revenue_le = jour
        self._avancer("REACTIVER" if self.etat == RADIEE else "RENOUVELER", ACTIVE)
        self.renouvelee, self.rendus = jour, 0

    def expirer(self) -> None:
        """The validity is over."""
        self._avancer("EXPIRER", EXPIREE)

    def radier(self, motif: str, jour: date) -> None:
        """Struck off on ``jour``: until when it may come back depends on the reason."""
        self._avancer("RADIER", RADIEE)
        self.motif, self.radiee_le, self.radiations = motif, jour, self.radiations + 1
        if motif == "RADREN":
            self.revient_jusqu_au = plus_mois(self.base, RETOUR) + timedelta(days=self.rendus)
        elif motif == "RADCON":
            self.revient_jusqu_au = plus_mois(jour, RETOUR_SANS_REPONSE)
        else:
            self.revient_jusqu_au = plus_mois(jour, EFFACEMENT) - UN_JOUR
        self.rendus_avant, self.rendus = self.rendus, 0

    def separer(self, nir: str) -> None:
        """One of its two adults left."""
        self._avancer("SEPARER", self.etat)
        self.adultes, self.nirs = self.adultes - 1, self.nirs - {nir}

    def heriter(self, ancienne: date) -> None:
        """The seniority of the couple is theirs too: one title more, of the same date."""
        self._avancer("DECIDER_SEPARATION", self.etat)
        self.titres.append(ancienne)
        self.heritee = ancienne

    def ne_pas_heriter(self) -> None:
        """It counts from its own deposit, for good."""
        self.actes["DECIDER_SEPARATION"] += 1
        self.noms.protegee = self.depot

    def effacer(self, jour: date) -> None:
        """Nothing is left but its number."""
        self._avancer("PURGER", PURGEE)
        self.effacee_le = jour

    def geler(self, jour: date) -> None:
        """It is kept still: nothing ends it, its clock is stopped."""
        self.actes["GELER"] += 1
        self.gelee_le, self.gels = jour, self.gels + 1

    def lever(self, jour: date) -> None:
        """The days of the freeze are given back, by a revision when it is open."""
        jours = self.jours_figes(jour)
        if self.ouverte and jours:
            self._avancer("LEVER_GEL", self.etat)
        else:
            self.actes["LEVER_GEL"] += 1
        self.rendus += jours
        self.gelee_le = None


class Temoin:
    """Every application ever given a number, and what must come of each act."""

    def __init__(self) -> None:
        self.fiches: dict[uuid.UUID, Fiche] = {}
        self._par_foyer: dict[int, list[Fiche]] = {}
        self._par_nir: dict[str, list[Fiche]] = {}
        self._echeancier: list[tuple[date, uuid.UUID]] = []
        self._changements: dict[uuid.UUID, Fiche] = {}

    # -- what the register must answer -------------------------------------------------------------------------
    def deposer(self, foyer: int, nirs: frozenset[str], *, justifie: bool) -> str:
        """A household registers: sent back to its open application; asked why, when one that ended looks the same."""
        if self._tenue(nirs):
            return "DEJA_OUVERTE"
        connues = [f for f in self._par_foyer.get(foyer, ()) if f.etat != PURGEE]
        return ACCEPTE if justifie or not connues else "DOUBLON"

    def modifier(self, fiche: Fiche) -> str:
        """A change is asked for."""
        if fiche.etat == PURGEE:
            return "EFFACE"
        return ACCEPTE if fiche.ouverte else "INTERDIT"

    def renouveler(self, fiche: Fiche, jour: date, *, metier: Metier, confirme: bool) -> str:
        """A renewal is asked for, of an application that may be struck off. ``confirme``: changed, or read again."""
        if fiche.etat == PURGEE:
            return "EFFACE"
        return self._hors_delai(fiche, jour, metier) or self._sans_place(fiche, confirme=confirme)

    @staticmethod
    def _hors_delai(fiche: Fiche, jour: date, metier: Metier) -> str:
        """Too early, too late, or not by this person."""
        if fiche.etat == RADIEE:
            if fiche.motif != "RADREN" and metier is not Metier.GESTIONNAIRE:
                return "NON_HABILITE"
            if jour > fiche.revient_le_dernier(jour):
                return "REACTIVATION_FERMEE"
        elif jour < fiche.ouverture or jour > fiche.revient_le_dernier(jour):
            return "RENOUVELLEMENT_FERME"
        return ACCEPTE

    def _sans_place(self, fiche: Fiche, *, confirme: bool) -> str:
        """Nobody said that nothing changed, or the household registered anew meanwhile."""
        if not confirme:
            return "CONFIRMATION"
        return "DEJA_OUVERTE" if fiche.etat == RADIEE and self._tenue(fiche.nirs, sauf=fiche) else ACCEPTE

    def _tenue(self, nirs: frozenset[str], *, sauf: Fiche | None = None) -> bool:
        """Whether one of these people holds a place by another application, alone or with others."""
        autres = (f for nir in nirs for f in self._par_nir.get(nir, ()) if f is not sauf)
        return any(f.ouverte and not nirs.isdisjoint(f.nirs) for f in autres)

    def radier(self, fiche: Fiche, motif: str, jour: date, *, metier: Metier, courrier: date | None) -> str:
        """A striking-off is asked for. Allocation and inadmissibility: landlords alone; want of renewal: nobody."""
        if fiche.etat == PURGEE:
            return "EFFACE"
        auteurs = {"RADATT": {Metier.BAILLEUR}, "RADIRR": {Metier.BAILLEUR}, "RADREN": set()}
        if metier not in auteurs.get(motif, set(Metier)):
            return "NON_HABILITE"
        if not fiche.ouverte:
            return "TRANSITION_INTERDITE"
        if fiche.gelee_le is not None:
            return "DOSSIER_FIGE"
        trop_tot = courrier is None or jour < plus_mois(courrier, AVIS)
        sans_preuve = trop_tot if motif in {"RADCON", "RADIRR"} else motif == "RADATT" and not fiche.bail
        return "INTERDIT" if sans_preuve else ACCEPTE

    def figer(self, fiche: Fiche) -> str:
        """An enquiry asks that nothing of it moves; one at a time."""
        return "INTROUVABLE" if fiche.etat == PURGEE else ACCEPTE

    def separer(self, fiche: Fiche) -> str:
        """The other adult of a couple leaves it for an application of their own."""
        if not fiche.ouverte:
            return "INTERDIT"
        return ACCEPTE if fiche.gelee_le is None else "DOSSIER_FIGE"

    @staticmethod
    def examiner(nouvelle: Fiche, quittee: Fiche, *, herite: bool) -> str:
        """A second person says whether seniority follows who left a couple."""
        if PURGEE in {nouvelle.etat, quittee.etat}:
            return "INTROUVABLE"
        figee = nouvelle.gelee_le is not None or quittee.gelee_le is not None
        return "DOSSIER_FIGE" if herite and figee else ACCEPTE

    def consigner(self, fiche: Fiche, metier: Metier, *, attendu: Metier | None, ouverte: bool) -> str:
        """A fact is recorded. ``attendu``: the only body that may; ``ouverte``: it needs an application in force."""
        if fiche.etat == PURGEE:
            return "EFFACE"
        if attendu is not None and metier not in {attendu, Metier.GESTIONNAIRE}:
            return "NON_HABILITE"
        return "INTERDIT" if ouverte and not fiche.ouverte else ACCEPTE

    def changer_nom(self, fiche: Fiche, nom: str, *, le: date, au_comptoir: bool) -> str:
        """Another name is asked for: by a counter, never by the territorial manager; one waits at a time, and what
        needs no decision passes beside it.
        """
        if fiche.etat == PURGEE:
            return "EFFACE"
        if not fiche.ouverte:
            return "INTERDIT"
        if nom == fiche.noms.en_vigueur:
            return ACCEPTE
        if fiche.gelee_le is not None:
            return "DOSSIER_FIGE"
        if fiche.noms.demande and fiche.noms.suite(nom, le) is Suite.ATTEND:
            return "CONTROLE_EN_COURS"
        return ACCEPTE if au_comptoir else "NON_HABILITE"

    @staticmethod
    def decider_le_sien(*, responsable: bool) -> str:
        """The author of a change tries to decide on it: an agent decides on none, a manager on none of their own."""
        return "INTERDIT" if responsable else "INTROUVABLE"

    @staticmethod
    def valider_nom(fiche: Fiche) -> str:
        """A change is validated by somebody else, its document opened."""
        if not fiche.ouverte:
            return "INTERDIT"
        return "DOSSIER_FIGE" if fiche.gelee_le is not None else ACCEPTE

    # -- what was done -----------------------------------------------------------------------------------------
    def inscrire(self, fiche: Fiche) -> None:
        """A number was given."""
        self.fiches[fiche.cle] = fiche
        self._par_foyer.setdefault(fiche.foyer, []).append(fiche)
        for nir in fiche.nirs:
            self._par_nir.setdefault(nir, []).append(fiche)
        self.suivre(fiche)

    def suivre(self, fiche: Fiche) -> None:
        """Look at this application again when its dates have come."""
        if fiche.prochaine is not None:
            heapq.heappush(self._echeancier, (fiche.prochaine, fiche.cle))

    def mettre_en_attente(self, fiche: Fiche, nom: str, jour: date) -> None:
        """A name waits for somebody's decision."""
        fiche.actes["PROPOSER_IDENTITE"] += 1
        fiche.noms.attendre(nom, jour)
        self._changements[fiche.cle] = fiche

    def repondre(self, fiche: Fiche, *, valideur: uuid.UUID | None = None) -> None:
        """Somebody decided: validated, a revision says it; refused, nothing moves."""
        del self._changements[fiche.cle]
        if valideur is not None:
            fiche.valider_nom(valideur)
        else:
            fiche.actes["REFUSER_IDENTITE"] += 1
            fiche.noms.ecarter()

    def passer(self, jour: date) -> None:
        """A pass of the clock ran to its end on ``jour``: all that is due is done."""
        for fiche in self._dues(jour):
            for _ in self._etapes(fiche, jour):
                pass
            self.suivre(fiche)
        for fiche in list(self._changements.values()):
            if fiche.etat == PURGEE:
                del self._changements[fiche.cle]
            elif fiche.gelee_le is None and fiche.noms.expire(jour):
                fiche.actes["EXPIRER_IDENTITE"] += 1
                fiche.noms.ecarter()
                del self._changements[fiche.cle]

    def adopter(self, jour: date, lus: Mapping[uuid.UUID, tuple[object, ...]]) -> Iterator[Fiche]:
        """A pass was killed: each application due stands at one of its steps; yields those that stand elsewhere.

        ``lus``: what :meth:`Fiche.resume` tells, read in the register.
        """
        for cle, lu in lus.items():
            fiche = self.fiches[cle]
            etapes = self._etapes(fiche, jour)
            while fiche.resume() != lu and next(etapes, None) is not None:
                pass
            if fiche.resume() != lu:
                yield fiche
            heapq.heappush(self._echeancier, (jour, cle))

    def dues(self, jour: date) -> list[uuid.UUID]:
        """Applications that a pass of ``jour`` looks at."""
        return [fiche.cle for fiche in self._dues(jour)]

    def _dues(self, jour: date) -> list[Fiche]:
        cles = set()
        while self._echeancier and self._echeancier[0][0] <= jour:
            cles.add(heapq.heappop(self._echeancier)[1])
        return [self.fiches[cle] for cle in sorted(cles)]

    @staticmethod
    def _etapes(fiche: Fiche, jour: date) -> Iterator[str]:
        """What a pass does to an application, step by step."""
        if fiche.gelee_le is not None:
            return
        if fiche.ouverte and not fiche.prevenue and fiche.ouverture <= jour < fiche.echeance:
            fiche.prevenir(jour)
            yield "PREAVIS"
        if fiche.etat == ACTIVE and jour > fiche.expiration:
            fiche.expirer()
            yield "EXPIRATION"
        if fiche.ouverte and jour >= fiche.echeance:
            fiche.radier("RADREN", jour)
            yield "RADIATION"
        if fiche.etat == RADIEE and not fiche.enquetes and jour >= fiche.effacement(jour):
            fiche.effacer(jour)
            yield "PURGE"
