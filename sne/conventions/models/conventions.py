"""What was agreed with a vendor for one body: steps, settings, scopes opened one at a time, stops."""

from django.db import models
from django.db.models import Q

from sne.conventions.rules.cles import Environnement
from sne.conventions.rules.portees import Portee
from sne.conventions.rules.reglages import (
    EDITEUR_MAX,
    MOTIF_MAX,
    Anteriorite,
    Attestation,
    FormatListe,
    ReponseVide,
)
from sne.habilitations.models import Compte
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee


class Convention(Identifiee):
    """One software of one vendor for one body. The guichets that it covers are the roles of its account.

    ``compte``: who acts, in the journal and in the reviews; its address is where the vendor is written to.
    ``organisme``: key of the body. ``conforme_le``, ``signee_le``: steps done, by their day.
    """

    compte = models.OneToOneField(Compte, models.PROTECT, related_name="convention")
    editeur = models.CharField("éditeur", max_length=EDITEUR_MAX)
    organisme = models.CharField(max_length=20)
    environnement = models.CharField(max_length=5)
    ouverte_par = models.UUIDField()
    ouverte_le = models.DateTimeField()
    adresse_verifiee_le = models.DateTimeField(null=True)
    conforme_le = models.DateField(null=True)
    signee_le = models.DateField(null=True)
    attestation = models.CharField(max_length=11, default=Attestation.JOINTE.value)
    reponse_vide = models.CharField(max_length=9, default=ReponseVide.ENVELOPPE.value)
    format_liste = models.CharField(max_length=17, default=FormatListe.UNE_RACINE.value)
    anteriorite = models.CharField(max_length=8, default=Anteriorite.DEMANDER.value)
    preuve_gardee = models.BooleanField(default=False)
    piece_vue = models.BooleanField(default=False)

    droits_runtime = (
        "SELECT, INSERT, UPDATE (adresse_verifiee_le, conforme_le, signee_le, attestation, reponse_vide, "
        "format_liste, anteriorite, preuve_gardee, piece_vue)"
    )
    gardes = Gardes(
        sans_retrait=True,
        journalise=(
            EntreeExigee("OUVRIR_CONVENTION", "convention"),
            EntreeExigee(
                "REGLER_CONVENTION",
                "convention",
                sur="UPDATE",
                quand="OLD IS DISTINCT FROM NEW",
                nom="journalise_reglee",
            ),
        ),
    )

    class Meta:
        db_table = "convention"
        constraints = [
            models.CheckConstraint(
                condition=Q(environnement__in=[e.value for e in Environnement])
                & Q(attestation__in=[v.value for v in Attestation])
                & Q(reponse_vide__in=[v.value for v in ReponseVide])
                & Q(format_liste__in=[v.value for v in FormatListe])
                & Q(anteriorite__in=[v.value for v in Anteriorite]),
                name="convention_codes",
            ),
            models.CheckConstraint(
                condition=~Q(editeur="")
                & ~Q(organisme="")
                & (Q(signee_le=None) | Q(conforme_le__isnull=False)),
                name="convention_dans_l_ordre",
            ),
        ]

    def __str__(self) -> str:
        return self.editeur


class PorteeOuverte(Identifiee):
    """A scope that an agreement has from an instant until another."""

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="portees", db_index=False)
    portee = models.CharField("portée", max_length=20)
    ouverte_par = models.UUIDField()
    ouverte_le = models.DateTimeField()
    fermee_par = models.UUIDField(null=True)
    fermee_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (fermee_par, fermee_le)"
    gardes = Gardes(
        sans_retrait=True,
        journalise=(
            EntreeExigee("OUVRIR_PORTEE", "portee_ouverte"),
            EntreeExigee("FERMER_PORTEE", "portee_ouverte", sur="UPDATE", nom="journalise_fermee"),
        ),
    )

    class Meta:
        db_table = "portee_ouverte"
        constraints = [
            models.CheckConstraint(
                condition=Q(portee__in=[p.value for p in Portee]), name="portee_ouverte_connue"
            ),
            models.CheckConstraint(
                condition=Q(fermee_par=None, fermee_le=None)
                | Q(fermee_par__isnull=False, fermee_le__isnull=False),
                name="portee_ouverte_fin",
            ),
            models.UniqueConstraint(
                fields=["convention", "portee"], condition=Q(fermee_le=None), name="portee_ouverte_une_fois"
            ),
        ]

    def __str__(self) -> str:
        return self.portee


class Arret(Identifiee):
    """An agreement is stopped at once, in one territory or everywhere (empty), until somebody lifts it."""

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="arrets", db_index=False)
    territoire = models.CharField(max_length=3, blank=True)
    motif = models.CharField(max_length=MOTIF_MAX)
    pose_par = models.UUIDField()
    pose_le = models.DateTimeField()
    leve_par = models.UUIDField(null=True)
    leve_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (leve_par, leve_le)"
    gardes = Gardes(
        sans_retrait=True,
        journalise=(
            EntreeExigee("SUSPENDRE_CONVENTION", "arret"),
            EntreeExigee("RETABLIR_CONVENTION", "arret", sur="UPDATE", nom="journalise_leve"),
        ),
    )

    class Meta:
        db_table = "arret_convention"
        constraints = [
            models.CheckConstraint(
                condition=~Q(motif="")
                & (Q(leve_par=None, leve_le=None) | Q(leve_par__isnull=False, leve_le__isnull=False)),
                name="arret_convention_motive",
            ),
            models.UniqueConstraint(
                fields=["convention", "territoire"],
                condition=Q(leve_le=None),
                name="arret_convention_en_cours",
            ),
        ]

    def __str__(self) -> str:
        return self.territoire or "France entière"
