"""A page of a draft kept on the way, by its script: saved as typed, judged by nobody, never over a newer one."""

from collections.abc import Mapping

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext

from sne.portail.nouvelle.en_cours import AVEC_QUI, DemandeEnLigne
from sne.portail.nouvelle.envoi import lire_page
from sne.portail.nouvelle.forms import EFFACER, AvecQui
from sne.portail.nouvelle.page_du_plan import PageDuPlan
from sne.saisie.brut import CONTINUER, Brut, brut_de
from sne.saisie.en_cours import SaisieEnCours
from sne.saisie.reunion import Envoi, est_depasse
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
