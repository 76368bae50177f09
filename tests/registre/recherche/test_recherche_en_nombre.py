"""The search among forty thousand adults: indexes are walked, whatever is typed; slips are found; so are duplicates."""

import json
import os
import random
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from sne.registre.doublons.selectors import requetes as doublons
from sne.registre.doublons.selectors.proches import AUTOUR
from sne.registre.recherche.rules.texte import Curseur, Genre, interpretations, voisins
from sne.registre.recherche.selectors import requetes as sql
from sne.socle.bases import url_de_base
from tests.registre.foule import Adulte, adultes, faute, mots, peupler

NOMBRE = 40_000
FOULE = list(adultes(NOMBRE, random.Random(7)))
COMMUN = {"territoires": ["099"], "statuts": [], "limite": 51, "naissance": None}
TEMOIN = FOULE[1234]
FREQUENT = Counter(a.nom.lower() for a in FOULE).most_common(1)[0][0]  # borne by more than a hundred


@pytest.fixture(scope="module")
def connexion(django_db_setup: None, nom_de_base: str) -> Iterator[psycopg.Connection]:
    """The owner's, for temporary tables."""
    url = url_de_base(os.environ["SNE_OWNER_URL"], nom_de_base)
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as ouverte:
        peupler(ouverte, FOULE)
        ouverte.execute(
            "VACUUM ANALYZE identite"
        )  # as the service's own: an index alone says what is in force
        ouverte.execute("SET pg_trgm.word_similarity_threshold = 0.4")
        yield ouverte


