"""E-mails that came back to a ticket: what became of each, and the words of those that no ticket took."""

from django.db import models
from django.db.models import Q

from sne.assistance.models.tickets import Ticket
from sne.socle.gardes import Gardes
from sne.socle.models import Inscrite


class CourrielRecu(Inscrite):
    """One e-mail addressed to the desk. ``issue``: PRIS, ECARTE (automatic, ours) or A_RATTACHER, seen by level 2.

    ``lu``: of the last ones, who sent it, its subject and its words, masked, encrypted, until somebody has seen to it
    (a dated time at most); nothing is kept as it came. ``cle``: hash of its Message-ID, so that it is taken once.
    """

    cle = models.CharField("empreinte", max_length=64, unique=True)
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="courriels")
    issue = models.CharField(max_length=12)
    motif = models.CharField(max_length=20, blank=True)
    lu = models.BinaryField("ce qui en est gardé, chiffré", null=True)
    recu_le = models.DateTimeField("reçu le")
    traite_le = models.DateTimeField("traité le", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (ticket_id, lu, traite_le)"
    gardes = Gardes(estampille=True)

    class Meta:
        db_table = "courriel_recu"
        constraints = [
            models.CheckConstraint(
                condition=Q(issue="A_RATTACHER") | Q(issue__in=["PRIS", "ECARTE"], lu=None),
                name="courriel_recu_issue",
            )
        ]
        indexes = [
            models.Index(
                fields=["recu_le"],
                condition=Q(issue="A_RATTACHER", traite_le=None),
                name="courriel_a_rattacher",
            )
        ]

    def __str__(self) -> str:
        return self.issue
