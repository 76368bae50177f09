"""Files sent ahead of their form, in several goes, by the script of the page: a cut loses nothing."""

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from sne.documents import tus
from sne.documents.actions.televersements import ABSENT
from sne.portail.boite import proprietaire_de
from sne.portail.middleware import RequeteDuMenage
from sne.portail.views.documents import boite_du_dossier
from sne.portail.views.piece import boite_de_l_envoi
from sne.registre.pieces.selectors.documents import get_limites
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import aujourd_hui


@require_http_methods(["OPTIONS", "POST"])
def commencer(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """Begin to send a file for a document that is expected of this demande."""
    boite = boite_du_dossier(request, nud)
    return tus.accueillir(request, boite.accueil, adresse=boite.suite)


@require_http_methods(["OPTIONS", "POST"])
def commencer_piece(request: RequeteDuMenage, territoire: str) -> HttpResponse:
    """The same for the document of identity of what was sent online."""
    boite = boite_de_l_envoi(request, territoire)
    if boite is None:
        raise Introuvable(ABSENT)
    return tus.accueillir(request, boite.accueil, adresse=boite.suite)


@require_http_methods(["HEAD", "PATCH", "DELETE", "POST"])
def fichier(request: RequeteDuMenage, cle: uuid.UUID) -> HttpResponse:
    """Where one's own file is, its next bytes, or its end."""
    if tus.methode(request) == "POST":
        raise Introuvable(ABSENT)
    return tus.poursuivre(request, cle, proprietaire=_soi(request))


@require_POST
def conclure(request: RequeteDuMenage, cle: uuid.UUID) -> HttpResponse:
    """Take one's own file in, now that it is whole; what became of it, for the page that sent it."""
    return tus.terminer(cle, proprietaire=_soi(request), limites=get_limites(aujourd_hui()))


def _soi(request: RequeteDuMenage) -> str:
    return proprietaire_de(request.visiteur.session.compte)
