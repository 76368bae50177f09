"""Tables of announcements: what was said to whom, who relayed it with which sentence, who has read it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from sne.collaboratif.annonces.rules import PHRASE_MAX, TITRE_MAX
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class Annonce(Inscrite):
    """An announcement. ``cibles``: teams that it goes to; ``acces``: the keys that open it, those of relays too.

    ``lire_avant``: an e-mail goes to each, and one reminder (``rappelee_le``); otherwise none does. ``territoire``:
    of who announces, empty for the country.
    """

    titre = models.CharField(max_length=TITRE_MAX)
    corps = models.TextField()
    html = models.TextField()
    auteur = models.UUIDField()
    territoire = models.CharField(max_length=3, blank=True)
    cibles = ArrayField(models.TextField())
    acces = ArrayField(models.TextField())
    accuse = models.BooleanField("« J’ai lu » demandé", default=False)
    du = models.DateTimeField()
    au = models.DateTimeField()
    lire_avant = models.DateField(null=True)
    envoyee_le = models.DateTimeField("envoyée le", null=True)
    rappelee_le = models.DateTimeField("rappelée le", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (acces, envoyee_le, rappelee_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(
            EntreeExigee("PUBLIER_ANNONCE", "annonce"),
            EntreeExigee(
                "RELAYER_ANNONCE",
                "annonce",
                sur="UPDATE",
                quand="OLD.acces <> NEW.acces",
                nom="journalise_le_relais",
            ),
        ),
    )

    class Meta:
        db_table = "annonce"
        constraints = [
            models.CheckConstraint(
                condition=~Q(cibles=[]) & Q(acces__contains=F("cibles")) & Q(au__gt=F("du")),
                name="annonce_forme",
            ),
            models.CheckConstraint(
                condition=Q(lire_avant=None, envoyee_le=None, rappelee_le=None)
                | Q(lire_avant__isnull=False, accuse=True),
                name="annonce_importante",
            ),
        ]

    def __str__(self) -> str:
        return self.titre


class RelaisAnnonce(Inscrite):
    """A manager opened it to the counters of their territory, or to theirs alone, with a sentence of their own."""

    annonce = models.ForeignKey(Annonce, models.PROTECT, related_name="relais")
    territoire = models.CharField(max_length=3)
    guichet = models.CharField(max_length=5, blank=True)
    phrase = models.CharField(max_length=PHRASE_MAX)
    par = models.UUIDField()
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, estampille=True)

    class Meta:
        db_table = "relais_annonce"
        constraints = [
            models.UniqueConstraint(
                fields=["annonce", "territoire", "guichet"], name="relais_annonce_un_par_lieu"
            )
        ]

    def __str__(self) -> str:
        return f"{self.territoire} {self.guichet}"


class LectureAnnonce(models.Model):
    """« J’ai lu », once for each account."""

    pk = models.CompositePrimaryKey("annonce", "compte")
    annonce = models.ForeignKey(Annonce, models.PROTECT, related_name="lectures", db_index=False)
    compte = models.UUIDField()
    survenu_le = models.DateTimeField()
    inscrit_le = models.DateTimeField(db_default=Now(), editable=False)

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, estampille=True)

    class Meta:
        db_table = "lecture_annonce"

    def __str__(self) -> str:
        return f"{self.compte}"
