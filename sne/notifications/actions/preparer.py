"""Prepare a message to a household: written with the act that asks for it, sent later, once, even if the job runs
twice.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.notifications import selectors
from sne.notifications.models import Message, MessageAgent
from sne.notifications.rules import AdressePostale, Canal, Etat, Genre, Limites, verifier
from sne.notifications.verbes import VerbeMessage
from sne.socle.acte import Acte
from sne.socle.chiffrement import chiffrer
from sne.socle.identifiants import uuid7
from sne.socle.langues import FRANCAIS


@dataclass(frozen=True, slots=True)
class Projet:
    """A message to prepare. ``destinataire``: e-mail, telephone or postal address, as the channel wants.

    ``origine`` is the journal entry that asks for it: for one entry, a kind of message is sent once by each channel to
    each address. ``piece`` names a file that another module makes when the message leaves (``attestation:…``);
    ``secours`` is where a letter goes when an e-mail does not arrive. ``revision`` is ``None`` when the act is on no
    revision. ``langue``: the one in which its reader asked to be written to.
    """

    territoire: str
    demande_id: uuid.UUID
    revision: int | None
    nud: str
    genre: Genre
    canal: Canal
    destinataire: str | AdressePostale
    contexte: Mapping[str, str]
    origine: uuid.UUID
    limites: Limites
    piece: str = ""
    secours: AdressePostale | None = None
    langue: str = FRANCAIS


@transaction.atomic
def preparer_message(projet: Projet, *, acte: Acte, remplace: Message | None = None) -> Message:
    """Write a message and tell it; the one already there when the same event is handled again.

    ``remplace`` is the e-mail that this letter makes up for. Raises ``MessageMalPrepare``.
    """
    verifier(projet.genre, projet.canal, projet.contexte)
    un_a_la_fois(projet.origine)
    marque = selectors.empreinte_de(_brut(projet.destinataire))
    deja = Message.objects.filter(
        territoire=projet.territoire,
        origine=projet.origine,
        genre=projet.genre,
        canal=projet.canal,
        empreinte=marque,
    ).first()
    if deja is not None:
        return deja
    message = _message(projet, marque=marque, survenu_le=acte.survenu_le)
    message.remplace = remplace
    message.entree = journal.inscrire(entree(VerbeMessage.PREPARER_MESSAGE, message, acte=acte))
    message.save(force_insert=True)
    return message


def entree(verbe: Verbe, message: Message | MessageAgent, *, acte: Acte, **faits: object) -> Entree:
    """The journal entry of an act on a message: it names the demande when the revision spoken of is known."""
    revision = message.revision if isinstance(message, Message) else None
    return Entree(
        verbe=verbe,
        acte=acte,
        territoire=message.territoire,
        demande_id=message.demande if isinstance(message, Message) and revision is not None else None,
        revision=revision,
        faits={"message": str(message.id), "genre": message.genre, "canal": message.canal, **faits},
    )


def un_a_la_fois(origine: uuid.UUID | str) -> None:
    """One handler at a time for one event: the second finds what the first wrote."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"message:{origine}"])


def _message(projet: Projet, *, marque: bytes, survenu_le: datetime) -> Message:
    cle = uuid7()
    return Message(
        id=cle,
        territoire=projet.territoire,
        demande=projet.demande_id,
        revision=projet.revision,
        nud=projet.nud,
        genre=projet.genre,
        canal=projet.canal,
        langue=FRANCAIS if projet.canal is Canal.LETTRE else projet.langue,
        destinataire=chiffrer_champ(cle, "destinataire", _brut(projet.destinataire)),
        empreinte=marque,
        contexte=chiffrer_champ(cle, "contexte", dict(projet.contexte)),
        secours=chiffrer_champ(cle, "secours", projet.secours.vers_json()) if projet.secours else None,
        piece=projet.piece,
        origine=projet.origine,
        etat=Etat.A_ENVOYER,
        limite_echecs=projet.limites.echecs,
        limite_heures=projet.limites.heures,
        prochain_essai_le=survenu_le,
        survenu_le=survenu_le,
    )


def _brut(destinataire: str | AdressePostale) -> Any:
    return destinataire.vers_json() if isinstance(destinataire, AdressePostale) else destinataire


def chiffrer_champ(cle: uuid.UUID, champ: str, valeur: object) -> bytes:
    """A value as its column keeps it, tied to its row."""
    clair = json.dumps(valeur, ensure_ascii=False).encode()
    return chiffrer(clair, lie_a=selectors.lie_a(cle, champ))
