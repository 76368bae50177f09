"""Lines of a history as rows of a table."""

from collections.abc import Iterator, Sequence
from datetime import date

from sne.registre.lecture.rules.historique_demandeur.changements import ChangementMontre
from sne.registre.lecture.selectors.historique_demandeur import LigneMontree
from sne.socle.templatetags.socle_tags import heure_fr

COLONNES = (
    "Jour",
    "Heure",
    "Ce qui s’est passé",
    "Fonction de la personne",
    "Raison",
    "Champ",
    "Avant",
    "Après",
    "Référence de la ligne",
    "Sceau",
    "Rang dans le sceau",
    "Empreinte",
)


def en_lignes(lignes: Sequence[LigneMontree]) -> Iterator[list[str | date]]:
    """One row for each field that changed; one for an act that changed none."""
    for ligne in lignes:
        for changement in ligne.changements or (None,):
            yield _ligne(ligne, changement)


def _ligne(ligne: LigneMontree, changement: ChangementMontre | None) -> list[str | date]:
    scelle = ligne.scelle
    return [
        ligne.jour,
        heure_fr(ligne.instant),
        ligne.phrase,
        ligne.role,
        ligne.raison,
        changement.libelle if changement else "",
        changement.avant.dit if changement else "",
        _apres(ligne, changement) if changement else "",
        str(ligne.id),
        str(scelle.scellement) if scelle else "",
        str(scelle.rang) if scelle else "",
        scelle.empreinte if scelle else "",
    ]


def _apres(ligne: LigneMontree, changement: ChangementMontre) -> str:
    """The value after; when it is only asked for, the text says so, since alone in its column it would read as done."""
    dit = changement.apres.dit
    return f"{dit} (demandé, pas appliqué)" if ligne.attente and dit else dit
