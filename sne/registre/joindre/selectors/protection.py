"""Whether a demande may be spoken of: the one answer that messages, screens, histories and lists ask.

A reason said once (« violences familiales »), or an address said secret at a separation, protects a demande until a
person lifts it. Taking the reason out of the content lifts nothing: somebody who threatens the household could have it
taken out.
"""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.separation import Separation
from sne.registre.joindre.rules.secret import VIOLENCES


def list_protegees(demandes: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of these demandes that are spoken of to nobody; one statement, however many there are."""
    dites = _disant(Q(demande__in=[*demandes])).values_list("demande_id", flat=True)
    secretes = _secretes([*demandes]).values_list("nouvelle_id", flat=True)
    return frozenset(dites.union(secretes))


def is_protegee(demande: Demande, *, revision: int | None = None) -> bool:
    """Whether this demande is spoken of to nobody.

    ``revision``: also whether somebody left it at that revision for a demande that is protected.
    """
    visees = {demande.id}
    if revision is not None:
        departs = Separation.objects.filter(demande=demande, revision=revision)
        visees |= set(departs.values_list("nouvelle_id", flat=True))
    return bool(list_protegees(visees))


def list_violences_ajoutees(demandes: Collection[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """When violence first appeared among the reasons of each of these demandes; demandes that said so at the deposit
    are left out.
    """
    premieres = _disant(Q(demande__in=[*demandes])).order_by("demande", "numero").distinct("demande")
    return {
        demande: survenu_le
        for demande, numero, survenu_le in premieres.values_list("demande", "numero", "survenu_le")
        if numero > 1
    }


def list_auteurs_du_retrait(demande: Demande) -> frozenset[uuid.UUID]:
    """Accounts that may not lift the protection: the one that took the reason out last, the one that said that the
    address is secret.
    """
    derniere = _disant(Q(demande=demande)).aggregate(derniere=Max("numero"))["derniere"] or 0
    retrait = (
        Version.objects.filter(demande=demande, numero=derniere + 1) if derniere else Version.objects.none()
    )
    dites = _secretes([demande.id]).values_list("auteur", flat=True)
    return frozenset([*retrait.values_list("auteur", flat=True), *dites])


def _disant(lesquelles: Q) -> QuerySet[Version]:
    """Versions that say the reason, and that nothing lifted since."""
    dites = Version.objects.filter(lesquelles, contenu__contains={"motifs": {"codes": [VIOLENCES]}})
    levees = Version.objects.filter(
        demande=OuterRef("demande"), numero__gt=OuterRef("numero"), protection_levee=True
    )
    return dites.filter(~Exists(levees))


def _secretes(nouvelles: list[uuid.UUID]) -> QuerySet[Separation]:
    """Separations whose agent said the new address secret, and that nothing lifted since."""
    levees = Version.objects.filter(demande=OuterRef("nouvelle"), protection_levee=True)
    return Separation.objects.filter(~Exists(levees), nouvelle__in=nouvelles, secrete=True)


def is_a_taire(demande_id: uuid.UUID, *, revision: int) -> bool:
    """Whether nothing of what was done at that revision may be sent to anybody."""
    return is_protegee(Demande.objects.get(id=demande_id), revision=revision)
