"""Alerts of a territorial manager to a counter about its figures, and what followed. Only added to."""

from django.db import models
from django.db.models import Q

from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite
from sne.suivi.rules.alertes import TEXTE_MAX, NatureSuite
from sne.suivi.rules.classement import MotifClassement


class AlerteGuichet(Inscrite):
    """A counter is asked about its figures of some months. Insert-only.

    ``chiffres``: these figures as they were then, month by month; computed again, they may move.
    """

    territoire = models.CharField(max_length=3)
    guichet = models.CharField(max_length=5)
    de = models.DateField("premier mois")
    a = models.DateField("dernier mois")
    chiffres = models.JSONField()
    texte = models.CharField(max_length=TEXTE_MAX)
    auteur = models.UUIDField()
    ouverte_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, estampille=True, journalise=(EntreeExigee("OUVRIR_ALERTE", "alerte"),))

    class Meta:
        db_table = "alerte_guichet"
        constraints = [
            models.CheckConstraint(
                condition=Q(de__day=1, a__day=1, a__gte=models.F("de")) & ~Q(texte="") & ~Q(guichet=""),
                name="alerte_guichet_dite",
            )
        ]
        indexes = [models.Index(fields=["territoire", "guichet", "-survenu_le"], name="alerte_guichet_ordre")]

    def __str__(self) -> str:
        return f"{self.guichet} {self.de:%m/%Y}"


class SuiteAlerte(Inscrite):
    """What followed an alert: somebody designated to answer, an answer, a reminder or another question, the end.

    Insert-only. ``compte``: who is designated. ``motif``: why it is closed.
    """

    territoire = models.CharField(max_length=3)
    alerte = models.ForeignKey(AlerteGuichet, models.PROTECT, related_name="suites", db_index=False)
    nature = models.CharField(max_length=11)
    texte = models.CharField(max_length=TEXTE_MAX, blank=True)
    motif = models.CharField(max_length=30, blank=True)
    compte = models.UUIDField("personne désignée", null=True)
    auteur = models.UUIDField()
    ecrite_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        journalise=(
            EntreeExigee("DESIGNER_REPONDANT,REPONDRE_ALERTE,RELANCER_ALERTE,CLORE_ALERTE", "suite"),
        ),
    )

    class Meta:
        db_table = "suite_alerte"
        constraints = [
            models.CheckConstraint(
                condition=Q(nature=NatureSuite.DESIGNATION.value, compte__isnull=False, motif="")
                | Q(nature=NatureSuite.REPONSE.value, compte=None, motif="") & ~Q(texte="")
                | Q(nature=NatureSuite.RELANCE.value, compte=None, motif="")
                | Q(
                    nature=NatureSuite.CLOTURE.value,
                    compte=None,
                    motif__in=[m.value for m in MotifClassement],
                ),
                name="suite_alerte_nature",
            ),
            models.UniqueConstraint(
                fields=["territoire", "alerte"],
                condition=Q(nature=NatureSuite.CLOTURE.value),
                name="suite_alerte_une_fin",
            ),
        ]
        indexes = [
            models.Index(fields=["territoire", "alerte", "survenu_le", "id"], name="suite_alerte_ordre"),
            models.Index(
                fields=["territoire", "compte"],
                condition=Q(compte__isnull=False),
                name="suite_alerte_designee",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alerte_id} {self.nature}"
