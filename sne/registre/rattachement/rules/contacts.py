"""A contact as somebody types it, and as it is compared: an e-mail in lower case, a mobile in E.164. Pure."""

import re

from sne.notifications.rules import Canal
from sne.registre.contenu.rules.arbre.personnes import Contact
from sne.registre.contenu.rules.arbre.telephone import MOBILE_FRANCAIS, Telephone, lire_e164

COURRIEL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
CONTACT_MAX = 254
CONTACT_ILLISIBLE = "Tapez une adresse électronique ou un numéro de téléphone portable."


def lire_contact(saisi: str) -> str:
    """The contact that was typed, as it is compared; empty when it is neither an e-mail nor a mobile."""
    texte = saisi.strip()
    if len(texte) > CONTACT_MAX:
        return ""
    if COURRIEL.fullmatch(texte):
        return _courriel(texte)
    e164 = lire_e164(texte)
    return e164 if e164 and Telephone(saisi=e164, e164=e164).mobile else ""


def is_mobile_francais(e164: str) -> bool:
    """Whether a code may be sent there by SMS: mainland and overseas; elsewhere, an SMS is paid to whoever asks."""
    return bool(MOBILE_FRANCAIS.match(e164))


def canal_de(adresse: str) -> Canal:
    """How a message goes there."""
    return Canal.COURRIEL if "@" in adresse else Canal.SMS


def adresses_de(contact: Contact) -> tuple[str, ...]:
    """Where a code may be sent to an adult: their e-mail, their mobile."""
    mobile = contact.telephone_portable
    numero = mobile.e164 if mobile and mobile.mobile else None
    return tuple(filter(None, (_courriel(contact.courriel) if contact.courriel else None, numero)))


def _courriel(texte: str) -> str:
    local, _, domaine = texte.rpartition("@")
    try:
        domaine = domaine.encode("idna").decode("ascii")
    except UnicodeError:
        return texte.lower()
    return f"{local}@{domaine}".lower()
