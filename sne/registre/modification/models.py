"""What an agent is typing: kept encrypted until it is handed in or dropped, so that nothing typed is lost."""

from django.db import models
from django.db.models import Q

from sne.registre.demande.models.colonnes import territoire
from sne.socle.cles import Chiffres, par_cle
from sne.socle.gardes import Gardes
from sne.socle.models import Identifiee


class Brouillon(Identifiee):
    """A draft of an act; its id becomes the id of what the act makes, so that handing it in twice makes it once.

    A registration makes a demande; one of no ``guichet`` is a household's own, which bears the identifier that the
    personal perimeter of its author names. A renewal makes a version of ``demande``, read at ``revision``: one at a
    time for each author and demande. ``numero`` rises by one at each save: a page made from an earlier one overwrites
    nothing.
    """

    territoire = territoire()
    guichet = models.CharField(max_length=5)
    auteur = models.UUIDField()
    demande = models.ForeignKey(
        "registre.Demande", models.PROTECT, null=True, related_name="+", db_index=False
    )
    revision = models.IntegerField(null=True)
    numero = models.IntegerField(default=1)
    donnees = models.BinaryField()
    ouvert_le = models.DateTimeField()
    maj_le = models.DateTimeField()

    colonnes_chiffrees = Chiffres(donnees=par_cle)
    droits_runtime = "SELECT, INSERT, UPDATE, DELETE"
    droits_portail = "SELECT, INSERT, UPDATE (auteur, donnees, numero, maj_le), DELETE"
    gardes = Gardes(efface_par=("demande_id",))

    class Meta:
        db_table = "brouillon"
        constraints = [
            models.UniqueConstraint(fields=["demande", "auteur"], name="brouillon_renouvellement"),
            models.CheckConstraint(
                condition=Q(demande__isnull=True, revision__isnull=True)
                | Q(demande__isnull=False, revision__isnull=False),
                name="brouillon_demande_et_revision",
            ),
        ]
        indexes = [models.Index(fields=["auteur", "-maj_le"], name="brouillon_auteur")]
