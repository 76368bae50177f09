"""A page of a draft that is open elsewhere too: kept on the way, by its script, or chosen answer by answer."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from sne.portail.nouvelle.en_cours import AVEC_QUI, DemandeEnLigne
from sne.portail.nouvelle.envoi import lire_page
from sne.portail.nouvelle.forms import EFFACER, AvecQui
from sne.portail.nouvelle.page_du_plan import PageDuPlan
from sne.saisie.brut import CONTINUER, LU, VUE, Brut, brut_de
from sne.saisie.cadre import get_lecture
from sne.saisie.comparaison import confronter
from sne.saisie.en_cours import SaisieEnCours
from sne.saisie.envoi import dire_ce_qui_manque
from sne.saisie.reunion import Envoi, Reunion, est_depasse
from sne.socle.acteur import Acteur
from sne.socle.erreurs import ConflitDeRevision
from sne.socle.templatetags.socle_tags import heure_fr

GARDER = "garder"
"""Field by which the script says that the page is only kept."""


def garder_en_passant(request: HttpRequest, demande: DemandeEnLigne, ici: PageDuPlan) -> JsonResponse:
    """The number that the page is now at, and when it was kept; 409 when the same page was saved meanwhile.

    What a button erases once it was said twice is never erased here.
    """
    saisi = {
        nom: dit for nom, dit in brut_de(request.POST).items() if nom not in {CONTINUER, EFFACER, GARDER}
    }
    envoi, _ = lire_page(demande, ici, saisi)
    autres: dict[str, Brut] = {}
    if ici.code == AVEC_QUI:
        question = AvecQui(demande, saisi)
        envoi, autres = question.appliquer(envoi), dict(question.retenu)
    return garder_la_page(demande, envoi, acteur=demande.acteur, autres=autres)


def garder_la_page(
    saisie: SaisieEnCours, envoi: Envoi, *, acteur: Acteur, autres: Mapping[str, Brut] | None = None
) -> JsonResponse:
    """The answer to the script, once this page is put among what is typed."""
    try:
        if est_depasse(saisie, envoi):
            raise ConflitDeRevision("")
        donnees = saisie.donnees_avec(envoi.code, envoi.brut, retraits=envoi.retraits)
        gardee = saisie.ecrire({**donnees, **(autres or {})}, acteur=acteur)
    except ConflitDeRevision:
        dit = gettext(
            "Cette page a été enregistrée sur un autre appareil. Continuez\u00a0: vous choisirez vos réponses."
        )
        return JsonResponse({"phrase": dit}, status=409)
    heure = heure_fr(gardee.brouillon.maj_le)
    phrase = gettext("Réponses gardées à %(heure)s.") % {"heure": heure}
    return JsonResponse({"lu": gardee.brouillon.numero, "phrase": phrase})


def choisir_entre_deux(
    request: HttpRequest,
    saisie: SaisieEnCours,
    envoi: Envoi,
    reunion: Reunion,
    *,
    champs: Iterable[str],
    retour: str,
) -> HttpResponse:
    """The same answer was typed on two devices: both are shown, the person picks. ``champs``: those sent again."""
    lecture = get_lecture(saisie.cadre.aujourd_hui)
    contexte = {
        "deux_appareils": True,
        "erreurs": dire_ce_qui_manque(reunion.restent) if envoi.vue else (),
        "lignes": confronter(reunion.conflits, reunion.present, lecture, choix=envoi.choix),
        "caches": [
            (VUE, saisie.brouillon.numero),
            (LU, envoi.lu),
            *((nom, valeur) for nom in champs for valeur in envoi.brut[nom]),
        ],
        "retour": retour,
    }
    return render(request, "portail/menage/choisir.html", contexte, status=409)
