"""A page of the feed of a territory, among many lines; how far the feed is behind the seal."""

from sne.bench.chantier import Chantier
from sne.bench.rules import Cible, Ligne, Sens, au_plus, latence_mediane, p95

LIGNES = 10_000_000
CIBLE = 15.0  # ms
RETARD, PAUSE = 3_000.0, 1_000.0  # ms
# Lines of the demandes on record, over and over: what a page reads does not depend on what they say. Identifiers of
# entries follow one another, as those of the journal do.
REMPLIR = """
INSERT INTO flux_ligne (territoire, serie, numero, scellement, rang, entree, demande, revision, type, survenu_le,
    chaine)
SELECT '099', 'demandes', n, n, 1, lpad(to_hex(n), 32, '0')::uuid, d.ids[1 + n % cardinality(d.ids)], 1,
    'demande.modifiee', now(), sha256(int8send(n))
FROM generate_series(1, {lignes}) n, (SELECT array_agg(id) AS ids FROM demande) d
"""
RANGER = "VACUUM ANALYZE flux_ligne"
"""What the server would begin by itself in the middle of the measure, so many lines having come."""


def flux(chantier: Chantier) -> list[Ligne]:
    """Pages of five hundred lines drawn anywhere; the target itself is the limit. Then bursts of acts, delivered."""
    vider = "ALTER TABLE flux_ligne DISABLE TRIGGER USER", "DELETE FROM flux_ligne"
    acces = chantier.copie_remplie("flux", *vider, REMPLIR.format(lignes=LIGNES), RANGER)
    tranches = chantier.seul("LirePageDuFlux", acces, options=[{"lignes": LIGNES}])
    derriere = chantier.seul("SuivreLeSceau", acces, par_seconde=70, module="actes_flux")
    chantier.atelier.jeter("flux")
    retard = p95(derriere) + PAUSE
    return [
        au_plus(
            "flux-page",
            f"A page of 500 lines of a territory’s feed, among {LIGNES}",
            tranches,
            CIBLE,
            decimales=1,
        ),
        Ligne(
            code="flux-retard",
            titre="The feed behind the seal, after a burst of registrations",
            limite=f"{RETARD:g} ms, of which the worker waits {PAUSE:g} between two seals",
            mesure=f"delivered in {latence_mediane(derriere):.0f} ms, p95 {p95(derriere):.0f} ms",
            valeur=retard,
            unite="ms p95",
            cible=Cible(Sens.AU_PLUS, RETARD),
        ),
    ]
