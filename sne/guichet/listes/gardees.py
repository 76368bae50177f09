"""Lists kept under a name: kept from the page of a list, opened and dropped from the page of all of them."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sne.guichet.listes.adresses import adresse_de, avec, filtres_gardes, lire_fiche, lire_formulaire
from sne.guichet.listes.forms import FormulaireGarder
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.listes.actions.listes import enregistrer_liste, supprimer_liste
from sne.registre.listes.possible import list_partages
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, acte_de


@exiger(Permission.LISTE_LIRE)
@require_POST
def garder(request: RequeteHabilitee, nom: str) -> HttpResponse:
    """Keep the list of this address under a name; one of the same name is replaced."""
    fiche, acteur = lire_fiche(nom), request.acteur
    formulaire = FormulaireGarder(request.POST, partages=list_partages(acteur))
    ici = avec(adresse_de(fiche), filtres_gardes(request))
    if not formulaire.is_valid():
        messages.error(request, formulaire.erreurs()[0].phrase)
        return redirect(ici)
    garde = formulaire.cleaned_data
    enregistrer_liste(
        garde["nom"],
        fiche.code,
        lire_formulaire(request, fiche).filtre(),
        partage=garde["partage"],
        acte=Acte(acteur, maintenant()),
    )
    messages.success(request, "Liste gardée. Vous la retrouvez dans «\u00a0Mes listes\u00a0».")
    return redirect(ici)


@exiger(Permission.LISTE_LIRE)
@require_POST
def supprimer(request: RequeteHabilitee, liste_id: uuid.UUID) -> HttpResponse:
    """Drop a list kept: no file changes."""
    supprimer_liste(liste_id, acte=acte_de(request))
    messages.success(request, "Liste supprimée. Aucun dossier n’a changé.")
    return redirect("listes")
