"""The subscriptions that somebody decides of, each with its last occurrence and what awaits an answer."""

from datetime import datetime

from sne.guichet.infocentre.abonnements.presentation import LigneAbonnement, ligne
from sne.infocentre.abonnements.selectors.abonnements import list_abonnements
from sne.infocentre.abonnements.selectors.envois import list_derniers
from sne.infocentre.abonnements.selectors.migrations import list_dernieres
from sne.infocentre.rapports.selectors.versions import list_rapports
from sne.socle.acteur import Acteur


def list_lignes(acteur: Acteur, *, instant: datetime) -> list[LigneAbonnement]:
    """Those of their places and their own, stopped ones too."""
    lus = list_abonnements(acteur)
    cles = [a.id for a in lus]
    rapports = {rapport.code: rapport for rapport in list_rapports()}
    derniers, migrations = list_derniers(cles), list_dernieres(cles)
    return [
        ligne(a, rapports[a.reglage.rapport], derniers.get(a.id), migrations.get(a.id), instant=instant)
        for a in lus
    ]
