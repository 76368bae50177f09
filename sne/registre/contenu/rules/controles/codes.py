"""Codes against the dated reference data: nomenclatures and communes."""

from collections.abc import Iterator

from sne.registre.contenu.rules.controles.contexte import Constat, Contexte, constat

COMMUNE_DE_NAISSANCE = "lieu_naissance.commune"


def code_inconnu(contexte: Contexte) -> Iterator[Constat]:
    """Every coded value is in its list on that day; a bulk import keeps an unknown one, flagged."""
    for chemin, champ, valeur in contexte.valeurs:
        if champ.liste and not contexte.references.code_valide(champ.liste, str(valeur)):
            yield constat(chemin, "ce code n’existe pas. Choisissez une valeur de la liste.")


def commune_inconnue(contexte: Contexte) -> Iterator[Constat]:
    """Every commune exists today, except a place of birth, which may have gone since."""
    for chemin, champ, valeur in contexte.valeurs:
        if not champ.chemin.endswith("commune") or champ.chemin.endswith(COMMUNE_DE_NAISSANCE):
            continue
        if contexte.references.territoire_de_commune(str(valeur)) is None:
            yield constat(chemin, "cette commune n’existe pas. Choisissez une commune de la liste.")
