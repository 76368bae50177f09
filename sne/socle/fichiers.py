"""Answers that are files: the name that they are kept under, lines for a spreadsheet."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from sne.socle.tableur import ECRIRE, TYPES, Format, Valeur


def en_fichier[R: HttpResponse | StreamingHttpResponse](reponse: R, nom: str) -> R:
    """The same answer, to be kept under this name."""
    reponse.headers["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse


def en_tableur(
    nom: str,
    entetes: Sequence[str],
    lignes: Iterable[Sequence[Valeur]],
    *,
    format_: Format = Format.CSV,
    fin: str = "",
) -> StreamingHttpResponse:
    """These lines in a file, sent as they are read; ``nom``: without its extension."""
    reponse = StreamingHttpResponse(ECRIRE[format_](entetes, lignes, fin=fin), content_type=TYPES[format_])
    return en_fichier(reponse, f"{nom}.{format_}")


def format_demande(request: HttpRequest) -> Format:
    """The format of the button that was pressed."""
    return Format.XLSX if request.POST.get("format") == Format.XLSX else Format.CSV
