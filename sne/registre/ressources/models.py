"""Calls to the source of monthly resources, and what it answered. Added, then forgotten; never changed."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from sne.connecteurs.drm.rules.mois import ETATS, Montant
from sne.registre.demande.models.colonnes import territoire
from sne.registre.ressources.rules.stockage import AVEC_LIGNES, RAISONS
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee, Inscrite

ENTREE = "DEMANDER_RESSOURCES"


class AppelRessources(Inscrite):
    """One answer, or its absence (``repondu`` is false). ``empreinte``: of the identity that it was asked with.

    Only the last one of a demande is kept, and the last that was answered: the journal says that there were others.
    """

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    repondu = models.BooleanField("la source a répondu")
    empreinte = models.BinaryField("empreinte de l’identité demandée", max_length=32)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, DELETE"
    droits_portail = "SELECT"
    gardes = Gardes(
        estampille=True, efface_par=("demande_id",), journalise=(EntreeExigee(ENTREE, "appel", dossier=True),)
    )

    class Meta:
        db_table = "appel_ressources"
        indexes = [
            models.Index(fields=["territoire", "demande", "-survenu_le"], name="appel_ressources_du_dossier"),
            models.Index(fields=["territoire", "survenu_le"], name="appel_ressources_anciens"),
        ]


class RessourceMensuelle(Identifiee):
    """What the source said of one month: a state, its reason, and an amount if and only if the state is an amount.

    ``montant``: net, in euros; ``natures``: the lines it is made of. Nobody can write an absence as a zero, nor a zero
    that no line says.
    """

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    appel = models.ForeignKey(AppelRessources, models.PROTECT, related_name="mois", db_index=False)
    mois = models.DateField("premier jour du mois")
    etat = models.CharField("état", max_length=20)
    raison = models.CharField(max_length=20, blank=True)
    montant = models.DecimalField("montant net versé", max_digits=10, decimal_places=2, null=True)
    natures = models.JSONField(default=list)

    droits_runtime = "SELECT, INSERT, DELETE"
    droits_portail = "SELECT"
    gardes = Gardes(
        efface_par=("demande_id",),
        journalise=(EntreeExigee(ENTREE, "appel", ligne="appel_id", dossier=True),),
    )

    class Meta:
        db_table = "ressource_mensuelle"
        constraints = [
            models.UniqueConstraint(fields=["appel", "mois"], name="ressource_mensuelle_une_fois"),
            models.CheckConstraint(
                condition=Q(etat=ETATS[Montant], montant__isnull=False) & ~Q(montant=0)
                | Q(montant=None) & ~Q(etat=ETATS[Montant]),
                name="ressource_mensuelle_montant",
            ),
            models.CheckConstraint(
                condition=reduce(
                    or_, (Q(etat=ETATS[t], raison__in=raisons) for t, raisons in RAISONS.items())
                ),
                name="ressource_mensuelle_etat",
            ),
            models.CheckConstraint(
                condition=Q(natures=[]) & ~Q(etat=AVEC_LIGNES[1]) | Q(etat__in=AVEC_LIGNES) & ~Q(natures=[]),
                name="ressource_mensuelle_natures",
            ),
        ]
        indexes = [models.Index(fields=["territoire", "demande"], name="ressource_mensuelle_du_dossier")]


class LotRessources(Inscrite):
    """Many applicants asked about at once, one month: written before it is sent, under its own key, never sent twice.

    ``mois``: the first day of the month in which it is asked; ``depose_le``: the source said that it has it;
    ``fini_le``: its last line was read, or it was rejected (``rejete``) and changed nothing.
    """

    territoire = territoire()
    mois = models.DateField()
    depose_le = models.DateTimeField(null=True)
    fini_le = models.DateTimeField(null=True)
    rejete = models.BooleanField(default=False)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, UPDATE (depose_le, fini_le, rejete), DELETE"
    gardes = Gardes(estampille=True)

    class Meta:
        db_table = "lot_ressources"
        indexes = [
            models.Index(
                fields=["territoire", "id"], condition=Q(fini_le=None), name="lot_ressources_en_cours"
            )
        ]


class LigneDeLot(Identifiee):
    """One applicant of a lot, under a reference (``id``) that says nothing. ``rang``: 1, or 2 when a first line could
    not be read: never a third. ``lue_le``: what was answered is kept; ``ecartee``: nothing of it was believed.
    """

    territoire = territoire()
    lot = models.ForeignKey(LotRessources, models.PROTECT, related_name="lignes")
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    mois = models.DateField()
    rang = models.SmallIntegerField()
    empreinte = models.BinaryField("empreinte de l’identité demandée", max_length=32)
    lue_le = models.DateTimeField(null=True)
    ecartee = models.BooleanField(default=False)

    droits_runtime = "SELECT, INSERT, UPDATE (lue_le, ecartee), DELETE"
    gardes = Gardes(efface_par=("demande_id",))

    class Meta:
        db_table = "ligne_de_lot"
        constraints = [
            models.UniqueConstraint(fields=["demande", "mois", "rang"], name="ligne_de_lot_une_fois"),
            models.CheckConstraint(condition=Q(rang__in=[1, 2]), name="ligne_de_lot_rang"),
        ]
