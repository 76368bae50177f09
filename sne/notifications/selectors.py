"""Reads of the messages: those of a demande for its page, one with what it says, those whose turn has come."""

import json
import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Min, Prefetch, Q, QuerySet

from sne.notifications.models import Message, MessageAEffacer, MessageAgent, Tentative
from sne.notifications.rules import (
    A_ENVOYER,
    AdressePostale,
    Canal,
    Etat,
    Genre,
    GenreAgent,
    Issue,
    met_en_cause_l_adresse,
)
from sne.socle.chiffrement import cle_pour, dechiffrer, empreinte
from sne.socle.langues import FRANCAIS
from sne.socle.masques import courriel_masque, telephone_masque

USAGE_JETON, USAGE_DESTINATAIRE = "messages.retour", "messages.destinataire"
SUR_LA_PAGE = 50


@dataclass(frozen=True, slots=True)
class Contenu:
    """What a message says and to whom; ``adresse`` for a letter, ``destinataire`` for the rest.

    ``nud`` is empty when it is for a professional.
    """

    id: uuid.UUID
    territoire: str
    genre: Genre | GenreAgent
    canal: Canal
    nud: str
    destinataire: str
    adresse: AdressePostale | None
    contexte: dict[str, str]
    piece: str
    survenu_le: datetime
    langue: str


@dataclass(frozen=True, slots=True)
class TentativeLue:
    """One attempt or return."""

    survenu_le: datetime
    issue: Issue
    code: str
    texte: str


@dataclass(frozen=True, slots=True)
class MessageLu:
    """A message as the page of a file tells it; the address is recognisable, not readable."""

    genre: Genre
    libelle: str
    canal: Canal
    etat: Etat
    adresse_masquee: str
    survenu_le: datetime
    tentatives: tuple[TentativeLue, ...]


@dataclass(frozen=True, slots=True)
class Suite:
    """What an attempt gave, for the code that reacts to it. ``destinataire`` is empty once erased, and for a letter.

    ``adresse_en_cause``: whether the refusal says something of the address; ``lettre``: whether one makes up for it.
    """

    message_id: uuid.UUID
    demande_id: uuid.UUID
    territoire: str
    origine: uuid.UUID
    canal: Canal
    piece: str
    destinataire: str
    adresse_en_cause: bool
    lettre: bool
    survenu_le: datetime


def cle_des_jetons() -> bytes:
    """The key of the return addresses."""
    return cle_pour(USAGE_JETON)


def lie_a(message_id: uuid.UUID, champ: str) -> bytes:
    """What ties a ciphertext to its row and to its column."""
    return message_id.bytes + champ.encode()


def lire_chiffre(message: Message | MessageAgent, champ: str) -> Any:
    """The value of an encrypted column; ``None`` once erased."""
    chiffre = getattr(message, champ)
    if chiffre is None:
        return None
    return json.loads(dechiffrer(chiffre, lie_a=lie_a(message.id, champ)))


def empreinte_de(destinataire: Any) -> bytes:
    """What tells two addresses apart without reading them: an e-mail or a number as text, a postal address as JSON."""
    return empreinte(json.dumps(destinataire), usage=USAGE_DESTINATAIRE)


def list_demandes_ecrites(genre: Genre) -> dict[str, set[uuid.UUID]]:
    """What such messages are of, by territory, as long as they say where they went."""
    trouvees: dict[str, set[uuid.UUID]] = {}
    ecrites = Message.objects.filter(genre=genre).exclude(destinataire=None)
    for territoire, demande in ecrites.values_list("territoire", "demande"):
        trouvees.setdefault(territoire, set()).add(demande)
    return trouvees


def has_message_depuis(demande_id: uuid.UUID, genre: Genre, depuis: datetime, *, territoire: str) -> bool:
    """Whether such a message was prepared for this demande since that instant, to whoever it was."""
    return Message.objects.filter(
        territoire=territoire, demande=demande_id, genre=genre, survenu_le__gte=depuis
    ).exists()


