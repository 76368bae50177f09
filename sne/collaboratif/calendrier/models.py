"""Tables of the calendar: meetings, who comes, the secret by which a calendar reads them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sne.collaboratif.annonces.models import Annonce
from sne.collaboratif.calendrier.rules import LIEU_MAX, MOTIF_MAX, TITRE_MAX, Couche
from sne.collaboratif.echanges.models import Sujet
from sne.collaboratif.espaces.models import Espace
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class Rencontre(Inscrite):
    """A meeting. ``sequence`` rises at each change; cancelled, it stays, or calendars would keep it for ever.

    What belongs to it: ``annonce``, ``questions`` (a topic where they are asked before), ``compte_rendu`` and ``faq``
    (codes of pages of the site), ``decisions`` (their codes).
    """

    couche = models.CharField(max_length=10)
    territoire = models.CharField(max_length=3, blank=True)
    espace = models.ForeignKey(Espace, models.PROTECT, null=True, related_name="rencontres")
    acces = ArrayField(models.TextField())
    titre = models.CharField(max_length=TITRE_MAX, blank=True)
    debut = models.DateTimeField("début")
    fin = models.DateTimeField()
    lieu = models.CharField(max_length=LIEU_MAX, blank=True)
    url = models.CharField(max_length=300, blank=True)
    annulee_le = models.DateTimeField("annulée le", null=True)
    motif = models.CharField(max_length=MOTIF_MAX, blank=True)
    sequence = models.IntegerField(default=0)
    modifiee_le = models.DateTimeField("modifiée le")
    tenue_par = models.UUIDField()
    annonce = models.ForeignKey(Annonce, models.PROTECT, null=True, related_name="+", db_index=False)
    questions = models.ForeignKey(Sujet, models.PROTECT, null=True, related_name="+", db_index=False)
    compte_rendu = models.SlugField(max_length=60, blank=True, db_index=False)
    faq = models.SlugField(max_length=60, blank=True, db_index=False)
    decisions = ArrayField(models.CharField(max_length=12), default=list)
    besoin = models.UUIDField("questionnaire auquel elle répond", null=True)

    droits_runtime = (
        "SELECT, INSERT, UPDATE (titre, debut, fin, lieu, url, annulee_le, motif, sequence, modifiee_le, tenue_par, "
        "annonce_id, questions_id, compte_rendu, faq, decisions)"
    )
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(
            EntreeExigee("TENIR_RENCONTRE", "rencontre"),
            EntreeExigee(
                "TENIR_RENCONTRE",
                "rencontre",
                sur="UPDATE",
                quand="OLD.sequence <> NEW.sequence",
                nom="journalise_le_changement",
            ),
        ),
    )

    class Meta:
        db_table = "rencontre"
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__gt=F("debut"))
                & ~Q(acces=[])
                & (
                    Q(couche=Couche.NATIONALE.value, territoire="", espace=None)
                    | Q(couche=Couche.TERRITOIRE.value, espace=None) & ~Q(territoire="")
                    | Q(couche=Couche.ESPACE.value, territoire="", espace__isnull=False)
                ),
                name="rencontre_forme",
            ),
            models.CheckConstraint(
                condition=Q(annulee_le=None, motif="") | Q(annulee_le__isnull=False) & ~Q(motif=""),
                name="rencontre_annulee",
            ),
        ]
        indexes = [models.Index(fields=["debut"], name="rencontre_debut")]

    def __str__(self) -> str:
        return self.titre


class Inscription(models.Model):
    """Somebody says that they come; or not any more (``retiree_le``)."""

    pk = models.CompositePrimaryKey("rencontre", "compte")
    rencontre = models.ForeignKey(Rencontre, models.PROTECT, related_name="inscriptions", db_index=False)
    compte = models.UUIDField()
    survenu_le = models.DateTimeField()
    retiree_le = models.DateTimeField("retirée le", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (survenu_le, retiree_le)"
    gardes = Gardes()

    class Meta:
        db_table = "inscription_rencontre"

    def __str__(self) -> str:
        return f"{self.compte}"


class FluxCalendrier(Inscrite):
    """The secret by which somebody's calendar reads their meetings: its fingerprint alone, one at a time."""

    compte = models.UUIDField()
    empreinte = models.BinaryField(max_length=32, unique=True)
    couches = ArrayField(models.CharField(max_length=10))
    cree_le = models.DateTimeField("créé le")
    revoque_le = models.DateTimeField("révoqué le", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (revoque_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(
            EntreeExigee("CREER_FLUX_CALENDRIER", "flux"),
            EntreeExigee(
                "CREER_FLUX_CALENDRIER,REVOQUER_FLUX_CALENDRIER",
                "revoque",
                sur="UPDATE",
                nom="journalise_la_fin",
            ),
        ),
    )

    class Meta:
        db_table = "flux_calendrier"
        constraints = [
            models.UniqueConstraint(
                fields=["compte"], condition=Q(revoque_le=None), name="flux_calendrier_un_par_compte"
            )
        ]

    def __str__(self) -> str:
        return f"{self.compte}"
