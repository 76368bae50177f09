"""Refused attempts: who tried which act on which demande, when, and why it was refused."""

from django.db import models
from django.db.models import Q

from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.rules.tentatives import ActeSuivi
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class TentativeRefusee(Inscrite):
    """One refusal, kept although the act itself was undone. Append-only; it holds nothing about the household."""

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+")
    revision = models.IntegerField()
    acte = models.CharField(max_length=30)
    code = models.CharField("code du refus", max_length=30)
    phrase = models.TextField("phrase du refus")
    auteur = models.UUIDField()
    tente_par = models.JSONField("auteur, tel qu’il était")
    guichet = models.CharField(max_length=5, blank=True)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("REFUSER_ACTE", "fait", revision=True),),
    )

    class Meta:
        db_table = "tentative_refusee"
        constraints = [
            models.CheckConstraint(
                condition=Q(acte__in=[a.value for a in ActeSuivi]) & ~Q(phrase=""),
                name="tentative_refusee_acte",
            ),
        ]
        indexes = [models.Index(fields=["territoire", "survenu_le"], name="tentative_refusee_jour")]
