"""Two keys: notices of a change to the addresses of before, and what the person who reads them objects to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.notifications.rules import Canal
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.models.colonnes import territoire
from sne.registre.joindre.rules.protection import Raison
from sne.socle.cles import Chiffres, par_cle
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class AvisChangement(Inscrite):
    """One notice of one act: to an address, by a message, or left to the territorial manager, for a reason.

    ``origine``: the journal entry of the act. ``codes``: what changed, without any value. ``par``, ``acte_le``: by
    which door, in words, and when the act was made: a notice says so for longer than the journal is kept. ``jeton``:
    fingerprint of the token of its link, for an address of before; the token is nowhere but in the message.
    ``porte_le``: when the territorial manager gave the notice themselves.
    """

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    origine = models.UUIDField()
    canal = models.CharField(max_length=8, blank=True)
    raison = models.CharField(max_length=16, blank=True)
    codes = ArrayField(models.CharField(max_length=40))
    par = models.CharField("par quelle porte", max_length=300)
    acte_le = models.DateTimeField()
    message = models.UUIDField(null=True)
    empreinte = models.BinaryField("empreinte de l’adresse", max_length=32, null=True)
    jeton = models.BinaryField("empreinte du jeton du lien", max_length=32, null=True)
    survenu_le = models.DateTimeField()
    porte_le = models.DateTimeField(null=True)
    porteur = models.UUIDField(null=True)
    porte_par = models.JSONField("porteur, tel qu’il était", null=True)
    precision = models.CharField(max_length=TEXTE_MAX, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (porte_le, porteur, porte_par, precision)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(
            EntreeExigee("AVERTIR,CONFIER_AVIS", "avis"),
            EntreeExigee("PORTER_AVIS", "avis", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "avis_changement"
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "origine", "raison", "canal", "empreinte"],
                nulls_distinct=False,
                name="avis_changement_une_fois",
            ),
            models.UniqueConstraint(fields=["jeton"], name="avis_changement_jeton"),
            models.CheckConstraint(
                condition=Q(
                    raison="",
                    canal__in=[c.value for c in Canal],
                    message__isnull=False,
                    empreinte__isnull=False,
                    porte_le=None,
                )
                | Q(raison__in=[r.value for r in Raison], canal="", message=None, empreinte=None, jeton=None),
                name="avis_changement_parti_ou_confie",
            ),
            models.CheckConstraint(
                condition=Q(porte_le=None, porteur=None, porte_par__isnull=True, precision="")
                | Q(porte_le__isnull=False, porteur__isnull=False, porte_par__isnull=False),
                name="avis_changement_porte",
            ),
        ]
        indexes = [
            models.Index(fields=["territoire", "demande", "survenu_le"], name="avis_changement_dossier")
        ]


class Opposition(Inscrite):
    """« Ce n’est pas moi »: somebody objects to what was done; an enquiry looks at it.

    ``avis``: the notice whose link was used, by the person who reads an address of before. ``entree``: the line of the
    history that is contested, by that link or by ``personne``, an adult of the demande who is known. ``contact``: where
    they ask to be reached, encrypted, read with the enquiry only. ``formulaire``: the form that was posted, so that
    pressing twice objects once. ``retrait``: fingerprint of the token by which they say that they were wrong.
    """

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    enquete = models.ForeignKey("registre.DossierEnquete", models.PROTECT, related_name="oppositions")
    avis = models.OneToOneField(AvisChangement, models.PROTECT, null=True, related_name="opposition")
    entree = models.UUIDField(null=True)
    personne = models.UUIDField(null=True)
    formulaire = models.UUIDField()
    reference = models.CharField("référence", max_length=16)
    codes = ArrayField(models.CharField(max_length=40))
    contact = models.BinaryField("où joindre la personne, chiffré")
    rappel_avant = models.DateField()
    retrait = models.BinaryField("empreinte du jeton de retrait", max_length=32, null=True)
    survenu_le = models.DateTimeField()
    retiree_le = models.DateTimeField(null=True)

    colonnes_chiffrees = Chiffres(contact=par_cle)
    droits_runtime = "SELECT, INSERT, UPDATE (retiree_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(
            EntreeExigee("S_OPPOSER", "opposition"),
            EntreeExigee("RETIRER_OPPOSITION", "opposition", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "opposition"
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="opposition_reference"),
            models.UniqueConstraint(fields=["retrait"], name="opposition_retrait"),
            models.CheckConstraint(condition=~Q(codes=[]), name="opposition_a_quelque_chose"),
            models.CheckConstraint(
                condition=Q(avis__isnull=False, personne=None) | Q(avis=None, entree__isnull=False),
                name="opposition_par_une_porte",
            ),
            models.UniqueConstraint(
                fields=["territoire", "enquete", "entree", "personne"], name="opposition_une_fois_par_ligne"
            ),
        ]
        indexes = [models.Index(fields=["territoire", "demande", "survenu_le"], name="opposition_dossier")]
