"""A real mail server in this process: it accepts, refuses, or puts off, as the address says."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from sne.demo.port import port_libre

ACCEPTE = "250 2.0.0 OK"
REPONSES = {
    "inconnu@exemple.fr": "550 5.1.1 <inconnu@exemple.fr> User unknown",
    "plus-tard@exemple.fr": "451 4.7.1 Greylisted, try again later",
    "sans-code@exemple.fr": "550 No such user",
}
REFUS_DU_CORPS = "554 5.7.1 Message refused"


class Boite:
    """What the server accepted: envelopes, in order.

    ``expediteur`` and ``corps``: its answers to the sender and to the whole message; ``coupe``: it takes the message
    and falls before it says so.
    """

    def __init__(self) -> None:
        self.recus: list[Envelope] = []
        self.corps = self.expediteur = ACCEPTE
        self.coupe = False

    async def handle_RCPT(
        self, serveur: SMTP, session: Session, enveloppe: Envelope, adresse: str, options: list[str]
    ) -> str:
        reponse = REPONSES.get(adresse, "250 OK")
        if reponse.startswith("250"):
            enveloppe.rcpt_tos.append(adresse)
        return reponse

    async def handle_MAIL(
        self, serveur: SMTP, session: Session, enveloppe: Envelope, adresse: str, options: list[str]
    ) -> str:
        if self.expediteur == ACCEPTE:
            enveloppe.mail_from = adresse
        return self.expediteur

    async def handle_DATA(self, serveur: SMTP, session: Session, enveloppe: Envelope) -> str:
        if self.coupe:
            serveur.transport.abort()
        if self.corps == ACCEPTE:
            self.recus.append(enveloppe)
        return self.corps


@contextmanager
def serveur_de_courriel() -> Iterator[tuple[str, Boite]]:
    """URL of a running server, and its box."""
    boite = Boite()
    port = port_libre()
    controleur = Controller(boite, hostname="127.0.0.1", port=port)
    controleur.start()
    try:
        yield f"smtp://127.0.0.1:{port}", boite
    finally:
        controleur.stop()
