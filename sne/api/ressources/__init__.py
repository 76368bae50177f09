"""The operations, one file per kind of thing."""

from ninja import Router

from sne.api.ressources import changements, contenu, demandes, vie

ROUTEURS: tuple[tuple[str, Router], ...] = tuple(
    ("", sujet.routeur) for sujet in (demandes, contenu, vie, changements)
)
