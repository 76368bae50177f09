"""An attempt to send: marked before it starts, told once its outcome is known."""

import uuid
from datetime import datetime

from django.db import transaction

from sne.journal import actions as journal
from sne.notifications import selectors
from sne.notifications.actions.preparer import Projet, entree, preparer_message
from sne.notifications.models import Message, MessageAgent, Tentative, TentativeAgent
from sne.notifications.rules import (
    A_ENVOYER,
    AdressePostale,
    Canal,
    Etat,
    Genre,
    Issue,
    Limites,
    Resultat,
    attente,
    est_definitif,
    suivant,
)
from sne.notifications.verbes import VerbeMessage
from sne.socle.acte import Acte
from sne.socle.mesures import compter_un_message

VERBES = {
    Etat.ENVOYE: VerbeMessage.ENVOYER_MESSAGE,
    Etat.DIFFERE: VerbeMessage.DIFFERER_MESSAGE,
    Etat.DELIVRE: VerbeMessage.DELIVRER_MESSAGE,
    Etat.REJETE: VerbeMessage.REJETER_MESSAGE,
}
A_REPRENDRE = frozenset({Issue.TEMPORAIRE, Issue.INDISPONIBLE})


@transaction.atomic
def engager_message(message_id: uuid.UUID, *, survenu_le: datetime) -> bool | None:
    """Mark that an attempt starts now. ``None``: nothing to send; ``False``: an earlier attempt was cut short.

    The mark is committed before the server is spoken to: a process that finds a mark without outcome knows that the
    server may have accepted.
    """
    message = lock_envoi(message_id)
    if message is None:  # erased with its demande
        return None
    du = message.prochain_essai_le is not None and message.prochain_essai_le <= survenu_le
    if message.etat not in A_ENVOYER or not du:
        return None
    if message.engage_le is not None:
        return False
    message.engage_le = survenu_le
    message.save(update_fields=["engage_le"])
    return True


@transaction.atomic
def noter_tentative(message_id: uuid.UUID, resultat: Resultat, *, acte: Acte) -> Etat | None:
    """Keep what an attempt gave, and tell it; returns the new state (``None``: it changed nothing).

    A temporary failure is tried again later; a refused or uncertain e-mail becomes a letter, once, when a postal
    address is known.
    """
    message = lock_envoi(message_id)
    if message is None:
        return None
    return noter(message, resultat, acte=acte, reprendre=True)


def lock_envoi(message_id: uuid.UUID) -> Message | MessageAgent | None:
    """The message locked, no matter who it is for; ``None`` once erased."""
    menage = Message.objects.select_for_update().filter(id=message_id).first()
    return menage or MessageAgent.objects.select_for_update().filter(id=message_id).first()


def noter(
    message: Message | MessageAgent,
    resultat: Resultat,
    *,
    acte: Acte,
    reprendre: bool,
    source: str = "",
) -> Etat | None:
    """The same for a locked message. ``reprendre``: we are the one to try again, not the server that warned us."""
    etat = suivant(Etat(message.etat), resultat.issue)
    if etat is None:
        message.engage_le = message.prochain_essai_le = None
        message.save(update_fields=["engage_le", "prochain_essai_le"])
        return None
    if resultat.issue is Issue.TEMPORAIRE and _trop_d_echecs(message, acte.survenu_le):
        etat = Etat.REJETE
    tentative: Tentative | TentativeAgent = message.tentatives.model(
        territoire=message.territoire,
        message_id=message.id,
        issue=resultat.issue,
        code=resultat.code,
        texte=resultat.texte,
        source=source,
        survenu_le=acte.survenu_le,
    )
    faits = {"tentative": str(tentative.id), "issue": str(resultat.issue), "code": resultat.code}
    tentative.entree = journal.inscrire(entree(VERBES[etat], message, acte=acte, **faits))
    tentative.save(force_insert=True)
    compter_un_message(str(message.canal), str(resultat.issue))
    _avancer(message, etat, reprendre=reprendre and resultat.issue in A_REPRENDRE, survenu_le=acte.survenu_le)
    if isinstance(message, Message) and (etat is Etat.REJETE or resultat.issue is Issue.INCERTAIN):
        _ecrire_a_la_place(message, acte=acte)
    return etat


def _avancer(message: Message | MessageAgent, etat: Etat, *, reprendre: bool, survenu_le: datetime) -> None:
    message.etat = etat
    message.essais += 1
    message.engage_le = None
    message.prochain_essai_le = (
        survenu_le + attente(message.essais) if reprendre and etat in A_ENVOYER else None
    )
    message.save(update_fields=["etat", "essais", "engage_le", "prochain_essai_le"])


def _trop_d_echecs(message: Message | MessageAgent, survenu_le: datetime) -> bool:
    """Whether this temporary failure, after those before it, amounts to a refusal."""
    temporaires = message.tentatives.filter(issue=Issue.TEMPORAIRE).order_by("survenu_le", "id")
    echecs = [*temporaires.values_list("survenu_le", flat=True), survenu_le]
    return est_definitif(echecs, Limites(message.limite_echecs, message.limite_heures))


def _ecrire_a_la_place(message: Message, *, acte: Acte) -> None:
    """The letter that makes up for an e-mail: the same text and file, once."""
    secours, contexte = (
        selectors.lire_chiffre(message, "secours"),
        selectors.lire_chiffre(message, "contexte"),
    )
    if message.canal == Canal.LETTRE or secours is None or contexte is None:
        return
    if Message.objects.filter(remplace=message).exists():  # uncertain, then refused
        return
    projet = Projet(
        territoire=message.territoire,
        demande_id=message.demande,
        revision=message.revision,
        nud=message.nud,
        genre=Genre.tous()[message.genre],
        canal=Canal.LETTRE,
        destinataire=AdressePostale.de_json(secours),
        contexte=contexte,
        origine=message.origine,
        limites=Limites(message.limite_echecs, message.limite_heures),
        piece=message.piece,
    )
    preparer_message(projet, acte=acte, remplace=message)
