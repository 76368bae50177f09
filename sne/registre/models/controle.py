"""What the control of identity keeps: what was examined of each change, and the operations that surround them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.registre.models.colonnes import cle, inscrit_le, territoire
from sne.registre.models.demande import Demande
from sne.registre.models.personne import Identite
from sne.registre.rules.controle import Decision, TypeOperation
from sne.registre.rules.decision_identite import PRECISION_MAX
from sne.registre.rules.echanges_identite import MESSAGE_MAX, NatureEchange
from sne.registre.rules.observations import OBSERVATION_MAX
from sne.registre.rules.rappels import MARQUES
from sne.registre.rules.relecture import AvisRelecture
from sne.socle.acteur import Canal
from sne.socle.gardes import EntreeExigee, Gardes


class ExamenIdentite(models.Model):
    """Why a change of identity was applied at once, or waits. Insert-only.

    ``clauses``, ``phrase``: what held it, or let it pass; ``seuils``: the thresholds of that day. ``tiree``: drawn to
    be read again, should it be one of those that are.
    """

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    identite = models.OneToOneField(Identite, models.PROTECT, related_name="examen")
    decision = models.CharField(max_length=11)
    clauses = ArrayField(models.CharField(max_length=20), default=list)
    phrase = models.TextField()
    seuils = models.JSONField()
    tiree = models.BooleanField(default=False, db_default=False)
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, estampille=True, efface_par=("demande_id",))

    class Meta:
        db_table = "examen_identite"
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=[Decision.AUTOMATIQUE.value, Decision.EN_ATTENTE.value]),
                name="examen_identite_decision",
            )
        ]
        indexes = [
            models.Index(fields=["territoire", "demande", "survenu_le"], name="examen_identite_du_dossier"),
            models.Index(fields=["territoire", "survenu_le"], name="examen_identite_du_mois"),
            models.Index(
                fields=["territoire", "survenu_le"], condition=Q(tiree=True), name="examen_identite_tires"
            ),
        ]


class EchangeIdentite(models.Model):
    """One message around a change that waits: a question to the counter, its answer, a report. Insert-only.

    ``enquete``: the one that a report opened, on the file that it froze.
    """

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    identite = models.ForeignKey(Identite, models.PROTECT, related_name="echanges", db_index=False)
    nature = models.CharField(max_length=15)
    texte = models.CharField(max_length=MESSAGE_MAX)
    enquete = models.ForeignKey(
        "registre.DossierEnquete", models.PROTECT, null=True, related_name="+", db_index=False
    )
    auteur = models.UUIDField()
    ecrit_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("QUESTIONNER_IDENTITE,REPONDRE_IDENTITE,SIGNALER_IDENTITE", "echange"),),
    )

    class Meta:
        db_table = "echange_identite"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    nature__in=[NatureEchange.QUESTION.value, NatureEchange.REPONSE.value], enquete=None
                )
                | Q(nature=NatureEchange.SIGNALEMENT.value, enquete__isnull=False),
                name="echange_identite_nature",
            ),
            models.CheckConstraint(condition=~Q(texte=""), name="echange_identite_dit"),
            models.UniqueConstraint(
                fields=["identite"],
                condition=Q(nature=NatureEchange.SIGNALEMENT.value),
                name="echange_identite_un_signalement",
            ),
        ]
        indexes = [
            models.Index(fields=["territoire", "identite", "survenu_le"], name="echange_identite_ordre")
        ]


class RelectureIdentite(models.Model):
    """A blind second reading of a change drawn by its identifier. Insert-only; it changes nothing of the file.

    ``avis``: what the reader would have decided; ``concorde``: whether that is what was decided. ``premier``: whoever
    decided, or typed what was applied at once. The two ``personne_``: whoever these accounts are, written by the
    database.
    """

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    identite = models.OneToOneField(Identite, models.PROTECT, related_name="relecture")
    avis = models.CharField(max_length=8)
    precision = models.CharField("précision", max_length=PRECISION_MAX, blank=True)
    concorde = models.BooleanField()
    premier = models.UUIDField()
    relecteur = models.UUIDField()
    personne_premier = models.UUIDField(null=True, editable=False)
    personne_relecteur = models.UUIDField(null=True, editable=False)
    relu_par = models.JSONField("relecteur, tel qu’il était")
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("RELIRE_IDENTITE", "relecture"),),
    )

    class Meta:
        db_table = "relecture_identite"
        constraints = [
            models.CheckConstraint(
                condition=Q(avis=AvisRelecture.VALIDEE.value)
                | Q(avis=AvisRelecture.REFUSEE.value) & ~Q(precision=""),
                name="relecture_identite_avis",
            ),
            models.CheckConstraint(
                condition=~Q(premier=models.F("relecteur")), name="relecture_identite_quatre_yeux"
            ),
            models.CheckConstraint(
                condition=~Q(personne_premier=models.F("personne_relecteur")),
                name="relecture_identite_deux_personnes",
            ),
        ]


class RappelIdentite(models.Model):
    """One mark of a change that waits, sent: to whoever may decide, and the last one to the national operator too.

    Insert-only. ``destinataires``: how many persons were told.
    """

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    identite = models.ForeignKey(Identite, models.PROTECT, related_name="rappels", db_index=False)
    marque = models.CharField(max_length=8)
    destinataires = models.SmallIntegerField()
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("RAPPELER_IDENTITE", "rappel"),),
    )

    class Meta:
        db_table = "rappel_identite"
        constraints = [
            models.UniqueConstraint(fields=["identite", "marque"], name="rappel_identite_une_fois"),
            models.CheckConstraint(
                condition=Q(marque__in=[marque.value for marque in MARQUES]), name="rappel_identite_marque"
            ),
            models.CheckConstraint(condition=Q(destinataires__gt=0), name="rappel_identite_a_quelqu_un"),
        ]
        indexes = [models.Index(fields=["territoire", "survenu_le"], name="rappel_identite_du_jour")]


class Operation(models.Model):
    """Which fields one revision touched, or asked to, by whom, through which door; never a value. Insert-only.

    A deposit has none. ``risque``: it makes somebody else of the holder of an old file. ``score`` and ``termes``: what
    ranks the file for who reads it, once its identity differs from the anchor; ``None`` otherwise.
    """

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    type = models.CharField(max_length=14)
    canal = models.CharField(max_length=10)
    guichet = models.CharField(max_length=5, blank=True)
    auteur = models.UUIDField()
    champs = ArrayField(models.CharField(max_length=20), default=list)
    risque = models.BooleanField(default=False)
    score = models.FloatField(null=True)
    termes = models.JSONField(null=True)
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, estampille=True, efface_par=("demande_id",))

    class Meta:
        db_table = "operation"
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=[t.value for t in TypeOperation if t is not TypeOperation.CREATION]),
                name="operation_type",
            ),
            models.CheckConstraint(
                condition=Q(score=None, termes=None) | Q(score__isnull=False, termes__isnull=False),
                name="operation_score",
            ),
        ]
        indexes = [
            models.Index(fields=["demande", "survenu_le"], name="operation_du_dossier"),
            models.Index(
                fields=["auteur", "survenu_le"], condition=Q(risque=True), name="operation_a_risque"
            ),
            models.Index(
                fields=["territoire", "guichet", "survenu_le"],
                condition=Q(risque=True, canal=Canal.INTERFACE.value),
                name="operation_a_risque_interface",
            ),
            models.Index(fields=["territoire", "guichet", "survenu_le"], name="operation_du_guichet"),
            models.Index(
                fields=["auteur", "-survenu_le", "-id"],
                condition=Q(score__isnull=False),
                name="operation_regardee",
            ),
            models.Index(
                fields=["territoire", "demande", "-survenu_le", "-id"],
                condition=Q(score__isnull=False),
                name="operation_du_score",
            ),
        ]


class ObservationIdentite(models.Model):
    """What an agent says, once, of an act of theirs that a score ranks among those to look at. Insert-only.

    Read beside the score by whoever decides; by no colleague.
    """

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+")
    operation = models.OneToOneField(Operation, models.PROTECT, related_name="observation")
    texte = models.CharField(max_length=OBSERVATION_MAX)
    auteur = models.UUIDField()
    ecrite_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("OBSERVER_IDENTITE", "observation"),),
    )

    class Meta:
        db_table = "observation_identite"
        constraints = [
            models.CheckConstraint(condition=~Q(texte=""), name="observation_identite_dite"),
        ]
