"""What only a counter changes, asked for online: the form, what became of each, its document, taken back."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sne.demandeurs.rules.niveaux import Geste
from sne.documents.selectors import DocumentLu
from sne.portail.boite import Photos
from sne.portail.forms import FormulairePapier, FormulaireRequete
from sne.portail.middleware import RequeteDuMenage
from sne.portail.refus import dire_refus
from sne.portail.views.documents import boite_du_document
from sne.portail.visites import sienne_de, visite_de
from sne.registre.pieces.actions.deposer import Fichier
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.requete.actions.demander import deposer_requete, retirer_requete, suivre_requetes
from sne.registre.requete.actions.documenter import (
    documenter_requete,
    exiger_papier_recevable,
    ouvrir_au_document,
)
from sne.registre.requete.rules.requete import PAPIERS, GenreRequete
from sne.socle.erreurs import Interdit
from sne.socle.requete import envoi_de, identifiant


@require_http_methods(["GET", "HEAD", "POST"])
def requetes(request: RequeteDuMenage, nud: str) -> HttpResponse:
    """What may be asked for, and what was. A number that they do not follow is no page."""
    visite = visite_de(request, nud)
    suivies = suivre_requetes(visite)
    formulaire = FormulaireRequete(initial={"formulaire": uuid.uuid4()}, genres=suivies.genres)
    if request.method == "POST":
        formulaire = FormulaireRequete(request.POST, genres=suivies.genres)
        if formulaire.is_valid() and (cle := _deposer(request, visite, formulaire)):
            if GenreRequete(formulaire.cleaned_data["genre"]) in PAPIERS:
                return redirect("document-de-requete", nud, cle)
            return redirect("requetes", nud)
    contexte = {
        "nud": nud,
        "requetes": suivies.requetes,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "portail/menage/requetes.html", contexte)


def _deposer(request: RequeteDuMenage, visite: Visite, formulaire: FormulaireRequete) -> uuid.UUID | None:
    """What is asked for; nothing when the form says why not."""
    dits = formulaire.cleaned_data
    cle = identifiant(dits["formulaire"]) or uuid.uuid4()
    deposee = formulaire.tenter(
        deposer_requete,
        visite,
        GenreRequete(dits["genre"]),
        formulaire=cle,
        valeur=dits["texte"],
        survenu_le=request.visiteur.instant,
    )
    return cle if deposee else None


@require_http_methods(["GET", "HEAD", "POST"])
def envoyer_document(request: RequeteDuMenage, nud: str, requete: uuid.UUID) -> HttpResponse:
    """The photos of what proves the change; one that they did not ask, or that has ended, takes none."""
    sienne = sienne_de(request, nud, Geste.DEMANDER_AU_GUICHET)
    visite, instant = sienne.visite, request.visiteur.instant
    ouverte = ouvrir_au_document(visite, requete, survenu_le=instant)
    boite = boite_du_document(sienne, quoi=f"requete={requete}")
    formulaire = FormulairePapier(*envoi_de(request), boite=boite, papiers=ouverte.papiers)
    photos = Photos(boite, formulaire)
    pretes = formulaire.is_bound and not photos.ranger(survenu_le=instant)
    if pretes and _envoyer(photos, visite, requete, instant):
        return redirect("requetes", nud)
    contexte = {
        "nud": nud,
        "requete": ouverte,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        **photos.contexte(),
    }
    return render(request, "portail/menage/document_de_requete.html", contexte)


def _envoyer(photos: Photos, visite: Visite, requete: uuid.UUID, instant: datetime) -> bool:
    """Whether the document is with the request; nothing is taken in when it is refused itself."""
    formulaire = photos.formulaire
    if not formulaire.is_valid():
        return False
    papier = formulaire.cleaned_data["papier"]
    try:
        exiger_papier_recevable(visite, requete, papier, survenu_le=instant)
    except Interdit as refus:
        formulaire.add_error("fichiers", dire_refus(refus.phrase))
        return False

    def nommer(documents: Sequence[DocumentLu]) -> None:
        fichiers = [Fichier(document.id, document.empreinte) for document in documents]
        documenter_requete(visite, requete, papier, fichiers, survenu_le=instant)

    return photos.envoyer(nommer, survenu_le=instant)


@require_POST
def retirer(request: RequeteDuMenage, nud: str, requete: uuid.UUID) -> HttpResponse:
    """Take one back; ended meanwhile, the list says how."""
    retirer_requete(visite_de(request, nud), requete, survenu_le=request.visiteur.instant)
    return redirect("requetes", nud)
