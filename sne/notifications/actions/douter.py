"""After a restoration: what waited at the instant restored may have left since."""

import uuid

from sne.notifications.actions.essayer import noter_tentative
from sne.notifications.models import Message, MessageAgent
from sne.notifications.rules import A_ENVOYER, Issue, Resultat
from sne.socle.acte import Acte

PEUT_ETRE_PARTI = Resultat(Issue.INCERTAIN, texte="Base restaurée\u00a0: ce message est peut-être parti")


def douter_de_tout(*, acte: Acte) -> int:
    """Every message that waits is held for sent, perhaps: none leaves again; returns how many.

    As after any doubt, a letter makes up for an e-mail to a household whose postal address is known.
    """
    vises: list[uuid.UUID] = []
    for modele in (Message, MessageAgent):
        vises += modele.objects.filter(etat__in=A_ENVOYER).order_by("id").values_list("id", flat=True)
    for message_id in vises:
        noter_tentative(message_id, PEUT_ETRE_PARTI, acte=acte)
    return len(vises)
