"""How the tables of every module begin. None is here, yet Django sends post_migrate for the file (see droits)."""

from django.db import models
from django.db.models.functions import Now

from sne.socle.identifiants import uuid7


class Identifiee(models.Model):
    """A row has an identifier made in Python, so that rows point at one another before they exist."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class Inscrite(Identifiee):
    """And says when it was written, by the database's clock: a trigger overwrites whatever is sent (``estampille``)."""

    inscrit_le = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True
