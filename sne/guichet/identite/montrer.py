"""The document beside the decision: one of its pages, and where on it, or elsewhere, what is asked can be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from sne.guichet.pieces.lecture import suivre
from sne.guichet.pieces.verification import TraitDemande, ce_qui_est_demande, lire_texte, pages_ou_lus
from sne.guichet.pieces.visionneuse import Visionneuse, visionneuse
from sne.registre.identite.rules.decision import PieceDuChangement
from sne.registre.identite.selectors.a_decider import ChangementLu
from sne.registre.lecture.selectors.vue_de_piece import get_vue
from sne.saisie.cadre import get_lecture
from sne.socle.horloge import maintenant
from sne.socle.requete import RequeteHabilitee, identifiant


@dataclass(frozen=True, slots=True)
class PieceMontree:
    """The document shown. ``ailleurs``: by trait asked for and not read on this page, the page where it is."""

    piece: PieceDuChangement
    ecran: Visionneuse
    texte: str
    demandes: Sequence[TraitDemande]
    ailleurs: Mapping[str, int]


def montrer_piece(
    request: RequeteHabilitee, changement: ChangementLu, *, ordre: str, le: date
) -> tuple[ChangementLu, PieceMontree | None]:
    """The document that the address names, else the first one not opened yet. Shown, it is opened: its reading is
    journalled first, and the change is given back with it.
    """
    choisie = _choisir(changement.pieces, request.GET.get("piece", ""))
    if choisie is None:
        return changement, None
    lecture = suivre(request, choisie.id)
    vue = get_vue(choisie.id, acteur=request.acteur, le=le)
    ecran = visionneuse(
        vue.piece,
        request.GET,
        adresse=reverse("identite", args=[changement.id]),
        garde={"piece": str(choisie.id), "ordre": ordre},
    )
    texte = lire_texte(lecture, vue.piece, rang=ecran.rang)
    demandes = ce_qui_est_demande(vue.piece, vue.fiche, get_lecture(le), texte=texte)
    ouverte = replace(choisie, ouverte_le=choisie.ouverte_le or maintenant())
    pieces = tuple(ouverte if piece.id == choisie.id else piece for piece in changement.pieces)
    return replace(changement, pieces=pieces), PieceMontree(
        ouverte, ecran, texte, demandes, pages_ou_lus(lecture, vue.piece, demandes, sauf=ecran.rang)
    )


def _choisir(pieces: Sequence[PieceDuChangement], demandee: str) -> PieceDuChangement | None:
    ouvrables = [piece for piece in pieces if piece.ouvrable]
    nommee = next((p for p in ouvrables if p.id == identifiant(demandee)), None)
    return nommee or next((p for p in ouvrables if p.ouverte_le is None), next(iter(ouvrables), None))
