"""Tables of the follow-up for a spreadsheet: the number of a demande stands for its household."""

from collections.abc import Callable, Mapping
from datetime import date

from sne.guichet.identite.lignes import presenter_ligne
from sne.guichet.suivi.presentation import presenter_dossier, presenter_guichets
from sne.registre.identite.selectors.a_decider import compter_changements, list_changements
from sne.registre.listes.rules.listes import milliers
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour
from sne.socle.tableur import Valeur
from sne.suivi.rules.exports import Export
from sne.suivi.selectors.dossiers import list_dossiers
from sne.suivi.selectors.guichets import get_suivi_des_guichets

Tableau = tuple[list[str], list[list[Valeur]], int]
"""Heads, lines, and how many lines there would be without a limit."""
LIGNES_AU_PLUS = 1000


def dire_la_coupe(lignes: int, nombre: int) -> str:
    """That a file holds the first lines only, as its last line; empty when it holds them all."""
    if nombre <= lignes:
        return ""
    return f"Ce fichier s’arrête aux {milliers(lignes)}\u00a0premières lignes sur {milliers(nombre)}."


def attente(acteur: Acteur, le: date) -> Tableau:
    """Changes that wait for a decision, with their ages."""
    changements = list_changements(acteur, le=le, au_plus=LIGNES_AU_PLUS).lignes
    entetes = ["Numéro unique", "Ancienneté", "Guichet", "Demandé le", "Attend depuis", "À décider avant le"]
    lignes = [presenter_ligne(changement, le=le) for changement in changements]
    return (
        entetes,
        [
            [
                ligne.changement.nud,
                ligne.anciennete,
                ligne.changement.guichet,
                jour(ligne.changement.survenu_le),
                ligne.attend,
                ligne.changement.attendue_le,
            ]
            for ligne in lignes
        ],
        compter_changements(acteur, le=le),
    )


def dossiers(acteur: Acteur, le: date) -> Tableau:
    """Files to look at, the highest score first."""
    entetes = [
        "Numéro unique",
        "Ancienneté",
        "Constats",
        "Guichet",
        "Dernier acte",
        "Score",
        "Repère",
        "État",
    ]
    lus = list_dossiers(acteur, le=le, au_plus=LIGNES_AU_PLUS)
    lignes = [presenter_dossier(dossier, le=le) for dossier in lus.dossiers]
    return (
        entetes,
        [
            [
                ligne.dossier.nud,
                ligne.anciennete,
                ligne.constats,
                ligne.dossier.guichet,
                jour(ligne.dossier.survenu_le),
                ligne.score,
                ligne.badge.libelle,
                ligne.etat,
            ]
            for ligne in lignes
        ],
        lus.nombre,
    )


def guichets(acteur: Acteur, le: date) -> Tableau:
    """Counters, as the drawing and its table show them."""
    entetes = [
        "Guichet",
        "Nom",
        "Dossiers traités",
        "Observés",
        "Attendus",
        "Zone attendue",
        "Pour 1 000",
        "Position",
        "Pourquoi",
        "Indicateur décidé",
    ]
    lignes = presenter_guichets(get_suivi_des_guichets(acteur, le=le))
    return (
        entetes,
        [
            [
                ligne.point.guichet,
                ligne.nom,
                ligne.point.traites,
                ligne.point.observes,
                ligne.attendus,
                ligne.limites,
                ligne.pour_mille,
                ligne.position,
                ligne.phrase,
                ligne.decide,
            ]
            for ligne in lignes
        ],
        len(lignes),
    )


ECRIRE: Mapping[Export, Callable[[Acteur, date], Tableau]] = {
    Export.ATTENTE: attente,
    Export.DOSSIERS: dossiers,
    Export.GUICHETS: guichets,
}
