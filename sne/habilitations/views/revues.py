"""Campaigns of review: opening one, answering it line by line, today some and the others another day."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sne.habilitations import actions
from sne.habilitations.exiger import exiger
from sne.habilitations.forms import OuvertureRevueForm, ReponseForm
from sne.habilitations.rules import Permission
from sne.habilitations.rules.revues import Reponse
from sne.habilitations.selectors.carences import nom_du_lieu
from sne.habilitations.selectors.lieux import list_lieux
from sne.habilitations.selectors.revues import (
    AU_PLUS,
    CLOSES_PAR_PAGE,
    LigneLue,
    get_campagne,
    get_rappels,
    list_campagnes_closes,
    list_lignes,
    list_modeles_nationaux,
)
from sne.habilitations.selectors.rythmes import list_etats_des_revues
from sne.habilitations.tasks import ouvrir_partout
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.forms import rassembler_erreurs
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, acte_de, page_demandee, saisi_de


@exiger(Permission.HABILITATION_GERER)
@require_http_methods(["GET", "POST"])
def ouvrir(request: RequeteHabilitee) -> HttpResponse:
    """Where to review, until when; regular reviews and the campaigns that ended are below."""
    le, page = aujourd_hui(), page_demandee(request)
    formulaire = OuvertureRevueForm(saisi_de(request), lieux=list_lieux(request.acteur, le=le))
    if formulaire.is_valid():
        ouverte = _ouvrir(request, formulaire)
        if ouverte is not None:
            messages.success(request, "Revue ouverte. Chaque personne chargée de répondre est prévenue.")
            return redirect("revue", ouverte)
    closes, nombre = list_campagnes_closes(request.acteur, le=le, page=page)
    contexte = {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "regulieres": [
            (etat, nom_du_lieu(etat.territoire, "", le=le)) for etat in list_etats_des_revues(request.acteur)
        ],
        "modeles": list_modeles_nationaux(request.acteur),
        "closes": closes,
        "nombre_closes": nombre,
        "precedente": page - 1,
        "suivante": page + 1 if page * CLOSES_PAR_PAGE < nombre else 0,
    }
    return render(request, "habilitations/revues/ouvrir.html", contexte)


@exiger(Permission.HABILITATION_GERER)
@require_POST
def ouvrir_nationale(request: RequeteHabilitee) -> HttpResponse:
    """Have a national campaign opened in every territory; pressed again, it opens what is not open yet."""
    modele = request.POST.get("modele", "")
    if modele not in dict(list_modeles_nationaux(request.acteur)):
        raise Introuvable("Ce modèle de campagne n’existe pas, ou ne vous est pas ouvert.")
    ouvrir_partout.defer(
        modele=modele,
        compte_id=str(request.acteur.id),
        correlation=str(request.acteur.correlation),
        demandee_le=aujourd_hui().isoformat(),
    )
    messages.success(
        request,
        "Campagne nationale demandée. Les revues s’ouvrent territoire après territoire\u00a0: "
        "cette page dit où en est l’ouverture.",
    )
    return redirect("habilitations")


def _ouvrir(request: RequeteHabilitee, formulaire: OuvertureRevueForm) -> uuid.UUID | None:
    territoire, _, guichet = formulaire.cleaned_data["lieu"].partition("-")
    ouverture = actions.OuvertureRevue(territoire, guichet, limite=formulaire.cleaned_data["limite"])
    try:
        return actions.ouvrir_revue(ouverture, acte=acte_de(request))
    except Interdit as refus:
        if refus.champ in ("territoire", "guichet"):
            refus.champ = "lieu"
        formulaire.refuser(refus)
        return None


@exiger(Permission.HABILITATION_RETIRER)
@require_http_methods(["GET", "POST"])
def revue(request: RequeteHabilitee, campagne_id: uuid.UUID) -> HttpResponse:
    """Lines to answer first, then those answered and one's own; each answer stands by itself."""
    le = aujourd_hui()
    campagne = get_campagne(campagne_id, request.acteur, le=le)
    lignes = list_lignes(campagne, request.acteur, le=le)
    poste = saisi_de(request)
    formulaires = {ligne.id: _formulaire(ligne, poste) for ligne in lignes if ligne.a_repondre}
    if poste is not None:
        gardees = sum(
            _repondre(request, ligne, formulaires[ligne.id]) for ligne in lignes if ligne.a_repondre
        )
        if gardees:
            messages.success(request, f"Réponses enregistrées : {gardees}.")
        if not any(f.errors for f in formulaires.values()):
            return redirect("revue", campagne_id)
        campagne = get_campagne(campagne_id, request.acteur, le=le)
        lignes = list_lignes(campagne, request.acteur, le=le)
    contexte = {
        "campagne": campagne,
        "au_plus": AU_PLUS,
        "rappels": get_rappels(campagne, le=le),
        "jours": (campagne.limite - le).days,
        "a_revoir": [
            (x, formulaires.get(x.id) or _formulaire(x, None))
            for x in lignes
            if x.a_repondre and not x.reponse
        ],
        "revues": [(x, formulaires.get(x.id)) for x in lignes if x.reponse or not x.a_repondre],
        "erreurs": rassembler_erreurs(formulaires.values()),
    }
    return render(request, "habilitations/revues/revue.html", contexte)


def _formulaire(ligne: LigneLue, poste: Any) -> ReponseForm:
    initial = {"reponse": ligne.reponse, "motif": ligne.motif}
    return ReponseForm(poste, prefix=str(ligne.id), contexte=ligne.personne, initial=initial)


def _repondre(request: RequeteHabilitee, ligne: LigneLue, formulaire: ReponseForm) -> bool:
    """Keep one answer, when it is new; a refusal comes back beside it."""
    if not formulaire.is_valid() or not formulaire.has_changed() or not formulaire.cleaned_data["reponse"]:
        return False
    return formulaire.tenter(
        actions.repondre_revue,
        ligne.id,
        reponse=Reponse(formulaire.cleaned_data["reponse"]),
        motif=formulaire.cleaned_data["motif"],
        vus=request.POST.get(f"{ligne.id}-vus", "").split(),
        acte=acte_de(request),
    )
