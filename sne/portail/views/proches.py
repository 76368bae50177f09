"""« Aider un proche »: the code of an invitation, what it asks; then whom one helps, in what they signed."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sne.cellules.routage import cellule_ou, dans, lister_partout
from sne.demandeurs.actions import compter_parmi
from sne.demandeurs.rules.niveaux import Geste, Voie
from sne.demandeurs.selectors import get_limite_des_numeros
from sne.portail.aide.forms import FormulaireInvitation
from sne.portail.boite import Photos, boite_de
from sne.portail.forms import FormulaireDocument
from sne.portail.lignes import dire_blocs, dire_membres
from sne.portail.middleware import RequeteDuMenage
from sne.portail.refus import dire_refus
from sne.portail.views.documents import cle_de, joindre, lignes_de, presenter
from sne.portail.views.reponses import trop_d_essais
from sne.registre.mandat.actions.aider import (
    AideOuverte,
    ouvrir_aide,
    ouvrir_pour,
    renoncer_a_aider,
    renouveler_pour,
)
from sne.registre.mandat.actions.inviter import accepter_invitation, lire_invitation, refuser_invitation
from sne.registre.mandat.possible import exiger_proche
from sne.registre.mandat.selectors.invitations import get_invitation
from sne.registre.mandat.selectors.mandats import list_aides
from sne.registre.pieces.rules.pieces_manquantes import Situation
from sne.saisie.brut import brut_de, lire_revision
from sne.saisie.presentation.aide import lire_declaration
from sne.socle.acte import Acte
from sne.socle.debit import reseau_de
from sne.socle.erreurs import Interdit, refus_de
from sne.socle.horloge import aujourd_hui, jour
from sne.socle.requete import adresse_du_client, envoi_de


@require_http_methods(["GET", "HEAD", "POST"])
def proches(request: RequeteDuMenage) -> HttpResponse:
    """Whom they help, and the code of an invitation: what it asks is read, then accepted or refused."""
    visiteur, formulaire = request.visiteur, FormulaireInvitation()
    if request.method == "POST":
        formulaire = FormulaireInvitation(request.POST)
        limite, reseau = get_limite_des_numeros(visiteur.instant), reseau_de(adresse_du_client(request))
        if formulaire.is_valid():
            code = formulaire.cleaned_data["code"]
            if compter_parmi(limite, reseau, code, instant=visiteur.instant) > limite.nombre:
                return trop_d_essais(request)
            with dans(cellule_ou(lambda: get_invitation(code) is not None)):
                reponse = _repondre(request, formulaire)
            if reponse is not None:
                return reponse
    contexte = {
        "aides": lister_partout(lambda: list_aides(request.acteur, le=jour(visiteur.instant))),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "refus": refus_de(exiger_proche, visiteur.session.voie),
    }
    return render(request, "portail/proches/liste.html", contexte)


def _repondre(request: RequeteDuMenage, formulaire: FormulaireInvitation) -> HttpResponse | None:
    """What becomes of a code; nothing when the form says why it does not serve."""
    acte, voie = Acte(request.acteur, request.visiteur.instant), request.visiteur.session.voie
    code = formulaire.cleaned_data["code"]
    try:
        if "refuser" in request.POST:
            refuser_invitation(code, voie=voie, acte=acte)
            return redirect("proches")
        if "accepter" in request.POST:
            mandat = accepter_invitation(code, nom=_son_nom(request), voie=voie, acte=acte)
            return redirect("proche", mandat.id)
        invitee = lire_invitation(code, voie=voie, acte=acte)
    except Interdit as non:
        formulaire.add_error("code", dire_refus(non.phrase))
        return None
    contexte = {"invitee": invitee, "formulaire": formulaire}
    return render(request, "portail/proches/invitation.html", contexte)


def _son_nom(request: RequeteDuMenage) -> str:
    """As the State gives it; somebody whom it does not vouch for is refused by the act."""
    identite = request.visiteur.session.ouvrir().identite
    return f"{identite.given_name} {identite.preferred_username or identite.family_name}" if identite else ""


@require_http_methods(["GET", "HEAD", "POST"])
def proche(request: RequeteDuMenage, mandat: uuid.UUID) -> HttpResponse:
    """One person: what they signed, then what that lets one see; giving it up. Nobody else's is a page."""
    acte = _acte(request)
    if request.method == "POST":
        renoncer_a_aider(mandat, acte=acte)
        return redirect("proches")
    ouverte = ouvrir_aide(mandat, acte=acte)
    contexte = _contexte(ouverte) | {"fait": request.GET.get("fait", "")}
    return render(request, "portail/proches/proche.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def renouveler(request: RequeteDuMenage, mandat: uuid.UUID) -> HttpResponse:
    """What is declared, read with the person; then one button that says that nothing has changed."""
    acte, refus = _acte(request), ""
    if request.method == "POST":
        try:
            renouveler_pour(mandat, revision=lire_revision(brut_de(request.POST)), acte=acte)
        except Interdit as non:
            refus = non.phrase  # said by the page
        else:
            return redirect(f"{reverse('proche', args=[mandat])}?fait=renouvelee")
    ouverte = ouvrir_aide(mandat, acte=acte)
    if not refus and (ouverte.suivie is None or not ouverte.suivie.renouvelable_ici):
        return redirect("proche", mandat)
    contexte = _contexte(ouverte) | {"refus": refus}
    return render(request, "portail/proches/renouveler.html", contexte, status=409 if refus else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: RequeteDuMenage, mandat: uuid.UUID) -> HttpResponse:
    """Those that are expected; the one that the address names is added to. None that is there is opened."""
    sienne = ouvrir_pour(mandat, geste=Geste.AJOUTER_PIECE, acte=_acte(request))
    lignes, contexte = lignes_de(sienne), {"mandat": mandat, "fait": request.GET.get("fait", "")}
    ligne = next((li for li in lignes if not li.satisfaite and request.GET.urlencode() == cle_de(li)), None)
    if ligne is None or ligne.situation is Situation.VUE:
        attendues = sorted(lignes, key=lambda li: li.satisfaite)
        lues = [presenter(li, sienne, ajoutable=True) for li in attendues]
        return render(request, "portail/proches/documents.html", contexte | {"lignes": lues})
    boite = boite_de(
        sienne.visite.compte,
        territoire=sienne.demande.territoire,
        objet=f"aide:{sienne.demande.id}",
        le=aujourd_hui(),
        adresse="",
    )
    formulaire = FormulaireDocument(*envoi_de(request), boite=boite)
    if formulaire.is_bound and joindre(Photos(boite, formulaire), ligne, sienne):
        return redirect(f"{reverse('proche-documents', args=[mandat])}?fait=oui")
    contexte |= {
        "ligne": presenter(ligne, sienne),
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "portail/proches/ajouter.html", contexte)


def _acte(request: RequeteDuMenage) -> Acte:
    """Theirs, once they came in by FranceConnect. Raises ``NonHabilite``."""
    exiger_proche(Voie(request.visiteur.session.voie))
    return Acte(request.acteur, request.visiteur.instant)


def _contexte(ouverte: AideOuverte) -> dict[str, object]:
    if ouverte.sienne is None:
        return {"aide": ouverte}
    declaration = lire_declaration(ouverte.sienne.contenu)
    return {
        "aide": ouverte,
        "membres": dire_membres(declaration.membres),
        "parties": [(code, titre, dire_blocs(blocs)) for code, titre, blocs in declaration.parties],
    }
