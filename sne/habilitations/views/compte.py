"""One's own account: who one is, what one may do and where, the password, the place acted for."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from sne.habilitations import actions, proconnect
from sne.habilitations.forms import MotDePasseForm, PosteForm
from sne.habilitations.middleware import choisir_poste
from sne.habilitations.ouvertes import list_ouvertes, noter_ouverture
from sne.habilitations.rules import PERMISSIONS
from sne.habilitations.selectors import list_mes_habilitations, list_postes
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import acte_de, saisi_de


def mon_compte(request: Any) -> HttpResponse:
    """Who I am, the roles that I hold in sentences, and until when."""
    postes = list_postes(request.user, le=aujourd_hui())
    accordees = {permission for poste in postes for permission in poste.droits}
    contexte = {
        "compte": request.user,
        "proconnect": proconnect.est_ouvert(),
        "habilitations": list_mes_habilitations(request.user, le=aujourd_hui()),
        "droits": [libelle for permission, libelle in PERMISSIONS.items() if permission in accordees],
        "plusieurs_postes": len({poste.cle for poste in postes}) > 1,
        "sessions": list_ouvertes(request.user, ici=request.session.session_key),
    }
    return render(request, "habilitations/mon_compte.html", contexte)


@require_POST
def fermer_session(request: Any) -> HttpResponse:
    """Close another session of mine."""
    acte = acte_de(request)
    actions.fermer_session(request.POST.get("session", ""), ici=request.session.session_key, acte=acte)
    messages.success(request, "Session fermée.")
    return redirect("mon-compte")


def changer_guichet(request: Any) -> HttpResponse:
    """Choose the guichet or the territory to act for; only a place held today is taken."""
    postes = list_postes(request.user, le=aujourd_hui())
    actuel = f"{request.acteur.territoire}/{request.acteur.guichet}"
    formulaire = PosteForm(saisi_de(request), postes=postes, initial={"poste": actuel})
    if formulaire.is_valid():
        choisir_poste(request, formulaire.cleaned_data["poste"])
        messages.success(request, "C’est fait. Vous agissez maintenant pour ce lieu.")
        return redirect(settings.LOGIN_REDIRECT_URL)
    contexte = {"formulaire": formulaire, "erreurs": formulaire.erreurs()}
    return render(request, "habilitations/changer_guichet.html", contexte)


@sensitive_post_parameters("ancien", "nouveau", "confirmation")
def changer_mot_de_passe(request: Any) -> HttpResponse:
    """Change my password; my other sessions end."""
    formulaire = MotDePasseForm(saisi_de(request))
    if formulaire.is_valid() and _changer(request, formulaire):
        messages.success(request, "Mot de passe changé. Vos autres sessions sont fermées.")
        return redirect("mon-compte")
    contexte = {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "provisoire": request.user.mot_de_passe_provisoire,
    }
    return render(request, "habilitations/mot_de_passe.html", contexte)


def _changer(request: Any, formulaire: MotDePasseForm) -> bool:
    """The current password is tried as at sign-in: the same lock counts the wrong ones, and answers in our stead."""
    ancien, nouveau = formulaire.cleaned_data["ancien"], formulaire.cleaned_data["nouveau"]
    if authenticate(request, courriel=request.user.courriel, password=ancien) is None:
        formulaire.add_error("ancien", "Ce n’est pas le bon. Saisissez-le de nouveau.")
        return False
    if not formulaire.tenter(
        actions.changer_mot_de_passe, request.user.pk, ancien=ancien, nouveau=nouveau, acte=acte_de(request)
    ):
        return False
    request.user.refresh_from_db(fields=["password"])
    update_session_auth_hash(request, request.user)
    noter_ouverture(request)
    return True
