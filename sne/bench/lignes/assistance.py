"""Lists of the support desk over two hundred thousand tickets, a quarter of them open."""

from collections.abc import Mapping

from sne.bench.chantier import Chantier
from sne.bench.rules import Ligne, au_plus
from sne.socle.bases import Acces

TICKETS, PARTAGES = 200_000, 160_000
CIBLE = 60.0  # ms
ACTES: Mapping[str, tuple[str, str]] = {
    "MesDemandesDAide": ("assistance-mes-demandes", "« Mes demandes » of a manager"),
    "DemandesAPrendre": ("assistance-a-prendre", "Tickets to be taken in a territory"),
}
# Written past the guards, which ask an entry of the journal for each. Four thousand people, a hundred territories;
# three in four are over, most for long. Shares to teams of the territory.
REMPLIR = f"""
ALTER TABLE ticket DISABLE TRIGGER USER;
ALTER TABLE ticket_partage DISABLE TRIGGER USER;
INSERT INTO ticket (id, numero, territoire, categorie, niveau, statut, demandeur, menage, titre, nuds, page, acces,
    contexte, rouvert, satisfaction, resolu_le, derniere_activite_le, survenu_le)
SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'B-' || n, x.t, 'QUESTION',
    CASE WHEN n % 3 = 0 THEN 'N2' ELSE 'GT' END, CASE WHEN n % 4 = 0 THEN 'NOUVEAU' ELSE 'CLOS' END, x.c, false,
    'Une question ' || n, '{{}}', '', ARRAY['compte:' || x.c,
        CASE WHEN n % 3 = 0 THEN 'role:SUPPORT_N2' ELSE 'role:GESTIONNAIRE_TERRITORIAL:' || x.t END]
        || CASE WHEN n <= {PARTAGES} THEN ARRAY[x.k] ELSE '{{}}' END,
    '{{}}', 0, '', CASE WHEN n % 4 = 0 THEN NULL ELSE x.i END, x.i, x.i
FROM generate_series(1, {TICKETS}) n
CROSS JOIN LATERAL (
    SELECT to_char(n % 100 + 1, 'FM000') AS t,
        ('00000000-0000-0000-0000-' || lpad(to_hex(x'70000000'::int + n % 4000), 12, '0'))::uuid AS c,
        'role:GESTIONNAIRE_TERRITORIAL:' || to_char((n / 7) % 100 + 1, 'FM000') AS k,
        now() - make_interval(mins => (n * 7919) % 1200000) AS i
) x;
INSERT INTO ticket_partage (id, ticket_id, cle, par, survenu_le)
SELECT gen_random_uuid(), t.id, 'role:GESTIONNAIRE_TERRITORIAL:'
    || to_char((substr(t.numero, 3)::int / 7) % 100 + 1, 'FM000'), t.demandeur, t.survenu_le
FROM ticket t WHERE substr(t.numero, 3)::int <= {PARTAGES};
INSERT INTO horloge_ticket (id, ticket_id, niveau, genre, debut, minutes, calendaire, echeance)
SELECT gen_random_uuid(), t.id, t.niveau, 'PREMIERE_REPONSE', t.survenu_le, 900, false, t.survenu_le + interval '3 days'
FROM ticket t WHERE t.statut = 'NOUVEAU';
ALTER TABLE ticket ENABLE TRIGGER USER;
ALTER TABLE ticket_partage ENABLE TRIGGER USER
"""  # noqa: S608 - constants of this file only


def assistance(chantier: Chantier) -> list[Ligne]:
    """Each list over the same desk; the target itself is the limit."""
    acces = chantier.copie_remplie(
        "assistance",
        *REMPLIR.split(";\n"),
        "ANALYZE ticket",
        "ANALYZE ticket_partage",
        "ANALYZE horloge_ticket",
    )
    lignes = [_mesurer(chantier, acte, code, titre, acces) for acte, (code, titre) in ACTES.items()]
    chantier.atelier.jeter("assistance")
    return lignes


def _mesurer(chantier: Chantier, acte: str, code: str, titre: str, acces: Acces) -> Ligne:
    tranches = chantier.seul(acte, acces, par_seconde=5, module="actes_d_aide")
    return au_plus(code, f"{titre}, among {TICKETS} tickets", tranches, CIBLE)
