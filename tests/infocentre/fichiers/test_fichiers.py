"""The same figures, states, definitions and reading in each format; numbers numbers, days days, codes texts."""

import csv
import io
import json
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
import python_calamine

from sne.infocentre.fichiers import LIGNES_MAX, Format, ecrire, nom_de_fichier
from sne.infocentre.fichiers.feuilles import entetes
from sne.infocentre.rapports.tableau import Cellule, Colonne, EtatCellule, Ligne
from sne.socle.erreurs import Interdit
from tests.infocentre.tableaux import LIGNES, TABLEAU

FAIT_LE = datetime(2024, 12, 2, 6, 45, 10)  # noqa: DTZ001 - as a page shows it
Lu = Mapping[str, list[list[Any]]]


def fichier(format_: Format) -> bytes:
    sortie = io.BytesIO()
    ecrire(TABLEAU, format_, sortie, par="Camille Rousset", fait_le=FAIT_LE)
    return sortie.getvalue()


def lire_xlsx(octets: bytes) -> Lu:
    classeur = openpyxl.load_workbook(io.BytesIO(octets))
    return {f.title: [[c.value for c in ligne] for ligne in f.iter_rows()] for f in classeur.worksheets}


def lire_ods(octets: bytes) -> Lu:
    classeur = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(octets))
    return {
        nom: [
            [None if v == "" else v for v in ligne]
            for ligne in classeur.get_sheet_by_name(nom).to_python(skip_empty_area=False)
        ]
        for nom in classeur.sheet_names
    }


LECTEURS = {Format.XLSX: lire_xlsx, Format.ODS: lire_ods}
"""Others' readers."""


