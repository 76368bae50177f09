"""One way to act, read in the code itself: who revises, who holds a place, who writes an entry, who answers."""

import ast
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from sne.socle.replique import JAMAIS_AILLEURS

RACINE = Path(__file__).resolve().parents[2]
REGISTRE = RACINE / "sne" / "registre"
# Tables that name who asked and who answers, or the persons of two accounts, and how each holds that they are two.
DEUX_PERSONNES = """
SELECT t.relname, coalesce(string_agg(DISTINCT c.conname, ' '), ''),
    coalesce(string_agg(DISTINCT p.proname, ' ') FILTER (WHERE p.prosrc LIKE '%compte\\_personne(%'), '')
FROM pg_class t
LEFT JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype = 'c'
    AND (c.conname LIKE '%yeux%' OR pg_get_constraintdef(c.oid) ~ 'personne_|auteur.*decideur')
LEFT JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal LEFT JOIN pg_proc p ON p.oid = g.tgfoid
WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' AND (
    (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname IN ('auteur', 'decideur')) = 2
    OR (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname LIKE 'personne\\_%'
        AND a.attname NOT LIKE '%\\_id') = 2)
GROUP BY 1 ORDER BY 1
"""


def code(racine: Path) -> Iterator[tuple[Path, ast.Module]]:
    for fichier in sorted(racine.rglob("*.py")):
        if "migrations" not in fichier.parts:
            yield fichier, ast.parse(fichier.read_text(encoding="utf-8"))


def revisions(racine: Path) -> list[str]:
    """Places that move ``….revision`` of something on."""
    return [
        f"{fichier.relative_to(racine)}:{noeud.lineno}"
        for fichier, arbre in code(racine)
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.AugAssign)
        and isinstance(noeud.target, ast.Attribute)
        and noeud.target.attr == "revision"
    ]


def construisent(nom: str, racine: Path) -> set[str]:
    """Files that call this class to make one."""
    return {
        str(fichier.relative_to(racine))
        for fichier, arbre in code(racine)
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.Call)
        and (
            (isinstance(noeud.func, ast.Name) and noeud.func.id == nom)
            or (isinstance(noeud.func, ast.Attribute) and noeud.func.attr == nom)
        )
    }


def paires(racine: Path) -> list[str]:
    """Functions that are given who acts and when apart, where one :class:`Acte` says both."""
    return [
        f"{fichier.relative_to(racine)}:{noeud.name}"
        for fichier, arbre in code(racine)
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.FunctionDef)
        and {"acteur", "survenu_le"} <= {a.arg for a in (*noeud.args.args, *noeud.args.kwonlyargs)}
    ]


def cherchent_des_comptes(racine: Path) -> list[str]:
    """Files that look for the accounts of a person, where one selector says whether an act is on one's own."""
    return sorted(
        f for f in construisent("list_comptes_de", racine) if "selectors" not in Path(f).with_suffix("").parts
    )


def sans_aiguillage(racine: Path) -> list[str]:
    """Selectors whose raw SQL goes round the one connection that knows where a page is read, but for who signs in and
    who may: those are never read late.
    """
    return [
        str(fichier.relative_to(racine))
        for fichier, arbre in code(racine)
        if "selectors" in fichier.with_suffix("").parts
        and fichier.relative_to(racine).parts[0] not in JAMAIS_AILLEURS
        and any(
            isinstance(noeud, ast.ImportFrom)
            and noeud.module == "django.db"
            and {"connection", "connections"} & {alias.name for alias in noeud.names}
            for noeud in ast.walk(arbre)
        )
    ]


def decorees(nom: str, racine: Path) -> set[str]:
    """Functions under this decorator, each with its file."""
    return {
        f"{fichier.relative_to(racine)}:{noeud.name}"
        for fichier, arbre in code(racine)
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.FunctionDef)
        and any(isinstance(d, ast.Name) and d.id == nom for d in noeud.decorator_list)
    }


def mal_tenues(base: "psycopg.Connection[tuple[str, str, str]]") -> list[str]:
    """Tables of two persons but for the one CHECK, or whose persons are named by something of their own."""
    return [
        table
        for table, checks, fonctions in base.execute(DEUX_PERSONNES).fetchall()
        if checks != f"{table}_deux_personnes" or "compte_nommer_les_personnes" not in fonctions
    ]


def test_one_file_makes_revisions() -> None:
    assert [lieu.partition(":")[0] for lieu in revisions(REGISTRE)] == ["demande/actions/reviser.py"]


