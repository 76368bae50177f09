"""Sessions of people signed in: Django's own, in the database, read by one short statement at each request."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

LIRE = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Every page begins by this read: the ORM would spend more on composing it than the database on answering."""

    def load(self) -> dict[str, Any]:
        """What the session keeps; nothing, under no key, once it is over."""
        with connection.cursor() as curseur:
            curseur.execute(LIRE, [self.session_key, timezone.now()])
            lue = curseur.fetchone()
        if lue is None:
            self._session_key = None
            return {}
        donnees: dict[str, Any] = self.decode(lue[0])
        return donnees