def has_message_a(demande_id: uuid.UUID, genre: Genre, destinataire: str, *, territoire: str) -> bool:
    """Whether such a message was already prepared for this address and this demande, whatever asked for it."""
    marque = empreinte_de(destinataire)
    return Message.objects.filter(
        territoire=territoire, demande=demande_id, genre=genre, empreinte=marque
    ).exists()


def has_envoi(message_id: uuid.UUID) -> bool:
    """Whether a message of this key is kept here, no matter who it is for."""
    return any(modele.objects.filter(id=message_id).exists() for modele in (Message, MessageAgent))


def get_contenu(message_id: uuid.UUID) -> Contenu | None:
    """What to send; ``None`` once erased, with its demande or alone."""
    message: Message | MessageAgent | None = (
        Message.objects.filter(id=message_id).first() or MessageAgent.objects.filter(id=message_id).first()
    )
    if message is None:
        return None
    destinataire, contexte = lire_chiffre(message, "destinataire"), lire_chiffre(message, "contexte")
    if destinataire is None or contexte is None:
        return None
    lettre, menage = message.canal == Canal.LETTRE, isinstance(message, Message)
    return Contenu(
        id=message.id,
        territoire=message.territoire,
        genre=Genre.tous()[message.genre] if menage else GenreAgent.tous()[message.genre],
        canal=Canal(message.canal),
        nud=message.nud if isinstance(message, Message) else "",
        destinataire="" if lettre else destinataire,
        adresse=AdressePostale.de_json(destinataire) if lettre else None,
        contexte=contexte,
        piece=message.piece,
        survenu_le=message.survenu_le,
        langue=message.langue if isinstance(message, Message) else FRANCAIS,
    )


def get_message_prepare(entree_id: uuid.UUID) -> uuid.UUID | None:
    """The message that a journal entry prepared, no matter who it is for."""
    menage = Message.objects.filter(entree=entree_id).values_list("id", flat=True).first()
    return menage or MessageAgent.objects.filter(entree=entree_id).values_list("id", flat=True).first()


def list_a_envoyer(*, le: datetime, au_plus: int) -> tuple[uuid.UUID, ...]:
    """E-mails and SMS whose next attempt is due, the oldest first: those of households, then those of professionals."""
    menages = _dus(le).exclude(canal=Canal.LETTRE)
    agents = MessageAgent.objects.filter(etat__in=A_ENVOYER, prochain_essai_le__lte=le)
    return tuple(
        cle
        for dus in (menages, agents)
        for cle in dus.order_by("prochain_essai_le", "id").values_list("id", flat=True)[:au_plus]
    )


def list_lettres_a_deposer(*, le: datetime, au_plus: int) -> tuple[Message, ...]:
    """Letters that no drop has taken yet, the oldest first."""
    dues = _dus(le).filter(canal=Canal.LETTRE, depot=None)
    return tuple(dues.order_by("prochain_essai_le", "id")[:au_plus])


def list_depots_ouverts() -> tuple[tuple[uuid.UUID, datetime], ...]:
    """Drops whose letters are not all told yet, with the instant they were begun at: just now, or before a crash."""
    ouverts = Message.objects.filter(canal=Canal.LETTRE, etat__in=A_ENVOYER, depot__isnull=False)
    lus = ouverts.order_by("depot").values_list("depot", "engage_le").distinct()
    return tuple((depot, commence_le) for depot, commence_le in lus if depot and commence_le)


