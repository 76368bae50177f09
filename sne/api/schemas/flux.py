"""The feed of a territory."""

from typing import Any

from pydantic import Field

from sne.api.schemas.commun import Dit, Recu, dire
from sne.api.schemas.demandes import NUD

TETE = "9c1f8f0d0c52b1f8c1b3a52e6ad0d7a6b8f8b2d9d6f3f9c1f3f2b1a0c9d8e7f6"
UUID = "019adf0c-7b1e-7000-8000-000000000001"
INSTANT = "2026-11-24T08:12:04.113000Z"


class LigneLue(Dit):
    """One line: the values that its hash is taken over, and the number of the demande."""

    numero: int = dire("Numéro, sans trou dans la série", 1205)
    scellement: int = dire("Scellement du journal", 88)
    rang: int = dire("Rang dans ce scellement", 1)
    entree: str = dire("Entrée du journal", UUID)
    demande: str = dire("Identifiant de la demande", UUID)
    nud: str | None = dire("Numéro unique", NUD, defaut=None)
    revision: int = dire("Révision", 4)
    type: str = dire("Ce qui s’est passé", "demande.modifiee")
    survenu_le: str = dire("Instant de l’acte, en temps universel", INSTANT)


class ReleveLu(Dit):
    """A statement, as a note signed by the key of the journal."""

    numero: int = dire("Dernier numéro couvert", 1893)
    pose_le: str = dire("Instant de la signature", INSTANT)
    note: str = dire("Note signée")


class JourLu(Dit):
    """Lines of one day, by type."""

    jour: str = dire("Jour", "2026-11-24")
    total: int = dire("Lignes", 41)
    par_type: dict[str, int] = dire("Lignes par type", {"demande.modifiee": 12})


class PreuveLue(Dit):
    """A line, and the proof that its entry is in the journal."""

    ligne: LigneLue = dire("La ligne")
    tete_avant: str = dire("Empreinte avant cette ligne, en hexadécimal", TETE)
    tete: str = dire("Empreinte avec cette ligne, en hexadécimal", TETE)
    inclusion: dict[str, Any] | None = dire(
        "Preuve du journal ; absente tant qu’aucun jalon ne couvre l’entrée", defaut=None
    )


class DemandeConnue(Dit):
    """A demande that is not erased, with the last revision that the feed told."""

    demande: str = dire("Identifiant de la demande", UUID)
    nud: str | None = dire("Numéro unique", NUD, defaut=None)
    revision: int = dire("Révision", 4)


class InstantaneLu(Dit):
    """The demandes of a territory at the last statement, whose note signs the list."""

    numero: int = dire("Numéro après lequel reprendre la lecture", 1893)
    note: str = dire("Note signée du relevé")
    demandes: list[DemandeConnue] = dire("Demandes, dans l’ordre de leurs identifiants")


class AccuseRecu(Recu):
    """How far the reader is, and the head that its own lines give."""

    numero: int = Field(title="Dernier numéro lu", ge=0, le=2**62, examples=[1893])
    tete: str = Field(title="Empreinte, en hexadécimal", pattern="^[0-9a-fA-F]{64}$", examples=[TETE])


class AccuseLu(Dit):
    """What was noted."""

    numero: int = dire("Dernier numéro lu", 1893)
    dernier: int = dire("Dernier numéro de la série", 1901)


class ReleveDemande(Dit):
    """A statement that will be signed."""

    numero: int = dire("Dernier numéro de la série", 1901)
