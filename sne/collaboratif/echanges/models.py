"""Tables of exchanges: topics, what is written in them and what it was before, who has read, who wants what."""

from django.db import models
from django.db.models import Q

from sne.collaboratif.echanges.rules import MOTIF_MAX, TITRE_MAX, GenreSujet, Niveau
from sne.collaboratif.espaces.models import Espace
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee, Inscrite


class Sujet(Inscrite):
    """A question or a discussion. ``acceptee``: the answer that its author, or who runs the space, found right.

    ``relance_le``: those who run the space were told, once, that it waits. ``brouillon``: proposed for the site.
    """

    espace = models.ForeignKey(Espace, models.PROTECT, related_name="sujets")
    genre = models.CharField(max_length=10)
    titre = models.CharField(max_length=TITRE_MAX, blank=True)
    auteur = models.UUIDField()
    cree_le = models.DateTimeField("créé le")
    activite_le = models.DateTimeField("dernière activité")
    acceptee = models.ForeignKey("Contribution", models.PROTECT, null=True, related_name="+", db_index=False)
    acceptee_par = models.UUIDField(null=True)
    acceptee_le = models.DateTimeField(null=True)
    clos_le = models.DateTimeField(null=True)
    relance_le = models.DateTimeField(null=True)
    brouillon = models.UUIDField("proposé pour le site", null=True)

    droits_runtime = (
        "SELECT, INSERT, UPDATE (espace_id, titre, activite_le, acceptee_id, acceptee_par, acceptee_le, clos_le, "
        "relance_le, brouillon)"
    )
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(
            EntreeExigee("OUVRIR_SUJET", "sujet"),
            EntreeExigee(
                "DEPLACER_SUJET",
                "sujet",
                sur="UPDATE",
                quand="OLD.espace_id <> NEW.espace_id",
                nom="journalise_le_deplacement",
            ),
        ),
    )

    class Meta:
        db_table = "sujet"
        constraints = [
            models.CheckConstraint(
                condition=Q(genre__in=[g.value for g in GenreSujet])
                & (
                    Q(acceptee=None, acceptee_par=None, acceptee_le=None)
                    | Q(acceptee__isnull=False, acceptee_par__isnull=False, acceptee_le__isnull=False)
                    & Q(genre=GenreSujet.QUESTION.value)
                ),
                name="sujet_forme",
            )
        ]
        indexes = [models.Index(fields=["espace", "-activite_le"], name="sujet_recents")]

    def __str__(self) -> str:
        return self.titre


class Contribution(Inscrite):
    """What somebody wrote in a topic; ``ouvre``: what the topic begins with. Withdrawn with a reason, never deleted."""

    sujet = models.ForeignKey(Sujet, models.PROTECT, related_name="contributions")
    ouvre = models.BooleanField(default=False)
    auteur = models.UUIDField()
    corps = models.TextField(blank=True)
    html = models.TextField(blank=True)
    brut = models.TextField(blank=True)
    cree_le = models.DateTimeField("écrite le")
    modifiee_le = models.DateTimeField("modifiée le", null=True)
    retiree_le = models.DateTimeField("retirée le", null=True)
    retiree_par = models.UUIDField(null=True)
    motif = models.CharField(max_length=MOTIF_MAX, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (corps, html, brut, modifiee_le, retiree_le, retiree_par, motif)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(
            EntreeExigee(
                "RETIRER_CONTRIBUTION",
                "contribution",
                sur="UPDATE",
                quand="OLD.retiree_le IS DISTINCT FROM NEW.retiree_le",
            ),
        ),
    )

    class Meta:
        db_table = "contribution"
        constraints = [
            models.UniqueConstraint(fields=["sujet"], condition=Q(ouvre=True), name="contribution_ouvre_une"),
            models.CheckConstraint(
                condition=Q(retiree_le=None, retiree_par=None, motif="")
                | Q(retiree_le__isnull=False, retiree_par__isnull=False) & ~Q(motif=""),
                name="contribution_retiree",
            ),
        ]
        indexes = [models.Index(fields=["sujet", "cree_le"], name="contribution_du_sujet")]

    def __str__(self) -> str:
        return f"{self.sujet_id} {self.cree_le}"


class VersionContribution(Inscrite):
    """What a contribution said before it was changed, once others may have read it."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="versions")
    corps = models.TextField(blank=True)
    html = models.TextField(blank=True)
    remplacee_le = models.DateTimeField("remplacée le")

    droits_runtime = "SELECT, INSERT, UPDATE (corps, html)"
    gardes = Gardes(sans_retrait=True, estampille=True)

    class Meta:
        db_table = "version_contribution"

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.remplacee_le}"


class SignalementContribution(Inscrite):
    """Somebody thinks that a contribution should not stay."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="signalements")
    compte = models.UUIDField()
    motif = models.CharField(max_length=MOTIF_MAX)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, UPDATE (motif)"
    gardes = Gardes(sans_retrait=True, estampille=True)

    class Meta:
        db_table = "signalement_contribution"
        constraints = [
            models.UniqueConstraint(fields=["contribution", "compte"], name="signalement_contribution_un")
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}"


class LectureSujet(models.Model):
    """Until when somebody has read a topic."""

    pk = models.CompositePrimaryKey("compte", "sujet")
    compte = models.UUIDField()
    sujet = models.ForeignKey(Sujet, models.PROTECT, related_name="+")
    jusqu_a = models.DateTimeField("jusqu’à")

    droits_runtime = "SELECT, INSERT, UPDATE (jusqu_a)"
    gardes = Gardes()

    class Meta:
        db_table = "lecture_sujet"

    def __str__(self) -> str:
        return f"{self.compte} {self.jusqu_a}"


class Veille(Identifiee):
    """What somebody wants to be told by the digest: of everything (no ``espace``), or of one space."""

    compte = models.UUIDField()
    espace = models.ForeignKey(Espace, models.PROTECT, null=True, related_name="+", db_index=False)
    niveau = models.CharField(max_length=6)

    droits_runtime = "SELECT, INSERT, UPDATE (niveau)"
    gardes = Gardes()

    class Meta:
        db_table = "veille"
        constraints = [
            models.UniqueConstraint(fields=["compte", "espace"], name="veille_une", nulls_distinct=False),
            models.CheckConstraint(condition=Q(niveau__in=[n.value for n in Niveau]), name="veille_niveau"),
        ]

    def __str__(self) -> str:
        return f"{self.compte} {self.niveau}"
