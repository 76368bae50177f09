"""Answers to writes: kept under a key that one call holds at a time, forgotten after a few days."""

import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection

from sne.conventions.models import Convention, ReponseGardee
from sne.conventions.parametres import ParametresConventions
from sne.referentiels.selectors import get_parametres
from sne.socle.chiffrement import chiffrer
from sne.socle.horloge import debut_du_jour, jour


@contextmanager
def tenir_cle(identifiant: uuid.UUID) -> Iterator[bool]:
    """Hold this key until the end, across the transactions of the act; false when another call holds it.

    The lock is that of the session: whoever dies lets it go, and a retry goes on at once.
    """
    cle = int.from_bytes(identifiant.bytes[:8], signed=True)
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_try_advisory_lock(%s)", [cle])
        (tenue,) = curseur.fetchone()
    try:
        yield tenue
    finally:
        if tenue:
            with connection.cursor() as curseur:
                curseur.execute("SELECT pg_advisory_unlock(%s)", [cle])


def garder_reponse(
    identifiant: uuid.UUID,
    convention: Convention,
    *,
    empreinte: bytes,
    statut: int,
    entetes: Mapping[str, str],
    corps: bytes,
    survenu_le: datetime,
) -> None:
    """Keep what was answered to a body of this SHA-256. The caller holds the key."""
    clair = json.dumps({"entetes": dict(entetes), "corps": corps.decode()}).encode()
    ReponseGardee(
        id=identifiant,
        convention=convention,
        empreinte=empreinte,
        statut=statut,
        contenu=chiffrer(clair, lie_a=identifiant.bytes),
        gardee_le=survenu_le,
    ).save(force_insert=True)


def purger_reponses(survenu_le: datetime) -> int:
    """Forget answers older than the dated parameter; returns how many."""
    jours = get_parametres(jour(survenu_le))[ParametresConventions].convention_reponses_jours
    avant = debut_du_jour(jour(survenu_le)) - timedelta(days=jours)
    return ReponseGardee.objects.filter(gardee_le__lt=avant).delete()[0]
