"""From the tree to the two stored documents and back; old documents are lifted to the schema of today.

A version row holds ``contenu`` (all but what follows), ``contenu_protege`` (handicap sheets: health, with
their own right) and ids of identity rows: civil status and NIR are in neither document.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import DEMANDEUR, cotitulaire

SCHEMA = 1
PROTEGES = ("handicaps",)

type Json = dict[str, Any]


class Document(NamedTuple):
    """The two stored halves of one version."""

    contenu: Json
    protege: Json


Releveur = Callable[[Document], Document]
RELEVEURS: Mapping[int, Releveur] = {}
"""Pure functions by the schema they lift *from* (n to n + 1); they change dictionaries, never today's tree.
"""


class SchemaInconnu(ValueError):
    """The document was written by a later release, or a step is missing to lift it."""


class IdentiteManquante(LookupError):
    """An adult of the document has no identity among those given."""


def vers_stockage(contenu: Contenu) -> Document:
    """The two documents of a tree, under :data:`SCHEMA`; what equals its default is left out.

    Adults keep ``personne``, by which their identities are found again.
    """
    document = contenu.model_dump(mode="json", exclude_defaults=True)
    protege = {cle: document.pop(cle) for cle in PROTEGES if cle in document}
    for _, adulte in _adultes_stockes(document):
        adulte.pop("identite", None)
    return Document(document, protege)


def depuis_stockage(
    schema: int,
    contenu: Mapping[str, Any],
    protege: Mapping[str, Any] | None,
    identites: Mapping[str, Identite],
) -> Contenu:
    """The tree of a stored version. ``protege`` is ``None`` for a reader without the right to read health.

    ``identites`` is keyed by the adult's ``personne``, or by reference (``demandeur``, ``cotitulaire:1``).
    Raises :class:`SchemaInconnu`, :class:`IdentiteManquante`, and ``pydantic.ValidationError`` on an
    altered document.
    """
    document = relever(schema, Document(dict(contenu), dict(protege or {})))
    assemble = {**document.contenu, **document.protege}
    if "demandeur" in assemble:
        assemble["demandeur"] = dict(assemble["demandeur"])
    if "cotitulaires" in assemble:
        assemble["cotitulaires"] = [dict(adulte) for adulte in assemble["cotitulaires"]]
    for reference, adulte in _adultes_stockes(assemble):
        adulte["identite"] = _identite(adulte.get("personne"), reference, identites)
    return Contenu.model_validate(assemble)


def _identite(personne: str | None, reference: str, identites: Mapping[str, Identite]) -> Identite:
    for cle in (personne, reference):
        if cle is not None and cle in identites:
            return identites[cle]
    raise IdentiteManquante(reference)


def _adultes_stockes(document: Json) -> list[tuple[str, Json]]:
    adultes = [(DEMANDEUR, document["demandeur"])] if "demandeur" in document else []
    return adultes + [
        (cotitulaire(rang), a) for rang, a in enumerate(document.get("cotitulaires", ()), start=1)
    ]


def relever(
    schema: int, document: Document, *, releveurs: Mapping[int, Releveur] = RELEVEURS, cible: int = SCHEMA
) -> Document:
    """Lift a document of an older schema to ``cible``, one step after the other. Raises
    :class:`SchemaInconnu`.
    """
    if schema > cible or schema < 1:
        raise SchemaInconnu(f"schema {schema} asked, this release knows 1 to {cible}")
    for etape in range(schema, cible):
        if etape not in releveurs:
            raise SchemaInconnu(f"no step from schema {etape}")
        document = releveurs[etape](document)
    return document
