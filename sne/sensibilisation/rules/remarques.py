"""What a household reads beside what an agent sees: the screens of which it may be said that it is not clear. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sne.registre.contenu.rules.texte import lire_texte

DITES = "Dites en une phrase ce qui n’est pas clair."


@dataclass(frozen=True, slots=True)
class Ecran:
    """``cas``: the situation of the portal's example that shows it."""

    code: str
    libelle: str
    cas: str


ECRANS: Mapping[str, Ecran] = MappingProxyType(
    {
        ecran.code: ecran
        for ecran in (
            Ecran("depot-en-ligne", "Demande envoyée en ligne", "envoyee"),
            Ecran("requete", "Changement demandé à un guichet", "changement"),
            Ecran("acces", "Accès en ligne", "active"),
            Ecran("arret", "Arrêt demandé par le ménage", "arret"),
            Ecran("renouvellement", "Rappel et renouvellement", "a-renouveler"),
            Ecran("pieces", "Documents attendus", "incomplete"),
            Ecran("gel", "Dossier protégé", "protegee"),
        )
    }
)


def lire_remarque(texte: str) -> str:
    """As it may be kept: 300 signs, no social security number. Raises ``Interdit``."""
    return lire_texte(texte, champ="texte", requis=True, dites=DITES)
