"""Whether an announcement may be published, read or relayed now."""

from sne.collaboratif.annonces.models import Annonce
from sne.collaboratif.espaces.possible import exiger_tenir
from sne.collaboratif.espaces.rules import INTROUVABLE
from sne.collaboratif.espaces.selectors import Lecteur, lieu_du_relais
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite

SANS_LIEU = "Un gestionnaire territorial relaie à ses guichets, un responsable au sien."
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
    lieu = lieu_du_relais(lecteur.acteur)
    if lieu is None:
        raise NonHabilite(SANS_LIEU)
    if annonce.relais.filter(territoire=lieu[0], guichet=lieu[1]).exists():
        raise Interdit(DEJA)
    return lieu
