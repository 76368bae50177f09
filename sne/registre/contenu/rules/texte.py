"""A sentence that somebody typed beside an act, as it may be kept: short, without a NIR. Pure."""

from collections.abc import Mapping

from sne.registre.contenu.rules import nir as nirs
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

TEXTE_MAX = 300  # signs
DITES = "Dites en une phrase ce que vous avez constaté."
CHAMPS: Mapping[str, tuple[str, str]] = {
    "precision": ("Précision", "de la précision"),
    "motif": ("Motif", "du motif"),
    "texte": ("Texte", "de ce texte"),
    "explication": ("Explication", "de l’explication"),
    "document": ("Référence", "de la référence"),
    "contact": ("Texte", "de ce texte"),
    "protecteur": ("Nom", "du nom"),
    "proche": ("Nom", "du nom"),
}
"""Fields of a sentence: how a refusal names each, alone and after « retirez »."""


def lire_texte(
    texte: str, *, champ: str = "precision", requis: bool, dites: str = DITES, maximum: int = TEXTE_MAX
) -> str:
    """What was typed in this field, trimmed. Raises ``Interdit`` on it: missing (``dites``), too long, a NIR inside."""
    texte, (nom, de_lui) = texte.strip(), CHAMPS[champ]
    if requis and not texte:
        raise Interdit(dites, champ=champ)
    if len(texte) > maximum:
        raise Interdit(f"{nom}{INSECABLE}: {maximum} signes au plus.", champ=champ)
    if nirs.en_contient(texte):
        raise Interdit(f"Retirez le numéro de sécurité sociale {de_lui}.", champ=champ)
    return texte
