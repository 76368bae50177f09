"""The page says what was measured, on what, and calls a miss a miss."""

from datetime import UTC, datetime

from sne.bench import rapport
from sne.bench.chantier import Reglages
from sne.bench.execution import reglages_du_serveur
from sne.bench.rules import Cible, Ligne, Sens

TENUE = Ligne("a", "Path A", "peer: 900 /s", "450 /s", 0.5, "×", Cible(Sens.AU_MOINS, 0.4))
MANQUEE = Ligne("b", "Path B", "5 s", "7.0 s", 7.0, "s", Cible(Sens.AU_PLUS, 5))


def page(*lignes: Ligne) -> str:
    resultat = rapport.rassembler(
        lignes, Reglages(3, 2.0, 500), instant=datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    )
    return rapport.page(resultat, lignes)


def test_a_miss_is_written_as_a_miss() -> None:
    texte = page(TENUE, MANQUEE)
    assert "| Path A | peer: 900 /s | 450 /s | 0.50 | ≥ 0.4 × | met |" in texte
    assert "| Path B | 5 s | 7.0 s | 1.40 | ≤ 5 s | MISSED |" in texte
    assert "**1 targets of 2 are met.** Missed: Path B (7.00 s)." in texte


def test_the_page_names_date_machine_and_settings() -> None:
    texte = page(TENUE)
    assert "2026-11-24T10:30" in texte
    assert f"{rapport.machine()['coeurs']} cores" in texte
    assert "3 slices of 2 s a side, 500 files on record" in texte
    assert "**All 1 targets are met.**" in texte


def test_the_page_says_when_its_server_is_set_as_that_of_a_production() -> None:
    assert reglages_du_serveur(["http", "pointe"]) == {}
    resultat = rapport.rassembler([TENUE], Reglages(), instant=datetime.now(UTC))
    resultat["serveur"] = reglages_du_serveur(["infocentre-nombre"])
    assert "PostgreSQL as a production sets it: shared_buffers 2GB." in rapport.page(resultat, [TENUE])
    assert "as a production sets it" not in page(TENUE)


def test_a_known_miss_is_explained_and_only_then() -> None:
    connue = Ligne("http", "Web", "peer", "x", 0.1, "×", Cible(Sens.AU_MOINS, 0.3))
    assert f"- Web: {rapport.EXPLICATIONS['http']}" in page(TENUE, connue)
    assert "Where the missed ones stand" not in page(TENUE, MANQUEE)


def test_the_result_keeps_verdict_and_revision() -> None:
    resultat = rapport.rassembler([MANQUEE], Reglages(), instant=datetime.now(UTC))
    assert resultat["lignes"][0]["atteinte"] is False
    assert resultat["revision"] == rapport.revision()
