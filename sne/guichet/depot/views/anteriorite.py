"""Earlier reception dates: what waits, then one request, its file, and the answer."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sne.guichet.accueil.onglets import onglets
from sne.guichet.depot.forms.anteriorite import FormulaireAnteriorite
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.listes.montrer import ouvrir_file
from sne.guichet.listes.parcours import apres, retenir
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.depot.actions.decider_anteriorite import decider_anteriorite
from sne.registre.depot.rules.anteriorite import REPONSES, IssueAnteriorite
from sne.registre.depot.selectors.anteriorite import get_requete
from sne.registre.lecture.possible import ActeDuDossier, actes_possibles
from sne.registre.listes.rules.listes import CodeFile
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

FAIT = {
    IssueAnteriorite.ACCORDEE: "Date accordée. L’ancienneté compte de cette date, et une nouvelle attestation part.",
    IssueAnteriorite.REFUSEE: "Date refusée. Rien ne change dans la demande. Votre réponse reste dans l’historique.",
}


@exiger(Permission.ANTERIORITE_DECIDER)
@require_GET
def anteriorites(request: RequeteHabilitee) -> HttpResponse:
    """Requests that nobody answered yet, the oldest first."""
    page, de_la_file = ouvrir_file(request, CodeFile.DATES)
    retenir(
        request,
        "Dates de dépôt à décider",
        ((r.nud, reverse("anteriorite", args=[r.id])) for r in page.lignes),
    )
    contexte = {"onglets": onglets(request.acteur), "onglet": "anteriorites", **de_la_file}
    return render(request, "guichet/depot/liste.html", contexte)


@exiger(Permission.ANTERIORITE_DECIDER)
@require_http_methods(["GET", "POST"])
def anteriorite(request: RequeteHabilitee, requete_id: uuid.UUID) -> HttpResponse:
    """Which date, why, by which counter, for which file; a valid form answers."""
    requete = get_requete(requete_id, request.acteur)
    formulaire = FormulaireAnteriorite(saisi_de(request))
    if formulaire.is_valid() and formulaire.tenter_ou_lever(
        decider_anteriorite, requete.id, **formulaire.cleaned_data, acte=acte_de(request)
    ):
        messages.success(request, FAIT[IssueAnteriorite(formulaire.cleaned_data["issue"])])
        return apres(request, reverse("anteriorites"))
    fiche, acte = lire_demande(request, requete.nud), ActeDuDossier.DECIDER_DATE
    contexte = {
        "requete": requete,
        "reponse": REPONSES[requete.issue] if requete.issue else "",
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "refus": actes_possibles(fiche, request.acteur, instant=maintenant(), parmi=[acte])[acte].refus,
    }
    return render(request, "guichet/depot/decider.html", contexte)
