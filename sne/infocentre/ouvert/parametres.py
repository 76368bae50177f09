"""Open data: figures of statistical secrecy that may change, dated."""

from sne.referentiels.rules import Groupe, Nombre


class ParametresOuvert(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    ouvert_seuil: Nombre
    ouvert_etendue_min: Nombre
    ouvert_relache: Nombre
    ouvert_population_min: Nombre
