"""What putting a demande back would do, in the words of its screens: today, then, what leaves, what does not move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sne.registre.contenu.rules.arbre import difference
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.enquete.rules.restauration import IssueRestauration
from sne.registre.pieces.selectors.pieces import PieceLue
from sne.registre.restauration.possible import exiger_restauration_retirable
from sne.registre.restauration.rules.pieces import PieceUlterieure
from sne.registre.restauration.rules.retour import BLOCS, CHAMPS_DES_BLOCS, Bloc
from sne.registre.restauration.selectors import RequeteLue, Retour
from sne.saisie.comparaison import Ecart, comparer
from sne.saisie.presentation.foyer import noms_des_membres
from sne.saisie.presentation.identite import nom_complet
from sne.saisie.presentation.mots import Lecture
from sne.socle.acteur import Acteur
from sne.socle.erreurs import refus_de
from sne.socle.templatetags.socle_tags import date_fr, instant_fr, numero

SEGMENTS: dict[str, Bloc] = {champ: bloc for bloc, champs in CHAMPS_DES_BLOCS.items() for champ in champs}

FINS = {
    IssueRestauration.ACCEPTEE: "accepté",
    IssueRestauration.REFUSEE: "refusé",
    IssueRestauration.RETIREE: "retiré",
}


@dataclass(frozen=True, slots=True)
class ComparaisonPresentee:
    """Both sides of a return.

    ``a_part``: sentences on what leaves, none when nobody came in; ``avis``: what the reader has to know.
    """

    quand: str
    ecarts: Sequence[Ecart]
    reviennent: Sequence[str]
    partent: Sequence[str]
    pieces_reprises: Sequence[str]
    pieces_gardees: Sequence[str]
    pieces_ecartees: Sequence[str]
    a_part: Sequence[str]
    anciennete: str
    stables: Sequence[tuple[str, str]]
    avis: Sequence[str]


def presenter_retour(
    retour: Retour, lecture: Lecture, *, pieces: Sequence[PieceLue], a_part: bool, anciennete: str
) -> ComparaisonPresentee:
    """Word a return; ``pieces``: the documents that the reader may know of; ``a_part``: who came in gets a demande.

    ``anciennete``: the sentence that says from when the demande counts; empty when it cannot move.
    """
    demande, cible, depuis = retour.demande, set(retour.pieces), {u.id for u in retour.ulterieures}
    ensuite, avant = _personnes(retour.cible), _personnes(retour.maintenant)
    return ComparaisonPresentee(
        quand=instant_fr(retour.version.survenu_le),
        ecarts=comparer(retour.maintenant, retour.cible, lecture, masque=True),
        reviennent=[nom for nom in ensuite if nom not in avant],
        partent=[nom for nom in avant if nom not in ensuite],
        pieces_reprises=[_piece(p) for p in pieces if p.id in cible and not p.en_vigueur],
        pieces_gardees=[_piece(p) for p in pieces if p.id in cible & depuis and p.en_vigueur],
        pieces_ecartees=[_piece(p) for p in pieces if p.en_vigueur and p.id not in cible],
        a_part=_a_part(retour) if a_part else (),
        anciennete=anciennete,
        stables=(
            ("Numéro unique", numero(demande.nud)),
            *(() if anciennete else (("Ancienneté", date_fr(demande.date_anciennete)),)),
            ("Dernier renouvellement", date_fr(demande.date_dernier_renouvellement) or "Aucun"),
            ("Expire le", date_fr(demande.date_expiration)),
        ),
        avis=_avis(retour),
    )


def anciennete_au_choix(retour: Retour) -> str:
    """From when the demande counts today, and would count as it did then; empty when nothing moved it."""
    if not retour.change_l_anciennete:
        return ""
    alors, aujourd_hui = date_fr(retour.anciennete), date_fr(retour.demande.date_anciennete)
    return f"La demande compte depuis le {aujourd_hui}. À l’ancienneté d’alors, elle compterait depuis le {alors}."


def anciennete_rendue(retour: Retour) -> str:
    """« La demande comptera de nouveau depuis le 03/02/2024, et non depuis le 01/06/2015. »"""
    alors, aujourd_hui = date_fr(retour.anciennete), date_fr(retour.demande.date_anciennete)
    return f"La demande comptera de nouveau depuis le {alors}, et non depuis le {aujourd_hui}."


def blocs_changes(retour: Retour) -> tuple[Bloc, ...]:
    """Blocks that differ between then and today, which may be kept."""
    trouves = {
        bloc
        for c in difference(retour.alors, retour.maintenant)
        for segment, bloc in SEGMENTS.items()
        if segment in c.chemin.split(".")
    }
    return tuple(bloc for bloc in Bloc if bloc in trouves)


def pieces_gardables(retour: Retour, pieces: Sequence[PieceLue]) -> list[tuple[str, str]]:
    """Documents handed in since that may stay, the newest first, each with what tells it from another."""
    depuis = {u.id: u for u in retour.ulterieures}
    aujourd_hui = dict(noms_des_membres(retour.maintenant))
    ensuite = {str(a.personne): nom_complet(a.identite) for _, a in adultes(retour.cible)}
    retablis = {
        ref: ensuite[str(a.personne)] for ref, a in adultes(retour.maintenant) if a.personne in ensuite
    }
    choix = []
    for piece in pieces:
        if (ulterieure := depuis.get(piece.id)) is not None:
            noms = aujourd_hui if ulterieure.de_l_autre_foyer else aujourd_hui | retablis
            choix.append((str(piece.id), _gardable(piece, ulterieure, noms.get(piece.reference or "", ""))))
    return choix


def gardes(requete: RequeteLue) -> str:
    """What a request keeps of today, in words."""
    return ", ".join(BLOCS[bloc] for bloc in requete.garder) or "Rien"


def pieces_demandees(requete: RequeteLue, pieces: Sequence[PieceLue]) -> Sequence[str]:
    """Documents that a request keeps, in words; those that the reader may not know of are counted."""
    lues = [_piece(p) for p in pieces if p.id in requete.pieces]
    autres = len(requete.pieces) - len(lues)
    return [*lues, *([f"{autres} que vous ne pouvez pas lire"] if autres else ())] or ["Aucune"]


def etat_de_la_requete(requete: RequeteLue, acteur: Acteur) -> str:
    """One line on a request, for the page of its enquiry."""
    debut = f"Retour à l’état du {instant_fr(requete.instant)}"
    if requete.issue is None:
        suite = (
            "vous l’avez demandé, une autre personne doit décider"
            if not refus_de(exiger_restauration_retirable, requete, acteur)
            else "à décider"
        )
        return f"{debut}\u00a0: {suite}"
    return f"{debut}\u00a0: {FINS[requete.issue]} par {requete.decideur}"


def _personnes(contenu: Contenu) -> list[str]:
    return [
        f"{nom_complet(a.identite)}, {_naissance(a.identite.date_naissance)}" for _, a in adultes(contenu)
    ]


def _naissance(jour: date | None) -> str:
    return f"naissance le {date_fr(jour)}" if jour else "naissance non renseignée"


def _piece(piece: PieceLue) -> str:
    return f"{piece.libelle}, du {date_fr(piece.recue_le)}"


def _gardable(piece: PieceLue, ulterieure: PieceUlterieure, qui: str) -> str:
    mots = [
        piece.libelle,
        qui,
        f"du {date_fr(piece.recue_le)}",
        "" if piece.en_vigueur else "remplacée depuis",
    ]
    phrase = ", ".join(mot for mot in mots if mot)
    if ulterieure.de_l_autre_foyer:
        return f"{phrase}. De l’autre foyer\u00a0: elle le suit s’il est enregistré à part"
    return phrase


def _a_part(retour: Retour) -> Sequence[str]:
    if retour.a_part is None:
        return ()
    contenu, documents = retour.a_part.contenu, len(retour.a_part.pieces)
    enfants = len(contenu.foyer.personnes_a_charge) + len(contenu.foyer.enfants_en_garde)
    return (
        f"Personnes\u00a0: {', '.join(_personnes(contenu))}",
        f"Dépôt daté du {date_fr(retour.a_part.le)}, le jour où ces données sont entrées",
        f"Personnes à charge et enfants qui suivent\u00a0: {enfants}",
        f"Pièces qui suivent\u00a0: {documents}",
        "Ce qui est resté comme avant n’est pas copié\u00a0: il sera demandé à ce foyer",
    )


def _avis(retour: Retour) -> Sequence[str]:
    avis = []
    if retour.partis:
        avis.append(
            "Une personne a quitté cette demande par une séparation depuis cette date. Elle a sa propre demande et n’y "
            "revient pas."
        )
    if retour.sous_un_autre_nom:
        nuds = ", ".join(numero(prise.nud) for prise in retour.sous_un_autre_nom)
        avis.append(
            "Quelqu’un a pris la place d’une personne qui revient, puis a quitté cette demande par une "
            f"séparation\u00a0: {nuds}. Cette demande rejoint l’enquête. Son ancienneté reste à examiner."
        )
    if retour.places_ailleurs:
        nuds = ", ".join(numero(nud) for nud in retour.places_ailleurs)
        avis.append(
            f"Une personne qui revient a déposé une autre demande\u00a0: {nuds}. Après le retour, réunissez-les."
        )
    return avis
