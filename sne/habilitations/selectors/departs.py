"""What a departure would end, who could take over, what the places would then lack."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from sne.habilitations import policies
from sne.habilitations.detenus import Detenu, list_detenus
from sne.habilitations.models import Depart, Habilitation
from sne.habilitations.rules import ROLES, Role
from sne.habilitations.rules.carences import LIBELLES, Lieu, Tenue, carences
from sne.habilitations.selectors.carences import list_tenues, nom_du_lieu
from sne.habilitations.selectors.comptes import list_comptes_de, list_habilitations
from sne.habilitations.selectors.periodes import en_vigueur
from sne.socle.acteur import Acteur

MEMOIRE = timedelta(days=90)
"""How long what somebody left behind is looked for; a draft does not live that long."""


@dataclass(frozen=True, slots=True)
class Collegue:
    """Somebody who serves one of the places left: they may take over. ``libelle``: « Ewa Zielińska, G0992 »."""

    compte_id: uuid.UUID
    libelle: str


@dataclass(frozen=True, slots=True)
class DepartPrepare:
    """What the page of a departure shows before it is said."""

    habilitations: tuple[str, ...]
    detenus: tuple[Detenu, ...]
    collegues: tuple[Collegue, ...]
    carences: tuple[str, ...]

    @property
    def a_confier(self) -> bool:
        return any(d.a_confier for d in self.detenus)


def list_a_retirer(compte_id: uuid.UUID, acteur: Acteur, *, le: date) -> list[Habilitation]:
    """Roles of this account, in force or to come, that the actor may end."""
    visibles = list_habilitations(acteur, le=le).filter(Q(fin=None) | Q(fin__gt=le), compte=compte_id)
    return [h for h in visibles if policies.mandat_pour_retirer(acteur, h, le=le)]


def lieux_de(habilitations: Iterable[Habilitation]) -> frozenset[Lieu]:
    """Where these roles are held."""
    return frozenset(Lieu(h.territoire, h.guichet) for h in habilitations)


def preparer_depart(compte_id: uuid.UUID, acteur: Acteur, *, le: date) -> DepartPrepare:
    """Everything that a departure decided by this actor would touch; empty when they may end nothing."""
    habilitations = list_a_retirer(compte_id, acteur, le=le)
    lieux = lieux_de(habilitations)
    return DepartPrepare(
        tuple(
            f"{ROLES[Role(h.role)].nom}, {nom_du_lieu(h.territoire, h.guichet, h.zone, le=le)}"
            for h in habilitations
        ),
        list_detenus(compte_id, lieux) if lieux else (),
        list_collegues(compte_id, lieux, le=le),
        tuple(_manques(habilitations, le)),
    )


def list_collegues(compte_id: uuid.UUID, lieux: Collection[Lieu], *, le: date) -> tuple[Collegue, ...]:
    """Other persons who hold a role in one of these places, their managers first; a software takes nothing over."""
    if not lieux:
        return ()
    ici = reduce(or_, (Q(territoire=x.territoire, guichet=x.guichet) for x in sorted(lieux)))
    tenues = Habilitation.objects.filter(ici, en_vigueur(le), compte__actif=True, compte__logiciel=False)
    autres = tenues.exclude(compte__in=list_comptes_de(compte_id)).select_related("compte")
    trouves: dict[uuid.UUID, Collegue] = {}
    rang = Case(When(role__in=[Role.AGENT_GUICHET.value, Role.AIDANT.value], then=Value(1)), default=Value(0))
    for h in autres.order_by(rang, "compte__nom", "compte__prenom", "compte", "guichet"):
        nom = ROLES[Role(h.role)].nom
        lieu = h.guichet or h.territoire
        libelle = ", ".join(filter(None, (str(h.compte), nom[:1].lower() + nom[1:], lieu)))
        trouves.setdefault(h.compte_id, Collegue(h.compte_id, libelle))
    return tuple(trouves.values())


def list_partants(*, le: date) -> frozenset[uuid.UUID]:
    """Accounts whose departure is said, and whose rights have not ended yet on that day."""
    return frozenset(Depart.objects.filter(execute_le=None, effet__gt=le).values_list("compte_id", flat=True))


def list_rendues(*, le: date) -> Iterable[Habilitation]:
    """Roles that ended lately in places where their holder has none left, account after account."""
    restent = Habilitation.objects.filter(
        Q(fin=None) | Q(fin__gt=le),
        compte=OuterRef("compte"),
        territoire=OuterRef("territoire"),
        guichet=OuterRef("guichet"),
    )
    finies = Habilitation.objects.filter(~Exists(restent), fin__lte=le, fin__gt=le - MEMOIRE)
    return finies.order_by("compte", "id")


def _manques(partantes: Collection[Habilitation], le: date) -> Iterable[str]:
    """What each territory would lack without these roles, that it does not lack today."""
    for territoire in sorted({h.territoire for h in partantes if h.territoire}):
        tenues = list_tenues(territoire, le=le)
        sans = list_tenues(territoire, le=le, sans=[h.id for h in partantes])
        perdues = carences([*sans, *(Tenue(t.lieu, t.role, False) for t in tenues)]) - carences(tenues)
        for lieu, genre in sorted(perdues):
            yield f"{nom_du_lieu(lieu.territoire, lieu.guichet, le=le)}\u00a0: {LIBELLES[genre].lower()}"
