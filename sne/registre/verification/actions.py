"""Keeping what checking outside concluded. It changes no demande, makes no revision, and decides nothing."""

import uuid
from collections.abc import Iterable
from datetime import date

from sne.registre.demande.models.demande import Demande
from sne.registre.verification.models import Verification
from sne.registre.verification.rules.cles import empreinte
from sne.registre.verification.rules.conclusions import Constat
from sne.registre.verification.rules.etats import EtatVerification

DITES = ("revision", "empreinte", "etat", "source", "saisi", "libelle", "avis", "le")


def noter_constats(demande_id: uuid.UUID, constats: Iterable[Constat]) -> None:
    """Keep each, in the place of what was said before of the same path."""
    lignes = [
        _ligne(
            c.chemin,
            c.cle,
            c.le,
            etat=c.etat,
            source=c.source,
            saisi=c.saisi[:200],
            libelle=c.libelle[:300],
            avis=c.avis[:400],
        )
        for c in constats
    ]
    _garder(demande_id, lignes)


def noter_passage(demande_id: uuid.UUID, *, revision: int, le: date) -> None:
    """The demande was tried; ``revision``: the one that was checked whole, 0 when a service did not answer."""
    _garder(demande_id, [_ligne("", "", le, etat=EtatVerification.SANS_OBJET, revision=revision)])


def _ligne(chemin: str, cle: str, le: date, **dites: object) -> Verification:
    return Verification(chemin=chemin, empreinte=empreinte(cle), le=le, **dites)


def _garder(demande_id: uuid.UUID, lignes: list[Verification]) -> None:
    if not lignes:
        return
    territoire = Demande.objects.values_list("territoire", flat=True).get(id=demande_id)
    for ligne in lignes:
        ligne.demande_id, ligne.territoire = demande_id, territoire
    Verification.objects.bulk_create(
        lignes, update_conflicts=True, unique_fields=["demande", "chemin"], update_fields=DITES
    )
