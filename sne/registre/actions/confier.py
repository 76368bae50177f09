"""Drafts of somebody who leaves go to whoever takes over: nothing typed is lost."""

from django.db.models import Exists, OuterRef

from sne.habilitations.detenus import Passation
from sne.registre.models import Brouillon
from sne.registre.selectors.detenus import brouillons_des_lieux


def confier_brouillons(passation: Passation) -> int:
    """Change their author, in the caller's transaction, which journals it; returns how many.

    A renewal that the successor has under way themselves stays as it is: theirs goes on.
    """
    if passation.successeur_id is None:
        return 0
    le_sien = Brouillon.objects.filter(auteur=passation.successeur_id, demande=OuterRef("demande"))
    siens = Brouillon.objects.filter(brouillons_des_lieux(passation.compte_id, passation.lieux))
    return siens.exclude(Exists(le_sien)).update(auteur=passation.successeur_id)
