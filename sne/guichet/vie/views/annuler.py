"""A registration made twice by mistake: a counter says so, the territorial manager takes it back, or puts it back."""

import uuid
from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sne.guichet.lecture import dossier
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.listes.parcours import apres
from sne.guichet.vie.forms.annulation import (
    FormulaireAnnulation,
    FormulaireReponse,
    FormulaireRetablissement,
)
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.vie.actions.annuler import (
    annuler_enregistrement,
    decider_annulation,
    demander_annulation,
    retablir_demande,
)
from sne.registre.vie.rules.annulation import IssueAnnulation
from sne.registre.vie.selectors.radiation import get_requete_annulation, ouvrir_requete_annulation
from sne.socle.forms import Formulaire
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de

Agir = Callable[..., object]
ANNULEE = "Demande annulée. Elle peut être rétablie."
MENAGE = (
    "Seulement pour une erreur de saisie\u00a0: le ménage a déjà une autre demande, au moins aussi ancienne, avec les "
    "mêmes adultes, et celle-ci n’a pas encore servi. Ce n’est pas une radiation\u00a0: aucun ménage ne perd sa "
    "demande par cet écran."
)
MOTS: Mapping[str, Mapping[str, str]] = {
    "annuler": {
        "titre": "Annuler une demande enregistrée deux fois",
        "explication": MENAGE,
        "bouton": "Annuler la demande",
    },
    "demander": {
        "titre": "Signaler une demande enregistrée deux fois",
        "explication": f"{MENAGE} Le gestionnaire territorial décide\u00a0: rien ne change jusque-là.",
        "bouton": "Demander l’annulation",
    },
    "decider": {
        "titre": "Annulation demandée",
        "explication": MENAGE,
        "bouton": "Enregistrer ma réponse",
    },
    "retablir": {
        "titre": "Rétablir la demande",
        "explication": "La demande reprend sous le même numéro, depuis le même dépôt.",
        "bouton": "Rétablir la demande",
    },
}
"""Words of each page."""


@exiger(Permission.DEMANDE_ANNULER)
@require_http_methods(["GET", "POST"])
def annuler(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Which demande is kept, and what happened; where a counter has said both, its question is answered."""
    fiche = lire_demande(request, nud)
    requete = get_requete_annulation(fiche.source) if request.method == "GET" else None
    if requete is not None:
        return redirect("annulation", requete.id)
    formulaire = FormulaireAnnulation(saisi_de(request))
    return _traiter(request, fiche, formulaire, annuler_enregistrement, ANNULEE, acte_dit="annuler")


@exiger(Permission.DEMANDE_MODIFIER)
@require_http_methods(["GET", "POST"])
def demander(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """A counter says of which demande this one is the double; the territorial manager answers."""
    formulaire = FormulaireAnnulation(saisi_de(request))
    dit = "Annulation demandée. Le gestionnaire territorial répondra."
    return _traiter(
        request, lire_demande(request, nud), formulaire, demander_annulation, dit, acte_dit="demander"
    )


@exiger(Permission.DEMANDE_ANNULER)
@require_http_methods(["GET", "POST"])
def decider(request: RequeteHabilitee, requete_id: uuid.UUID) -> HttpResponse:
    """What was asked, of which demande, and the answer."""
    requete = ouvrir_requete_annulation(requete_id, acteur=request.acteur)
    fiche = lire_demande(request, requete.demande.nud)
    if requete.clos_le is not None:
        messages.info(request, "Quelqu’un a déjà répondu à cette demande d’annulation.")
        return redirect("demande", fiche.demande.nud)
    formulaire = FormulaireReponse(saisi_de(request))
    refusee = request.POST.get("issue") == IssueAnnulation.REFUSEE
    dit = "Annulation refusée\u00a0: la demande reste." if refusee else ANNULEE
    return _traiter(request, fiche, formulaire, decider_annulation, dit, acte_dit="decider", requete=requete)


@exiger(Permission.DEMANDE_ANNULER)
@require_http_methods(["GET", "POST"])
def retablir(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Why it was no double."""
    formulaire = FormulaireRetablissement(saisi_de(request))
    fiche, dit = lire_demande(request, nud), "Demande rétablie, sous le même numéro."
    return _traiter(request, fiche, formulaire, retablir_demande, dit, acte_dit="retablir")


def _traiter(
    request: RequeteHabilitee,
    fiche: Fiche,
    formulaire: Formulaire,
    agir: Agir,
    dit: str,
    *,
    acte_dit: str,
    **autres: object,
) -> HttpResponse:
    """The form, or the act; a refusal about a field comes back beside it."""
    if formulaire.is_valid() and formulaire.tenter_ou_lever(
        agir, fiche.demande.id, **formulaire.cleaned_data, acte=acte_de(request)
    ):
        messages.success(request, dit)
        return apres(request, reverse("demande", args=[fiche.demande.nud]))
    contexte = {
        "bandeau": dossier.bandeau(fiche, aujourd_hui()),
        "nud": fiche.demande.nud,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        **MOTS[acte_dit],
        **autres,
    }
    return render(request, "guichet/vie/annuler.html", contexte)
