"""What the control of identity keeps: what was examined of each change, and the operations that surround them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.habilitations.models.deux_personnes import COMPTES, Reponse, deux_personnes
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.controle.rules.alternance import MotifPermission
from sne.registre.controle.rules.decision import Decision
from sne.registre.controle.rules.operations import TypeOperation
from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.socle.acteur import Canal
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class ExamenIdentite(Inscrite):
    """Why a change of identity was applied at once, or waits. Insert-only.

    ``clauses``, ``phrase``: what held it, or let it pass; ``seuils``: the thresholds of that day. ``tiree``: drawn to
    be read a second time, if its decision is of a kind that is read again.
    """

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    identite = models.OneToOneField(Identite, models.PROTECT, related_name="examen")
    decision = models.CharField(max_length=11)
    clauses = ArrayField(models.CharField(max_length=20), default=list)
    phrase = models.TextField()
    seuils = models.JSONField()
    tiree = models.BooleanField(default=False, db_default=False)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT (id, identite_id)"  # that one was examined, and not what was found
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


class Operation(Inscrite):
    """Which fields one revision touched, or asked to, by whom, through which door; never a value. Insert-only.

    A deposit has none. ``agent``: whom a software names. ``risque``: it makes somebody else of the holder of an old
    file. ``score`` and ``termes``: what ranks the file in the reading list, once its identity differs from the anchor;
    ``None`` otherwise.
    """

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    type = models.CharField(max_length=14)
    canal = models.CharField(max_length=10)
    guichet = models.CharField(max_length=5, blank=True)
    auteur = models.UUIDField()
    agent = models.CharField(max_length=64, blank=True, default="", db_default="")
    champs = ArrayField(models.CharField(max_length=20), default=list)
    risque = models.BooleanField(default=False)
    score = models.FloatField(null=True)
    termes = models.JSONField(null=True)
    survenu_le = models.DateTimeField()

    droits_runtime = droits_portail = "SELECT, INSERT"
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


class PermissionContact(Reponse):
    """One change of contact allowed by a territorial manager, until a day. Insert-only.

    ``identite``: the change that holds the contacts, ``auteur``: who typed it; ``decideur``: who allows. ``jusqu_au``:
    the last day.
    """

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    identite = models.ForeignKey(Identite, models.PROTECT, related_name="+", db_index=False)
    motif = models.CharField(max_length=14)
    precision = models.CharField("précision", max_length=TEXTE_MAX)
    jusqu_au = models.DateField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        personnes=COMPTES,
        journalise=(EntreeExigee("PERMETTRE_CONTACT", "permission"),),
    )

    class Meta:
        db_table = "permission_contact"
        constraints = [
            models.CheckConstraint(
                condition=Q(motif__in=[motif.value for motif in MotifPermission]) & ~Q(precision=""),
                name="permission_contact_motif",
            ),
            deux_personnes("permission_contact"),
        ]
        indexes = [
            models.Index(fields=["territoire", "demande", "survenu_le"], name="permission_contact_du_dossier")
        ]


class UsagePermission(Inscrite):
    """The revision that used a permission: one only, by another person than the person who gave it. Insert-only."""

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    permission = models.OneToOneField(PermissionContact, models.PROTECT, related_name="usage")
    revision = models.IntegerField()
    gestionnaire = models.UUIDField()
    auteur = models.UUIDField()
    personne_gestionnaire = models.UUIDField(null=True, editable=False)
    personne_auteur = models.UUIDField(null=True, editable=False)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        personnes=("gestionnaire", "auteur"),
        journalise=(
            EntreeExigee("MODIFIER,RENOUVELER,REACTIVER", "permission", ligne="permission_id", revision=True),
        ),
    )

    class Meta:
        db_table = "usage_permission"
        constraints = [deux_personnes("usage_permission", "gestionnaire", "auteur")]
