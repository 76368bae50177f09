"""Whether a case may be closed, the mailing decided, figures taken away: asked by the acts, and by who offers them."""

from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.registre.identite.selectors.suivi import Lieu, list_auteurs_au_guichet
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require
from sne.suivi import policies
from sne.suivi.rules.classement import CONCERNE, DEJA
from sne.suivi.selectors.dossiers import DossierALire
from sne.suivi.selectors.guichets import GuichetSuivi


def exiger_classer(acteur: Acteur) -> None:
    """Whether they close cases where they act. Raises ``NonHabilite``."""
    require(
        policies.can_classer(acteur, territoire=acteur.territoire),
        "Le gestionnaire territorial classe les cas de son territoire.",
    )


def exiger_dossier_classable(lu: DossierALire, acteur: Acteur) -> None:
    """Whether the case of this file is theirs to close now. Raises ``NonHabilite``, ``Interdit``."""
    exiger_classer(acteur)
    exiger_autre_personne(acteur, *lu.suivi.auteurs, sinon=CONCERNE)
    if lu.classement is not None:
        raise Interdit(DEJA)


def exiger_guichet_classable(lu: GuichetSuivi, acteur: Acteur) -> None:
    """Whether the case of this counter is theirs to close now. Raises ``NonHabilite``, ``Interdit``."""
    exiger_classer(acteur)
    if lu.point is None or not lu.point.signale:
        raise Interdit("Ce guichet n’est pas signalé\u00a0: il n’y a rien à classer.")
    lieu = Lieu(acteur.territoire, lu.membres)
    exiger_autre_personne(acteur, *list_auteurs_au_guichet(acteur, lieu, depuis=lu.depuis), sinon=CONCERNE)
    if lu.classement is not None:
        raise Interdit(DEJA)


def exiger_programmer(acteur: Acteur) -> None:
    """Whether they decide of the mailing of the territory acted for. Raises ``NonHabilite``."""
    require(policies.can_programmer(acteur, territoire=acteur.territoire), sans_droit(Permission.SUIVI_LIRE))


def exiger_exporter(acteur: Acteur) -> None:
    """Whether they take the figures of the territory acted for away. Raises ``NonHabilite``."""
    require(
        policies.can_exporter(acteur, territoire=acteur.territoire), sans_droit(Permission.LISTE_EXPORTER)
    )
