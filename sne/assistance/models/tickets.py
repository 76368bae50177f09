"""A ticket, its thread, who reads it, who had it, what it is tied to."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from sne.assistance.models.reglages import Incident
from sne.assistance.rules.etats import FINIS
from sne.assistance.rules.niveaux import Categorie, Niveau
from sne.assistance.rules.textes import MOTIF_MAX, TITRE_MAX
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite

ECRITS = "OUVRIR_TICKET,ECRIRE_TICKET,PASSER_TICKET,CHANGER_TICKET"


class Ticket(Inscrite):
    """One question, from who asks to its answer. ``acces``: the keys that open it, written again with each share.

    ``demandeur``: the account that asks; of a household, with ``menage``. ``nuds``: numbers of demandes that somebody
    who may read the file typed here, or that the household writes from. ``assigne``: who of the level took it.
    ``page``, ``revision``, ``avis``: what of the site it is about. ``contexte``: what was shown before it was sent.
    ``rouvert``: how many times. Kept without social security number, like all that is typed here.
    """

    numero = models.CharField("numéro", max_length=13, unique=True)
    territoire = models.CharField(max_length=3, blank=True)
    categorie = models.CharField("catégorie", max_length=10)
    niveau = models.CharField(max_length=3)
    statut = models.CharField(max_length=20)
    demandeur = models.UUIDField()
    menage = models.BooleanField("d’un ménage", default=False)
    titre = models.CharField(max_length=TITRE_MAX)
    nuds = ArrayField(models.CharField(max_length=18), default=list)
    page = models.CharField(max_length=60, blank=True)
    revision = models.SmallIntegerField("révision lue", null=True)
    avis = models.UUIDField(null=True)
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, related_name="tickets")
    assigne = models.UUIDField("assigné à", null=True)
    acces = ArrayField(models.TextField())
    contexte = models.JSONField(default=dict)
    rouvert = models.SmallIntegerField("nombre de réouvertures", default=0)
    satisfaction = models.CharField(max_length=10, blank=True)
    resolu_le = models.DateTimeField("résolu le", null=True)
    relance_le = models.DateTimeField("relancé le", null=True)
    derniere_activite_le = models.DateTimeField("dernière activité le")
    survenu_le = models.DateTimeField("ouvert le")

    droits_runtime = (
        "SELECT, INSERT, UPDATE (niveau, statut, nuds, incident_id, assigne, acces, rouvert, satisfaction, resolu_le, "
        "relance_le, derniere_activite_le)"
    )
    gardes = Gardes(
        estampille=True,
        journalise=(
            EntreeExigee("OUVRIR_TICKET", "ticket"),
            EntreeExigee(
                "ECRIRE_TICKET,PASSER_TICKET,CHANGER_TICKET",
                "ticket",
                sur="UPDATE",
                quand="OLD.statut IS DISTINCT FROM NEW.statut OR OLD.niveau IS DISTINCT FROM NEW.niveau",
                nom="journalise_etat",
            ),
        ),
    )

    class Meta:
        db_table = "ticket"
        constraints = [
            models.CheckConstraint(
                condition=Q(categorie__in=[c.value for c in Categorie])
                & Q(niveau__in=[n.value for n in Niveau])
                & ~Q(acces=[]),
                name="ticket_forme",
            ),
            models.CheckConstraint(
                condition=Q(statut__in=sorted(s.value for s in FINIS), resolu_le__isnull=False)
                | ~Q(statut__in=sorted(s.value for s in FINIS)) & Q(resolu_le=None),
                name="ticket_resolu",
            ),
            models.UniqueConstraint(
                fields=["avis"], condition=Q(avis__isnull=False), name="ticket_d_un_avis"
            ),
        ]
        indexes = [
            models.Index(fields=["demandeur", "-derniere_activite_le"], name="ticket_demandeur"),
            # Read at each list: what is written waits in no queue that each reading would go through.
            GinIndex(fields=["acces"], name="ticket_acces", fastupdate=False),
            models.Index(fields=["niveau", "territoire", "-derniere_activite_le"], name="ticket_niveau"),
            models.Index(
                fields=["statut", "derniere_activite_le"],
                condition=Q(statut__in=["ATTENTE_DEMANDEUR", "RESOLU"]),
                name="ticket_a_suivre",
            ),
            GinIndex(fields=["nuds"], condition=~Q(nuds=[]), name="ticket_nuds"),
            models.Index(fields=["assigne"], condition=Q(assigne__isnull=False), name="ticket_assigne"),
        ]

    def __str__(self) -> str:
        return self.numero


class TicketMessage(Inscrite):
    """One message of the thread; ``interne``: between those who have the ticket. Insert-only.

    ``cote``: AUTEUR, NIVEAU, AUTRE (somebody it is shared with) or SERVICE. ``courriel``: hash of the Message-ID that
    brought it, so that it is taken once.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="messages", db_index=False)
    auteur = models.UUIDField()
    cote = models.CharField("côté", max_length=7)
    corps = models.TextField()
    html = models.TextField()
    brut = models.TextField()
    interne = models.BooleanField(default=False)
    canal = models.CharField(max_length=8)
    courriel = models.CharField(max_length=64, blank=True)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(estampille=True, journalise=(EntreeExigee(ECRITS, "message"),))

    class Meta:
        db_table = "ticket_message"
        constraints = [
            models.CheckConstraint(
                condition=Q(cote__in=["AUTEUR", "NIVEAU", "AUTRE", "SERVICE"])
                & Q(canal__in=["ECRAN", "COURRIEL"])
                & ~Q(corps=""),
                name="ticket_message_forme",
            ),
            models.UniqueConstraint(
                fields=["courriel"], condition=~Q(courriel=""), name="ticket_message_courriel_une_fois"
            ),
        ]
        indexes = [models.Index(fields=["ticket", "survenu_le", "id"], name="ticket_message_de")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.cote}"


