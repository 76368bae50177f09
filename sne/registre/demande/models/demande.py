"""The application (*demande*), its successive versions, and the place it holds while it is open."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models.functions import Substr

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.rules.effacement import Apres
from sne.socle.acteur import SYSTEME
from sne.socle.gardes import Gardes
from sne.socle.models import Identifiee, Inscrite


class Purge(Inscrite):
    """The erasure of one demande: written by ``registre_purger()`` alone; in that transaction, this row is what permits
    the deletions.

    The database refuses it unless the demande is struck off, or taken back, for long enough on ``jour``; it fills
    ``apres``, and ``ensembles``: the sets of close demandes that end with this one, because fewer than two others are
    left in them.
    """

    territoire = territoire()
    demande = models.OneToOneField("registre.Demande", models.PROTECT, related_name="+")
    jour = models.DateField()
    auteur = models.UUIDField()
    survenu_le = models.DateTimeField()
    apres = models.CharField("après", max_length=10, default=Apres.RADIATION.value)
    ensembles = ArrayField(models.UUIDField(), default=list)

    droits_runtime = "SELECT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "purge"
        indexes = [models.Index(fields=["jour", "territoire"], name="purge_jour")]


def _de_liste(nom: str, condition: models.Q) -> tuple[models.Index, models.Index]:
    """The two orders of a work list by deposit: of a territory, of a counter; of the few files that are in it."""
    fin = ["statut", "date_depot", "id"]
    return (
        models.Index(fields=["territoire", *fin], condition=condition, name=f"demande_{nom}"),
        models.Index(
            fields=["territoire", "guichet_gestionnaire", *fin],
            condition=condition,
            name=f"demande_{nom}_guichet",
        ),
    )


class Demande(Identifiee):
    """One application: what rules and queries act on. ``revision`` is both optimistic lock and journal link.

    Each UPDATE raises ``revision`` by one and is refused at commit without a journal entry naming that revision.
    ``anciennete_heritee``: date of a title older than its deposit (inherited at a separation, or granted to a counter
    that asked for it); validity counts from ``date_depot``.
    """

    territoire = territoire()
    nud = models.CharField("numéro unique", max_length=18)
    statut = models.CharField(max_length=12)
    canal = models.CharField(max_length=10)
    guichet_createur = models.CharField(max_length=5)
    guichet_gestionnaire = models.CharField(max_length=5)
    date_depot = models.DateField("date de dépôt initial")
    anciennete_heritee = models.DateField("ancienneté d’avant le dépôt", null=True)
    date_enregistrement = models.DateField()
    date_dernier_renouvellement = models.DateField(null=True)
    date_expiration = models.DateField()
    revision = models.IntegerField(default=1)
    version_courante = models.ForeignKey(  # the composite key demande_sa_version says more
        "registre.Version", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    # Projected from the current version, for lists and statistics.
    titulaire = models.CharField(max_length=12)
    nb_personnes = models.SmallIntegerField()
    communes_souhaitees = ArrayField(models.CharField(max_length=5))
    types_logement = ArrayField(models.CharField(max_length=6))
    categorie_logement = models.CharField(max_length=6)
    accepte_autres_communes = models.BooleanField()
    loyer_maximum = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    rfr_reference = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    deja_locataire_hlm = models.BooleanField()
    elements_manquants = models.SmallIntegerField("ce qu’il manque pour instruire", null=True)
    # Codes of the remarks that the controls make, without health. NULL: this revision was not examined yet.
    remarques = ArrayField(models.CharField(max_length=30), null=True)
    # Keys of the remarks that a counter said to be right (``contenu.rules.remarques``). NULL: none.
    remarques_expliquees = ArrayField(models.CharField(max_length=50), null=True)

    droits_runtime = "SELECT, INSERT, UPDATE"
    # What renewing and changing one's own demande moves; ``id`` is what locks it.
    droits_portail = (
        "SELECT, UPDATE (id, revision, version_courante_id, statut, date_dernier_renouvellement, date_expiration, "
        "titulaire, nb_personnes, communes_souhaitees, types_logement, categorie_logement, accepte_autres_communes, "
        "loyer_maximum, rfr_reference, deja_locataire_hlm, elements_manquants, remarques)"
    )
    gardes = Gardes(sans_retrait=True)

    class Meta:
        db_table = "demande"
        constraints = [
            models.UniqueConstraint(fields=["territoire", "nud"], name="demande_nud"),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="demande_revision"),
            models.CheckConstraint(
                condition=models.Q(anciennete_heritee=None)
                | models.Q(anciennete_heritee__lt=models.F("date_depot")),
                name="demande_anciennete_heritee",
            ),
        ]
        indexes = [
            models.Index(
                fields=["territoire", "guichet_gestionnaire", "statut", "date_expiration", "id"],
                name="demande_echeance_guichet",
            ),
            models.Index(fields=["territoire", "statut", "date_expiration", "id"], name="demande_echeance"),
            *_de_liste("incomplete", models.Q(elements_manquants__gt=0)),
            *_de_liste("remarquee", models.Q(remarques__gt=[])),
            models.Index(fields=["id"], condition=models.Q(remarques=None), name="demande_a_examiner"),
            # Criteria of a search: each is enough to look for.
            models.Index("territoire", Substr("nud", 8, 6), name="demande_sequence"),
            models.Index(fields=["territoire", "date_depot", "guichet_createur"], name="demande_deposee"),
            models.Index(fields=["territoire", "date_dernier_renouvellement"], name="demande_renouvelee"),
            models.Index(
                fields=["territoire"], condition=models.Q(titulaire="ASSOCIATION"), name="demande_association"
            ),
            GinIndex(fields=["communes_souhaitees"], name="demande_communes"),
        ]

    def __str__(self) -> str:
        return self.nud

    @property
    def date_anciennete(self) -> date:
        """Since when the household waits: what a title gave it, else its own deposit."""
        depuis: date = self.anciennete_heritee or self.date_depot
        return depuis


class Version(Inscrite):
    """The application as one revision left it: append-only, one row per revision; any past state is one row.

    ``protection_levee``: by this revision a person said that the demande has to be kept secret no longer.
    """

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="versions", db_index=False)
    numero = models.IntegerField()
    statut = models.CharField(max_length=12)
    date_depot = models.DateField()
    date_dernier_renouvellement = models.DateField(null=True)
    date_expiration = models.DateField()
    guichet_gestionnaire = models.CharField(max_length=5)
    contenu = models.JSONField()
    contenu_protege = models.JSONField(null=True)
    identites = ArrayField(models.UUIDField())
    pieces = ArrayField(models.UUIDField(), default=list)
    piece_vue = models.JSONField(null=True)
    schema = models.SmallIntegerField()
    motif = models.CharField(max_length=TEXTE_MAX, blank=True)
    document = models.CharField(
        "référence du document présenté", max_length=200, default="", db_default="", blank=True
    )
    protection_levee = models.BooleanField("la demande n’est plus à taire", default=False, db_default=False)
    auteur = models.UUIDField()
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, estampille=True, efface_par=("demande_id",))

    class Meta:
        db_table = "version"
        constraints = [models.UniqueConstraint(fields=["demande", "numero"], name="version_numero")]
        indexes = [
            models.Index(fields=["demande", "-survenu_le", "-numero"], name="version_instant"),
            models.Index(
                fields=["auteur", "survenu_le", "id"],
                condition=~models.Q(auteur=SYSTEME),
                name="version_de_quelqu_un",
            ),
            BrinIndex(fields=["survenu_le"], autosummarize=True, name="version_du_mois"),
        ]


class PlaceOuverte(Identifiee):
    """One open demande per household and territory, as a constraint of the database: the applicant and each co-holder
    hold a place while it is open.
    """

    territoire = territoire()
    nir_empreinte = models.BinaryField(max_length=32)
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="+")

    droits_runtime = "SELECT, INSERT, DELETE"
    gardes = Gardes(efface_par=("demande_id",))

    class Meta:
        db_table = "place_ouverte"
        constraints = [models.UniqueConstraint(fields=["territoire", "nir_empreinte"], name="place_unique")]


class RequeteAnteriorite(Inscrite):
    """A reception date older than a counter may give: registered today, asked for, decided by a GT later."""

    territoire = territoire()
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="requetes_anteriorite")
    date_demandee = models.DateField()
    motif = models.CharField(max_length=TEXTE_MAX)
    auteur = models.UUIDField()
    guichet = models.CharField(max_length=5)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True, estampille=True, efface_par=("demande_id",))

    class Meta:
        db_table = "requete_anteriorite"
