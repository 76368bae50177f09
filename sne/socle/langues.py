"""The languages in which households are spoken to: code, the name that its speakers give it, where lines start."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Langue:
    """``droite``: written from right to left."""

    code: str
    nom: str
    droite: bool = False

    @property
    def sens(self) -> str:
        return "rtl" if self.droite else "ltr"


LANGUES = (
    Langue("fr", "Français"),
    Langue("en", "English"),
    Langue("ar", "العربية", droite=True),
    Langue("pt", "Português"),
    Langue("uk", "Українська"),
    Langue("tr", "Türkçe"),
)
FRANCAIS = LANGUES[0].code
PAR_CODE = {langue.code: langue for langue in LANGUES}


class ConvertisseurDeLangue:
    """The first part of an address in a language other than French."""

    regex = "|".join(langue.code for langue in LANGUES[1:])

    def to_python(self, code: str) -> str:
        return code

    def to_url(self, code: str) -> str:
        return code


def en_langue(code: str) -> dict[str, str]:
    """What the address of a page takes to be in this language: nothing in French."""
    return {} if code == FRANCAIS else {"langue": code}


def langue_de(code: str) -> Langue:
    """The language of this code; French for any other."""
    return PAR_CODE.get(code, LANGUES[0])
