"""An e-mail address that refused a message is marked so, until another one is given."""

import uuid
from datetime import datetime

from django.db import transaction

from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.personne import EtatCourriel
from sne.registre.joindre import policies
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require


@transaction.atomic
def invalider_courriel(
    demande_id: uuid.UUID, courriel: str, *, message: uuid.UUID, acteur: Acteur, survenu_le: datetime
) -> int:
    """Mark the persons of a demande who still have that address; how many were not marked yet.

    No revision: what the household declared does not change. Raises ``Introuvable``, ``NonHabilite``.
    """
    demande = lock_demande(demande_id, acteur=acteur)
    require(
        policies.can_invalider_courriel(acteur, demande),
        "Seul le service marque une adresse électronique qui refuse les messages.",
    )
    personnes = list(
        Personne.objects.filter(demande=demande, courriel=courriel.lower()).exclude(
            courriel_etat=EtatCourriel.INVALIDE
        )
    )
    if not personnes:
        return 0
    for personne in personnes:
        personne.courriel_etat = EtatCourriel.INVALIDE
        personne.save(update_fields=["courriel_etat"])
    journal.inscrire(
        Entree(
            verbe=Verbe.INVALIDER_COURRIEL,
            acteur=acteur,
            survenu_le=survenu_le,
            territoire=demande.territoire,
            demande_id=demande.id,
            revision=demande.revision,
            faits={"personnes": [str(p.id) for p in personnes], "message": str(message)},
        )
    )
    return len(personnes)
