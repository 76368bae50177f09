"""Who sends, follows and stops imports: the software of the agreement; who reads them besides, by agreement."""

import uuid

from django.db.models import Q

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur


def can_importer(acteur: Acteur, *, compte: uuid.UUID) -> bool:
    """Send a file for an agreement, start it again, stop it: its software, at a guichet; lines are judged besides."""
    return acteur.id == compte and bool(acteur.guichet) and bool(acteur.mandats)


def scope(acteur: Acteur) -> Q:
    """Imports that the actor may see: their own software’s; those of the territories whose agreements they read."""
    territoires = acteur.territoires(Permission.CONVENTION_LIRE)
    if territoires is None:
        return Q()
    return Q(convention__compte=acteur.id) | Q(territoire__in=territoires)
