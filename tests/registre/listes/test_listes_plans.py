"""Plans of the work lists among some thousand files: each page is walked in the order of an index, from its place."""

import os
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from sne.habilitations.rules import Role
from sne.referentiels.rules import parametres_par_defaut
from sne.registre.listes.rules.listes import LISTES, CodeListe, Filtre
from sne.registre.listes.selectors import requete
from sne.registre.listes.selectors.sources import SOURCES, Contexte, Source
from sne.registre.listes.selectors.tableau import PAR_JOUR, PAR_LISTE, PAR_SEMAINE
from sne.socle.bases import url_de_base
from sne.socle.pages import Position
from tests.registre import factories as f

# Temporary tables stand in front of the real ones, with their indexes, without their triggers.
TABLES = """
CREATE TEMP TABLE demande (LIKE public.demande INCLUDING ALL);
INSERT INTO demande (id, territoire, nud, statut, canal, guichet_createur, guichet_gestionnaire, date_depot,
    date_enregistrement, date_expiration, revision, version_courante_id, titulaire, nb_personnes, communes_souhaitees,
    types_logement, categorie_logement, accepte_autres_communes, deja_locataire_hlm, elements_manquants, remarques)
SELECT gen_random_uuid(), (ARRAY['099', '02A'])[1 + n %% 2], lpad(n::text, 18, '0'),
    (ARRAY['ACTIVE', 'ACTIVE', 'ACTIVE', 'EXPIREE', 'RADIEE'])[1 + n %% 5], 'GUICHET', 'G0993',
    'G' || lpad((n %% 7)::text, 4, '0'), date '2020-01-01' + n %% 2000, '2020-01-01', date '2026-06-01' + n %% 370, 1,
    gen_random_uuid(), 'PERSONNE', 1 + n %% 6, '{99001}', '{T3}', 'A', true, false, (n / 3) %% 4,
    CASE (n / 3) %% 4 WHEN 0 THEN '{TITRE_DE_SEJOUR}'::text[] WHEN 1 THEN NULL ELSE '{}' END
FROM generate_series(1, 20000) n;
CREATE TEMP TABLE attente (LIKE public.attente INCLUDING ALL);
INSERT INTO attente (id, territoire, nature, liste, demande_id, guichet, depuis, ouverte)
SELECT gen_random_uuid(), territoire, 'PIECES', (ARRAY['REPONSES', 'COURRIERS'])[1 + nb_personnes %% 2], id,
    guichet_gestionnaire, date_depot, statut <> 'RADIEE' FROM demande;
CREATE TEMP TABLE version (LIKE public.version INCLUDING ALL);
INSERT INTO version (id, territoire, demande_id, numero, statut, date_depot, date_expiration, guichet_gestionnaire,
    contenu, identites, pieces, schema, auteur, survenu_le, inscrit_le, motif)
SELECT gen_random_uuid(), territoire, id, 1, statut, date_depot, date_expiration, guichet_gestionnaire, '{}', '{}',
    '{}', 1,
    CASE nb_personnes WHEN 1 THEN '00000000-0000-7000-8000-000000000001'::uuid ELSE %(auteur)s::uuid END,
    date_depot, now(), '' FROM demande;
ANALYZE demande, attente, version;
"""
GUICHET = "G0004"
GESTIONNAIRE = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
JOUR, INSTANT = date(2026, 9, 1), datetime(2026, 9, 1, tzinfo=UTC)
PAR_PAGE = 51
PLANS = """
SELECT max(custom_plans) AS custom, sum(generic_plans) AS generic
FROM pg_prepared_statements WHERE statement LIKE '%(SELECT $1::text)%'
"""
PLACES: dict[CodeListe, date | datetime] = {
    code: INSTANT if LISTES[code].instant else JOUR for code in CodeListe
}
PLACES_LOIN: dict[
    CodeListe, date | datetime
] = {  # where fifty lines follow in every list but that of no document
    **{code: datetime(2022, 9, 1, tzinfo=UTC) for code in CodeListe if LISTES[code].instant},
    **{code: date(2022, 9, 1) for code in CodeListe if not LISTES[code].instant},
    CodeListe.ECHEANCE: date(2026, 6, 20),
}
INDEX = {
    (CodeListe.ECHEANCE, GUICHET): "(territoire, guichet_gestionnaire, statut, date_expiration, id)",
    (CodeListe.ECHEANCE, ""): "(territoire, statut, date_expiration, id)",
    (CodeListe.INCOMPLETES, GUICHET): "(territoire, guichet_gestionnaire, statut, date_depot, id)",
    (CodeListe.INCOMPLETES, ""): "(territoire, statut, date_depot, id)",
    (CodeListe.QUALIFIER, GUICHET): "(territoire, guichet_gestionnaire, statut, date_depot, id)",
    (CodeListe.QUALIFIER, ""): "(territoire, statut, date_depot, id)",
    (CodeListe.REPONSES, GUICHET): "(territoire, guichet, liste, depuis, id)",
    (CodeListe.REPONSES, ""): "(territoire, liste, depuis, id)",
    (CodeListe.COURRIERS, GUICHET): "(territoire, guichet, liste, depuis, id)",
    (CodeListe.COURRIERS, ""): "(territoire, liste, depuis, id)",
    (CodeListe.PIECES, GUICHET): "(territoire, guichet, liste, depuis, id)",
    (CodeListe.PIECES, ""): "(territoire, liste, depuis, id)",
    (CodeListe.MIENNES, GUICHET): "(auteur, survenu_le, id)",
    (CodeListe.MIENNES, ""): "(auteur, survenu_le, id)",
}


