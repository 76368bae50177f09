"""Whether a file may be read, put or answered now; whether links outside are open."""

from sne.collaboratif.espaces.possible import exiger_droit, exiger_lire
from sne.collaboratif.espaces.rules import Droit
from sne.collaboratif.espaces.selectors import Lecteur
from sne.collaboratif.fichiers.models import FichierEspace
from sne.collaboratif.parametres import ParametresCollaboratif
from sne.referentiels.rules import Parametres
from sne.socle.erreurs import Interdit

ARRETES = "Aucun lien vers un document écrit ailleurs ne s’ajoute pour le moment. Déposez un fichier."


def exiger_lire_fichier(lecteur: Lecteur, fichier: FichierEspace) -> None:
    """Raises ``Introuvable``."""
    exiger_lire(lecteur, fichier.espace_id)


def exiger_deposer(lecteur: Lecteur, fichier: FichierEspace) -> None:
    """Put another version, say something of one. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (closed)."""
    exiger_droit(lecteur, fichier.espace, Droit.CONTRIBUER)


def exiger_liens(parametres: Parametres) -> None:
    """Raises ``Interdit``: none is added any more; those that are there stay."""
    if not parametres[ParametresCollaboratif].docs_hotes:
        raise Interdit(ARRETES)
