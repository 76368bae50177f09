"""How long a household's session lasts, and its sign-in proves: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresDemandeurs(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    demandeur_inactivite_minutes: Duree
    demandeur_session_minutes: Duree
    demandeur_preuve_minutes: Duree
    ressources_preuve_minutes: Duree
