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


def langue_de(code: str) -> Langue:
    """The language of this code; French for any other."""
    return PAR_CODE.get(code, LANGUES[0])
