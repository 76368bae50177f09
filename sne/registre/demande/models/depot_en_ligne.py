"""What a household sent online, until a counter has read its document of identity: not a demande yet."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sne.demandeurs.rules.niveaux import Niveau
from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.rules.depot_en_ligne import MotifInvalidite, StatutDepot
from sne.socle.cles import Chiffres, par_cle
from sne.socle.gardes import EntreeExigee, Gardes

DECISIONS = "DEPOSER,DEMANDER_DOCUMENT,REFUSER_DEPOT,RECONNAITRE_DEPOT,COMPLETER_DEPOT"
# What its household may know of it: not what it sent, which nobody reads back by that door.
DITES = (
    "id, territoire, compte, statut, niveau, envoye_le, complete_le, pieces, motif, demande_id, decide_le, "
    "inscrit_le"
)


class DepotEnLigne(models.Model):
    """One sending. ``id``: the draft's, which the demande will bear.

    ``envoye_le``: when it was received, the date of the demande whatever the wait. ``niveau``: what the session was
    worth, the civil status typed being that of FranceConnect or not. ``contenu``: what was declared and the numbers
    typed, encrypted for this row, dropped once it is a demande. ``cles``: keyed fingerprints of birth dates and NIR of
    the adults, by which a counter finds that it waits. ``pieces``: documents received, by identifier and kind.
    ``motif``, ``agent``, ``guichet``, ``decide_le``: the last answer. ``verrou``, ``verrou_nom``, ``verrou_fin``: who
    verifies it, until when.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    territoire = territoire()
    compte = models.UUIDField()
    statut = models.CharField(max_length=16, default=StatutDepot.A_VALIDER.value)
    niveau = models.CharField(max_length=12)
    envoye_le = models.DateTimeField()
    complete_le = models.DateTimeField(null=True)
    contenu = models.BinaryField(null=True)
    cles = ArrayField(models.CharField(max_length=64), default=list)
    pieces = models.JSONField(default=list)
    motif = models.CharField(max_length=16, blank=True)
    demande = models.ForeignKey("registre.Demande", models.PROTECT, null=True, related_name="+")
    agent = models.UUIDField(null=True)
    guichet = models.CharField(max_length=5, blank=True)
    decide_le = models.DateTimeField(null=True)
    verrou = models.UUIDField(null=True)
    verrou_nom = models.CharField(max_length=200, blank=True)
    verrou_fin = models.DateTimeField(null=True)
    inscrit_le = models.DateTimeField(db_default=Now(), editable=False)

    colonnes_chiffrees = Chiffres(contenu=par_cle)
    droits_runtime = "SELECT, INSERT, UPDATE, DELETE"
    droits_portail = f"SELECT ({DITES}), INSERT, UPDATE (statut, motif, pieces, complete_le)"
    gardes = Gardes(
        estampille=True,
        efface_par=("demande_id",),
        journalise=(
            EntreeExigee("ENVOYER_DEPOT", "depot"),
            EntreeExigee(
                DECISIONS,
                "depot",
                sur="UPDATE",
                quand="OLD.statut IS DISTINCT FROM NEW.statut",
                nom="journalise_la_suite",
            ),
            EntreeExigee(
                "EFFACER_DEPOT",
                "depot",
                sur="DELETE",
                quand="OLD.demande_id IS NULL",
                nom="journalise_la_fin",
            ),
        ),
    )

    class Meta:
        db_table = "depot_en_ligne"
        constraints = [
            models.CheckConstraint(
                condition=Q(statut__in=[s.value for s in StatutDepot])
                & Q(niveau__in=[n.value for n in Niveau])
                & (
                    Q(motif="") & ~Q(statut=StatutDepot.INVALIDEE.value)
                    | Q(statut=StatutDepot.INVALIDEE.value, motif__in=[m.value for m in MotifInvalidite])
                ),
                name="depot_en_ligne_statut",
            ),
            models.CheckConstraint(
                # Either it waits with what was sent, or it is a demande and holds nothing more.
                condition=Q(
                    statut__in=[StatutDepot.A_VALIDER.value, StatutDepot.INVALIDEE.value],
                    demande=None,
                    contenu__isnull=False,
                )
                | Q(
                    statut__in=[StatutDepot.VALIDEE.value, StatutDepot.DEJA_ENREGISTREE.value],
                    demande__isnull=False,
                    contenu=None,
                    cles=[],
                ),
                name="depot_en_ligne_contenu",
            ),
        ]
        indexes = [
            models.Index(
                fields=["territoire", "envoye_le", "id"],
                condition=Q(statut=StatutDepot.A_VALIDER.value),
                name="depot_en_ligne_attend",
            ),
            models.Index(fields=["compte"], name="depot_en_ligne_compte"),
            models.Index(
                fields=["decide_le"],
                condition=Q(statut=StatutDepot.INVALIDEE.value),
                name="depot_en_ligne_invalide",
            ),
            GinIndex(fields=["cles"], condition=Q(demande=None), name="depot_en_ligne_cles"),
        ]
