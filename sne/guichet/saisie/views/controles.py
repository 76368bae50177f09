"""Parts of a screen of entry, asked for while it is typed: what the rules say of it, its fields once rows were opened.

Without JavaScript the same is said when the page is sent: the same forms, the same rules, the same words.
"""

from django.http import HttpResponse
from django.shortcuts import render

from sne.guichet.saisie.enregistrement import Enregistrement
from sne.guichet.saisie.proches import chercher_proches
from sne.guichet.saisie.views.cadre import dire_remarques
from sne.saisie.brut import CONTROLE
from sne.saisie.en_cours import SaisieEnCours
from sne.saisie.envoi import lire_envoi
from sne.socle.requete import RequeteHabilitee

NAISSANCE = "date_naissance"


def controler_page(request: RequeteHabilitee, saisie: SaisieEnCours, code: str) -> HttpResponse:
    """What the rules say of a screen that is being typed; nothing is saved.

    Close demandes are looked for once a birth date was typed.
    """
    envoi, _ = lire_envoi(request.POST, saisie.toutes[code])
    tapee = saisie.essayer(saisie.donnees_avec(code, envoi.brut))
    page = saisie.construire(code, envoi.brut, controler=True)
    contexte = {
        "enregistrement": tapee,
        "erreurs": page.erreurs,
        "remarques": dire_remarques(tapee, [code]),
        "cherches": request.POST[CONTROLE].endswith(NAISSANCE) and isinstance(tapee, Enregistrement),
    }
    if contexte["cherches"] and isinstance(tapee, Enregistrement):
        contexte["proches"] = chercher_proches(tapee, request.acteur)
    return render(request, "guichet/saisie/controles.html", contexte)


def montrer_champs(
    request: RequeteHabilitee, saisie: SaisieEnCours, code: str, nouvelle_ligne: str
) -> HttpResponse:
    """The fields alone, once rows were opened or taken out, to take the place of those on the screen."""
    page = saisie.page(code)
    page.commencer_par(nouvelle_ligne)
    contexte = {
        "page": page,
        "nirs": saisie.nirs_connus,
        "lu": saisie.brouillon.numero,
        "revision": saisie.brouillon.revision,
    }
    return render(request, "guichet/saisie/champs.html", contexte)
