"""Which body a person lets act in their place on their demande: what, until when, who signed, how it ended."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.registre.demande.models.colonnes import cle, inscrit_le, territoire
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.demande.rules.mandat_aide import FinMandat, StatutMandat
from sne.socle.gardes import EntreeExigee, Gardes

_SIGNE = Q(aidant__isnull=False, aidant_par__isnull=False, accepte_le__isnull=False, jusqu_au__isnull=False)
_PAS_SIGNE = Q(aidant=None, aidant_par__isnull=True, accepte_le=None, jusqu_au=None)


class MandatAide(models.Model):
    """The authorisation of one body by the applicant of one demande. Both sign; it never grows.

    ``id``: the form's, so that one posted twice is one. ``identite``: the one in force when the person signed; under
    another one it gives nothing. ``organisme_nom``: as it was signed. ``texte``, ``empreinte``: the version of the
    words that both signed, and their SHA-256. ``aidant``: the account that accepted for the body. ``jusqu_au``:
    last day.
    """

    id = cle()
    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", db_index=False)
    identite = models.ForeignKey(Identite, models.PROTECT, related_name="+", db_index=False)
    compte = models.UUIDField()
    organisme = models.CharField(max_length=9)
    organisme_nom = models.CharField(max_length=150)
    portees = ArrayField(models.CharField(max_length=12), verbose_name="portées")
    jours = models.PositiveSmallIntegerField()
    accepter_avant = models.DateField()
    texte = models.CharField(max_length=8)
    empreinte = models.CharField(max_length=64)
    statut = models.CharField(max_length=8, default=StatutMandat.PROPOSE.value)
    survenu_le = models.DateTimeField()
    inscrit_le = inscrit_le()
    aidant = models.UUIDField(null=True)
    aidant_par = models.JSONField("aidant, tel qu’il était", null=True)
    accepte_le = models.DateTimeField("accepté le", null=True)
    jusqu_au = models.DateField(null=True)
    clos_le = models.DateTimeField(null=True)
    fin = models.CharField(max_length=16, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (statut, aidant, aidant_par, accepte_le, jusqu_au, clos_le, fin)"
    droits_portail = (
        "SELECT, INSERT, UPDATE (statut, clos_le, fin)"  # the other signature is not the household's
    )
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(
            EntreeExigee("PROPOSER_MANDAT", "mandat"),
            EntreeExigee("ACCEPTER_MANDAT,FINIR_MANDAT", "mandat", sur="UPDATE", nom="journalise_la_suite"),
        ),
    )

    class Meta:
        db_table = "mandat_aide"
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "demande", "organisme"],
                condition=Q(clos_le=None),
                name="mandat_aide_une_fois",
            ),
            models.CheckConstraint(
                condition=Q(statut=StatutMandat.PROPOSE.value, clos_le=None, fin="") & _PAS_SIGNE
                | Q(statut=StatutMandat.ACTIF.value, clos_le=None, fin="") & _SIGNE
                | Q(
                    statut=StatutMandat.FINI.value,
                    clos_le__isnull=False,
                    fin__in=[fin.value for fin in FinMandat],
                )
                & (_SIGNE | _PAS_SIGNE),
                name="mandat_aide_etat",
            ),
            models.CheckConstraint(condition=~Q(portees=[]), name="mandat_aide_dit_quoi"),
        ]
        indexes = [
            models.Index(fields=["territoire", "demande", "survenu_le"], name="mandat_aide_dossier"),
            models.Index(
                fields=["territoire", "organisme"], condition=Q(clos_le=None), name="mandat_aide_organisme"
            ),
        ]
