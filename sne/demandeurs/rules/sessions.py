"""When a household's session is over, and what it keeps of its sign-in. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pydantic import BaseModel, ConfigDict

from sne.demandeurs.rules.codes import CourrielProuve
from sne.oidc.rules.identite import IdentitePivot

NOM = "Personne du foyer, en ligne"
"""Who acts through the households' door, as the journal names them."""


class Scelle(BaseModel):
    """What a session keeps, encrypted: who the provider says this is, and its ID token as received; of a sign-in by
    e-mail, what was proved; nothing, of one by number and code.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    identite: IdentitePivot | None = None
    jeton: str = ""
    courriel: CourrielProuve | None = None


@dataclass(frozen=True, slots=True)
class Limites:
    """How long a session may be idle, and last."""

    inactivite: timedelta
    duree: timedelta


def is_finie(limites: Limites, *, ouverte_le: datetime, vue_le: datetime, instant: datetime) -> bool:
    """Whether a session is over at this instant."""
    return instant >= fin_de(limites, ouverte_le=ouverte_le, vue_le=vue_le)


def fin_de(limites: Limites, *, ouverte_le: datetime, vue_le: datetime) -> datetime:
    """When a session ends by itself, if nothing more is done in it."""
    return min(vue_le + limites.inactivite, ouverte_le + limites.duree)


def is_trop_jeune(ne_le: date, *, le: date, majorite: int) -> bool:
    """Whether somebody born that day has not reached this age, in years."""
    return le.year - ne_le.year - ((le.month, le.day) < (ne_le.month, ne_le.day)) < majorite


def texte_du_pivot(identite: IdentitePivot) -> str:
    """The whole civil status in one line, to be fingerprinted; empty when a trait was not given."""
    traits = (
        identite.family_name,
        identite.given_name,
        identite.birthdate.isoformat(),
        identite.gender or "",
        identite.birthplace or identite.birthcountry or "",
    )
    return "\0".join(traits) if all(traits) else ""
