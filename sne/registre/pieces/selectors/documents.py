"""What the dated parameters say of documents: what is accepted, how long they may wait."""

from datetime import date, timedelta

from django.conf import settings

from sne.documents.rules import Bornes, Delais, Limites
from sne.referentiels.rules.parametres import Parametres
from sne.referentiels.selectors import get_parametres
from sne.registre.pieces.parametres import ParametresPieces

MEGAOCTET = MILLION = 1_000_000


def get_limites(le: date) -> Limites:
    """What a received file may weigh, hold, and cost to read on that day."""
    parametres = get_parametres(le)
    return Limites(
        octets=parametres[ParametresPieces].document_taille_max_mo * MEGAOCTET,
        pages=parametres[ParametresPieces].document_pages_max,
        lecture=bornes_de(parametres),
    )


def get_bornes(le: date) -> Bornes:
    """What reading or drawing a document may cost on that day, and how large what is made of it may be."""
    return bornes_de(get_parametres(le))


def bornes_de(parametres: Parametres) -> Bornes:
    """The limits of the reading process that these parameters say."""
    return Bornes(
        memoire=parametres[ParametresPieces].lecture_memoire_mo * MEGAOCTET,
        processeur=parametres[ParametresPieces].lecture_processeur_secondes,
        duree=parametres[ParametresPieces].lecture_duree_secondes,
        ecriture=parametres[ParametresPieces].lecture_ecriture_mo * MEGAOCTET,
        pixels=parametres[ParametresPieces].lecture_pixels_millions * MILLION,
        cote_max=parametres[ParametresPieces].lecture_cote_pixels,
        grand_cote=parametres[ParametresPieces].document_cote_pixels,
        vignette=parametres[ParametresPieces].document_vignette_pixels,
        objets=parametres[ParametresPieces].lecture_objets_max,
        flux_decode=parametres[ParametresPieces].lecture_flux_mo * MEGAOCTET,
        dessin_points_par_pouce=parametres[ParametresPieces].document_dessin_ppp,
        qualite=parametres[ParametresPieces].document_qualite_jpeg,
        enclos_exige=settings.ENCLOS_EXIGE,
    )


def get_delais(le: date) -> Delais:
    """How long a reception may last, and a document wait to be attached, on that day."""
    parametres = get_parametres(le)
    return Delais(
        reception=timedelta(hours=parametres[ParametresPieces].document_reception_heures),
        attente=timedelta(hours=parametres[ParametresPieces].document_attente_heures),
    )
