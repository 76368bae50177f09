"""Keys, rates and logs of vendors' software: figures that may change, dated."""

from typing import Self

from pydantic import model_validator

from sne.referentiels.rules import Duree, Fraction, Groupe


class ParametresConventions(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    convention_cle_mois: Duree
    convention_cles_vivantes: Duree
    convention_cle_avis_1_jours: Duree
    convention_cle_avis_2_jours: Duree
    convention_cle_avis_3_jours: Duree
    convention_cle_sans_certificat: bool
    convention_lectures_minute: Duree
    convention_ecritures_minute: Duree
    convention_recherches_minute: Duree
    convention_documents_minute: Duree
    convention_flux_minute: Duree
    convention_appels_en_vain: Duree
    convention_equite_part: Fraction
    convention_equite_attente_secondes: Duree
    convention_appels_jours: Duree
    convention_reponses_jours: Duree
    convention_adresse_heures: Duree
    usage_facteur: Duree
    usage_appels_heure: Duree
    usage_lectures_jour: Duree
    usage_memoire_jours: Duree

    @model_validator(mode="after")
    def _prevenir_dans_l_ordre(self) -> Self:
        """Refuse notices that would not come one after the other."""
        un, deux, trois = (getattr(self, f"convention_cle_avis_{rang}_jours") for rang in (1, 2, 3))
        if not un > deux > trois:
            raise ValueError(
                "convention_cle_avis_1_jours, convention_cle_avis_2_jours et convention_cle_avis_3_jours\u00a0: donnez "
                "des délais de plus en plus courts."
            )
        return self
