"""What a RPLS file must be, why a line is left out, why a figure is missing or is not that of the register. Pure.

A file of vintage N + 1 pictures the dwellings of social landlords on the first of January N + 1, each with the month of
its current lease: what was let in year N is read there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.fr import siren as cles_siren

from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

ENTETE = (
    "IDENT_REP",
    "IDENT_INT",
    "SIREN_BAILLEUR",
    "DEPCOM",
    "NBPIECE",
    "SURFHAB",
    "MODE",
    "BAILDATE",
    "LOYERPRINC",
    "QPV",
)
"""Columns of the restricted extract, in order. Only five of them are kept: the rest stays in the file."""
PREMIER_MILLESIME = 2012  # the first year of the directory


class MotifRejet(StrEnum):
    """Why a line is left out; the first that applies, in this order."""

    IDENTIFIANT = "IDENTIFIANT"
    DOUBLE = "DOUBLE"
    SIREN = "SIREN"
    COMMUNE = "COMMUNE"
    OCCUPATION = "OCCUPATION"
    BAIL = "BAIL"
    BAIL_FUTUR = "BAIL_FUTUR"


@dataclass(frozen=True, slots=True)
class Rejet:
    """The column at fault, and what to do about it: never what the line says."""

    colonne: str
    phrase: str


REJETS: Mapping[MotifRejet, Rejet] = {
    MotifRejet.IDENTIFIANT: Rejet(
        "IDENT_REP", "L’identifiant du logement compte dix chiffres ou lettres majuscules."
    ),
    MotifRejet.DOUBLE: Rejet(
        "IDENT_REP",
        "Cet identifiant est sur plusieurs lignes du fichier\u00a0: aucune n’est retenue, gardez la bonne.",
    ),
    MotifRejet.SIREN: Rejet(
        "SIREN_BAILLEUR", "Ce SIREN n’a pas neuf chiffres, ou sa clé est fausse\u00a0: vérifiez-le."
    ),
    MotifRejet.COMMUNE: Rejet(
        "DEPCOM",
        "Ce code INSEE n’était pas celui d’une commune d’un territoire au 1er janvier du millésime\u00a0: vérifiez-le.",
    ),
    MotifRejet.OCCUPATION: Rejet("MODE", "Le mode d’occupation est 1, 2, 3, 4, 5 ou 9."),
    MotifRejet.BAIL: Rejet("BAILDATE", "Un logement loué a le mois de son bail, écrit MM/AAAA."),
    MotifRejet.BAIL_FUTUR: Rejet("BAILDATE", "Ce bail est postérieur au 1er janvier du millésime."),
}


def phrase_d_absence(annee: int, *, charge: bool) -> str:
    """Why there is no figure for the lettings of that civil year: absence is never zero. ``charge``: a vintage is."""
    if not charge:
        return f"Le millésime {annee + 1} de RPLS, qui décrit l’année {annee}, n’est pas chargé."
    return (
        f"Non déclaré{INSECABLE}: ce bailleur n’a aucun logement de ce territoire dans le millésime {annee + 1} "
        "de RPLS. Ce n’est pas zéro."
    )


POURQUOI_UN_ECART = (
    "Un logement loué deux fois dans l’année compte une fois dans RPLS\u00a0: seul le dernier bail y est.",
    "Un logement vendu ou démoli avant le 1er janvier n’y est plus.",
    "Les résidences sociales et les foyers n’y sont pas.",
    "Le registre compte les baux dont la demande est radiée, par le territoire du guichet\u00a0; RPLS compte les "
    "logements, par leur commune.",
)
"""Why both never agree: the deficit is a question, not a fault."""


def siren_juste(texte: str) -> bool:
    """Whether this is a SIREN as the file must write it: nine digits, whose key is right."""
    return len(texte) == 9 and texte.isascii() and texte.isdigit() and cles_siren.is_valid(texte)


def exiger_millesime(millesime: int, *, le: date) -> None:
    """A vintage that can exist on that day. Raises ``Interdit``."""
    if not PREMIER_MILLESIME <= millesime <= le.year:
        raise Interdit(
            f"Le millésime est une année de {PREMIER_MILLESIME} à {le.year}{INSECABLE}: celle du 1er janvier que le "
            "fichier décrit.",
            champ="millesime",
        )


def lire_entete(ligne: bytes) -> None:
    """The first line of the file, which names the ten columns and no other. Raises ``Interdit``."""
    noms = [nom.strip().strip('"') for nom in ligne.decode("utf-8-sig", errors="replace").split(";")]
    if tuple(noms) == ENTETE:
        return
    manquent = [nom for nom in ENTETE if nom not in noms]
    en_trop = [nom for nom in noms if nom not in ENTETE]
    if manquent:
        raise Interdit(
            "La première ligne doit nommer les dix colonnes de l’extrait RPLS, séparées par des points-virgules. "
            f"Il manque{INSECABLE}: {', '.join(manquent)}."
        )
    if en_trop:
        raise Interdit(
            f"La première ligne nomme {len(en_trop)} colonne(s) qui ne sont pas de l’extrait RPLS. "
            f"Attendues, dans cet ordre{INSECABLE}: {', '.join(ENTETE)}."
        )
    raise Interdit(f"Les colonnes ne sont pas dans l’ordre. Attendues{INSECABLE}: {', '.join(ENTETE)}.")


def exiger_assez_de_lignes(lignes: int, rejets: int, *, part_max: float) -> None:
    """Refuse the whole file when too many of its lines are left out. Raises ``Interdit``."""
    if not lignes:
        raise Interdit(f"Ce fichier n’a que sa première ligne{INSECABLE}: rien n’a été changé.")
    if rejets > part_max * lignes:
        raise Interdit(
            f"{rejets} ligne(s) rejetée(s) sur {lignes}, plus que les {_pour_cent(part_max)} admis{INSECABLE}: le "
            "fichier est refusé en entier, rien n’a été changé. Les rejets disent, ligne par ligne, ce qu’il faut "
            "corriger."
        )


def _pour_cent(part: float) -> str:
    return f"{part * 100:g}{INSECABLE}%".replace(".", ",")
