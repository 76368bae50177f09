"""Exchanges, observations, reminders and second readings about a change of identity."""

from django.db import models
from django.db.models import Q

from sne.habilitations.models.deux_personnes import COMPTES, Reponse, deux_personnes
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.controle.models import Operation
from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.identite.rules.echanges import NatureEchange
from sne.registre.identite.rules.rappels import MARQUES
from sne.registre.identite.rules.relecture import AvisRelecture
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class EchangeIdentite(Inscrite):
    """One message around a change that waits: a question to the counter, its answer, a report. Insert-only.

    ``enquete``: the one that a report opened, on the file that it froze.
    """

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    identite = models.ForeignKey(Identite, models.PROTECT, related_name="echanges", db_index=False)
    nature = models.CharField(max_length=15)
    texte = models.CharField(max_length=TEXTE_MAX)
    enquete = models.ForeignKey(
        "registre.DossierEnquete", models.PROTECT, null=True, related_name="+", db_index=False
    )
    auteur = models.UUIDField()
    ecrit_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()

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


class RelectureIdentite(Reponse):
    """A blind second reading of a change drawn by its identifier. Insert-only; it changes nothing of the file.

    ``avis``: what the reader would have decided; ``concorde``: whether that is what was decided. ``auteur``: who
    decided, or typed what was applied at once; ``decideur``: who reads again.
    """

    repond_a = "identite"

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    identite = models.OneToOneField(Identite, models.PROTECT, related_name="relecture")
    avis = models.CharField(max_length=8)
    precision = models.CharField("précision", max_length=TEXTE_MAX, blank=True)
    concorde = models.BooleanField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        personnes=COMPTES,
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
            deux_personnes("relecture_identite"),
        ]


class RappelIdentite(Inscrite):
    """One mark of a change that waits, sent: to those who may decide, and the last one to the national operator too.

    Insert-only. ``destinataires``: how many persons were told.
    """

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+", db_index=False)
    identite = models.ForeignKey(Identite, models.PROTECT, related_name="rappels", db_index=False)
    marque = models.CharField(max_length=8)
    destinataires = models.SmallIntegerField()
    survenu_le = models.DateTimeField()

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


class ObservationIdentite(Inscrite):
    """What an agent says, once, of an act of theirs that a score ranks among those to look at. Insert-only.

    Read beside the score by the person who decides; by no colleague.
    """

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+")
    operation = models.OneToOneField(Operation, models.PROTECT, related_name="observation")
    texte = models.CharField(max_length=TEXTE_MAX)
    auteur = models.UUIDField()
    ecrite_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()

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
