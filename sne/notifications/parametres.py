"""Messages: when an address is given up, how long they are kept: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresMessages(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    courriel_echecs_temporaires: Duree
    courriel_echecs_heures: Duree
    message_attente_minutes: Duree
    message_agent_conservation_mois: Duree
