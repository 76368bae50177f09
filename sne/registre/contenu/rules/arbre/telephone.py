"""Phone numbers: what was typed, and the same in E.164 when it can be understood (overseas and foreign
included).
"""

import re
from typing import Annotated, Any, ClassVar

from pydantic import StringConstraints, model_validator

from sne.registre.contenu.rules.arbre.noeud import Noeud, champ, requis

OUTRE_MER = {
    "0262": "262",
    "0263": "262",
    "0269": "262",
    "0639": "262",
    "0692": "262",
    "0693": "262",
    "0590": "590",
    "0690": "590",
    "0691": "590",
    "0594": "594",
    "0694": "594",
    "0596": "596",
    "0696": "596",
    "0697": "596",
}
FICTION = "063998"
"""Mainland numbers of audiovisual works (ARCEP, décision 2018-0881), inside a range that is Mayotte's."""
INDICATIFS_FRANCAIS = ("+33", "+262", "+590", "+594", "+596")
MOBILE_FRANCAIS = re.compile(r"\+33[67]|\+262(639|69[23])|\+59069[01]|\+594694|\+59669[67]")


def lire_e164(saisi: str) -> str | None:
    """E.164 form of a typed number, or ``None`` when it is not a whole number ("0612").

    French numbers of ten digits get +33 or the code of their overseas département; ``+…`` and ``00…`` are
    read as international (8 to 15 digits, ITU-T E.164).
    """
    chiffres = re.sub(r"\(0\)|[\s.\-/()]", "", saisi)
    if re.fullmatch(r"0[1-9][0-9]{8}", chiffres):
        indicatif = "33" if chiffres.startswith(FICTION) else OUTRE_MER.get(chiffres[:4], "33")
        return f"+{indicatif}{chiffres[1:]}"
    international = re.sub(r"^\+330(?=[1-9])", "+33", re.sub(r"^00", "+", chiffres))
    return international if re.fullmatch(r"\+[1-9][0-9]{7,14}", international) else None


class Telephone(Noeud):
    """A phone number. May be given as plain text: ``Contact(telephone_portable="06 12 34 56 78")``."""

    feuille: ClassVar[bool] = True

    saisi: Annotated[str, StringConstraints(max_length=30, pattern=r"^[0-9A-Za-z+().,/*#\- ]+$")] = requis(
        "Numéro de téléphone"
    )
    e164: Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{7,14}$")] | None = champ(
        "Numéro international"
    )

    @model_validator(mode="before")
    @classmethod
    def _depuis_un_texte(cls, valeur: Any) -> Any:
        if isinstance(valeur, str):
            return {"saisi": valeur, "e164": lire_e164(valeur)}
        return valeur

    @property
    def mobile(self) -> bool:
        """Whether a text message may reach it: a French mobile, or a foreign number (its plan is unknown to
        us).
        """
        if self.e164 is None:
            return False
        return bool(MOBILE_FRANCAIS.match(self.e164)) or not self.e164.startswith(INDICATIFS_FRANCAIS)

    def __str__(self) -> str:
        return self.saisi
