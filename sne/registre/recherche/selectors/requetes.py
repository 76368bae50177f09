"""The statements of the search, by what is looked for; each walks an index, whatever the statistics say.

Branches start from identities (names, birth date, NIR) or persons (contacts). ``LATERAL … OFFSET 0`` keeps the join to
the file after them, one row at a time: a search stops as soon as its page is full. Only identities in force are found.
"""

# ruff: noqa: S608 - statements are made of the constants of this file, values are parameters

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sne.registre.demande.selectors.dates import a_une_faute
from sne.registre.recherche.rules.texte import Curseur, Genre

HOMONYMES_LUS = 100  # of a territory, of names at one letter: read in the order of an index, and no further
VOISINS_LUS, VOISINS_EXAMINES = (
    1_000,
    200,
)  # of surnames at one letter; the closest of them, compared word by word
# Each with the order of its index, which a bounded reading then follows.
NOMS_DE_FAMILLE = {
    "i.nom_norm": " ORDER BY i.nom_norm, i.prenoms_norm",
    "i.usage_norm <> '' AND i.usage_norm": " ORDER BY i.usage_norm, i.prenoms_norm",
}

NOMS = "(i.nom_norm || ' ' || i.prenoms_norm || ' ' || i.usage_norm)"

DOSSIER = """
CROSS JOIN LATERAL (
    SELECT d.id AS demande_id, d.nud, d.statut,
        coalesce(d.anciennete_heritee, d.date_depot) AS date_depot, d.date_expiration,
        d.communes_souhaitees[1] AS commune, p.role
    FROM personne p JOIN demande d ON d.id = p.demande_id
    WHERE p.id = i.personne_id AND p.identite_courante_id = i.id AND p.retire_le IS NULL
        AND (cardinality(%(statuts)s::text[]) = 0 OR d.statut = ANY(%(statuts)s::text[]))
    OFFSET 0
) x
"""

# Under the applicant's name and birth date, which confirm the person: looked up only when a co-holder was found.
REPONSE = """
SELECT l.*, coalesce(t.nom_naissance, l.nom_trouve) AS nom_naissance, coalesce(t.prenoms, l.prenoms_trouves) AS prenoms,
    coalesce(t.date_naissance, l.naissance_trouvee) AS date_naissance,
    coalesce(t.civilite, l.civilite_trouvee) AS civilite,
    EXISTS (
        SELECT FROM identite e WHERE e.demande_id = l.demande_id AND e.voie = 'CONTROLE'
            AND NOT EXISTS (SELECT FROM decision_identite WHERE identite_id = e.id)
    ) AS attend
FROM (SELECT * FROM ({branches}) l ORDER BY {ordre} LIMIT %(limite)s) l
LEFT JOIN LATERAL (
    SELECT it.nom_naissance, it.prenoms, it.date_naissance, it.civilite
    FROM personne pt JOIN identite it ON it.id = pt.identite_courante_id
    WHERE l.role <> 'DEMANDEUR' AND pt.demande_id = l.demande_id AND pt.retire_le IS NULL ORDER BY pt.rang LIMIT 1
) t ON true
ORDER BY {ordre}
"""

COLONNES = (
    "i.prenoms_norm, i.nom_norm, i.usage_norm, i.date_naissance AS naissance_trouvee, i.nom_naissance AS nom_trouve, "
    "i.prenoms AS prenoms_trouves, i.civilite AS civilite_trouvee, "
    "x.demande_id, x.nud, x.statut, x.date_depot, x.date_expiration, x.commune, x.role"
)
ALPHABETIQUE = "l.cle {sens}, l.prenoms_norm {sens}, l.identite {sens}"
RESSEMBLANCE = "l.proximite DESC, l.cle, l.prenoms_norm, l.identite"

CLES = {
    Genre.NIR: "i.territoire = t.code AND i.nir_empreinte = %(valeur)s",
    Genre.TELEPHONE: "p.territoire = t.code AND p.telephone = %(valeur)s AND p.telephone <> ''",
    Genre.COURRIEL: "p.territoire = t.code AND p.courriel = %(valeur)s AND p.courriel <> ''",
}
SOURCES = {
    Genre.NIR: "identite i",
    Genre.TELEPHONE: "personne p JOIN identite i ON i.id = p.identite_courante_id",
    Genre.COURRIEL: "personne p JOIN identite i ON i.id = p.identite_courante_id",
}

