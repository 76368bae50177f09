"""The code that is sent, as it is typed; what a browser asked, and what the code opens. Pure."""

import re
import unicodedata
import uuid
from datetime import date

from pydantic import BaseModel, ConfigDict

from sne.demandeurs.rules.niveaux import NatureContact
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


class Depart(BaseModel):
    """Somebody who files and has no number: born that day, with the two words that protect what they began, or none.

    ``nature``: who reads the mailbox. ``brouillon``: of which territory, when the e-mail is proved in a session open.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    naissance: date
    mots: str = ""
    nature: NatureContact = NatureContact.PERSONNEL
    brouillon: str = ""


class DemandeDeCode(BaseModel):
    """What somebody typed to be sent a code, encrypted in its row: with a number, to sign in; to change a
    contact; with a birth date, to be told a number, which no code follows; to file without a number (``depart``).
    ``langue``: of the page where they asked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    numero: str = ""
    contact: str
    changement: Changement | None = None
    naissance: date | None = None
    depart: Depart | None = None
    langue: str = FRANCAIS


class Cible(BaseModel):
    """What the right code opens: a demande, for the adult who is reached at ``contact``."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    territoire: str
    demande: uuid.UUID
    personne: uuid.UUID
    contact: str


class CourrielProuve(BaseModel):
    """What the right code proves of somebody who files and has no number: they read ``contact``."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    contact: str
    depart: Depart


def lire_mots(saisis: str) -> str:
    """Two words as they are compared: no case, no accent, one space; empty for none."""
    sans_accent = unicodedata.normalize("NFKD", saisis).encode("ascii", "ignore").decode()
    return " ".join(re.findall("[a-z]+", sans_accent.lower()))


def lire_code(saisi: str) -> str:
    """The six digits of what was typed, spaces and hyphens left out; empty for anything else."""
    colle = re.sub(r"[\s\u00a0\u202f-]", "", saisi)
    return colle if FORME.fullmatch(colle) else ""
