"""Reading the bytes of a file as lines, never whole in memory: bounded on what they unfold to."""

import csv
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backports import zstd

from sne.documents.travail import dossier_de_travail
from sne.imports.enfant import lire_parquet
from sne.imports.rules.formats import Compression, FichierRefuse, Format
from sne.imports.rules.lignes import lire_colonnes, operation_de

BLOC = 1 << 18  # bytes unfolded at once
# 8 MiB of memory, whatever the frame asks for.
FENETRE: Mapping[int, int] = {zstd.DecompressionParameter.window_log_max: 23}
NON_UTF8 = "Le fichier n’est pas en UTF-8. Enregistrez-le dans cet encodage."
TRONQUE = "La compression est incomplète ou abîmée. Refaites le fichier."


@dataclass(frozen=True, slots=True)
class Bornes:
    """``deplies``, ``ligne``: bytes, of the file once unfolded and of one line; ``lignes``: how many of them."""

    deplies: int
    ligne: int
    lignes: int


Ligne = tuple[int, str | None]
"""Number of the line in the file, from 1, and its text; ``None`` when it cannot be read."""


def lire_lignes(
    morceaux: Iterable[bytes], format_: Format, compression: Compression, bornes: Bornes
) -> Iterator[Ligne]:
    """Each operation of a file. Raises ``FichierRefuse``."""
    blocs = _bornes(_deplier(morceaux, compression), bornes.deplies)
    lues = LECTEURS[format_](blocs, bornes)
    for rang, ligne in enumerate(lues):
        if rang == bornes.lignes:
            raise FichierRefuse(f"Le fichier compte plus de {bornes.lignes} lignes. Coupez-le.")
        yield ligne


def _bornes(blocs: Iterable[bytes], au_plus: int) -> Iterator[bytes]:
    recus = 0
    for bloc in blocs:
        recus += len(bloc)
        if recus > au_plus:
            raise FichierRefuse(f"Le fichier décompressé dépasse {au_plus >> 20} mébioctets. Coupez-le.")
        yield bloc


def _deplier(morceaux: Iterable[bytes], compression: Compression) -> Iterator[bytes]:
    if compression is Compression.AUCUNE:
        return iter(morceaux)
    return _degzipper(morceaux) if compression is Compression.GZIP else _dezstder(morceaux)


def _degzipper(morceaux: Iterable[bytes]) -> Iterator[bytes]:
    lecteur = zlib.decompressobj(31)
    commence = False
    try:
        for morceau in morceaux:
            reste = morceau
            while reste:
                if lecteur.eof:  # another member follows
                    lecteur = zlib.decompressobj(31)
                commence = True
                yield lecteur.decompress(reste, BLOC)
                reste = lecteur.unused_data if lecteur.eof else lecteur.unconsumed_tail
        while not lecteur.eof and (suite := lecteur.decompress(lecteur.unconsumed_tail, BLOC)):
            yield suite
    except zlib.error:
        raise FichierRefuse(TRONQUE) from None
    if not commence or not lecteur.eof:
        raise FichierRefuse(TRONQUE)


def _dezstder(morceaux: Iterable[bytes]) -> Iterator[bytes]:
    lecteur = zstd.ZstdDecompressor(options=FENETRE)
    commence = False
    try:
        for morceau in morceaux:
            reste = morceau
            while reste or not (lecteur.eof or lecteur.needs_input):
                if lecteur.eof:  # another frame follows
                    lecteur = zstd.ZstdDecompressor(options=FENETRE)
                commence = True
                yield lecteur.decompress(reste, BLOC)
                reste = lecteur.unused_data if lecteur.eof else b""
    except zstd.ZstdError:
        raise FichierRefuse(TRONQUE) from None
    if not commence or not lecteur.eof:
        raise FichierRefuse(TRONQUE)


def _couper(blocs: Iterable[bytes], au_plus: int) -> Iterator[bytes | None]:
    """Lines with their end; ``None`` in place of one that is too long."""
    tampon, trop = bytearray(), False
    for bloc in blocs:
        *entieres, reste = bloc.split(b"\n")
        for entiere in entieres:
            tampon += entiere
            yield None if trop or len(tampon) > au_plus else bytes(tampon) + b"\n"
            tampon, trop = bytearray(), False
        tampon += reste
        if len(tampon) > au_plus:
            tampon, trop = bytearray(), True
    if tampon or trop:
        yield None if trop else bytes(tampon)


def _ndjson(blocs: Iterable[bytes], bornes: Bornes) -> Iterator[Ligne]:
    for numero, octets in enumerate(_couper(blocs, bornes.ligne), start=1):
        if octets is None:
            yield numero, None
            continue
        try:
            texte = octets.decode("utf-8-sig" if numero == 1 else "utf-8").strip()
        except UnicodeDecodeError:
            yield numero, None
            continue
        if texte:
            yield numero, texte


def _csv(blocs: Iterable[bytes], bornes: Bornes) -> Iterator[Ligne]:
    lecteur = csv.reader(_textes(blocs, bornes.ligne), delimiter=";", strict=True)
    try:
        colonnes = lire_colonnes([nom.strip() for nom in next(lecteur, [])])
        for valeurs in lecteur:
            if any(valeurs):
                yield lecteur.line_num, operation_de(colonnes, valeurs)
    except csv.Error:
        raise FichierRefuse(
            f"Ligne {lecteur.line_num}\u00a0: les guillemets ne se ferment pas, ou une valeur est trop longue."
            " Corrigez-la."
        ) from None


def _textes(blocs: Iterable[bytes], au_plus: int) -> Iterator[str]:
    for numero, octets in enumerate(_couper(blocs, au_plus), start=1):
        if octets is None:
            raise FichierRefuse(f"Ligne {numero}\u00a0: elle dépasse {au_plus >> 10} kibioctets. Coupez-la.")
        try:
            yield octets.decode("utf-8-sig" if numero == 1 else "utf-8")
        except UnicodeDecodeError:
            raise FichierRefuse(NON_UTF8) from None


def _parquet(blocs: Iterable[bytes], bornes: Bornes) -> Iterator[Ligne]:
    with dossier_de_travail() as dossier:
        chemin = Path(dossier) / "lignes.parquet"
        with chemin.open("wb") as copie:
            for bloc in blocs:
                copie.write(bloc)
        rangees = (_rangee(octets) for octets in _couper(lire_parquet(chemin), bornes.ligne))
        noms: list[Any] | None = next(rangees, None)
        colonnes = lire_colonnes(noms or [])
        for numero, valeurs in enumerate(rangees, start=1):
            yield numero, None if valeurs is None else operation_de(colonnes, valeurs)


def _rangee(octets: bytes | None) -> list[Any] | None:
    return None if octets is None else json.loads(io.BytesIO(octets).read())


LECTEURS = {Format.NDJSON: _ndjson, Format.CSV: _csv, Format.PARQUET: _parquet}
