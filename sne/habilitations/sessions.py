"""Sessions of people signed in: Django's own, in the database, and what is kept, encrypted, as long as each lasts.

The database keeps only the hash of each key, the browser the key, so that a copy of the database opens no session.
"""

import base64
import hashlib
import re
import secrets
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from sne.socle.chiffrement import Indechiffrable, chiffrer, dechiffrer, empreinte

LIRE = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
GARDEES_AU_PLUS = 30  # searches and pages of one session: what somebody goes back to in an hour
JETON = re.compile(r"[0-9a-f]{24}")


CLE_OUVERTE, CLE_VUE = "ouverte_le", "vue_le"  # two instants that a session keeps
CLE_PROCONNECT = "proconnect"  # in one that ProConnect opened, both factors asked over there: for whom
SIGNES = 40  # of the column: 160 bits


def est_tenue(session: Mapping[str, Any] | SessionBase, lien: bytes | memoryview | None) -> bool:
    """Whether it may serve: one that ProConnect opened ends with the link that opened it. ``lien``: of the account."""
    venue = session.get(CLE_PROCONNECT)
    return not venue or bytes(lien or b"").hex() == venue


def condense(cle: str) -> str:
    """What the database knows of a key: drawn at random over 160 bits, it needs neither salt nor secret."""
    return hashlib.sha256(cle.encode(errors="replace")).hexdigest()[:SIGNES]


class SessionStore(db.SessionStore):
    """Every page begins by this read: the ORM would spend more on composing it than the database on answering."""

    def load(self) -> dict[str, Any]:
        """What the session keeps; nothing, under no key, once it is over."""
        with connection.cursor() as curseur:
            curseur.execute(LIRE, [condense(self.session_key or ""), timezone.now()])
            lue = curseur.fetchone()
        if lue is None:
            self._session_key = None
            return {}
        donnees: dict[str, Any] = self.decode(lue[0])
        return donnees

    def exists(self, session_key: str) -> bool:
        """Whether a session has this key."""
        return bool(self.model.objects.filter(session_key=condense(session_key)).exists())

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row to write."""
        ligne = super().create_model_instance(data)
        ligne.session_key = condense(ligne.session_key)
        return ligne

    def delete(self, session_key: str | None = None) -> None:
        """End a session, this one by default, and what was kept for it."""
        cle = session_key or self.session_key
        if cle is not None:
            self.model.objects.filter(session_key=condense(cle)).delete()
            Tiroir(_debut(cle)).gardees().delete()


def garder(session: SessionBase, valeur: bytes, *, lieu: str, jeton: str = "") -> str:
    """Keep this for ``session`` until it ends, encrypted; returns the token that finds it again, from the same
    ``lieu`` only. With ``jeton``, in the place of what that token found.
    """
    return tiroir_de(session).garder(valeur, lieu=lieu, jeton=jeton, jusqu_a=session.get_expiry_date())


def relire(session: SessionBase, jeton: str, *, lieu: str) -> bytes | None:
    """What was kept under this token; ``None`` when it is of another session or place, was forgotten or never was."""
    return tiroir_de(session).relire(jeton, lieu=lieu)


def oublier(session: SessionBase, jeton: str) -> None:
    """What was kept under this token has served."""
    tiroir_de(session).oublier(jeton)


@dataclass(frozen=True, slots=True)
class Tiroir:
    """What is kept for one session, or for one account: rows whose keys begin by the same 16 hexadecimal signs.

    Each is a row of its own, of Django's table: so two requests at once do not overwrite each other, and the session,
    read at each request, stays short. Beyond ``GARDEES_AU_PLUS``, the oldest go; those left go by night.
    """

    debut: str

    def garder(self, valeur: bytes, *, lieu: str, jusqu_a: datetime, jeton: str = "") -> str:
        """Keep this, encrypted, until ``jusqu_a`` (aware); returns the token that finds it again, from the same
        ``lieu`` only. With ``jeton``, in the place of what that token found.
        """
        jeton = jeton if JETON.fullmatch(jeton) else secrets.token_hex(12)
        cle = self.debut + jeton
        chiffre = chiffrer(zlib.compress(valeur), lie_a=f"{cle} {lieu}".encode())
        gardee = Session(
            session_key=cle, session_data=base64.b64encode(chiffre).decode(), expire_date=jusqu_a
        )
        Session.objects.bulk_create(
            [gardee],
            update_conflicts=True,
            unique_fields=["session_key"],
            update_fields=["session_data", "expire_date"],
        )
        toutes = self.gardees()
        toutes.filter(pk__in=toutes.order_by("-expire_date").values("pk")[GARDEES_AU_PLUS:]).delete()
        return jeton

    def relire(self, jeton: str, *, lieu: str) -> bytes | None:
        """What was kept under this token; ``None`` when it was not here, was forgotten, or its time has passed."""
        lue = self._gardee(jeton).filter(expire_date__gt=timezone.now()).first()
        if lue is None:
            return None
        try:
            chiffre = base64.b64decode(lue.session_data)
            return zlib.decompress(dechiffrer(chiffre, lie_a=f"{lue.session_key} {lieu}".encode()))
        except Indechiffrable:
            return None

    def oublier(self, jeton: str) -> None:
        """What was kept under this token has served."""
        self._gardee(jeton).delete()

    def jetons(self) -> list[str]:
        """Tokens of what is kept, the last kept first."""
        cles = self.gardees().filter(expire_date__gt=timezone.now()).order_by("-expire_date", "pk")
        return [cle.removeprefix(self.debut) for cle in cles.values_list("pk", flat=True)]

    def gardees(self) -> QuerySet[Session]:
        """Every row kept: a range of the primary key."""
        return Session.objects.filter(pk__range=(self.debut, self.debut + "g"))

    def _gardee(self, jeton: str) -> QuerySet[Session]:
        if not JETON.fullmatch(jeton):
            return Session.objects.none()
        return Session.objects.filter(pk=self.debut + jeton)


def tiroir_de(session: SessionBase) -> Tiroir:
    """What is kept for this session."""
    return Tiroir(_debut(str(session.session_key)))


def _debut(cle: str) -> str:
    """How the keys of what a session keeps begin, from the key of that session: 16 hexadecimal signs."""
    return empreinte(cle, usage="gardees-d-une-session").hex()[:16]
