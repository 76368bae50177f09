"""The database and the rule find the same pairs, with the same scores, among thousands of adults; what is missed."""

import os
import random
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row

from sne.registre.contenu.rules.normalisation import normaliser
from sne.registre.doublons.rules.evaluation import lire_adultes, lire_paires, mesurer
from sne.registre.doublons.rules.ressemblance import Adulte, noter, rapprocher, similarite
from sne.registre.doublons.selectors.requetes import BALAYAGE, COMMUNES
from sne.socle.bases import url_de_base
from tests.registre import foule
from tests.registre.etiquetees import fichier, lignes_de

NOMBRE = 4_000
JOURS = 60  # few birth dates: blocks are as full as those of a large territory, some more than a key may be
SEUIL = 4.0


def en_foule() -> Iterator[foule.Adulte]:
    """A labelled file as rows of the register, on few birth dates."""
    hasard = random.Random(21)
    for rang, ligne in enumerate(fichier(NOMBRE, 21)[0]):
        lu = date.fromisoformat(ligne.date_naissance).toordinal() % JOURS
        jour = 0 if hasard.random() < 0.05 else lu
        yield foule.Adulte(
            id=UUID(int=rang + 1),
            nom=ligne.nom_naissance,
            usage=ligne.nom_usage,
            prenoms=ligne.prenoms,
            naissance=date(1985, 1, 1) + timedelta(days=jour),
            nir=ligne.nir.encode() or None,
            telephone=ligne.telephone.replace(" ", ""),
        )


FOULE = list(en_foule())
REGLE = [
    Adulte(
        demande=str(a.id),
        nom=normaliser(a.nom),
        usage=normaliser(a.usage),
        prenoms=normaliser(a.prenoms),
        naissance=a.naissance,
        nir=(a.nir or b"").decode(),
        telephone=a.telephone,
    )
    for a in FOULE
]


@pytest.fixture(scope="module")
def connexion(django_db_setup: None, nom_de_base: str) -> Iterator[psycopg.Connection]:
    """The owner's, for temporary tables."""
    url = url_de_base(os.environ["SNE_OWNER_URL"], nom_de_base)
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as ouverte:
        foule.peupler(ouverte, FOULE)
        yield ouverte


@pytest.mark.parametrize("au_dela", [500, 60])
def test_same_pairs_same_scores(connexion: psycopg.Connection, au_dela: int) -> None:
    communes = connexion.execute(COMMUNES, {"territoire": "099", "bloc": au_dela}).fetchall()
    lignes = connexion.execute(
        BALAYAGE,
        {
            "territoire": "099",
            "apres": "",
            "jusqua": "1",
            "jour": date(2026, 11, 24),
            "seuil": SEUIL,
            "dates": [c["cle"] for c in communes if c["est_date"]],
            "telephones": [c["cle"] for c in communes if not c["est_date"]],
            "bloc": au_dela,
            "ouvertes": ["ACTIVE"],
            "vues": ["ACTIVE"],
            "limite": 100_000,
        },
    ).fetchall()
    attendues = rapprocher(REGLE, au_dela=au_dela)
    assert attendues.cles_communes == len(communes)
    assert (au_dela == 60) is bool(communes)
    par_la_regle = {paire: s for paire, s in attendues.scores.items() if s >= SEUIL}
    par_la_base = {tuple(sorted((str(p["demande_a"]), str(p["demande_b"])))): p["score"] for p in lignes}
    assert len(par_la_regle) > 200
    assert par_la_base == par_la_regle


def test_same_letters(connexion: psycopg.Connection) -> None:
    """Latin letters of Europe and of Vietnam, marks of others, signs of names, and what is no letter."""
    plages = (*range(0x20, 0x180), *range(0x300, 0x370), *range(0x1E00, 0x1F00), 0x2019, 0x2010)
    signes = [*map(chr, plages), *"ƏəƆɔƒ"]
    ecrits = [f"a{signe}b" for signe in signes if unicodedata.category(signe) != "Cn"]
    lus = connexion.execute("SELECT t, normaliser(t) AS n FROM unnest(%s::text[]) AS t", [ecrits]).fetchall()
    assert [(ligne["t"], ligne["n"]) for ligne in lus if ligne["n"] != normaliser(ligne["t"])] == []


NOMS = st.text(alphabet="abcé -'z", max_size=8)


@settings(max_examples=25)
@given(st.lists(st.tuples(NOMS, NOMS), min_size=40, max_size=60))
def test_same_likeness(connexion: psycopg.Connection, paires: list[tuple[str, str]]) -> None:
    uns, autres = zip(*paires, strict=True)
    lus = connexion.execute(
        "SELECT similarity(normaliser(a), normaliser(b))::float8 AS s FROM unnest(%s::text[], %s::text[]) AS t(a, b)",
        [list(uns), list(autres)],
    ).fetchall()
    assert [ligne["s"] for ligne in lus] == [similarite(normaliser(a), normaliser(b)) for a, b in paires]


def test_recall_and_false_alerts() -> None:
    """Measured on a labelled file of the tests: rates of mistakes are assumptions, what is missed is counted."""
    lignes, paires = fichier(5 * NOMBRE, 1)
    demandes, etiquettes = lignes_de(lignes, paires)
    adultes = lire_adultes(demandes, fichier="demandes.csv")
    lues = lire_paires(etiquettes, fichier="paires.csv", connus=frozenset(a.demande for a in adultes))
    mesure = mesurer(rapprocher(adultes, au_dela=500), lues, seuil=SEUIL, non_etiquetees_fausses=True)
    assert mesure.rappel is not None
    assert mesure.f1 is not None
    assert mesure.rappel >= 0.985
    assert mesure.f1 >= 0.95


def test_a_change_of_one_trait_changes_the_score() -> None:
    """The comparison above would not see a term that is always nothing."""
    un = replace(REGLE[0], nir="1", usage="leca")
    entier = noter(un, replace(un, demande="autre"))
    for trait in ("nir", "telephone", "nom", "prenoms"):
        assert noter(un, replace(un, demande="autre", usage="", **{trait: ""})) < entier
