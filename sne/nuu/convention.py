"""What the interface asks of the agreement that calls: for whom it acts, what it chose, what it was last given."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from sne.socle.acteur import Acteur


class Reglages(Protocol):
    """Choices of an agreement; each value is a code (``JOINTE``, ``ENVELOPPE``…)."""

    @property
    def attestation(self) -> StrEnum: ...
    @property
    def reponse_vide(self) -> StrEnum: ...
    @property
    def format_liste(self) -> StrEnum: ...
    @property
    def anteriorite(self) -> StrEnum: ...
    @property
    def preuve_gardee(self) -> bool: ...
    @property
    def piece_vue(self) -> bool: ...


class Interlocuteur(Protocol):
    """One agreement during one call."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def reglages(self) -> Reglages: ...

    def acteur(self, guichet: str = "") -> Acteur:
        """Who acts, for this guichet, or for the first of the agreement. Raises ``NonHabilite``: it is not theirs."""

    def revision_emise(self, demande_id: uuid.UUID, territoire: str) -> int | None:
        """The revision that this agreement was last given of this demande."""

    def reference(self, demande_id: uuid.UUID, territoire: str) -> str:
        """What this agreement calls this demande; empty when it never said."""

    def noter(
        self, demande_id: uuid.UUID, territoire: str, *, revision: int, reference: str, le: datetime
    ) -> None:
        """Keep the revision given, and the reference when one was sent."""


class Annuaire(Protocol):
    """The agreements."""

    def par_certificat(self, empreinte: bytes, *, survenu_le: datetime) -> Interlocuteur:
        """The agreement of this certificate (SHA-256 of its DER). Raises ``Refus``: none may call with it."""


def annuaire() -> Annuaire:
    """The agreements of this process."""
    return cast(Annuaire, import_string(settings.ANNUAIRE_DES_EDITEURS))
