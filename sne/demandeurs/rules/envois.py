"""A form as it was sent, to be sent again where it was. Pure."""

from pydantic import BaseModel, ConfigDict


class Envoi(BaseModel):
    """``adresse``: of the page, on this site; ``champs``: each field and its value, in order. ``fichiers``: some came
    with it, and are not kept.
    """

    model_config = ConfigDict(frozen=True)

    adresse: str
    champs: tuple[tuple[str, str], ...]
    fichiers: bool
