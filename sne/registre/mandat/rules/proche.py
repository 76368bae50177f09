"""A relative who helps: who is named, where they are invited, the code by which they find what they may sign. Pure."""

import re
from collections.abc import Collection, Container

from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.depot_en_ligne.rules.reference import ALPHABET
from sne.registre.mandat.rules.papier import NOM_MAX
from sne.registre.rattachement.rules.contacts import lire_contact
from sne.socle.erreurs import Interdit

SIGNES = 12
"""Of a code: 59 bits, out of reach of whoever tries."""
QUEL_PROCHE = "Tapez le prénom et le nom de la personne qui vous aide."
QUEL_COURRIEL = "Tapez l’adresse électronique de cette personne, par exemple prenom.nom@exemple.fr."
DU_FOYER = (
    "Cette adresse est celle où votre demande vous joint, ou joint une autre personne de la demande. Donnez l’adresse "
    "de la personne qui vous aide."
)
DEJA_INVITE = (
    "Vous avez déjà autorisé cette personne. Arrêtez d’abord cette aide pour en changer les limites."
)
TROP_DE_PROCHES = (
    "Vous avez déjà autorisé autant de proches que possible ({nombre}). Arrêtez d’abord l’une de ces aides."
)
TROP_D_INVITATIONS = (
    "Vous avez envoyé autant d’invitations que possible en un jour ({nombre}). Recommencez demain."
)
TROP_AIDES = "Vous aidez déjà autant de personnes qu’un proche le peut ({nombre})."
DE_LA_DEMANDE = "Vous êtes vous-même de cette demande. Une autre personne doit accepter cette aide."
AUCUN_CODE = (
    "Ce code n’ouvre aucune aide. Vérifiez-le dans le message reçu, ou demandez à la personne de vous inviter de "
    "nouveau."
)


def exiger_nom(nom: str) -> str:
    """How the person names who helps, in one line. Raises ``Interdit`` on the field."""
    propre = " ".join(nom.split())
    return lire_texte(propre, champ="proche", requis=True, dites=QUEL_PROCHE, maximum=NOM_MAX)


def exiger_courriel(saisi: str, *, du_foyer: Container[str]) -> str:
    """Where they are invited, as it is compared: an address that reaches nobody of the demande (``du_foyer``).

    Raises ``Interdit`` on the field.
    """
    courriel = lire_contact(saisi)
    if "@" not in courriel:
        raise Interdit(QUEL_COURRIEL, champ="courriel")
    if courriel in du_foyer:
        raise Interdit(DU_FOYER, champ="courriel")
    return courriel


def exiger_place(en_cours: Collection[str], courriel: str, *, au_plus: int) -> None:
    """One authorisation for a relative, and so many relatives (``en_cours``: where they are invited).

    Raises ``Interdit`` on the field.
    """
    if courriel in en_cours:
        raise Interdit(DEJA_INVITE, champ="courriel")
    if len(en_cours) >= au_plus:
        raise Interdit(TROP_DE_PROCHES.format(nombre=au_plus), champ="courriel")


def code_de(sceau: bytes) -> str:
    """The code of an invitation, as it is compared, from a keyed fingerprint that nobody else can make."""
    reste, signes = int.from_bytes(sceau[:16]), ""
    for _ in range(SIGNES):
        reste, rang = divmod(reste, len(ALPHABET))
        signes += ALPHABET[rang]
    return signes


def grouper(code: str) -> str:
    """« 7KMR-W3XQ-9TFA »: as it is read and typed."""
    return "-".join(code[i : i + 4] for i in range(0, SIGNES, 4))


def lire_code(saisi: str) -> str:
    """The code that was typed, as it is compared: spaces, hyphens and case do not matter."""
    return re.sub(r"[\s\u2010-\u2015-]", "", saisi).upper()
