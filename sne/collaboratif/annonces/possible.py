"""Whether an announcement may be published, read or relayed now."""

from sne.collaboratif.annonces.models import Annonce
from sne.collaboratif.espaces.possible import exiger_relayable, exiger_tenir
from sne.collaboratif.espaces.rules import INTROUVABLE
from sne.collaboratif.espaces.selectors import Lecteur
from sne.socle.erreurs import Introuvable

DEJA = "Cette annonce est déjà relayée à ces guichets."


def exiger_publier(lecteur: Lecteur, territoire: str) -> None:
    """Raises ``NonHabilite``."""
    exiger_tenir(lecteur.acteur, territoire)


def exiger_lire_annonce(lecteur: Lecteur, annonce: Annonce) -> None:
    """Raises ``Introuvable``: not for them. Who published it reads it too."""
    if lecteur.cles.isdisjoint(annonce.acces) and annonce.auteur != lecteur.acteur.id:
        raise Introuvable(INTROUVABLE)


def exiger_relayer(lecteur: Lecteur, annonce: Annonce) -> tuple[str, str]:
    """The territory and the counter that it is relayed to. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    exiger_lire_annonce(lecteur, annonce)
    return exiger_relayable(lecteur.acteur, annonce.relais.all(), DEJA)
