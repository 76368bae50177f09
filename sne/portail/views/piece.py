"""The picture of the document of identity, sent after the demande: what a counter reads before it gives the number."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sne.documents.boite import Boite
from sne.portail.boite import boite_de
from sne.portail.forms import FormulairePiece
from sne.portail.middleware import RequeteDuMenage
from sne.registre.depot_en_ligne.actions.envoyer import PieceRecue, completer_depot_en_ligne
from sne.registre.depot_en_ligne.selectors.envois import DepotEnvoye, list_envois
from sne.registre.rattachement.possible import exiger_deposant
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, NonHabilite
from sne.socle.horloge import jour


@require_http_methods(["GET", "HEAD", "POST"])
def piece(request: RequeteDuMenage, territoire: str) -> HttpResponse:
    """Which paper, its photos; all of them are taken, or none is."""
    exiger_deposant(request.visiteur.session.voie)
    envois = list_envois(request.visiteur.session.compte)
    envoi = next((e for e in envois if e.territoire == territoire), None)
    if envoi is None or not envoi.attend_une_piece:
        return redirect("demande-envoyee", territoire)
    boite = boite_de(
        request.visiteur.session.compte,
        territoire=territoire,
        objet=f"envoi:{envoi.id}",
        le=jour(request.visiteur.instant),
    )
    envoyee = request.method == "POST"
    formulaire = FormulairePiece(
        request.POST if envoyee else None, request.FILES if envoyee else None, boite=boite
    )
    if envoyee and formulaire.is_valid() and _envoyer(request, envoi, formulaire, boite):
        return redirect("demande-envoyee", territoire)
    contexte = {
        "envoi": envoi,
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs() if envoyee else (),
    }
    return render(request, "portail/nouvelle/piece.html", contexte)


def _envoyer(request: RequeteDuMenage, envoi: DepotEnvoye, formulaire: FormulairePiece, boite: Boite) -> bool:
    """Receive the files, then hand them to what was sent; one that is refused says why, and none is kept."""
    instant, compte = request.visiteur.instant, request.visiteur.session.compte
    recues: list[PieceRecue] = []

    def noter(document: uuid.UUID, empreinte: str) -> uuid.UUID:
        recues.append(PieceRecue(document, empreinte, formulaire.cleaned_data["papier"]))
        return document

    sorts = boite.joindre([], formulaire.envoyes, survenu_le=instant, joindre=noter)
    refuses = [f"{sort.nom}\u00a0: {sort.phrase}" for sort in sorts if sort.joint is None]
    if not refuses:
        acte = Acte(envoi.par(compte), instant)
        try:
            completer_depot_en_ligne(envoi.id, recues, acte=acte)
        except NonHabilite:
            raise
        except Interdit as refus:
            refuses = [refus.phrase]
    for phrase in refuses:
        formulaire.add_error("fichiers", phrase)
    return not refuses
