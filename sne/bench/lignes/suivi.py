"""Following counters in a whole nation: the funnel of every territory, the recap of two years."""

from collections.abc import Mapping

from sne.bench.chantier import Chantier
from sne.bench.rules import Ligne, au_plus
from sne.socle.bases import Acces

TERRITOIRES, GUICHETS, MOIS = 100, 50, 24
ACTES: Mapping[str, tuple[str, str, float]] = {
    "DresserEntonnoirs": ("suivi-entonnoir", "Funnels of the nation, read, fitted and judged", 2000.0),
    "OuvrirEntonnoir": ("suivi-ouverture", "First opening of a funnel, drawn by night", 1000.0),
    "RecapitulerDeuxAns": ("suivi-recapitulatif", "Recap of two years, read and judged", 2000.0),
}
"""Act → code of its row, title, milliseconds."""

# Counters of every size, honest except one in a hundred; as a night would have written them.
REMPLIR = f"""
INSERT INTO activite_mensuelle (territoire, mois, guichet, traitees, naissance_cosmetique, naissance_mineure,
    naissance_majeure, prenoms, dates_naissance, nir, en_attente, validees, refusees, expirees, agents,
    part_premier_agent, sur_anciennes, sans_piece)
SELECT to_char(t, 'FM000'), (date_trunc('month', now()) - make_interval(months => m))::date,
    'G' || to_char(g, 'FM0000'), 10 + (g * 37 + t * 11) % 400, 1, x.noms / 2, x.noms - x.noms / 2, 1, 1, 1, 0, 1, 0, 0,
    CASE WHEN x.noms > 0 THEN 1 ELSE 0 END, CASE WHEN x.noms > 0 THEN 1.0 END, 0, 0
FROM generate_series(1, {TERRITOIRES}) t, generate_series(1, {GUICHETS}) g, generate_series(0, {MOIS - 1}) m
CROSS JOIN LATERAL (
    SELECT (t + g + m) % 4 + CASE WHEN (t * {GUICHETS} + g) % 100 = 0 THEN 9 ELSE 0 END AS noms
) x
ON CONFLICT DO NOTHING
"""  # noqa: S608 - constants of this file only


def suivi(chantier: Chantier) -> list[Ligne]:
    """All on the rows of five thousand counters over two years; the target itself is the limit."""
    acces = chantier.atelier.copie("suivi", REMPLIR, "ANALYZE activite_mensuelle")  # no household is read
    lignes = [_mesurer(chantier, acte, acces) for acte in ACTES]
    chantier.atelier.jeter("suivi")
    return lignes


def _mesurer(chantier: Chantier, acte: str, acces: Acces) -> Ligne:
    code, titre, cible = ACTES[acte]
    return au_plus(
        code,
        f"{titre}, {TERRITOIRES * GUICHETS} counters over {MOIS} months",
        chantier.seul(acte, acces),
        cible,
    )
