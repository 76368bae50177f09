"""The languages of the portal: the code in its addresses, the name that its speakers give it, where lines start."""

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
PAR_CODE = {langue.code: langue for langue in LANGUES}


def langue_de(code: str) -> Langue:
    """The language of this code; French for any other."""
    return PAR_CODE.get(code, LANGUES[0])
