"""The list of roles that somebody watches over: who holds them, since when they were not used."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from sne.habilitations import policies
from sne.habilitations.models import AvisInactivite, Habilitation
from sne.habilitations.rules import ROLES, Role
from sne.habilitations.selectors.carences import nom_du_lieu
from sne.habilitations.selectors.periodes import en_vigueur, est_suspendue
from sne.habilitations.selectors.usages import derniere_utilisation
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour

PAR_PAGE = 50


@dataclass(frozen=True, slots=True)
class LignePersonne:
    """One role in force on the list. ``echeance``: the day of the end announced, for want of use."""

    compte_id: uuid.UUID
    personne: str
    role: str
    lieu: str
    territoire: str
    guichet: str
    derniere_utilisation: date | None
    echeance: date | None
    suspendue: bool
    fin: date | None


def list_personnes(
    acteur: Acteur, *, le: date, guichet: str = "", territoire: str = "", page: int = 1
) -> tuple[tuple[LignePersonne, ...], int]:
    """A page of the roles in force or suspended that the actor watches over, and how many there are in all."""
    tenues = Habilitation.objects.filter(
        Q(fin=None) | Q(fin__gt=le), policies.scope_des_lieux(acteur, le=le), debut__lte=le
    )
    if territoire:
        tenues = tenues.filter(territoire=territoire)
    if guichet:
        tenues = tenues.filter(guichet=guichet)
    total = tenues.count()
    debut = (page - 1) * PAR_PAGE
    lues = list(
        tenues.select_related("compte")
        .annotate(suspendue=est_suspendue(), utilise=derniere_utilisation())
        .order_by("territoire", "guichet", "compte__nom", "compte__prenom", "id")[debut : debut + PAR_PAGE]
    )
    echeances = {
        a.habilitation_id: a
        for a in AvisInactivite.objects.filter(habilitation__in=[h.id for h in lues]).order_by("depuis", "id")
    }
    return tuple(_ligne(h, echeances.get(h.id), le) for h in lues), total


def _ligne(h: Any, avis: AvisInactivite | None, le: date) -> LignePersonne:
    utilise = jour(h.utilise) if h.utilise else None
    vivant = avis is not None and avis.retrait_le > le and (utilise is None or utilise <= avis.depuis)
    return LignePersonne(
        h.compte_id,
        str(h.compte),
        ROLES[Role(h.role)].nom,
        nom_du_lieu(h.territoire, h.guichet, h.zone, le=le),
        h.territoire,
        h.guichet,
        utilise,
        avis.retrait_le if avis and vivant else None,
        h.suspendue,
        h.fin,
    )


def list_lieux_de_travail(comptes: Collection[uuid.UUID], *, le: date) -> dict[uuid.UUID, str]:
    """The territory where each of these accounts holds a role on that day, the first granted; empty for none."""
    tenues = Habilitation.objects.filter(en_vigueur(le), compte__in=[*comptes]).order_by("accordee_le", "id")
    trouves = dict.fromkeys(comptes, "")
    for compte, territoire in tenues.exclude(territoire="").values_list("compte", "territoire"):
        trouves[compte] = trouves[compte] or territoire
    return trouves