# One territory, no array: whatever the values there is one plan, which PostgreSQL keeps by itself.
# The six figures of a number are almost its own in a territory: an index is on them.
FRAGMENT = f"""
SELECT i.id AS identite, i.nom_norm AS cle, {COLONNES}
FROM unnest(%(territoires)s::text[]) AS t(code)
CROSS JOIN LATERAL (
    SELECT d.id AS demande_id, d.nud, d.statut,
        coalesce(d.anciennete_heritee, d.date_depot) AS date_depot, d.date_expiration,
        d.communes_souhaitees[1] AS commune, p.role, p.identite_courante_id
    FROM demande d CROSS JOIN LATERAL (
        SELECT role, identite_courante_id FROM personne
        WHERE demande_id = d.id AND retire_le IS NULL ORDER BY rang LIMIT 1
    ) p
    WHERE d.territoire = t.code AND {{ou}}
        AND (cardinality(%(statuts)s::text[]) = 0 OR d.statut = ANY(%(statuts)s::text[]))
    LIMIT %(limite)s
) x JOIN identite i ON i.id = x.identite_courante_id
"""
PAR_DEBUT = "d.nud BETWEEN %(debut)s::text || '00000' AND %(debut)s::text || 'ZZZZZ'"
PAR_SEQUENCE = (
    "substring(d.nud, 8, 6) = %(sequence)s::text "
    "AND (%(guichet)s::text = '' OR right(d.nud, 5) = %(guichet)s::text)"
)

NUMERO = f"""
SELECT i.id AS identite, i.nom_norm AS cle, {COLONNES}
FROM (
    SELECT d.id AS demande_id, d.nud, d.statut,
        coalesce(d.anciennete_heritee, d.date_depot) AS date_depot, d.date_expiration,
        d.communes_souhaitees[1] AS commune, p.role, p.identite_courante_id
    FROM demande d JOIN personne p ON p.demande_id = d.id AND p.retire_le IS NULL
    WHERE d.territoire = %(territoire)s::text AND d.nud = %(valeur)s::text
        AND (cardinality(%(statuts)s::text[]) = 0 OR d.statut = ANY(%(statuts)s::text[]))
    ORDER BY p.rang LIMIT 1
) x JOIN identite i ON i.id = x.identite_courante_id
"""

# Each source is in the order of its index, and they are merged as they are read: no more people than the page holds are
# looked up, whatever the number of sources. A limit that says nothing tells the planner that a source may be left
# before its end; else it sorts the whole of it.
LISTE = f"""
SELECT b.* FROM unnest(%(territoires)s::text[]) AS t(code)
CROSS JOIN LATERAL (
    SELECT i.id AS identite, i.cle, {COLONNES}
    FROM ({{sources}}) i {DOSSIER}
    ORDER BY i.cle {{sens}}, i.prenoms_norm {{sens}}, i.id {{sens}} LIMIT %(limite)s
) b"""


@cache
def une_cle(genre: Genre) -> str:
    """By NIR or contact: parameters ``territoires``, ``valeur``, ``statuts``, ``limite``."""
    branche = f"""
        SELECT i.id AS identite, i.nom_norm AS cle, {COLONNES}
        FROM unnest(%(territoires)s::text[]) AS t(code)
        CROSS JOIN LATERAL (
            SELECT i.* FROM {SOURCES[genre]} WHERE {CLES[genre]} OFFSET 0
        ) i {DOSSIER}"""
    return _reponse(branche, ALPHABETIQUE.format(sens="ASC"))


@cache
def numero() -> str:
    """By unique number: parameters ``territoire``, ``valeur``, ``statuts``, ``limite``."""
    return _reponse(NUMERO, ALPHABETIQUE.format(sens="ASC"))


@cache
def fragment(*, par_debut: bool) -> str:
    """By a part of a number: parameters ``territoires``, ``debut`` or ``sequence`` and ``guichet``, ``statuts``,
    ``limite``.
    """
    branche = FRAGMENT.format(ou=PAR_DEBUT if par_debut else PAR_SEQUENCE)
    return _reponse(branche, ALPHABETIQUE.format(sens="ASC"))


# The part of a birth date that was typed; a year of two figures is that of any century.
DATE_PARTIELLE = """ AND (%(p_jour)s::int IS NULL OR extract(day FROM i.date_naissance) = %(p_jour)s::int)
    AND (%(p_mois)s::int IS NULL OR extract(month FROM i.date_naissance) = %(p_mois)s::int)
    AND (%(p_annee)s::int IS NULL OR extract(year FROM i.date_naissance) = %(p_annee)s::int
        OR %(p_annee)s::int < 100 AND mod(extract(year FROM i.date_naissance)::int, 100) = %(p_annee)s::int)"""


