"""Clocks of a ticket, and what stopped them for a while."""

from django.db import models
from django.db.models import Q

from sne.assistance.models.tickets import Ticket
from sne.assistance.rules.horloges import Genre
from sne.socle.gardes import Gardes
from sne.socle.models import Inscrite


class HorlogeTicket(Inscrite):
    """What a level owes a ticket, and until when. ``echeance`` is computed once, and again at each pause.

    ``minutes``: of worked time, or of calendar time (``calendaire``). ``atteinte_le``: it was done; ``quittee_le``: the
    ticket went to another level, or was answered without it, and nobody owes it any more.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="horloges", db_index=False)
    niveau = models.CharField(max_length=3)
    genre = models.CharField(max_length=16)
    debut = models.DateTimeField("début")
    minutes = models.IntegerField()
    calendaire = models.BooleanField(default=False)
    echeance = models.DateTimeField("échéance")
    atteinte_le = models.DateTimeField(null=True)
    quittee_le = models.DateTimeField("quittée le", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (echeance, atteinte_le, quittee_le)"
    gardes = Gardes(estampille=True)

    class Meta:
        db_table = "horloge_ticket"
        constraints = [
            models.CheckConstraint(
                condition=Q(genre__in=[g.value for g in Genre]) & Q(minutes__gt=0),
                name="horloge_ticket_forme",
            ),
            models.UniqueConstraint(
                fields=["ticket", "genre"],
                condition=Q(atteinte_le=None, quittee_le=None),
                name="horloge_ticket_une",
            ),
        ]
        indexes = [
            models.Index(fields=["ticket", "debut"], name="horloge_ticket_de"),
            models.Index(
                fields=["echeance"], condition=Q(atteinte_le=None, quittee_le=None), name="horloge_ticket_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.genre}"


class PauseTicket(Inscrite):
    """While nobody of the level could go on: ``a`` is empty until they can."""

    horloge = models.ForeignKey(HorlogeTicket, models.PROTECT, related_name="pauses", db_index=False)
    de = models.DateTimeField()
    a = models.DateTimeField(null=True)
    cause = models.CharField(max_length=20)

    droits_runtime = "SELECT, INSERT, UPDATE (a)"
    gardes = Gardes(estampille=True)

    class Meta:
        db_table = "pause_ticket"
        constraints = [
            models.UniqueConstraint(fields=["horloge"], condition=Q(a=None), name="pause_ticket_une")
        ]
        indexes = [models.Index(fields=["horloge", "de"], name="pause_ticket_de")]

    def __str__(self) -> str:
        return self.cause
