"""Rules of the pages that no other tool checks: purpose line, French spacing, icons that are served, no inline code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sne.socle import statiques

RACINE = Path(__file__).resolve().parents[2] / "sne"
GABARITS = sorted(RACINE.glob("*/templates/**/*.html"))
BALISE = re.compile(r"\{[%#{].*?[%#}]\}", re.DOTALL)
PAQUETS = (
    "assistance attestations conventions espace_pro guichet habilitations programme reglages site_pro suivi"
)
"""Those whose sentences are shown on screens as they are: neither translated nor printed in a terminal."""
MODULES = sorted(p for paquet in PAQUETS.split() for p in (RACINE / paquet).rglob("*.py"))
ESPACE_OUBLIEE = re.compile(r"\w [:;?!](?:\s|$)|« | »|\d %")


def lu(gabarit: Path) -> str:
    return gabarit.read_text(encoding="utf-8")


def nom(gabarit: Path) -> str:
    return str(gabarit.relative_to(RACINE))


@pytest.mark.parametrize("gabarit", GABARITS, ids=nom)
def test_premiere_ligne_dit_a_quoi_il_sert(gabarit: Path) -> None:
    """On one line, as Django reads comments: what runs onto a second one is shown to whoever reads the page."""
    texte = lu(gabarit)
    assert texte.startswith("{# ")
    assert [ligne for ligne in texte.splitlines() if ligne.count("{#") != ligne.count("#}")] == []


@pytest.mark.parametrize("gabarit", GABARITS, ids=nom)
def test_espaces_insecables(gabarit: Path) -> None:
    texte = BALISE.sub("x", lu(gabarit))
    assert ESPACE_OUBLIEE.findall(texte) == []


def phrases(module: Path) -> Iterator[str]:
    """What a module says in French, without its docstrings; a value in a sentence stands as « x »."""
    noeuds = list(ast.walk(ast.parse(lu(module))))
    a_part = {id(n.value) for n in noeuds if isinstance(n, ast.Expr)}
    a_part |= {id(v) for n in noeuds if isinstance(n, ast.JoinedStr) for v in n.values}
    for n in noeuds:
        if isinstance(n, ast.JoinedStr):
            yield "".join(str(v.value) if isinstance(v, ast.Constant) else "x" for v in n.values)
        elif isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in a_part:
            yield n.value


def test_espaces_insecables_des_phrases() -> None:
    dites = {phrase: nom(module) for module in MODULES for phrase in phrases(module)}
    assert {p: ou for p, ou in dites.items() if re.search("[éèàçê’«]", p) and ESPACE_OUBLIEE.search(p)} == {}


@pytest.mark.parametrize("gabarit", GABARITS, ids=nom)
def test_ni_style_ni_script_dans_la_page(gabarit: Path) -> None:
    """The content security policy would refuse them."""
    texte = lu(gabarit)
    assert not re.search(r'\sstyle="|\son\w+="|<style|<script(?![^>]*\ssrc=)|javascript:', texte)


@pytest.mark.parametrize("gabarit", GABARITS, ids=nom)
def test_un_seul_point_d_interrogation(gabarit: Path) -> None:
    """The tag writes its own: after another one, the first thing asked would be lost."""
    assert "?{% querystring" not in lu(gabarit)


def test_icones_servies_et_utilisees() -> None:
    """An icon missing from the list would be an empty square; one that nobody uses would be weight for nothing."""
    utilisees = set()
    for gabarit in GABARITS:
        utilisees |= set(re.findall(r"fr-icon-([a-z0-9][a-z0-9-]*)", lu(gabarit)))
    assert utilisees == statiques.ICONES


def test_filtres_et_balises_tous_utilises() -> None:
    pages = "\n".join(lu(gabarit) for gabarit in GABARITS)
    for bibliotheque in sorted(RACINE.glob("*/templatetags/*.py")):
        declares = re.findall(r"@register\..*\ndef (\w+)", bibliotheque.read_text(encoding="utf-8"))
        assert [nom for nom in declares if not re.search(rf"\b{nom}\b", pages)] == []


def test_gabarits_tous_utilises() -> None:
    """A page that nothing renders is dead."""
    sources = "\n".join(p.read_text(encoding="utf-8") for p in RACINE.rglob("*.py"))
    sources += "\n".join(lu(gabarit) for gabarit in GABARITS)
    connus = {"400.html", "403.html", "404.html", "409.html", "500.html"}
    orphelins = []
    for gabarit in GABARITS:
        chemin = str(gabarit).split("/templates/")[1]
        pages = chemin.startswith("guichet/pages/") and gabarit.stem in sources
        if chemin not in connus and f'"{chemin}"' not in sources and not pages:
            orphelins.append(chemin)
    assert orphelins == []
