"""Messages to households and to professionals, every attempt at them, and the files left to erase."""

from collections.abc import Callable
from typing import Any

from django.db import models

from sne.cellules.places import is_de_l_annuaire
from sne.notifications.rules import Canal, Etat, GenreAgent
from sne.socle.cles import Chiffres
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.langues import FRANCAIS, LANGUES
from sne.socle.models import Inscrite

# The verbs that tell what became of a sending.
ENVOI = "ENVOYER_MESSAGE,DIFFERER_MESSAGE,DELIVRER_MESSAGE,REJETER_MESSAGE"


def _colonne(nom: str) -> Callable[[Any], bytes]:
    return lambda envoi: envoi.id.bytes + nom.encode()


class Envoi(Inscrite):
    """What a message keeps, no matter who it is for. What names somebody is encrypted, erasable without losing the row.

    ``engage_le`` says that an attempt started whose outcome is not known yet; ``piece`` is a reference that another
    module turns into a file.
    """

    territoire = models.CharField(max_length=3)
    genre = models.CharField(max_length=30)
    destinataire = models.BinaryField("adresse, chiffrée", null=True)
    empreinte = models.BinaryField("empreinte de l’adresse", max_length=32)
    contexte = models.BinaryField("valeurs du texte, chiffrées", null=True)
    piece = models.CharField("pièce jointe", max_length=80, blank=True)
    entree = models.UUIDField("entrée de journal qui l’a préparé", unique=True)
    etat = models.CharField("état", max_length=10)
    essais = models.SmallIntegerField(default=0)
    limite_echecs = models.SmallIntegerField("échecs temporaires qui valent un refus")
    limite_heures = models.SmallIntegerField("sur combien d’heures")
    engage_le = models.DateTimeField("essai commencé", null=True)
    prochain_essai_le = models.DateTimeField(null=True)
    survenu_le = models.DateTimeField("préparé le")

    colonnes_chiffrees = Chiffres(destinataire=_colonne("destinataire"), contexte=_colonne("contexte"))

    class Meta:
        abstract = True


class Message(Envoi):
    """One message to a household by one channel.

    It knows no register: the demande is an identifier and a number. ``langue``: the one that its reader chose; of a
    letter, French.
    """

    demande = models.UUIDField()
    revision = models.IntegerField("révision de la demande dont il parle", null=True)
    nud = models.CharField("numéro unique", max_length=18)
    canal = models.CharField(max_length=8)
    langue = models.CharField(max_length=2, default=FRANCAIS)
    secours = models.BinaryField("adresse postale si l’envoi échoue, chiffrée", null=True)
    origine = models.UUIDField("entrée de journal qui l’a demandé")
    remplace = models.OneToOneField("self", models.PROTECT, null=True, related_name="remplacant")
    depot = models.UUIDField("dépôt d’impression", null=True)

    colonnes_chiffrees = Envoi.colonnes_chiffrees | Chiffres(secours=_colonne("secours"))
    droits_portail = (
        "SELECT (id, territoire, demande, genre, canal, etat, survenu_le, prochain_essai_le, depot)"
        # neither to whom nor what
    )
    droits_runtime = (
        "SELECT, INSERT, "
        "UPDATE (destinataire, contexte, secours, etat, essais, engage_le, prochain_essai_le, depot)"
    )
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        efface_par=("demande",),
        avant_effacement=(
            "INSERT INTO message_a_effacer (id, territoire, demande, canal, depot, demande_le) "
            "SELECT ligne.id, ligne.territoire, ligne.demande, ligne.canal, ligne.depot, $3 "
            "FROM message ligne "
            "WHERE ligne.demande = $1"
        ),
        journalise=(
            EntreeExigee("PREPARER_MESSAGE", "message"),
            EntreeExigee(
                ENVOI,
                "message",
                sur="UPDATE",
                quand="OLD.etat IS DISTINCT FROM NEW.etat",
                nom="journalise_etat",
            ),
        ),
    )

    class Meta:
        db_table = "message"
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "origine", "genre", "canal", "empreinte"], name="message_une_fois"
            ),
            models.CheckConstraint(
                condition=models.Q(canal__in=[c.value for c in Canal]), name="message_canal"
            ),
            models.CheckConstraint(condition=models.Q(etat__in=[e.value for e in Etat]), name="message_etat"),
            models.CheckConstraint(
                condition=models.Q(langue__in=[langue.code for langue in LANGUES]), name="message_langue"
            ),
        ]
        indexes = [
            models.Index(fields=["territoire", "demande", "-survenu_le", "-id"], name="message_de_demande"),
            models.Index(
                fields=["canal", "prochain_essai_le"],
                condition=models.Q(prochain_essai_le__isnull=False),
                name="message_a_envoyer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.genre} {self.nud} ({self.canal})"


class MessageAgent(Envoi):
    """One e-mail to a professional: about their work, never about one household by name.

    Kept for a dated time, then deleted with its attempts; the journal keeps that it was written and what became of it.
    ``compte``: whose address it is, when it is an account's. ``origine``: what asks for it, in a text that is unique:
    for one origin, a kind of message is sent once to each address. ``territoire`` is empty for the national operator.
    """

    canal = Canal.COURRIEL
    compte = models.UUIDField("compte", null=True)
    origine = models.CharField("ce qui l’a demandé", max_length=120)

    droits_runtime = (
        "SELECT, INSERT, UPDATE (destinataire, contexte, etat, essais, engage_le, prochain_essai_le)"
    )
    gardes = Gardes(
        estampille=True,
        journalise=(
            EntreeExigee("ECRIRE_A_UN_AGENT", "message"),
            EntreeExigee(
                ENVOI,
                "message",
                sur="UPDATE",
                quand="OLD.etat IS DISTINCT FROM NEW.etat",
                nom="journalise_etat",
            ),
        ),
    )

    class Meta:
        db_table = "message_agent"
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "origine", "genre", "empreinte"], name="message_agent_une_fois"
            ),
            models.CheckConstraint(
                condition=models.Q(etat__in=[e.value for e in Etat]), name="message_agent_etat"
            ),
            models.CheckConstraint(condition=~models.Q(origine=""), name="message_agent_origine"),
        ]
        indexes = [
            models.Index(
                fields=["prochain_essai_le"],
                condition=models.Q(prochain_essai_le__isnull=False),
                name="message_agent_a_envoyer",
            ),
            models.Index(fields=["survenu_le"], name="message_agent_age"),
        ]

    def __str__(self) -> str:
        return f"{self.genre} ({self.origine})"

    @staticmethod
    def part_si() -> str:
        """Of a territory, which leave for another cell with it: what is written of rights, of tickets or of agreements
        stays where those are.
        """
        restent = sorted(g.value for g in GenreAgent.tous().values() if is_de_l_annuaire(type(g).__module__))
        return f"genre NOT IN ({', '.join(f"'{genre}'" for genre in restent)})"


