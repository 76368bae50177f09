"""Whether the household of a file struck off was told, in words for the person who reads the file."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sne.guichet.vie.presentation.preavis import Alerte
from sne.notifications.rules import Etat
from sne.notifications.selectors import MessageLu
from sne.registre.enquete.selectors.gels import RadiationLue
from sne.registre.vie.messages import MessageVie

TITRE = "Le ménage n’a pas été prévenu de la radiation"
PREPARATION = timedelta(
    hours=1
)  # the message is prepared some seconds after the act, or when the worker is back
PAS_PARTI = (
    "Aucun avis de radiation n’est parti\u00a0: aucune adresse du dossier ne permet d’écrire au ménage, ou les envois "
    "sont en retard. Prévenez le ménage autrement."
)
REFUSE = (
    "L’avis de radiation a été refusé par tous les moyens d’envoi, listés dans «\u00a0Messages\u00a0». Prévenez le "
    "ménage autrement."
)


def alerte_de_radiation(
    radiation: RadiationLue | None, messages: Sequence[MessageLu], *, instant: datetime
) -> Alerte | None:
    """That nobody was told of the striking-off that holds; ``None`` when there is none, or a notice is on its way."""
    if radiation is None:
        return None
    avis = [
        m for m in messages if m.genre is MessageVie.AVIS_RADIATION and m.survenu_le >= radiation.survenu_le
    ]
    if any(m.etat is not Etat.REJETE for m in avis):
        return None
    if not avis and instant - radiation.survenu_le < PREPARATION:
        return None
    return Alerte(TITRE, REFUSE if avis else PAS_PARTI)
