"""A blind second reading of a share of the changes that no territorial manager decided: drawn, read, compared. Pure."""

import hmac
import uuid
from collections.abc import Mapping, Sequence
from enum import StrEnum

from sne.registre.rules.anomalie import citer
from sne.registre.rules.decision_identite import PRECISION_MAX, PieceDuChangement
from sne.registre.rules.enquete import lire_texte
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

OCTETS = 8  # of the fingerprint that draws
DEJA_RELU = "Ce changement est déjà relu."
PAS_A_SOI = "Vous avez saisi ou décidé ce changement. Une autre personne le relit."


class AvisRelecture(StrEnum):
    """What the second reader would have decided, without knowing what was."""

    VALIDEE = "VALIDEE"
    REFUSEE = "REFUSEE"


AVIS: Mapping[AvisRelecture, str] = {
    AvisRelecture.VALIDEE: "Ce changement se justifie",
    AvisRelecture.REFUSEE: "Ce changement ne se justifie pas",
}


def est_tiree(identite_id: uuid.UUID, part: float, *, cle: bytes) -> bool:
    """Whether a change is among those read again: by its identifier, so that nobody chooses, nor draws twice.

    ``cle``: a secret of the service; whoever decides reads the identifier, and would know what is read after them.
    """
    tirage = hmac.digest(cle, identite_id.bytes, "sha256")[:OCTETS]
    return bool(int.from_bytes(tirage, "big") < part * 2 ** (8 * OCTETS))


def lire_avis(avis: str, precision: str) -> tuple[AvisRelecture, str]:
    """The reader's answer, as it may be kept; « no » says why. Raises ``Interdit`` on its field."""
    if avis not in set(AvisRelecture):
        raise Interdit("Choisissez si ce changement se justifie.", champ="avis")
    lu = AvisRelecture(avis)
    return lu, lire_texte(precision, requis=lu is AvisRelecture.REFUSEE, maximum=PRECISION_MAX)


def exiger_pieces_lues(pieces: Sequence[PieceDuChangement]) -> None:
    """Refuse an answer before every document was opened. Raises ``Interdit``."""
    manque = next((p for p in pieces if p.ouvrable and p.ouverte_le is None), None)
    if manque is not None:
        raise Interdit(
            f"Ouvrez d’abord la pièce {citer(manque.libelle)}{INSECABLE}: la relecture les demande toutes.",
            champ="avis",
        )