class Essai(Inscrite):
    """What an attempt, or a return, gave. Insert-only, without personal data."""

    territoire = models.CharField(max_length=3)
    entree = models.UUIDField("entrée de journal qui la dit", unique=True)
    issue = models.CharField(max_length=12)
    code = models.CharField(max_length=12, blank=True)
    texte = models.CharField(max_length=200, blank=True)
    source = models.CharField("empreinte du retour", max_length=64, blank=True)
    survenu_le = models.DateTimeField("le")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.id} {self.issue}"


class Tentative(Essai):
    """One attempt at a message to a household, or one return of it."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="tentatives", db_index=False)

    droits_runtime = "SELECT, INSERT"
    droits_portail = "SELECT (id, message_id, survenu_le)"
    gardes = Gardes(
        ajout_seul=True,
        estampille=True,
        efface_par=("message__demande",),
        journalise=(EntreeExigee(ENVOI, "message", ligne="message_id"),),
    )

    class Meta:
        db_table = "message_tentative"
        indexes = [models.Index(fields=["message", "survenu_le", "id"], name="tentative_de_message")]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "source"], condition=~models.Q(source=""), name="tentative_retour_une_fois"
            )
        ]


class TentativeAgent(Essai):
    """One attempt at a message to a professional, or one return of it."""

    message = models.ForeignKey(MessageAgent, models.PROTECT, related_name="tentatives", db_index=False)

    droits_runtime = "SELECT, INSERT"
    gardes = Gardes(estampille=True, journalise=(EntreeExigee(ENVOI, "message", ligne="message_id"),))

    class Meta:
        db_table = "message_agent_tentative"
        indexes = [models.Index(fields=["message", "survenu_le", "id"], name="tentative_agent_de_message")]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "source"],
                condition=~models.Q(source=""),
                name="tentative_agent_retour_une_fois",
            )
        ]


class MessageAEffacer(models.Model):
    """The files of a message deleted with its demande: gone after the commit, and told here. Without personal data.

    Written by the erasure of the demande alone; ``efface_le`` says that no file of it is left.
    """

    id = models.UUIDField("le message", primary_key=True, editable=False)
    territoire = models.CharField(max_length=3)
    demande = models.UUIDField()
    canal = models.CharField(max_length=8)
    depot = models.UUIDField("dépôt d’impression", null=True)
    demande_le = models.DateTimeField("effacement demandé le")
    efface_le = models.DateTimeField(null=True)
    fichiers = models.SmallIntegerField("fichiers effacés", null=True)

    droits_runtime = "SELECT, UPDATE (efface_le, fichiers)"
    gardes = Gardes()

    class Meta:
        db_table = "message_a_effacer"
        indexes = [
            models.Index(
                fields=["demande_le"], condition=models.Q(efface_le=None), name="message_a_effacer_reste"
            ),
            models.Index(fields=["demande"], name="message_a_effacer_demande"),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.canal})"
