"""The journal: proved outside, asked, kept: figures that may change, dated."""

from sne.referentiels.rules import Courriel, Duree, Groupe


class ParametresPreuve(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    journal_jalon_minutes: Duree
    journal_jalon_scellements: Duree
    journal_temoins: list[Courriel]
    journal_scellement_secondes: Duree
    journal_temoins_heures: Duree
    journal_conservation_mois: Duree
    journal_recherche_jours_max: Duree
    journal_export_lignes_max: Duree
