"""How long a household's session and account last: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresDemandeurs(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    demandeur_inactivite_minutes: Duree
    demandeur_session_minutes: Duree
