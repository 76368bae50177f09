"""Monthly resources of a file: asked of the source outside any transaction, explained, put in a file."""

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sne.connecteurs.drm.port import demander_ressources
from sne.connecteurs.rules import Canal, Pour
from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.ressources.presentation import COLONNES, RessourcesDites, en_lignes, presenter_ressources
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.arbre.personnes import Ressources
from sne.registre.demande.selectors.etat import etat
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.lecture.selectors.traces import Trace
from sne.registre.ressources.actions.interroger import noter_reponse, preparer_question
from sne.registre.ressources.actions.lire import Forme, lire_ressources, lire_sans_appel
from sne.registre.ressources.parametres import ParametresRessources
from sne.registre.ressources.selectors import get_situation
from sne.socle.erreurs import Interdit
from sne.socle.fichiers import en_tableur
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de


@exiger(Permission.RESSOURCES_LIRE)
@require_POST
def demander(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Ask the source now; back to the file, which says what it answered, or why nobody asks."""
    acte = acte_de(request)
    lue = etat(nud, acte.survenu_le, acteur=request.acteur)
    try:
        question = preparer_question(lue.demande_id, acte=acte)
    except Interdit as exc:
        messages.warning(request, exc.phrase)
    else:
        mois = demander_ressources(question.demandee, pour=Pour(lue.territoire, Canal.GUICHET))
        noter_reponse(question, mois, acte=acte)
    return redirect(f"{reverse('demande', args=[lue.nud])}#ressources-connues")


@exiger(Permission.RESSOURCES_LIRE)
@never_cache
@require_GET
def expliquer(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """A page to print and go through with the person: each line, the difference, whom an error is told to."""
    fiche = lire_demande(request, nud)
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "nud": fiche.demande.nud,
        "ressources": ressources_dites(request, fiche, forme=Forme.IMPRESSION),
    }
    return render(request, "guichet/ressources/expliquer.html", contexte)


@exiger(Permission.RESSOURCES_LIRE)
@never_cache
@require_GET
def en_fichier(request: RequeteHabilitee, nud: str) -> StreamingHttpResponse:
    """The months for a spreadsheet."""
    fiche = lire_demande(request, nud)
    acte = acte_de(request)
    connues = lire_ressources(fiche.source, acte=acte, forme=Forme.FICHIER)
    return en_tableur(f"ressources-{fiche.demande.nud}", COLONNES, en_lignes(connues))


def ressources_dites(
    request: RequeteHabilitee, fiche: Fiche, *, forme: Forme = Forme.ECRAN
) -> RessourcesDites:
    """What may be shown of a file to this reader, told to the household."""
    le, demandeur = aujourd_hui(), fiche.contenu.demandeur
    acte = acte_de(request)
    if Trace.RESSOURCES in fiche.traces:
        connues = lire_ressources(fiche.source, acte=acte, forme=forme)
    else:
        connues = lire_sans_appel(fiche.source, fiche.situation or get_situation(fiche.source), acte=acte)
    return presenter_ressources(
        connues,
        demandeur.ressources if demandeur else Ressources(),
        get_parametres(le)[ParametresRessources],
        le=le,
    )
