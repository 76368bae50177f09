"""Persons who authorised one's body: the list, one of them, renewing in their place."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sne.guichet.mandat.forms import FormulaireOffre
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.mandat.actions.aider import (
    AideOuverte,
    accepter_aide,
    ouvrir_aide,
    renoncer_a_aider,
    renouveler_pour,
)
from sne.registre.mandat.actions.offrir import offrir_aide
from sne.registre.mandat.selectors.mandats import list_aides
from sne.saisie.brut import brut_de, lire_revision
from sne.saisie.presentation.aide import lire_declaration
from sne.socle.erreurs import Interdit
from sne.socle.forms import ErreurDeChamp
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de
from sne.socle.templatetags.socle_tags import date_longue

OFFERTE = (
    "Si ce numéro et cette date de naissance vont ensemble, la personne lit maintenant votre offre dans "
    "«\u00a0Qui m’aide\u00a0» de son espace, et l’accepte ou la refuse avec FranceConnect. Vous la trouvez ici dès "
    "qu’elle a accepté."
)


@exiger(Permission.MANDAT_TENIR)
@require_safe
def aides(request: RequeteHabilitee) -> HttpResponse:
    """Who waits for an answer, then whom one helps."""
    contexte = {"aides": list_aides(request.acteur, le=aujourd_hui())}
    return render(request, "guichet/mandat/liste.html", contexte)


@exiger(Permission.MANDAT_TENIR)
@require_http_methods(["GET", "POST"])
def offrir(request: RequeteHabilitee) -> HttpResponse:
    """A person beside whom one sits: their number and birth date. One answer, whether these go together or not."""
    formulaire = FormulaireOffre(saisi_de(request))
    if formulaire.is_valid() and formulaire.tenter(offrir_aide, formulaire.dite, acte=acte_de(request)):
        messages.success(request, OFFERTE)
        return redirect("aides")
    contexte = {"formulaire": formulaire, "erreurs": formulaire.erreurs()}
    return render(request, "guichet/mandat/offrir.html", contexte)


@exiger(Permission.MANDAT_TENIR)
@require_http_methods(["GET", "POST"])
def aide(request: RequeteHabilitee, mandat_id: uuid.UUID) -> HttpResponse:
    """One person: what they signed, then what that lets one see; a button for each act that may happen now."""
    acte = acte_de(request)
    erreurs: tuple[ErreurDeChamp, ...] = ()
    if request.method == "POST":
        try:
            if "renoncer" in request.POST:
                renoncer_a_aider(mandat_id, acte=acte)
                dit = "C’est noté. Vous n’aidez plus cette personne."
            else:
                jusqu_au = date_longue(accepter_aide(mandat_id, acte=acte))
                dit = f"C’est signé. Vous pouvez aider cette personne jusqu’au {jusqu_au}."
        except Interdit as non:
            erreurs = (ErreurDeChamp(non.phrase),)
        else:
            messages.success(request, dit)
            return redirect("aide", mandat_id)
    ouverte = ouvrir_aide(mandat_id, acte=acte)
    return _montrer(request, ouverte, "guichet/mandat/aide.html", erreurs)


@exiger(Permission.MANDAT_TENIR)
@require_http_methods(["GET", "POST"])
def renouveler(request: RequeteHabilitee, mandat_id: uuid.UUID) -> HttpResponse:
    """What is declared, read with the person; then one button that says that nothing has changed."""
    acte = acte_de(request)
    erreurs: tuple[ErreurDeChamp, ...] = ()
    if request.method == "POST":
        try:
            fait = renouveler_pour(mandat_id, revision=lire_revision(brut_de(request.POST)), acte=acte)
        except Interdit as non:
            erreurs = (ErreurDeChamp(non.phrase),)
        else:
            jusqu_au = date_longue(fait.date_expiration)
            messages.success(request, f"La demande est renouvelée jusqu’au {jusqu_au}.")
            return redirect("aide", mandat_id)
    ouverte = ouvrir_aide(mandat_id, acte=acte)
    if not erreurs and (ouverte.suivie is None or not ouverte.suivie.renouvelable_ici):
        return redirect("aide", mandat_id)
    return _montrer(request, ouverte, "guichet/mandat/renouveler.html", erreurs)


def _montrer(
    request: RequeteHabilitee, ouverte: AideOuverte, gabarit: str, erreurs: tuple[ErreurDeChamp, ...]
) -> HttpResponse:
    contexte = {
        "aide": ouverte,
        "declaration": lire_declaration(ouverte.sienne.contenu) if ouverte.sienne else None,
        "erreurs": erreurs,
    }
    return render(request, gabarit, contexte, status=409 if erreurs else 200)
