"""Tables of the site: pages, their revisions and what ended them, drafts, former addresses, what readers say."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sne.habilitations.models.deux_personnes import COMPTES, Question, deux_personnes
from sne.site_pro.rules.pages import REPONSE_MAX, TITRE_MAX, Genre, Theme
from sne.site_pro.rules.vie import Fin
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Identifiee, Inscrite

MOTIF_MAX = 300


class Issue(models.TextChoices):
    """What became of a revision that somebody submitted."""

    PUBLIEE = "PUBLIEE", "Publiée"
    RENVOYEE = "RENVOYEE", "Renvoyée à son auteur"
    REPRISE = "REPRISE", "Reprise par son auteur"


class Page(Inscrite):
    """One page, whatever its revisions. ``adresse``: under ``/aide/``, moved only with a redirection.

    ``proprietaire``: the account that answers for it; ``verifier_mois``: how long it holds without being read again.
    """

    code = models.SlugField(max_length=60, unique=True)
    adresse = models.CharField(max_length=120, unique=True)
    genre = models.CharField(max_length=10)
    theme = models.CharField("thème", max_length=12)
    proprietaire = models.UUIDField("propriétaire")
    verifier_mois = models.SmallIntegerField("mois avant d’être vérifiée")
    ecrans = ArrayField(models.TextField(), default=list)

    droits_runtime = "SELECT, INSERT, UPDATE (adresse, theme, proprietaire, verifier_mois, ecrans)"
    gardes = Gardes(sans_retrait=True, estampille=True)

    class Meta:
        db_table = "page_site"
        constraints = [
            models.CheckConstraint(
                condition=Q(genre__in=[g.value for g in Genre])
                & Q(theme__in=[t.value for t in Theme])
                & Q(verifier_mois__range=(1, 24))
                & ~Q(adresse=""),
                name="page_site_forme",
            )
        ]

    def __str__(self) -> str:
        return self.code


class RevisionPage(Question):
    """A text submitted by its author, then published or sent back by somebody else; never changed.

    ``html``: rendered and cleaned when it was submitted, by ``rendu`` of the renderer. ``acces``: keys that open it.
    ``effet_le``: from when it is online. ``avis``: what a reader had said, and that this revision answers.
    ``origine``: the answer of another place that it was made from, in the words of that place.
    """

    page = models.ForeignKey(Page, models.PROTECT, related_name="revisions")
    numero = models.SmallIntegerField("numéro")
    titre = models.CharField(max_length=TITRE_MAX)
    reponse = models.CharField("réponse courte", max_length=REPONSE_MAX)
    mots = models.CharField("mots-clés", max_length=300, blank=True)
    corps = models.TextField()
    html = models.TextField()
    brut = models.TextField()
    rendu = models.SmallIntegerField("version du rendu")
    publics = ArrayField(models.TextField(), default=list)
    acces = ArrayField(models.TextField())
    note = models.CharField("ce qui change", max_length=MOTIF_MAX, blank=True)
    avis = models.ForeignKey("AvisPage", models.PROTECT, null=True, related_name="revisions", db_index=False)
    origine = models.CharField("ce dont elle vient", max_length=60, blank=True)
    soumise_le = models.DateTimeField()
    issue = models.CharField(max_length=8, blank=True)
    motif = models.CharField(max_length=MOTIF_MAX, blank=True)
    effet_le = models.DateTimeField("en ligne à partir de", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (decideur, decide_par, clos_le, issue, motif, effet_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        personnes=COMPTES,
        journalise=(
            EntreeExigee("SOUMETTRE_PAGE", "revision"),
            EntreeExigee("DECIDER_PAGE", "revision", sur="UPDATE", nom="journalise_la_fin"),
        ),
    )

    class Meta:
        db_table = "revision_page"
        constraints = [
            models.UniqueConstraint(fields=["page", "numero"], name="revision_page_numero"),
            models.UniqueConstraint(
                fields=["page"], condition=Q(clos_le=None), name="revision_page_une_a_la_fois"
            ),
            models.CheckConstraint(condition=~Q(acces=[]), name="revision_page_a_des_cles"),
            models.CheckConstraint(
                condition=Q(clos_le=None, decideur=None, issue="", effet_le=None)
                | Q(clos_le__isnull=False, decideur__isnull=False)
                & (
                    Q(issue=Issue.PUBLIEE, effet_le__isnull=False)
                    | Q(issue=Issue.RENVOYEE, effet_le=None) & ~Q(motif="")
                    | Q(issue=Issue.REPRISE, effet_le=None)
                ),
                name="revision_page_cloture",
            ),
            deux_personnes("revision_page", reprises=[Issue.REPRISE.value], si=Q(clos_le__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.titre} ({self.numero})"


class FichierDocument(models.Model):
    """A published revision drawn on a paper: its bytes, the words of each page, by which version of the templates."""

    pk = models.CompositePrimaryKey("revision_id", "papier")
    revision = models.ForeignKey(RevisionPage, models.PROTECT, related_name="fichiers", db_index=False)
    papier = models.CharField(max_length=10)
    octets = models.BinaryField()
    textes = ArrayField(models.TextField())
    dessin = models.SmallIntegerField("version du dessin")

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "fichier_document"

    def __str__(self) -> str:
        return f"{self.revision_id} {self.papier}"


class FinPage(Inscrite):
    """What ends what is online, or says that it still holds: insert-only. ``effet_le``: from when.

    A withdrawal says why, and what to read instead (``remplacee_par``) when there is something.
    """

    page = models.ForeignKey(Page, models.PROTECT, related_name="fins")
    nature = models.CharField(max_length=8)
    auteur = models.UUIDField()
    motif = models.CharField(max_length=MOTIF_MAX, blank=True)
    remplacee_par = models.ForeignKey(Page, models.PROTECT, null=True, related_name="+", db_index=False)
    effet_le = models.DateTimeField()
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        ajout_seul=True, estampille=True, journalise=(EntreeExigee("RETIRER_PAGE,VERIFIER_PAGE", "fin"),)
    )

    class Meta:
        db_table = "fin_page"
        constraints = [
            models.CheckConstraint(
                condition=Q(nature=Fin.RETIRER.value) & ~Q(motif="")
                | Q(nature=Fin.VERIFIER.value, remplacee_par=None),
                name="fin_page_nature",
            ),
            models.CheckConstraint(
                condition=Q(remplacee_par=None) | ~Q(remplacee_par=F("page")), name="fin_page_par_une_autre"
            ),
        ]
        indexes = [models.Index(fields=["page", "-effet_le"], name="fin_page_de")]

    def __str__(self) -> str:
        return f"{self.nature} {self.page_id}"


class BrouillonPage(Identifiee):
    """What somebody is writing, as typed; ``page`` when it is of one that exists. ``numero`` rises at each save."""

    page = models.ForeignKey(Page, models.CASCADE, null=True, related_name="brouillons")
    auteur = models.UUIDField()
    contenu = models.JSONField()
    numero = models.IntegerField(default=1)
    modifie_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, UPDATE (contenu, numero, modifie_le, auteur), DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "brouillon_page"
        constraints = [
            models.UniqueConstraint(
                fields=["page", "auteur"],
                condition=Q(page__isnull=False),
                name="brouillon_page_un_par_auteur",
            )
        ]

    def __str__(self) -> str:
        return str(self.contenu.get("titre", ""))


class Redirection(models.Model):
    """A former address, for ever: where the page that it named is now."""

    ancienne = models.CharField(primary_key=True, max_length=120)
    page = models.ForeignKey(Page, models.PROTECT, related_name="+")

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(ajout_seul=True)

    class Meta:
        db_table = "redirection_page"

    def __str__(self) -> str:
        return self.ancienne


class LienSorti(models.Model):
    """An outside address that a page online names: times in a row that it did not answer."""

    adresse = models.TextField(primary_key=True)
    echecs = models.SmallIntegerField("échecs de suite")
    vu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, UPDATE (echecs, vu_le), DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "lien_sorti"

    def __str__(self) -> str:
        return self.adresse


class AvisPage(Inscrite):
    """What a reader said of a revision: whether it helped, what is missing, without social security number.

    ``compte``: who signed in said it, and is answered; nobody's name otherwise. ``vu_le``: its owner has seen to it.
    """

    page = models.ForeignKey(Page, models.PROTECT, related_name="avis")
    numero = models.SmallIntegerField("numéro de la révision lue")
    utile = models.BooleanField()
    raison = models.CharField(max_length=12, blank=True)
    texte = models.CharField(max_length=600, blank=True)
    compte = models.UUIDField(null=True)
    survenu_le = models.DateTimeField()
    vu_le = models.DateTimeField(null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (vu_le)"
    gardes = Gardes(sans_retrait=True, estampille=True)

    class Meta:
        db_table = "avis_page"
        constraints = [
            models.CheckConstraint(condition=Q(utile=True) | ~Q(raison=""), name="avis_page_raison")
        ]
        indexes = [models.Index(fields=["page", "-survenu_le"], name="avis_page_de")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.utile}"
