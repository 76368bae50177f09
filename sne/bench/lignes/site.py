"""Finding an answer on the site among two thousand pages and five hundred files; writing a calendar's feed."""

from functools import partial

from sne.bench.chantier import Chantier
from sne.bench.rules import Cible, Ligne, Sens, latence_mediane, p95
from sne.socle.bases import Acces

PAGES, FICHIERS = 2000, 500
PARMI = f"{PAGES} pages and {FICHIERS} files"
MOTS = (
    "demande renouveler attestation courriel naissance nom ressources vides échéance pièce justificative commission "
    "attribution logement guichet territoire dossier numéro adresse personne décision délai identité séparation"
)
ACTES = {
    "site-recherche": (
        "ChercherSurLeSite",
        f"Search with filters and extracts, in the database, {PARMI}",
        60.0,
    ),
    "site-proposition": ("SuggererSurLeSite", f"What a keystroke proposes, {PARMI}", 30.0),
    "site-page": ("ChercherParLeWeb", f"The page of results, over HTTP, {PARMI}", 150.0),
    "site-agenda": ("EcrireUnAgenda", "A calendar's feed of three hundred meetings, written", 150.0),
}
# One word in twelve is of the trade. Pages of some four thousand signs, for everybody, for a role or for professionals;
# files of as many on each of four pages.
REMPLIR = f"""
WITH m AS (SELECT string_to_array('{MOTS}', ' ') AS mots),
t AS (
    SELECT n, (SELECT string_agg(CASE WHEN k % 12 = 0 THEN mots[1 + (n * 7 + k * 13) % array_length(mots, 1)]
            ELSE 'mot' || (n * 31 + k * k * 17) % 5000 END, ' ')
        FROM generate_series(1, CASE WHEN n <= {PAGES} THEN 500 ELSE 2000 END) k) AS corps,
        (SELECT string_agg(CASE WHEN k < 3 THEN mots[1 + (n * 5 + k * 11) % array_length(mots, 1)]
            ELSE 'mot' || (n * 7 + k * 101) % 5000 END, ' ')
        FROM generate_series(1, 5) k) AS titre
    FROM m, generate_series(1, {PAGES + FICHIERS}) n
)
INSERT INTO entree_index (id, genre, cible, url, acces, titre, reponse, mots, corps, themes, publics, verifie_le,
    perime, poids, visible_du)
SELECT gen_random_uuid(), CASE WHEN n <= {PAGES} THEN 'FICHE' ELSE 'PDF' END, gen_random_uuid(), '/aide/' || n,
    CASE n % 10 WHEN 0 THEN '{{role:DPO}}'::text[] WHEN 1 THEN '{{pro}}' ELSE '{{*}}' END, titre, titre, '', corps,
    ARRAY['vie'], ARRAY['guichet'], current_date - n % 700, n % 50 = 0, 1, now() - interval '1 day'
FROM t
"""  # noqa: S608 - constants of this file only
PAGES_DES_FICHIERS = """
INSERT INTO texte_page (cible, rang, texte)
SELECT cible, rang, substr(corps, 1 + (rang - 1) * 4000, 4000) FROM entree_index, generate_series(1, 4) rang
WHERE genre = 'PDF'
"""
FORMES = """
INSERT INTO forme_connue (cle, publique, forme, nombre, titre)
SELECT DISTINCT ON (recherche_plat(mot), p) recherche_plat(mot), p, mot, 10, true
FROM unnest(string_to_array('%s', ' ')) mot, unnest(ARRAY[true, false]) p
"""


def site(chantier: Chantier) -> list[Ligne]:
    """Three readings of the same index, and a feed; the target itself is the limit."""
    acces = chantier.copie_remplie(
        "site", REMPLIR, PAGES_DES_FICHIERS, FORMES % MOTS, "ANALYZE entree_index, texte_page, forme_connue"
    )
    lignes = [_mesurer(chantier, code, acces) for code in ACTES]
    chantier.atelier.jeter("site")
    return lignes


def _mesurer(chantier: Chantier, code: str, acces: Acces) -> Ligne:
    acte, titre, cible = ACTES[code]
    with chantier.equipe(acte, acces, processus=1, fils=1, module="actes_site") as equipe:
        tranches = chantier.alterner(
            {"mesure": partial(equipe.tranche, chantier.reglages.secondes, par_seconde=0)}
        )["mesure"]
    grand = p95(tranches)
    return Ligne(
        code=code,
        titre=titre,
        limite=f"{cible:g} ms p95",
        mesure=f"{latence_mediane(tranches):.0f} ms, p95 {grand:.0f} ms",
        valeur=grand,
        unite="ms p95",
        cible=Cible(Sens.AU_PLUS, cible),
        rapport=grand / cible,
    )
