"""SIREN and SIRET: read as people type them, and their keys checked without asking anybody."""

from enum import StrEnum

from stdnum import luhn
from stdnum.fr import siren as cles_siren
from stdnum.fr import siret as cles_siret

SIREN, SIRET = 9, 14  # digits


class Faute(StrEnum):
    """What is wrong with a number; a sentence for the person who typed it. A warning: nothing is held up by it."""

    VIDE = "Aucun numéro n’est saisi."
    SIGNES = "Ce numéro contient autre chose que des chiffres. Vérifiez-le."
    LONGUEUR = "Un SIREN a 9 chiffres et un SIRET 14. Comptez-les."
    CLE = "Ce numéro n’existe pas\u00a0: sa clé est fausse. Un chiffre est sans doute mal tapé, vérifiez-le."
    CLE_DU_SIREN = (
        "Les 9 premiers chiffres ne sont pas un SIREN. L’un d’eux est sans doute mal tapé, vérifiez-le."
    )


def lire_numero(texte: str) -> str:
    """The digits of a number as it is typed: spaces, dots and hyphens do not count."""
    return "".join(signe for signe in texte if signe not in " .-\u00a0\u202f\t")


def faute(numero: str) -> Faute | None:
    """What is wrong with a SIREN or a SIRET as :func:`lire_numero` gives it; ``None`` when its key is right.

    The establishments of La Poste (356000000) are numbered otherwise, but for its head office: the library knows it.
    """
    if not numero:
        return Faute.VIDE
    if not (numero.isascii() and numero.isdigit()):
        return Faute.SIGNES
    if len(numero) not in {SIREN, SIRET}:
        return Faute.LONGUEUR
    if len(numero) == SIREN:
        return None if cles_siren.is_valid(numero) else Faute.CLE
    if not luhn.is_valid(numero[:SIREN]):
        return Faute.CLE_DU_SIREN
    return None if cles_siret.is_valid(numero) else Faute.CLE
