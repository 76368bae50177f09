"""The monthly mailing of the recap: as it is decided now, who would be written to, what was decided and what left."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sne.guichet.recapitulatif.forms import FormulaireEnvoi
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import get_territoire
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de
from sne.suivi.actions.programmer import arreter_envoi, programmer_envoi
from sne.suivi.possible import exiger_programmer
from sne.suivi.selectors.envois import get_envoi, list_decisions, list_envois, list_lecteurs

PROGRAMME = "Envoi programmé. Il est au territoire\u00a0: il continue si vous partez."
ARRETE = "Envoi arrêté. Le récapitulatif reste en ligne."


@exiger(Permission.SUIVI_LIRE)
@require_http_methods(["GET", "POST"])
def envoi(request: RequeteHabilitee) -> HttpResponse:
    """What is decided; a valid form decides otherwise."""
    exiger_programmer(request.acteur)
    en_cours = get_envoi(request.acteur.territoire)
    initial = (
        {"jour": str(en_cours.reglage.jour), "format": en_cours.reglage.format.value} if en_cours else {}
    )
    formulaire = FormulaireEnvoi(saisi_de(request), initial=initial)
    if formulaire.is_valid() and formulaire.tenter(
        programmer_envoi,
        int(formulaire.cleaned_data["jour"]),
        formulaire.cleaned_data["format"],
        acte=acte_de(request),
    ):
        messages.success(request, PROGRAMME)
        return redirect("recapitulatif-envoi")
    territoire = request.acteur.territoire
    fiche = get_territoire(territoire)
    contexte = {
        "territoire": fiche.nom if fiche else territoire,
        "en_cours": en_cours,
        "destinataires": [compte.nom_complet for compte in list_lecteurs(territoire, le=aujourd_hui())],
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "decisions": list_decisions(territoire),
        "envois": list_envois(territoire, lus=None),
        "partout": True,
    }
    return render(request, "guichet/recapitulatif/envoi.html", contexte)


@exiger(Permission.SUIVI_LIRE)
@require_POST
def arreter(request: RequeteHabilitee) -> HttpResponse:
    """Stop it."""
    arreter_envoi(acte=acte_de(request))
    messages.success(request, ARRETE)
    return redirect("recapitulatif-envoi")
