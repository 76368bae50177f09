"""Files sent ahead of the form, in several goes: begun for a file of one's perimeter, then taken in."""

import uuid

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sne.documents import televersement, tus
from sne.documents.actions.televersements import ABSENT
from sne.documents.rules import DocumentRefuse
from sne.documents.selectors import get_documents
from sne.guichet.exiger import exiger
from sne.guichet.pieces.envois import Boite, decrire, proprietaire_de
from sne.habilitations.rules import Permission, sans_droit
from sne.registre.selectors.documents import get_limites
from sne.registre.selectors.pieces import get_lieu
from sne.socle.erreurs import Introuvable, require
from sne.socle.horloge import jour, maintenant
from sne.socle.requete import RequeteHabilitee, identifiant


@exiger(Permission.PIECE_DEPOSER)
@require_http_methods(["OPTIONS", "POST"])
def televerser(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Begin to send a file for this demande, or in the place of one of its documents."""
    demande_id, territoire = get_lieu(nud, acteur=request.acteur)
    require(request.acteur.peut(Permission.PIECE_DEPOSER, territoire), sans_droit(Permission.PIECE_DEPOSER))
    piece = identifiant(request.GET.get("piece", ""))
    objet = f"piece:{piece}" if piece else f"demande:{demande_id}"
    boite = Boite(territoire, proprietaire_de(request.acteur), objet, nud)
    return tus.accueillir(
        request, boite.accueil(maintenant()), adresse=lambda cle: reverse("televersement", args=[cle])
    )


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
    survenu_le = maintenant()
    try:
        lu = televersement.conclure(
            cle,
            proprietaire=proprietaire_de(request.acteur),
            limites=get_limites(jour(survenu_le)),
            survenu_le=survenu_le,
        )
    except DocumentRefuse as refus:  # not whole, or a store that does not answer: to be asked again
        return JsonResponse({"refus": refus.phrase})
    document = (
        get_documents([lu.document], territoire=lu.territoire).get(lu.document) if lu.document else None
    )
    return JsonResponse({"id": str(lu.id), "refus": lu.refus, "phrase": f"Reçu{decrire(document)}"})
