"""E-mails that come back to the desk, read in the same box as returns."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from django.conf import settings

from sne.assistance.actions.courriels import destinataire_de, prendre_courriel
from sne.assistance.actions.pieces import NATIONAL, Jointe, nom_garde, refuser_un_nir
from sne.assistance.rules.courriels import PREFIXE
from sne.assistance.rules.reception import lire_courriel
from sne.documents.reception import recevoir
from sne.documents.rules import DocumentRefuse, Limites

AUTRE = "AUTRE"
PIECES_AU_PLUS = 3


def recevoir_reponse(octets: bytes, *, survenu_le: datetime, limites: Callable[[], Limites]) -> str:
    """What became of one e-mail: « AUTRE » when it is none of the desk's. Read twice, it is taken once.

    ``limites``: of files, asked for when there are some; a file that is refused is left out, the words are kept.
    """
    lu = lire_courriel(octets, prefixe=PREFIXE, nous=settings.COURRIEL_EXPEDITEUR)
    if lu is None:
        return AUTRE
    qui = None if lu.automatique or not lu.pieces else destinataire_de(lu)
    pieces = []
    for piece in lu.pieces[:PIECES_AU_PLUS] if qui else ():
        try:
            recu = recevoir(
                BytesIO(piece.octets),
                nom=nom_garde(piece.nom),
                territoire=NATIONAL,
                survenu_le=survenu_le,
                limites=limites(),
                relire=refuser_un_nir,
            )
        except DocumentRefuse:
            continue
        pieces.append(Jointe(recu.id, piece.nom))
    return prendre_courriel(lu, pieces, recu_le=survenu_le)
