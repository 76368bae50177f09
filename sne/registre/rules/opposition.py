"""An objection as it may be kept: where the person may be reached, and the reference they are given. Pure."""

from sne.registre.rules import nir as nirs
from sne.registre.rules.anomalie import INSECABLE
from sne.socle.erreurs import Interdit

CONTACT_MAX = 200  # signs


def lire_contact(texte: str) -> str:
    """Where to reach somebody, in their words. Raises ``Interdit`` on ``contact``."""
    texte = " ".join(texte.split())
    if not texte:
        raise Interdit(
            "Donnez un numéro de téléphone ou une adresse que personne d’autre ne lit.", champ="contact"
        )
    if len(texte) > CONTACT_MAX:
        raise Interdit(f"Texte trop long{INSECABLE}: {CONTACT_MAX} signes au plus.", champ="contact")
    if nirs.en_contient(texte):
        raise Interdit("Retirez votre numéro de sécurité sociale de ce texte.", champ="contact")
    return texte


def reference_de(annee: int, rang: int) -> str:
    """« S-2026-004182 »: said on the telephone, it opens nothing."""
    return f"S-{annee}-{rang:06d}"
