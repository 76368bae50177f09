"""Adding documents: the type and the person first, then the files, several at once, sent ahead or with the form."""

import uuid
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sne.documents.boite import Sort
from sne.guichet.pieces.envois import boite_de
from sne.guichet.pieces.forms import FOYER, FormulaireDepot, FormulaireType
from sne.guichet.pieces.views.cadre import Cadre, ouvrir_cadre
from sne.guichet.pieces.views.depot import Depot
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.referentiels.rules import TypePiece
from sne.registre.pieces.actions.deposer import Fichier, exiger_recevable, joindre_piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie, type_recevable
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee


@exiger(Permission.PIECE_DEPOSER)
@require_GET
def choisir(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """Which document and whose: chosen, they lead to the page that asks the rest."""
    cadre = ouvrir_cadre(request, nud)
    formulaire = FormulaireType(
        request.GET if "choisi" in request.GET else None,
        catalogue=cadre.catalogue,
        contenu=cadre.fiche.contenu,
        sante=cadre.sante,
        jour=cadre.le,
    )
    if formulaire.is_valid():
        try:
            type_recevable(formulaire.cleaned_data["type"], cadre.catalogue)
        except Interdit as refus:
            formulaire.add_error("type", refus.phrase)
        else:
            suite = urlencode(
                {"type": formulaire.cleaned_data["type"], "qui": formulaire.cleaned_data["qui"]}
            )
            vue = "piece-vue" if request.GET.get("suite") == "vue" else "piece-ajouter"
            return redirect(f"{reverse(vue, args=[cadre.nud])}?{suite}")
    contexte = cadre.contexte() | {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
        "suite": "vue" if request.GET.get("suite") == "vue" else "",
    }
    return render(request, "guichet/pieces/type.html", contexte)


@exiger(Permission.PIECE_DEPOSER)
@require_http_methods(["GET", "POST"])
def ajouter(request: RequeteHabilitee, nud: str) -> HttpResponse:
    """The files of one document; those refused are told beside their name, the others are kept."""
    cadre = ouvrir_cadre(request, nud)
    type_piece = type_demande(request, cadre)
    if type_piece is None:
        return redirect("piece-type", cadre.nud)
    boite = boite_de(
        request.acteur,
        territoire=cadre.fiche.demande.territoire,
        nud=cadre.nud,
        demande_id=cadre.fiche.demande.id,
    )
    depot = Depot(request, boite, cadre, type_piece, initiales(request, type_piece, cadre.le))
    formulaire, sorts = depot.formulaire, list[Sort]()
    if formulaire.is_bound:
        sorts = _joindre(request, cadre, depot) if formulaire.is_valid() else []
        if sorts and all(sort.joint for sort in sorts) and not formulaire.en_trop:
            messages.success(request, _ajoutes(len(sorts)))
            return redirect("pieces", cadre.nud)
        depot.revenir(sorts)
    contexte = depot.contexte() | {
        "titre": type_piece.intitule(cadre.le),
        "exemples": type_piece.exemples,
        "gardes": [sort for sort in sorts if sort.joint],
        "bouton": "Ajouter au dossier",
    }
    return render(request, "guichet/pieces/ajouter.html", contexte)


def _joindre(request: RequeteHabilitee, cadre: Cadre, depot: Depot) -> list[Sort]:
    """What became of each file; nothing was taken in when the form itself is refused."""
    saisie, survenu_le = depot.formulaire.saisie(), maintenant()
    demande_id = cadre.fiche.demande.id
    if not admise(depot.formulaire, cadre, saisie):
        return []

    def joindre(document: uuid.UUID, empreinte: str) -> uuid.UUID:
        fichier = Fichier(document, empreinte)
        return joindre_piece(demande_id, saisie, fichier, acte=Acte(request.acteur, survenu_le))

    return depot.joindre(joindre, survenu_le=survenu_le)


def admise(formulaire: FormulaireDepot, cadre: Cadre, saisie: PieceSaisie) -> bool:
    """Whether the document itself may be added; a refusal comes back beside its field."""
    return formulaire.tenter(
        exiger_recevable, cadre.fiche.demande.id, saisie, acte=Acte(cadre.acteur, maintenant())
    )


def type_demande(request: RequeteHabilitee, cadre: Cadre) -> TypePiece | None:
    """The document that the address names; ``None`` when it cannot be received."""
    try:
        return type_recevable(request.GET.get("type", ""), cadre.catalogue)
    except Interdit:
        return None


def initiales(request: RequeteHabilitee, type_piece: TypePiece, le: date) -> dict[str, object]:
    """What the address says of the document: whose, of which year; by default the year expected on that day."""
    annee = request.GET.get("annee", "") or type_piece.annee_attendue(le)
    return {"qui": request.GET.get("qui", "") or FOYER, "annee": annee}


def _ajoutes(nombre: int) -> str:
    return "Pièce ajoutée au dossier." if nombre == 1 else f"{nombre} pièces ajoutées au dossier."
