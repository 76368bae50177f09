"""What the dated parameters say of documents: what is accepted, how long they may wait."""

from datetime import date, timedelta

from sne.documents.rules import Delais, Limites
from sne.referentiels.selectors import get_parametres

MEGAOCTET = 1_000_000


def get_limites(le: date) -> Limites:
    """What a received file may weigh and hold on that day."""
    parametres = get_parametres(le)
    return Limites(octets=parametres.document_taille_max_mo * MEGAOCTET, pages=parametres.document_pages_max)


def get_delais(le: date) -> Delais:
    """How long a reception may last, and a document wait to be attached, on that day."""
    parametres = get_parametres(le)
    return Delais(
        reception=timedelta(hours=parametres.document_reception_heures),
        attente=timedelta(hours=parametres.document_attente_heures),
    )
