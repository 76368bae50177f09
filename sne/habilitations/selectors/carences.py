"""Places that lack somebody who has to be there: what is held, and what is listed until it is mended."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from sne.habilitations import policies
from sne.habilitations.models import Carence, Habilitation
from sne.habilitations.rules import Role
from sne.habilitations.rules.carences import LIBELLES, GenreCarence, Lieu, Tenue
from sne.habilitations.selectors.periodes import en_vigueur
from sne.habilitations.selectors.zones import nom_de_la_zone
from sne.referentiels.selectors import get_guichet, get_territoire
from sne.socle.acteur import Acteur


def list_tenues(
    territoire: str, *, le: date, guichets: Collection[str] = (), sans: Collection[uuid.UUID] = ()
) -> list[Tenue]:
    """Each role that somebody holds or held in each open place of a territory; for an account that is switched off,
    they count as held in the past.

    ``guichets``: only these; ``sans``: as if these roles did not exist.
    """
    lignes = Habilitation.objects.filter(territoire=territoire).exclude(id__in=[*sans])
    if guichets:
        lignes = lignes.filter(guichet__in=guichets)
    tenues = (
        lignes.order_by()
        .values_list("guichet", "role")
        .annotate(actives=Count("id", filter=en_vigueur(le) & Q(compte__actif=True)))
    )
    return [
        Tenue(Lieu(territoire, guichet), Role(role), bool(actives))
        for guichet, role, actives in tenues
        if not guichet or get_guichet(territoire, guichet, le=le)
    ]


@dataclass(frozen=True, slots=True)
class CarenceLue:
    """One lack in words. ``lieu``: « CCAS d’Aurette-la-Ville (G0993) » or the name of the territory."""

    territoire: str
    guichet: str
    lieu: str
    genre: GenreCarence
    libelle: str
    constatee_le: datetime


def list_carences(acteur: Acteur, *, le: date) -> tuple[CarenceLue, ...]:
    """What is lacking where the actor watches over roles, the oldest first."""
    return tuple(lire_carence(c, le=le) for c in _ouvertes(acteur, le).order_by("constatee_le", "id"))


def compter_carences(acteur: Acteur, *, le: date) -> int:
    """How many of them."""
    return _ouvertes(acteur, le).count()


def _ouvertes(acteur: Acteur, le: date) -> QuerySet[Carence]:
    return Carence.objects.filter(policies.scope_des_lieux(acteur, le=le), comblee_le=None)


def lire_carence(carence: Carence, *, le: date) -> CarenceLue:
    """The lack with the name of its place."""
    genre = GenreCarence(carence.genre)
    lieu = nom_du_lieu(carence.territoire, carence.guichet, le=le)
    return CarenceLue(carence.territoire, carence.guichet, lieu, genre, LIBELLES[genre], carence.constatee_le)


def nom_du_lieu(territoire: str, guichet: str, zone: str = "", *, le: date) -> str:
    """A place in words, closed or not; « France entière » for the nation."""
    if zone:
        return nom_de_la_zone(territoire, zone)
    if guichet:
        fiche = get_guichet(territoire, guichet, le=le)
        return f"{fiche.libelle} ({guichet})" if fiche else f"{guichet}, guichet fermé"
    fiche_territoire = get_territoire(territoire) if territoire else None
    return fiche_territoire.nom if fiche_territoire else territoire or "France entière"
