"""An answer that is read while it leaves, once the block that chose its cell has ended: its rest is read there too."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase

from sne.cellules.routage import dans, ici, plusieurs


def poursuivre[R: HttpResponseBase](reponse: R) -> R:
    """The same answer; each part of it is read in the cell of now."""
    if plusieurs() and isinstance(reponse, StreamingHttpResponse):
        reponse.streaming_content = _lire_dans(ici(), iter(reponse))
    return reponse


def _lire_dans(cellule: str, parties: Iterator[bytes]) -> Iterator[bytes]:
    """Part by part: whatever the thread does between two of them is of no cell."""
    while True:
        with dans(cellule):
            partie = next(parties, None)
        if partie is None:
            return
        yield partie
