"""Who the application belongs to: persons who keep one id for ever, identities that are only ever added, titles."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import GeneratedField, Q

from sne.habilitations.models.deux_personnes import COMPTES, Reponse, deux_personnes
from sne.registre.contenu.rules.identite import Voie
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.rules.personne import EtatCourriel, IssueIdentite, MotifRefusIdentite
from sne.socle.acteur import SYSTEME
from sne.socle.cles import Chiffres
from sne.socle.fonctions import Normalise
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee, Inscrite


class Personne(Identifiee):
    """One adult of the household. What changes is not the row, but the identity it points at."""

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="personnes")
    role = models.CharField(max_length=11)
    rang = models.SmallIntegerField()
    courriel = models.CharField(max_length=254, blank=True)
    courriel_etat = models.CharField(
        max_length=12, default=EtatCourriel.NON_VERIFIEE, db_default=EtatCourriel.NON_VERIFIEE
    )
    telephone = models.CharField(max_length=20, blank=True)
    # Here and below, db_constraint=False: a composite key of the database already says more (``demande/gardes.sql``).
    identite_courante = models.ForeignKey(
        "registre.Identite", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    retire_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE"
    droits_portail = "SELECT, UPDATE (courriel, courriel_etat, telephone)"
    gardes = Gardes(sans_retrait=True, efface_par=("demande_id",))

    class Meta:
        db_table = "personne"
        constraints = [
            models.CheckConstraint(
                condition=Q(courriel_etat__in=[e.value for e in EtatCourriel]), name="personne_courriel_etat"
            )
        ]
        indexes = [
            models.Index(fields=["territoire", "telephone"], name="personne_tel", condition=~Q(telephone="")),
            models.Index(
                fields=["territoire", "courriel"], name="personne_courriel", condition=~Q(courriel="")
            ),
        ]


class Identite(Inscrite):
    """What a person is said to be, at one moment, by one author. Append-only: the past cannot be overwritten.

    ``revision``: of the demande, that proposed it or put it in force. ``voie`` says how it came into force:
    ``DEPOT`` (the anchor from the start), ``AUTOMATIQUE`` (never moves the anchor), ``CONTROLE`` (pending until a
    decision). A trigram index over the three names is in ``demande/gardes.sql``.
    """

    territoire = territoire()
    demande = models.ForeignKey(
        "registre.Demande", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="identites", db_constraint=False)
    revision = models.IntegerField()
    civilite = models.CharField(max_length=6)
    nom_naissance = models.CharField(max_length=100)
    nom_usage = models.CharField(max_length=100, blank=True)
    prenoms = models.CharField(max_length=100)
    date_naissance = models.DateField()
    date_naissance_presumee = models.BooleanField(default=False)
    naissance_commune = models.CharField(max_length=5, blank=True)
    naissance_pays = models.CharField(max_length=5, blank=True)
    nationalite = models.CharField(max_length=6)
    nir_etat = models.CharField(max_length=10, blank=True)
    nir_empreinte = models.BinaryField(max_length=32, null=True)
    voie = models.CharField(max_length=11)
    retrait = models.BooleanField(default=False)  # proposes that the person leaves the household
    auteur = models.UUIDField()
    guichet = models.CharField(max_length=5, blank=True)
    survenu_le = models.DateTimeField()
    nom_norm = GeneratedField(
        expression=Normalise("nom_naissance"), output_field=models.TextField(), db_persist=True
    )
    usage_norm = GeneratedField(
        expression=Normalise("nom_usage"), output_field=models.TextField(), db_persist=True
    )
    prenoms_norm = GeneratedField(
        expression=Normalise("prenoms"), output_field=models.TextField(), db_persist=True
    )

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT"
    gardes = Gardes(ajout_seul=True, estampille=True, efface_par=("demande_id",))

    class Meta:
        db_table = "identite"
        indexes = [
            # What a look-up filters or sorts by is in its index: homonyms, or everybody born on 1 January, are told
            # apart without being read.
            models.Index(
                fields=["territoire", "nom_norm", "prenoms_norm", "id"],
                include=["date_naissance"],
                name="identite_nom",
            ),
            models.Index(
                fields=["territoire", "usage_norm", "prenoms_norm", "id"],
                name="identite_usage",
                condition=~Q(usage_norm=""),
            ),
            models.Index(
                fields=["territoire", "date_naissance", "nom_norm", "prenoms_norm", "id"],
                include=["usage_norm"],
                name="identite_naissance",
            ),
            models.Index(
                fields=["territoire", "nir_empreinte"],
                name="identite_nir",
                condition=Q(nir_empreinte__isnull=False),
            ),
            models.Index(fields=["demande"], name="identite_en_controle", condition=Q(voie="CONTROLE")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(voie__in=[v.value for v in Voie]), name="identite_voie")
        ]


class IdentiteQuittee(models.Model):
    """An identity that was in force and is not any more, by the keys that recognise it from any other territory.

    Written by the database when a person's identity is replaced or when they leave; the reader checks whether it has
    come into force again since. There are few rows, so its indexes cover the whole country and do not start with the
    territory.
    """

    identite = models.OneToOneField(Identite, models.PROTECT, primary_key=True, related_name="+")
    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+")
    nir_empreinte = models.BinaryField(max_length=32, null=True)
    date_naissance = models.DateField()
    nom_norm = models.TextField()
    prenoms_norm = models.TextField()

    droits_runtime = "SELECT"
    gardes = Gardes(ajout_seul=True, efface_par=("demande_id",))

    class Meta:
        db_table = "identite_quittee"
        indexes = [
            models.Index(
                fields=["nir_empreinte"],
                condition=Q(nir_empreinte__isnull=False),
                name="identite_quittee_nir",
            ),
            models.Index(
                fields=["date_naissance", "nom_norm", "prenoms_norm"], name="identite_quittee_naissance"
            ),
        ]


class DecisionIdentite(Reponse):
    """The answer to a pending identity, given once; insert-only. Its author alone takes it back.

    ``revision``: of the demande, the one that the answer made when it was validated. ``motif``: the coded reason of a
    refusal. ``pieces``: the documents that the decider had opened.
    """

    repond_a = "identite"

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+")
    revision = models.IntegerField()
    identite = models.OneToOneField(Identite, models.PROTECT, related_name="decision")
    issue = models.CharField(max_length=12)
    motif = models.CharField(max_length=20, blank=True)
    precision = models.CharField("précision", max_length=TEXTE_MAX, blank=True)
    pieces = ArrayField(models.UUIDField(), default=list)

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        personnes=COMPTES,
        journalise=(
            EntreeExigee(
                "VALIDER_IDENTITE,REFUSER_IDENTITE,ANNULER_IDENTITE,EXPIRER_IDENTITE",
                "decision",
                revision=True,
            ),
        ),
    )

    class Meta:
        db_table = "decision_identite"
        constraints = [
            deux_personnes("decision_identite", reprises=[IssueIdentite.ANNULEE.value]),
            models.CheckConstraint(
                condition=Q(issue__in=[i.value for i in IssueIdentite if i is not IssueIdentite.EXPIREE])
                | Q(issue=IssueIdentite.EXPIREE.value, decideur=SYSTEME),
                name="decision_identite_issue",
            ),
            models.CheckConstraint(
                condition=Q(
                    issue=IssueIdentite.REFUSEE.value, motif__in=[m.value for m in MotifRefusIdentite]
                )
                | ~Q(issue=IssueIdentite.REFUSEE.value) & Q(motif=""),
                name="decision_identite_motif",
            ),
            models.CheckConstraint(
                condition=~Q(motif=MotifRefusIdentite.AUTRE.value, precision=""),
                name="decision_identite_precision",
            ),
        ]


class TitreAnciennete(Inscrite):
    """Seniority: whose, since when, by which act. Insert-only: taking over a demande moves no date.

    A title descends from another one only by a separation: it has the same date, once for each person who leaves. A
    title is earlier than the deposit only by an answer of the territorial manager. A title returns to the date of a
    past version only when two persons put the demande back.
    """

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="titres")
    personne = models.ForeignKey(
        Personne, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    date_depot = models.DateField()
    precedent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    separation = models.OneToOneField(
        "registre.Separation", models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    acte = models.CharField(max_length=12)
    auteur = models.UUIDField()
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, estampille=True, efface_par=("demande_id",))

    class Meta:
        db_table = "titre_anciennete"


class SecretNir(Identifiee):
    """The encrypted NIR of a person, one row for each number ever given; erased alone, never in a version."""

    territoire = territoire()
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="secrets_nir", db_index=False)
    nir_empreinte = models.BinaryField(max_length=32)
    chiffre = models.BinaryField()

    colonnes_chiffrees = Chiffres(chiffre=lambda secret: secret.personne_id.bytes)
    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, efface_par=("personne__demande_id",))

    class Meta:
        db_table = "secret_nir"
        constraints = [
            models.UniqueConstraint(fields=["personne", "nir_empreinte"], name="secret_nir_unique")
        ]
