"""Documents received, the objects they are stored as, which is which part of which document; files being sent."""

from django.db import models

from sne.documents.rules import EtatDocument, Magasin, Part
from sne.socle.cles import Chiffres
from sne.socle.gardes import Gardes
from sne.socle.models import Inscrite


class Document(Inscrite):
    """One received file. Its row is committed before any byte is stored; erased, it stays, emptied.

    ``rattache_le`` says that something of the caller names it: one that nothing names is swept. ``nom`` is what the
    file was called by the person who sent it, encrypted. ``essaye_le``: when the antivirus was last asked in vain.
    """

    territoire = models.CharField(max_length=3)
    etat = models.CharField("état", max_length=12)
    empreinte = models.BinaryField("SHA-256 du fichier reçu", max_length=32, null=True)
    nom = models.BinaryField("nom du fichier, chiffré", null=True)
    mime = models.CharField("type", max_length=30, blank=True)
    taille = models.BigIntegerField("octets reçus", default=0)
    nombre_pages = models.IntegerField("pages", default=0)
    recu_le = models.DateTimeField("reçu le")
    rattache_le = models.DateTimeField("rattaché le", null=True)
    antivirus_le = models.DateTimeField("contrôlé par l’antivirus le", null=True)
    essaye_le = models.DateTimeField("demandé en vain à l’antivirus le", null=True)
    efface_le = models.DateTimeField("effacement demandé le", null=True)

    colonnes_chiffrees = Chiffres(nom=lambda document: b"document.nom:" + document.id.bytes)
    droits_runtime = (
        "SELECT, INSERT, "
        "UPDATE (etat, empreinte, nom, mime, taille, nombre_pages, rattache_le, antivirus_le, essaye_le, "
        "efface_le)"
    )
    droits_portail = "SELECT, INSERT, UPDATE (etat, rattache_le, antivirus_le)"
    gardes = Gardes(estampille=True)

    class Meta:
        db_table = "document"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(etat__in=[e.value for e in EtatDocument]), name="document_etat"
            ),
            models.CheckConstraint(
                condition=models.Q(etat=EtatDocument.EFFACE, efface_le__isnull=False)
                | ~models.Q(etat=EtatDocument.EFFACE) & models.Q(efface_le=None),
                name="document_efface_le",
            ),
            models.CheckConstraint(
                condition=~models.Q(etat=EtatDocument.DISPONIBLE) | models.Q(antivirus_le__isnull=False),
                name="document_disponible_controle",
            ),
        ]
        indexes = [
            models.Index(
                fields=["etat", "recu_le", "id"],
                condition=models.Q(etat__in=[EtatDocument.RECEPTION, EtatDocument.QUARANTAINE]),
                name="document_en_cours",
            ),
            models.Index(
                fields=["recu_le", "id"],
                condition=models.Q(rattache_le=None, efface_le=None),
                name="document_sans_attache",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.etat})"


class Objet(Inscrite):
    """One stored object, encrypted: a content, once in its territory, whatever the documents that hold it.

    ``empreinte`` is keyed by territory, so that nobody tells from it what the content is. ``cle`` is the object's own
    key, wrapped by the territory's key number ``cle_version``. ``pose_le``: its bytes are in the store, whole;
    ``efface_le``: they are going, and nothing may refer to it any more.
    """

    territoire = models.CharField(max_length=3)
    empreinte = models.BinaryField("empreinte du contenu, à clé", max_length=32)
    adresse = models.CharField("adresse dans le magasin", max_length=90, unique=True)
    magasin = models.CharField(max_length=6)
    copie = models.CharField("magasin où il est en cours de copie", max_length=6, blank=True)
    taille = models.BigIntegerField("octets en clair")
    cle = models.BinaryField("clé de l’objet, chiffrée")
    cle_version = models.SmallIntegerField("version de la clé du territoire")
    pose_le = models.DateTimeField("posé le", null=True)
    efface_le = models.DateTimeField("à effacer depuis le", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (magasin, copie, cle, cle_version, pose_le, efface_le), DELETE"
    droits_portail = "SELECT, INSERT, UPDATE (pose_le)"
    gardes = Gardes(estampille=True)

    class Meta:
        db_table = "document_objet"
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "empreinte"],
                condition=models.Q(efface_le=None),
                name="objet_contenu_une_fois",
            ),
            models.CheckConstraint(
                condition=models.Q(magasin__in=[m.value for m in Magasin]), name="objet_magasin"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=~models.Q(efface_le=None), name="objet_a_effacer"),
            models.Index(fields=["cle_version", "id"], name="objet_cle_version"),
            models.Index(fields=["magasin", "id"], name="objet_de_magasin"),
        ]

    def __str__(self) -> str:
        return self.adresse


