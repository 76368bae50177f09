"""Changes that households ask of a counter: what they want, who holds it, how it ended."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.models.colonnes import territoire
from sne.registre.requete.rules.requete import D_UN_AGENT, OUVERTES, GenreRequete, MotifRefus, StatutRequete
from sne.socle.cles import Chiffres, par_cle
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite


class RequeteDemandeur(Inscrite):
    """One change asked by the adult of a link, on their demande: it changes nothing by itself.

    ``id``: the form's, so that one posted twice is one. ``valeur``: as the person writes it, encrypted for this row.
    ``temoin``: what is to be changed as it stood, in a word that names nobody: it is done once that is another.
    ``agent``: the account that holds it, up to ``tenue_jusqu_au``. ``document_avant``: last day when the document that
    the counter asked for is awaited. ``precision``: what the counter writes to the
    person. ``pieces``: documents of the demande that the person sent with it, as they were sent.
    """

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    personne = models.UUIDField()
    compte = models.UUIDField()
    reference = models.CharField("référence", max_length=16)
    genre = models.CharField(max_length=20)
    valeur = models.BinaryField()
    temoin = models.CharField("témoin", max_length=40)
    statut = models.CharField(max_length=16, default=StatutRequete.DEPOSEE.value)
    prendre_avant = models.DateField()
    survenu_le = models.DateTimeField()
    agent = models.UUIDField(null=True)
    prise_par = models.JSONField("agent, tel qu’il était", null=True)
    prise_le = models.DateTimeField(null=True)
    tenue_jusqu_au = models.DateField("dernier jour où cet agent la garde", null=True)
    document_avant = models.DateField("dernier jour où le document demandé est attendu", null=True)
    motif = models.CharField(max_length=24, blank=True)
    precision = models.CharField("précision", max_length=TEXTE_MAX, blank=True)
    pieces = ArrayField(models.UUIDField(), default=list)
    clos_le = models.DateTimeField(null=True)

    colonnes_chiffrees = Chiffres(valeur=par_cle)
    droits_runtime = (
        "SELECT, INSERT, "
        "UPDATE (statut, agent, prise_par, prise_le, tenue_jusqu_au, prendre_avant, document_avant, motif, precision, "
        "pieces, clos_le)"
    )
    droits_portail = "SELECT, INSERT, UPDATE (statut, prendre_avant, document_avant, pieces, clos_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        efface_par=("demande_id",),
        journalise=(
            EntreeExigee("DEPOSER_REQUETE", "requete"),
            EntreeExigee(
                "RETIRER_REQUETE,PRENDRE_REQUETE,RENDRE_REQUETE,COMPLETER_REQUETE,DOCUMENTER_REQUETE,FAIRE_REQUETE,"
                "REFUSER_REQUETE,CLORE_REQUETE",
                "requete",
                sur="UPDATE",
                nom="journalise_la_suite",
            ),
        ),
    )

    class Meta:
        db_table = "requete_demandeur"
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "demande", "genre"],
                condition=Q(clos_le=None),
                name="requete_demandeur_une_fois",
            ),
            models.CheckConstraint(
                condition=Q(genre__in=[g.value for g in GenreRequete]), name="requete_demandeur_genre"
            ),
            models.CheckConstraint(
                condition=Q(statut__in=[s.value for s in StatutRequete if s in OUVERTES], clos_le=None)
                | Q(statut__in=[s.value for s in StatutRequete if s not in OUVERTES], clos_le__isnull=False),
                name="requete_demandeur_close",
            ),
            models.CheckConstraint(
                condition=Q(
                    agent__isnull=False,
                    prise_par__isnull=False,
                    prise_le__isnull=False,
                    tenue_jusqu_au__isnull=False,
                )
                | Q(agent=None, prise_par__isnull=True, prise_le=None, tenue_jusqu_au=None)
                & ~Q(statut__in=[s.value for s in D_UN_AGENT]),
                name="requete_demandeur_prise",
            ),
            models.CheckConstraint(
                condition=Q(statut="REFUSEE", motif__in=[m.value for m in MotifRefus])
                | ~Q(statut="REFUSEE") & Q(motif=""),
                name="requete_demandeur_refus",
            ),
            models.CheckConstraint(
                condition=Q(statut__in=["DOCUMENT_DEMANDE", "CLOSE_SANS_SUITE"], document_avant__isnull=False)
                | ~Q(statut__in=["DOCUMENT_DEMANDE", "CLOSE_SANS_SUITE"]) & Q(document_avant=None),
                name="requete_demandeur_attend",
            ),
        ]
        indexes = [
            models.Index(fields=["territoire", "demande", "survenu_le"], name="requete_demandeur_dossier")
        ]
