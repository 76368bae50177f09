"""Cases for the territorial manager: somebody being registered may be on another demande."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sne.habilitations.models.deux_personnes import COMPTES, Question, deux_personnes
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.models.colonnes import territoire
from sne.registre.doublons.rules.cas import Origine
from sne.socle.cles import Chiffres, par_cle
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee, Inscrite


class CasDoublon(Question):
    """One person being registered, and one demande that looks like theirs: asked by a counter.

    ``dossier`` is the draft's id, which becomes the id of its demande. ``saisie`` is what was typed of the person,
    encrypted: the question may come before any registration. Only the end of a case is written later, once.
    """

    territoire = territoire()
    origine = models.CharField(max_length=20)
    dossier = models.UUIDField()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+")
    score = models.DecimalField(max_digits=5, decimal_places=2)
    raisons = ArrayField(models.CharField(max_length=60))
    saisie = models.BinaryField()
    guichet = models.CharField(max_length=5)
    ouvert_par = models.JSONField("auteur, tel qu’il était")
    ouvert_le = models.DateTimeField()
    issue = models.CharField(max_length=20, blank=True)
    motif = models.CharField(max_length=30, blank=True)
    precision = models.CharField("précision", max_length=TEXTE_MAX, blank=True)

    colonnes_chiffrees = Chiffres(saisie=par_cle)
    droits_runtime = "SELECT, INSERT, UPDATE (clos_le, decideur, decide_par, issue, motif, precision)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        efface_par=("demande_id", "dossier"),
        personnes=COMPTES,
        journalise=(
            EntreeExigee("OUVRIR_CAS_DOUBLON", "cas"),
            EntreeExigee("CLORE_CAS_DOUBLON", "cas", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "cas_doublon"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "demande"], name="cas_doublon_unique"),
            models.CheckConstraint(
                condition=Q(origine__in=[o.value for o in Origine]), name="cas_doublon_origine"
            ),
            models.CheckConstraint(
                condition=Q(clos_le=None, decideur=None, decide_par=None, issue="", motif="", precision="")
                | Q(clos_le__isnull=False, decideur__isnull=False, decide_par__isnull=False)
                & ~Q(issue="")
                & ~Q(motif=""),
                name="cas_doublon_cloture",
            ),
            deux_personnes("cas_doublon"),
        ]
        indexes = [
            models.Index(
                fields=["territoire", "ouvert_le", "id"],
                condition=Q(clos_le=None),
                name="cas_doublon_ouverts",
            ),
            models.Index(
                fields=["auteur", "-ouvert_le"], condition=Q(origine="GUICHET"), name="cas_doublon_questions"
            ),
        ]


class EnsembleDoublon(Inscrite):
    """Demandes close to each other, one by one, for the territorial manager; ``score`` is that of the closest pair.

    Only its score and its end are ever written on a set. Two issues are given by the sweep alone: « REUNI », the set
    went on under another one, which a pair found later tied it to; « SANS_OBJET », no two of its demandes are under way
    any more.
    """

    territoire = territoire()
    score = models.DecimalField(max_digits=5, decimal_places=2)
    ouvert_le = models.DateTimeField()
    clos_le = models.DateTimeField(null=True)
    decideur = models.UUIDField(null=True)
    clos_par = models.JSONField("décideur, tel qu’il était", null=True)
    issue = models.CharField(max_length=20, blank=True)
    motif = models.CharField(max_length=30, blank=True)
    precision = models.CharField("précision", max_length=TEXTE_MAX, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (score, clos_le, decideur, clos_par, issue, motif, precision)"
    gardes = Gardes(sans_retrait=True, estampille=True, efface_par="ligne.id = ANY ($2)")

    class Meta:
        db_table = "ensemble_doublon"
        constraints = [
            models.CheckConstraint(
                condition=Q(clos_le=None, decideur=None, clos_par=None, issue="", motif="", precision="")
                | Q(clos_le__isnull=False, decideur__isnull=False, clos_par__isnull=False) & ~Q(issue=""),
                name="ensemble_doublon_cloture",
            ),
        ]
        indexes = [
            models.Index(
                fields=["territoire", "-score", "id"],
                condition=Q(clos_le=None),
                name="ensemble_doublon_ouverts",
            ),
        ]


class EnsembleMembre(Inscrite):
    """One demande of a set: insert-only, and only while the set is open."""

    territoire = territoire()
    ensemble = models.ForeignKey(EnsembleDoublon, models.PROTECT, related_name="membres", db_index=False)
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+")

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, efface_par="ligne.demande_id = $1 OR ligne.ensemble_id = ANY ($2)")

    class Meta:
        db_table = "ensemble_membre"
        constraints = [models.UniqueConstraint(fields=["ensemble", "demande"], name="ensemble_membre_unique")]


class EnsemblePaire(Inscrite):
    """Two demandes of a set that are close, and why: what has to be decided. Insert-only.

    ``identite_a`` and ``identite_b`` are the closest adults as they were. ``revue``: these two demandes were decided
    once, and an identity of one of them changed since.
    """

    territoire = territoire()
    ensemble = models.ForeignKey(EnsembleDoublon, models.PROTECT, related_name="paires", db_index=False)
    demande_a = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    demande_b = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    identite_a = models.UUIDField()
    identite_b = models.UUIDField()
    score = models.DecimalField(max_digits=5, decimal_places=2)
    raisons = ArrayField(models.CharField(max_length=60))
    revue = models.BooleanField()
    trouvee_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        efface_par=("$1 IN (ligne.demande_a_id, ligne.demande_b_id) OR ligne.ensemble_id = ANY ($2)"),
    )

    class Meta:
        db_table = "ensemble_paire"
        constraints = [
            models.UniqueConstraint(
                fields=["demande_a", "demande_b", "ensemble"], name="ensemble_paire_unique"
            ),
            models.CheckConstraint(
                condition=~Q(demande_a=F("demande_b")), name="ensemble_paire_deux_demandes"
            ),
        ]
        indexes = [models.Index(fields=["ensemble"], name="ensemble_paire_ensemble")]


class EnsembleSort(Inscrite):
    """What the decision says of one demande of a set. Insert-only, written with the end of the set.

    Demandes of one ``groupe`` are of one household, those of two groups are not. ``gardee``: the one that goes on in
    its group. ``identites``: the adults as they were when somebody decided; the decision holds as long as they do.
    """

    territoire = territoire()
    ensemble = models.ForeignKey(EnsembleDoublon, models.PROTECT, related_name="sorts", db_index=False)
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    groupe = models.SmallIntegerField()
    gardee = models.BooleanField()
    identites = ArrayField(models.UUIDField())

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, efface_par="ligne.demande_id = $1 OR ligne.ensemble_id = ANY ($2)")

    class Meta:
        db_table = "ensemble_sort"
        constraints = [models.UniqueConstraint(fields=["demande", "ensemble"], name="ensemble_sort_unique")]


class PassageDoublons(Identifiee):
    """One sweep of one territory: how far it went and what it found; nothing that an act depends on.

    ``curseur``: last number examined; a sweep that was stopped goes on from there. ``cles_communes``: birth dates and
    phones that too many share, looked up with the names only; ``paires_ecartees``: pairs that share one of them and
    were not all compared, at most. ``anciens_titulaires``: past identities of a demande met on one registered since.
    """

    territoire = territoire()
    curseur = models.CharField(max_length=18, blank=True)
    demandes = models.IntegerField(default=0)
    paires = models.IntegerField(default=0)
    ensembles = models.IntegerField(default=0)
    reportees = models.IntegerField(default=0)
    cles_communes = models.IntegerField(default=0)
    paires_ecartees = models.BigIntegerField(default=0)
    anciens_titulaires = models.IntegerField(default=0, db_default=0)
    commence_le = models.DateTimeField()
    termine_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE"
    gardes = Gardes()

    class Meta:
        db_table = "passage_doublons"
        constraints = [
            models.UniqueConstraint(
                fields=["territoire"], condition=Q(termine_le=None), name="passage_doublons_en_cours"
            )
        ]
        indexes = [models.Index(fields=["territoire", "-commence_le"], name="passage_doublons_dernier")]
