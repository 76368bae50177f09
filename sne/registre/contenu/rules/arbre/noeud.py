"""The base of every node of the content tree, and the one way to declare a field with its French title."""

import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator


class Noeud(BaseModel):  # noqa: PLW1641 - pydantic makes the hash of a frozen model
    """A frozen, closed piece of content: unknown fields are refused, texts are trimmed and in NFC.

    An empty text means *nothing was said* and becomes ``None``; ``False`` and ``0`` are values and stay.
    ``None`` for a container or a list is the empty container or list: only addresses, the applicant and the
    association can be null. Errors never repeat what was typed (``hide_input_in_errors``): it may name a
    person.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    feuille: ClassVar[bool] = False
    """True for a composite value that is one field of the dictionary (a phone number, a NIR)."""
    _defauts: ClassVar[Mapping[str, Any]] = {}
    """What stands for *nothing was said*, by field: read for each field of each node, so worked out once a class."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls._defauts = {
            nom: None if info.is_required() else info.default for nom, info in cls.model_fields.items()
        }

    def __eq__(self, autre: object) -> bool:
        """A block that nobody filled is the default itself: whoever writes or compares a content asks this of each."""
        return self is autre or super().__eq__(autre)

    @field_validator("*", mode="before")
    @classmethod
    def _vide_en_null(cls, valeur: Any, info: ValidationInfo) -> Any:
        if isinstance(valeur, str):
            valeur = unicodedata.normalize("NFC", valeur.strip()) or None
        if valeur is None and info.field_name is not None:
            return cls._defauts[info.field_name]
        return valeur


def champ(titre: str, *, liste: str = "", defaut: Any = None) -> Any:
    """A field with its French title (shown in messages and histories) and, when coded, its nomenclature."""
    return Field(default=defaut, title=titre, json_schema_extra={"liste": liste})


def requis(titre: str, *, liste: str = "") -> Any:
    """A field that a node cannot exist without: keys and discriminators only, the rest may be *to
    complete*.
    """
    return Field(title=titre, json_schema_extra={"liste": liste})
