"""The summary of an application as the full attestation prints it: every declared field, in words, by rubric.

Built from the tree itself: a field added to it is printed without a line here. What is ours (identifiers), the social
security number and health are left out: the paper is shown to third parties.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sne.attestations.rules.mots import date_longue, montant
from sne.referentiels.rules import Geographie, Nomenclatures
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.lieux import Adresse, Localite
from sne.registre.contenu.rules.arbre.logement import Sejour
from sne.registre.contenu.rules.arbre.personnes import LieuNaissance, RevenuFiscal
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.sante import sans_sante
from sne.registre.joindre.rules import lignes_d_adresse, localite
from sne.socle.signes import INSECABLE

ABSENTS = frozenset({"personne", "identifiant", "nir", "etranger"})
# What the font draws for sure: Latin with every diacritic, Greek, Cyrillic, usual punctuation (a test draws them all).
SIGNES = (
    r" -~\u00a0-\u024f\u0391-\u03a1\u03a3-\u03c9\u0400-\u045f\u1e00-\u1eff"
    r"\u2010-\u2015\u2018-\u201e\u2026\u202f\u20ac"
)
HORS_SIGNES = re.compile(rf"[^\n{SIGNES}]")
ILLISIBLE = "Ce texte contient des signes qui ne s’impriment pas ici. Il est gardé dans votre demande."

type Ligne = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Lecture:
    """What it takes to word a content: the lists and the geography of the day."""

    nomenclatures: Nomenclatures
    geographie: Geographie


def resumer(contenu: Contenu, lecture: Lecture) -> tuple[tuple[str, tuple[Ligne, ...]], ...]:
    """Rubrics of the summary with their lines; a rubric about which nothing was said is absent."""
    dit = sans_sante(contenu)
    rubriques = ((titre, tuple(_imprimables(lignes))) for titre, lignes in _rubriques(dit, lecture))
    return tuple((titre, lignes) for titre, lignes in rubriques if lignes)


def _lieu(lieu: Localite, geographie: Geographie) -> str:
    """A place on one line; an address has more to say than a locality."""
    return (
        ", ".join(lignes_d_adresse(lieu, geographie))
        if isinstance(lieu, Adresse)
        else localite(lieu, geographie)
    )


def _rubriques(dit: Contenu, lecture: Lecture) -> Iterator[tuple[str, Iterator[Ligne]]]:
    if dit.demandeur is not None:
        yield "Demandeur", _lignes(dit.demandeur, lecture)
    if dit.association is not None:
        yield "Association", _lignes(dit.association, lecture)
    for rang, cotitulaire in enumerate(dit.cotitulaires, start=1):
        yield f"Cotitulaire {rang}", _lignes(cotitulaire, lecture)
    yield "Autres personnes à loger", _lignes(dit.foyer, lecture)
    yield "Logement actuel", _lignes(dit.logement_actuel, lecture)
    yield "Logement possédé", _lignes(dit.logement_possede, lecture)
    yield "Motifs de la demande", _lignes(dit.motifs, lecture)
    yield "Logement recherché", _lignes(dit.souhaits, lecture)
    yield "Informations complémentaires", _complements(dit, lecture)


def _complements(dit: Contenu, lecture: Lecture) -> Iterator[Ligne]:
    yield from _lignes(dit.preferences, lecture)
    yield from _lignes(dit.accompagnant, lecture)
    if dit.precisions:
        yield "Précisions", dit.precisions


def _lignes(noeud: arbre.Noeud, lecture: Lecture) -> Iterator[Ligne]:
    """Label and value of what a node says, nested nodes included."""
    for nom, info in type(noeud).model_fields.items():
        valeur = getattr(noeud, nom)
        if nom in ABSENTS or valeur is None or valeur == info.default:
            continue
        liste = str((info.json_schema_extra or {}).get("liste", ""))  # type: ignore[union-attr]
        yield from _ligne(info.title or nom, valeur, liste, lecture)


def _ligne(titre: str, valeur: object, liste: str, lecture: Lecture) -> Iterator[Ligne]:
    match valeur:
        case tuple() if liste:
            yield titre, ", ".join(_en_mots(titre, code, liste, lecture) for code in valeur)
        case tuple():
            yield from _repetees(titre, valeur, lecture)
        case Localite():
            yield titre, _lieu(valeur, lecture.geographie)
        case RevenuFiscal():
            if valeur.montant is not None:
                annee = f" {valeur.annee}" if valeur.annee else f", {titre.lower()}"
                yield f"Revenu fiscal de référence{annee}", montant(valeur.montant, "€")
        case Sejour() | LieuNaissance():
            yield titre, _en_une_ligne(valeur, lecture)
        case arbre.Noeud() if not valeur.feuille:
            yield from _lignes(valeur, lecture)
        case _:
            yield titre, _en_mots(titre, valeur, liste, lecture)


def _repetees(titre: str, noeuds: tuple[arbre.Noeud, ...], lecture: Lecture) -> Iterator[Ligne]:
    """People, places and incomes, one line each."""
    for rang, noeud in enumerate(noeuds, start=1):
        yield f"{titre} ({rang})" if len(noeuds) > 1 else titre, _en_une_ligne(noeud, lecture)


def _en_une_ligne(noeud: arbre.Noeud, lecture: Lecture) -> str:
    return ", ".join(texte for _, texte in _lignes(noeud, lecture))


def _en_mots(titre: str, valeur: object, liste: str, lecture: Lecture) -> str:
    match valeur:
        case bool():
            return "Oui" if valeur else "Non"
        case date():
            return date_longue(valeur)
        case Decimal():
            return montant(valeur, "m²" if titre.startswith("Surface") else "€")
        case str() if liste:
            return lecture.nomenclatures.libelle(liste, valeur)
        case str() if titre.startswith(("Commune", "Pays de")):
            return lecture.geographie.nom_lieu(valeur)
        case _:
            return str(valeur)


def _imprimables(lignes: Iterator[Ligne]) -> Iterator[Ligne]:
    """A free text with signs that the font lacks is not printed: one emoji must not cost the whole attestation."""
    for libelle, valeur in lignes:
        yield libelle, ILLISIBLE if HORS_SIGNES.search(valeur) else valeur.replace(" €", f"{INSECABLE}€")
