"""Tables of the spaces: whose they are, which team may do what in them and until when, who is in a list."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sne.collaboratif.espaces.rules import NOM_MAX, PHRASE_MAX, Droit, Nature
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite

EQUIPE = r"^(role|terr|guichet|liste):|^pro$"
"""A key of a team; that of one person owns and opens no space."""


class Espace(Inscrite):
    """A space of a team (``equipe``), never of somebody. Closed, it is read only; later, its texts are erased."""

    code = models.SlugField(max_length=60, unique=True)
    nom = models.CharField(max_length=NOM_MAX)
    phrase = models.CharField(max_length=PHRASE_MAX)
    nature = models.CharField(max_length=10)
    territoire = models.CharField(max_length=3, blank=True)
    equipe = models.TextField("équipe propriétaire")
    ouvert_le = models.DateTimeField()
    ferme_le = models.DateTimeField("fermé le", null=True)
    efface_le = models.DateTimeField("effacé le", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (ferme_le, efface_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(
            EntreeExigee("OUVRIR_ESPACE", "espace"),
            EntreeExigee("FERMER_ESPACE,EFFACER_ESPACE", "espace", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "espace"
        constraints = [
            models.CheckConstraint(
                condition=Q(nature__in=[n.value for n in Nature])
                & Q(equipe__regex=EQUIPE)
                & (
                    Q(nature=Nature.TERRITOIRE.value) & ~Q(territoire="") | ~Q(nature=Nature.TERRITOIRE.value)
                ),
                name="espace_forme",
            ),
            models.CheckConstraint(
                condition=Q(efface_le=None) | Q(ferme_le__isnull=False, efface_le__gt=F("ferme_le")),
                name="espace_ferme_puis_efface",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class AccesEspace(Inscrite):
    """What a team may do in a space, from an instant until another; ended, never taken away."""

    espace = models.ForeignKey(Espace, models.PROTECT, related_name="acces")
    equipe = models.TextField("équipe")
    droit = models.CharField(max_length=10)
    debut = models.DateTimeField("début")
    fin = models.DateTimeField(null=True)
    par = models.UUIDField()

    droits_runtime = "SELECT, INSERT, UPDATE (fin)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(
            EntreeExigee("OUVRIR_ESPACE,CHANGER_ACCES_ESPACE", "espace", ligne="espace_id"),
            EntreeExigee(
                "CHANGER_ACCES_ESPACE", "espace", ligne="espace_id", sur="UPDATE", nom="journalise_la_fin"
            ),
        ),
    )

    class Meta:
        db_table = "acces_espace"
        constraints = [
            models.CheckConstraint(
                condition=Q(droit__in=[d.value for d in Droit])
                & Q(equipe__regex=EQUIPE)
                & (Q(fin=None) | Q(fin__gte=F("debut"))),
                name="acces_espace_forme",
            ),
            models.UniqueConstraint(
                fields=["espace", "equipe"], condition=Q(fin=None), name="acces_espace_un_par_equipe"
            ),
        ]
        indexes = [models.Index(fields=["equipe"], name="acces_espace_equipe")]

    def __str__(self) -> str:
        return f"{self.equipe} {self.droit}"


class MembreListe(Inscrite):
    """Somebody in a list (a project, a trial), from an instant until another; it opens nothing without a role."""

    liste = models.SlugField(max_length=60)
    compte = models.UUIDField()
    debut = models.DateTimeField("début")
    fin = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (fin)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(
            EntreeExigee("CHANGER_LISTE", "membre"),
            EntreeExigee("CHANGER_LISTE", "membre", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "membre_liste"
        constraints = [
            models.UniqueConstraint(
                fields=["liste", "compte"], condition=Q(fin=None), name="membre_liste_une_fois"
            )
        ]
        indexes = [models.Index(fields=["compte"], name="membre_liste_compte")]

    def __str__(self) -> str:
        return f"{self.liste} {self.compte}"


class Drapeau(models.Model):
    """A part of the service opened to some teams, for a time. Switched off, it hides; nothing is lost."""

    code = models.SlugField(primary_key=True, max_length=60)
    equipes = ArrayField(models.TextField())
    du = models.DateTimeField()
    au = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (equipes, du, au)"
    gardes = Gardes(
        sans_retrait=True,
        journalise=(EntreeExigee("REGLER_DRAPEAU", "drapeau", ligne="code", sur="INSERT OR UPDATE"),),
    )

    class Meta:
        db_table = "drapeau"

    def __str__(self) -> str:
        return self.code
