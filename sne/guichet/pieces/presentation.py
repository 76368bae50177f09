"""Documents of a file in the words of their screens."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from sne.documents.rules import EtatDocument
from sne.documents.rules.mesures import en_pages, poids
from sne.guichet.lecture.dossier import Badge
from sne.referentiels.rules import CataloguePieces
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.faits.rules.pieces_demandees import nommer
from sne.registre.faits.selectors.dossier_de_pieces import DossierDePieces
from sne.registre.faits.selectors.pieces_demandees import Demandee
from sne.registre.pieces.rules.pieces_deposees import (
    PAGES_FIGEES,
    QUALIFICATIONS,
    Qualification,
    type_a_remplacer,
)
from sne.registre.pieces.rules.pieces_manquantes import LigneDePiece, Situation
from sne.registre.pieces.selectors.pieces import PieceLue
from sne.saisie.presentation.foyer import noms_des_membres
from sne.saisie.presentation.pieces import NIVEAUX
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.socle.templatetags.socle_tags import date_fr

PARTIE = "Personne qui n’est plus dans le dossier"
TONS = {Qualification.VALIDE: "success", Qualification.INEXPLOITABLE: "error"}
BADGES_ATTENDUS = {
    Situation.PRESENTE: Badge("Dans le dossier", "success"),
    Situation.VUE: Badge("Vue au guichet", "success"),
    Situation.A_VENIR: Badge("Pas encore parue"),
    Situation.A_REMPLACER: Badge("À remplacer", "warning"),
    Situation.PERIMEE: Badge("Périmée", "warning"),
    Situation.AUTRE_ANNEE: Badge("Autre année", "warning"),
    Situation.MANQUANTE: Badge("Manquante", "info"),
}
ETATS = {
    EtatDocument.RECEPTION: "Le fichier arrive. Rouvrez la page dans un instant.",
    EtatDocument.QUARANTAINE: "En attente du contrôle antivirus. Elle s’ouvrira ensuite.",
    EtatDocument.INFECTE: "L’antivirus a détruit ce fichier. Demandez une autre copie.",
    EtatDocument.EFFACE: "Ce fichier est effacé.",
}


@dataclass(frozen=True, slots=True)
class LigneAttendue:
    """A document expected: whose, how it stands, what is accepted for it, where to add it."""

    libelle: str
    qui: str
    badge: Badge
    phrase: str
    acceptes: str
    satisfaite: bool
    ajouter: str
    noter: str
    demandee: str = ""


@dataclass(frozen=True, slots=True)
class LigneDemandee:
    """A document asked of the household that it has not given yet."""

    libelle: str
    qui: str
    demandee: str
    retard: bool
    ajouter: str


@dataclass(frozen=True, slots=True)
class Niveau:
    """The documents expected of one level."""

    titre: str
    lignes: Sequence[LigneAttendue]


@dataclass(frozen=True, slots=True)
class LignePiece:
    """A document of the file: what it is, whose, its state, what may be done with it.

    ``irremplacable``, ``inrangeable``: why it may not be replaced, why its pages may not be put in order; empty when
    they may.
    """

    piece: PieceLue
    qui: str
    badges: Sequence[Badge]
    precisions: Sequence[str]
    ouvrable: bool
    irremplacable: str
    inrangeable: str


def presenter_attendues(
    dossier: DossierDePieces, contenu: Contenu, catalogue: CataloguePieces, *, nud: str
) -> list[Niveau]:
    """Documents expected, by level; levels without any are left out."""
    noms = dict(noms_des_membres(contenu))
    demandees = {(d.piece.code, d.reference, d.piece.annee): dire_demande(d) for d in dossier.demandees}
    return [
        Niveau(titre, lignes)
        for niveau, titre in NIVEAUX.items()
        if (
            lignes := [
                _attendue(ligne, noms, catalogue, nud, demandees)
                for ligne in dossier.lignes
                if ligne.attendue.niveau is niveau
            ]
        )
    ]


def _attendue(
    ligne: LigneDePiece,
    noms: Mapping[str, str],
    catalogue: CataloguePieces,
    nud: str,
    demandees: Mapping[tuple[str, str, int | None], str],
) -> LigneAttendue:
    attendue = ligne.attendue
    type_piece = catalogue.get(attendue.code)
    suite = _suite(attendue.code, attendue.reference, attendue.annee)
    return LigneAttendue(
        libelle=attendue.libelle,
        qui=noms.get(attendue.reference, ""),
        badge=BADGES_ATTENDUS[ligne.situation],
        phrase=ligne.phrase,
        acceptes=", ".join(n.libelle for n in type_piece.natures) or attendue.exemples.rstrip("."),
        satisfaite=ligne.satisfaite,
        ajouter=f"{reverse('piece-ajouter', args=[nud])}?{suite}",
        noter=f"{reverse('piece-vue', args=[nud])}?{suite}",
        demandee=demandees.get((attendue.code, attendue.reference, attendue.annee), ""),
    )


def _suite(code: str, reference: str, annee: int | None) -> str:
    choix = {"type": code, "qui": reference}
    if annee is not None:
        choix["annee"] = str(annee)
    return urlencode(choix)


def dire_demande(demandee: Demandee) -> str:
    """« Demandée au ménage le 24/11/2026 par Camille Bernard, avant le 10/12/2026 »."""
    auteur = f" par {demandee.auteur}" if demandee.auteur else ""
    avant = f", à remettre avant le {date_fr(demandee.avant)}" if demandee.avant else ""
    return f"Demandée au ménage le {date_fr(demandee.le)}{auteur}{avant}"


def presenter_demandees(
    demandees: Iterable[Demandee], contenu: Contenu, catalogue: CataloguePieces, *, nud: str, le: date
) -> list[LigneDemandee]:
    """What was asked of the household and has not come, the last asked first."""
    noms = dict(noms_des_membres(contenu))
    types = {t.code: t for t in catalogue.types}
    return [
        LigneDemandee(
            libelle=types[d.piece.code].intitule_de(d.piece.annee, le)
            if d.piece.code in types
            else d.piece.code,
            qui=noms.get(d.reference, ""),
            demandee=dire_demande(d),
            retard=d.avant is not None and d.avant < le,
            ajouter=f"{reverse('piece-ajouter', args=[nud])}?{_suite(d.piece.code, d.reference, d.piece.annee)}",
        )
        for d in demandees
    ]


def offrir(
    lignes: Iterable[LigneDePiece], dossier: DossierDePieces, contenu: Contenu
) -> list[tuple[str, str]]:
    """(name, label) of each document that may be asked: what, of whom, how it stands, whether it was asked."""
    noms = dict(noms_des_membres(contenu))
    demandees = {(d.piece.code, d.reference, d.piece.annee): dire_demande(d) for d in dossier.demandees}
    offertes = []
    for ligne in lignes:
        attendue = ligne.attendue
        etat = BADGES_ATTENDUS[ligne.situation].libelle.lower()
        deja = demandees.get((attendue.code, attendue.reference, attendue.annee), "")
        precisions = [noms.get(attendue.reference, ""), etat, f"{deja[:1].lower()}{deja[1:]}"]
        libelle = ", ".join(filter(None, [attendue.libelle, *precisions]))
        offertes.append((nommer(attendue.code, attendue.reference), libelle))
    return offertes


def presenter_pieces(
    pieces: Iterable[PieceLue],
    contenu: Contenu,
    catalogue: CataloguePieces,
    *,
    le: date,
    explications: bool = True,
) -> list[LignePiece]:
    """Documents of the file, the newest first; ``catalogue``: that of the day on which they are shown.

    ``explications``: whether what the household said is among what is said of each.
    """
    noms = dict(noms_des_membres(contenu))
    toutes = {p.id: p for p in pieces}
    return [
        LignePiece(
            piece=p,
            qui=_qui(p, noms),
            badges=_badges(p, le),
            precisions=[
                *_precisions(p),
                *(dire_explications(p) if explications else ()),
                *_jumelles(p, toutes),
            ],
            ouvrable=p.fichier is not None and p.fichier.etat is EtatDocument.DISPONIBLE,
            irremplacable=(fixe := _irremplacable(p, catalogue)),
            inrangeable=fixe or (PAGES_FIGEES if p.reference is None else ""),
        )
        for p in toutes.values()
    ]


def _irremplacable(piece: PieceLue, catalogue: CataloguePieces) -> str:
    try:
        type_a_remplacer(piece.type_piece, piece.libelle, catalogue)
    except Interdit as refus:
        return refus.phrase
    return ""


def _qui(piece: PieceLue, noms: Mapping[str, str]) -> str:
    if piece.reference is None:
        return PARTIE
    return noms.get(piece.reference, PARTIE) if piece.reference else "Tout le foyer"


def _badges(piece: PieceLue, le: date) -> list[Badge]:
    badges = []
    if piece.remplacee:
        badges.append(Badge("Remplacée"))
    if piece.vue_le:
        badges.append(Badge("Vue, sans copie"))
    elif piece.qualification:
        badges.append(Badge(QUALIFICATIONS[piece.qualification], TONS.get(piece.qualification, "warning")))
    elif piece.a_qualifier:
        badges.append(Badge("À vérifier", "info"))
    if piece.en_vigueur and piece.fin and piece.fin < le:
        badges.append(Badge("Périmée", "warning"))
    if piece.fichier and piece.fichier.etat is not EtatDocument.DISPONIBLE:
        badges.append(Badge("Ne s’ouvre pas encore", "warning"))
    return badges


def _precisions(piece: PieceLue) -> list[str]:
    auteur = f" par {piece.auteur}" if piece.auteur else ""
    guichet = f", guichet {piece.guichet}" if piece.guichet else ""
    recue = "Vue" if piece.vue_le else "Reçue"
    precisions = [f"{recue} le {date_fr(piece.recue_le)}{auteur}{guichet}"]
    if piece.fichier and piece.fichier.etat in ETATS:
        precisions.append(ETATS[piece.fichier.etat])
    elif piece.fichier:
        precisions.append(f"{en_pages(piece.fichier.nombre_pages)}, {poids(piece.fichier.taille)}")
    if piece.nature:
        precisions.append(piece.nature)
    if piece.fin:
        precisions.append(f"Vaut jusqu’au {date_fr(piece.fin)}")
    if piece.qualification and piece.qualifiee_le:
        dite = f"{QUALIFICATIONS[piece.qualification]}, dit le {date_fr(jour(piece.qualifiee_le))}"
        motif = f"\u00a0: {piece.motif}" if piece.motif else ""
        precisions.append(f"{dite} par {piece.qualifiee_par}{motif}")
    return precisions


def dire_explications(piece: PieceLue) -> list[str]:
    """What the household said of a document, each time; it stands beside what does not match."""
    return [
        f"Explication du ménage, notée le {date_fr(e.le)}{f' par {e.auteur}' if e.auteur else ''}\u00a0: {e.texte}"
        for e in piece.explications
    ]


def _jumelles(piece: PieceLue, toutes: Mapping[uuid.UUID, PieceLue]) -> list[str]:
    return [
        f"Même fichier que «\u00a0{toutes[autre].libelle}\u00a0», du {date_fr(toutes[autre].recue_le)}"
        for autre in piece.jumelles
        if autre in toutes
    ]
