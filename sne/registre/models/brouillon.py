"""What an agent is typing: kept encrypted until registration or abandonment, so that nothing typed is lost."""

from django.db import models

from sne.registre.models.colonnes import cle, territoire


class Brouillon(models.Model):
    """A draft; its id becomes the id of the demande, so that registering twice gives one number."""

    id = cle()
    territoire = territoire()
    guichet = models.CharField(max_length=5)
    auteur = models.UUIDField()
    donnees = models.BinaryField()
    ouvert_le = models.DateTimeField()
    maj_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, UPDATE, DELETE"

    class Meta:
        db_table = "brouillon"
        indexes = [models.Index(fields=["auteur", "-maj_le"], name="brouillon_auteur")]
