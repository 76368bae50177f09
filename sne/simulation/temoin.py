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

ACTIVE, EXPIREE, RADIEE = "ACTIVE", "EXPIREE", "RADIEE"
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
    }
)
"""Every move that an application may make: state before, act, state after."""
TRANSITIONS = frozenset(acte for _, acte, _ in PERMIS)


@dataclass(slots=True)
class Fiche:
    """One application as the witness knows it.

    ``preavis``: end of validity and day of each notice; ``actes``: what the journal must tell of it, by verb.
    """

    cle: uuid.UUID
    nud: str
    foyer: int
    depot: date
    nirs: int
    adultes: int
    etat: str = ACTIVE
    revision: int = 1
    renouvelee: date | None = None
    motif: str = ""
    radiee_le: date | None = None
    revient_jusqu_au: date | None = None
    radiations: int = 0
    retours: int = 0
    bail: bool = False
    preavis: list[tuple[date, date]] = field(default_factory=list)
    actes: Counter[str] = field(default_factory=lambda: Counter({"DEPOSER": 1}))

    @property
    def base(self) -> date:
        """The day its validity counts from."""
        return self.renouvelee or self.depot

    @property
    def expiration(self) -> date:
        """Last day of validity."""
        return plus_mois(self.base, VALIDITE) - UN_JOUR

    @property
    def echeance(self) -> date:
        """Day on which it is struck off unless it is renewed."""
        return plus_mois(self.base, TOLERANCE)

    @property
    def ouverte(self) -> bool:
        """Whether the household holds its place."""
        return self.etat in OUVERTES

    def resume(self) -> tuple[object, ...]:
        """What a pass of the clock moves."""
        return (self.etat, self.revision, len(self.preavis))

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

    def _avancer(self, acte: str, etat: str) -> None:
        self.actes[acte] += 1
        self.revision += 1
        self.etat = etat

    def modifier(self) -> None:
        """A change was recorded."""
        self._avancer("MODIFIER", self.etat)

    def renouveler(self, jour: date) -> None:
        """One more year from ``jour``, back from a striking-off or not."""
        if self.etat == RADIEE:
            self.retours += 1
        self._avancer("REACTIVER" if self.etat == RADIEE else "RENOUVELER", ACTIVE)
        self.renouvelee = jour

    def expirer(self) -> None:
        """The validity is over."""
        self._avancer("EXPIRER", EXPIREE)

    def radier(self, motif: str, jour: date) -> None:
        """Struck off on ``jour``: until when it may come back depends on the reason."""
        self._avancer("RADIER", RADIEE)
        self.motif, self.radiee_le, self.radiations = motif, jour, self.radiations + 1
        if motif == "RADREN":
            self.revient_jusqu_au = plus_mois(self.base, RETOUR)
        elif motif == "RADCON":
            self.revient_jusqu_au = plus_mois(jour, RETOUR_SANS_REPONSE)
        else:
            self.revient_jusqu_au = plus_mois(jour, EFFACEMENT) - UN_JOUR


class Temoin:
    """Every application ever given a number, and what must come of each act."""

    def __init__(self) -> None:
        self.fiches: dict[uuid.UUID, Fiche] = {}
        self._par_foyer: dict[int, list[Fiche]] = {}
        self._echeancier: list[tuple[date, uuid.UUID]] = []

    # -- what the register must answer -------------------------------------------------------------------------
    def deposer(self, foyer: int, *, avec_nir: bool, justifie: bool) -> str:
        """A household registers: sent back to its open application; asked why, when one that ended looks the same."""
        connues = self._par_foyer.get(foyer, ())
        if avec_nir and any(f.ouverte for f in connues):
            return "DEJA_OUVERTE"
        return ACCEPTE if justifie or not connues else "DOUBLON"

    def modifier(self, fiche: Fiche) -> str:
        """A change is asked for."""
        return ACCEPTE if fiche.ouverte else "INTERDIT"

    def renouveler(self, fiche: Fiche, jour: date, *, metier: Metier, avec_nir: bool, confirme: bool) -> str:
        """A renewal is asked for, of an application that may be struck off. ``confirme``: changed, or read again."""
        if fiche.etat == RADIEE:
            if fiche.motif != "RADREN" and metier is not Metier.GESTIONNAIRE:
                return "NON_HABILITE"
            assert fiche.revient_jusqu_au is not None
            if jour > fiche.revient_jusqu_au:
                return "REACTIVATION_FERMEE"
        elif jour < fiche.ouverture or jour > plus_mois(fiche.base, RETOUR):
            return "RENOUVELLEMENT_FERME"
        if not confirme:
            return "CONFIRMATION"
        autres = (f for f in self._par_foyer[fiche.foyer] if f is not fiche)
        if fiche.etat == RADIEE and avec_nir and any(f.ouverte for f in autres):
            return "DEJA_OUVERTE"
        return ACCEPTE

    def radier(self, fiche: Fiche, motif: str, jour: date, *, metier: Metier, courrier: date | None) -> str:
        """A striking-off is asked for. Allocation and inadmissibility: landlords alone; want of renewal: nobody."""
        auteurs = {"RADATT": {Metier.BAILLEUR}, "RADIRR": {Metier.BAILLEUR}, "RADREN": set()}
        if metier not in auteurs.get(motif, set(Metier)):
            return "NON_HABILITE"
        if not fiche.ouverte:
            return "TRANSITION_INTERDITE"
        if motif == "RADATT" and not fiche.bail:
            return "INTERDIT"
        if motif in {"RADCON", "RADIRR"} and (courrier is None or jour < plus_mois(courrier, AVIS)):
            return "INTERDIT"
        return ACCEPTE

    def consigner(self, fiche: Fiche, metier: Metier, *, attendu: Metier | None, ouverte: bool) -> str:
        """A fact is recorded. ``attendu``: the only body that may; ``ouverte``: it needs an application in force."""
        if attendu is not None and metier not in {attendu, Metier.GESTIONNAIRE}:
            return "NON_HABILITE"
        return "INTERDIT" if ouverte and not fiche.ouverte else ACCEPTE

    # -- what was done -----------------------------------------------------------------------------------------
    def inscrire(self, fiche: Fiche) -> None:
        """A number was given."""
        self.fiches[fiche.cle] = fiche
        self._par_foyer.setdefault(fiche.foyer, []).append(fiche)
        self.suivre(fiche)

    def suivre(self, fiche: Fiche) -> None:
        """Look at this application again when its dates have come."""
        for jour in (fiche.ouverture, fiche.expiration + UN_JOUR, fiche.echeance):
            heapq.heappush(self._echeancier, (jour, fiche.cle))

    def passer(self, jour: date) -> None:
        """A pass of the clock ran to its end on ``jour``: all that is due is done."""
        for fiche in self._dues(jour):
            for _ in self._etapes(fiche, jour):
                pass

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
        if fiche.ouverte and not fiche.prevenue and fiche.ouverture <= jour < fiche.echeance:
            fiche.prevenir(jour)
            yield "PREAVIS"
        if fiche.etat == ACTIVE and jour > fiche.expiration:
            fiche.expirer()
            yield "EXPIRATION"
        if fiche.ouverte and jour >= fiche.echeance:
            fiche.radier("RADREN", jour)
            yield "RADIATION"
