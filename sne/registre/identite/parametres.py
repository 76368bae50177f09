"""What is done around a change of identity: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe, Nombre


class ParametresIdentite(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    permission_contact_jours: Duree
    identite_piece_jours: Nombre
    relecture_jours: Duree
    avis_contact_recent_jours: Nombre
