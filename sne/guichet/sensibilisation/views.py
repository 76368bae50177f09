"""What one has read and thought through, one situation, how far each counter is, what is unclear to households."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from sne.assistance.actions.ouvrir import NouveauTicket, ouvrir_ticket
from sne.assistance.models import Ticket
from sne.assistance.rules.niveaux import Categorie
from sne.guichet.sensibilisation.ecran import noter_lecture
from sne.guichet.sensibilisation.forms import FormulaireRemarque, FormulaireScenario
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_parametres
from sne.sensibilisation.actions import repondre_scenario
from sne.sensibilisation.parametres import ParametresSensibilisation
from sne.sensibilisation.possible import exiger_concerne, exiger_remarquant
from sne.sensibilisation.rules import ECRANS, RAPPEL, SCENARIOS, Ecran, couvrir, lire_remarque
from sne.sensibilisation.selectors import (
    get_acquis,
    get_rappel,
    list_etapes,
    list_personnes,
)
from sne.socle.erreurs import Interdit
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.navigation import ouvre
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de
from sne.socle.signes import INSECABLE
from sne.suivi.selectors.guichets import list_fiches_suivies


@never_cache
@require_http_methods(["GET", "POST"])
def sommaire(request: RequeteHabilitee) -> HttpResponse:
    """The reminder, to be read or read already, and the situations."""
    exiger_concerne(request.acteur)
    if request.method == "POST":
        noter_lecture(request)
        return redirect("sensibilisation")
    etapes = list_etapes(request.acteur, le=maintenant())
    contexte = {
        "texte": RAPPEL,
        "rappel": get_rappel(request.acteur, le=maintenant()),
        "etapes": etapes,
        "faites": sum(etape.faite for etape in etapes),
        "mois": get_parametres(aujourd_hui())[ParametresSensibilisation].sensibilisation_mois,
        "suit": ouvre(request.acteur, "sensibilisation-guichets"),
    }
    return render(request, "guichet/sensibilisation/sommaire.html", contexte)


@never_cache
@require_http_methods(["GET", "POST"])
def scenario(request: RequeteHabilitee, code: str) -> HttpResponse:
    """One situation: an answer is kept, then said to be right or not, and why."""
    exiger_concerne(request.acteur)
    if code not in SCENARIOS:
        raise Http404
    pose = SCENARIOS[code]
    formulaire = FormulaireScenario(saisi_de(request), scenario=pose)
    contexte: dict[str, Any] = {"scenario": pose, "formulaire": formulaire, "choix": None}
    if formulaire.is_valid():
        contexte["choix"] = repondre_scenario(code, formulaire.cleaned_data["reponse"], acte=acte_de(request))
        etapes = list_etapes(request.acteur, le=maintenant())
        contexte["suivant"] = next((e.scenario for e in etapes if not e.faite), None)
        if contexte["choix"].juste and contexte["suivant"] is None:
            messages.success(request, "Vous avez suivi toutes les mises en situation.")
    contexte["erreurs"] = formulaire.erreurs()
    return render(request, "guichet/sensibilisation/scenario.html", contexte)


@exiger(Permission.SUIVI_LIRE)
@require_GET
def couverture(request: RequeteHabilitee) -> HttpResponse:
    """Counters that the reader follows: how many people, how many have nothing left to do, who has."""
    le, territoire = aujourd_hui(), request.acteur.territoire
    fiches, partout = list_fiches_suivies(request.acteur, le=le)
    personnes = list_personnes(territoire, le=maintenant(), guichets=[f.code for f in fiches])
    acquis = get_acquis(personnes, le=maintenant())
    lignes = couvrir(personnes, guichets=[f.code for f in fiches], acquis=acquis)
    toutes = {p.id for p in personnes}
    paires = list(zip(fiches, lignes, strict=True))
    contexte = {
        "lignes": [{"libelle": fiche.libelle, "ligne": ligne} for fiche, ligne in paires if ligne.personnes],
        "sans_personne": [fiche for fiche, ligne in paires if not ligne.personnes],
        "ici": "sensibilisation",
        "partout": partout,
        "personnes": len(toutes),
        "finies": len(toutes & acquis.tout),
        "mois": get_parametres(le)[ParametresSensibilisation].sensibilisation_mois,
    }
    return render(request, "guichet/sensibilisation/couverture.html", contexte)


@never_cache
@require_http_methods(["GET", "POST"])
def remarquer(request: RequeteHabilitee, code: str) -> HttpResponse:
    """What a household does not understand on one page of the portal."""
    exiger_remarquant(request.acteur)
    if code not in ECRANS:
        raise Http404
    formulaire = FormulaireRemarque(saisi_de(request))
    if formulaire.is_valid():
        try:
            ticket = _demander(request, ECRANS[code], formulaire.cleaned_data["texte"])
        except Interdit as refus:
            formulaire.refuser(refus)
        else:
            messages.success(request, f"Votre demande {ticket.numero} est envoyée.")
            return redirect("assistance-ticket", ticket.numero)
    erreurs = formulaire.erreurs()
    contexte = {"ecran": ECRANS[code], "formulaire": formulaire, "erreurs": erreurs}
    return render(request, "guichet/sensibilisation/remarquer.html", contexte)


def _demander(request: RequeteHabilitee, ecran: Ecran, texte: str) -> Ticket:
    """Ask the desk: what is written of a page of the portal, under the name of that page."""
    dit = NouveauTicket(
        categorie=Categorie.CONTENU,
        titre=f"Pas clair pour les ménages{INSECABLE}: {ecran.libelle}",
        corps=lire_remarque(texte),
        contexte={"ecran": ecran.libelle},
    )
    return ouvrir_ticket(dit, acte=acte_de(request))
