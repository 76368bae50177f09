"""Answers to writes: kept under a key that one call holds at a time, forgotten after a few days.

A key is one for the nation: held and kept in the directory, wherever the act is.
"""

import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from sne.cellules.routage import a_l_annuaire
from sne.conventions.actions.appels import SANS_ATTENDRE, UN_APPEL, Appelant, AppelFait, dits_de_l_appel
from sne.conventions.models import ReponseGardee
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
GARDER = f"""{SANS_ATTENDRE}, gardee AS (
INSERT INTO reponse_gardee (id, convention_id, empreinte, statut, contenu, gardee_le)
SELECT %(identifiant)s, %(convention)s, %(empreinte)s, %(statut)s, %(contenu)s, %(gardee_le)s FROM libre
ON CONFLICT (id) DO NOTHING RETURNING id)"""  # noqa: S608 - constants
GARDER_ET_NOTER = f"""{GARDER}, note AS ({UN_APPEL} RETURNING id)
SELECT CASE WHEN (SELECT count(*) FROM gardee) + (SELECT count(*) FROM note) > 0
    THEN pg_advisory_unlock(%(verrou)s::bigint) END
"""  # noqa: S608 - constants
"""The end of a call, in one statement: both rows first, then the key is let go."""


@dataclass(slots=True)
class Tenue:
    """A key of idempotency that a call asked for. ``tenue``: this one holds it (not: another does); ``deja``: what was
    answered under it; ``rendue``: it was let go with the answer that was kept.
    """

    identifiant: uuid.UUID
    tenue: bool
    deja: ReponseLue | None = None
    rendue: bool = False

    @property
    def verrou(self) -> int:
        """Its lock."""
        return int.from_bytes(self.identifiant.bytes[:8], signed=True)


@contextmanager
def tenir_cle(identifiant: uuid.UUID) -> Iterator[Tenue]:
    """Hold this key until the end, across the transactions of the act.

    The lock is that of the session: whoever dies lets it go, and a retry goes on at once. An answer kept while this
    very statement ran may be missed: the act is then found done by its identifier, as after a cut.
    """
    cle = Tenue(identifiant, tenue=False)
    with ExitStack() as pile:
        with a_l_annuaire():
            executer = a_l_annuaire()(pile.enter_context(verrous.session()))
        [(cle.tenue, *gardee)] = executer(TENIR, [cle.verrou, identifiant])
        try:
            cle.deja = lire_reponse(identifiant, *gardee) if gardee[0] else None
            yield cle
        finally:
            if cle.tenue and not cle.rendue:
                executer("SELECT pg_advisory_unlock(%s)", [cle.verrou])


@dataclass(frozen=True, slots=True)
class Reponse:
    """An answer to keep. ``empreinte``: SHA-256 of the body that it answers."""

    empreinte: bytes
    entetes: Mapping[str, str]
    corps: bytes


@a_l_annuaire()
def garder_reponse(
    cle: Tenue, reponse: Reponse, *, de: Appelant, fait: AppelFait, gardee_le: datetime, survenu_le: datetime
) -> None:
    """Keep what was answered under a key that this call holds, the call in the log, and let the key go.

    ``gardee_le``: by the clock of the territory; ``survenu_le``: by the true one.
    """
    clair = json.dumps({"entetes": dict(reponse.entetes), "corps": reponse.corps.decode()}).encode()
    rendre = verrous.est_celle_des_actes()
    dits = dits_de_l_appel(de, fait, survenu_le=survenu_le) | {
        "identifiant": cle.identifiant,
        "empreinte": reponse.empreinte,
        "contenu": chiffrer(clair, lie_a=cle.identifiant.bytes),
        "gardee_le": gardee_le,
        "verrou": cle.verrou if rendre else None,
    }
    with connection.cursor() as curseur:
        curseur.execute(GARDER_ET_NOTER, dits)
    cle.rendue = rendre


def purger_reponses(survenu_le: datetime) -> int:
    """Forget answers older than the dated parameter; returns how many."""
    jours = get_parametres(jour(survenu_le))[ParametresConventions].convention_reponses_jours
    avant = debut_du_jour(jour(survenu_le)) - timedelta(days=jours)
    return ReponseGardee.objects.filter(gardee_le__lt=avant).delete()[0]
