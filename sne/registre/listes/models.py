"""A work list kept under a name: which one, narrowed how, for whom."""

from django.db import models
from django.db.models import Q

from sne.registre.demande.models.colonnes import territoire
from sne.registre.listes.rules.listes import CodeListe, Partage
from sne.socle.gardes import Gardes
from sne.socle.models import Identifiee


class ListeEnregistree(Identifiee):
    """A list and its filters, never its lines: a reader sees it in their own perimeter.

    ``auteur_nom`` is the author as they were: a shared list stays when they leave.
    """

    territoire = territoire()
    guichet = models.CharField(max_length=5, blank=True)
    auteur = models.UUIDField()
    auteur_nom = models.CharField(max_length=161)
    nom = models.CharField(max_length=60)
    liste = models.CharField(max_length=12)
    filtre = models.JSONField()
    partage = models.CharField(max_length=10)
    maj_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, UPDATE (guichet, auteur_nom, liste, filtre, partage, maj_le), DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "liste_enregistree"
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "auteur", "nom"], name="liste_enregistree_un_nom_par_auteur"
            ),
            models.CheckConstraint(
                condition=Q(liste__in=[c.value for c in CodeListe])
                & Q(partage__in=[p.value for p in Partage])
                & ~Q(nom=""),
                name="liste_enregistree_codes",
            ),
            models.CheckConstraint(
                condition=~Q(partage=Partage.GUICHET.value) | ~Q(guichet=""), name="liste_enregistree_guichet"
            ),
        ]
        indexes = [
            models.Index(
                fields=["territoire", "partage", "guichet"],
                condition=~Q(partage=Partage.PRIVEE.value),
                name="liste_enregistree_partagee",
            )
        ]

    def __str__(self) -> str:
        return self.nom
