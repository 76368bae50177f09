"""A document page by page, beside what its file says: one screen to read it and to say what it is worth."""

import uuid

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sne.documents.pages import ouvrir_page, ouvrir_planche
from sne.documents.rules import EtatDocument
from sne.guichet.lecture.views.fiche import identites_a_decider
from sne.guichet.pieces.aides import lire_aides_de
from sne.guichet.pieces.forms import FormulaireExplication, FormulaireLecture, FormulaireQualification
from sne.guichet.pieces.lecture import Lecture, Motif, commencer, consulter_fiche, reprendre, suivre
from sne.guichet.pieces.presentation import dire_explications, presenter_pieces
from sne.guichet.pieces.verification import ce_qui_est_demande, declarer, histoire, lire_texte, prochaine
from sne.guichet.pieces.views.cadre import cadrer
from sne.guichet.pieces.views.servir import servir
from sne.guichet.pieces.visionneuse import PIXELS_A_100, TOURS, nombre, parmi, visionneuse
from sne.habilitations.exiger import exiger
from sne.habilitations.rules import Permission
from sne.registre.lecture.selectors.vue_de_piece import VueDePiece, get_vue
from sne.saisie.cadre import get_lecture
from sne.socle.horloge import aujourd_hui
from sne.socle.requete import RequeteHabilitee, saisi_de

CHEZ_SOI = "default-src 'none'; frame-ancestors 'none'"


@exiger(Permission.PIECE_LIRE)
@require_http_methods(["GET", "POST"])
def voir(request: RequeteHabilitee, piece_id: uuid.UUID) -> HttpResponse:
    """A page of a document; a document of health asks why it is opened first."""
    vue = get_vue(piece_id, acteur=request.acteur, le=aujourd_hui())
    if vue.piece.fichier is None or vue.piece.fichier.etat is not EtatDocument.DISPONIBLE:
        consulter_fiche(request, vue.fiche.demande.nud)
        return montrer(request, vue, None)
    lecture = reprendre(request, piece_id)
    if lecture is None and vue.piece.sante:
        return _demander_pourquoi(request, vue)
    return montrer(request, vue, lecture or commencer(request, piece_id, fiche=True))


def suivre_ou_dire(request: RequeteHabilitee, vue: VueDePiece) -> Lecture | None:
    """The reading of a document shown again; ``None``, its file told, when it does not open."""
    if vue.piece.fichier is None or vue.piece.fichier.etat is not EtatDocument.DISPONIBLE:
        consulter_fiche(request, vue.fiche.demande.nud)
        return None
    return suivre(request, vue.piece.id, fiche=True)


def _demander_pourquoi(request: RequeteHabilitee, vue: VueDePiece) -> HttpResponse:
    formulaire = FormulaireLecture(saisi_de(request))
    if formulaire.is_valid():
        commencer(request, vue.piece.id, Motif(formulaire.cleaned_data["motif"]), fiche=True)
        return redirect("piece-voir", vue.piece.id)
    consulter_fiche(request, vue.fiche.demande.nud)
    contexte = cadrer(vue.fiche, request.acteur).contexte() | {
        "formulaire": formulaire,
        "erreurs": formulaire.erreurs(),
    }
    return render(request, "guichet/pieces/pourquoi.html", contexte)


def montrer(
    request: RequeteHabilitee,
    vue: VueDePiece,
    lecture: Lecture | None,
    formulaire: FormulaireQualification | None = None,
    *,
    explication: FormulaireExplication | None = None,
) -> HttpResponse:
    """The screen itself; ``lecture``: ``None`` when there is nothing to open."""
    cadre, piece = cadrer(vue.fiche, request.acteur), vue.piece
    adresse = reverse("piece-voir", args=[piece.id])
    ecran = visionneuse(piece, request.GET, adresse=adresse)
    (ligne,) = presenter_pieces([piece], vue.fiche.contenu, cadre.catalogue, le=cadre.le, explications=False)
    texte = lire_texte(lecture, piece, rang=ecran.rang) if lecture else ""
    aides = lire_aides_de(piece, vue.fiche, lecture) if lecture else ()
    demandes = ce_qui_est_demande(piece, vue.fiche, get_lecture(cadre.le), texte=texte)
    commun = cadre.contexte()
    qualifiable = commun["peut_qualifier"] and piece.en_vigueur and piece.fichier is not None
    explicable = commun["peut_deposer"] and piece.en_vigueur
    contexte = commun | {
        "piece": piece,
        "a_decider": sorted(identites_a_decider(vue.fiche, request.acteur)),
        "ligne": ligne,
        "ecran": ecran,
        "texte": texte,
        "aides": aides,  # name and year read in a signed code: the text of the page is not compared besides
        "demandes": demandes,
        "declare": declarer(piece, vue.fiche, texte="" if aides else texte, demandes=demandes),
        "histoire": histoire(vue, cadre.catalogue, le=cadre.le),
        "prochaine": prochaine(vue),
        "formulaire": (formulaire or FormulaireQualification()) if qualifiable else None,
        "explications": dire_explications(piece),
        "explication": (explication or FormulaireExplication()) if explicable else None,
        "erreurs": [
            *(formulaire.erreurs() if formulaire else ()),
            *(explication.erreurs() if explication else ()),
        ],
        "rangeable": commun["peut_remplacer"] and piece.en_vigueur and lecture is not None,
    }
    return render(request, "guichet/pieces/voir.html", contexte)


@exiger(Permission.PIECE_LIRE)
@require_GET
def page(request: RequeteHabilitee, piece_id: uuid.UUID, rang: int) -> HttpResponseBase:
    """The picture of one page, with the name of the person who looks across it."""
    lecture = suivre(request, piece_id)
    return servir(
        ouvrir_page(
            lecture.consultee.document,
            territoire=lecture.consultee.territoire,
            rang=rang,
            largeur=nombre(request.GET.get("largeur"), PIXELS_A_100),
            filigrane=lecture.filigrane,
            tour=parmi(request.GET.get("tour"), tuple(TOURS)),
        ),
        csp=CHEZ_SOI,
    )


@exiger(Permission.PIECE_LIRE)
@require_GET
def planche(request: RequeteHabilitee, piece_id: uuid.UUID, premiere: int, combien: int) -> HttpResponseBase:
    """Several pages in small, on one sheet."""
    lecture = suivre(request, piece_id)
    return servir(
        ouvrir_planche(
            lecture.consultee.document,
            territoire=lecture.consultee.territoire,
            rangs=range(premiere, premiere + combien),
            filigrane=lecture.filigrane,
        ),
        csp=CHEZ_SOI,
    )