class Partie(Inscrite):
    """Which object is which part of which document; ``rang``: the page from 1, else 0."""

    territoire = models.CharField(max_length=3)
    document = models.ForeignKey(Document, models.PROTECT, related_name="parties", db_index=False)
    objet = models.ForeignKey(Objet, models.PROTECT, related_name="parties")
    part = models.CharField(max_length=8)
    rang = models.SmallIntegerField(default=0)
    mime = models.CharField("type", max_length=30)

    droits_runtime = "SELECT, INSERT, DELETE"
    droits_portail = "SELECT, INSERT"
    gardes = Gardes(estampille=True)

    class Meta:
        db_table = "document_partie"
        constraints = [
            models.UniqueConstraint(fields=["document", "part", "rang"], name="partie_une_fois"),
            models.CheckConstraint(
                condition=models.Q(part__in=[p.value for p in Part]), name="partie_connue"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.part} {self.rang}"


class Televersement(Inscrite):
    """A file being sent in several goes, then what became of it; gone once it is attached, or silent for too long.

    ``proprietaire`` says who may go on with it and ``objet`` what it is for, in words of the interface only. Once
    ``conclu_le``, there is either a document made of it, or the sentence that refused it; its pieces are gone.
    """

    territoire = models.CharField(max_length=3)
    proprietaire = models.CharField("qui l’envoie", max_length=80)
    objet = models.CharField("ce à quoi il est destiné", max_length=80)
    nom = models.BinaryField("nom du fichier, chiffré")
    taille = models.BigIntegerField("octets annoncés")
    recu = models.BigIntegerField("octets reçus", default=0)
    duree = models.DurationField("silence permis")
    expire_le = models.DateTimeField("oublié après le")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    refus = models.TextField("pourquoi il est refusé", blank=True)
    conclu_le = models.DateTimeField("conclu le", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (recu, expire_le, document_id, refus, conclu_le), DELETE"
    droits_portail = "SELECT, INSERT, UPDATE (recu, expire_le, document_id, refus, conclu_le)"
    gardes = Gardes(estampille=True)

    class Meta:
        db_table = "televersement"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taille__gt=0, recu__gte=0, recu__lte=models.F("taille")),
                name="televersement_borne",
            ),
            models.CheckConstraint(
                condition=models.Q(conclu_le=None, document=None, refus="")
                | models.Q(conclu_le__isnull=False, recu=models.F("taille"), document__isnull=False, refus="")
                | models.Q(conclu_le__isnull=False, recu=models.F("taille"), document=None)
                & ~models.Q(refus=""),
                name="televersement_conclu",
            ),
        ]
        indexes = [
            models.Index(fields=["territoire", "proprietaire", "objet", "id"], name="televersement_de_qui"),
            models.Index(fields=["expire_le", "id"], name="televersement_expire"),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.recu}/{self.taille})"


class Morceau(Inscrite):
    """Bytes of a file being sent: those from ``debut`` on, held by an object; they count from ``compte_le``."""

    territoire = models.CharField(max_length=3)
    televersement = models.ForeignKey(Televersement, models.PROTECT, related_name="morceaux", db_index=False)
    objet = models.ForeignKey(Objet, models.PROTECT, related_name="morceaux")
    debut = models.BigIntegerField("premier octet")
    taille = models.IntegerField("octets")
    compte_le = models.DateTimeField("compté le", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (compte_le), DELETE"
    droits_portail = "SELECT, INSERT, UPDATE (compte_le)"
    gardes = Gardes(estampille=True)

    class Meta:
        db_table = "televersement_morceau"
        constraints = [
            models.UniqueConstraint(
                fields=["televersement", "debut"],
                condition=models.Q(compte_le__isnull=False),
                name="morceau_compte_une_fois",
            ),
        ]
        indexes = [models.Index(fields=["televersement", "debut"], name="morceau_dans_l_ordre")]

    def __str__(self) -> str:
        return f"{self.televersement_id} {self.debut}"
