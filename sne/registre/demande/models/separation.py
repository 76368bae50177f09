"""Who left which demande for which: the link between two demandes, never changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne, TitreAnciennete
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class Separation(Inscrite):
    """One adult leaves ``demande`` and is registered anew: the link, read both ways. Insert-only.

    ``titre``: the title of the first demande, which the new one descends from. ``a_decider``: why the seniority waits
    for the territorial manager; empty when it is kept at once. ``secrete``: nobody of the household left may learn of
    the new demande, so only the territorial manager reads the link. ``revision``: of ``demande``, without the person; a
    row that comes back by a demande put back may leave again, by another one.
    """

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+")
    revision = models.IntegerField()
    nouvelle = models.OneToOneField(Demande, models.PROTECT, related_name="+")
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", db_index=False)
    personne_nouvelle = models.ForeignKey(Personne, models.PROTECT, related_name="+", db_index=False)
    titre = models.ForeignKey(TitreAnciennete, models.PROTECT, related_name="+", db_index=False)
    preuve = models.CharField(max_length=6)
    document = models.CharField("où la preuve est gardée", max_length=200)
    secrete = models.BooleanField("adresse à tenir secrète")
    a_decider = ArrayField(models.CharField(max_length=20), default=list)
    auteur = models.UUIDField()
    separe_par = models.JSONField("auteur, tel qu’il était")
    guichet = models.CharField(max_length=5)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id", "nouvelle_id"),
        journalise=(EntreeExigee("SEPARER", "separation", revision=True),),
    )

    class Meta:
        db_table = "separation"
        constraints = [
            models.CheckConstraint(
                condition=~Q(demande=models.F("nouvelle")), name="separation_deux_demandes"
            ),
            models.UniqueConstraint(fields=["personne", "revision"], name="separation_un_depart"),
        ]
        indexes = [models.Index(fields=["territoire", "survenu_le", "id"], name="separation_avis")]
