"""Subscriptions of software to a series, and the delivery of each line to each of them."""

from django.db import models
from django.db.models import Q

from sne.conventions.models import Convention
from sne.flux.rules.adresses import ADRESSE_MAX
from sne.flux.rules.livraisons import EtatAbonnement, EtatLivraison
from sne.flux.rules.types import Serie
from sne.socle.cles import Chiffres, par_cle
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee

MOTIF_MAX = 200  # signs


class Abonnement(Identifiee):
    """An address that is called with each line of a series. ``numero``: the last line handed over to deliveries.

    ``secret``, ``secret_avant``: encrypted; the former one signs too until ``avant_jusqu_au``.
    """

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="+")
    territoire = models.CharField(max_length=3)
    serie = models.CharField("série", max_length=8)
    adresse = models.CharField(max_length=ADRESSE_MAX)
    etat = models.CharField("état", max_length=11)
    motif = models.CharField(max_length=MOTIF_MAX, blank=True)
    numero = models.BigIntegerField("numéro")
    secret = models.BinaryField()
    secret_avant = models.BinaryField(null=True)
    avant_jusqu_au = models.DateTimeField(null=True)
    demande_le = models.DateTimeField("demandé le")

    colonnes_chiffrees = Chiffres(secret=par_cle, secret_avant=par_cle)
    droits_runtime = "SELECT, INSERT, UPDATE (etat, motif, numero, secret, secret_avant, avant_jusqu_au)"
    gardes = Gardes(
        sans_retrait=True,
        journalise=(
            EntreeExigee("ABONNER_AU_FLUX", "abonnement"),
            EntreeExigee(
                "CONFIRMER_ABONNEMENT_FLUX,SUSPENDRE_ABONNEMENT_FLUX,FERMER_ABONNEMENT_FLUX",
                "abonnement",
                sur="UPDATE",
                quand="OLD.etat <> NEW.etat",
                nom="journalise_etat",
            ),
            EntreeExigee(
                "TOURNER_SECRET_FLUX",
                "abonnement",
                sur="UPDATE",
                quand="OLD.secret <> NEW.secret",
                nom="journalise_secret",
            ),
        ),
    )

    class Meta:
        db_table = "flux_abonnement"
        constraints = [
            models.CheckConstraint(
                condition=Q(etat__in=[e.value for e in EtatAbonnement], serie__in=[s.value for s in Serie]),
                name="flux_abonnement_codes",
            ),
            models.CheckConstraint(
                condition=Q(secret_avant=None, avant_jusqu_au=None)
                | Q(secret_avant__isnull=False, avant_jusqu_au__isnull=False),
                name="flux_abonnement_secrets",
            ),
        ]

    def __str__(self) -> str:
        return self.adresse


class Livraison(Identifiee):
    """One line for one subscriber. ``statut``: of its last answer (HTTP), none when there was no answer."""

    abonnement = models.ForeignKey(Abonnement, models.PROTECT, related_name="livraisons", db_index=False)
    numero = models.BigIntegerField("numéro")
    etat = models.CharField("état", max_length=10)
    essais = models.PositiveSmallIntegerField(default=0)
    statut = models.PositiveSmallIntegerField(null=True)
    essaye_le = models.DateTimeField("essayé le", null=True)
    prochain_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, DELETE, UPDATE (etat, essais, statut, essaye_le, prochain_le)"
    gardes = Gardes()

    class Meta:
        db_table = "flux_livraison"
        constraints = [
            models.UniqueConstraint(fields=["abonnement", "numero"], name="flux_livraison_une_fois"),
            models.CheckConstraint(
                condition=Q(etat__in=[e.value for e in EtatLivraison]), name="flux_livraison_etat"
            ),
        ]
        indexes = [
            models.Index(
                fields=["prochain_le"], condition=Q(etat="EN_ATTENTE"), name="flux_livraison_a_faire"
            ),
            models.Index(fields=["essaye_le"], name="flux_livraison_anciennes"),
        ]

    def __str__(self) -> str:
        return f"{self.numero} {self.etat}"
