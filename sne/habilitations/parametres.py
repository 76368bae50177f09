"""Sessions, and roles that nobody uses or confirms: figures that may change, dated."""

from typing import Self

from pydantic import model_validator

from sne.referentiels.rules import Duree, Groupe


class ParametresHabilitations(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    session_inactivite_minutes: Duree
    session_duree_max_heures: Duree
    session_avis_minutes: Duree
    session_simultanees: Duree
    session_envoi_garde_heures: Duree
    connexion_refus_par_adresse: Duree
    connexion_proconnect_seul: bool
    inactivite_avis_mois: Duree
    inactivite_retrait_mois: Duree
    inactivite_sursis_jours: Duree
    revue_duree_jours: Duree
    revue_rappel_1_jours: Duree
    revue_rappel_2_jours: Duree
    revue_suspension_jours: Duree
    revue_periode_mois: Duree
    revue_periode_mois_max: Duree

    @model_validator(mode="after")
    def _tenir_les_droits(self) -> Self:
        """Refuse figures that would take a role back unannounced."""
        if not self.revue_duree_jours > self.revue_rappel_1_jours > self.revue_rappel_2_jours:
            raise ValueError(
                "revue_duree_jours, revue_rappel_1_jours et revue_rappel_2_jours\u00a0: donnez des délais de plus en "
                "plus courts."
            )
        if self.revue_periode_mois > self.revue_periode_mois_max:
            raise ValueError(
                "revue_periode_mois\u00a0: ce qui est proposé doit pouvoir être choisi. Ne dépassez pas "
                "revue_periode_mois_max."
            )
        if not self.inactivite_avis_mois < self.inactivite_retrait_mois:
            raise ValueError(
                "inactivite_avis_mois et inactivite_retrait_mois\u00a0: une habilitation serait retirée avant que sa "
                "fin soit annoncée."
            )
        return self
