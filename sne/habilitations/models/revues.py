"""Campaigns of review: how often, what is asked of whom, what was answered, what silence suspended, what was taken."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.habilitations.models.comptes import Habilitation
from sne.habilitations.models.deux_personnes import deux_personnes
from sne.habilitations.rules.revues import MOTIF_MAX, CodeModele, IssueSuspension, Reponse
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee


class RythmeRevue(Identifiee):
    """What a territory decided on its regular reviews; the last row counts. Insert-only.

    It is the territory's, not its author's: reviews go on opening when that one has left. ``actif`` is false once
    they are stopped; ``premiere``: the day before which none opens.
    """

    territoire = models.CharField(max_length=3)
    actif = models.BooleanField()
    mois = models.SmallIntegerField()
    premiere = models.DateField()
    auteur = models.UUIDField()
    auteur_nom = models.CharField(max_length=161)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "rythme_revue"
        constraints = [
            models.CheckConstraint(condition=~Q(territoire="") & Q(mois__gte=1), name="rythme_revue_regle")
        ]
        indexes = [models.Index(fields=["territoire", "-survenu_le", "-id"], name="rythme_revue_actuel")]


class CampagneRevue(Identifiee):
    """Every role of a place is to be confirmed before a day: a territory, a guichet, or the nation (both empty).

    ``limite``: the last day to answer.
    """

    territoire = models.CharField(max_length=3, blank=True)
    guichet = models.CharField(max_length=5, blank=True)
    modele = models.CharField(max_length=20)
    ouverte_par = models.UUIDField()
    ouverte_le = models.DateTimeField()
    limite = models.DateField()
    close_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (close_le)"
    gardes = Gardes()

    class Meta:
        db_table = "campagne_revue"
        constraints = [
            models.CheckConstraint(
                condition=Q(modele__in=[m.value for m in CodeModele]), name="campagne_revue_modele"
            ),
            models.UniqueConstraint(
                fields=["territoire", "guichet", "modele"],
                condition=Q(close_le=None),
                name="campagne_revue_en_cours",
            ),
        ]


class LigneRevue(Identifiee):
    """One role to confirm, as it was when the campaign opened. Insert-only.

    ``jamais``: rights that it gives and that were never used since it was granted.
    """

    territoire = models.CharField(max_length=3, blank=True)
    campagne = models.ForeignKey(CampagneRevue, models.PROTECT, related_name="lignes", db_index=False)
    habilitation = models.ForeignKey(Habilitation, models.PROTECT, related_name="+")
    derniere_utilisation = models.DateField(null=True)
    jamais = ArrayField(models.CharField(max_length=30), default=list)

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes()

    class Meta:
        db_table = "ligne_revue"
        constraints = [
            models.UniqueConstraint(fields=["campagne", "habilitation"], name="ligne_revue_une_fois")
        ]


class ReponseRevue(Identifiee):
    """What a reviewer answered. Insert-only: the last one counts; nobody answers for themselves.

    The two ``personne_`` are the persons of these accounts, written by the database.
    """

    territoire = models.CharField(max_length=3, blank=True)
    ligne = models.ForeignKey(LigneRevue, models.PROTECT, related_name="reponses")
    reponse = models.CharField(max_length=10)
    motif = models.CharField(max_length=MOTIF_MAX, blank=True)
    auteur = models.UUIDField()
    auteur_nom = models.CharField(max_length=161)
    survenu_le = models.DateTimeField()
    personne_auteur = models.UUIDField(null=True, editable=False)
    personne_revue = models.UUIDField(null=True, editable=False)

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(personnes=("auteur",))

    class Meta:
        db_table = "reponse_revue"
        constraints = [
            models.CheckConstraint(
                condition=Q(reponse=Reponse.CONSERVER.value)
                | (Q(reponse__in=[Reponse.REDUIRE.value, Reponse.RETIRER.value]) & ~Q(motif="")),
                name="reponse_revue_motivee",
            ),
            deux_personnes("reponse_revue", autre="revue"),
        ]


class Suspension(Identifiee):
    """A role that nobody confirmed in time: it gives nothing until somebody keeps it, and ends on ``expire_le``."""

    territoire = models.CharField(max_length=3, blank=True)
    habilitation = models.ForeignKey(Habilitation, models.PROTECT, related_name="suspensions", db_index=False)
    ligne = models.OneToOneField(LigneRevue, models.PROTECT, related_name="suspension")
    suspendue_le = models.DateTimeField()
    expire_le = models.DateField()
    levee_le = models.DateTimeField(null=True)
    levee_par = models.UUIDField(null=True)
    issue = models.CharField(max_length=10, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (levee_le, levee_par, issue)"
    gardes = Gardes(
        journalise=(
            EntreeExigee(
                "RETABLIR_HABILITATION",
                "habilitation",
                ligne="habilitation_id",
                sur="UPDATE",
                quand="NEW.issue = 'RETABLIE'",
                nom="journalise_levee",
            ),
            EntreeExigee(
                "SUSPENDRE_HABILITATION", "habilitation", ligne="habilitation_id", nom="journalise_posee"
            ),
        )
    )

    class Meta:
        db_table = "suspension"
        constraints = [
            models.UniqueConstraint(
                fields=["habilitation"], condition=Q(levee_le=None), name="suspension_en_cours"
            ),
            models.CheckConstraint(
                condition=Q(levee_le=None, levee_par=None, issue="")
                | Q(
                    levee_le__isnull=False,
                    levee_par__isnull=False,
                    issue__in=[i.value for i in IssueSuspension],
                ),
                name="suspension_issue",
            ),
        ]
        indexes = [models.Index(fields=["habilitation"], name="suspension_de_l_habilitation")]


class Reduction(Identifiee):
    """A right that a role no longer gives to this person. Insert-only: giving it back is a new role."""

    territoire = models.CharField(max_length=3, blank=True)
    habilitation = models.ForeignKey(Habilitation, models.PROTECT, related_name="reductions", db_index=False)
    permission = models.CharField(max_length=30)
    reponse = models.ForeignKey(ReponseRevue, models.PROTECT, related_name="+", db_index=False)
    retiree_par = models.UUIDField()
    retiree_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        journalise=(
            EntreeExigee(
                "REDUIRE_HABILITATION", "habilitation", ligne="habilitation_id", nom="journalise_dite"
            ),
        )
    )

    class Meta:
        db_table = "reduction"
        constraints = [
            models.UniqueConstraint(fields=["habilitation", "permission"], name="reduction_une_fois"),
            models.CheckConstraint(condition=~Q(permission=""), name="reduction_permission"),
        ]


class UsageDroit(models.Model):
    """When an account last did one kind of act in one role and place: the journal, added up night after night."""

    pk = models.CompositePrimaryKey("territoire", "compte", "role", "guichet", "verbe")
    territoire = models.CharField(max_length=3, blank=True)
    compte = models.UUIDField()
    role = models.CharField(max_length=30)
    guichet = models.CharField(max_length=5, blank=True)
    verbe = models.CharField(max_length=30)
    dernier_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, UPDATE (dernier_le)"
    gardes = Gardes()

    class Meta:
        db_table = "usage_droit"
        indexes = [models.Index(fields=["compte"], name="usage_droit_du_compte")]


class ReleveUsages(models.Model):
    """How far the journal was added up: the number of the last seal. One row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    scellement = models.BigIntegerField(default=0)

    droits_runtime = "SELECT, INSERT, UPDATE (scellement)"
    gardes = Gardes()

    class Meta:
        db_table = "releve_usages"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="releve_usages_unique")]
