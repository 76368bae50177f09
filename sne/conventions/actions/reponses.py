"""Answers to writes: kept under a key that one call holds at a time, forgotten after a few days."""

import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection

from sne.conventions.actions.appels import SANS_ATTENDRE
from sne.conventions.models import Convention, ReponseGardee
from sne.conventions.parametres import ParametresConventions
from sne.conventions.selectors import ReponseLue, lire_reponse
from sne.referentiels.selectors import get_parametres
from sne.socle import verrous
from sne.socle.chiffrement import chiffrer
from sne.socle.horloge import debut_du_jour, jour

TENIR = """
SELECT pg_try_advisory_lock(%s), r.empreinte, r.statut, r.contenu
FROM (VALUES (1)) seul LEFT JOIN reponse_gardee r ON r.id = %s
"""
GARDER = f"""{SANS_ATTENDRE}
INSERT INTO reponse_gardee (id, convention_id, empreinte, statut, contenu, gardee_le)
SELECT %s, %s, %s, %s, %s, %s FROM libre ON CONFLICT (id) DO NOTHING
"""  # noqa: S608 - a constant


@contextmanager
def tenir_cle(identifiant: uuid.UUID) -> Iterator[tuple[bool, ReponseLue | None]]:
    """Hold this key until the end, across the transactions of the act: whether it is held (not: another call holds it),
    and what was answered under it.

    The lock is that of the session: whoever dies lets it go, and a retry goes on at once. An answer kept while this
    very statement ran may be missed: the act is then found done by its identifier, as after a cut.
    """
    cle = int.from_bytes(identifiant.bytes[:8], signed=True)
    with verrous.session() as executer:
        [(tenue, *gardee)] = executer(TENIR, [cle, identifiant])
        try:
            yield tenue, lire_reponse(identifiant, *gardee) if gardee[0] else None
        finally:
            if tenue:
                executer("SELECT pg_advisory_unlock(%s)", [cle])


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
    contenu = chiffrer(clair, lie_a=identifiant.bytes)
    with connection.cursor() as curseur:
        curseur.execute(GARDER, [identifiant, convention.id, empreinte, statut, contenu, survenu_le])


def purger_reponses(survenu_le: datetime) -> int:
    """Forget answers older than the dated parameter; returns how many."""
    jours = get_parametres(jour(survenu_le))[ParametresConventions].convention_reponses_jours
    avant = debut_du_jour(jour(survenu_le)) - timedelta(days=jours)
    return ReponseGardee.objects.filter(gardee_le__lt=avant).delete()[0]
