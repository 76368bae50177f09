"""Changes of identity that nobody decided in time."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sne.registre.attente.models import Attente
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.enquete.selectors.gels import sans_gel
from sne.registre.identite.attentes import AttenteIdentite
from sne.registre.identite.models import RappelIdentite
from sne.registre.identite.rules.echanges import Rappel, est_expiree
from sne.registre.identite.rules.rappels import MARQUES, atteintes
from sne.socle.horloge import debut_du_jour
from sne.socle.horloge import jour as jour_de


def list_expirees(territoire: str, *, jour: date) -> tuple[uuid.UUID, ...]:
    """Those of a territory whose time is over on that day, the oldest first; frozen files wait for their enquiry.

    Demandes struck off are included, so that a request does not last longer because the file comes back.
    """
    limite = debut_du_jour(jour - timedelta(days=get_seuils(jour).identite_expiration_jours - 1))
    attendent = Attente.objects.filter(
        sans_gel("demande"),
        territoire=territoire,
        liste="REPONSES",
        nature=AttenteIdentite.IDENTITE,
        depuis__lt=limite,
    )
    return tuple(attendent.order_by("depuis", "id").values_list("id", flat=True))


def count_en_attente() -> int:
    """Changes that wait for a decision, of every territory here; those of demandes struck off wait for nobody."""
    attendent = Attente.objects.filter(liste="REPONSES", nature=AttenteIdentite.IDENTITE, ouverte=True)
    return attendent.count()


@dataclass(frozen=True, slots=True)
class ARappeler:
    """A change that waits and the marks that it reached without anybody being told, in their order."""

    identite_id: uuid.UUID
    demande_id: uuid.UUID
    revision: int
    demande_le: date
    marques: tuple[Rappel, ...]


def list_a_rappeler(territoire: str, *, jour: date) -> tuple[ARappeler, ...]:
    """Changes of a territory with a mark to send, the oldest first, except those of frozen files and those about to
    expire.
    """
    seuils = get_seuils(jour)
    attendent = Attente.objects.filter(
        sans_gel("demande"),
        territoire=territoire,
        liste="REPONSES",
        nature=AttenteIdentite.IDENTITE,
        ouverte=True,
    )
    lues = list(
        attendent.order_by("depuis", "id").values_list("id", "demande", "demande__revision", "depuis")
    )
    envoyees: dict[uuid.UUID, set[str]] = defaultdict(set)
    siennes = RappelIdentite.objects.filter(identite__in=[cle for cle, *_ in lues])
    for cle, marque in siennes.values_list("identite", "marque"):
        envoyees[cle].add(marque)
    trouves = []
    for cle, demande_id, revision, depuis in lues:
        demande_le = jour_de(depuis)
        atteinte = atteintes(demande_le, jour, seuils)
        marques = tuple(m for m in MARQUES if m in atteinte and m not in envoyees[cle])
        if marques and not est_expiree(demande_le, jour, seuils):
            trouves.append(ARappeler(cle, demande_id, revision, demande_le, marques))
    return tuple(trouves)


def has_rappels_du(territoire: str, *, jour: date) -> bool:
    """Whether the digest of that day has left in this territory."""
    debut, fin = debut_du_jour(jour), debut_du_jour(jour + timedelta(days=1))
    return RappelIdentite.objects.filter(
        territoire=territoire, survenu_le__gte=debut, survenu_le__lt=fin
    ).exists()


def list_rappels(identite_id: uuid.UUID) -> tuple[tuple[Rappel, date], ...]:
    """Marks of a change that were sent, each with its day, in their order; the caller may read the change."""
    lus = dict(RappelIdentite.objects.filter(identite=identite_id).values_list("marque", "survenu_le"))
    return tuple((marque, jour_de(lus[marque])) for marque in MARQUES if marque in lus)
