"""What every answer and every body has in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from sne.registre.contenu.rules.arbre.noeud import Noeud

Recu = Noeud
"""The base of every body: closed, frozen, texts trimmed and in NFC, and never quoted by an error."""


class Dit(BaseModel):
    """The base of every answer: clients ignore the fields that they do not know."""

    model_config = ConfigDict(frozen=True)


def dire(titre: str, *exemples: Any, defaut: Any = ...) -> Any:
    """A field of an answer or of a body, with its French title and examples."""
    return Field(default=defaut, title=titre, examples=list(exemples) or None)


class Reponse[T](Dit):
    """The envelope of an answer."""

    data: T = dire("Ce qui est demandé")
    links: dict[str, str] = dire("Adresses utiles", defaut={})
    meta: dict[str, Any] = dire("Ce qui accompagne la réponse", defaut={})


class Source(Dit):
    """Where an error is."""

    pointer: str = dire(
        "Emplacement dans le corps (pointeur JSON)", "/contenu/demandeur/identite/nom_naissance"
    )


class Erreur(Dit):
    """One reason of a refusal."""

    code: str = dire("Code stable", "INTROUVABLE")
    title: str = dire("Titre", "Introuvable")
    detail: str = dire("Phrase\u00a0: ce qui ne va pas, et quoi faire")
    source: Source | None = dire("Emplacement", defaut=None)
    meta: dict[str, Any] = dire(
        "Remède, et ce qui aide à corriger", {"remede": "Vérifiez l’adresse."}, defaut={}
    )


class Erreurs(Dit):
    """A refusal."""

    errors: list[Erreur] = dire("Raisons du refus")
    links: dict[str, str] = dire("Adresses utiles", defaut={})
    meta: dict[str, Any] = dire("Ce qui accompagne la réponse", defaut={})
