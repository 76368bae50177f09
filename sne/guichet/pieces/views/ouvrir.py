"""Opening a document: the reading is journalled first, every page bears the reader's name, and no copy is kept."""

import uuid

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from sne.documents.ouverture import Ouvert, ouvrir
from sne.documents.rules import Part
from sne.guichet.pieces.lecture import commencer, reprendre
from sne.guichet.pieces.views.servir import servir
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.lecture.actions.consulter import PieceConsultee
from sne.socle.requete import RequeteHabilitee

EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
SIGNES_DU_NOM = 8  # last ones: the first ones of these ids are the time
SANS_RIEN = "sandbox; default-src 'none'; style-src 'none'; script-src 'none'; frame-ancestors 'none'"


@exiger(Permission.PIECE_LIRE)
@require_GET
def ouvrir_piece(request: RequeteHabilitee, piece_id: uuid.UUID) -> HttpResponseBase:
    """The document as a whole: an image is shown, a PDF is handed over. Each copy handed over is told."""
    en_cours = reprendre(request, piece_id)
    lecture = commencer(request, piece_id, en_cours.motif if en_cours else None)
    consultee = lecture.consultee
    ouvert = ouvrir(
        consultee.document, territoire=consultee.territoire, part=Part.ORIGINAL, filigrane=lecture.filigrane
    )
    return _servir(consultee, ouvert)


def _servir(consultee: PieceConsultee, ouvert: Ouvert) -> HttpResponseBase:
    reponse = servir(ouvert, csp=SANS_RIEN)
    extension = EXTENSIONS.get(ouvert.mime, "bin")
    genre = "inline" if ouvert.mime.startswith("image/") else "attachment"
    # a folder of downloads is seen by others: the name tells neither the type nor the demande
    nom = f"document-{consultee.id.hex[-SIGNES_DU_NOM:]}.{extension}"
    reponse["Content-Disposition"] = f'{genre}; filename="{nom}"'
    return reponse