def liste(
    noms: Sequence[tuple[str, str]], curseur: Curseur | None, *, partielle: bool = False
) -> tuple[str, dict[str, Any]]:
    """The alphabetical list of names beginning as typed, or (without any) of the persons born that day.

    ``noms``: ``(surname, first names)``, as :func:`interpretations` gives them; ``partielle``: born as ``p_jour``,
    ``p_mois`` and ``p_annee`` say.
    """
    aussi = DATE_PARTIELLE if partielle else ""
    parametres: dict[str, Any] = {}
    sens = "DESC" if curseur and curseur.en_arriere else "ASC"
    if curseur:
        parametres = {
            "c_cle": curseur.cle,
            "c_prenoms": curseur.prenoms,
            "c_identite": curseur.rang,
        }
    sources = []
    for rang, (nom, prenoms) in enumerate(noms):
        parametres |= {f"nom_{rang}": nom, f"prenoms_{rang}": prenoms}
        for cle in ("i.nom_norm", "i.usage_norm"):
            sources.append(_source_de_liste(cle, _en_ordre(cle, rang, prenoms) + aussi, sens, curseur))
    if not noms:
        ou = "i.date_naissance = %(naissance)s::date"
        sources.append(_source_de_liste("i.nom_norm", ou, sens, curseur))
    branches = LISTE.format(sources=" UNION ALL ".join(sources), sens=sens)
    return _reponse(branches, ALPHABETIQUE.format(sens=sens)), parametres


def _commence(cle: str, rang: int, prenoms: str) -> str:
    """The names of one interpretation, as a range that a B-tree walks; « { » follows « z »."""
    utile = " AND i.usage_norm <> ''" if cle == "i.usage_norm" else ""
    if not prenoms:
        return f"{cle} >= %(nom_{rang})s::text AND {cle} < %(nom_{rang})s::text || '{{'{utile}"
    return (
        f"{cle} = %(nom_{rang})s::text AND i.prenoms_norm >= %(prenoms_{rang})s::text "
        f"AND i.prenoms_norm < %(prenoms_{rang})s::text || '{{'{utile}"
    )


def _en_ordre(cle: str, rang: int, prenoms: str) -> str:
    """The same, as a range of both names together: a surname that is known to be constant would be left out of the
    order that sources are merged by.
    """
    if not prenoms:
        return _commence(cle, rang, prenoms)
    utile = " AND i.usage_norm <> ''" if cle == "i.usage_norm" else ""
    return (
        f"({cle}, i.prenoms_norm) >= (%(nom_{rang})s::text, %(prenoms_{rang})s::text) "
        f"AND ({cle}, i.prenoms_norm) < (%(nom_{rang})s::text, %(prenoms_{rang})s::text || '{{'){utile}"
    )


def _source_de_liste(cle: str, ou: str, sens: str, curseur: Curseur | None) -> str:
    apres = ""
    if curseur:
        signe = "<" if curseur.en_arriere else ">"
        apres = (
            f"AND ({cle}, i.prenoms_norm, i.id) {signe} "
            "(%(c_cle)s::text, %(c_prenoms)s::text, %(c_identite)s::uuid)"
        )
    return f"""(
        SELECT {cle} AS cle, i.id, i.personne_id, i.nom_norm, i.usage_norm, i.prenoms_norm, i.date_naissance,
            i.nom_naissance, i.prenoms, i.civilite
        FROM identite i WHERE i.territoire = t.code AND {ou} {apres}
        ORDER BY {cle} {sens}, i.prenoms_norm {sens}, i.id {sens} LIMIT (SELECT NULL::bigint)
    )"""


def naissance(noms: Sequence[tuple[str, str]]) -> tuple[str, dict[str, Any]]:
    """Born that day with names that resemble ``tape``; and each of ``noms`` exactly, born on a date close to it."""
    parametres: dict[str, Any] = {}
    ce_jour = f"""i.date_naissance = %(naissance)s::date
        AND (%(tape)s::text = '' OR word_similarity(%(tape)s::text, {NOMS}) >= %(seuil)s)"""
    branches = [_branche_ressemblante(_de_l_index(ce_jour))]
    for rang, (nom, prenoms) in enumerate(noms):
        parametres |= {f"nom_{rang}": nom, f"prenoms_{rang}": prenoms}
        ou = f"{_commence('i.nom_norm', rang, prenoms)} AND {DATE_VOISINE}"
        branches.append(_branche_ressemblante(_de_l_index(ou)))
    return _reponse(" UNION ALL ".join(branches), f"l.meme_jour DESC, {RESSEMBLANCE}"), parametres


