"""An act whose row takes its id from outside: handed in again by the same author, it is found done, and not done twice.

A screen lets the register make the id. An interface derives it from what its caller sent, so that a message sent again
after a cut line gives the same receipt, also once the state of the demande would refuse it.
"""

import uuid

from django.db.models import Model

from sne.registre.demande.models.demande import Demande
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit


def deja_ecrite[M: Model](
    modele: type[M], cle: uuid.UUID | None, *, demande: Demande, acteur: Acteur
) -> M | None:
    """The row that this author already wrote under this id on this demande, which the caller has locked; ``None``
    without an id, or when it is new.

    Raises ``Interdit`` when the id names the act of another author, or of another demande.
    """
    ligne = modele._default_manager.filter(id=cle).first() if cle else None
    if ligne is not None and (ligne.demande_id, ligne.auteur) != (demande.id, acteur.id):  # type: ignore[attr-defined]
        raise Interdit("Cet identifiant d’envoi a déjà servi à un autre acte. Envoyez-en un nouveau.")
    return ligne
