"""Sign-in at a provider: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresOidc(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    oidc_etat_minutes: Duree
