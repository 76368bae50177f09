"""Drafts as their author sees them."""

import json
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from sne.habilitations.rules.carences import Lieu
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande
from sne.registre.joindre.selectors.protection import list_protegees
from sne.registre.modification import models
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import dechiffrer
from sne.socle.erreurs import Introuvable
from sne.socle.replique import connection


def brouillons_des_lieux(compte_id: uuid.UUID, lieux: Collection[Lieu]) -> Q:
    """Drafts that this account opened in these places; a registration of no guichet is somebody's own, and stays."""
    ici = Q(pk__in=[])
    for lieu in sorted(lieux):
        ici |= Q(territoire=lieu.territoire, guichet=lieu.guichet)
    return Q(auteur=compte_id) & ici & ~Q(guichet="", demande=None)


DISPARU = "Ce brouillon n’existe plus, ou il appartient à une autre personne."
ACQUIS, PASSE = "acquis", "passe"
"""Beside the pages in the encrypted document; the codes of no page."""

type Saut = tuple[int, Mapping[str, Any]]
"""What one save replaced: the number of the draft before it, and what the pages it changed held (``None``: nothing)."""


@dataclass(frozen=True, slots=True)
class BrouillonOuvert:
    """A draft, decrypted. ``donnees`` is what was typed, as typed, by step; ``numero`` that of its last save.

    ``demande_id`` and ``revision``: the demande that it renews and the revision that was read, or nothing.
    ``acquis``: what its author's screen kept beside, if it did. ``passe``: the last saves, the oldest first.
    """

    id: uuid.UUID
    territoire: str
    guichet: str
    donnees: dict[str, Any]
    ouvert_le: datetime
    maj_le: datetime
    demande_id: uuid.UUID | None = None
    revision: int | None = None
    numero: int = 1
    acquis: dict[str, Any] | None = None
    passe: tuple[Saut, ...] = ()

    def donnees_au(self, numero: int) -> dict[str, Any] | None:
        """What was typed when the draft bore this number; ``None`` when that is too old to be known, or was never."""
        if numero == self.numero:
            return self.donnees
        connus = [avant for avant, _ in self.passe]
        if numero not in connus:
            return None
        donnees: dict[str, Any] = dict(self.donnees)
        for _, remplacees in reversed(self.passe[connus.index(numero) :]):
            donnees |= remplacees
        return {code: saisi for code, saisi in donnees.items() if saisi is not None}


@dataclass(frozen=True, slots=True)
class RenouvellementOuvert:
    """A renewal under way: of which demande, saved when."""

    nud: str
    maj_le: datetime


# Every page of entry begins by this read, and the ORM would take longer to compose it than the database to answer it.
COLONNES = (
    "id",
    "territoire",
    "guichet",
    "donnees",
    "ouvert_le",
    "maj_le",
    "demande_id",
    "revision",
    "numero",
)
LIRE = f"SELECT {', '.join(COLONNES)} FROM brouillon WHERE id = %s AND auteur = %s AND demande_id IS NULL"  # noqa: S608

LES_SIENS = (
    f"SELECT {', '.join(COLONNES)} FROM brouillon "  # noqa: S608
    "WHERE auteur = %s AND guichet = '' AND demande_id IS NULL ORDER BY maj_le DESC, id DESC"
)


def get_brouillon(brouillon_id: uuid.UUID, acteur: Acteur) -> BrouillonOuvert:
    """The actor's own registration under way. Raises ``Introuvable``, for a renewal too."""
    with connection.cursor() as curseur:
        curseur.execute(LIRE, [brouillon_id, acteur.id])
        lu = curseur.fetchone()
    if lu is None:
        raise Introuvable(DISPARU)
    return ouvrir_ligne(lu)


def get_renouvellement(demande_id: uuid.UUID, acteur: Acteur) -> BrouillonOuvert | None:
    """The actor's own renewal of this demande under way, or ``None``."""
    siens = models.Brouillon.objects.filter(demande=demande_id, auteur=acteur.id)
    lu = siens.values_list(*COLONNES).first()
    return ouvrir_ligne(lu) if lu else None


