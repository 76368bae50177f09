"""What somebody waits for, on which file, since when: one line while it lasts, kept by the database itself."""

from django.db import models

from sne.registre.attente.rules import mouvements
from sne.registre.demande.models.colonnes import territoire
from sne.socle.gardes import Gardes, Suite


class Attente(models.Model):
    """One thing awaited. ``id``: of what opened it, an identity, a request, a case, a set of close
    demandes, a request to end a freeze, an event, a message or a person.

    ``attente_due`` says what waits on a demande from the rows of each subject; at the commit of an act, those natures
    that its verb may change (``suivre``) become so. Whatever action writes, a list forgets nothing and nobody can add
    to it. ``ouverte`` is false while the demande is struck off.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    territoire = territoire()
    nature = models.CharField(max_length=20)
    liste = models.CharField(max_length=12)
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_constraint=False)
    guichet = models.CharField(max_length=5, blank=True)
    auteur = models.UUIDField(null=True)
    depuis = models.DateTimeField()
    avant = models.DateField("réponse attendue avant le", null=True)
    ouverte = models.BooleanField(default=True)

    droits_runtime = "SELECT"
    gardes = Gardes(efface_par=("demande_id",), suit=Suite("attente", "attente_suivre", mouvements))

    class Meta:
        db_table = "attente"
        indexes = [
            models.Index(
                fields=["territoire", "liste", "depuis", "id"],
                condition=models.Q(ouverte=True),
                name="attente_territoire",
            ),
            models.Index(
                fields=["territoire", "guichet", "liste", "depuis", "id"],
                condition=models.Q(ouverte=True),
                name="attente_guichet",
            ),
            models.Index(  # what only a manager decides is rare among all that a list holds
                fields=["territoire", "nature", "depuis", "id"],
                condition=models.Q(ouverte=True),
                name="attente_nature",
            ),
        ]
