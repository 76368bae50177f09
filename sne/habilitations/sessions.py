"""Sessions of people signed in: Django's own, in the database, and what is kept, encrypted, as long as each lasts.

The database keeps only the hash of each key, the browser the key, so that a copy of the database opens no session.
"""

import base64
import hashlib
import re
import secrets
import zlib
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


SIGNES = 40  # of the column: 160 bits


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
            _gardees(cle).delete()


def garder(session: SessionBase, valeur: bytes, *, lieu: str, jeton: str = "") -> str:
    """Keep this for ``session`` until it ends, encrypted; returns the token that finds it again, from the same
    ``lieu`` only. With ``jeton``, in the place of what that token found.

    Each is a row of its own, of Django's table: so two requests at once do not overwrite each other, and the session,
    read at each request, stays short. Beyond ``GARDEES_AU_PLUS``, the oldest go.
    """
    jeton = jeton if JETON.fullmatch(jeton) else secrets.token_hex(12)
    cle = _debut(str(session.session_key)) + jeton
    chiffre = chiffrer(zlib.compress(valeur), lie_a=f"{cle} {lieu}".encode())
    gardee = Session(
        session_key=cle,
        session_data=base64.b64encode(chiffre).decode(),
        expire_date=session.get_expiry_date(),
    )
    Session.objects.bulk_create(
        [gardee],
        update_conflicts=True,
        unique_fields=["session_key"],
        update_fields=["session_data", "expire_date"],
    )
    gardees = _gardees(str(session.session_key))
    gardees.filter(pk__in=gardees.order_by("-expire_date").values("pk")[GARDEES_AU_PLUS:]).delete()
    return jeton


def relire(session: SessionBase, jeton: str, *, lieu: str) -> bytes | None:
    """What was kept under this token; ``None`` when it is of another session or place, was forgotten or never was."""
    lue = _gardee(session, jeton).filter(expire_date__gt=timezone.now()).first()
    if lue is None:
        return None
    try:
        chiffre = base64.b64decode(lue.session_data)
        return zlib.decompress(dechiffrer(chiffre, lie_a=f"{lue.session_key} {lieu}".encode()))
    except Indechiffrable:
        return None


def oublier(session: SessionBase, jeton: str) -> None:
    """What was kept under this token has served."""
    _gardee(session, jeton).delete()


def _gardee(session: SessionBase, jeton: str) -> QuerySet[Session]:
    if not JETON.fullmatch(jeton):
        return Session.objects.none()
    return Session.objects.filter(pk=_debut(str(session.session_key)) + jeton)


def _gardees(cle: str) -> QuerySet[Session]:
    """The rows kept for the session of this key: a range of the primary key."""
    debut = _debut(cle)
    return Session.objects.filter(pk__range=(debut, debut + "g"))


def _debut(cle: str) -> str:
    """How the keys of what a session keeps begin, from the key of that session: 16 hexadecimal signs."""
    return empreinte(cle, usage="gardees-d-une-session").hex()[:16]
