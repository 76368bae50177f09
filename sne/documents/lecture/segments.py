"""Strips a JPEG stream to its picture: tables and scans stay, comments, metadata, thumbnails and trailers go."""

from sne.documents.lecture.arret import HorsListe

SANS_TAILLE = frozenset({0x01, *range(0xD0, 0xD8)})
BALAYAGE = 0xDA
IMAGE = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, BALAYAGE})  # frames, their tables, their scans
ADOBE = 0xEE  # says whether the colours are inverted: kept when it is Adobe's and of its fixed size


def depouiller(octets: bytes) -> bytes:
    """The same picture without anything else, pixel for pixel. Raises :class:`HorsListe` when it is no plain JPEG."""
    if octets[:2] != b"\xff\xd8":
        raise HorsListe("JPEG")
    garde, position = [octets[:2]], 2
    while octets[position : position + 1] == b"\xff" and position + 2 <= len(octets):
        marque = octets[position + 1]
        if marque == 0xD9:
            return b"".join([*garde, b"\xff\xd9"])
        if marque == 0xFF or marque in SANS_TAILLE:
            position += 1 if marque == 0xFF else 2
            continue
        fin = position + 2 + int.from_bytes(octets[position + 2 : position + 4], "big")
        if marque == BALAYAGE:
            fin = _fin_du_balayage(octets, fin)
        if _est_de_l_image(marque, octets[position:fin]):
            garde.append(octets[position:fin])
        position = fin
    raise HorsListe("JPEG")


def _est_de_l_image(marque: int, segment: bytes) -> bool:
    """Whether the segment is kept; one that is neither kept nor known to be dropped is refused."""
    if marque in IMAGE or (marque == ADOBE and segment[4:9] == b"Adobe" and len(segment) == 16):
        return True
    if 0xE0 <= marque <= 0xEF or marque == 0xFE:
        return False
    raise HorsListe("JPEG")


def _fin_du_balayage(octets: bytes, position: int) -> int:
    """Where the coded data of a scan end: at the first mark that is neither a stuffed byte nor a restart."""
    while (position := octets.find(b"\xff", position)) >= 0 and position + 1 < len(octets):
        suivant = octets[position + 1]
        if suivant != 0 and not 0xD0 <= suivant <= 0xD7:
            return position
        position += 2
    raise HorsListe("JPEG")
