"""After a restoration: the past brings back sessions and rights that had ended since; none may serve again."""

import uuid
from collections.abc import Collection

from django.contrib.sessions.models import Session
from django.db import transaction

from sne.habilitations.actions.retraits import terminer
from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules import MotifRetrait
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.horloge import jour


@transaction.atomic
def fermer_partout(*, acte: Acte) -> int:
    """End every session of every professional; returns how many. Whoever held one signs in again."""
    Compte.objects.update(sessions_closes_le=acte.survenu_le)
    return Session.objects.all().delete()[0]


@transaction.atomic
def finir_de_nouveau(habilitations: Collection[uuid.UUID], *, acte: Acte) -> int:
    """End again, from that day on, roles that the lost journal says had ended; returns how many."""
    le = jour(acte.survenu_le)
    vivantes = (
        Habilitation.objects.select_for_update().filter(pk__in=list(habilitations)).exclude(fin__lte=le)
    )
    vises = list(vivantes.order_by("pk"))
    for habilitation in vises:
        terminer(
            habilitation, fin=max(le, habilitation.debut), motif=MotifRetrait.SECURITE, acte=acte, role=""
        )
    return len(vises)


@transaction.atomic
def suspendre_acces(comptes: Collection[uuid.UUID], *, acte: Acte) -> int:
    """Accounts whose way in was changed since: nobody signs in by the former one; returns how many.

    A manager gives a new way in (« réinitialiser l’accès »), once they know who asks.
    """
    vises = list(
        Compte.objects.select_for_update().filter(pk__in=list(comptes), logiciel=False).order_by("pk")
    )
    for compte in vises:
        compte.set_unusable_password()
        compte.proconnect = None
        compte.save(update_fields=["password", "proconnect"])
        faits = {"compte": str(compte.id), "champ": "ACCES"}
        inscrire(Entree(VerbeHabilitation.MODIFIER_COMPTE, acte, faits=faits))
    return len(vises)
