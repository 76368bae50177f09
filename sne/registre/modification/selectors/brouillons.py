"""Drafts as their author sees them."""

import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from sne.habilitations.rules.carences import Lieu
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande
from sne.registre.modification import models
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import dechiffrer
from sne.socle.erreurs import Introuvable


def brouillons_des_lieux(compte_id: uuid.UUID, lieux: Collection[Lieu]) -> Q:
    """Drafts that this account opened in these places."""
    ici = Q(pk__in=[])
    for lieu in sorted(lieux):
        ici |= Q(territoire=lieu.territoire, guichet=lieu.guichet)
    return Q(auteur=compte_id) & ici


ACQUIS = "acquis"
"""Beside the pages in the encrypted document; the code of no page."""


@dataclass(frozen=True, slots=True)
class BrouillonOuvert:
    """A draft, decrypted. ``donnees`` is what was typed, as typed, by step.

    ``demande_id`` and ``revision``: the demande that it renews and the revision that was read, or nothing.
    ``acquis``: what its author's screen kept beside, if it did.
    """

    id: uuid.UUID
    territoire: str
    guichet: str
    donnees: dict[str, Any]
    ouvert_le: datetime
    maj_le: datetime
    demande_id: uuid.UUID | None = None
    revision: int | None = None
    acquis: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class RenouvellementOuvert:
    """A renewal under way: of which demande, saved when."""

    nud: str
    maj_le: datetime


# Every page of entry begins by this read, and the ORM would take longer to compose it than the database to answer it.
COLONNES = ("id", "territoire", "guichet", "donnees", "ouvert_le", "maj_le", "demande_id", "revision")
LIRE = f"SELECT {', '.join(COLONNES)} FROM brouillon WHERE id = %s AND auteur = %s AND demande_id IS NULL"  # noqa: S608


def get_brouillon(brouillon_id: uuid.UUID, acteur: Acteur) -> BrouillonOuvert:
    """The actor's own registration under way. Raises ``Introuvable``, for a renewal too."""
    with connection.cursor() as curseur:
        curseur.execute(LIRE, [brouillon_id, acteur.id])
        lu = curseur.fetchone()
    if lu is None:
        raise Introuvable("Ce brouillon n’existe plus, ou il appartient à une autre personne.")
    return _ouvrir(lu)


def get_renouvellement(demande_id: uuid.UUID, acteur: Acteur) -> BrouillonOuvert | None:
    """The actor's own renewal of this demande under way, or ``None``."""
    siens = models.Brouillon.objects.filter(demande=demande_id, auteur=acteur.id)
    lu = siens.values_list(*COLONNES).first()
    return _ouvrir(lu) if lu else None


def list_brouillons(acteur: Acteur, *, au_plus: int = 10) -> tuple[BrouillonOuvert, ...]:
    """The actor's registrations under way, the last touched first."""
    siens = models.Brouillon.objects.filter(auteur=acteur.id, demande=None)
    lus = siens.order_by("-maj_le", "-id").values_list(*COLONNES)[:au_plus]
    return tuple(_ouvrir(lu) for lu in lus)


def list_renouvellements(acteur: Acteur, *, au_plus: int = 10) -> tuple[RenouvellementOuvert, ...]:
    """The actor's renewals under way, the last touched first."""
    siens = models.Brouillon.objects.filter(
        auteur=acteur.id, demande__in=Demande.objects.filter(policies.scope(acteur))
    ).order_by("-maj_le", "-id")
    return tuple(
        RenouvellementOuvert(*ligne) for ligne in siens.values_list("demande__nud", "maj_le")[:au_plus]
    )


def _ouvrir(lu: Sequence[Any]) -> BrouillonOuvert:
    """A draft from its columns, in the order of :data:`COLONNES`."""
    cle, territoire, guichet, chiffrees, ouvert_le, maj_le, demande_id, revision = lu
    donnees = json.loads(dechiffrer(chiffrees, lie_a=cle.bytes))
    acquis = donnees.pop(ACQUIS, None)
    return BrouillonOuvert(cle, territoire, guichet, donnees, ouvert_le, maj_le, demande_id, revision, acquis)
