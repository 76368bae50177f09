"""Finding an answer on the site among two thousand pages and five hundred files, and what it adds to a web worker;
writing a calendar's feed.
"""

from functools import partial
from statistics import median

from sne.bench.chantier import Chantier
from sne.bench.demonstration import memoire
from sne.bench.rules import Cible, Ligne, Sens, au_plus
from sne.socle.bases import Acces

PAGES, FICHIERS, FOIS = 2000, 500, 11
MEMOIRE_MAX, PAIRES = 6.0, 5  # megabytes; pairs of workers
MO = 1_000_000
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
    "site-texte": ("RendreUnTexte", "A text of 10 000 signs made into HTML, when it is saved", 30.0),
    "site-entree": ("IndexerUneEntree", f"An entry written again, {PARMI}", 10.0),
    "site-cles": ("LireSesCles", "The keys of who reads, once a request", 5.0),
    "site-agenda": ("EcrireUnAgenda", "A calendar's feed of three hundred meetings, written", 150.0),
}
EN_NOMBRE = {"site-en-nombre": ("ChercherSurLeSite", f"The same search, {FOIS} times the entries", 150.0)}
# One word in twelve is of the trade. Pages of some four thousand signs, for everybody, for a role or for professionals;
# files of as many on each of four pages.
REMPLIR = f"""
WITH m AS (SELECT string_to_array('{MOTS}', ' ') AS mots),
t AS (
    SELECT n, (SELECT string_agg(CASE WHEN k %% 12 = 0 THEN mots[1 + (n * 7 + k * 13) %% array_length(mots, 1)]
            ELSE 'mot' || (n * 31 + k * k * 17) %% 5000 END, ' ')
        FROM generate_series(1, CASE WHEN n %% 5 > 0 THEN 500 ELSE 2000 END) k) AS corps,
        (SELECT string_agg(CASE WHEN k < 3 THEN mots[1 + (n * 5 + k * 11) %% array_length(mots, 1)]
            ELSE 'mot' || (n * 7 + k * 101) %% 5000 END, ' ')
        FROM generate_series(1, 5) k) AS titre
    FROM m, generate_series(1, %d) n
)
INSERT INTO entree_index (id, genre, cible, url, acces, titre, reponse, mots, corps, themes, publics, verifie_le,
    perime, poids, visible_du)
SELECT gen_random_uuid(), CASE WHEN n %% 5 > 0 THEN 'FICHE' ELSE 'PDF' END, gen_random_uuid(), '/aide/' || n,
    CASE n %% 10 WHEN 0 THEN '{{role:DPO}}'::text[] WHEN 1 THEN '{{pro}}' ELSE '{{*}}' END, titre, titre, '', corps,
    ARRAY['vie'], ARRAY['guichet'], current_date - n %% 700, n %% 50 = 0, 1, now() - interval '1 day'
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
    """Readings of the same index, what writing costs, a feed, memory; the target itself is the limit."""
    acces = _site(chantier, "site", PAGES + FICHIERS)
    lignes = [*(_mesurer(chantier, code, acces) for code in ACTES), _memoire(chantier, acces)]
    chantier.atelier.jeter("site")
    return lignes


def en_nombre(chantier: Chantier) -> list[Ligne]:
    """The same search in a larger index."""
    acces = _site(chantier, "site_grand", FOIS * (PAGES + FICHIERS))
    lignes = [_mesurer(chantier, code, acces) for code in EN_NOMBRE]
    chantier.atelier.jeter("site_grand")
    return lignes


def _site(chantier: Chantier, nom: str, entrees: int) -> Acces:
    """A copy whose index holds so many entries, one in five of which is a file."""
    analyser = "ANALYZE entree_index, texte_page, forme_connue"
    return chantier.copie_remplie(nom, REMPLIR % entrees, PAGES_DES_FICHIERS, FORMES % MOTS, analyser)


def _mesurer(chantier: Chantier, code: str, acces: Acces) -> Ligne:
    acte, titre, cible = (ACTES | EN_NOMBRE)[code]
    return au_plus(code, titre, chantier.seul(acte, acces, module="actes_site"), cible)


def _memoire(chantier: Chantier, acces: Acces) -> Ligne:
    """How much more a worker holds when it serves the site, by pairs that are read while both are alive."""
    ecarts = [_ecart(chantier, acces) for _ in range(PAIRES)]
    ajoute = median(ecarts)
    return Ligne(
        code="site-memoire",
        titre=f"What serving and searching the site adds to a web worker (PSS, {PAIRES} pairs)",
        limite=f"{MEMOIRE_MAX:g} MB",
        mesure=f"{ajoute:.1f} MB, {min(ecarts):.1f} to {max(ecarts):.1f}",
        valeur=ajoute,
        unite="MB",
        cible=Cible(Sens.AU_PLUS, MEMOIRE_MAX),
    )


def _ecart(chantier: Chantier, acces: Acces) -> float:
    un = partial(chantier.equipe, acces=acces, processus=1, fils=1, module="actes_de_memoire")
    with un("SansLeSite") as sans, un("AvecLeSite") as avec:
        for equipe in (sans, avec):
            equipe.tranche(chantier.reglages.secondes / 2, par_seconde=0)
        return (memoire(avec.pids[0], "Pss") - memoire(sans.pids[0], "Pss")) / MO