@pytest.fixture(params=[(Format.XLSX, False), (Format.XLSX, True), (Format.ODS, False)], ids=str)
def lu(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Lu:
    """The sheets, by each writer of workbooks: that of long files, which has no days, too."""
    format_, long = request.param
    if long:
        monkeypatch.setattr("sne.infocentre.fichiers.LIGNES_FORMATEES", 0)
    return LECTEURS[format_](fichier(format_))


def test_three_sheets_that_say_the_eight_states(lu: Lu) -> None:
    assert list(lu) == ["Données", "Définitions", "Lecture"]
    tete, *lignes = lu["Données"]
    assert tete == [e.libelle for e in entetes(TABLEAU)]
    assert tete[4:10] == [
        "Déficit SNE vs RPLS",
        "Déficit SNE vs RPLS, état",
        "% Attributions Etat (%)",
        "% Attributions Etat, numérateur",
        "% Attributions Etat, dénominateur",
        "% Attributions Etat, état",
    ]
    assert [ligne[4:10] for ligne in lignes] == [
        [-2, "VALEUR", 12.5, 40, 320, "VALEUR"],
        [0, "ZERO", None, 0, 0, "VIDE"],
        [None, "SANS_OBJET", 33.3, 4, 12, "FRAGILE"],
        [None, "NON_DISPONIBLE", None, 2, 7, "TROP_PETIT"],
        [None, "SECRET", None, None, None, "SECRET"],
    ]
    assert [ligne[3] for ligne in lignes] == ["999000011", "012000011", None, None, None]
    assert lignes[3][-1] == "Déficit SNE vs RPLS\u00a0: Millésime 2026 non chargé"
    assert lignes[1][1] == "Guichet <b>"
    assert lignes[0][1].endswith("=SOMME(A1) & Cie")
    assert ["2.5", "% Attributions Etat", "Vide", "Aucune attribution"] in lu["Définitions"]


def test_a_file_says_what_it_is_and_days_are_days(lu: Lu) -> None:
    dit = {ligne[0]: ligne[1] for ligne in lu["Lecture"]}
    assert dit["Connu au scellement"] == 1204331
    assert dit["Filtre\u00a0: Type d’organisme"] == "Bailleur"
    assert (dit["Fait par"], dit["Avertissement"]) == ("Camille Rousset", "3 demandes effacées depuis.")
    assert _jour(dit["Du"]) == datetime(2023, 12, 1)  # noqa: DTZ001
    assert _jour(dit["Fichier fait le"]) == FAIT_LE
    assert _jour(dit["Scellé le (heure de Paris)"]) == datetime(2024, 12, 2, 6, 30)  # noqa: DTZ001
    assert "Compté" in dit["État ZERO, 1 cellule(s)"]
    assert dit["Version du rapport"] == TABLEAU.version
    tete, *lignes = lu["Données"]
    ecrits = Counter(
        v for ligne in lignes for nom, v in zip(tete, ligne, strict=True) if nom.endswith(", état")
    )
    assert {f"État {etat}, {n} cellule(s)" for etat, n in ecrits.items()} <= set(dit), (
        "as many as the sheet holds"
    )


def _jour(valeur: Any) -> datetime:
    """A day as a cell holds it, or as its text says it."""
    match valeur:
        case datetime():
            return valeur
        case date():
            return datetime(valeur.year, valeur.month, valeur.day)  # noqa: DTZ001
    return datetime.strptime(valeur, "%d/%m/%Y %H:%M:%S" if ":" in valeur else "%d/%m/%Y")  # noqa: DTZ007


def test_what_is_no_integer_keeps_its_decimals(tmp_path: Path) -> None:
    """A pressure has no unit, and its two numbers; a count that is shared out is no integer on the line of the mean."""
    pression = Cellule(EtatCellule.VALEUR, Decimal("3.4"), 34, 10)
    table = replace(
        TABLEAU,
        colonnes=(Colonne("P", "Pression", decimales=1), Colonne("D", "Dépôts")),
        lignes=(
            Ligne("G", "Guichet", (pression, Cellule(EtatCellule.VALEUR, 7, 7))),
            Ligne("M", "Moyenne", (pression, Cellule(EtatCellule.VALEUR, Decimal("12.5"), 25, 2)), "MOYENNE"),
        ),
    )
    attendues = [["G", 3.4, 34, 10, "VALEUR", 7, "VALEUR"], ["M", 3.4, 34, 10, "VALEUR", 12.5, "VALEUR"]]
    sorties = {format_: io.BytesIO() for format_ in Format}
    for format_, sortie in sorties.items():
        ecrire(table, format_, sortie)
    for format_, lire in LECTEURS.items():
        tete, *lignes = lire(sorties[format_].getvalue())["Données"]
        assert tete[3:] == [
            "Pression",
            *(f"Pression, {m}" for m in ("numérateur", "dénominateur", "état")),
            *tete[7:],
        ]
        assert [[x[0], *x[3:9]] for x in lignes] == attendues
    feuille = openpyxl.load_workbook(sorties[Format.XLSX])["Données"]
    assert [feuille[case].number_format for case in ("D2", "H3")] == ["#,##0.0", "#,##0.0"]
    (tmp_path / "f.parquet").write_bytes(sorties[Format.PARQUET].getvalue())
    ecrites = duckdb.read_parquet(str(tmp_path / "f.parquet")).fetchall()
    assert [[x[0], *x[3:9]] for x in ecrites] == [
        [Decimal(str(v)) if isinstance(v, float) else v for v in ligne] for ligne in attendues
    ]


def test_csv_begins_with_its_header_and_ends_with_what_it_is() -> None:
    texte = fichier(Format.CSV).decode("utf-8-sig")
    lignes = list(csv.reader(io.StringIO(texte), delimiter=";"))
    assert lignes[0] == [e.libelle for e in entetes(TABLEAU)]
    assert lignes[1][1] == "'=SOMME(A1) & Cie"
    assert lignes[1][4:10] == ["-2", "VALEUR", "12,5", "40", "320", "VALEUR"]
    assert lignes[5][4:10] == ["", "SECRET", "", "", "", "SECRET"]
    assert [] in lignes
    assert ["Définitions"] in lignes
    assert ["Du", "01/12/2023"] in lignes
    assert ["Scellé le (heure de Paris)", "02/12/2024 06:30:00"] in lignes


def test_parquet_has_typed_columns_by_code_and_says_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "f.parquet").write_bytes(fichier(Format.PARQUET))
    lu = duckdb.read_parquet(str(tmp_path / "f.parquet"))
    types = dict(zip(lu.columns, map(str, lu.types), strict=True))
    assert (types["1.4"], types["2.3"], types["2.5"], types["2.5_denominateur"]) == (
        "VARCHAR",
        "BIGINT",
        "DECIMAL(18,1)",
        "BIGINT",
    )
    rangees = lu.fetchall()
    assert [r[0] for r in rangees] == [ligne[0] for ligne in LIGNES]
    assert [r[4] for r in rangees] == [-2, 0, None, None, None]
    assert [r[3] for r in rangees] == ["999000011", "012000011", None, None, None]
    dites = dict(
        duckdb.sql(f"SELECT key, value FROM parquet_kv_metadata('{tmp_path / 'f.parquet'}')").fetchall()
    )
    assert ["Connu au scellement", "1204331"] in json.loads(dites[b"lecture"])
    assert json.loads(dites[b"definitions"])[0][:2] == ["2.3", "Déficit SNE vs RPLS"]


