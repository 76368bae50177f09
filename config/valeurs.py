"""What one variable holds when it holds several things, or a key: read, and refused, without being shown."""

import re

from pydantic import SecretStr

from sne.socle.connexions import lire_url

SIGNES_DISTINCTS = 12  # of 32 bytes, or of 50 letters: drawn at random they have more, but once in 10^12
REMEDE = "openssl rand -hex 32 draws one"


def exiger_tiree(valeur: SecretStr, octets: bytes) -> SecretStr:
    """The same value. Raises ``ValueError`` when these 32 bytes were written rather than drawn (zeros, a pattern)."""
    if len(set(octets)) < SIGNES_DISTINCTS:
        raise ValueError(f"not drawn at random: {REMEDE}")
    return valeur


def cle_seule(texte: str) -> bytes:
    """One key of 32 bytes. Raises ``ValueError`` without showing it."""
    try:
        octets = bytes.fromhex(texte)
    except ValueError:
        octets = b""
    if len(octets) != 32:
        raise ValueError("64 hexadecimal signs expected (openssl rand -hex 32)")
    return octets


def cles_par_version(texte: str) -> dict[int, bytes]:
    """Numbered keys of 32 bytes, from ``1:hex,2:hex``. Raises ``ValueError`` without showing any."""
    try:
        paires = [paire.split(":") for paire in texte.split(",")]
        cles = {int(numero): bytes.fromhex(cle) for numero, cle in paires}
    except ValueError:
        cles = {}
    bonnes = all(1 <= numero <= 255 and len(cle) == 32 for numero, cle in cles.items())
    if not cles or not bonnes or len(cles) != texte.count(",") + 1:
        raise ValueError("number:64 hexadecimal signs expected, numbers from 1 to 255, each once")
    return cles


def cellules_par_nom(texte: str) -> dict[str, str]:
    """The URL of each other cell, by its name. Raises ``ValueError`` without showing any."""
    lues: dict[str, str] = {}
    for mot in texte.split():
        nom, _, url = mot.partition("=")
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,19}", nom) or nom in lues:
            raise ValueError("name=URL expected: 1 to 20 small letters, digits or _, each once")
        lire_url(url)
        lues[nom] = url
    return lues
