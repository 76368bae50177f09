"""Tables of the search: entries with the keys that open them, forms of words, synonyms, pages of files, dead ends."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db import models
from django.db.models import F, Func, GeneratedField, Q

from sne.socle.gardes import Gardes
from sne.socle.models import Identifiee


class EntreeIndex(Identifiee):
    """What can be found of one thing, whatever module owns it (``genre``, ``cible``).

    ``acces``: the keys that open it, never none. ``visible_du``, ``visible_au``: what is published at a date is found
    from it, without any job. ``perime``: found last. ``poids``: 1 is ordinary. ``verifie_le``: the fresher, the higher.
    """

    genre = models.CharField(max_length=12)
    cible = models.UUIDField()
    url = models.CharField(max_length=200)
    acces = ArrayField(models.TextField())
    titre = models.CharField(max_length=200)
    reponse = models.TextField("réponse courte", blank=True)
    mots = models.TextField("mots-clés", blank=True)
    corps = models.TextField(blank=True)
    themes = ArrayField(models.TextField(), default=list)
    publics = ArrayField(models.TextField(), default=list)
    verifie_le = models.DateField("vérifié le")
    perime = models.BooleanField("à vérifier", default=False)
    poids = models.FloatField(default=1.0)
    visible_du = models.DateTimeField("visible du")
    visible_au = models.DateTimeField("visible jusqu’au", null=True)
    court = GeneratedField(
        expression=Func(F("titre"), F("mots"), F("reponse"), function="recherche_court"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    complet = GeneratedField(
        expression=Func(F("titre"), F("mots"), F("reponse"), F("corps"), function="recherche_complet"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    prefixes = GeneratedField(
        expression=Func(F("titre"), F("mots"), function="recherche_prefixes"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    droits_runtime = "SELECT, INSERT, UPDATE, DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "entree_index"
        constraints = [
            models.UniqueConstraint(fields=["genre", "cible"], name="entree_index_une_par_chose"),
            models.CheckConstraint(condition=~Q(acces=[]), name="entree_index_a_des_cles"),
            models.CheckConstraint(
                condition=Q(visible_au=None) | Q(visible_au__gt=F("visible_du")), name="entree_index_visible"
            ),
        ]
        indexes = [
            GinIndex(fields=["complet"], name="entree_index_complet"),
            GinIndex(fields=["court"], name="entree_index_court"),
            GinIndex(fields=["prefixes"], name="entree_index_prefixes"),
            GinIndex(OpClass("titre", "gin_trgm_ops"), name="entree_index_titre"),
        ]

    def __str__(self) -> str:
        return self.titre


class FormeConnue(models.Model):
    """How a word is most often written (``forme``), by its letters without accents (``cle``); made again by night.

    From what everybody (``publique``) or every professional reads, never from what some do: a correction must not
    tell a word of a page that one may not read. ``titre``: it stands in a title.
    """

    pk = models.CompositePrimaryKey("cle", "publique")
    cle = models.TextField()
    publique = models.BooleanField()
    forme = models.TextField()
    nombre = models.IntegerField()
    titre = models.BooleanField("dans un titre")

    droits_runtime = "SELECT, INSERT, DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "forme_connue"
        indexes = [GinIndex(OpClass("cle", "gin_trgm_ops"), name="forme_connue_cle")]

    def __str__(self) -> str:
        return self.forme


class Synonyme(models.Model):
    """A term and what is looked for besides: « pgp » is also « portail grand public »."""

    terme = SearchQueryField(primary_key=True)
    remplacement = SearchQueryField()
    dit = models.CharField("terme, comme il a été tapé", max_length=60)
    pour = models.CharField("équivalents, comme ils ont été tapés", max_length=200)

    droits_runtime = "SELECT, INSERT, UPDATE, DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "synonyme"

    def __str__(self) -> str:
        return f"{self.dit} : {self.pour}"


class TextePage(models.Model):
    """The words of one page of a file, so that it opens at the page where they stand. ``rang``: from 1."""

    pk = models.CompositePrimaryKey("cible", "rang")
    cible = models.UUIDField()
    rang = models.IntegerField()
    texte = models.TextField()
    racines = GeneratedField(
        expression=Func(F("texte"), function="recherche_racines"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    droits_runtime = "SELECT, INSERT, DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "texte_page"
        constraints = [models.CheckConstraint(condition=Q(rang__gte=1), name="texte_page_rang")]

    def __str__(self) -> str:
        return f"page {self.rang}"


class RechercheSansSuite(models.Model):
    """Words that found nothing, or nothing that was opened (``choix``), counted by day; who typed them is not kept."""

    pk = models.CompositePrimaryKey("jour", "texte")
    jour = models.DateField()
    texte = models.CharField(max_length=200)
    nombre = models.IntegerField("fois")
    trouvees = models.IntegerField("fois où quelque chose a été trouvé")
    classee = models.BooleanField("classée", default=False)

    droits_runtime = "SELECT, INSERT, UPDATE, DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "recherche_sans_suite"
        constraints = [
            models.CheckConstraint(
                condition=Q(nombre__gte=1, trouvees__gte=0, trouvees__lte=F("nombre")) & ~Q(texte=""),
                name="recherche_sans_suite_comptee",
            )
        ]

    def __str__(self) -> str:
        return self.texte
