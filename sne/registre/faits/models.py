"""Facts recorded beside a demande: events, decisions of the commission, allocations, DALO. Rows are only added."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.models.colonnes import territoire
from sne.registre.faits.rules.dalo import NatureDalo
from sne.registre.faits.rules.decisions import Decision
from sne.registre.faits.rules.evenements import COMMENTAIRE_MAX
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class Fait(Inscrite):
    """What every fact has. ``jour``: when it happened; ``remplace``: the fact that this one corrects, or takes back
    when ``retrait``; ``consigne_par``: the author, as they were.
    """

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    jour = models.DateField()
    remplace = models.ForeignKey(  # a composite key says that it is of the same demande
        "self", models.PROTECT, related_name="+", null=True, db_index=False, db_constraint=False
    )
    retrait = models.BooleanField(default=False)
    motif = models.CharField("motif de la correction", max_length=TEXTE_MAX, blank=True)
    auteur = models.UUIDField()
    consigne_par = models.JSONField("auteur, tel qu’il était")
    guichet = models.CharField(max_length=5, blank=True)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT"

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["remplace"], name="%(class)s_corrige_une_fois"),
            models.CheckConstraint(
                condition=Q(remplace=None, retrait=False, motif="")
                | Q(remplace__isnull=False) & ~Q(motif=""),
                name="%(class)s_correction",
            ),
        ]


def _du_dossier(nom: str) -> Any:
    return models.Index(fields=["territoire", "demande", "-jour"], name=nom)


class Evenement(Fait):
    """One event of a type of the territory, with its typed characteristics."""

    type = models.CharField(max_length=30)
    caracteristiques = models.JSONField("caractéristiques")
    numero = models.BigIntegerField("numéro, le même d’une correction à l’autre")
    commentaire = models.CharField(max_length=COMMENTAIRE_MAX, blank=True)

    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("CONSIGNER_EVENEMENT,DEMANDER_PIECES", "fait", revision=True),),
    )

    class Meta(Fait.Meta):
        db_table = "evenement"
        constraints = [
            *Fait.Meta.constraints,
            models.UniqueConstraint(
                fields=["numero"], condition=Q(remplace=None), name="evenement_un_numero"
            ),
        ]
        indexes = [_du_dossier("evenement_du_dossier")]


class DecisionCaleol(Fait):
    """What the allocation commission of a landlord decided on this candidate (CCH R441-3)."""

    code = models.CharField(max_length=11)
    bailleur = models.CharField(max_length=9)
    rpls = models.CharField("identifiant RPLS", max_length=10, blank=True)
    rang = models.PositiveSmallIntegerField(null=True)
    pieces_manquantes = ArrayField(models.CharField(max_length=40), default=list)
    pieces_avant = models.DateField("pièces attendues au plus tard le", null=True)
    publics = ArrayField(models.CharField(max_length=30), default=list)
    motivation = models.CharField(max_length=TEXTE_MAX, blank=True)

    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("CONSIGNER_DECISION", "fait", revision=True),),
    )

    class Meta(Fait.Meta):
        db_table = "decision_caleol"
        constraints = [
            *Fait.Meta.constraints,
            models.CheckConstraint(
                condition=Q(code__in=[d.value for d in Decision])
                & (
                    Q(code=Decision.ATTR_RANG.value, rang__gte=1)
                    | ~Q(code=Decision.ATTR_RANG.value) & Q(rang=None)
                ),
                name="decision_caleol_rang",
            ),
            models.CheckConstraint(
                condition=~Q(pieces_manquantes=[])
                & Q(code=Decision.ATTR_SUSP.value, pieces_avant__isnull=False, pieces_avant__gte=F("jour"))
                | ~Q(code=Decision.ATTR_SUSP.value) & Q(pieces_manquantes=[], pieces_avant=None),
                name="decision_caleol_condition",
            ),
        ]
        indexes = [
            _du_dossier("decision_caleol_du_dossier"),
            models.Index(
                fields=["demande"],
                condition=Q(code=Decision.ATTR_SUSP.value),
                name="decision_caleol_suspendue",
            ),
        ]


class Attribution(Fait):
    """A dwelling allocated, lease signed or not, as its landlord records it (CCH R441-2-9)."""

    bailleur = models.CharField(max_length=9)
    rpls = models.CharField("identifiant RPLS", max_length=10, blank=True)
    commune = models.CharField(max_length=5, blank=True)
    adresse = models.JSONField("adresse du logement, sans sa commune", default=dict)
    type_logement = models.CharField(max_length=3, blank=True)
    surface = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    loyer = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    bail_signe_le = models.DateField("bail signé le", null=True)
    deja_loge = models.CharField("déjà logé par ce bailleur", max_length=6)
    accord = models.CharField(max_length=6)
    reservataire = models.CharField("réservataire", max_length=6)
    convention_etat = models.CharField(max_length=6, blank=True)
    au_titre_dalo = models.BooleanField("attribué au titre du DALO", null=True)
    quartier_prioritaire = models.CharField(max_length=6, blank=True)
    publics = ArrayField(models.CharField(max_length=30), default=list)

    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("CONSIGNER_ATTRIBUTION", "fait", revision=True),),
    )

    class Meta(Fait.Meta):
        db_table = "attribution"
        constraints = [
            *Fait.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(rpls="")
                | ~Q(commune="") & ~Q(type_logement="") & Q(surface__isnull=False, loyer__isnull=False),
                name="attribution_logement",
            ),
            models.CheckConstraint(
                condition=Q(bail_signe_le=None) | Q(bail_signe_le__gte=F("jour")), name="attribution_bail"
            ),
        ]
        indexes = [
            _du_dossier("attribution_du_dossier"),
            models.Index(
                fields=["commune", "territoire"], condition=~Q(commune=""), name="attribution_commune"
            ),
        ]


class FaitDalo(Fait):
    """A DALO status or a wait called abnormal, from ``jour`` to ``fin``, both included (CCH L441-2-3, L441-1-4)."""

    nature = models.CharField(max_length=13)
    statut = models.CharField(max_length=6, blank=True)
    fin = models.DateField(null=True)
    diagnostic_social = models.BooleanField(null=True)
    accompagnement_social = models.BooleanField(null=True)
    typologie = models.CharField("logement préconisé", max_length=6, blank=True)

    droits_portail = ""  # a counter speaks of it
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("CONSIGNER_DALO", "fait", revision=True),),
    )

    class Meta(Fait.Meta):
        db_table = "fait_dalo"
        constraints = [
            *Fait.Meta.constraints,
            models.CheckConstraint(
                condition=Q(nature=NatureDalo.STATUT.value) & ~Q(statut="")
                | Q(
                    nature=NatureDalo.DELAI_ANORMAL.value,
                    statut="",
                    diagnostic_social=None,
                    accompagnement_social=None,
                    typologie="",
                ),
                name="fait_dalo_nature",
            ),
            models.CheckConstraint(condition=Q(fin=None) | Q(fin__gte=F("jour")), name="fait_dalo_periode"),
        ]
        indexes = [_du_dossier("fait_dalo_du_dossier")]
