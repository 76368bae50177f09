"""What households write to the desk, as their own door takes it in."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sne.assistance.rules.etats import SATISFACTIONS
from sne.assistance.rules.menages import Mot
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.identifiants import uuid7


class MotDuMenage(models.Model):
    """One word of a household: the desk makes of it a ticket (``geste`` QUESTION), or what follows of one (``numero``).
    Of AVIS, ``corps`` is the answer to the one question.

    ``id``: the form's, so that one posted twice is one. ``demande``, ``nud``, ``territoire``: the file it was written
    from. ``role``: what the session was worth. ``pris_le``: the desk has it; it is kept two days from then.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    compte = models.UUIDField()
    demande = models.UUIDField()
    nud = models.CharField(max_length=18)
    territoire = models.CharField(max_length=3)
    role = models.CharField(max_length=30)
    geste = models.CharField(max_length=8)
    numero = models.CharField("numéro", max_length=13, blank=True)
    categorie = models.CharField("catégorie", max_length=10, blank=True)
    titre = models.CharField(max_length=120, blank=True)
    corps = models.TextField(blank=True)
    survenu_le = models.DateTimeField()
    pris_le = models.DateTimeField("pris le", null=True)
    inscrit_le = models.DateTimeField(db_default=Now(), editable=False)

    droits_runtime = "SELECT, INSERT, UPDATE (pris_le), DELETE"
    droits_portail = "SELECT, INSERT"
    gardes = Gardes(estampille=True, journalise=(EntreeExigee("ECRIRE_EN_MENAGE", "mot"),))

    class Meta:
        db_table = "mot_du_menage"
        constraints = [
            models.CheckConstraint(
                condition=Q(geste=Mot.QUESTION.value, numero="")
                & ~Q(titre="")
                & ~Q(corps="")
                & ~Q(categorie="")
                | Q(geste=Mot.SUITE.value) & ~Q(numero="") & ~Q(corps="")
                | Q(geste=Mot.REGLE.value) & ~Q(numero="")
                | Q(geste=Mot.AVIS.value, corps__in=list(SATISFACTIONS)) & ~Q(numero=""),
                name="mot_du_menage_forme",
            )
        ]
        indexes = [models.Index(fields=["compte", "survenu_le"], name="mot_du_menage_de")]

    def __str__(self) -> str:
        return self.geste
