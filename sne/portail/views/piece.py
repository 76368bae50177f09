"""The picture of the document of identity, sent after the demande: what a counter reads before it gives the number."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sne.documents.boite import Boite
from sne.documents.selectors import DocumentLu
from sne.portail.boite import Photos, boite_de
from sne.portail.forms import FormulairePapier
from sne.portail.middleware import RequeteDuMenage
from sne.registre.depot_en_ligne.actions.envoyer import PieceRecue, completer_depot_en_ligne
from sne.registre.depot_en_ligne.selectors.envois import DepotEnvoye, list_envois
from sne.registre.rattachement.possible import exiger_deposant
from sne.socle.acte import Acte
from sne.socle.horloge import jour
from sne.socle.requete import envoi_de


@require_http_methods(["GET", "HEAD", "POST"])
def piece(request: RequeteDuMenage, territoire: str) -> HttpResponse:
    """Which paper, its photos; all of them are taken, or none is."""
    envoi = _envoi(request, territoire)
    if envoi is None:
        return redirect("demande-envoyee", territoire)
    boite = _boite(request, envoi)
    formulaire = FormulairePapier(*envoi_de(request), boite=boite, papiers=("IDENTITE", "SEJOUR"))
    photos = Photos(boite, formulaire)
    instant = request.visiteur.instant
    if formulaire.is_bound and not photos.ranger(survenu_le=instant) and _envoyer(request, envoi, photos):
        return redirect("demande-envoyee", territoire)
    contexte = {
        "envoi": envoi,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        **photos.contexte(),
    }
    return render(request, "portail/nouvelle/piece.html", contexte)


def boite_de_l_envoi(request: RequeteDuMenage, territoire: str) -> Boite | None:
    """Where its photos are sent ahead; nothing when none is waited for."""
    envoi = _envoi(request, territoire)
    return _boite(request, envoi) if envoi else None


def _envoi(request: RequeteDuMenage, territoire: str) -> DepotEnvoye | None:
    """What they sent to this territory, as long as a document of it is waited for."""
    exiger_deposant(request.visiteur.session.voie)
    envois = list_envois(request.visiteur.session.compte)
    return next((e for e in envois if e.territoire == territoire and e.attend_une_piece), None)


def _boite(request: RequeteDuMenage, envoi: DepotEnvoye) -> Boite:
    return boite_de(
        request.visiteur.session.compte,
        territoire=envoi.territoire,
        objet=f"envoi:{envoi.id}",
        le=jour(request.visiteur.instant),
        adresse=reverse("envoyer-fichier-piece", args=[envoi.territoire]),
    )


def _envoyer(request: RequeteDuMenage, envoi: DepotEnvoye, photos: Photos) -> bool:
    """Whether what was sent has its document now."""
    instant, compte = request.visiteur.instant, request.visiteur.session.compte

    def nommer(documents: Sequence[DocumentLu]) -> None:
        papier = photos.formulaire.cleaned_data["papier"]
        recues = [PieceRecue(d.id, d.empreinte, papier) for d in documents]
        completer_depot_en_ligne(envoi.id, recues, acte=Acte(envoi.par(compte), instant))

    return photos.envoyer(nommer, survenu_le=instant)