def _de_l_index(ou: str) -> str:
    """Those of the territory whom the index alone tells from the others: nobody else is looked up."""
    return f"""FROM (SELECT i.id FROM identite i WHERE i.territoire = t.code AND {ou} OFFSET 0) k
            CROSS JOIN LATERAL (SELECT i.* FROM identite i WHERE i.id = k.id OFFSET 0) i"""


@cache
def ressemblance(nombre: int, *, partout: bool, partielle: bool = False) -> str:
    """Names of which a part resembles each of the words ``mot_0``, ``mot_1``…; ``partout``: over the whole country."""
    mots = " AND ".join(f"{NOMS} %%> %(mot_{rang})s::text" for rang in range(nombre))
    lieu = "" if partout else "i.territoire = t.code AND "
    ou = lieu + mots + (DATE_PARTIELLE if partielle else "")
    source = f"FROM identite i WHERE {ou} OFFSET 0"
    return _reponse(_branche_ressemblante(source, partout=partout), RESSEMBLANCE)


@cache
def faute_au_nom(nombre: int, *, partielle: bool = False) -> str:
    """Surname or used name among ``voisins_0``…, first names that begin as the other words (``reste_0``…).

    With one word, whatever the first names.
    """
    return _voisinage(
        f"FROM identite i WHERE i.territoire = t.code AND {colonne} = ANY(%(voisins_{rang})s::text[]) "
        f"AND i.prenoms_norm >= %(reste_{rang})s::text AND i.prenoms_norm < %(reste_{rang})s::text || '{{'"
        + (DATE_PARTIELLE if partielle else "")
        + ordre
        for rang in range(nombre)
        for colonne, ordre in NOMS_DE_FAMILLE.items()
    )


@cache
def faute_au_prenom(nombre: int, *, partielle: bool = False) -> str:
    """First names that begin by one of ``voisins_0``…, under the surname or used name that the other words make."""
    return _voisinage(
        f"FROM unnest(%(voisins_{rang})s::text[]) AS v(mot) CROSS JOIN LATERAL ("
        f"SELECT i.* FROM identite i WHERE i.territoire = t.code AND {colonne} = %(reste_{rang})s::text "
        "AND i.prenoms_norm >= v.mot AND i.prenoms_norm < v.mot || '{' OFFSET 0) i"
        + (f" WHERE true{DATE_PARTIELLE}" if partielle else "")
        for rang in range(nombre)
        for colonne in NOMS_DE_FAMILLE
    )


@cache
def noms_voisins(nombre: int, *, partielle: bool = False) -> str:
    """Surname or used name that is, but a letter, one of the words, whatever the others: some of them in a crowd."""
    sources = (
        f"FROM identite i WHERE i.territoire = t.code "
        f"AND {colonne} = ANY(%(mot_{rang})s::text || %(voisins_{rang})s::text[])"
        + (DATE_PARTIELLE if partielle else "")
        + ordre
        for rang in range(nombre)
        for colonne, ordre in NOMS_DE_FAMILLE.items()
    )
    return _voisinage(sources, lus=VOISINS_LUS)


def _voisinage(sources: Iterable[str], *, lus: int = HOMONYMES_LUS) -> str:
    """The closest to ``tape`` as a whole come first, of the ``lus`` that each source gives at most."""
    ensemble = " UNION ALL ".join(f"(SELECT i.* {source} LIMIT {lus})" for source in sources)
    return _reponse(_branche_ressemblante(f"FROM ({ensemble}) i"), RESSEMBLANCE)


DATE_VOISINE = a_une_faute("i.date_naissance", "%(naissance)s::date")


def _branche_ressemblante(source: str, *, partout: bool = False) -> str:
    """The identities that a source gives, the closest first; then their files, until the page is full."""
    territoires = "(VALUES (''))" if partout else "unnest(%(territoires)s::text[])"
    ordre = "proximite DESC, i.nom_norm, i.prenoms_norm, i.id"
    return f"""(
        SELECT i.id AS identite, i.nom_norm AS cle, {COLONNES}, i.proximite, i.meme_jour
        FROM (
            SELECT i.*, word_similarity(%(tape)s::text, {NOMS}) AS proximite,
                coalesce(i.date_naissance = %(naissance)s::date, false) AS meme_jour
            FROM {territoires} AS t(code) CROSS JOIN LATERAL (SELECT i.* {source}) i
            ORDER BY {ordre} OFFSET 0
        ) i {DOSSIER}
        ORDER BY {ordre} LIMIT %(limite)s
    )"""


def _reponse(branches: str, ordre: str) -> str:
    return REPONSE.replace("{branches}", branches).replace("{ordre}", ordre)
