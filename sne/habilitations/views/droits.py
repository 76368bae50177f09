"""Rights of others: who holds them where, what lacks somebody, the whole history of a person or of a place."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sne.habilitations.exiger import exiger
from sne.habilitations.possible import exiger_accorder_a, exiger_reinitialiser, exiger_relier
from sne.habilitations.rules import Permission
from sne.habilitations.selectors import get_compte_par_courriel, list_carences
from sne.habilitations.selectors.carences import nom_du_lieu
from sne.habilitations.selectors.histoire import AU_PLUS, get_personne, list_droits_du_lieu, list_usages
from sne.habilitations.selectors.personnes import PAR_PAGE, list_personnes
from sne.habilitations.selectors.revues import list_avancees_nationales, list_campagnes
from sne.socle.erreurs import refus_de
from sne.socle.horloge import aujourd_hui
from sne.socle.navigation import ouvre
from sne.socle.requete import RequeteHabilitee, page_demandee


@exiger(Permission.HABILITATION_RETIRER)
@require_GET
def habilitations(request: RequeteHabilitee) -> HttpResponse:
    """Places that lack somebody, reviews under way, then everybody who holds a role."""
    le, acteur = aujourd_hui(), request.acteur
    territoire, _, guichet = request.GET.get("lieu", "").partition("-")
    page = page_demandee(request)
    lignes, total = list_personnes(acteur, le=le, territoire=territoire, guichet=guichet, page=page)
    campagnes = list_campagnes(acteur, le=le)
    contexte = {
        "carences": list_carences(acteur, le=le),
        "campagnes": campagnes,
        "nationales": list_avancees_nationales(acteur, le=le) if campagnes else (),
        "lignes": lignes,
        "total": total,
        "lieu": nom_du_lieu(territoire, guichet, le=le) if territoire else "",
        "filtre": request.GET.get("lieu", "") if territoire else "",
        "territoire": territoire,
        "guichet": guichet,
        "precedente": page - 1,
        "suivante": page + 1 if page * PAR_PAGE < total else 0,
        "peut_accorder": ouvre(acteur, "habilitations-accorder"),
    }
    return render(request, "habilitations/droits/liste.html", contexte)


@exiger(Permission.HABILITATION_RETIRER)
@require_GET
def personne(request: RequeteHabilitee, compte_id: uuid.UUID) -> HttpResponse:
    """One person: every right, what happened to each, and what may be done."""
    le, acteur = aujourd_hui(), request.acteur
    lue = get_personne(compte_id, acteur, le=le)
    contexte = {
        "personne": lue,
        "usages": list_usages(compte_id, acteur, le=le),
        "peut_accorder": not refus_de(exiger_accorder_a, acteur, compte_id),
        "peut_redonner": not refus_de(
            exiger_reinitialiser, acteur, get_compte_par_courriel(lue.courriel), le=le
        ),
        "peut_partir": any(d.retirable for d in lue.droits),
        "peut_relier": not refus_de(exiger_relier, acteur),
    }
    return render(request, "habilitations/droits/personne.html", contexte)


@exiger(Permission.HABILITATION_RETIRER)
@require_GET
def lieu(request: RequeteHabilitee, territoire: str, guichet: str = "") -> HttpResponse:
    """One place: every right ever held in it."""
    le = aujourd_hui()
    contexte = {
        "lieu": nom_du_lieu(territoire, guichet, le=le),
        "droits": list_droits_du_lieu(territoire, guichet, request.acteur, le=le),
        "au_plus": AU_PLUS,
    }
    return render(request, "habilitations/droits/lieu.html", contexte)
