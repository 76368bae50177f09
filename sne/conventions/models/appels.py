"""What a software called, how often, and what it calls each demande."""

from django.db import models
from django.db.models import Q

from sne.conventions.models.conventions import Convention
from sne.conventions.rules.cadences import Groupe
from sne.socle.gardes import Gardes
from sne.socle.models import Identifiee

REFERENCE_MAX = 50  # signs
RESEAU_MAX = 43  # of an IPv6 network written in full


class Cadence(models.Model):
    """The credit of an agreement in one group of calls. Not logged: a crash gives it back whole.

    ``plein_le``: when it is whole again; ``par_minute``: a figure of its own, in place of the dated parameter.
    """

    pk = models.CompositePrimaryKey("convention_id", "groupe")
    convention = models.ForeignKey(Convention, models.PROTECT, related_name="cadences", db_index=False)
    groupe = models.CharField(max_length=9)
    plein_le = models.DateTimeField()
    par_minute = models.PositiveIntegerField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (plein_le, par_minute)"
    gardes = Gardes()

    class Meta:
        db_table = "cadence_convention"
        constraints = [
            models.CheckConstraint(
                condition=Q(groupe__in=[g.value for g in Groupe])
                & (Q(par_minute=None) | Q(par_minute__gte=1)),
                name="cadence_convention_codes",
            )
        ]


class Appel(Identifiee):
    """One call, for its vendor and for whoever watches: never a body, a name, a number of application.

    ``operation``: the name of the operation or the pattern of the address; ``statut``: of HTTP; ``correlation``: the
    journal’s; ``agent``: what the vendor calls the person; ``dossiers``: how many demandes it was given to read;
    ``reseau``: where the vendor’s machine is, by its network alone.
    """

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="appels", db_index=False)
    cle = models.UUIDField("clé", null=True)
    territoire = models.CharField(max_length=3, blank=True)
    guichet = models.CharField(max_length=5, blank=True)
    agent = models.CharField(max_length=64, blank=True)
    operation = models.CharField("opération", max_length=100)
    statut = models.PositiveSmallIntegerField()
    duree_ms = models.PositiveIntegerField("durée (ms)")
    correlation = models.UUIDField(null=True)
    dossiers = models.PositiveSmallIntegerField(db_default=0)
    reseau = models.CharField("réseau", max_length=RESEAU_MAX, blank=True, db_default="")
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "appel_convention"
        indexes = [
            models.Index(fields=["convention", "-survenu_le"], name="appel_convention_derniers"),
            models.Index(fields=["survenu_le"], name="appel_convention_anciens"),
        ]


class Echange(models.Model):
    """What one agreement knows of one demande: its own reference, and the revision that we last gave it.

    A message has no revision: ``revision_emise`` is the one that it started from. Another agreement reads neither.
    """

    pk = models.CompositePrimaryKey("territoire", "demande", "convention_id")
    territoire = models.CharField(max_length=3)
    demande = models.UUIDField()
    convention = models.ForeignKey(Convention, models.PROTECT, related_name="echanges", db_index=False)
    reference = models.CharField("référence de l’éditeur", max_length=REFERENCE_MAX, blank=True)
    revision_emise = models.PositiveIntegerField(null=True)
    emise_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (reference, revision_emise, emise_le)"
    gardes = Gardes(efface_par=("demande",))

    class Meta:
        db_table = "echange_convention"
        constraints = [
            models.CheckConstraint(
                condition=Q(revision_emise=None, emise_le=None)
                | Q(revision_emise__isnull=False, emise_le__isnull=False),
                name="echange_convention_emission",
            ),
        ]
