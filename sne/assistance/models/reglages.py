"""Incidents that many meet; what each person chose; how many questions were settled before being sent."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee, Inscrite


class NumeroTicket(models.Model):
    """The last number given in a year."""

    annee = models.SmallIntegerField("année", primary_key=True)
    dernier = models.IntegerField()

    droits_runtime = "SELECT, INSERT, UPDATE (dernier)"
    gardes = Gardes()

    class Meta:
        db_table = "numero_ticket"

    def __str__(self) -> str:
        return f"{self.annee}-{self.dernier}"


class Incident(Inscrite):
    """What goes wrong for many: a public line, shown on the site and on the screens concerned (``vues``, their codes).

    ``reponse``: what all its tickets were answered when it ended.
    """

    titre = models.CharField(max_length=120)
    phrase = models.CharField(max_length=300)
    mots = models.CharField("mots-clés", max_length=300, blank=True)
    vues = ArrayField(models.TextField(), default=list)
    auteur = models.UUIDField()
    debut = models.DateTimeField("début")
    fin = models.DateTimeField(null=True)
    reponse = models.TextField("réponse", blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (fin, reponse)"
    droits_portail = "SELECT (id, titre, phrase, vues, debut, fin)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        journalise=(
            EntreeExigee("OUVRIR_INCIDENT", "incident"),
            EntreeExigee("CLORE_INCIDENT", "incident", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "incident"
        constraints = [
            models.CheckConstraint(
                condition=Q(fin=None, reponse="") | Q(fin__isnull=False) & ~Q(reponse=""), name="incident_fin"
            )
        ]

    def __str__(self) -> str:
        return self.titre


class EquipeParDefaut(Identifiee):
    """The team that somebody shares with unless they say otherwise; ``categorie`` empty: whatever it is about.

    ``cle`` empty: with nobody.
    """

    compte = models.UUIDField()
    categorie = models.CharField(max_length=10, blank=True)
    cle = models.CharField("équipe", max_length=60, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (cle)"
    gardes = Gardes()

    class Meta:
        db_table = "equipe_par_defaut"
        constraints = [models.UniqueConstraint(fields=["compte", "categorie"], name="equipe_par_defaut_une")]

    def __str__(self) -> str:
        return self.cle


class TicketMasque(Identifiee):
    """Somebody does not want to see a ticket in their lists any more: for them alone."""

    compte = models.UUIDField()
    ticket = models.UUIDField()

    droits_runtime = "SELECT, INSERT, DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "ticket_masque"
        constraints = [models.UniqueConstraint(fields=["compte", "ticket"], name="ticket_masque_un")]

    def __str__(self) -> str:
        return str(self.ticket)


class VueEnregistree(Identifiee):
    """A list that somebody narrowed and named, for themselves. ``filtres``: as in its address."""

    compte = models.UUIDField()
    nom = models.CharField(max_length=40)
    vue = models.CharField(max_length=20)
    filtres = models.JSONField(default=dict)

    droits_runtime = "SELECT, INSERT, UPDATE (vue, filtres), DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "vue_ticket"
        constraints = [models.UniqueConstraint(fields=["compte", "nom"], name="vue_ticket_une")]

    def __str__(self) -> str:
        return self.nom


class TicketEvite(Identifiee):
    """How many questions were settled on the page before being sent, by day, place and category; without who."""

    jour = models.DateField()
    territoire = models.CharField(max_length=3, blank=True)
    categorie = models.CharField(max_length=10)
    nombre = models.IntegerField(default=0)

    droits_runtime = "SELECT, INSERT, UPDATE (nombre)"
    gardes = Gardes()

    class Meta:
        db_table = "ticket_evite"
        constraints = [
            models.UniqueConstraint(fields=["jour", "territoire", "categorie"], name="ticket_evite_un")
        ]

    def __str__(self) -> str:
        return f"{self.jour} {self.categorie}"
