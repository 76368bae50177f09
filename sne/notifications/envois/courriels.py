"""E-mails: to a mail server over SMTP, or as files when none is set, so that the service runs without network."""

import contextlib
import email.policy
import smtplib
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from sne.notifications.envois.fichiers import ecrire
from sne.notifications.envois.pieces import Piece
from sne.notifications.rendu import Texte
from sne.notifications.rules import Issue, Resultat, sans_adresse
from sne.socle.sortie import borner

LIGNE = 990  # characters of a header at most, under what servers accept (RFC 5322)
DELAI, TOTAL = 30, 120  # seconds: between two pieces of an answer; for the whole of a sending
NOM_DE_L_EXPEDITEUR = "Demande de logement social"
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Courriel:
    """An e-mail ready to leave. ``retour`` is the envelope sender, ``reference`` the left part of its Message-ID.

    ``arret``: the address that a POST stops this kind of message by, without a page (RFC 8058); empty for none.
    ``repondre_a``: where an answer is read; ``fil``: what all the mails of one thread answer. Empty for none.
    """

    destinataire: str
    texte: Texte
    retour: str
    reference: str
    pieces: Sequence[Piece] = ()
    arret: str = ""
    repondre_a: str = ""
    fil: str = ""


class PortCourriel(Protocol):
    """Where e-mails leave from."""

    def envoyer(self, courriel: Courriel) -> Resultat:
        """Try once. Never raises for what a server answers: the outcome says it."""
        ...


def port_courriel() -> PortCourriel:
    """The mail server of ``SNE_SMTP_URL``, else the folder of the service."""
    if settings.SMTP_URL:
        return Smtp(settings.SMTP_URL)
    return Fichiers(Path(settings.DOSSIER_VAR) / "courriels")


class Fichiers:
    """Each e-mail is a file ``.eml`` under its reference: written again, it is the same file."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier

    def envoyer(self, courriel: Courriel) -> Resultat:
        ecrire(self.dossier / f"{courriel.reference}.eml", construire(courriel).message().as_bytes())
        return Resultat(Issue.ACCEPTE, texte="Écrit dans le dossier des courriels, sans serveur")


class _Serveur(EmailBackend):
    """Django’s own, that tells ``suivre`` of its connection, before its TLS: a sending that lasts too long is cut."""

    suivre: Callable[[socket.socket], None]

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        suivre = self.suivre

        class Suivie(smtplib.SMTP):
            def _get_socket(self, *ou: Any) -> socket.socket:
                prise: socket.socket = super()._get_socket(*ou)  # type: ignore[misc]
                suivre(prise)
                return prise

        class SuivieChiffree(smtplib.SMTP_SSL, Suivie):
            """Its TLS is made over a connection of the class above."""

        return SuivieChiffree if self.use_ssl else Suivie


class Smtp:
    """A mail server, by its URL."""

    def __init__(self, url: str) -> None:
        lue = urlsplit(url)
        self._serveur = _Serveur(
            alias="messages",
            host=lue.hostname,
            port=lue.port or PORTS[lue.scheme],
            username=unquote(lue.username or ""),
            password=unquote(lue.password or ""),
            use_tls=lue.scheme == "smtp+tls",
            use_ssl=lue.scheme == "smtps",
            timeout=DELAI,
        )

    def envoyer(self, courriel: Courriel) -> Resultat:
        try:
            self._serveur.prep_address(courriel.destinataire)
        except ValueError:  # « jean.@exemple.fr » is typed, and no server is ever given it
            return Resultat(Issue.PERMANENT, texte="Adresse mal écrite, qu’aucun serveur ne peut recevoir")
        message = construire(courriel)
        with borner(TOTAL) as self._serveur.suivre:
            try:
                self._serveur.open()  # apart from the sending: what fails here has sent nothing
                return self._remettre(message)
            except (smtplib.SMTPException, OSError) as exc:
                # Connection, sign-in or sender refused: ours to repair, never held against the address.
                texte = f"Serveur d’envoi indisponible ({type(exc).__name__})"
                return Resultat(Issue.INDISPONIBLE, _code(exc), texte)
            finally:
                with contextlib.suppress(smtplib.SMTPException, OSError):
                    self._serveur.close()  # a goodbye that fails takes nothing back

    def _remettre(self, message: EmailMultiAlternatives) -> Resultat:
        """Hand the message over on an open connection. Raises what tells that the server has not taken it."""
        try:
            self._serveur.send_messages([message])
        except smtplib.SMTPRecipientsRefused as exc:
            return _refus(*next(iter(exc.recipients.values())))
        except smtplib.SMTPDataError as exc:
            return _refus(exc.smtp_code, exc.smtp_error)
        except (smtplib.SMTPServerDisconnected, OSError) as exc:
            if isinstance(exc, smtplib.SMTPException) and not isinstance(exc, smtplib.SMTPServerDisconnected):
                raise
            # Cut before the answer: the server may have taken it.
            return Resultat(
                Issue.INCERTAIN, texte=f"Connexion coupée avant la réponse ({type(exc).__name__})"
            )
        return Resultat(Issue.ACCEPTE, "250", "Accepté par le serveur d’envoi")


class Message(EmailMultiAlternatives):
    """Its headers are not folded: an address cut in two, or written in another way to be, is no address."""

    def message(self, *, policy: Any = email.policy.default) -> EmailMessage:
        construit: EmailMessage = super().message(policy=policy)
        construit.policy = policy.clone(max_line_length=LIGNE)
        return construit


def construire(courriel: Courriel) -> EmailMultiAlternatives:
    """The message as it leaves: text and HTML, files, automatic by its own saying (RFC 3834)."""
    domaine = settings.COURRIEL_EXPEDITEUR.partition("@")[2]
    message = Message(
        subject=courriel.texte.objet,
        body=courriel.texte.texte,
        from_email=courriel.retour,
        to=[courriel.destinataire],
        headers={
            "From": f"{NOM_DE_L_EXPEDITEUR} <{settings.COURRIEL_EXPEDITEUR}>",
            "Message-ID": f"<{courriel.reference}@{domaine}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    if courriel.arret:
        message.extra_headers["List-Unsubscribe"] = f"<{courriel.arret}>"
        message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if courriel.repondre_a:
        message.extra_headers["Reply-To"] = courriel.repondre_a
    if courriel.fil:
        message.extra_headers["In-Reply-To"] = message.extra_headers["References"] = courriel.fil
    message.attach_alternative(courriel.texte.html, "text/html")
    for piece in courriel.pieces:
        message.attach(piece.nom, piece.contenu, piece.type_mime)
    return message


def _refus(code: int, raison: bytes | str) -> Resultat:
    texte = raison.decode("utf-8", "replace") if isinstance(raison, bytes) else raison
    etendu = texte.split(" ", 1)[0]
    precis = etendu if etendu[:2] in {"4.", "5."} and etendu.count(".") == 2 else str(code)
    issue = Issue.TEMPORAIRE if 400 <= code < 500 else Issue.PERMANENT
    return Resultat(issue, precis[:12], sans_adresse(f"{code} {texte}"))


def _code(exc: Exception) -> str:
    return str(exc.smtp_code) if isinstance(exc, smtplib.SMTPResponseException) else ""
