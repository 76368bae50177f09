"""Documents of a demande, received or seen; what a reader says of each, and the household later. Only added to."""

from django.db import models
from django.db.models import F, Q

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.models.colonnes import territoire
from sne.registre.pieces.rules.pieces_deposees import Qualification
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class Piece(Inscrite):
    """One document of a demande. Insert-only: a replacement is another row, which names the one it takes the place of.

    ``document``: the file, and ``empreinte`` the SHA-256 of what was received; both are empty when the document was
    only seen, on ``vue_le``. ``personne`` for an adult, ``membre`` for a dependant, neither for the whole household.
    ``revision``: the first one in force with it. ``auteur`` and ``depose_par``: the person who handed it in, through
    which door.
    """

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    personne = models.ForeignKey(
        "registre.Personne", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    membre = models.CharField(max_length=60, blank=True)
    type_piece = models.CharField(max_length=40)
    nature = models.CharField(max_length=20, blank=True)
    annee = models.SmallIntegerField("année des revenus", null=True)
    sante = models.BooleanField("parle de santé", default=False)
    document = models.UUIDField(null=True)
    empreinte = models.BinaryField(max_length=32, null=True)
    vue_le = models.DateField(null=True)
    validite_fin = models.DateField("dernier jour de validité", null=True)
    explication = models.CharField("explication du ménage", max_length=TEXTE_MAX, blank=True)
    remplace = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    canal = models.CharField(max_length=10)
    auteur = models.UUIDField()
    depose_par = models.JSONField("auteur, tel qu’il était")
    guichet = models.CharField(max_length=5, blank=True)
    survenu_le = models.DateTimeField()

    droits_runtime = droits_portail = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(
            EntreeExigee(
                "JOINDRE_PIECE,REMPLACER_PIECE,NOTER_PIECE_VUE,DEPOSER,REPRENDRE", "pieces", revision=True
            ),
        ),
    )

    class Meta:
        db_table = "piece"
        constraints = [
            models.UniqueConstraint(fields=["demande", "document"], name="piece_un_fichier"),
            models.CheckConstraint(
                condition=Q(document__isnull=False, empreinte__isnull=False, vue_le=None)
                | Q(document=None, empreinte=None, vue_le__isnull=False),
                name="piece_recue_ou_vue",
            ),
            models.CheckConstraint(
                condition=Q(personne=None) | Q(membre=""), name="piece_d_une_personne_au_plus"
            ),
            models.CheckConstraint(condition=~Q(remplace=F("id")), name="piece_remplace_une_autre"),
        ]
        indexes = [
            models.Index(fields=["territoire", "demande", "survenu_le"], name="piece_du_dossier"),
            models.Index(fields=["document"], condition=Q(document__isnull=False), name="piece_du_fichier"),
            models.Index(fields=["remplace"], condition=Q(remplace__isnull=False), name="piece_remplacee"),
            models.Index(
                fields=["territoire", "validite_fin"],
                condition=Q(validite_fin__isnull=False),
                name="piece_validite",
            ),
        ]


class QualificationPiece(Inscrite):
    """What somebody said of a document received; the last one counts. Insert-only."""

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    piece = models.ForeignKey(Piece, models.PROTECT, related_name="qualifications", db_index=False)
    qualification = models.CharField(max_length=14)
    motif = models.CharField(max_length=TEXTE_MAX, blank=True)
    auteur = models.UUIDField()
    qualifie_par = models.JSONField("auteur, tel qu’il était")
    guichet = models.CharField(max_length=5, blank=True)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("QUALIFIER_PIECE", "qualification", revision=True),),
    )

    class Meta:
        db_table = "qualification_piece"
        constraints = [
            models.CheckConstraint(
                condition=Q(qualification__in=[q.value for q in Qualification]),
                name="qualification_piece_connue",
            )
        ]
        indexes = [
            models.Index(fields=["territoire", "demande", "piece", "id"], name="qualification_du_dossier")
        ]


class ExplicationPiece(Inscrite):
    """What the household says, after the deposit, of something that does not match. Insert-only; each is shown."""

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    revision = models.IntegerField()
    piece = models.ForeignKey(Piece, models.PROTECT, related_name="explications", db_index=False)
    texte = models.CharField("explication du ménage", max_length=TEXTE_MAX)
    auteur = models.UUIDField()
    explique_par = models.JSONField("auteur, tel qu’il était")
    guichet = models.CharField(max_length=5, blank=True)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(EntreeExigee("EXPLIQUER_PIECE", "explication", revision=True),),
    )

    class Meta:
        db_table = "explication_piece"
        constraints = [models.CheckConstraint(condition=~Q(texte=""), name="explication_piece_dite")]
        indexes = [
            models.Index(fields=["territoire", "demande", "piece", "id"], name="explication_du_dossier")
        ]
