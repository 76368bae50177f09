"""The operations, one file per kind of thing."""

from ninja import Router

from sne.api.ressources import demandes

ROUTEURS: tuple[tuple[str, Router], ...] = (("", demandes.routeur),)
