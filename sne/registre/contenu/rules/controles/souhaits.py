"""Controls 14 and 15: reasons, and the dwelling sought."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sne.registre.contenu.rules.arbre.derive import nb_personnes, ressources_mensuelles
from sne.registre.contenu.rules.controles.contexte import Constat, Contexte, constat
from sne.socle.signes import INSECABLE

AUTRE, EXPULSION, HANDICAP, SEPARATION = "23", "05", "07", "11"
TROP_GRAND, TROP_PETIT = "10", "13"
D_UN_LOGEMENT = frozenset({"02", "04"})
SANS_LOGEMENT = frozenset({"SD", "SQUAT"})
PIECES = {"C": 1, "T1": 1, "T2": 2, "T3": 3, "T4": 4, "T5": 5, "T6P": 6}
RANGS = {code: rang for rang, code in enumerate(PIECES)}
PART_DU_LOYER = Decimal("0.5")
"""A rent above half of the monthly resources is remarked on; it refuses nothing."""


def autre_motif_absent(contexte: Contexte) -> Iterator[Constat]:
    """Rule 14: « autre motif » says which."""
    motifs = contexte.contenu.motifs
    if AUTRE in motifs.codes and motifs.autre_motif is None:
        yield constat("motifs.autre_motif", "précisez-le en quelques mots, sans information de santé.")


def jugement_non_date(contexte: Contexte) -> Iterator[Constat]:
    """Rule 14: an eviction may have a judgment; its date is asked, never required."""
    motifs = contexte.contenu.motifs
    if EXPULSION in motifs.codes and motifs.date_jugement_expulsion is None:
        yield constat("motifs.date_jugement_expulsion", "indiquez-la si un jugement a été rendu.")


def handicap_sans_fiche(contexte: Contexte) -> Iterator[Constat]:
    """Rule 14: the reason is a handicap, and no sheet describes it."""
    if HANDICAP in contexte.contenu.motifs.codes and not contexte.contenu.handicaps:
        yield constat(
            "handicaps", "le motif handicap est déclaré. Remplissez une fiche par personne concernée."
        )


def separation_en_couple(contexte: Contexte) -> Iterator[Constat]:
    """Rule 14: separating, and still told as a couple."""
    demandeur = contexte.contenu.demandeur
    if (
        SEPARATION in contexte.contenu.motifs.codes
        and demandeur
        and demandeur.situation_familiale in {"M", "P"}
    ):
        yield constat(
            "demandeur.situation_familiale",
            "une séparation est déclarée comme motif. Vérifiez l’une et l’autre.",
        )


def taille_discordante(contexte: Contexte) -> Iterator[Constat]:
    """Rule 14: too small or too large, compared with the people who live there and the number of rooms."""
    logement, codes = contexte.contenu.logement_actuel, contexte.contenu.motifs.codes
    pieces = PIECES.get(logement.type or "")
    if pieces is None or logement.nombre_habitants is None:
        return
    if TROP_PETIT in codes and pieces > logement.nombre_habitants:
        yield constat(
            "motifs.codes", "« logement trop petit » alors qu’il a plus de pièces que d’habitants. Vérifiez."
        )
    if TROP_GRAND in codes and pieces < logement.nombre_habitants:
        yield constat(
            "motifs.codes", "« logement trop grand » alors qu’il a moins de pièces que d’habitants. Vérifiez."
        )


def motif_sans_logement(contexte: Contexte) -> Iterator[Constat]:
    """Rule 14: demolished or taken back, and without housing."""
    statuts = SANS_LOGEMENT.intersection(contexte.contenu.logement_actuel.statuts_occupation)
    if statuts and D_UN_LOGEMENT.intersection(contexte.contenu.motifs.codes):
        yield constat(
            "motifs.codes", "un motif suppose un logement, et aucun n’est déclaré. Vérifiez l’un et l’autre."
        )


def motif_repete(contexte: Contexte) -> Iterator[Constat]:
    """Rule 14: each reason once; its rank says its weight."""
    yield from _repetes(
        contexte.contenu.motifs.codes, "motifs.codes", "ce motif est déjà dans la liste. Retirez-le."
    )


def trop_de_motifs(contexte: Contexte) -> Iterator[Constat]:
    """Rule 14: screens take three; imports keep all."""
    limite = contexte.limites.motifs_max_ecran
    if len(contexte.contenu.motifs.codes) > limite:
        yield constat("motifs.codes", f"gardez les {limite} plus importants.")


def _repetes(valeurs: Sequence[object], chemin: str, suite: str) -> Iterator[Constat]:
    for rang, valeur in enumerate(valeurs):
        if valeur in valeurs[:rang]:
            yield constat(f"{chemin}[{rang}]", suite)


def commune_hors_territoire(contexte: Contexte) -> Iterator[Constat]:
    """Rule 15: one application per territory, every place in it (CCH R441-2-1; Île-de-France is one)."""
    for rang, lieu in enumerate(contexte.contenu.souhaits.localisations):
        if lieu.commune is None:
            continue
        territoire = contexte.references.territoire_de_commune(lieu.commune)
        if territoire is not None and territoire != contexte.references.territoire:
            yield constat(
                f"souhaits.localisations[{rang}].commune",
                "elle n’est pas dans le territoire de cette demande. Retirez-la ou déposez une demande là-bas.",
            )


def localisation_repetee(contexte: Contexte) -> Iterator[Constat]:
    """Rule 15: each place once; two quartiers of one commune are two places."""
    lieux = [
        (lieu.commune, (lieu.quartier or "").casefold()) for lieu in contexte.contenu.souhaits.localisations
    ]
    yield from _repetes(lieux, "souhaits.localisations", "ce lieu est déjà dans la liste. Retirez-le.")


def trop_de_localisations(contexte: Contexte) -> Iterator[Constat]:
    """Rule 15: screens take so many (dated limit); imports keep all."""
    limite = contexte.limites.localisations_max_ecran
    if len(contexte.contenu.souhaits.localisations) > limite:
        yield constat("souhaits.localisations", f"gardez les {limite} plus importantes.")


def types_ecartes(contexte: Contexte) -> Iterator[Constat]:
    """Rule 15: more than two types, or two that are not neighbours, are hard to answer."""
    rangs = sorted({RANGS[code] for code in contexte.contenu.souhaits.types_logement if code in RANGS})
    if rangs and rangs[-1] - rangs[0] > 1:
        yield constat(
            "souhaits.types_logement", f"deux types voisins au plus sont conseillés{INSECABLE}: T2 et T3."
        )


def type_et_foyer(contexte: Contexte) -> Iterator[Constat]:
    """Rule 15: rooms asked against persons to be housed (more than one spare room, or more than two a
    room).
    """
    pieces = [PIECES[code] for code in contexte.contenu.souhaits.types_logement if code in PIECES]
    personnes = nb_personnes(contexte.contenu)
    if not pieces or not personnes:
        return
    if min(pieces) > personnes + 1:
        yield constat(
            "souhaits.types_logement",
            "le logement demandé est grand pour ce foyer. Vérifiez l’un et l’autre.",
        )
    if max(pieces) * 2 < personnes:
        yield constat(
            "souhaits.types_logement",
            "le logement demandé est petit pour ce foyer. Vérifiez l’un et l’autre.",
        )


def loyer_et_ressources(contexte: Contexte) -> Iterator[Constat]:
    """Rule 15: a maximum rent out of proportion with the resources."""
    loyer, ressources = contexte.contenu.souhaits.loyer_maximum, ressources_mensuelles(contexte.contenu)
    if loyer is not None and ressources is not None and loyer > ressources * PART_DU_LOYER:
        yield constat(
            "souhaits.loyer_maximum",
            "il dépasse la moitié des ressources du foyer. Vérifiez l’un et l’autre.",
        )
