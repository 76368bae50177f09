"""Drafts as their author sees them."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sne.registre import models, policies
from sne.registre.rules.refus import Introuvable
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import dechiffrer

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


def get_brouillon(brouillon_id: uuid.UUID, acteur: Acteur) -> BrouillonOuvert:
    """The actor's own registration under way. Raises ``Introuvable``, for a renewal too."""
    brouillon = models.Brouillon.objects.filter(id=brouillon_id, auteur=acteur.id, demande=None).first()
    if brouillon is None:
        raise Introuvable("Ce brouillon n’existe plus, ou il appartient à une autre personne.")
    return _ouvrir(brouillon)


def get_renouvellement(demande_id: uuid.UUID, acteur: Acteur) -> BrouillonOuvert | None:
    """The actor's own renewal of this demande under way, or ``None``."""
    brouillon = models.Brouillon.objects.filter(demande=demande_id, auteur=acteur.id).first()
    return _ouvrir(brouillon) if brouillon else None


def list_brouillons(acteur: Acteur, *, au_plus: int = 10) -> tuple[BrouillonOuvert, ...]:
    """The actor's registrations under way, the last touched first."""
    siens = models.Brouillon.objects.filter(auteur=acteur.id, demande=None)
    return tuple(_ouvrir(b) for b in siens.order_by("-maj_le", "-id")[:au_plus])


def list_renouvellements(acteur: Acteur, *, au_plus: int = 10) -> tuple[RenouvellementOuvert, ...]:
    """The actor's renewals under way, the last touched first."""
    siens = models.Brouillon.objects.filter(
        auteur=acteur.id, demande__in=models.Demande.objects.filter(policies.scope(acteur))
    ).order_by("-maj_le", "-id")
    return tuple(
        RenouvellementOuvert(*ligne) for ligne in siens.values_list("demande__nud", "maj_le")[:au_plus]
    )


def _ouvrir(b: models.Brouillon) -> BrouillonOuvert:
    donnees = json.loads(dechiffrer(bytes(b.donnees), lie_a=b.id.bytes))
    acquis = donnees.pop(ACQUIS, None)
    return BrouillonOuvert(
        b.id, b.territoire, b.guichet, donnees, b.ouvert_le, b.maj_le, b.demande_id, b.revision, acquis
    )
