"""Whether an import may be started again or stopped now; each raises the refusal that the act would give."""

from sne.imports import policies
from sne.imports.models import Import
from sne.imports.rules.etats import OUVERTS, REPRENABLES, Etat
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require

PAS_LA_VOTRE = "Cet import n’est pas celui de votre logiciel. Utilisez la convention qui l’a envoyé."


def exiger_sien(recu: Import, acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(policies.can_importer(acteur, compte=recu.convention.compte_id), PAS_LA_VOTRE)


def exiger_reprenable(recu: Import, acteur: Acteur) -> None:
    """Raises ``NonHabilite``, ``Interdit``."""
    exiger_sien(recu, acteur)
    if Etat(recu.etat) not in REPRENABLES:
        raise Interdit(
            "Cet import n’est pas fini, ou il a été annulé. Attendez sa fin, ou envoyez le fichier."
        )
    if not recu.tranches.exists():
        raise Interdit("Le contenu de cet import n’est plus gardé. Envoyez de nouveau le fichier.")


def exiger_annulable(recu: Import, acteur: Acteur) -> None:
    """Raises ``NonHabilite``, ``Interdit``."""
    exiger_sien(recu, acteur)
    if Etat(recu.etat) not in OUVERTS:
        raise Interdit("Cet import est déjà fini. Il n’y a plus rien à annuler.")
