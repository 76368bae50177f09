"""How an SMS is written so that it costs no more than it has to: the signs of operators where the script allows. Pure.

3GPP TS 23.038: 160 signs of the default alphabet; one sign outside it, and a message holds 70, or 67 when there are
two.
"""

import unicodedata

ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_AUTRES = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "œ": "oe", "Œ": "OE", "ı": "i"}
)
_ESPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def court(texte: str) -> str:
    """The same text in the alphabet of operators, accents that it lacks left out; as it is where another script needs
    its own.
    """
    simple = "".join(map(_simple, texte.translate(_ESPACES).translate(_AUTRES)))
    return simple if set(simple) <= ALPHABET else texte.translate(_ESPACES)


def _simple(signe: str) -> str:
    if signe in ALPHABET:
        return signe
    return "".join(s for s in unicodedata.normalize("NFD", signe) if not unicodedata.combining(s))
