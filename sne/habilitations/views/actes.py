"""What is done to the rights of others: accounts opened, roles given and ended, a way in given back, a departure."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.habilitations import actions
from sne.habilitations.exiger import exiger
from sne.habilitations.forms import DepartForm, InvitationForm, LienForm, OctroiForm, RetraitForm
from sne.habilitations.possible import exiger_reinitialiser, exiger_relier
from sne.habilitations.rules import MotifRetrait, Permission, Role
from sne.habilitations.rules.departs import MotifDepart
from sne.habilitations.selectors import get_compte_par_courriel
from sne.habilitations.selectors.departs import preparer_depart
from sne.habilitations.selectors.histoire import get_personne
from sne.habilitations.selectors.lieux import list_lieux, list_roles
from sne.habilitations.selectors.zones import lire_lieu
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.horloge import aujourd_hui
from sne.socle.navigation import ouvre
from sne.socle.requete import RequeteHabilitee, acte_de, identifiant, saisi_de

NIL = uuid.UUID(int=0)  # the account of an invitation is not made yet


@exiger(Permission.HABILITATION_GERER)
@require_http_methods(["GET", "POST"])
def accorder(request: RequeteHabilitee) -> HttpResponse:
    """Grant a role; ``?compte=`` names somebody whose page was open."""
    le, compte_id = aujourd_hui(), identifiant(request.GET.get("compte", ""))
    connu = get_personne(compte_id, request.acteur, le=le) if compte_id else None
    initial = {"courriel": connu.courriel} if connu else {}
    lieux = list_lieux(request.acteur, le=le)
    formulaire = OctroiForm(saisi_de(request), lieux=lieux, roles=list_roles(request.acteur), initial=initial)
    if formulaire.is_valid() and _accorder(request, formulaire):
        messages.success(request, "Habilitation accordée.")
        return redirect("habilitations")
    contexte = {"formulaire": formulaire, "erreurs": formulaire.erreurs()}
    return render(request, "habilitations/droits/accorder.html", contexte)


def _accorder(request: RequeteHabilitee, formulaire: OctroiForm) -> bool:
    try:
        compte = get_compte_par_courriel(formulaire.cleaned_data["courriel"])
    except Introuvable as refus:
        formulaire.add_error("courriel", refus.phrase)
        return False
    octroi = _octroi(formulaire, compte.id)
    return formulaire.tenter(actions.accorder_habilitation, octroi, acte=acte_de(request))


def _octroi(formulaire: OctroiForm, compte_id: uuid.UUID) -> actions.Octroi:
    valeurs = formulaire.cleaned_data
    lieu = lire_lieu(valeurs["lieu"], valeurs.get("guichet", "").upper())
    return actions.Octroi(
        compte_id,
        Role(valeurs["role"]),
        territoire=lieu.territoire,
        guichet=lieu.guichet,
        zone=lieu.zone,
        fin=valeurs["fin"],
    )


@exiger(Permission.COMPTE_GERER)
@require_http_methods(["GET", "POST"])
def inviter(request: RequeteHabilitee) -> HttpResponse:
    """An account and its first role; then the code to hand over, on a page that is shown once."""
    le = aujourd_hui()
    formulaire = InvitationForm(
        saisi_de(request), lieux=list_lieux(request.acteur, le=le), roles=list_roles(request.acteur)
    )
    if formulaire.is_valid():
        dit = formulaire.cleaned_data
        qui = actions.Invite(dit["courriel"], dit["prenom"], dit["nom"])
        try:
            invitation = actions.inviter(qui, _octroi(formulaire, NIL), acte=acte_de(request))
        except Interdit as refus:
            formulaire.refuser(refus)
        else:
            nom = f"{qui.prenom} {qui.nom}"
            contexte = {"invitation": invitation, "nom": nom, "titre": "Compte ouvert"}
            return render(request, "habilitations/droits/code.html", contexte)
    contexte = {"formulaire": formulaire, "erreurs": formulaire.erreurs()}
    return render(request, "habilitations/droits/inviter.html", contexte)


@exiger(Permission.COMPTE_GERER)
@require_http_methods(["GET", "POST"])
def redonner(request: RequeteHabilitee, compte_id: uuid.UUID) -> HttpResponse:
    """What it ends, then the code to hand over, on a page that is shown once."""
    personne = get_personne(compte_id, request.acteur, le=aujourd_hui())
    exiger_reinitialiser(request.acteur, get_compte_par_courriel(personne.courriel), le=aujourd_hui())
    if request.method == "POST":
        invitation = actions.redonner_acces(personne.id, acte=acte_de(request))
        contexte = {"invitation": invitation, "nom": personne.nom, "titre": "Accès redonné"}
        return render(request, "habilitations/droits/code.html", contexte)
    return render(request, "habilitations/droits/redonner.html", {"personne": personne})


@exiger(Permission.HABILITATION_RETIRER)
@require_http_methods(["GET", "POST"])
def retirer(request: RequeteHabilitee, compte_id: uuid.UUID, habilitation_id: uuid.UUID) -> HttpResponse:
    """End one role from today."""
    personne = get_personne(compte_id, request.acteur, le=aujourd_hui())
    droit = next((d for d in personne.droits if d.id == habilitation_id), None)
    if droit is None:
        raise Introuvable("Cette habilitation n’est pas de cette personne.")
    formulaire = RetraitForm(saisi_de(request))
    if formulaire.is_valid():
        motif = MotifRetrait(formulaire.cleaned_data["motif"])
        actions.retirer_habilitation(droit.id, motif=motif, acte=acte_de(request))
        messages.success(request, "Habilitation retirée.")
        return redirect("habilitations-personne", compte_id)
    contexte = {
        "personne": personne,
        "droit": droit,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "habilitations/droits/retirer.html", contexte)


@exiger(Permission.HABILITATION_RETIRER)
@require_http_methods(["GET", "POST"])
def partir(request: RequeteHabilitee, compte_id: uuid.UUID) -> HttpResponse:
    """Everything that a departure ends, leaves and hands over, then the act."""
    le = aujourd_hui()
    personne = get_personne(compte_id, request.acteur, le=le)
    prepare = preparer_depart(compte_id, request.acteur, le=le)
    collegues = [(str(c.compte_id), c.libelle) for c in prepare.collegues] if prepare.a_confier else []
    formulaire = DepartForm(saisi_de(request), collegues=collegues, initial={"effet": le})
    if formulaire.is_valid() and _partir(request, compte_id, formulaire):
        messages.success(request, "Départ enregistré. Les habilitations prennent fin ce jour-là.")
        return redirect("habilitations-personne", compte_id)
    contexte = {
        "personne": personne,
        "prepare": prepare,
        "accorde": ouvre(request.acteur, "habilitations-accorder"),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "habilitations/droits/partir.html", contexte)


def _partir(request: RequeteHabilitee, compte_id: uuid.UUID, formulaire: DepartForm) -> bool:
    valeurs = formulaire.cleaned_data
    dit = actions.DepartDit(
        compte_id,
        effet=valeurs["effet"],
        motif=MotifDepart(valeurs["motif"]),
        precision=valeurs["precision"],
        successeur_id=identifiant(valeurs.get("successeur", "")),
    )
    return formulaire.tenter(actions.constater_depart, dit, acte=acte_de(request))


@exiger(Permission.COMPTE_GERER)
@require_http_methods(["GET", "POST"])
def relier(request: RequeteHabilitee, compte_id: uuid.UUID) -> HttpResponse:
    """Say that another account is of the same person: national operation, with a reason, for good."""
    exiger_relier(request.acteur)
    personne = get_personne(compte_id, request.acteur, le=aujourd_hui())
    formulaire = LienForm(saisi_de(request))
    if formulaire.is_valid() and _relier(request, compte_id, formulaire):
        messages.success(request, "Les deux comptes sont reconnus d’une même personne.")
        return redirect("habilitations-personne", compte_id)
    contexte = {"personne": personne, "formulaire": formulaire, "erreurs": formulaire.erreurs()}
    return render(request, "habilitations/droits/relier.html", contexte)


def _relier(request: RequeteHabilitee, compte_id: uuid.UUID, formulaire: LienForm) -> bool:
    try:
        autre = get_compte_par_courriel(formulaire.cleaned_data["courriel"])
        actions.lier_comptes(
            compte_id, autre.id, motif=formulaire.cleaned_data["motif"], acte=acte_de(request)
        )
    except (Interdit, Introuvable) as refus:
        formulaire.add_error("courriel", refus.phrase)
        return False
    return True
