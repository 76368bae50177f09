"""Forms of a file, by the media type and the encoding that announce it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sne.socle.erreurs import Refus


class Format(StrEnum):
    """How lines are written."""

    NDJSON = "NDJSON"
    CSV = "CSV"
    PARQUET = "PARQUET"


class Compression(StrEnum):
    """What the bytes are wrapped in."""

    AUCUNE = ""
    GZIP = "gzip"
    ZSTD = "zstd"


TYPES: Mapping[str, Format] = MappingProxyType(
    {
        "application/x-ndjson": Format.NDJSON,
        "text/csv": Format.CSV,
        "application/vnd.apache.parquet": Format.PARQUET,
    }
)


class FichierRefuse(Refus):
    """A file that cannot be read; ``phrase`` says why and quotes nothing of it."""

    code = "FICHIER_ILLISIBLE"


class FormatInconnu(Refus):
    """A media type or an encoding that is not read (HTTP 415)."""

    code = "FORMAT_REFUSE"


def format_de(type_: str) -> Format:
    """The form that a media type announces. Raises ``FormatInconnu``."""
    if type_ not in TYPES:
        raise FormatInconnu(f"«\u00a0Content-Type\u00a0»\u00a0: envoyez {', '.join(TYPES)}.")
    return TYPES[type_]


def compression_de(encodage: str) -> Compression:
    """The wrapping that ``Content-Encoding`` announces. Raises ``FormatInconnu``."""
    try:
        return Compression(encodage.strip().lower().replace("identity", ""))
    except ValueError:
        raise FormatInconnu("«\u00a0Content-Encoding\u00a0»\u00a0: envoyez gzip, zstd, ou rien.") from None
