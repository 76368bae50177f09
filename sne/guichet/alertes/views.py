"""Alerts to counters: those of the reader, a new one, and the page of one for both sides."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sne.guichet.alertes import presentation
from sne.guichet.alertes.forms import (
    FormulaireAlerte,
    FormulaireCloture,
    FormulaireDesignation,
    FormulaireRelance,
    FormulaireReponse,
)
from sne.guichet.listes.montrer import ouvrir_file
from sne.guichet.listes.parcours import apres, retenir
from sne.guichet.recapitulatif.forms import code_du_mois
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.selectors import list_fiches
from sne.registre.listes.rules.listes import CodeFile
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.forms import Formulaire, rassembler_erreurs
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.navigation import ouvre
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de
from sne.socle.templatetags.socle_tags import mois_a_mois
from sne.suivi.actions.alerter import (
    clore_alerte,
    designer_repondant,
    ouvrir_alerte,
    relancer_alerte,
    repondre_alerte,
)
from sne.suivi.actions.exporter import Periode
from sne.suivi.possible import exiger_programmer
from sne.suivi.selectors.alertes import AlerteLue, get_alerte, list_designables, list_repondants
from sne.suivi.selectors.recapitulatif import list_mois

REPONDRE, RELANCER, CLORE, DESIGNER = "repondre", "relancer", "clore", "designer"
FAIT = {
    REPONDRE: "Réponse envoyée au gestionnaire territorial.",
    RELANCER: "Question envoyée au guichet.",
    CLORE: "Alerte close. Le guichet lit le motif.",
    DESIGNER: "Agent désigné. Il est prévenu par courriel.",
}
OUVERTE = "Alerte envoyée au guichet."


@exiger(Permission.LISTE_LIRE)
@require_GET
def alertes(request: RequeteHabilitee) -> HttpResponse:
    """Those that the reader opened, has to answer, or may read."""
    acteur = request.acteur
    page, de_la_file = ouvrir_file(request, CodeFile.ALERTES)
    retenir(request, "Alertes aux guichets", (("", reverse("alerte", args=[a.id])) for a in page.lignes))
    contexte = de_la_file | {
        "lignes": [
            {"alerte": a, "mois": mois_a_mois(a.de, a.a), "etat": presentation.ETATS[a.etat]}
            for a in page.lignes
        ],
        "suit": ouvre(acteur, "alerte-nouvelle"),
        **_onglets(acteur),
    }
    return render(request, "guichet/alertes/liste.html", contexte)


@exiger(Permission.SUIVI_CLASSER)
@require_http_methods(["GET", "POST"])
def nouvelle(request: RequeteHabilitee) -> HttpResponse:
    """Ask a counter; the counter and the month may come from a line of the recap."""
    acteur = request.acteur
    mois = list_mois(acteur.territoire)
    dernier = code_du_mois(mois[0]) if mois else ""
    voulu = request.GET.get("mois", dernier)
    formulaire = FormulaireAlerte(
        saisi_de(request),
        initial={"guichet": request.GET.get("guichet", ""), "de": voulu, "a": voulu},
        mois=mois,
        fiches=[fiche for fiche in list_fiches(acteur.territoire).values() if not fiche.virtuel],
    )
    if formulaire.is_valid():
        dit = formulaire.cleaned_data
        try:
            alerte_id = ouvrir_alerte(
                dit["guichet"],
                Periode(dit["de"], dit["a"]),
                texte=dit["texte"],
                acte=Acte(acteur, maintenant()),
            )
        except Interdit as exc:
            formulaire.refuser(exc)
        else:
            messages.success(request, OUVERTE)
            return redirect("alerte", alerte_id)
    contexte = {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        **_onglets(acteur),
    }
    return render(request, "guichet/alertes/nouvelle.html", contexte)


@exiger(Permission.LISTE_LIRE)
@require_http_methods(["GET", "POST"])
def alerte(request: RequeteHabilitee, alerte_id: uuid.UUID) -> HttpResponse:
    """The figures, the thread, and what this reader may do."""
    le = aujourd_hui()
    lue = get_alerte(alerte_id, request.acteur, le=le)
    acte = request.POST.get("acte", "")
    formulaires = _formulaires(request, lue, acte)
    if acte in formulaires and _faire(request, lue, acte, formulaires[acte]):
        messages.success(request, FAIT[acte])
        return apres(request, reverse("alerte", args=[alerte_id]))
    contexte = {
        "alerte": lue,
        "periode": mois_a_mois(lue.de, lue.a),
        "badge": presentation.ETATS[lue.etat],
        "etat": presentation.etat_en_mots(lue, le=le),
        "fil": presentation.fil(lue),
        "chiffres": presentation.chiffres(lue),
        "formulaires": formulaires,
        "sans_repondant": lue.suit and not list_repondants(lue.territoire, lue.guichet, le=le),
        "erreurs": rassembler_erreurs(formulaires.values()),
        **_onglets(request.acteur),
    }
    return render(request, "guichet/alertes/alerte.html", contexte)


def _formulaires(request: RequeteHabilitee, lue: AlerteLue, acte: str) -> dict[str, Formulaire]:
    """By act, those that this reader may send now."""
    permis: dict[str, Callable[..., Formulaire]] = {}
    if lue.a_repondre:
        permis[REPONDRE] = FormulaireReponse
    if lue.a_designer:
        agents = list_designables(lue.territoire, lue.guichet, le=aujourd_hui())
        permis[DESIGNER] = partial(FormulaireDesignation, agents=agents)
    if lue.a_relancer:
        permis[RELANCER] = FormulaireRelance
    if lue.a_clore:
        permis[CLORE] = FormulaireCloture
    return {
        nom: faire(request.POST if nom == acte else None, auto_id=f"{nom}_%s")
        for nom, faire in permis.items()
    }


def _faire(request: RequeteHabilitee, lue: AlerteLue, acte: str, formulaire: Formulaire) -> bool:
    """Whether the act was done; a refusal about a field comes back beside it."""
    if not formulaire.is_valid():
        return False
    dit = formulaire.cleaned_data
    commun: Any = {"acte": acte_de(request)}
    faire: dict[str, Callable[[], None]] = {
        REPONDRE: lambda: repondre_alerte(lue.id, texte=dit["texte"], **commun),
        RELANCER: lambda: relancer_alerte(lue.id, texte=dit["texte"], **commun),
        DESIGNER: lambda: designer_repondant(lue.id, dit["compte"], **commun),
        CLORE: lambda: clore_alerte(lue.id, motif=dit["motif"], texte=dit["texte"], **commun),
    }
    return formulaire.tenter_ou_lever(faire[acte])


def _onglets(acteur: Acteur) -> dict[str, bool]:
    return {
        "sans_suivi": not ouvre(acteur, "suivi"),
        "partout": not refus_de(exiger_programmer, acteur),
    }
