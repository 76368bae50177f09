"""Past identities looked for among thousands of adults: the same as the rule finds, by indexes, whatever is there."""

import os
import random
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from sne.registre.contenu.rules.normalisation import normaliser
from sne.registre.doublons.rules.ressemblance import Adulte, noter
from sne.registre.doublons.selectors.proches import PersonneCherchee, en_lignes
from sne.registre.doublons.selectors.requetes import AILLEURS_A_LA_PORTE, AILLEURS_LA_NUIT, ANCIENNES
from sne.socle.bases import url_de_base
from tests.registre import foule
from tests.registre.recherche.test_recherche_en_nombre import noeuds

NOMBRE = 40_000
REMPLACEES = 400  # demandes whose holder was somebody else before
FOULE = list(foule.adultes(NOMBRE, random.Random(11)))
SEUIL = 4.5
COMMUN: Mapping[str, Any] = {
    "territoire": "099",
    "apres": "",
    "jusqua": "1",
    "seuil": SEUIL,
    "dates": [],
    "bloc": 500,
    "limite": 100_000,
}
# The past of one demande in a hundred: somebody else of the crowd, registered since, as they are or with a slip.
PASSE = """
INSERT INTO identite (id, territoire, demande_id, personne_id, revision, civilite, nom_naissance, nom_usage, prenoms,
    date_naissance, date_naissance_presumee, naissance_commune, naissance_pays, nationalite, nir_etat, nir_empreinte,
    voie, retrait, auteur, guichet, survenu_le, inscrit_le)
VALUES (%(id)s, '099', %(demande)s, %(demande)s, 1, '2', %(nom)s, %(usage)s, %(prenoms)s, %(naissance)s, false, '', '',
    '1', 'PERMANENT', %(nir)s, 'DEPOT', false, %(demande)s, 'G0993', now() - interval '1 year', now())
"""


def passees() -> Iterator[tuple[foule.Adulte, foule.Adulte]]:
    """A demande, and who was on it: another of the crowd, sometimes with a letter wrong and no number."""
    hasard = random.Random(12)
    for rang in range(REMPLACEES):
        demande, victime = FOULE[100 * rang], FOULE[100 * rang + 50]
        abimee = hasard.random() < 0.5
        yield (
            demande,
            foule.Adulte(
                id=uuid.UUID(int=10_000_000 + rang),
                nom=foule.faute(victime.nom, hasard) if abimee else victime.nom,
                usage=victime.usage,
                prenoms=victime.prenoms,
                naissance=victime.naissance,
                nir=hasard.randbytes(32) if abimee else victime.nir,
                telephone=demande.telephone,
            ),
        )


PASSEES = list(passees())
QUITTEES = """
CREATE TEMP TABLE identite_quittee (LIKE public.identite_quittee INCLUDING ALL);
INSERT INTO identite_quittee (identite_id, territoire, demande_id, nir_empreinte, date_naissance, nom_norm,
    prenoms_norm)
SELECT i.id, i.territoire, i.demande_id, i.nir_empreinte, i.date_naissance, i.nom_norm, i.prenoms_norm
FROM identite i JOIN personne p ON p.id = i.personne_id AND p.identite_courante_id <> i.id;
ANALYZE identite_quittee;
"""
AILLEURS: Mapping[str, Any] = {**COMMUN, "territoire": "02A", "seuil_present": SEUIL}


@pytest.fixture(scope="module")
def connexion(django_db_setup: None, nom_de_base: str) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    """The owner's, for temporary tables."""
    url = url_de_base(os.environ["SNE_OWNER_URL"], nom_de_base)
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as ouverte:
        foule.peupler(ouverte, FOULE)
        for demande, avant in PASSEES:
            valeurs = {champ: getattr(avant, champ) for champ in foule.Adulte.__slots__}
            ouverte.execute(PASSE, valeurs | {"demande": demande.id})
        ouverte.execute("ANALYZE identite")
        ouverte.execute(QUITTEES)
        yield ouverte


def en_regle(adulte: foule.Adulte) -> Adulte:
    return Adulte(
        demande=str(adulte.id),
        nom=normaliser(adulte.nom),
        usage=normaliser(adulte.usage),
        prenoms=normaliser(adulte.prenoms),
        naissance=adulte.naissance,
        nir=(adulte.nir or b"").hex(),
        telephone=adulte.telephone,
    )


