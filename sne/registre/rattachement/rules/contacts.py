"""A contact as somebody types it, and as it is compared: an e-mail in lower case, a mobile in E.164; what it takes to
put another one in its place. Pure.
"""

import re
import uuid
from collections.abc import Mapping

from sne.notifications.rules import Canal
from sne.registre.contenu.rules.arbre.personnes import Contact
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import Adulte, adultes
from sne.registre.contenu.rules.arbre.telephone import MOBILE_FRANCAIS, Telephone, lire_e164
from sne.socle.erreurs import Interdit, Introuvable

COURRIEL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
CONTACT_MAX = 254


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


def avec_adresse(contact: Contact, adresse: str) -> Contact:
    """The same ways to reach an adult, with this e-mail or mobile in place of the one they had."""
    if canal_de(adresse) is Canal.COURRIEL:
        return contact.model_copy(update={"courriel": adresse})
    return contact.model_copy(update={"telephone_portable": Telephone(saisi=adresse, e164=adresse)})


def sien(contenu: Contenu, personne: uuid.UUID) -> tuple[str, Adulte]:
    """The adult that this person of the register is, and their reference. Raises ``Introuvable``."""
    for reference, adulte in adultes(contenu):
        if adulte.personne == str(personne):
            return reference, adulte
    raise Introuvable("Cette personne n’est plus de la demande.")


def is_joignable_par_code(adresse: str) -> bool:
    """Whether a code may go there."""
    return canal_de(adresse) is Canal.COURRIEL or is_mobile_francais(adresse)


def exiger_nouvelle(adresse: str, contact: Contact, *, accompagnant: str | None) -> None:
    """Refuse a contact that changes nothing, that no code reaches, or that is of whoever helps (``accompagnant``).

    Raises ``Interdit`` on the field.
    """
    if not is_joignable_par_code(adresse):
        raise Interdit("Donnez un téléphone portable français, ou une adresse électronique.", champ="contact")
    if adresse in adresses_de(contact):
        raise Interdit("Ce contact est déjà celui de votre demande. Rien n’est à changer.", champ="contact")
    if accompagnant and adresse == lire_contact(accompagnant):
        raise Interdit(
            "Cette adresse est celle de la personne qui vous accompagne. Donnez la vôtre.", champ="contact"
        )


def cles_exigees(siennes: Mapping[str, bool], *, prouvee: str) -> tuple[str, ...]:
    """The contacts where a code has to go too, before codes alone change one of them: every other one of the same
    adult.

    ``siennes``: whether each is on file for long enough, and theirs alone; ``prouvee``: the one that this session was
    opened with. Whoever holds one mailbox or one phone changes nothing with it. Raises ``Interdit``.
    """
    autres = tuple(adresse for adresse in siennes if adresse != prouvee)
    if not autres:
        raise Interdit(
            "Votre demande n’a pas d’autre adresse ou téléphone portable pour vérifier que c’est bien vous. "
            "Connectez-vous avec FranceConnect, ou allez dans un guichet."
        )
    if not all(siennes.values()):
        raise Interdit(
            "Une adresse ou un téléphone de votre demande est nouveau, ou quelqu’un d’autre le lit. Connectez-vous "
            "avec FranceConnect, ou allez dans un guichet."
        )
    if not all(map(is_joignable_par_code, autres)):
        raise Interdit(
            "Nous n’envoyons pas de code au téléphone de votre demande. Connectez-vous avec FranceConnect, ou allez "
            "dans un guichet."
        )
    return autres
