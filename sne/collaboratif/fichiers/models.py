"""Tables of files: a file of a space, its versions, what was said of each, links to documents written elsewhere."""

from django.db import models
from django.db.models import Q

from sne.collaboratif.espaces.models import Espace
from sne.collaboratif.fichiers.rules import DOSSIER_MAX, NOM_MAX, NOTE_MAX, Dit, Origine
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class FichierEspace(Inscrite):
    """A file of a space, whatever its versions."""

    espace = models.ForeignKey(Espace, models.PROTECT, related_name="fichiers")
    dossier = models.CharField(max_length=DOSSIER_MAX, blank=True)
    nom = models.CharField(max_length=NOM_MAX, blank=True)
    brouillon = models.UUIDField("proposé pour le site", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (nom, brouillon)"
    gardes = Gardes(sans_retrait=True, estampille=True)

    class Meta:
        db_table = "fichier_espace"

    def __str__(self) -> str:
        return self.nom


class VersionFichier(Inscrite):
    """One version: a document received (``document``), or a text frozen from elsewhere (``corps``, ``html``)."""

    fichier = models.ForeignKey(FichierEspace, models.PROTECT, related_name="versions")
    numero = models.SmallIntegerField("numéro")
    origine = models.CharField(max_length=8)
    document = models.UUIDField(null=True)
    corps = models.TextField(blank=True)
    html = models.TextField(blank=True)
    note = models.CharField(max_length=NOTE_MAX, blank=True)
    auteur = models.UUIDField()
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, UPDATE (corps, html)"
    gardes = Gardes(
        sans_retrait=True, estampille=True, journalise=(EntreeExigee("DEPOSER_FICHIER", "version"),)
    )

    class Meta:
        db_table = "version_fichier"
        constraints = [
            models.UniqueConstraint(fields=["fichier", "numero"], name="version_fichier_numero"),
            models.CheckConstraint(
                condition=Q(origine=Origine.FICHIER.value, document__isnull=False, corps="")
                | Q(origine=Origine.FIGE.value),
                name="version_fichier_origine",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fichier_id} {self.numero}"


class AvisVersion(Inscrite):
    """What somebody said of one version: a remark, or that they have read it through."""

    version = models.ForeignKey(VersionFichier, models.PROTECT, related_name="avis")
    nature = models.CharField(max_length=8)
    texte = models.CharField(max_length=NOTE_MAX, blank=True)
    auteur = models.UUIDField()
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, UPDATE (texte)"
    gardes = Gardes(sans_retrait=True, estampille=True)

    class Meta:
        db_table = "avis_version"
        constraints = [
            models.CheckConstraint(
                condition=Q(nature__in=[d.value for d in Dit]), name="avis_version_nature"
            ),
            models.UniqueConstraint(
                fields=["version", "auteur"],
                condition=Q(nature=Dit.RELU.value),
                name="avis_version_relu_une_fois",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.nature}"


class LienDocument(Inscrite):
    """A document written elsewhere: its title is kept here, its rights are said there. ``fichier``: once frozen."""

    espace = models.ForeignKey(Espace, models.PROTECT, related_name="liens")
    titre = models.CharField(max_length=NOM_MAX, blank=True)
    url = models.CharField(max_length=420, blank=True)
    auteur = models.UUIDField()
    survenu_le = models.DateTimeField()
    fichier = models.ForeignKey(FichierEspace, models.PROTECT, null=True, related_name="+", db_index=False)

    droits_runtime = "SELECT, INSERT, UPDATE (fichier_id, titre, url)"
    gardes = Gardes(sans_retrait=True, estampille=True)

    class Meta:
        db_table = "lien_document"

    def __str__(self) -> str:
        return self.titre