@pytest.fixture(scope="module")
def connexion(django_db_setup: None, nom_de_base: str) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    """The owner's, for temporary tables."""
    url = url_de_base(os.environ["SNE_OWNER_URL"], nom_de_base)
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as ouverte:
        with psycopg.ClientCursor(ouverte) as curseur:  # several statements at once
            curseur.execute(TABLES, {"auteur": GESTIONNAIRE.id})
        yield ouverte


def source_de(code: CodeListe, filtre: Filtre = Filtre()) -> Source:  # noqa: B008 - frozen
    """What the manager of the territory reads of a list."""
    parametres = parametres_par_defaut(f.AUJOURD_HUI)
    return SOURCES[code](Contexte(code, GESTIONNAIRE, filtre, f.AUJOURD_HUI, parametres))


def noeuds(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every node of a plan."""
    yield plan
    for enfant in plan.get("Plans", ()):
        yield from noeuds(enfant)


@pytest.mark.parametrize("en_arriere", [False, True])
@pytest.mark.parametrize("guichet", [GUICHET, ""])
@pytest.mark.parametrize("code", CodeListe)
def test_a_page_is_read_in_the_order_of_an_index(
    connexion: psycopg.Connection[dict[str, Any]], code: CodeListe, guichet: str, en_arriere: bool
) -> None:
    """Each branch starts at the place and stops when the page is full; nothing is sorted."""
    filtre = Filtre(guichet)
    source = source_de(code, filtre)
    place = Position(PLACES[code], uuid.UUID(int=1), en_arriere=en_arriere)
    texte, parametres = requete.page(source, filtre, place, territoire="099", limite=51)
    plan = expliquer(connexion, texte, parametres)
    noms = {n["Index Name"] for n in noeuds(plan) if "Index Name" in n}
    lues = connexion.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(noms)]
    ).fetchall()
    voulus = {x["indexname"] for x in lues if INDEX[code, guichet] in x["indexdef"]}
    depuis_la_place = [n for n in noeuds(plan) if n.get("Index Name") in voulus and "ROW(" in n["Index Cond"]]
    assert len(depuis_la_place) == len(source.branches)
    assert not [n for n in noeuds(plan) if "Sort" in n["Node Type"]]
    assert "demande" not in {n.get("Relation Name") for n in noeuds(plan) if n["Node Type"] == "Seq Scan"}


@pytest.mark.parametrize("loin", [False, True])
@pytest.mark.parametrize("code", [code for code in CodeListe if not LISTES[code].personnelle])
def test_a_page_reads_as_many_files_as_it_has_lines(
    connexion: psycopg.Connection[dict[str, Any]], code: CodeListe, loin: bool
) -> None:
    """Whatever the territory holds: one file more for each branch, to merge them; no version but an association's."""
    source = source_de(code)
    place = Position(PLACES_LOIN[code], uuid.UUID(int=1)) if loin else Position()
    texte, parametres = requete.page(source, Filtre(), place, territoire="099", limite=PAR_PAGE)
    plan = expliquer(connexion, texte, parametres, comment="ANALYZE, ")
    lues = [n for n in noeuds(plan) if n.get("Relation Name") == "demande"]
    assert sum(n["Actual Rows"] * n["Actual Loops"] for n in lues) < PAR_PAGE + len(source.branches)
    assert sum(n.get("Rows Removed by Filter", 0) for n in lues) == 0
    versions = [n for n in noeuds(plan) if n.get("Relation Name") == "version"]
    assert versions
    assert sum(n["Actual Loops"] for n in versions) == 0


@pytest.mark.parametrize("guichet", [GUICHET, ""])
@pytest.mark.parametrize("code", [code for code in CodeListe if not LISTES[code].personnelle])
def test_its_plan_is_made_once(
    connexion: psycopg.Connection[dict[str, Any]], code: CodeListe, guichet: str
) -> None:
    """Pages and counts: after five plans PostgreSQL keeps the one that suits every value, since it costs the same."""
    filtre = Filtre(guichet, commune="99001", personnes=2)
    source = source_de(code, filtre)
    place = Position(PLACES[code], uuid.UUID(int=1))
    for texte, parametres in (
        requete.page(source, filtre, Position(), territoire="099", limite=PAR_PAGE),
        requete.page(source, filtre, place, territoire="099", limite=PAR_PAGE),
        requete.nombre(source, filtre, territoire="099", limite=101),
    ):
        for _ in range(7):
            connexion.execute(texte, parametres, prepare=True)
        ligne = connexion.execute(PLANS, prepare=False).fetchone()
        assert ligne is not None
        assert ligne["custom"] == 5
        assert ligne["generic"] >= 2


@pytest.mark.parametrize("guichet", [GUICHET, ""])
@pytest.mark.parametrize("code", [code for code in CodeListe if not LISTES[code].personnelle])
def test_a_bounded_count_reads_no_whole_table(
    connexion: psycopg.Connection[dict[str, Any]], code: CodeListe, guichet: str
) -> None:
    """It stops at its bound: of a territory nothing is sorted, and no table is read from end to end to be counted."""
    filtre = Filtre(guichet)
    source = source_de(code, filtre)
    texte, parametres = requete.nombre(source, filtre, territoire="099", limite=101)
    assert lus_en_entier(connexion, texte, parametres, tris=bool(guichet)) == set()


def test_the_figures_of_a_counter_are_read_in_indexes(connexion: psycopg.Connection[dict[str, Any]]) -> None:
    """Registrations by day are found by the counter within the index: a territory registers thousands a month."""
    statements = (
        (PAR_SEMAINE, ["099", GUICHET, JOUR, f.AUJOURD_HUI]),
        (PAR_JOUR, ["099", date(2024, 3, 1), date(2024, 3, 24), GUICHET]),
        (PAR_LISTE, [f.AUJOURD_HUI, "099", GUICHET]),
    )
    for texte, parametres in statements:
        assert lus_en_entier(connexion, texte, parametres, tris=True) == set()
    plan = expliquer(connexion, *statements[1])
    assert any("guichet_createur" in n.get("Index Cond", "") for n in noeuds(plan))


def expliquer(
    connexion: psycopg.Connection[dict[str, Any]], texte: str, parametres: Any, *, comment: str = ""
) -> Mapping[str, Any]:
    ligne = connexion.execute(f"EXPLAIN ({comment}FORMAT JSON) {texte}", parametres).fetchone()
    assert ligne is not None
    plan: Mapping[str, Any] = ligne["QUERY PLAN"][0]["Plan"]
    return plan


def lus_en_entier(
    connexion: psycopg.Connection[dict[str, Any]], texte: str, parametres: Any, *, tris: bool = False
) -> set[str]:
    """What the plan reads from end to end, and sorts unless ``tris``."""
    lus = list(noeuds(expliquer(connexion, texte, parametres)))
    entiers = {str(n["Relation Name"]) for n in lus if n["Node Type"] == "Seq Scan"}
    return entiers if tris else entiers | {str(n["Node Type"]) for n in lus if "Sort" in n["Node Type"]}
