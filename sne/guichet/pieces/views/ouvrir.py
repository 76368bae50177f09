"""Opening a document: the reading is told first, the name of the reader is across every page, nothing of it is kept."""

import uuid

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from sne.documents.ouverture import Ouvert, ouvrir
from sne.documents.rules import Filigrane, Part
from sne.guichet.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.actions.consulter_piece import PieceConsultee, consulter_piece
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee

EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
SANS_RIEN = "sandbox; default-src 'none'; style-src 'none'; script-src 'none'; frame-ancestors 'none'"


@exiger(Permission.PIECE_LIRE)
@require_GET
def ouvrir_piece(request: RequeteHabilitee, piece_id: uuid.UUID) -> HttpResponseBase:
    """The document: an image is shown, a PDF is handed over to be opened."""
    survenu_le = maintenant()
    consultee = consulter_piece(piece_id, acteur=request.acteur, survenu_le=survenu_le)
    filigrane = Filigrane(
        qui=_qui(request), quand=survenu_le, pourquoi=f"Demande {consultee.nud}, instruction"
    )
    ouvert = ouvrir(
        consultee.document, territoire=consultee.territoire, part=Part.ORIGINAL, filigrane=filigrane
    )
    return _servir(consultee, ouvert)


def _qui(request: RequeteHabilitee) -> str:
    return ", ".join(filter(None, (request.acteur.nom, request.acteur.guichet)))


def _servir(consultee: PieceConsultee, ouvert: Ouvert) -> HttpResponseBase:
    reponse = StreamingHttpResponse(ouvert.octets, content_type=ouvert.mime)
    extension = EXTENSIONS.get(ouvert.mime, "bin")
    genre = "inline" if ouvert.mime.startswith("image/") else "attachment"
    nom = f"{consultee.type_piece.lower()}-{consultee.nud}.{extension}"
    reponse["Content-Disposition"] = f'{genre}; filename="{nom}"'
    reponse["Cache-Control"] = "no-store, private"
    reponse["X-Content-Type-Options"] = "nosniff"
    reponse["Content-Security-Policy"] = SANS_RIEN
    reponse["Cross-Origin-Resource-Policy"] = "same-origin"
    return reponse
