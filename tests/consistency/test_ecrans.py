"""Screens draw and never decide, read in their code: no right, role or status is asked there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2] / "sne"
INTERFACES = ("guichet", "portail", "saisie")
PORTES = {"views", "views.py", "forms", "forms.py", "urls.py", "pages"}
"""Parts of a module that are an interface wherever they are."""
DEMANDENT = {"peut", "mandat_pour", "couvre", "roles", "siennes", "territoires"}
"""What an actor is asked of their rights."""
CODES = {"Permission", "Role", "Statut"}
ICI_NON = {"OUVERTES", "list_comptes_de", "policies"}
"""Which states are open, whose act it was, who may: for what is possible."""

GABARIT = re.compile(r"{[{%][^}]*(?:\bacteur\.|\.permissions?\b|\.(?:statut|role)\s*(?:==|!=|\bin\b))")


def fichiers(racine: Path) -> Iterator[Path]:
    """Code of the interfaces: whole modules, and the screens of the others."""
    for fichier in sorted(racine.rglob("*.py")):
        lieu = fichier.relative_to(racine).parts
        if lieu[0] in INTERFACES or PORTES & set(lieu):
            yield fichier


def fautes(arbre: ast.Module) -> Iterator[int]:
    """Lines that ask a right, a role or a status themselves."""
    permis = {id(n) for garde in _gardes(arbre) for n in ast.walk(garde)} | _cles(arbre)
    for noeud in ast.walk(arbre):
        if id(noeud) not in permis and (_demande(noeud) or _importe(noeud) or _compare(noeud)):
            yield noeud.lineno  # type: ignore[attr-defined]


def _gardes(arbre: ast.Module) -> Iterator[ast.expr]:
    """``@exiger(Permission.X)``: the permission that opens an address."""
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.FunctionDef):
            for garde in noeud.decorator_list:
                if isinstance(garde, ast.Call) and getattr(garde.func, "id", "") == "exiger":
                    yield garde


def _cles(arbre: ast.Module) -> set[int]:
    """Keys of a table: the word or the colour of a status."""
    return {id(cle) for n in ast.walk(arbre) if isinstance(n, ast.Dict) for cle in n.keys if cle}


def _demande(noeud: ast.AST) -> bool:
    if isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Attribute):
        return noeud.func.attr in DEMANDENT
    if isinstance(noeud, ast.Attribute):
        return noeud.attr == "mandats" or (isinstance(noeud.value, ast.Name) and noeud.value.id in CODES)
    return False


def _importe(noeud: ast.AST) -> bool:
    if not isinstance(noeud, ast.ImportFrom):
        return False
    noms = {alias.name for alias in noeud.names}
    dites = {nom for nom in noms if nom.startswith(("can_", "peut_"))}
    return bool(dites or noms & ICI_NON) or (noeud.module or "").endswith(".policies")


def _compare(noeud: ast.AST) -> bool:
    cotes = [noeud.left, *noeud.comparators] if isinstance(noeud, ast.Compare) else []
    return any(isinstance(cote, ast.Attribute) and cote.attr in {"statut", "role"} for cote in cotes)


def lieux(racine: Path) -> list[str]:
    return [
        f"{fichier.relative_to(racine)}:{ligne}"
        for fichier in fichiers(racine)
        for ligne in fautes(ast.parse(fichier.read_text(encoding="utf-8")))
    ]


def gabarits(racine: Path) -> list[str]:
    return [
        f"{gabarit.relative_to(racine)}:{numero}"
        for gabarit in sorted(racine.rglob("*.html"))
        for numero, ligne in enumerate(gabarit.read_text(encoding="utf-8").splitlines(), 1)
        if GABARIT.search(ligne)
    ]


def test_screens_ask_no_right_and_no_status() -> None:
    trouves = [*lieux(RACINE)]
    assert not trouves, "\n".join(trouves)


def test_templates_test_what_they_are_given() -> None:
    assert gabarits(RACINE) == []


@pytest.mark.parametrize(
    "faute",
    [
        "def f(acteur):\n    return acteur.peut(x)\n",
        "from sne.registre.demande import policies\n",
        "from sne.suivi.policies import guichets_suivis\n",
        "from sne.registre.listes.actions.exporter import can_exporter\n",
        "from sne.registre.demande.rules.cycle_de_vie import OUVERTES\n",
        "from sne.habilitations.selectors import list_comptes_de\n",
        "def f(fiche):\n    return fiche.statut in x\n",
        "def f(statut):\n    return statut is Statut.ACTIVE\n",
        "@autre(Permission.DEMANDE_LIRE)\ndef f(request):\n    pass\n",
        "def f(acteur):\n    return any(m for m in acteur.mandats)\n",
    ],
)
def test_a_planted_fault_is_seen(tmp_path: Path, faute: str) -> None:
    (tmp_path / "guichet").mkdir()
    (tmp_path / "guichet" / "faute.py").write_text(faute)
    assert lieux(tmp_path)


def test_what_guards_an_address_and_what_words_a_status_are_no_fault(tmp_path: Path) -> None:
    (tmp_path / "views.py").write_text(
        "@exiger(Permission.DEMANDE_LIRE)\ndef f(request):\n    return {Statut.ACTIVE: 'success'}\n"
    )
    assert lieux(tmp_path) == []


@pytest.mark.parametrize(
    "faute", ["{% if service.acteur.peut %}", "{% if demande.statut == 'ACTIVE' %}", "{{ m.permissions }}"]
)
def test_a_planted_fault_of_a_template_is_seen(tmp_path: Path, faute: str) -> None:
    (tmp_path / "faute.html").write_text(faute)
    assert gabarits(tmp_path)