def test_one_file_holds_places() -> None:
    assert construisent("PlaceOuverte", REGISTRE) == {"demande/actions/places.py"}


def test_one_file_tells_acts_of_the_register() -> None:
    assert construisent("Entree", REGISTRE) == {"demande/actions/dire.py"}


def test_one_file_writes_to_a_household() -> None:
    """But for what is sent to one address that the act itself names, or to who has no demande yet."""
    assert construisent("preparer_message", RACINE / "sne") == {
        "registre/joindre/actions/ecrire_au_menage.py",
        "registre/joindre/actions/verifier_courriel.py",
        "registre/avis/actions/avertir.py",
        "registre/avis/actions/s_opposer.py",
        "registre/rattachement/actions/ecrire.py",
        "registre/depot_en_ligne/actions/ecrire.py",
        "notifications/actions/essayer.py",
    }


def test_who_acts_and_when_are_passed_together() -> None:
    assert paires(RACINE / "sne") == []


def test_no_act_and_no_screen_looks_for_accounts_by_itself() -> None:
    assert cherchent_des_comptes(RACINE / "sne") == []


def test_one_connection_for_the_sql_of_selectors(tmp_path: Path) -> None:
    assert sans_aiguillage(RACINE / "sne") == []
    faute = tmp_path / "registre" / "selectors.py"
    faute.parent.mkdir()
    faute.write_text("from django.db import connection, models\n")
    assert sans_aiguillage(tmp_path) == ["registre/selectors.py"]


def test_pages_read_late_are_those_that_decide_nothing() -> None:
    """Neither a file nor its history, which are told to the journal; nor who signs in, nor duplicates, nor an act."""
    assert decorees("lue_ailleurs", RACINE / "sne") == {
        "guichet/accueil/views.py:accueil",
        "guichet/infocentre/territoire.py:territoire",
        "guichet/infocentre/views.py:accueil",
        "guichet/infocentre/views.py:comparaison",
        "guichet/infocentre/views.py:rapport",
        "guichet/listes/views.py:listes",
        "guichet/listes/views.py:liste",
        "guichet/recapitulatif/views.py:recapitulatif",
        "guichet/recherche/views.py:resultats",
        "guichet/suivi/cas.py:dossier",
        "guichet/suivi/cas.py:guichet",
        "guichet/suivi/national.py:national",
        "guichet/suivi/views.py:suivi",
        "guichet/suivi/views.py:classes",
        "portail/views/jalons.py:jalons",
        "portail/views/jalons.py:jalons_json",
    }
    assert decorees("lue_en_nombre", RACINE / "sne") == {
        "guichet/listes/montrer.py:exporter",
        "guichet/listes/views.py:exporter",
        "guichet/suivi/views.py:exporter",
    }


@pytest.mark.django_db
def test_two_persons_are_one_check_and_one_trigger(url_owner: str) -> None:
    with psycopg.connect(url_owner) as base:
        assert len(base.execute(DEUX_PERSONNES).fetchall()) == 20
        assert mal_tenues(base) == []
        for faute in (
            "CREATE TABLE faute (auteur uuid, decideur uuid)",
            "ALTER TABLE faute ADD CONSTRAINT faute_quatre_yeux CHECK (auteur <> decideur)",
            "ALTER TABLE faute ADD personne_auteur uuid, ADD personne_decideur uuid, "
            "ADD CONSTRAINT faute_deux_personnes CHECK (personne_auteur <> personne_decideur)",
        ):
            base.execute(faute.encode())
            assert mal_tenues(base) == ["faute"]
        base.rollback()


@pytest.mark.parametrize(
    ("faute", "lire"),
    [
        ("def f(demande):\n    demande.revision += 1\n", revisions),
        ("def f(d):\n    PlaceOuverte(demande=d).save()\n", lambda r: construisent("PlaceOuverte", r)),
        ("def f(d):\n    rules.Entree(verbe=d)\n", lambda r: construisent("Entree", r)),
        ("def f(a):\n    return list_comptes_de(a)\n", cherchent_des_comptes),
        ("@lue_ailleurs\ndef f(request):\n    pass\n", lambda r: decorees("lue_ailleurs", r)),
        ("def f(*, acteur, survenu_le):\n    pass\n", paires),
    ],
)
def test_a_planted_fault_is_seen(tmp_path: Path, faute: str, lire: object) -> None:
    (tmp_path / "faute.py").write_text(faute)
    assert callable(lire)
    assert list(lire(tmp_path))
