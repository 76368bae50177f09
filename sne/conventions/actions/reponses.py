"""Answers to writes: kept under a key that one call holds at a time, forgotten after a few days.

A key is one for the nation: held and kept in the directory, wherever the act is.
"""

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection

from sne.cellules.routage import a_l_annuaire, plusieurs
from sne.conventions.actions.appels import (
    EN_COMPTANT,
    PRIS,
    SANS_ATTENDRE,
    UN_APPEL,
    Appelant,
    AppelFait,
    Prise,
    compter_par_cle,
    credit,
    dits_de_l_appel,
)
from sne.conventions.models import ReponseGardee
from sne.conventions.parametres import ParametresConventions
from sne.conventions.rules.cadences import Groupe
from sne.conventions.selectors import Identite, ReponseLue, lire_reponse
from sne.conventions.selectors.appelants import PAR_CLE, dits_de_la_cle, identite_de_la_cle, lire_ligne
from sne.referentiels.selectors import get_parametres
from sne.socle import verrous
from sne.socle.chiffrement import chiffrer
from sne.socle.horloge import debut_du_jour, jour

RENDRE = "SELECT pg_advisory_unlock(%(verrou)s)"
TENIR = """
SELECT pg_try_advisory_lock(%s), r.empreinte, r.statut, r.contenu
FROM (VALUES (1)) seul LEFT JOIN reponse_gardee r ON r.id = %s
"""
COMPTER_ET_TENIR = f"""{EN_COMPTANT[PAR_CLE]},
    CASE WHEN prise.plein_le IS NOT NULL AND montre.a_compter = %(connue)s
        THEN pg_try_advisory_lock(%(verrou)s::bigint) END,
    r.empreinte, r.statut, r.contenu
{PRIS} LEFT JOIN reponse_gardee r ON r.id = %(identifiant)s
"""
"""Who calls, the call counted, its key of idempotency held and what was answered under it: one statement."""
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


_conventions: dict[bytes, uuid.UUID] = {}
"""The agreement of each key that this process has seen, which never changes: what the key may do is asked each time."""


def compter_et_tenir(
    texte: str,
    groupe: Groupe,
    nommer: Callable[[uuid.UUID], uuid.UUID | None],
    *,
    survenu_le: datetime,
    certificat: bytes | None = None,
) -> tuple[Identite, Prise, Tenue | None]:
    """As :func:`compter_par_cle`, and the key of idempotency that ``nommer`` makes of the agreement is held, by the
    same statement, where this process has seen this agreement before and acts on the connection that counts.

    Whoever calls this lets it go (:func:`rendre_cle`), whatever becomes of the call. Raises ``AccesRefuse``.
    """
    dits = dits_de_la_cle(texte, survenu_le=survenu_le, certificat=certificat)
    connue = _conventions.get(dits["cle"])
    identifiant = nommer(connue) if connue and not plusieurs() and verrous.est_celle_des_actes() else None
    if identifiant is None:
        identite, prise = compter_par_cle(texte, groupe, survenu_le=survenu_le, certificat=certificat)
        _conventions[dits["cle"]] = identite.convention.id
        return identite, prise, None
    cle = Tenue(identifiant, tenue=False)
    du_verrou = {"connue": connue, "identifiant": identifiant, "verrou": cle.verrou}
    ligne = lire_ligne(COMPTER_ET_TENIR, dits | credit(groupe, survenu_le) | du_verrou)
    assert ligne is not None  # a key is never taken away
    *montre, plein_le, limite, tenue, empreinte, statut, contenu = ligne
    cle.tenue = bool(tenue)
    try:
        identite = identite_de_la_cle(montre, dits, survenu_le=survenu_le)
        cle.deja = lire_reponse(cle.identifiant, empreinte, statut, contenu) if empreinte else None
    except Exception:
        rendre_cle(cle)
        raise
    return identite, Prise(plein_le, limite or 0), cle


def rendre_cle(cle: Tenue) -> None:
    """Let a key go that :func:`compter_et_tenir` held, unless that is done; a connection that died held nothing."""
    if cle.tenue and not cle.rendue:
        cle.rendue = True
        with suppress(DatabaseError):
            lire_ligne(RENDRE, {"verrou": cle.verrou})


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
