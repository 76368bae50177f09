"""Files sent ahead of the form, in several goes: begun for a file of one's perimeter, then taken in."""

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from sne.documents import tus
from sne.documents.actions.televersements import ABSENT
from sne.guichet.pieces.envois import boite_de, proprietaire_de
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.pieces.possible import ouvrir_a_un_envoi
from sne.registre.pieces.selectors.documents import get_limites
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, identifiant


@exiger(Permission.PIECE_DEPOSER)
@require_http_methods(["OPTIONS", "POST"])
def televerser(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Begin to send a file for this demande, or in the place of one of its documents."""
    demande = ouvrir_a_un_envoi(nud, request.acteur)
    piece = identifiant(request.GET.get("piece", ""))
    boite = boite_de(
        request.acteur, territoire=demande.territoire, nud=nud, demande_id=demande.id, piece_id=piece
    )
    return tus.accueillir(request, boite.accueil, adresse=boite.suite)


@exiger(Permission.PIECE_DEPOSER)
@require_http_methods(["HEAD", "PATCH", "DELETE", "POST"])
def poursuivre(request: RequeteHabilitee, cle: uuid.UUID) -> HttpResponse:
    """Where one's own file is, its next bytes, or its end."""
    if tus.methode(request) == "POST":
        raise Introuvable(ABSENT)
    return tus.poursuivre(request, cle, proprietaire=proprietaire_de(request.acteur))


@exiger(Permission.PIECE_DEPOSER)
@require_POST
def conclure(request: RequeteHabilitee, cle: uuid.UUID) -> HttpResponse:
    """Take one's own file in, now that it is whole; what became of it, for the page that sent it."""
    limites = get_limites(aujourd_hui())
    return tus.terminer(cle, proprietaire=proprietaire_de(request.acteur), limites=limites)