def list_lettres_du_depot(depot: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Letters of a drop that are not told yet, in their order."""
    lettres = Message.objects.filter(depot=depot, etat__in=A_ENVOYER).order_by("survenu_le", "id")
    return tuple(lettres.values_list("id", flat=True))


def list_a_effacer() -> tuple[MessageAEffacer, ...]:
    """Erased messages whose files may still be there, the oldest first."""
    return tuple(MessageAEffacer.objects.filter(efface_le=None).order_by("demande_le", "id"))


def get_attente(*, le: datetime) -> timedelta:
    """How long the oldest e-mail or SMS to a household, due and never tried, waits at ``le`` (aware).

    Letters leave in drops of an hour or more: they have a figure of their own.
    """
    dus = Message.objects.filter(etat=Etat.A_ENVOYER, prochain_essai_le__lte=le, depot=None).exclude(
        canal=Canal.LETTRE
    )
    premier: datetime | None = dus.aggregate(premier=Min("prochain_essai_le"))["premier"]
    return le - premier if premier else timedelta()


def get_lettre_due(*, le: datetime) -> timedelta:
    """How long the oldest letter that makes up for an e-mail waits to be handed to the printer, at ``le`` (aware)."""
    dues = _dus(le).filter(canal=Canal.LETTRE).exclude(remplace=None)
    premiere: datetime | None = dues.aggregate(premiere=Min("survenu_le"))["premiere"]
    return le - premiere if premiere else timedelta()


def get_effacement_en_retard(*, le: datetime) -> timedelta:
    """How long the oldest of these files waits at ``le`` (aware)."""
    premier: datetime | None = MessageAEffacer.objects.filter(efface_le=None).aggregate(
        premier=Min("demande_le")
    )["premier"]
    return max(timedelta(), le - premier) if premier else timedelta()


def list_messages(
    demande_id: uuid.UUID, *, territoire: str, au_plus: int = SUR_LA_PAGE
) -> tuple[MessageLu, ...]:
    """The last messages of a demande, the newest first, each with its attempts: two queries. One more than ``au_plus``
    when they do not all fit: the screen then says so.

    The caller has checked that its actor may read this demande.
    """
    tentatives = Prefetch("tentatives", Tentative.objects.order_by("-survenu_le", "-id"))
    lignes = Message.objects.filter(territoire=territoire, demande=demande_id).prefetch_related(tentatives)
    return tuple(_lu(message) for message in lignes.order_by("-survenu_le", "-id")[: au_plus + 1])


@dataclass(frozen=True, slots=True)
class Arrivee:
    """How far one sending went. ``le``: the instant of what was last known of it, ``None`` before any attempt."""

    canal: Canal
    etat: Etat
    le: datetime | None


def list_arrivees(
    demande_id: uuid.UUID, *, territoire: str, genre: Genre, depuis: datetime
) -> tuple[Arrivee, ...]:
    """What became of each message of a kind, prepared since then, the oldest first: neither to whom nor what it said.

    The caller has checked that its actor may read this demande.
    """
    siens = Message.objects.filter(
        territoire=territoire, demande=demande_id, genre=str(genre), survenu_le__gte=depuis
    )
    lus = siens.order_by("survenu_le", "id").annotate(le=Max("tentatives__survenu_le"))
    return tuple(
        Arrivee(Canal(canal), Etat(etat), le) for canal, etat, le in lus.values_list("canal", "etat", "le")
    )


@dataclass(frozen=True, slots=True)
class Envoye:
    """One sending, as its household is told of it. ``le``: the instant of what was last known of it, if any."""

    genre: Genre
    survenu_le: datetime
    canal: Canal
    etat: Etat
    le: datetime | None


def list_envois(demande_id: uuid.UUID, *, territoire: str) -> tuple[Envoye, ...]:
    """The messages of a demande, the newest first: neither to whom nor what they said, and none of those of which
    nobody may learn where they went.

    The caller has checked that its actor may read this demande.
    """
    dits = [code for code, genre in Genre.tous().items() if not genre.modele.tu]
    siens = Message.objects.filter(territoire=territoire, demande=demande_id, genre__in=dits)
    lus = siens.order_by("-survenu_le", "-id").annotate(le=Max("tentatives__survenu_le"))
    colonnes = lus.values_list("genre", "survenu_le", "canal", "etat", "le")
    return tuple(
        Envoye(Genre.tous()[genre], survenu_le, Canal(canal), Etat(etat), le)
        for genre, survenu_le, canal, etat, le in colonnes
    )


def get_suite(entree_id: uuid.UUID) -> Suite | None:
    """What the attempt told by this journal entry gave; ``None`` when it tells none."""
    tentative = Tentative.objects.filter(entree=entree_id).select_related("message").first()
    if tentative is None:
        return None
    message = tentative.message
    return Suite(
        message_id=message.id,
        demande_id=message.demande,
        territoire=message.territoire,
        origine=message.origine,
        canal=Canal(message.canal),
        piece=message.piece,
        destinataire=(lire_chiffre(message, "destinataire") or "") if message.canal != Canal.LETTRE else "",
        adresse_en_cause=met_en_cause_l_adresse(tentative.code),
        lettre=Message.objects.filter(remplace=message).exists(),
        survenu_le=tentative.survenu_le,
    )


@dataclass(frozen=True, slots=True)
class EnvoiDePiece:
    """The message that carries a file: the last one. ``adresse`` is empty once erased, and for a letter.

    ``parti_le``: when it was last accepted, ``None`` while it was not.
    """

    canal: Canal
    etat: Etat
    adresse: str
    parti_le: datetime | None


def list_envois_de_pieces(
    pieces: Collection[str], *, demandes: Collection[uuid.UUID], territoires: Collection[str]
) -> dict[str, EnvoiDePiece]:
    """Of these files of these demandes, the message that carries each; a letter comes in the place of its e-mail, and
    counts where both leave.

    One statement. The caller has checked that its actor may read these demandes.
    """
    partis = Max("tentatives__survenu_le", filter=Q(tentatives__issue__in=(Issue.ACCEPTE, Issue.DELIVRE)))
    messages = Message.objects.filter(
        territoire__in=[*territoires], demande__in=[*demandes], piece__in=[*pieces], remplacant=None
    )
    return {
        m.piece: EnvoiDePiece(
            canal=Canal(m.canal),
            etat=Etat(m.etat),
            adresse=(lire_chiffre(m, "destinataire") or "") if m.canal != Canal.LETTRE else "",
            parti_le=m.parti_le,
        )
        for m in messages.annotate(parti_le=partis).order_by("canal")
    }


def has_messages(origine: uuid.UUID, *, territoire: str, genre: Genre | None = None) -> bool:
    """Whether this journal entry has had its messages prepared: those of this kind, or any."""
    messages = Message.objects.filter(territoire=territoire, origine=origine)
    return (messages if genre is None else messages.filter(genre=genre)).exists()


def compter_plis(origine: str, *, territoire: str, genre: GenreAgent) -> Counter[Etat]:
    """How the messages to professionals that one thing asked for stand: how many in each state."""
    plis = MessageAgent.objects.filter(territoire=territoire, origine=origine, genre=genre)
    return Counter(Etat(etat) for etat in plis.values_list("etat", flat=True))


def list_canaux_restants(
    origine: uuid.UUID, *, territoire: str, genre: Genre | None = None
) -> tuple[Canal, ...]:
    """Channels by which the messages asked for by this journal entry left, or are about to leave, and that have not
    refused them.

    ``genre``: counting messages of that kind only.
    """
    restants = Message.objects.filter(territoire=territoire, origine=origine).exclude(etat=Etat.REJETE)
    if genre is not None:
        restants = restants.filter(genre=genre)
    return tuple(Canal(c) for c in restants.order_by("canal").values_list("canal", flat=True))


def _dus(le: datetime) -> QuerySet[Message]:
    return Message.objects.filter(etat__in=A_ENVOYER, prochain_essai_le__lte=le)


def _lu(message: Message) -> MessageLu:
    return MessageLu(
        genre=Genre.tous()[message.genre],
        libelle=Genre.tous()[message.genre].modele.libelle,
        canal=Canal(message.canal),
        etat=Etat(message.etat),
        adresse_masquee=_masquer(message),
        survenu_le=message.survenu_le,
        tentatives=_lues(message.tentatives.all()),
    )


def _lues(tentatives: Sequence[Tentative] | QuerySet[Tentative]) -> tuple[TentativeLue, ...]:
    return tuple(TentativeLue(t.survenu_le, Issue(t.issue), t.code, t.texte) for t in tentatives)


def _masquer(message: Message) -> str:
    """« e•••••@exemple.fr », « 06 •• •• •• 41 », or the postcode and town of a letter."""
    destinataire = lire_chiffre(message, "destinataire")
    if destinataire is None:
        return "adresse effacée"
    if message.canal == Canal.COURRIEL:
        return courriel_masque(destinataire)
    if message.canal == Canal.SMS:
        return telephone_masque(destinataire)
    return AdressePostale.de_json(destinataire).lignes[-1]