def test_same_as_the_rule(connexion: psycopg.Connection[dict[str, Any]]) -> None:
    """Every present adult of another demande that shares the birth date or the number, unless the holder does."""
    par_date: dict[object, list[foule.Adulte]] = defaultdict(list)
    for adulte in FOULE:
        par_date[adulte.naissance].append(adulte)
    attendues = {}
    for demande, avant in PASSEES:
        for autre in par_date[avant.naissance]:
            score = noter(en_regle(avant), en_regle(autre))
            present = noter(en_regle(demande), en_regle(autre))
            if autre.id != demande.id and score >= SEUIL > present:
                attendues[demande.id, autre.id] = score
    lues = connexion.execute(ANCIENNES, COMMUN).fetchall()
    assert len(attendues) > REMPLACEES * 0.7
    assert {(ligne["demande"], ligne["recente"]): float(ligne["score"]) for ligne in lues} == attendues


@pytest.mark.parametrize("dates", [[], ["1985-03-14"]])
def test_indexes_are_walked(connexion: psycopg.Connection[dict[str, Any]], dates: list[str]) -> None:
    """One slice of a territory reads no table of adults from end to end, whatever keys are common."""
    apres, jusqua = "0991124000000", "0991124000500"
    valeurs = {**COMMUN, "apres": apres, "jusqua": jusqua, "dates": dates}
    ligne = connexion.execute(f"EXPLAIN (FORMAT JSON) {ANCIENNES}", valeurs).fetchone()
    assert ligne is not None
    tous = list(noeuds(ligne["QUERY PLAN"][0]["Plan"]))
    entieres = {n["Relation Name"] for n in tous if n["Node Type"] == "Seq Scan"}
    assert not entieres & {"identite", "personne", "demande"}
    noms = list({n["Index Name"] for n in tous if "Index Name" in n})
    lignes = connexion.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [noms]).fetchall()
    parcourus = {x["indexdef"].split(" USING ")[1].split(" WHERE")[0] for x in lignes}
    par_la_date = "btree (territoire, date_naissance, nom_norm, prenoms_norm, id) INCLUDE (usage_norm)"
    assert {par_la_date, "btree (territoire, nir_empreinte)"} <= parcourus


def test_same_as_the_rule_from_another_territory(connexion: psycopg.Connection[dict[str, Any]]) -> None:
    """All of them at one door elsewhere: what the rule finds, but for whom another number tells apart."""
    victimes = [FOULE[100 * rang + 50] for rang in range(REMPLACEES)]
    attendues = {}
    for demande, avant in PASSEES:
        proches = [v for v in victimes if v.naissance == avant.naissance and v.nir == avant.nir]
        score = max((noter(en_regle(avant), en_regle(v)) for v in proches), default=0)
        if score >= SEUIL:
            attendues[demande.id] = score
    cherchees = [
        PersonneCherchee(
            nom=v.nom,
            usage=v.usage,
            prenoms=v.prenoms,
            date_naissance=v.naissance,
            nir_empreinte=v.nir,
            nir_etat="PERMANENT",
            telephone=v.telephone,
        )
        for v in victimes
    ]
    valeurs = {**AILLEURS, "personnes": en_lignes(cherchees), "recente": None, "jour": date(2026, 11, 24)}
    lues = connexion.execute(AILLEURS_A_LA_PORTE, valeurs).fetchall()
    assert len(attendues) > REMPLACEES * 0.4
    assert {ligne["demande"]: float(ligne["score"]) for ligne in lues} == attendues


@pytest.mark.parametrize("dates", [[], ["1985-03-14"]])
def test_indexes_are_walked_elsewhere_too(
    connexion: psycopg.Connection[dict[str, Any]], dates: list[str]
) -> None:
    valeurs = {
        **AILLEURS,
        "territoire": "099",
        "apres": "0991124000000",
        "jusqua": "0991124000500",
        "dates": dates,
    }
    ligne = connexion.execute(f"EXPLAIN (FORMAT JSON) {AILLEURS_LA_NUIT}", valeurs).fetchone()
    assert ligne is not None
    tous = list(noeuds(ligne["QUERY PLAN"][0]["Plan"]))
    entieres = {n["Relation Name"] for n in tous if n["Node Type"] == "Seq Scan"}
    assert not entieres & {"identite", "personne", "demande"}
