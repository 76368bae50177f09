"""Write to a professional: with the act that asks for it, sent later, once for each thing that asks."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sne.journal import actions as journal
from sne.notifications import selectors
from sne.notifications.actions.preparer import chiffrer_champ, entree, un_a_la_fois
from sne.notifications.models import MessageAgent
from sne.notifications.rules import Canal, Etat, GenreAgent, Limites, verifier
from sne.notifications.verbes import VerbeMessage
from sne.socle.acte import Acte
from sne.socle.identifiants import uuid7


@dataclass(frozen=True, slots=True, kw_only=True)
class Pli:
    """A message to a professional. ``destinataire``: their e-mail; ``compte_id``: the account that it is of.

    ``origine`` says what asks for it, in a text that is unique (``identites:099:2026-11-24``): for one origin, a kind
    of message is sent once to each address. ``piece`` names a file that another module makes when the message leaves;
    ``territoire`` is empty for the national operator.
    """

    destinataire: str
    genre: GenreAgent
    contexte: Mapping[str, str]
    origine: str
    limites: Limites
    compte_id: uuid.UUID | None = None
    territoire: str = ""
    piece: str = ""


@transaction.atomic
def ecrire_a(pli: Pli, *, acte: Acte) -> bool:
    """Write a message and tell it, in the caller's transaction; ``False`` when it is there already.

    Raises ``MessageMalPrepare``.
    """
    verifier(pli.genre, Canal.COURRIEL, pli.contexte)
    un_a_la_fois(pli.origine)
    marque = selectors.empreinte_de(pli.destinataire)
    semblables = MessageAgent.objects.filter(
        territoire=pli.territoire, origine=pli.origine, genre=pli.genre, empreinte=marque
    )
    if semblables.exists():
        return False
    message = _message(pli, marque=marque, survenu_le=acte.survenu_le)
    dite = entree(VerbeMessage.ECRIRE_A_UN_AGENT, message, acte=acte)
    message.entree = journal.inscrire(dite)
    message.save(force_insert=True)
    return True


def _message(pli: Pli, *, marque: bytes, survenu_le: datetime) -> MessageAgent:
    cle = uuid7()
    return MessageAgent(
        id=cle,
        territoire=pli.territoire,
        genre=pli.genre,
        compte=pli.compte_id,
        destinataire=chiffrer_champ(cle, "destinataire", pli.destinataire),
        empreinte=marque,
        contexte=chiffrer_champ(cle, "contexte", dict(pli.contexte)),
        piece=pli.piece,
        origine=pli.origine,
        etat=Etat.A_ENVOYER,
        limite_echecs=pli.limites.echecs,
        limite_heures=pli.limites.heures,
        prochain_essai_le=survenu_le,
        survenu_le=survenu_le,
    )