@pytest.mark.parametrize(
    ("change", "nom"),
    [
        ({}, "tb06_v2_099_2023-12_2024-11_s1204331.xlsx"),
        ({"du": date(2024, 4, 15)}, "tb06_v2_099_2024-04-15_2024-11-30_s1204331.xlsx"),
        (
            {"perimetre": "Île-de-France / 111", "code": "TB06_OLD"},
            "tb06_old_v2_ile-de-france-111_2023-12_2024-11_s1204331.xlsx",
        ),
    ],
)
def test_the_name_says_what_of_where_when_and_as_known_at_which_seal(
    change: dict[str, Any], nom: str
) -> None:
    assert nom_de_fichier(replace(TABLEAU, **change), Format.XLSX) == nom


def test_two_columns_of_one_label_are_told_apart() -> None:
    double = replace(
        TABLEAU,
        colonnes=(*TABLEAU.colonnes[:3], replace(TABLEAU.colonnes[3], libelle=TABLEAU.colonnes[2].libelle)),
    )
    noms = [e.libelle for e in entetes(double)]
    assert len(set(noms)) == len(noms)


@pytest.mark.parametrize("format_", LECTEURS)
def test_more_lines_than_a_spreadsheet_reads_are_refused(format_: Format) -> None:
    long = replace(TABLEAU, lignes=TABLEAU.lignes[:1] * (LIGNES_MAX + 1))
    with pytest.raises(Interdit, match="CSV ou Parquet"), tempfile.TemporaryFile() as sortie:
        ecrire(long, format_, sortie)


@pytest.mark.longue
def test_libreoffice_opens_it_as_it_was_written(tmp_path: Path) -> None:
    """Codes keep their zeros, a text that looks like a formula is no formula, an absence is empty."""
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is needed: apt install libreoffice-calc-nogui"
    (tmp_path / "rapport.ods").write_bytes(fichier(Format.ODS))
    toutes_les_feuilles = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
    subprocess.run(
        [
            *(soffice, f"-env:UserInstallation=file://{tmp_path}/profil", "--headless"),
            *("--convert-to", toutes_les_feuilles, "--outdir", tmp_path, tmp_path / "rapport.ods"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    texte = (tmp_path / "rapport-Données.csv").read_text(encoding="utf-8")
    lignes = list(csv.reader(io.StringIO(texte), delimiter=";"))
    assert lignes[0] == [e.libelle for e in entetes(TABLEAU)]
    assert lignes[1][1:10] == [
        "=SOMME(A1) & Cie",
        "GUICHET",
        "999000011",
        "-2",
        "VALEUR",
        "12.5",
        "40",
        "320",
        "VALEUR",
    ]
    assert (lignes[2][3], lignes[5][4:10]) == ("012000011", ["", "SECRET", "", "", "", "SECRET"])
    assert {f.name for f in tmp_path.glob("*.csv")} == {
        f"rapport-{nom}.csv" for nom in ("Données", "Définitions", "Lecture")
    }
