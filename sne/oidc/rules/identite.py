"""The identities that providers give: closed, bounded, typed. What was not asked for is not kept. Pure."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

FRANCE = "99100"
Sujet = Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,255}$")]
Nom = Annotated[
    str,
    Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"),
]
Court = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Courriel = Annotated[str, Field(max_length=254, pattern=r"^([^@\s]{1,64}@[^@\s]{1,190})?$")]


class Recue(BaseModel):
    """Read from the bytes that were signed; its repr, which a log may show, says nothing of anybody."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, hide_input_in_errors=True)

    sub: Sujet

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    __str__ = __repr__


class IdentitePivot(Recue):
    """A person as the civil-status directory has them. Names are the provider's; days that nobody knows are the first.

    ``birthplace``: INSEE code of the commune, empty when born abroad, ``None`` when not given (an identity of another
    European State). ``email`` is verified by nobody: it prefills, it identifies nobody.
    """

    given_name: Nom
    given_name_array: Annotated[tuple[Nom, ...], Field(max_length=30)] = ()
    family_name: Nom
    preferred_username: Court = ""
    birthdate: Annotated[date, Field(ge=date(1850, 1, 1))]
    gender: Literal["male", "female"] | None = None
    birthplace: Annotated[str, Field(pattern=r"^([0-9][0-9AB][0-9]{3})?$")] | None = None
    birthcountry: Annotated[str, Field(pattern=r"^(99[0-9]{3})?$")] | None = None
    email: Courriel = ""
    idp_id: Court = ""

    @property
    def ne_a_l_etranger(self) -> bool | None:
        """Whether this person was born abroad; ``None`` when nothing says it."""
        if self.birthplace is None and not self.birthcountry:
            return None
        return not self.birthplace and self.birthcountry != FRANCE


class IdentiteProfessionnelle(Recue):
    """A professional as their employer's directory has them: no right follows from any of it."""

    given_name: Nom
    usual_name: Nom
    email: Courriel
    uid: Court = ""
    siret: Annotated[str, Field(pattern=r"^([0-9]{14})?$")] = ""
    idp_id: Court = ""
    organization_label: Court = ""
    roles: Annotated[tuple[Court, ...], Field(max_length=20)] = ()


Identite = IdentitePivot | IdentiteProfessionnelle
