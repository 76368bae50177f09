"""The vendors' interface: how much of a message is read, how much is given at once: figures that may change, dated."""

from sne.referentiels.rules import Groupe, Nombre


class ParametresNuu(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    nuu_message_max_octets: Nombre
    nuu_parties_max: Nombre
    nuu_entetes_max_octets: Nombre
    nuu_fichier_max_octets: Nombre
    nuu_elements_max: Nombre
    nuu_profondeur_max: Nombre
    nuu_attributs_max: Nombre
