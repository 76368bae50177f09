"""Who acts: built once per request (or task), passed to every action, never read from the request again."""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

SYSTEME = uuid.UUID("00000000-0000-7000-8000-000000000001")
"""The service itself, when it acts without anybody asking."""


class Canal(StrEnum):
    """Door an act comes through (``ListeCanal``, plus the system's own tasks)."""

    GUICHET = "GUICHET"
    PGP = "PGP"
    INTERFACE = "INTERFACE"
    SYSTEME = "SYSTEME"


@dataclass(frozen=True, slots=True)
class Perimetre:
    """Where a role is held: one guichet of one territory, a whole territory, or the nation (both empty).

    ``departement``: held in that one alone. It holds no guichet by its code: who is in it, the reports know.
    With a ``demande`` it is personal, somebody’s own: it covers that demande when it is named, and nothing else,
    not its territory, not the other demandes of the same person.
    """

    territoire: str = ""
    guichet: str = ""
    demande: uuid.UUID | None = None
    departement: str = ""

    def __post_init__(self) -> None:
        if self.demande is not None and (not self.territoire or self.guichet):
            raise ValueError("a personal perimeter names a demande and its territory, no guichet")
        if self.departement and (not self.territoire or self.guichet or self.personnel):
            raise ValueError("a département is held in its territory, without guichet")

    @property
    def national(self) -> bool:
        return not self.territoire

    @property
    def personnel(self) -> bool:
        return self.demande is not None

    def couvre(self, territoire: str, guichet: str = "", demande: uuid.UUID | None = None) -> bool:
        """Whether the perimeter holds this territory and, when one is asked, this guichet; or this very demande."""
        if self.personnel:
            return self.territoire == territoire and self.demande == demande
        if self.national:
            return True
        if self.territoire != territoire or (guichet and self.departement):
            return False
        return not guichet or not self.guichet or self.guichet == guichet


@dataclass(frozen=True, slots=True)
class Mandat:
    """One role held in one perimeter, with the permissions that the role gives.

    ``adulte``: of a demande of one’s own, the only adult of whom the role writes anything; ``None`` for no such limit.
    """

    role: str
    permissions: frozenset[str]
    perimetre: Perimetre
    organisme: str = (
        ""  # SIREN-like key of the body: a guichet manager decides for the guichets of their own body
    )
    adulte: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Acteur:
    """An authenticated person (or the system) with their mandates at this instant and the guichet they act for."""

    id: uuid.UUID
    nom: str
    canal: Canal
    mandats: tuple[Mandat, ...] = ()
    guichet: str = ""  # guichet acted for; empty for roles without one
    territoire: str = ""  # territory acted for; empty for national roles
    correlation: uuid.UUID | None = None
    aide: uuid.UUID | None = None  # mandate by which somebody had them act in their place
    agent: str = ""  # of a software: what its vendor calls the person who uses it
    extra: dict[str, str] = field(default_factory=dict)

    def peut(
        self, permission: str, territoire: str = "", guichet: str = "", demande: uuid.UUID | None = None
    ) -> bool:
        """Whether one mandate gives ``permission`` there. An empty territory asks: in any place at all?

        ``demande``: the one that is acted on, without which a personal mandate gives nothing.
        """
        return self.mandat_pour(permission, territoire, guichet, demande) is not None

    def mandat_pour(
        self, permission: str, territoire: str = "", guichet: str = "", demande: uuid.UUID | None = None
    ) -> Mandat | None:
        """The first mandate that gives ``permission`` there: its role is the one the journal names."""
        for m in self.mandats:
            if permission not in m.permissions:
                continue
            if m.perimetre.couvre(territoire, guichet, demande) if territoire else not m.perimetre.personnel:
                return m
        return None

    def territoires(self, permission: str) -> frozenset[str] | None:
        """Territories where ``permission`` is held; ``None`` means all of them."""
        trouves = [
            m.perimetre for m in self.mandats if permission in m.permissions and not m.perimetre.personnel
        ]
        if any(p.national for p in trouves):
            return None
        return frozenset(p.territoire for p in trouves)

    def siennes(self, permission: str) -> tuple[Perimetre, ...]:
        """Demandes on which ``permission`` is held personally, each with the territory that it has to be of."""
        return tuple(
            m.perimetre for m in self.mandats if permission in m.permissions and m.perimetre.personnel
        )

    def roles(self) -> frozenset[str]:
        return frozenset(m.role for m in self.mandats)

    def instantane(self, role: str = "") -> dict[str, Any]:
        """Snapshot written in the journal: who, role, guichet, channel; the mandate when they act for somebody, the
        person behind a software.
        """
        pris = {
            "id": str(self.id),
            "nom": self.nom,
            "role": role or (self.mandats[0].role if self.mandats else ""),
            "guichet": self.guichet,
            "canal": str(self.canal),
        }
        return pris | {cle: str(v) for cle, v in (("aide", self.aide), ("agent", self.agent)) if v}

    def instantane_pour(self, permission: str, territoire: str = "") -> dict[str, Any]:
        """The same, under the role that gives ``permission`` there."""
        mandat = self.mandat_pour(permission, territoire)
        return self.instantane(mandat.role if mandat else "")
