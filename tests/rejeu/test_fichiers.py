"""Files of the replay: CSV and Parquet alike, whatever their types; each that cannot be read is refused in words."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.commandes import sne
from tests.rejeu.cas import LEA, Fichiers, demande, en_parquet, identite, operation
from tests.rejeu.monde import COLONNES, TRAITS

OPERATIONS = [
    operation("1", "2024-01-08", "courriel;telephone"),
    operation("2", "2024-01-09", "nom_naissance;pj_identite"),
    operation("3", "2024-06-03", "revenus", type="renouvellement"),
]
IDENTITES = [identite("2", nom_naissance="BENALI", prenoms="Karim")]


@pytest.fixture
def bons(tmp_path: Path) -> Fichiers:
    fichiers = Fichiers(tmp_path)
    fichiers.ecrire(demandes=[demande()], operations=OPERATIONS, identites=IDENTITES)
    return fichiers


def lignes_de(parquet: Path) -> tuple[list[str], list[tuple]]:
    with duckdb.connect() as base:
        types = [genre for _, genre, *_ in base.execute(f"DESCRIBE FROM '{parquet}'").fetchall()]
        return types, base.execute(f"FROM '{parquet}'").fetchall()


def test_parquet_says_what_csv_says(bons: Fichiers, tmp_path: Path) -> None:
    assert bons.rejouer().code == 0
    en_csv = bons.lignes()
    (tmp_path / "p").mkdir()
    autres = Fichiers(tmp_path / "p", ".parquet")
    autres.ecrire(demandes=[demande()], operations=OPERATIONS, identites=IDENTITES)
    assert autres.rejouer().code == 0
    types, lignes = lignes_de(autres.sortie)
    assert types == ["BIGINT", "VARCHAR", "TIMESTAMP", "VARCHAR", "VARCHAR[]", "DOUBLE", "VARCHAR"]
    assert len(lignes) == len(en_csv) == 3
    for (numero, dls, instant, decision, clauses, score, termes), ligne in zip(lignes, en_csv, strict=True):
        assert (str(numero), dls, instant.isoformat()) == (
            ligne["operation"],
            ligne["dls"],
            ligne["horodatage"],
        )
        assert (decision, ";".join(clauses or [])) == (ligne["decision"], ligne["clauses"])
        assert (score, json.loads(termes)) == (float(ligne["score"]), json.loads(ligne["termes"]))


def test_types_of_another_tool(bons: Fichiers, tmp_path: Path) -> None:
    """Numbers as floats, instants with a zone, real lists, dates as instants, columns nobody asked for."""
    assert bons.rejouer().code == 0
    attendues = [(ligne["decision"], ligne["score"]) for ligne in bons.lignes()]
    requetes = {
        "demandes": "SELECT * REPLACE (date_depot::TIMESTAMP AS date_depot), 1 AS inutile FROM brut",
        "operations": "SELECT * REPLACE (operation::DOUBLE AS operation, string_split(champs, ';') AS champs, "
        "timezone('Europe/Paris', horodatage) AS horodatage) FROM brut",
        "identites": "SELECT * REPLACE (avant_nir::DOUBLE AS avant_nir, apres_nir::DOUBLE AS apres_nir, "
        "avant_date_naissance::DATE AS avant_date_naissance) FROM brut",
    }
    for nom, requete in requetes.items():
        en_parquet(bons.fichier(nom), tmp_path / f"{nom}.parquet", requete)
    bons.suffixe = ".parquet"
    resultat = bons.rejouer()
    assert resultat.code == 0, resultat.erreur
    _, lignes = lignes_de(bons.sortie)
    assert [(decision, str(score)) for _, _, _, decision, _, score, _ in lignes] == attendues


def test_output_may_be_of_the_other_kind(bons: Fichiers, tmp_path: Path) -> None:
    entrees = [x for nom in COLONNES for x in (f"--{nom}", str(bons.fichier(nom)))]
    sortie = tmp_path / "l'autre.parquet"
    assert sne("controle", "rejouer", *entrees, "--sortie", str(sortie)).code == 0
    types, lignes = lignes_de(tmp_path / "*.parquet")
    assert types[0] == "VARCHAR"
    assert len(lignes) == 3


@pytest.mark.parametrize(
    "champs",
    [
        "courriel,telephone",
        "courriel telephone",
        "courriel|telephone",
        "['courriel', 'telephone']",
        '["courriel","telephone"]',
    ],
)
def test_lists_as_other_tools_write_them(bons: Fichiers, champs: str) -> None:
    operations = [operation("1", "2024-01-08", champs), *OPERATIONS[1:]]
    bons.ecrire(operations=operations)
    assert bons.rejouer().code == 0
    assert json.loads(bons.lignes()[1]["termes"])["contacts"] == 0.24


def test_semicolons_mark_and_french_dates(bons: Fichiers) -> None:
    brut = "\ufeffDLS;Territoire;guichet;date_depot\nA;099;G0001;12/06/2015\n"
    bons.fichier("demandes").write_text(brut, encoding="utf-8")
    assert bons.rejouer().code == 0
    assert len(bons.lignes()) == 3


@pytest.mark.parametrize(("sexe", "autre"), [("M", "H"), ("1", "m"), ("F", "3"), ("2", "f")])
def test_sex_as_a_letter_or_a_civility(bons: Fichiers, sexe: str, autre: str) -> None:
    avant = (*LEA[:4], sexe, "")
    bons.ecrire(identites=[identite("2", avant=avant, sexe=autre, nom_usage="X")])
    assert bons.rejouer().code == 0
    assert [ligne["decision"] for ligne in bons.lignes()] == ["sans_objet"] * 3


def test_instants_with_a_zone_are_read_in_paris(bons: Fichiers) -> None:
    """07:30 UTC in winter is 08:30 in Paris, within the hours of a counter; 06:00 UTC is not."""
    for instant, hors in (("2024-01-09T07:30:00Z", False), ("2024-01-09T06:00:00+00:00", True)):
        bons.ecrire(operations=[OPERATIONS[0], operation("2", "", horodatage=instant), OPERATIONS[2]])
        assert bons.rejouer().code == 0
        ligne = bons.lignes()[1]
        assert ligne["horodatage"] == instant
        assert ("hors_heures" in json.loads(ligne["termes"])) is hors


def test_no_change_at_all_gives_no_row(bons: Fichiers) -> None:
    for suffixe in (".csv", ".parquet"):
        bons.ecrire(identites=[])
        bons.suffixe = suffixe
        entrees = [x for nom in COLONNES for x in (f"--{nom}", str(bons.dossier / f"{nom}.csv"))]
        assert sne("controle", "rejouer", *entrees, "--sortie", str(bons.sortie)).code == 0
    assert (
        bons.dossier / "resultat.csv"
    ).read_text() == "operation,dls,horodatage,decision,clauses,score,termes\n"
    assert lignes_de(bons.sortie)[1] == []


def changer(nom: str, **valeurs: str) -> Callable[[Fichiers], None]:
    """The first row of a table with some values changed."""
    premieres = {"demandes": demande(), "operations": OPERATIONS[0], "identites": IDENTITES[0]}
    autres = {"demandes": [], "operations": OPERATIONS[1:], "identites": []}
    return lambda f: f.ecrire(**{nom: [{**premieres[nom], **valeurs}, *autres[nom]]})


def octets(nom: str, contenu: bytes) -> Callable[[Fichiers], None]:
    return lambda f: f.fichier(nom).write_bytes(contenu) and None


def sans(nom: str, colonne: str) -> Callable[[Fichiers], None]:
    """The table without one of its columns."""

    def oter(f: Fichiers) -> None:
        with f.fichier(nom).open(encoding="utf-8", newline="") as lu:
            lignes = list(csv.DictReader(lu))
        with f.fichier(nom).open("w", encoding="utf-8", newline="") as ecrit:
            redacteur = csv.DictWriter(ecrit, [c for c in lignes[0] if c != colonne], extrasaction="ignore")
            redacteur.writeheader()
            redacteur.writerows(lignes)

    return oter


def repeter(nom: str) -> Callable[[Fichiers], None]:
    lignes = {"demandes": [demande()], "operations": OPERATIONS, "identites": IDENTITES}[nom]
    return lambda f: f.ecrire(**{nom: [*lignes, lignes[0]]})


def d_une_autre_demande(f: Fichiers) -> None:
    f.ecrire(demandes=[demande(), demande("B")], identites=[identite("2", dls="B", nom_naissance="X")])


ABSENTES = [
    ("demandes", "date_depot"),
    ("operations", "champs"),
    ("identites", "apres_nir"),
    ("identites", "dls"),
]
REPETEES = [
    ("demandes", "dls", "demande"),
    ("operations", "operation", "opération"),
    ("identites", "operation", "opération"),
]
ENTETE = ",".join(COLONNES["demandes"]).encode() + b"\n"
MAUVAIS = [
    *((sans(n, c), f"{n}.csv, ligne 1 : il manque la colonne « {c} »") for n, c in ABSENTES),
    (octets("demandes", b""), "demandes.csv, ligne 1 : il manque les noms des colonnes"),
    (octets("operations", b"\n\n"), "operations.csv, ligne 1 : il manque les noms des colonnes"),
    (
        octets("demandes", ENTETE + b"A,099,G0001,2015-06-12,\nB,099,G0001,2015-06-12,L\xe9a\n"),
        "demandes.csv, ligne 3 : ce n’est pas de l’UTF-8",
    ),
    (octets("demandes", b"\xff\xfeA\x00"), "demandes.csv, ligne 1 : ce n’est pas de l’UTF-8"),
    (
        octets("demandes", ENTETE + b'A,"099"x,G,2015-06-12,\n'),
        "demandes.csv, ligne 2 : cette ligne n’est pas du CSV",
    ),
    (octets("demandes", ENTETE + b"A,099\n"), "demandes.csv, ligne 2 : 2 colonnes au lieu de 5"),
    (
        octets("demandes", b"dls,dls,territoire,guichet,date_depot\n"),
        "demandes.csv, ligne 1 : la colonne « dls » est là deux fois",
    ),
    (
        octets("demandes", b"dls,territoire,guichet,date_depot\n\nA,,G,2015-06-12\n"),
        "demandes.csv, ligne 3, colonne « territoire » : elle est vide",
    ),
    (
        changer("demandes", date_depot="hier"),
        "demandes.csv, ligne 2, colonne « date_depot » : écrivez une date",
    ),
    (
        changer("demandes", date_depot="0001-01-01"),
        "demandes.csv, ligne 2, colonne « date_depot » : écrivez une date",
    ),
    (changer("demandes", dls=""), "demandes.csv, ligne 2, colonne « dls » : elle est vide"),
    (
        changer("operations", horodatage="10 h"),
        "operations.csv, ligne 2, colonne « horodatage » : écrivez une date et une heure",
    ),
    (
        changer("operations", horodatage="9999-12-31T23:00:00"),
        "operations.csv, ligne 2, colonne « horodatage »",
    ),
    (
        changer("operations", canal="fax"),
        "« canal » : « fax » n’est pas un code connu. Attendus : guichet, portail, webservice",
    ),
    (
        changer("operations", type=""),
        "operations.csv, ligne 2, colonne « type » : une valeur vide n’est pas un code connu",
    ),
    (
        changer("operations", champs="courriel;nom"),
        "operations.csv, ligne 2, colonne « champs » : « nom » n’est pas un code connu",
    ),
    (
        changer("operations", dls="Z"),
        "operations.csv, ligne 2, colonne « dls » : cette demande n’est pas dans le fichier des demandes",
    ),
    (
        changer("identites", apres_date_naissance="14 mars"),
        "identites.csv, ligne 2, colonne « apres_date_naissance » : écrivez une date",
    ),
    (
        changer("identites", avant_sexe="X"),
        "identites.csv, ligne 2, colonne « avant_sexe » : « X » n’est pas un code connu",
    ),
    (
        changer("identites", issue="peut-être"),
        "identites.csv, ligne 2, colonne « issue » : « peut-être » n’est pas un code connu",
    ),
    (
        changer("identites", operation="404"),
        "identites.csv, ligne 2, colonne « operation » : cette opération n’est pas dans le fichier",
    ),
    (d_une_autre_demande, "identites.csv, ligne 2, colonne « dls » : l’opération est d’une autre demande"),
    *((repeter(n), f"« {c} » : cette {quoi} est déjà dans le fichier") for n, c, quoi in REPETEES),
]


@pytest.mark.parametrize(("abimer", "phrase"), MAUVAIS)
def test_refusal_names_file_line_and_column(
    bons: Fichiers, abimer: Callable[[Fichiers], None], phrase: str
) -> None:
    """And what was there before stays as it was, with nothing half-written beside it."""
    bons.sortie.write_text("d’avant")
    abimer(bons)
    avant = sorted(f.name for f in bons.dossier.iterdir())
    resultat = bons.rejouer()
    assert (resultat.code, resultat.sortie) == (1, "")
    assert phrase in resultat.erreur
    assert not any(valeur in resultat.erreur for valeur in ("DURAND", "BENALI", LEA[5]))
    assert bons.sortie.read_text() == "d’avant"
    assert sorted(f.name for f in bons.dossier.iterdir()) == avant


@pytest.mark.parametrize("contenu", [b"", b"PAR1 rien PAR1", b"dls,territoire\n" * 100])
def test_what_is_not_parquet(bons: Fichiers, contenu: bytes) -> None:
    for nom in COLONNES:
        (bons.dossier / f"{nom}.parquet").write_bytes(contenu)
    bons.suffixe = ".parquet"
    resultat = bons.rejouer()
    assert resultat.code == 1
    assert "demandes.parquet : ce n’est pas un fichier Parquet, ou il est abîmé" in resultat.erreur


def test_column_missing_of_a_parquet_file(bons: Fichiers) -> None:
    for nom in COLONNES:
        en_parquet(bons.fichier(nom), bons.dossier / f"{nom}.parquet", "SELECT dls FROM brut")
    bons.suffixe = ".parquet"
    assert "demandes.parquet : il manque la colonne « territoire »" in bons.rejouer().erreur


def test_row_of_a_parquet_file_is_named(bons: Fichiers) -> None:
    bons.ecrire(operations=[*OPERATIONS, operation("4", "2024-07-01", canal="fax")])
    for nom in COLONNES:
        en_parquet(bons.fichier(nom), bons.dossier / f"{nom}.parquet")
    bons.suffixe = ".parquet"
    assert "operations.parquet, ligne 4, colonne « canal » : « fax »" in bons.rejouer().erreur


@pytest.mark.parametrize(
    "valeur",
    ["{'a': 1}", "[['a']]", "TRUE", "'x'::BLOB", "'inf'::DOUBLE", "INTERVAL 1 DAY", "DATE 'infinity'"],
)
@pytest.mark.parametrize(
    ("nom", "colonne"),
    [
        ("operations", "champs"),
        ("operations", "horodatage"),
        ("demandes", "date_depot"),
        ("identites", "avant_sexe"),
    ],
)
def test_type_that_no_column_has(bons: Fichiers, nom: str, colonne: str, valeur: str) -> None:
    for autre in COLONNES:
        requete = f"SELECT * REPLACE ({valeur} AS {colonne}) FROM brut" if autre == nom else "FROM brut"
        en_parquet(bons.fichier(autre), bons.dossier / f"{autre}.parquet", requete)
    bons.suffixe = ".parquet"
    resultat = bons.rejouer()
    assert (resultat.code, resultat.sortie) == (1, "")
    assert resultat.erreur.startswith(f"sne : {nom}.parquet")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(donnees=st.data())
def test_damaged_file_is_read_or_refused(bons: Fichiers, donnees: st.DataObject) -> None:
    """Never anything but a result or a sentence."""
    bons.ecrire(demandes=[demande()], operations=OPERATIONS, identites=IDENTITES)
    fichier = bons.fichier(donnees.draw(st.sampled_from(list(COLONNES))))
    contenu = fichier.read_bytes()
    debut, fin = sorted(donnees.draw(st.tuples(*[st.integers(0, len(contenu))] * 2)))
    ajout = donnees.draw(
        st.binary(max_size=4) | st.sampled_from([b'"', b";", b",", b"\n", b"\r", b"99999999", b"\x00"])
    )
    fichier.write_bytes(contenu[:debut] + ajout + contenu[min(fin, debut + 30) :])
    resultat = bons.rejouer()
    assert resultat.code in {0, 1}
    assert (resultat.erreur == "") is (resultat.code == 0)


def test_a_machine_without_the_engine_reads_csv_and_says_where_parquet_is_read(
    bons: Fichiers, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nom in COLONNES:
        en_parquet(bons.fichier(nom), bons.dossier / f"{nom}.parquet")
    monkeypatch.setattr("sne.socle.moteur.est_installe", lambda: False)
    assert bons.rejouer().code == 0
    bons.suffixe = ".parquet"
    refus = bons.rejouer()
    assert (refus.code, "DuckDB n’est pas installé sur cette machine" in refus.erreur) == (2, True)


def test_every_trait_is_asked_for() -> None:
    assert {f"{cote}_{trait}" for cote in ("avant", "apres") for trait in TRAITS} < set(COLONNES["identites"])
