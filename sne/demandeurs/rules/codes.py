"""The code that is sent, as it is typed; what a browser asked, and what the code opens. Pure."""

import re
import uuid
from datetime import date

from pydantic import BaseModel, ConfigDict

from sne.socle.langues import FRANCAIS

CHIFFRES = 6
CODES_AU_PLUS = 3  # to change a contact: to the new one, to the e-mail and to the mobile on file
FORME = re.compile(rf"[0-9]{{{CHIFFRES}}}")


class Changement(BaseModel):
    """The adult of a demande whose contact codes change."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    territoire: str
    demande: uuid.UUID
    personne: uuid.UUID


class DemandeDeCode(BaseModel):
    """What somebody typed to be sent a code, encrypted in its row: with a number, to sign in; to change a
    contact; with a birth date, to be told a number, which no code follows. ``langue``: of the page where they asked."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    numero: str = ""
    contact: str
    changement: Changement | None = None
    naissance: date | None = None
    langue: str = FRANCAIS


class Cible(BaseModel):
    """What the right code opens: a demande, for the adult who is reached at ``contact``."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    territoire: str
    demande: uuid.UUID
    personne: uuid.UUID
    contact: str


def lire_code(saisi: str) -> str:
    """The six digits of what was typed, spaces and hyphens left out; empty for anything else."""
    colle = re.sub(r"[\s\u00a0\u202f-]", "", saisi)
    return colle if FORME.fullmatch(colle) else ""
