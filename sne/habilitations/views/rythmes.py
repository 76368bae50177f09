"""Regular reviews of a territory: as they are set now, and who set them; setting and stopping them."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sne.habilitations.actions import arreter_revues, programmer_revues
from sne.habilitations.exiger import exiger
from sne.habilitations.forms import RythmeForm
from sne.habilitations.parametres import ParametresHabilitations
from sne.habilitations.rules import Permission
from sne.habilitations.selectors.carences import nom_du_lieu
from sne.habilitations.selectors.rythmes import (
    EtatDesRevues,
    get_revues_du_territoire,
    list_decisions_de_rythme,
)
from sne.referentiels.selectors import get_parametres
from sne.socle.erreurs import Interdit
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

REGLEES = "Revues régulières réglées. Elles sont au territoire\u00a0: elles continuent si vous partez."
ARRETEES = "Revues régulières arrêtées. Une revue en cours va jusqu’à sa fin."


@exiger(Permission.HABILITATION_GERER)
@require_http_methods(["GET", "POST"])
def rythme(request: RequeteHabilitee, territoire: str) -> HttpResponse:
    """What is decided; a valid form decides otherwise."""
    le, etat = aujourd_hui(), get_revues_du_territoire(territoire, request.acteur)
    formulaire = RythmeForm(saisi_de(request), initial=_proposer(etat, le=le))
    if formulaire.is_valid() and formulaire.tenter(
        programmer_revues, territoire, **formulaire.cleaned_data, acte=acte_de(request)
    ):
        messages.success(request, REGLEES)
        return redirect("revue-rythme", territoire)
    contexte = {
        "etat": etat,
        "nom": nom_du_lieu(territoire, "", le=le),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "decisions": list_decisions_de_rythme(territoire),
    }
    return render(request, "habilitations/revues/rythme.html", contexte)


@exiger(Permission.HABILITATION_GERER)
@require_POST
def arreter(request: RequeteHabilitee, territoire: str) -> HttpResponse:
    """Stop them; stopped already, by somebody else, nothing is left to do."""
    get_revues_du_territoire(territoire, request.acteur)
    try:
        arreter_revues(territoire, acte=acte_de(request))
    except Interdit as refus:
        messages.info(request, refus.phrase)
    else:
        messages.success(request, ARRETEES)
    return redirect("revue-rythme", territoire)


def _proposer(etat: EtatDesRevues, *, le: date) -> dict[str, object]:
    """What the form holds when it opens: what is set, else the usual period after the last review."""
    lendemain = le + timedelta(days=1)
    if etat.rythme and etat.prochaine:
        return {"mois": etat.rythme.mois, "premiere": max(etat.prochaine, lendemain)}
    mois = get_parametres(le)[ParametresHabilitations].revue_periode_mois
    suivante = etat.derniere + relativedelta(months=mois) if etat.derniere else lendemain
    return {"mois": mois, "premiere": max(suivante, lendemain)}
