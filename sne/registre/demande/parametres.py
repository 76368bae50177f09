"""The life of a demande and its numbers: figures of the law, dated (CCH R441-2-7; arrêté du 23 mars 2015)."""

from typing import Self

from pydantic import model_validator

from sne.referentiels.rules import Duree, Groupe, Nombre

MOIS_LE_PLUS_LONG = 31  # days


class ParametresDemande(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    delaiz_mois: Duree
    preavis_mois: Duree
    preavis_marge_jours: Nombre
    retenir_sans_preavis: bool
    renouvellement_ouverture_jours: Duree
    radiation_mois: Duree
    reactivation_mois: Duree
    radiation_contact_delai_mois: Duree
    radiation_irrecevabilite_delai_mois: Duree
    reactivation_contact_mois: Duree
    purge_mois_apres_radiation: Duree
    purge_mois_apres_annulation: Duree
    recours_mois: Duree
    purge_statistiques_lot_min: Duree
    annulation_max_jours: Nombre
    radiation_passee_max_jours: Nombre
    arret_effet_jours: Duree
    nud_marge_promotion: Duree
    nud_marge_restauration: Duree

    @model_validator(mode="after")
    def _tenir_ensemble(self) -> Self:
        """Refuse figures that would take a household's place away, or tell it to do what it cannot do yet."""
        if not self.delaiz_mois <= self.radiation_mois <= self.reactivation_mois:
            raise ValueError(
                "delaiz_mois, radiation_mois et reactivation_mois\u00a0: une demande serait radiée avant la fin de sa "
                "validité, ou ne pourrait plus revenir le jour de sa radiation."
            )
        preavis = self.preavis_mois * MOIS_LE_PLUS_LONG + self.preavis_marge_jours
        if self.renouvellement_ouverture_jours < preavis:
            raise ValueError(
                f"renouvellement_ouverture_jours\u00a0: le préavis peut partir {preavis} jours avant la fin de "
                "validité, quand le renouvellement doit être déjà ouvert."
            )
        return self
