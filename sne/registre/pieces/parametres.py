"""Supporting documents, and what reading one received file may cost: figures that may change, dated."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from sne.referentiels.rules import Duree, Groupe

OCTETS_PAR_PIXEL = 12  # a picture being decoded is there up to three times, four bytes a pixel
MEMOIRE_DES_BIBLIOTHEQUES_MO = (
    500  # address space of the reading process before the first pixel, and its margin
)


class ParametresPieces(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    piece_perimee_avant_jours: Duree
    piece_perimee_apres_jours: Duree
    document_quarantaine_minutes: Duree
    document_aides_pages_max: Duree
    avis_impot_mois: Annotated[int, Field(ge=1, le=12)]
    document_taille_max_mo: Duree
    document_pages_max: Duree
    document_cote_pixels: Annotated[int, Field(ge=1000, le=10_000)]
    document_vignette_pixels: Annotated[int, Field(ge=60, le=1000)]
    document_dessin_ppp: Annotated[int, Field(ge=72, le=600)]
    document_qualite_jpeg: Annotated[int, Field(ge=40, le=95)]
    lecture_memoire_mo: Annotated[int, Field(ge=500)]
    lecture_processeur_secondes: Duree
    lecture_duree_secondes: Duree
    lecture_ecriture_mo: Duree
    lecture_pixels_millions: Duree
    lecture_cote_pixels: Annotated[int, Field(ge=1000)]
    lecture_objets_max: Annotated[int, Field(ge=1000)]
    lecture_flux_mo: Duree
    televersements_au_plus: Duree
    pieces_en_ligne_par_jour: Duree
    document_reception_heures: Duree
    document_attente_heures: Duree

    @model_validator(mode="after")
    def _tenir_en_memoire(self) -> Self:
        """Refuse a picture that the reading process could not hold."""
        pixels = self.lecture_pixels_millions * OCTETS_PAR_PIXEL
        if pixels + MEMOIRE_DES_BIBLIOTHEQUES_MO > self.lecture_memoire_mo:
            raise ValueError(
                "lecture_pixels_millions\u00a0: une image de cette définition ne tiendrait pas dans "
                "lecture_memoire_mo, et serait refusée sans raison claire."
            )
        return self
