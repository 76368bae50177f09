"""An e-mail address that refused a message is marked so, until another one is given."""

import uuid

from django.db import transaction

from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.personne import EtatCourriel
from sne.registre.joindre import policies
from sne.registre.joindre.verbes import VerbeJoindre
from sne.socle.acte import Acte
from sne.socle.erreurs import require


@transaction.atomic
def invalider_courriel(demande_id: uuid.UUID, courriel: str, *, message: uuid.UUID, acte: Acte) -> int:
    """Mark the persons of a demande who still have that address; how many were not marked yet.

    No revision: what the household declared does not change. Raises ``Introuvable``, ``NonHabilite``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    require(
        policies.can_invalider_courriel(acte.acteur, demande),
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
    dire(
        VerbeJoindre.INVALIDER_COURRIEL,
        demande,
        acte=acte,
        faits={"personnes": [str(p.id) for p in personnes], "message": str(message)},
    )
    return len(personnes)
