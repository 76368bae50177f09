"""The operations, one file per kind of thing."""

from ninja import Router

from sne.api.ressources import (
    abonnements,
    attestations,
    changements,
    contenu,
    demandes,
    faits,
    flux,
    imports,
    mensuelles,
    pieces,
    recherches,
    referentiels,
    vie,
)

ROUTEURS: tuple[tuple[str, Router], ...] = tuple(
    ("", sujet.routeur)
    for sujet in (
        demandes,
        contenu,
        vie,
        changements,
        faits,
        pieces,
        attestations,
        mensuelles,
        flux,
        abonnements,
        imports,
        recherches,
        referentiels,
    )
)
