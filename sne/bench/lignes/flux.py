"""A page of the feed of a territory, among many lines."""

from functools import partial

from sne.bench.chantier import Chantier
from sne.bench.rules import Cible, Ligne, Sens, latence_mediane, p95

LIGNES = 10_000_000
CIBLE = 15.0  # ms
# Lines of the demandes on record, over and over: what a page reads does not depend on what they say.
REMPLIR = f"""
INSERT INTO flux_ligne (territoire, serie, numero, scellement, rang, entree, demande, revision, type, survenu_le,
    chaine)
SELECT '099', 'demandes', n, n, 1, gen_random_uuid(), d.ids[1 + n % cardinality(d.ids)], 1, 'demande.modifiee',
    now(), sha256(int8send(n))
FROM generate_series(1, {LIGNES}) n, (SELECT array_agg(id) AS ids FROM demande WHERE territoire = '099') d
"""  # noqa: S608 - a constant of this file only


def flux(chantier: Chantier) -> list[Ligne]:
    """Pages of five hundred lines drawn anywhere; the target itself is the limit."""
    vider = "ALTER TABLE flux_ligne DISABLE TRIGGER USER", "DELETE FROM flux_ligne"
    acces = chantier.copie_remplie("flux", *vider, REMPLIR, "ANALYZE flux_ligne")
    with chantier.equipe("LirePageDuFlux", acces, processus=1, fils=1, lignes=LIGNES) as equipe:
        tranches = chantier.alterner(
            {"mesure": partial(equipe.tranche, chantier.reglages.secondes, par_seconde=0)}
        )["mesure"]
    chantier.atelier.jeter("flux")
    grand = p95(tranches)
    return [
        Ligne(
            code="flux-page",
            titre=f"A page of 500 lines of a territory’s feed, among {LIGNES}",
            limite=f"{CIBLE:g} ms p95",
            mesure=f"{latence_mediane(tranches):.1f} ms, p95 {grand:.1f} ms",
            valeur=grand,
            unite="ms p95",
            cible=Cible(Sens.AU_PLUS, CIBLE),
            rapport=grand / CIBLE,
        )
    ]
