"""The address by which a ticket is answered: a token that only we can make, for this ticket and this account. Pure."""

import uuid

from sne.notifications.rules import jeton, lire_jeton

PREFIXE = "reponse+"


def adresse_de_reponse(ticket_id: uuid.UUID, compte_id: uuid.UUID, *, cle: bytes, domaine: str) -> str:
    """``reponse+<token>@domain``, 50 signs before the at sign."""
    return f"{PREFIXE}{jeton(ticket_id, cle=cle + compte_id.bytes)}@{domaine}"


def lire_adresse(texte: str, compte_id: uuid.UUID, *, cle: bytes) -> uuid.UUID | None:
    """The ticket that a token names for this account; ``None`` when it was made for another one, or not by us."""
    return lire_jeton(texte, cle=cle + compte_id.bytes)


def fil_de(ticket_id: uuid.UUID, *, domaine: str) -> str:
    """The identifier that every mail of a ticket answers, so that mail programs show them as one thread."""
    return f"<assistance-{ticket_id.hex}@{domaine}>"
