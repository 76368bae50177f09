"""A change of contact allowed soon after a change of identity, and the one revision that used it."""

from django.db import models
from django.db.models import F, Q

from sne.registre.models.colonnes import cle, inscrit_le, territoire
from sne.registre.models.demande import Demande
from sne.registre.models.personne import Identite
from sne.registre.rules.controle import MotifPermission
from sne.registre.rules.enquete import TEXTE_MAX
from sne.socle.gardes import EntreeExigee, Gardes


class PermissionContact(models.Model):
    """One change of contact allowed by a territorial manager, until a day. Insert-only.

    ``identite``: the change that holds the contacts, ``premier``: whoever typed it. ``jusqu_au``: the last day.
    """

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    identite = models.ForeignKey(Identite, models.PROTECT, related_name="+", db_index=False)
    motif = models.CharField(max_length=14)
    precision = models.CharField("précision", max_length=TEXTE_MAX)
    jusqu_au = models.DateField()
    premier = models.UUIDField()
    gestionnaire = models.UUIDField()
    permise_par = models.JSONField("gestionnaire, tel qu’il était")
    personne_premier = models.UUIDField(null=True, editable=False)
    personne_gestionnaire = models.UUIDField(null=True, editable=False)
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("PERMETTRE_CONTACT", "permission"),),
    )

    class Meta:
        db_table = "permission_contact"
        constraints = [
            models.CheckConstraint(
                condition=Q(motif__in=[motif.value for motif in MotifPermission]) & ~Q(precision=""),
                name="permission_contact_motif",
            ),
            models.CheckConstraint(
                condition=~Q(personne_premier=F("personne_gestionnaire")),
                name="permission_contact_deux_personnes",
            ),
        ]
        indexes = [
            models.Index(fields=["territoire", "demande", "survenu_le"], name="permission_contact_du_dossier")
        ]


class UsagePermission(models.Model):
    """The revision that used a permission: one only, by another person than who gave it. Insert-only."""

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    permission = models.OneToOneField(PermissionContact, models.PROTECT, related_name="usage")
    revision = models.IntegerField()
    gestionnaire = models.UUIDField()
    auteur = models.UUIDField()
    personne_gestionnaire = models.UUIDField(null=True, editable=False)
    personne_auteur = models.UUIDField(null=True, editable=False)
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(
            EntreeExigee("MODIFIER,RENOUVELER,REACTIVER", "permission", ligne="permission_id", revision=True),
        ),
    )

    class Meta:
        db_table = "usage_permission"
        constraints = [
            models.CheckConstraint(
                condition=~Q(personne_gestionnaire=F("personne_auteur")),
                name="usage_permission_deux_personnes",
            )
        ]
