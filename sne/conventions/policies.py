"""Who follows, stops and settles agreements: predicates on the actor."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q

from sne.conventions.models import Convention
from sne.habilitations.models import Habilitation
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import list_guichets
from sne.socle.acteur import Acteur, Mandat


def mandat_pour_gerer(acteur: Acteur) -> Mandat | None:
    """The mandate by which ``acteur`` may open an agreement and settle its keys, certificates, scopes and rates."""
    return acteur.mandat_pour(Permission.CONVENTION_GERER)


def mandat_pour_arreter(
    acteur: Acteur, territoires: Collection[str], *, partout: bool = False
) -> Mandat | None:
    """The mandate by which ``acteur`` may stop an agreement that covers these territories, or take back its keys.

    ``partout``: everywhere at once, which is for national operation. A key is of all its territories: whoever answers
    for one of them may take it back.
    """
    for mandat in acteur.mandats:
        if Permission.CONVENTION_ARRETER not in mandat.permissions or mandat.perimetre.personnel:
            continue
        if mandat.perimetre.national or (not partout and mandat.perimetre.territoire in territoires):
            return mandat
    return None


def scope(acteur: Acteur, *, le: date) -> Q:
    """Agreements that the actor may see: all of them; else those that cover or covered a guichet of their territories,
    and those of a body that has one there, which they may then list.
    """
    territoires = acteur.territoires(Permission.CONVENTION_LIRE)
    if territoires is None:
        return Q()
    couverts = Habilitation.objects.filter(compte=OuterRef("compte"), territoire__in=territoires)
    organismes = {g.organisme for t in territoires for g in list_guichets(t, le=le)}
    return Q(Exists(couverts)) | Q(organisme__in=organismes)


def scope_des_appels(acteur: Acteur) -> Q:
    """Calls that the actor may see, of an agreement that they may see: all, or those made for guichets of theirs."""
    territoires = acteur.territoires(Permission.CONVENTION_LIRE)
    return Q() if territoires is None else Q(territoire__in=territoires)


def can_noter(convention: Convention, acteur: Acteur) -> bool:
    """Keep what this agreement was given of a demande: its software alone."""
    return convention.compte_id == acteur.id
