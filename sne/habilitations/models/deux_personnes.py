"""What one person asked or did, and another answers: the columns and the CHECK, said once for every table.

A row names two accounts. The database writes which natural persons these are, as they stand when the answer is written
(``Gardes.personnes``), and refuses one and the same; an account that nobody linked is a person of its own.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from sne.socle.models import Inscrite

COMPTES = ("auteur", "decideur")
REPONSE = ("decideur", "decide_par", "clos_le")
"""What the answer fills on the row that asked."""


def deux_personnes(
    table: str,
    un: str = "auteur",
    autre: str = "decideur",
    *,
    reprises: Sequence[str] = (),
    si: Q | None = None,
) -> models.CheckConstraint:
    """Four eyes: the accounts of these two columns are of two persons.

    ``reprises``: issues by which the person who asked takes it back, who is then the same; ``si``: the rows that it is
    asked of.
    """
    memes = Q(**{f"personne_{un}": F(f"personne_{autre}")})
    condition = Q(issue__in=reprises) & memes | ~Q(issue__in=reprises) & ~memes if reprises else ~memes
    return models.CheckConstraint(
        condition=condition if si is None else ~si | condition, name=f"{table}_deux_personnes"
    )


class DeuxPersonnes(Inscrite):
    """``auteur`` asked, or did; ``decideur`` answers. ``auteur`` is repeated where the answer is a row of its own, so
    that the database itself compares the two ``personne_``.
    """

    auteur = models.UUIDField()
    decideur: "models.UUIDField[Any, Any]"
    decide_par: "models.JSONField[Any, Any]"
    personne_auteur = models.UUIDField(null=True, editable=False)
    personne_decideur = models.UUIDField(null=True, editable=False)

    instant: ClassVar[str]
    """The column that says when it was answered."""

    class Meta:
        abstract = True

    def est_repondue(self) -> bool:
        """Whether the answer is given, or what was asked has ended without one."""
        raise NotImplementedError


class Reponse(DeuxPersonnes):
    """An answer on a row of its own, insert-only. Given once, its field ``repond_a`` names what it answers."""

    decideur = models.UUIDField()
    decide_par = models.JSONField("décideur, tel qu’il était")
    survenu_le = models.DateTimeField()

    instant = "survenu_le"
    repond_a: ClassVar[str]

    class Meta:
        abstract = True

    def est_repondue(self) -> bool:
        """Whether somebody else's row answers the same thing."""
        cle = f"{self.repond_a}_id"
        return type(self)._default_manager.filter(**{cle: getattr(self, cle)}).exists()


class Question(DeuxPersonnes):
    """Asked, then answered once on the same row."""

    decideur = models.UUIDField(null=True)
    decide_par = models.JSONField("décideur, tel qu’il était", null=True)
    clos_le = models.DateTimeField(null=True)

    instant = "clos_le"

    class Meta:
        abstract = True

    def est_repondue(self) -> bool:
        """Whether it is closed."""
        return self.clos_le is not None
