"""A status changes in actions only: the syntax tree of every file is walked."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
COLONNES = {
    "statut",
    "identite_courante",
    "identite_courante_id",
    "version_courante",
    "version_courante_id",
    "date_depot",
}


def affectations(arbre: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and column name of each way to write a guarded column: ``.statut =``, ``update(statut=…)``,
    ``bulk_update(…, ["statut"])``, ``setattr(x, "statut", …)``.
    """
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Assign | ast.AugAssign | ast.AnnAssign):
            cibles = noeud.targets if isinstance(noeud, ast.Assign) else [noeud.target]
            for cible in cibles:
                for feuille in ast.walk(cible):
                    if (
                        isinstance(feuille, ast.Attribute)
                        and isinstance(feuille.ctx, ast.Store)
                        and feuille.attr in COLONNES
                    ):
                        yield noeud.lineno, feuille.attr
        elif isinstance(noeud, ast.Call):
            yield from _appel(noeud)


def _appel(appel: ast.Call) -> Iterator[tuple[int, str]]:
    nom = appel.func.attr if isinstance(appel.func, ast.Attribute) else getattr(appel.func, "id", "")
    if nom in {"update", "update_or_create"}:
        for mot in appel.keywords:
            if mot.arg in COLONNES:
                yield appel.lineno, mot.arg
    elif nom == "bulk_update" or (nom == "setattr" and isinstance(appel.func, ast.Name)):
        for argument in appel.args:
            for feuille in ast.walk(argument):
                if isinstance(feuille, ast.Constant) and feuille.value in COLONNES:
                    yield appel.lineno, str(feuille.value)


def permis(fichier: Path) -> bool:
    parties = fichier.relative_to(RACINE).parts
    return "actions" in parties or parties[-1] == "actions.py" or "migrations" in parties


def test_guarded_columns_are_written_in_actions_only() -> None:
    fautes = [
        f"{fichier.relative_to(RACINE)}:{ligne} writes {colonne}"
        for fichier in sorted((RACINE / "sne").rglob("*.py"))
        if not permis(fichier)
        for ligne, colonne in affectations(ast.parse(fichier.read_text()))
    ]
    assert fautes == []


@pytest.mark.parametrize(
    "code",
    [
        "d.statut = 'RADIEE'",
        "d.statut, d.x = 'RADIEE', 1",
        "D.objects.filter(id=1).update(statut='RADIEE')",
        "D.objects.bulk_update(ds, ['statut'])",
        "setattr(d, 'statut', 'RADIEE')",
        "p.identite_courante_id = autre",
    ],
)
def test_each_way_round_is_seen(code: str) -> None:
    assert list(affectations(ast.parse(code)))


@pytest.mark.parametrize(
    "code", ["x = d.statut", "D.objects.filter(statut='ACTIVE')", "d.nom = 'x'", "f(statut='ACTIVE')"]
)
def test_reading_is_free(code: str) -> None:
    assert list(affectations(ast.parse(code))) == []
