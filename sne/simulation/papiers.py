"""Identity documents of the simulated households: kept by the store as a reading leaves them, without the reading."""

import hashlib
import uuid
from datetime import date

from sne.documents.reception import Recu, garder
from sne.documents.rules import Lecture, Part, PartieLue, Verdict
from sne.documents.travail import dossier_de_travail
from sne.registre.contenu.rules.arbre.references import DEMANDEUR
from sne.registre.pieces.actions.deposer import Fichier, joindre_piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.simulation.foyers import TERRITOIRE
from sne.socle.acte import Acte

PIECE = PieceSaisie("IDENTITE", DEMANDEUR, nature="CNI")
IMAGE = "image/png"
PIECES_DEPUIS = date(2022, 4, 27)
"""Day of the list of documents that a counter may ask for (order of 19 April 2022)."""


def remettre(demande: uuid.UUID, *, acte: Acte) -> uuid.UUID:
    """Hand the applicant's card in; the id of the document."""
    octets = f"Carte remise le {acte.survenu_le.isoformat()}".encode()
    with dossier_de_travail() as dossier:
        carte = dossier / "carte"
        carte.write_bytes(octets)
        recu = garder(
            Lecture(IMAGE, 1, (PartieLue(Part.ORIGINAL, carte, IMAGE),)),
            Recu(carte, "carte.png", hashlib.sha256(octets).digest(), len(octets)),
            Verdict.SAIN,
            dossier=dossier,
            territoire=TERRITOIRE,
            survenu_le=acte.survenu_le,
        )
    return joindre_piece(demande, PIECE, Fichier(recu.id, recu.empreinte), acte=acte)
