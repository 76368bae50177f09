"""Asking documents of the household: which of those that are missing or unsuitable; one message lists them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.guichet.pieces.forms import FormulaireDemande
from sne.guichet.pieces.presentation import offrir
from sne.guichet.pieces.views.cadre import Cadre, ouvrir_cadre
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.faits.actions.evenements import consigner_evenement
from sne.registre.faits.rules.evenements import EvenementSaisi
from sne.registre.faits.rules.pieces_demandees import DEMANDE_PJ
from sne.registre.faits.selectors.dossier_de_pieces import get_dossier_de_pieces, list_demandables
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, saisi_de


@exiger(Permission.EVENEMENT_CONSIGNER)
@require_http_methods(["GET", "POST"])
def demander(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Tick them and send; a refusal comes back beside the boxes.

    Only documents that the register would accept are offered.
    """
    cadre = ouvrir_cadre(request, nud)
    demande, contenu = cadre.fiche.demande, cadre.fiche.contenu
    dossier = get_dossier_de_pieces(demande.id, contenu, acteur=request.acteur, le=cadre.le)
    lignes = list_demandables(demande.id, acteur=request.acteur, le=cadre.le)
    offertes = offrir(lignes, dossier, contenu)
    formulaire = FormulaireDemande(saisi_de(request), offertes=offertes)
    if formulaire.is_valid() and _demander(cadre, formulaire):
        messages.success(
            request, "Pièces demandées. Un message les liste, s’il y a une adresse où l’envoyer."
        )
        return redirect("pieces", cadre.nud)
    contexte = cadre.contexte() | {
        "formulaire": formulaire,
        "offertes": offertes,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/pieces/demander.html", contexte)


def _demander(cadre: Cadre, formulaire: FormulaireDemande) -> bool:
    valeurs = formulaire.cleaned_data
    avant = valeurs["reponse_avant"]
    saisie = EvenementSaisi(
        type=DEMANDE_PJ,
        jour=cadre.le,
        caracteristiques={
            "pieces": ",".join(valeurs["pieces"]),
            "reponse_avant": avant.isoformat() if avant else "",
        },
    )
    return formulaire.tenter(
        consigner_evenement, cadre.fiche.demande.id, saisie, acte=Acte(cadre.acteur, maintenant())
    )
