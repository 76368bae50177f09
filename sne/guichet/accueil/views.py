"""Start of the day: search, drafts to take up again, own identity changes, last files opened."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from sne.attestations.selectors import compter_a_traiter
from sne.guichet.accueil.attend import RIEN, ce_qui_attend
from sne.guichet.accueil.presentation import (
    presenter_brouillon,
    presenter_changement,
    presenter_dernier,
    presenter_renouvellements,
)
from sne.guichet.doublons.presentation.cas import presenter_question
from sne.guichet.lecture.views.fiche import DERNIERS
from sne.referentiels.selectors import get_parametres
from sne.registre.doublons.selectors.cas import list_questions
from sne.registre.identite.selectors.regards import compter_changements_regardes
from sne.registre.lecture.selectors.activite import list_changements_demandes, list_dossiers_brefs
from sne.registre.modification.selectors.brouillons import list_brouillons, list_renouvellements
from sne.registre.vie.selectors.preavis import compter_preavis_a_remettre
from sne.saisie.cadre import get_lecture
from sne.sensibilisation.possible import exiger_concerne
from sne.socle.contexte import COOKIE_RACCOURCIS
from sne.socle.erreurs import refus_de
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.navigation import ouvre
from sne.socle.replique import lue_ailleurs
from sne.socle.requete import RequeteHabilitee

JOURS_DES_CHANGEMENTS = 30
AU_PLUS = 10  # lines of each block; one more is read, to say that it is cut
ANNEE = 365 * 24 * 3600  # seconds


@never_cache
@require_GET
@lue_ailleurs
def accueil(request: RequeteHabilitee) -> HttpResponse:
    """Only the blocks that this person's role gives work in."""
    acteur, le = request.acteur, aujourd_hui()
    lecture, parametres = get_lecture(le), get_parametres(le)
    depose = ouvre(acteur, "enregistrer")
    depuis = maintenant() - timedelta(days=JOURS_DES_CHANGEMENTS)
    changements = list_changements_demandes(acteur, depuis=depuis, au_plus=AU_PLUS + 1)
    questions = list_questions(acteur, depuis=depuis, au_plus=AU_PLUS + 1)
    brouillons = list_brouillons(acteur, au_plus=AU_PLUS + 1)
    ouverts = list_renouvellements(acteur, au_plus=AU_PLUS + 1)
    lus = {
        "brouillons": brouillons,
        "renouvellements": ouverts,
        "changements": changements,
        "questions": questions,
    }
    derniers = list_dossiers_brefs(request.session.get(DERNIERS, []), acteur)
    dossiers = list_dossiers_brefs([ouvert.nud for ouvert in ouverts[:AU_PLUS]], acteur)
    attend = ce_qui_attend(acteur, le=le)
    contexte = {
        "le": le,
        "au_plus": AU_PLUS,
        "coupes": {nom for nom, toutes in lus.items() if len(toutes) > AU_PLUS},
        "questions": [presenter_question(q) for q in questions[:AU_PLUS]],
        "peut_deposer": depose and bool(acteur.guichet),
        "peut_rechercher": ouvre(acteur, "rechercher"),
        "brouillons": [presenter_brouillon(b, le=le, parametres=parametres) for b in brouillons[:AU_PLUS]],
        "renouvellements": presenter_renouvellements(ouverts[:AU_PLUS], dossiers),
        "regardes": compter_changements_regardes(acteur, le=le) if depose else 0,
        "changements": [presenter_changement(c, parametres) for c in changements[:AU_PLUS]],
        "attestations": compter_a_traiter(acteur) if ouvre(acteur, "attestations-a-traiter") else None,
        "preavis": compter_preavis_a_remettre(acteur) if ouvre(acteur, "preavis-a-remettre") else 0,
        "sensibilise": not refus_de(exiger_concerne, acteur),
        "attend": [ligne for ligne in attend if ligne.nombre != RIEN],
        "a_des_listes": ouvre(acteur, "listes"),
        "au_guichet": bool(acteur.guichet),
        "calmes": [ligne for ligne in attend if ligne.nombre == RIEN],
        "derniers": [presenter_dernier(d, lecture) for d in derniers],
    }
    return render(request, "guichet/accueil/accueil.html", contexte)


@require_http_methods(["GET", "POST"])
def raccourcis(request: RequeteHabilitee) -> HttpResponse:
    """Every shortcut of the keyboard; single letters switched off, or on again, in this browser (WCAG 2.1.4)."""
    if request.method == "GET":
        return render(request, "guichet/accueil/raccourcis.html")
    choix = "non" if request.POST.get("raccourcis") == "non" else "oui"
    reponse = redirect("accueil")
    reponse.set_cookie(
        COOKIE_RACCOURCIS,
        choix,
        max_age=ANNEE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return reponse
