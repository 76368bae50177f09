"""Scopes: the names that vendors read for the permissions of the role of a software. Pure.

Each permission of the role is in exactly one scope: opening a scope gives these and no other, and policies decide.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from sne.habilitations.rules import Permission


class Portee(StrEnum):
    """One scope, as a key and the interface name it."""

    RECHERCHE = "recherche"
    DEMANDES_LIRE = "demandes:lire"
    DEMANDES_ECRIRE = "demandes:ecrire"
    DEMANDES_RADIER = "demandes:radier"
    EVENEMENTS_ECRIRE = "evenements:ecrire"
    DECISIONS_ECRIRE = "decisions:ecrire"
    ATTRIBUTIONS_ECRIRE = "attributions:ecrire"
    DALO_LIRE = "dalo:lire"
    DALO_ECRIRE = "dalo:ecrire"
    SANTE_LIRE = "sante:lire"
    SANTE_ECRIRE = "sante:ecrire"
    PIECES_LIRE = "pieces:lire"
    PIECES_ECRIRE = "pieces:ecrire"
    DRM_LIRE = "drm:lire"
    FLUX_LIRE = "flux:lire"
    IMPORTS_ECRIRE = "imports:ecrire"


@dataclass(frozen=True, slots=True)
class Contenu:
    """What a scope gives, in words and in permissions. ``certificat``: a key alone does not give it.

    Without any permission it opens a door only: what passes there asks the permissions of other scopes.
    """

    libelle: str
    permissions: frozenset[Permission]
    certificat: bool = False


_P = Permission
PORTEES: Mapping[Portee, Contenu] = MappingProxyType(
    {
        Portee.RECHERCHE: Contenu("chercher une demande", frozenset({_P.DEMANDE_RECHERCHER})),
        Portee.DEMANDES_LIRE: Contenu(
            "lire une demande et remettre son attestation",
            frozenset({_P.DEMANDE_LIRE, _P.ATTESTATION_EMETTRE}),
        ),
        Portee.DEMANDES_ECRIRE: Contenu(
            "enregistrer, modifier et renouveler une demande",
            frozenset(
                {_P.DEMANDE_DEPOSER, _P.DEMANDE_MODIFIER, _P.DEMANDE_RENOUVELER, _P.ETAT_CIVIL_PROPOSER}
            ),
            certificat=True,
        ),
        Portee.DEMANDES_RADIER: Contenu(
            "radier une demande", frozenset({_P.DEMANDE_RADIER}), certificat=True
        ),
        Portee.EVENEMENTS_ECRIRE: Contenu("consigner un événement", frozenset({_P.EVENEMENT_CONSIGNER})),
        Portee.DECISIONS_ECRIRE: Contenu(
            "consigner une décision de commission", frozenset({_P.DECISION_CONSIGNER})
        ),
        Portee.ATTRIBUTIONS_ECRIRE: Contenu(
            "consigner une attribution", frozenset({_P.ATTRIBUTION_CONSIGNER})
        ),
        Portee.DALO_LIRE: Contenu("lire le DALO d’une demande", frozenset({_P.DALO_LIRE})),
        Portee.DALO_ECRIRE: Contenu("consigner un fait DALO", frozenset({_P.DALO_CONSIGNER})),
        Portee.SANTE_LIRE: Contenu("lire les données de santé", frozenset({_P.SANTE_LIRE})),
        Portee.SANTE_ECRIRE: Contenu("écrire les données de santé", frozenset({_P.SANTE_ECRIRE})),
        Portee.PIECES_LIRE: Contenu("ouvrir les pièces", frozenset({_P.PIECE_LIRE})),
        Portee.PIECES_ECRIRE: Contenu(
            "ajouter et qualifier des pièces", frozenset({_P.PIECE_DEPOSER, _P.PIECE_QUALIFIER})
        ),
        Portee.DRM_LIRE: Contenu(
            "lire les ressources connues de l’administration",
            frozenset({_P.RESSOURCES_LIRE}),
            certificat=True,
        ),
        Portee.FLUX_LIRE: Contenu("lire le flux d’un territoire et s’y abonner", frozenset({_P.FLUX_LIRE})),
        Portee.IMPORTS_ECRIRE: Contenu(
            "envoyer des actes par fichier, chacun selon sa portée", frozenset(), certificat=True
        ),
    }
)


PAR_CODE: Mapping[str, Portee] = {portee.value: portee for portee in Portee}


def portees_de(codes: Iterable[str]) -> frozenset[Portee]:
    """The scopes that a row names."""
    return frozenset(map(PAR_CODE.__getitem__, codes))


@cache
def permissions_de(portees: frozenset[Portee]) -> frozenset[str]:
    """What these scopes give together."""
    return frozenset(str(p) for portee in portees for p in PORTEES[portee].permissions)


def sans_certificat(portees: Collection[Portee]) -> frozenset[Portee]:
    """Those that a key gives by itself."""
    return frozenset(portee for portee in portees if not PORTEES[portee].certificat)
