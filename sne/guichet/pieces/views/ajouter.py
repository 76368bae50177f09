"""Adding documents: the type and the person first, then the files, several at once, sent ahead or with the form."""

import uuid
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sne.guichet.exiger import exiger
from sne.guichet.pieces.envois import Boite, boite_de
from sne.guichet.pieces.forms import FOYER, FormulaireDepot, FormulaireType
from sne.guichet.pieces.reception import Sort, recevoir_tous
from sne.guichet.pieces.views.cadre import Cadre, ouvrir_cadre
from sne.habilitations.rules import Permission
from sne.referentiels.rules import TypePiece
from sne.registre.actions.pieces import Fichier, exiger_recevable, joindre_piece
from sne.registre.rules.pieces_deposees import PieceSaisie, type_recevable
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
        sante=cadre.peut(Permission.SANTE_ECRIRE),
        jour=cadre.le,
    )
    if formulaire.is_bound and formulaire.is_valid():
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
        "erreurs": formulaire.erreurs() if formulaire.is_bound else (),
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
    formulaire = FormulaireDepot(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial=initiales(request, type_piece, cadre.le),
        type_piece=type_piece,
        contenu=cadre.fiche.contenu,
        sante=cadre.peut(Permission.SANTE_ECRIRE),
    )
    boite = boite_de(
        request.acteur,
        territoire=cadre.fiche.demande.territoire,
        nud=cadre.nud,
        demande_id=cadre.fiche.demande.id,
    )
    sorts: list[Sort] = []
    if formulaire.is_bound:
        sorts = _joindre(request, cadre, formulaire, boite) if formulaire.is_valid() else []
        if sorts and all(sort.piece for sort in sorts):
            messages.success(request, _ajoutes(len(sorts)))
            return redirect("pieces", cadre.nud)
        sorts = sorts or mettre_de_cote(formulaire, boite)
    return _montrer(request, cadre, type_piece, formulaire, sorts=sorts, boite=boite)


def _joindre(
    request: RequeteHabilitee, cadre: Cadre, formulaire: FormulaireDepot, boite: Boite
) -> list[Sort]:
    """What became of each file; nothing was taken in when the form itself is refused."""
    saisie, survenu_le = formulaire.saisie(), maintenant()
    demande_id = cadre.fiche.demande.id
    if not admise(formulaire, cadre, saisie):
        return []

    def joindre(fichier: Fichier) -> uuid.UUID:
        return joindre_piece(demande_id, saisie, fichier, acteur=request.acteur, survenu_le=survenu_le)

    return boite.joindre(formulaire.envois, survenu_le=survenu_le, joindre=joindre) + recevoir_tous(
        formulaire.cleaned_data["fichiers"],
        territoire=boite.territoire,
        survenu_le=survenu_le,
        joindre=joindre,
    )


def mettre_de_cote(formulaire: FormulaireDepot, boite: Boite) -> list[Sort]:
    """Keep the files of a form to be corrected; those refused."""
    return boite.deposer(formulaire.files.getlist("fichiers"), survenu_le=maintenant())


def admise(formulaire: FormulaireDepot, cadre: Cadre, saisie: PieceSaisie) -> bool:
    """Whether the document itself may be added; a refusal comes back beside its field."""
    try:
        exiger_recevable(cadre.fiche.demande.id, saisie, acteur=cadre.acteur, survenu_le=maintenant())
    except Interdit as refus:
        formulaire.refuser(refus)
        return False
    return True


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


def _montrer(
    request: RequeteHabilitee,
    cadre: Cadre,
    type_piece: TypePiece,
    formulaire: FormulaireDepot,
    *,
    sorts: list[Sort],
    boite: Boite,
) -> HttpResponse:
    refuses = [sort for sort in sorts if not sort.piece]
    for sort in refuses:
        formulaire.add_error("fichiers", f"{sort.nom}\u00a0: {sort.phrase}")
    contexte = (
        cadre.contexte()
        | boite.contexte()
        | {
            "titre": type_piece.intitule(cadre.le),
            "exemples": type_piece.exemples,
            "formulaire": formulaire,
            "erreurs": formulaire.erreurs() if formulaire.is_bound else (),
            "gardes": [sort for sort in sorts if sort.piece],
            "bouton": "Ajouter au dossier",
        }
    )
    return render(request, "guichet/pieces/ajouter.html", contexte)