def noeuds(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every node of a plan."""
    yield plan
    for enfant in plan.get("Plans", ()):
        yield from noeuds(enfant)


def lues_en_entier(connexion: psycopg.Connection, texte: str, valeurs: Mapping[str, Any]) -> set[str]:
    """Tables that the plan reads from end to end."""
    ligne = connexion.execute(f"EXPLAIN (FORMAT JSON) {texte}", valeurs).fetchone()
    assert ligne is not None
    return {
        noeud["Relation Name"]
        for noeud in noeuds(ligne["QUERY PLAN"][0]["Plan"])
        if noeud["Node Type"] == "Seq Scan"
    }


def index_lus(connexion: psycopg.Connection, texte: str, valeurs: Mapping[str, Any]) -> set[str]:
    """Definitions of the indexes that the plan walks on ``identite``."""
    ligne = connexion.execute(f"EXPLAIN (FORMAT JSON) {texte}", valeurs).fetchone()
    assert ligne is not None
    noms = {n["Index Name"] for n in noeuds(ligne["QUERY PLAN"][0]["Plan"]) if "Index Name" in n}
    lignes = connexion.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(noms)])
    return {ligne["indexdef"].split(" USING ")[1] for ligne in lignes}


def ressemblance(tape: list[str], *, partout: bool = False) -> tuple[str, dict[str, Any]]:
    valeurs = {**COMMUN, "tape": " ".join(tape)} | {f"mot_{rang}": mot for rang, mot in enumerate(tape)}
    return sql.ressemblance(len(tape), partout=partout), valeurs


def liste(tape: list[str], curseur: Curseur | None = None) -> tuple[str, dict[str, Any]]:
    texte, valeurs = sql.liste(interpretations(tape), curseur)
    return texte, {**COMMUN, **valeurs}


# Identities and their persons, of nobody who existed: what fills an index.
CLONER = """
INSERT INTO identite (id, territoire, demande_id, personne_id, revision, civilite, nom_naissance, nom_usage, prenoms,
    date_naissance, date_naissance_presumee, naissance_commune, naissance_pays, nationalite, nir_etat, voie, retrait,
    auteur, guichet, survenu_le, inscrit_le)
SELECT gen_random_uuid(), territoire, demande_id, personne_id, revision, civilite, nom_naissance, nom_usage, prenoms,
    date_naissance, false, '', '', nationalite, '', voie, retrait, auteur, guichet, survenu_le, inscrit_le
FROM identite CROSS JOIN generate_series(1, %(nombre)s) WHERE id = %(id)s
"""
NES_CE_JOUR = """
INSERT INTO identite (id, territoire, demande_id, personne_id, revision, civilite, nom_naissance, nom_usage, prenoms,
    date_naissance, date_naissance_presumee, naissance_commune, naissance_pays, nationalite, nir_etat, voie, retrait,
    auteur, guichet, survenu_le, inscrit_le)
SELECT gen_random_uuid(), territoire, demande_id, personne_id, revision, civilite, nom_naissance, nom_usage, prenoms,
    %(jour)s, false, '', '', nationalite, '', voie, retrait, auteur, guichet, survenu_le, inscrit_le
FROM identite LIMIT %(nombre)s
"""
MORCEAU = {"debut": "0991124001234", "sequence": "001234", "guichet": ""}


def partielle(tape: list[str]) -> tuple[str, dict[str, Any]]:
    texte, valeurs = sql.liste(interpretations(tape), None, partielle=True)
    return texte, {**COMMUN, **valeurs, "p_jour": 12, "p_mois": None, "p_annee": 87}


def naissance(a: Adulte, tape: list[str]) -> tuple[str, dict[str, Any]]:
    texte, valeurs = sql.naissance(interpretations(tape)[1:])
    return texte, {**COMMUN, **valeurs, "tape": " ".join(tape), "seuil": 0.4, "naissance": a.naissance}


def test_jamais_une_table_entiere(connexion: psycopg.Connection) -> None:
    tape = mots(TEMOIN.nom, TEMOIN.prenoms.split(",")[0])
    recherches = [
        ressemblance(tape),
        ressemblance(tape[:1]),
        ressemblance(tape, partout=True),
        liste(tape),
        liste(tape[:1], Curseur(tape[0], TEMOIN.id)),
        liste(tape[:1], Curseur(tape[0], TEMOIN.id, en_arriere=True)),
        naissance(TEMOIN, tape),
        voisinage(sql.faute_au_nom, tape),
        voisinage(sql.faute_au_prenom, tape),
        voisinage(sql.noms_voisins, tape),
        (sql.une_cle(Genre.NIR), {**COMMUN, "valeur": TEMOIN.nir}),
        (sql.une_cle(Genre.TELEPHONE), {**COMMUN, "valeur": TEMOIN.telephone}),
        (sql.une_cle(Genre.COURRIEL), {**COMMUN, "valeur": "a@exemple.fr"}),
        (sql.fragment(par_debut=True), {**COMMUN, **MORCEAU}),
        (sql.fragment(par_debut=False), {**COMMUN, **MORCEAU}),
        partielle(tape),
        (sql.numero(), {**COMMUN, "territoire": "099", "valeur": "0991124001234G0993"}),
    ]
    for texte, valeurs in recherches:
        assert lues_en_entier(connexion, texte, valeurs) <= {"decision_identite"}, texte


def test_les_trigrammes_par_leur_index(connexion: psycopg.Connection) -> None:
    lus = index_lus(connexion, *ressemblance(mots(TEMOIN.nom, TEMOIN.prenoms.split(",")[0])))
    assert any(i.startswith("gin (territoire, ") for i in lus)


def test_la_page_suivante_par_l_ordre_alphabetique(connexion: psycopg.Connection) -> None:
    """Nothing is sorted but the ties of one name: a page far in the list costs what the first one does."""
    nom = mots(FOULE[0].nom)
    lus = index_lus(connexion, *liste(nom, Curseur(nom[0], TEMOIN.id)))
    assert any(i.startswith("btree (territoire, nom_norm, prenoms_norm, id)") for i in lus)


def trouve(connexion: psycopg.Connection, recherche: tuple[str, dict[str, Any]], a: Adulte) -> bool:
    return any(ligne["identite"] == a.id for ligne in connexion.execute(*recherche).fetchall())


def voisinage(requete: Callable[[int], str], tape: list[str]) -> tuple[str, dict[str, Any]]:
    valeurs = ressemblance(tape)[1] | {"limite": sql.VOISINS_EXAMINES}
    for rang, mot in enumerate(tape):
        reste = " ".join(tape[:rang] + tape[rang + 1 :])
        valeurs |= {f"voisins_{rang}": sorted(voisins(mot)), f"reste_{rang}": reste}
    return requete(len(tape)), valeurs


def test_une_faute_dans_le_nom(connexion: psycopg.Connection) -> None:
    """Surname with a slip, first name, in either order: by their likeness, else by the surnames at one letter."""
    hasard = random.Random(11)
    echantillon = hasard.sample(FOULE, 300)
    retrouves = 0
    for a in echantillon:
        tape = mots(faute(a.nom.lower(), hasard), a.prenoms.split(",")[0])
        hasard.shuffle(tape)
        retrouves += trouve(connexion, ressemblance(tape), a) or trouve(
            connexion, voisinage(sql.faute_au_nom, tape), a
        )
    assert retrouves / len(echantillon) >= 0.985


def test_une_faute_dans_le_prenom(connexion: psycopg.Connection) -> None:
    """The surname is right: its first names at one letter are reached without reading who else bears it."""
    hasard = random.Random(14)
    echantillon = hasard.sample(FOULE, 200)
    retrouves = 0
    for a in echantillon:
        tape = mots(a.nom, faute(mots(a.prenoms)[0], hasard))
        retrouves += mots(a.prenoms)[0] in tape or trouve(connexion, voisinage(sql.faute_au_prenom, tape), a)
    assert retrouves / len(echantillon) >= 0.985


def lues_de_l_index(connexion: psycopg.Connection, texte: str, valeurs: Mapping[str, Any]) -> dict[str, int]:
    """Rows that were really read from ``identite``, by node type."""
    ligne = connexion.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {texte}", valeurs).fetchone()
    assert ligne is not None
    return rangs_lus(ligne["QUERY PLAN"][0]["Plan"])["identite"]


def rangs_lus(plan: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Table, then node type, of the rows that a plan really read."""
    lus: dict[str, dict[str, int]] = {}
    for n in noeuds(plan):
        if "Relation Name" in n:
            de_la_table = lus.setdefault(n["Relation Name"], {})
            rangs = round(n["Actual Rows"] * n["Actual Loops"])
            de_la_table[n["Node Type"]] = de_la_table.get(n["Node Type"], 0) + rangs
    return lus


def test_une_foule_d_homonymes_ne_coute_pas_plus(connexion: psycopg.Connection) -> None:
    """Five hundred people of one name, at one letter: a hundred are read, whatever the territory holds."""
    with connexion.transaction(force_rollback=True):
        connexion.execute(CLONER, {"id": TEMOIN.id, "nombre": 500})
        tape = [mots(TEMOIN.nom)[0] + "q", mots(TEMOIN.prenoms)[0]]
        lues = lues_de_l_index(connexion, *voisinage(sql.faute_au_nom, tape))
        assert sql.HOMONYMES_LUS <= sum(lues.values()) <= 2 * sql.HOMONYMES_LUS


def test_un_premier_janvier_ne_coute_pas_plus(connexion: psycopg.Connection) -> None:
    """Two thousand people born that day: the index is read around the surname, and only who is close is looked up."""
    with connexion.transaction(force_rollback=True):
        connexion.execute(NES_CE_JOUR, {"jour": TEMOIN.naissance, "nombre": 2_000})
        connexion.execute("ANALYZE identite")
        lues = lues_de_l_index(
            connexion, doublons.SCORE, cherchee(TEMOIN.nom, TEMOIN.prenoms, TEMOIN.naissance)
        )
        proches = connexion.execute(
            doublons.SCORE, cherchee(TEMOIN.nom, TEMOIN.prenoms, TEMOIN.naissance)
        ).fetchall()
        assert TEMOIN.id in {p["id"] for p in proches}
        assert AUTOUR < lues["Index Only Scan"] < 3 * AUTOUR
        assert lues["Index Scan"] < AUTOUR


@pytest.mark.parametrize("suite", [False, True])
@pytest.mark.parametrize(
    ("tape", "limite"),
    [([FREQUENT[:3]], 51), ([FREQUENT[:3]], 9), ([FREQUENT, "m"], 9), (["m", FREQUENT], 9)],
)
def test_une_page_de_noms_ne_lit_que_ses_lignes(
    connexion: psycopg.Connection, tape: list[str], limite: int, suite: bool
) -> None:
    """Surnames and used names are merged as they are read: one row more for each source, whatever the territory holds,
    and nobody looked up beyond the page. Under the plan that is kept: values are not known when it is made.
    """
    texte, valeurs = liste(tape, Curseur(FREQUENT, uuid.UUID(int=0)) if suite else None)
    lues = rangs_lus(plan_garde(connexion, texte, {**valeurs, "limite": limite}))
    assert limite <= sum(lues["identite"].values()) <= limite + 2 * len(interpretations(tape))
    assert sum(lues["demande"].values()) == limite


def plan_garde(connexion: psycopg.Connection, texte: str, valeurs: Mapping[str, Any]) -> Mapping[str, Any]:
    """The plan that suits every value, as it ran with these."""
    noms = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", texte)))
    prepare = re.sub(r"%\((\w+)\)s", lambda trouve: f"${noms.index(trouve[1]) + 1}", texte)
    with connexion.transaction(force_rollback=True), psycopg.ClientCursor(connexion) as curseur:
        curseur.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        curseur.execute(f"PREPARE essai AS {prepare.replace('%%', '%')}")
        try:
            places = ", ".join(["%s"] * len(noms))
            ordre = f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE essai ({places})"
            ligne = curseur.execute(ordre, [valeurs[nom] for nom in noms]).fetchone()
        finally:
            curseur.execute("DEALLOCATE essai")
    assert ligne is not None
    plan: Mapping[str, Any] = ligne["QUERY PLAN"][0]["Plan"]
    return plan


def test_ceux_d_un_jour_par_l_index_seul(connexion: psycopg.Connection) -> None:
    """Two thousand people born that day: who does not resemble is told apart in the index, and never looked up."""
    with connexion.transaction(force_rollback=True):
        connexion.execute(NES_CE_JOUR, {"jour": TEMOIN.naissance, "nombre": 2_000})
        connexion.execute("ANALYZE identite")
        recherche = naissance(TEMOIN, mots(TEMOIN.nom, TEMOIN.prenoms.split(",")[0]))
        assert trouve(connexion, recherche, TEMOIN)
        lus = [n for n in noeuds(plan_garde(connexion, *recherche)) if n.get("Relation Name") == "identite"]
        ecartes = {"Index Only Scan": 0, "Index Scan": 0}
        for n in lus:
            ecartes[n["Node Type"]] += n.get("Rows Removed by Filter", 0)
        assert ecartes["Index Only Scan"] > 1_900
        assert ecartes["Index Scan"] == 0


def test_une_faute_et_la_date(connexion: psycopg.Connection) -> None:
    hasard = random.Random(12)
    echantillon = hasard.sample(FOULE, 300)
    retrouves = sum(
        trouve(connexion, naissance(a, mots(faute(a.nom.lower(), hasard), a.prenoms.split(",")[0])), a)
        for a in echantillon
    )
    assert retrouves / len(echantillon) >= 0.985


def test_par_le_nom_d_usage(connexion: psycopg.Connection) -> None:
    mariees = [a for a in FOULE[:2000] if a.usage]
    retrouvees = sum(
        trouve(connexion, ressemblance(mots(a.usage, a.prenoms.split(",")[0])), a) for a in mariees[:200]
    )
    assert retrouvees / 200 >= 0.9


def test_doublons_rappel(connexion: psycopg.Connection) -> None:
    """The same person typed again, with one slip in names, date or phone: proposed before a second registration."""
    hasard = random.Random(13)
    echantillon = hasard.sample(FOULE, 400)
    retrouves = sum(a.id in {p["id"] for p in _proches(connexion, a, hasard)} for a in echantillon)
    assert retrouves / len(echantillon) >= 0.985


def test_doublons_qui_ne_partagent_que_leur_nom(connexion: psycopg.Connection) -> None:
    """Neither number, nor phone, and a slip in the birth date: nothing met them before the key of names."""
    hasard = random.Random(15)
    echantillon = hasard.sample(FOULE, 200)
    retrouves = 0
    for a in echantillon:
        autrement = (
            {"day": 1 + a.naissance.day % 28} if hasard.random() < 0.5 else {"year": a.naissance.year - 8}
        )
        naissance = a.naissance.replace(**autrement)
        lignes = connexion.execute(doublons.SCORE, cherchee(a.nom, a.prenoms, naissance)).fetchall()
        retrouves += a.id in {p["id"] for p in lignes if p["naissance_voisine"] or p["meme_naissance"]}
    assert retrouves / len(echantillon) >= 0.985


def cherchee(nom: str, prenoms: str, naissance: date) -> dict[str, Any]:
    """The parameters of a look-up of somebody who gives neither number nor phone."""
    personne = {"nir": None, "naissance": naissance.isoformat(), "nom": nom, "usage": "", "prenoms": prenoms}
    return {
        "personnes": json.dumps([{**personne, "telephone": ""}]),
        "territoire": "099",
        "sauf": uuid.UUID(int=0),
        "seuil": 4.0,
        "limite": 20,
        "passees": True,
        "autour": AUTOUR,
    }


def _proches(connexion: psycopg.Connection, a: Adulte, hasard: random.Random) -> list[dict[str, Any]]:
    quoi = hasard.choice(("nom", "prenoms", "naissance", "telephone"))
    personne = {
        "nir": "\\x" + a.nir.hex() if hasard.random() < 0.7 else None,
        "naissance": a.naissance.isoformat() if quoi != "naissance" else "1990-01-01",
        "nom": faute(a.nom, hasard) if quoi == "nom" else a.nom,
        "usage": "",
        "prenoms": faute(a.prenoms, hasard) if quoi == "prenoms" else a.prenoms,
        "telephone": a.telephone if quoi != "telephone" else "+33600000000",
    }
    valeurs = {
        "personnes": json.dumps([personne]),
        "territoire": "099",
        "sauf": uuid.UUID(int=0),
        "seuil": 4.0,
        "limite": 20,
        "passees": True,
        "autour": AUTOUR,
    }
    return connexion.execute(doublons.SCORE, valeurs).fetchall()
