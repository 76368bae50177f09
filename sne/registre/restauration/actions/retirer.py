"""Taking back a request that a demande be put back: by the person who asked, as long as nobody has answered."""

import uuid

from django.db import transaction

from sne.habilitations.rules import Permission
from sne.registre.enquete.rules.restauration import IssueRestauration
from sne.registre.restauration.actions.inscription import journaliser_a_part
from sne.registre.restauration.actions.requete import lock_requete, terminer
from sne.registre.restauration.possible import exiger_restauration_retirable
from sne.registre.restauration.verbes import VerbeRestauration
from sne.socle.acte import Acte


@transaction.atomic
def retirer_restauration(requete_id: uuid.UUID, *, acte: Acte) -> None:
    """End one's own request without an answer; nothing else changes, and another may be asked for.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (somebody else's, ended already).
    """
    requete, demande = lock_requete(requete_id, acteur=acte.acteur)
    exiger_restauration_retirable(requete, acte.acteur)
    permission = Permission.RESTAURATION_DEMANDER
    fin = terminer(requete, demande, IssueRestauration.RETIREE, permission=permission, acte=acte)
    fin.save(force_insert=True)
    faits = {"restauration": str(fin.id), "requete": str(requete.id)}
    journaliser_a_part(VerbeRestauration.RETIRER_RESTAURATION, requete, faits, acte=acte)
