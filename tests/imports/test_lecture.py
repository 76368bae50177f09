"""Files as lines: the three forms, and those that are made to harm."""

import gzip
import json
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from backports import zstd

from sne.imports.lecture import Bornes, lire_lignes
from sne.imports.rules.formats import (
    Compression,
    FichierRefuse,
    Format,
    FormatInconnu,
    compression_de,
    format_de,
)
from sne.imports.rules.lignes import (
    LigneIllisible,
    lire_colonnes,
    lire_operation,
    operation_de,
)
from sne.registre.contenu.rules.arbre.champs import champs

BORNES = Bornes(deplies=1 << 20, ligne=1 << 12, lignes=100)
MIO = 1 << 20


@pytest.fixture(autouse=True)
def documents(settings: object, tmp_path: Path) -> None:
    """The folder of work."""
    settings.DOSSIER_DOCUMENTS = tmp_path  # type: ignore[attr-defined]


def morceaux(octets: bytes, taille: int = 7) -> Iterator[bytes]:
    return (octets[debut : debut + taille] for debut in range(0, len(octets), taille))


def lire(
    octets: bytes, format_: Format = Format.NDJSON, compression: Compression = Compression.AUCUNE
) -> list[tuple[int, str | None]]:
    return list(lire_lignes(morceaux(octets, 4096), format_, compression, BORNES))


def refus(octets: bytes, format_: Format = Format.CSV, compression: Compression = Compression.AUCUNE) -> str:
    with pytest.raises(FichierRefuse) as refuse:
        lire(octets, format_, compression)
    return refuse.value.phrase


@pytest.mark.parametrize("taille", [1, 2, 7, 1000])
@pytest.mark.parametrize("compression", list(Compression))
def test_la_meme_chose_quelle_que_soit_l_enveloppe(compression: Compression, taille: int) -> None:
    clair = "\ufeffun\n\n  é  \r\ntrois".encode()
    plie = {
        Compression.AUCUNE: lambda: clair,
        Compression.GZIP: lambda: gzip.compress(clair[:4]) + gzip.compress(clair[4:]),
        Compression.ZSTD: lambda: zstd.compress(clair[:4]) + zstd.compress(clair[4:]),
    }[compression]()
    lues = list(lire_lignes(morceaux(plie, taille), Format.NDJSON, compression, BORNES))
    assert lues == [(1, "un"), (3, "é"), (4, "trois")]


def test_une_ligne_de_ndjson_fautive_n_en_garde_aucune_autre() -> None:
    assert lire(b"a\n\xff\n" + b"b" * 5000 + b"\nc\n" + b"d" * 5000) == [
        (1, "a"),
        (2, None),
        (3, None),
        (4, "c"),
        (5, None),
    ]


@pytest.mark.parametrize(("plier", "compression"), [(gzip.compress, "gzip"), (zstd.compress, "zstd")])
def test_bombe(plier: object, compression: str) -> None:
    bombe = plier(b"\n" * (64 * MIO))  # type: ignore[operator]
    tracemalloc.start()
    phrase = refus(bombe, Format.NDJSON, Compression(compression))
    _, pic = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert phrase.startswith("Le fichier décompressé dépasse 1 méb")
    assert pic < 16 * MIO


@pytest.mark.parametrize("compression", [Compression.GZIP, Compression.ZSTD])
def test_compression_fausse_ou_coupee(compression: Compression) -> None:
    plie = gzip.compress(b"un\n" * 99) if compression is Compression.GZIP else zstd.compress(b"un\n" * 99)
    for octets in (b"ceci n'en est pas", plie[:-5], b"", plie + b"reste"):
        assert "Refaites le fichier" in refus(octets, Format.NDJSON, compression)


def test_fenetre_demesuree() -> None:
    lecteur = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    flux = lecteur.compress(b"x" * MIO) + lecteur.compress(b"y") + lecteur.flush()
    assert "Refaites le fichier" in refus(flux, Format.NDJSON, Compression.ZSTD)


def test_trop_de_lignes() -> None:
    assert "plus de 100 lignes" in refus(b"a\n" * 101, Format.NDJSON)
    assert len(lire(b"a\n" * 100)) == 100


def test_csv() -> None:
    entete = (
        "cle;date_reception;titulaire;demandeur.identite.nom_naissance;souhaits.types_logement[1];"
        "souhaits.types_logement[2];souhaits.localisations[1].commune;souhaits.accepte_autres_communes;"
        "nirs.cotitulaires[1];doublons.vus[1];piece_vue.dispense_titre"
    )
    corps = f'\ufeff{entete}\nD-1;2026-11-24;PERSONNE;"Le;roy";T3;;99002;oui;2 85;099;non\n\nD-2;x\n'
    premiere, seconde = lire(corps.encode(), Format.CSV)
    assert seconde == (4, None)
    assert premiere[0] == 2
    assert json.loads(premiere[1] or "") == {
        "cle": "D-1",
        "operation": "deposer",
        "corps": {
            "date_reception": "2026-11-24",
            "piece_vue": {"dispense_titre": False},
            "doublons": {"vus": ["099"]},
            "nirs": {"cotitulaires[0]": "2 85"},
            "contenu": {
                "titulaire": "PERSONNE",
                "demandeur": {"identite": {"nom_naissance": "Le;roy"}},
                "souhaits": {
                    "types_logement": ["T3"],
                    "localisations": [{"commune": "99002"}],
                    "accepte_autres_communes": True,
                },
            },
        },
    }


