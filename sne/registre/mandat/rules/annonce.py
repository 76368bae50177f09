"""What a household is told of a helper, in words. Pure."""

from collections.abc import Collection

from sne.registre.demande.rules.mandat_aide import FinMandat
from sne.registre.mandat.rules.mandat import FINS, enumerer
from sne.registre.mandat.verbes import VerbeMandat

ARRETER = (
    "Vous pouvez arrêter à tout moment, dans « Qui m’aide » de votre espace. Chaque acte est écrit dans l’historique "
    "de votre demande."
)
PLUS_RIEN = "Cet organisme ne peut plus rien faire pour votre demande."


def dire_la_suite(
    verbe: str, *, organisme: str, portees: Collection[str], avant: str, jusqu_au: str, fin: str
) -> tuple[str, str]:
    """What happened, and what the person may do. ``avant``, ``jusqu_au``: days, in words; ``fin``: code of the end."""
    peut = enumerer(portees)
    if verbe == VerbeMandat.PROPOSER_MANDAT:
        return (
            f"vous avez autorisé {organisme} à {peut}.",
            f"Rien n’est encore ouvert\u00a0: cet organisme doit accepter avant le {avant}. {ARRETER}",
        )
    if verbe == VerbeMandat.ACCEPTER_MANDAT:
        return f"{organisme} peut {peut}, jusqu’au {jusqu_au}.", ARRETER
    if verbe == VerbeMandat.RAPPELER_MANDAT:
        return (
            f"{organisme} peut {peut} jusqu’au {jusqu_au}.",
            "Après ce jour, l’aide s’arrête d’elle-même. Pour la continuer, vous signez une nouvelle autorisation.",
        )
    return f"l’aide de {organisme} est terminée\u00a0: {FINS[FinMandat(fin)]}.", PLUS_RIEN
