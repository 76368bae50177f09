"""The demande, locked, for whoever is about to change it."""

import uuid

from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.effacement import demande_absente
from sne.registre.demande.selectors.effacement import get_effacement
from sne.socle.acteur import Acteur


def lock_demande(demande_id: uuid.UUID, *, acteur: Acteur) -> Demande:
    """The demande, locked until the end of the transaction. Raises ``Introuvable`` outside the perimeter.

    Its version is read by a later statement: joined to the lock, a row that waited for another writer would be looked
    for beside the version of before, and not be found.
    """
    demande = Demande.objects.select_for_update().filter(policies.scope(acteur), id=demande_id).first()
    if demande is None:
        effacement = get_effacement(acteur, demande_id=demande_id)
        raise demande_absente(effacement, "Aucun dossier dans votre périmètre sous ce numéro.")
    return demande
