"""A blind second reading of a share of the changes that no territorial manager decided: drawn, read, compared. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from sne.registre.contenu.rules.anomalie import citer
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.identite.rules.decision import PieceDuChangement
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

PAS_A_SOI = "Vous avez saisi ou décidé ce changement. Une autre personne le relit."


class AvisRelecture(StrEnum):
    """What the second reader would have decided, without knowing what was."""

    VALIDEE = "VALIDEE"
    REFUSEE = "REFUSEE"


AVIS: Mapping[AvisRelecture, str] = {
    AvisRelecture.VALIDEE: "Ce changement se justifie",
    AvisRelecture.REFUSEE: "Ce changement ne se justifie pas",
}


def lire_avis(avis: str, precision: str) -> tuple[AvisRelecture, str]:
    """The reader's answer, as it may be kept; « no » says why. Raises ``Interdit`` on its field."""
    if avis not in set(AvisRelecture):
        raise Interdit("Choisissez si ce changement se justifie.", champ="avis")
    lu = AvisRelecture(avis)
    return lu, lire_texte(precision, requis=lu is AvisRelecture.REFUSEE)


def exiger_pieces_lues(pieces: Sequence[PieceDuChangement]) -> None:
    """Refuse an answer before every document was opened. Raises ``Interdit``."""
    manque = next((p for p in pieces if p.ouvrable and p.ouverte_le is None), None)
    if manque is not None:
        raise Interdit(
            f"Ouvrez d’abord la pièce {citer(manque.libelle)}{INSECABLE}: la relecture les demande toutes.",
            champ="avis",
        )
