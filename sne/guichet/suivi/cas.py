"""One case of the follow-up: a file, a counter, what one person did there; and closing it."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sne.guichet.lecture import dossier as fiches
from sne.guichet.lecture.lire import lire_demande
from sne.guichet.suivi.forms import FormulaireClassement, FormulaireClassementGuichet
from sne.guichet.suivi.presentation import (
    AUCUN_ACTE,
    PETITS,
    dire_indicateur,
    nom_du_guichet,
    periode,
    presenter_acte,
    presenter_agents,
    presenter_classement,
    presenter_dossier,
)
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.habilitations.selectors import list_noms
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.identite.selectors.a_decider import list_decidables
from sne.registre.identite.selectors.suivi import ACTES_AU_PLUS
from sne.socle.erreurs import refus_de
from sne.socle.horloge import aujourd_hui
from sne.socle.navigation import ouvre
from sne.socle.replique import lue_ailleurs
from sne.socle.requete import RequeteHabilitee, acte_de, saisi_de
from sne.suivi.actions.classer import classer_dossier, classer_guichet
from sne.suivi.actions.consulter import consulter_agent
from sne.suivi.possible import exiger_dossier_classable, exiger_guichet_classable
from sne.suivi.rules.entonnoir import expliquer
from sne.suivi.selectors.dossiers import DossierALire, get_dossier, list_auteurs
from sne.suivi.selectors.guichets import GuichetSuivi, get_guichet_suivi

CLASSE = "Cas classé. Il revient de lui-même si un nouvel acte le demande."


@exiger(Permission.SUIVI_LIRE)
@require_http_methods(["GET", "POST"])
@lue_ailleurs
def dossier(request: RequeteHabilitee, demande_id: uuid.UUID) -> HttpResponse:
    """Why a file is to look at, act by act; a valid form closes its case."""
    lu = get_dossier(demande_id, request.acteur, le=aujourd_hui())
    formulaire = FormulaireClassement(saisi_de(request), initial={"vu": lu.suivi.regarde.operation})
    if formulaire.is_valid() and formulaire.tenter(
        classer_dossier, lu.suivi.regarde.demande_id, **formulaire.cleaned_data, acte=acte_de(request)
    ):
        messages.success(request, CLASSE)
        return redirect("suivi")
    return _montrer_dossier(request, lu, formulaire)


def _montrer_dossier(
    request: RequeteHabilitee, lu: DossierALire, formulaire: FormulaireClassement
) -> HttpResponse:
    acteur, le, regarde = request.acteur, aujourd_hui(), lu.suivi.regarde
    fiche = lire_demande(request, regarde.nud)
    noms, refus = list_auteurs(lu, acteur), refus_de(exiger_dossier_classable, lu, acteur)
    contexte = {
        "bandeau": fiches.bandeau(fiche, le),
        "ligne": presenter_dossier(regarde, le=le),
        "fenetre": get_seuils(le).score_fenetre_jours,
        "actes": [presenter_acte(acte, noms) for acte in lu.suivi.actes],
        "explications": lu.suivi.explications,
        "regards": lu.suivi.regards,
        "classement": presenter_classement(lu.classement, {}) if lu.classement else None,
        "anciens": [presenter_classement(ancien, {}) for ancien in lu.anciens],
        "formulaire": None if refus else formulaire,
        "sinon": refus,
        "decide": regarde.changement is not None
        and regarde.changement in list_decidables([regarde.changement], acteur, le=le),
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/suivi/dossier.html", contexte)


@exiger(Permission.SUIVI_LIRE)
@require_http_methods(["GET", "POST"])
@lue_ailleurs
def guichet(request: RequeteHabilitee, code: str) -> HttpResponse:
    """Where a counter stands, who changed what there; a valid form closes its case."""
    lu = get_guichet_suivi(_code(code), request.acteur, le=aujourd_hui())
    formulaire = FormulaireClassementGuichet(
        saisi_de(request),
        enquetes=lu.enquetes,
        initial={
            "vu": lu.operation or AUCUN_ACTE,
            "observes": lu.point.observes if lu.point else 0,
        },
    )
    if formulaire.is_valid() and formulaire.tenter(
        classer_guichet, lu.guichet, **formulaire.cleaned_data, acte=acte_de(request)
    ):
        messages.success(request, CLASSE)
        return redirect("suivi")
    return _montrer_guichet(request, lu, formulaire)


def _montrer_guichet(
    request: RequeteHabilitee, lu: GuichetSuivi, formulaire: FormulaireClassementGuichet
) -> HttpResponse:
    noms = list_noms({agent.personne for agent in lu.agents or ()})
    refus = refus_de(exiger_guichet_classable, lu, request.acteur)
    contexte = {
        "lu": lu,
        "code": lu.guichet or PETITS,
        "nom": nom_du_guichet(lu.guichet, lu.fiche.libelle if lu.fiche else None),
        "periode": periode(lu.depuis, aujourd_hui()),
        "phrase": expliquer(lu.point) if lu.point else "",
        "decide": dire_indicateur(lu.indicateur) if lu.guichet else "",
        "signale": lu.point is not None and lu.point.signale,
        "agents": presenter_agents(lu.agents or (), noms),
        "actes": [presenter_acte(acte, noms) for acte in lu.actes[:ACTES_AU_PLUS]],
        "coupe": len(lu.actes) > ACTES_AU_PLUS,
        "classement": presenter_classement(lu.classement, {}) if lu.classement else None,
        "formulaire": None if refus else formulaire,
        "sinon": refus,
        "nomme": lu.agents is not None,
        "classe": ouvre(request.acteur, "alerte-nouvelle"),
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/suivi/guichet.html", contexte)


@exiger(Permission.SUIVI_LIRE)
@require_GET
def agent(request: RequeteHabilitee, code: str, personne: uuid.UUID) -> HttpResponse:
    """What one natural person did at a counter in the quarter, whichever of their accounts they used."""
    lu = consulter_agent(_code(code), personne, acte=acte_de(request))
    fiche = lu.guichet.fiche
    contexte = {
        "lu": lu,
        "code": code,
        "nom_du_guichet": nom_du_guichet(lu.guichet.guichet, fiche.libelle if fiche else None),
        "periode": periode(lu.guichet.depuis, aujourd_hui()),
        "actes": [presenter_acte(acte, {}) for acte in lu.actes[:ACTES_AU_PLUS]],
        "coupe": len(lu.actes) > ACTES_AU_PLUS,
    }
    return render(request, "guichet/suivi/agent.html", contexte)


def _code(code: str) -> str:
    return "" if code == PETITS else code
