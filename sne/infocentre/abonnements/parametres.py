"""Subscriptions: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe, Jours


class ParametresAbonnements(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    abonnement_retard_heures: Duree
    abonnement_essais: Duree
    abonnement_rappel_1_jours: Jours
    abonnement_rappel_2_jours: Jours
    abonnement_rappel_3_jours: Jours
    abonnement_piece_mo: Duree
    edition_conservation_mois: Duree
