"""The documents of a file: what is expected and why it is missing, what is there."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sne.guichet.pieces.presentation import presenter_attendues, presenter_demandees, presenter_pieces
from sne.guichet.pieces.views.cadre import ouvrir_cadre
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.faits.selectors.dossier_de_pieces import get_dossier_de_pieces
from sne.socle.requete import RequeteHabilitee


@exiger(Permission.PIECE_LIRE)
@require_GET
def pieces(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """What is expected, by level, then every document received or seen, the newest first."""
    cadre = ouvrir_cadre(request, nud)
    contenu = cadre.fiche.contenu
    lus = get_dossier_de_pieces(cadre.fiche.demande.id, contenu, acteur=request.acteur, le=cadre.le)
    contexte = cadre.contexte() | {
        "niveaux": presenter_attendues(lus, contenu, cadre.catalogue, nud=cadre.nud),
        "manquantes": len(lus.manquantes),
        "demandees": presenter_demandees(lus.demandees, contenu, cadre.catalogue, nud=cadre.nud, le=cadre.le),
        "pieces": presenter_pieces(lus.pieces, contenu, cadre.catalogue, le=cadre.le),
        "sante_lisible": cadre.fiche.sante_lisible,
    }
    return render(request, "guichet/pieces/liste.html", contexte)