def test_csv_refuse() -> None:
    assert "UTF-8" in refus("cle;titulaire\nD-1;é\n".encode("latin-1"))
    assert "UTF-8" in refus("cle;titulaire\nD-1;a\n".encode("utf-16"))
    assert "guillemets" in refus(b'cle;titulaire\nD-1;"a\n')
    assert "4 kibioctets" in refus(b"cle;titulaire\nD-1;" + b"a" * 5000)
    assert "cle" in refus(b"titulaire\nPERSONNE\n")
    assert "cle" in refus(b"")
    for fautive in (
        b"secret",
        b"demandeur",
        b"demandeur.identite",
        b"souhaits.types_logement",
        b"titulaire[1]",
        b"cotitulaires[0].identite.prenoms",
        b"cle",
        b"__class__",
        b"contenu.titulaire",
    ):
        phrase = refus(b"cle;" + fautive + b"\nD-1;x\n")
        assert phrase.startswith("Colonne 2"), fautive
        assert "secret" not in phrase


def test_chaque_colonne_du_contrat_est_lue() -> None:
    noms = ["cle", *(c.replace("[]", "[1]") for c, champ in champs().items() if not champ.conteneur)]
    colonnes = lire_colonnes(noms)
    assert len(colonnes) == len(noms)
    ligne = json.loads(operation_de(colonnes, ["D-1", *("1" for _ in noms[1:])]) or "")
    assert ligne["cle"] == "D-1"
    assert "titulaire" in ligne["corps"]["contenu"]


def _parquet(tmp_path: Path, requete: str) -> bytes:
    chemin = tmp_path / "essai.parquet"
    duckdb.sql(f"COPY ({requete}) TO '{chemin}' (FORMAT parquet)")
    return chemin.read_bytes()


def test_parquet(tmp_path: Path) -> None:
    octets = _parquet(
        tmp_path,
        "SELECT 'D-' || i AS cle, DATE '2026-11-24' AS date_reception, i = 1 AS \"souhaits.accepte_autres_communes\", "
        "CASE WHEN i = 2 THEN 'T3' END AS \"souhaits.types_logement[1]\" FROM range(1, 3) t(i)",
    )
    premiere, seconde = lire(octets, Format.PARQUET)
    assert json.loads(premiere[1] or "")["corps"] == {
        "date_reception": "2026-11-24",
        "contenu": {"souhaits": {"accepte_autres_communes": True}},
    }
    assert json.loads(seconde[1] or "")["corps"]["contenu"]["souhaits"]["types_logement"] == ["T3"]


def test_parquet_refuse(tmp_path: Path) -> None:
    assert "Parquet" in refus(b"PAR1 ceci n'en est pas PAR1", Format.PARQUET)
    assert "Parquet" in refus(_parquet(tmp_path, "SELECT ['a'] AS cle"), Format.PARQUET)
    assert "cle" in refus(_parquet(tmp_path, "SELECT 1 AS titulaire"), Format.PARQUET)
    longue = _parquet(tmp_path, "SELECT 'D-1' AS cle, repeat('a', 9000) AS titulaire")
    assert lire(longue, Format.PARQUET) == [(1, None)]


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        (None, "LIGNE_ILLISIBLE"),
        ("{", "LIGNE_ILLISIBLE"),
        ("[" * 100_000, "LIGNE_ILLISIBLE"),
        ("[]", "LIGNE_ILLISIBLE"),
        ('{"cle":"a","cle":"b"}', "LIGNE_ILLISIBLE"),
        ('{"cle":"a","operation":"deposer","corps":{"a":NaN}}', "LIGNE_ILLISIBLE"),
        ('{"cle":"a","operation":"deposer","corps":{"a":["\\u0000"]}}', "LIGNE_ILLISIBLE"),
        ('{"cle":"a","operation":"deposer","corps":[]}', "LIGNE_ILLISIBLE"),
        ('{"cle":"a","operation":"deposer","corps":{},"autre":1}', "LIGNE_ILLISIBLE"),
        ('{"operation":"deposer","corps":{}}', "CLE_ABSENTE"),
        ('{"cle":"é","operation":"deposer","corps":{}}', "CLE_ABSENTE"),
        (f'{{"cle":"{"a" * 65}","operation":"deposer","corps":{{}}}}', "CLE_ABSENTE"),
    ],
)
def test_ligne_illisible(texte: str | None, code: str) -> None:
    with pytest.raises(LigneIllisible, match=code):
        lire_operation(texte)


def test_formats() -> None:
    assert format_de("text/csv") is Format.CSV
    assert compression_de(" GZIP ") is Compression.GZIP
    assert compression_de("identity") is Compression.AUCUNE
    with pytest.raises(FormatInconnu):
        format_de("application/json")
    with pytest.raises(FormatInconnu):
        compression_de("br")


def test_gzip_sans_entete_ne_passe_pas() -> None:
    assert "Refaites" in refus(zlib.compress(b"a\n"), Format.NDJSON, Compression.GZIP)


def test_without_the_engine_another_format_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sne.socle.moteur.est_installe", lambda: False)
    assert refus(b"PAR1", Format.PARQUET) == (
        "Le format Parquet n’est pas lu sur cette machine. Donnez un CSV ou un NDJSON."
    )