def relire_brouillon(brouillon: BrouillonOuvert, acteur: Acteur) -> BrouillonOuvert:
    """The actor's own draft as it now stands. Raises ``Introuvable`` when it has ended meanwhile."""
    if brouillon.demande_id is None:
        return get_brouillon(brouillon.id, acteur)
    lu = get_renouvellement(brouillon.demande_id, acteur)
    if lu is None:
        raise Introuvable(DISPARU)
    return lu


def is_reste_tel_quel(cle: uuid.UUID, numero: int) -> bool:
    """Whether this draft, or this demande, still bears that number, and nobody has to be protected there since."""
    demandes = [
        *models.Brouillon.objects.filter(id=cle, numero=numero).values_list("demande_id", flat=True),
        *Demande.objects.filter(id=cle, revision=numero).values_list("id", flat=True),
    ]
    return bool(demandes) and not list_protegees([demande for demande in demandes if demande])


def list_brouillons(acteur: Acteur, *, au_plus: int = 10) -> tuple[BrouillonOuvert, ...]:
    """The actor's registrations under way, the last touched first."""
    siens = models.Brouillon.objects.filter(auteur=acteur.id, demande=None)
    lus = siens.order_by("-maj_le", "-id").values_list(*COLONNES)[:au_plus]
    return tuple(ouvrir_ligne(lu) for lu in lus)


def list_siens(compte: uuid.UUID) -> tuple[BrouillonOuvert, ...]:
    """The registrations that a household has begun by itself, one for each territory, the last touched first."""
    with connection.cursor() as curseur:
        curseur.execute(LES_SIENS, [compte])
        return tuple(map(ouvrir_ligne, curseur.fetchall()))


def list_auteurs(comptes: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of these accounts that have begun a registration by themselves."""
    siens = models.Brouillon.objects.filter(auteur__in=comptes, guichet="", demande=None)
    return frozenset(siens.values_list("auteur", flat=True))


def list_commencees_parmi(cles: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of these registrations that are still being typed."""
    return frozenset(models.Brouillon.objects.filter(id__in=cles).values_list("id", flat=True))


def list_laissees(entre: datetime, et: datetime) -> Iterator[tuple[uuid.UUID, BrouillonOuvert]]:
    """Registrations that households began by themselves and left between these instants, each with its account."""
    laisses = models.Brouillon.objects.filter(guichet="", demande=None, maj_le__gt=entre, maj_le__lte=et)
    for auteur, *lu in laisses.order_by("maj_le", "id").values_list("auteur", *COLONNES).iterator():
        yield auteur, ouvrir_ligne(lu)


def list_renouvellements(acteur: Acteur, *, au_plus: int = 10) -> tuple[RenouvellementOuvert, ...]:
    """The actor's renewals under way, the last touched first."""
    siens = models.Brouillon.objects.filter(
        auteur=acteur.id, demande__in=Demande.objects.filter(policies.scope(acteur))
    ).order_by("-maj_le", "-id")
    return tuple(
        RenouvellementOuvert(*ligne) for ligne in siens.values_list("demande__nud", "maj_le")[:au_plus]
    )


def ouvrir_ligne(lu: Sequence[Any]) -> BrouillonOuvert:
    """A draft from its columns, in the order of :data:`COLONNES`."""
    cle, territoire, guichet, chiffrees, ouvert_le, maj_le, demande_id, revision, numero = lu
    donnees = json.loads(dechiffrer(chiffrees, lie_a=cle.bytes))
    acquis = donnees.pop(ACQUIS, None)
    passe = tuple((numero, remplacees) for numero, remplacees in donnees.pop(PASSE, ()))
    return BrouillonOuvert(
        cle, territoire, guichet, donnees, ouvert_le, maj_le, demande_id, revision, numero, acquis, passe
    )