class TicketPiece(Inscrite):
    """A file joined to a message: a document, kept less long than the thread. ``nom``: without number."""

    message = models.ForeignKey(TicketMessage, models.PROTECT, related_name="pieces")
    document = models.UUIDField(unique=True)
    nom = models.CharField(max_length=120)
    efface_le = models.DateTimeField("effacée le", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (efface_le)"
    gardes = Gardes(estampille=True)

    class Meta:
        db_table = "ticket_piece"

    def __str__(self) -> str:
        return self.nom


class TicketPartage(Inscrite):
    """A team that reads a ticket, from when and until when."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="partages", db_index=False)
    cle = models.CharField("équipe", max_length=60)
    par = models.UUIDField()
    survenu_le = models.DateTimeField()
    retire_le = models.DateTimeField("retiré le", null=True)

    droits_runtime = "SELECT, INSERT, UPDATE (retire_le)"
    gardes = Gardes(
        estampille=True,
        journalise=(
            EntreeExigee("OUVRIR_TICKET,PARTAGER_TICKET,PASSER_TICKET", "ticket", ligne="ticket_id"),
        ),
    )

    class Meta:
        db_table = "ticket_partage"
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "cle"], condition=Q(retire_le=None), name="ticket_partage_un"
            )
        ]
        indexes = [
            models.Index(fields=["ticket", "survenu_le"], name="ticket_partage_de"),
            models.Index(fields=["cle", "ticket"], condition=Q(retire_le=None), name="ticket_partage_avec"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.cle}"


class PassageTicket(Inscrite):
    """A ticket handed over from a level to another, and why. Insert-only."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="passages")
    de = models.CharField(max_length=3)
    vers = models.CharField(max_length=3)
    par = models.UUIDField()
    motif = models.CharField(max_length=MOTIF_MAX)
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(
        estampille=True,
        journalise=(EntreeExigee("PASSER_TICKET", "passage"),),
    )

    class Meta:
        db_table = "passage_ticket"
        constraints = [
            models.CheckConstraint(condition=~Q(de=F("vers")) & ~Q(motif=""), name="passage_ticket_dit")
        ]

    def __str__(self) -> str:
        return f"{self.de} {self.vers}"


class LienTicket(Inscrite):
    """Two tickets that go together: the first repeats the second (DOUBLON), or follows it (SUITE)."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="liens")
    autre = models.ForeignKey(Ticket, models.PROTECT, related_name="liens_vers")
    genre = models.CharField(max_length=7)
    par = models.UUIDField()
    survenu_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(estampille=True)

    class Meta:
        db_table = "lien_ticket"
        constraints = [
            models.CheckConstraint(
                condition=Q(genre__in=["DOUBLON", "SUITE"]) & ~Q(ticket=F("autre")), name="lien_ticket_forme"
            ),
            models.UniqueConstraint(fields=["ticket", "genre"], name="lien_ticket_un"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.genre} {self.autre_id}"
