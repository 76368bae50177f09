"""Proposals of another value for a dated parameter; the values themselves are in ``parametre`` (reference data)."""

from django.db import models
from django.db.models import Q

from sne.habilitations.models.deux_personnes import COMPTES, Question, deux_personnes
from sne.reglages.rules.propositions import RAISON_MAX, SOURCE_MAX, Issue
from sne.socle.gardes import EntreeExigee, Gardes


class PropositionParametre(Question):
    """``valeur`` for the parameter ``code`` from ``debut`` on. Accepted, the database adds the row to ``parametre``.

    ``source``: the text or decision that founds it, shown beside the value. ``motif``: why it was refused.
    """

    code = models.CharField(max_length=40)
    valeur = models.JSONField()
    debut = models.DateField("premier jour")
    source = models.CharField(max_length=SOURCE_MAX)
    raison = models.CharField(max_length=RAISON_MAX)
    proposee_par = models.JSONField("auteur, tel qu’il était")
    survenu_le = models.DateTimeField()
    issue = models.CharField(max_length=8, blank=True)
    motif = models.CharField(max_length=RAISON_MAX, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (issue, motif, decideur, decide_par, clos_le)"
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        personnes=COMPTES,
        journalise=(
            EntreeExigee("PROPOSER_PARAMETRE", "proposition"),
            EntreeExigee(
                "ACCEPTER_PARAMETRE,REFUSER_PARAMETRE,RETIRER_PARAMETRE",
                "proposition",
                sur="UPDATE",
                nom="journalise_la_fin",
            ),
        ),
    )

    class Meta:
        db_table = "proposition_parametre"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(clos_le=None), name="proposition_parametre_ouverte"
            ),
            models.CheckConstraint(
                condition=~Q(raison="")
                & ~Q(source="")
                & (
                    Q(issue="", motif="", decideur=None, decide_par__isnull=True, clos_le=None)
                    | Q(
                        issue__in=[Issue.ACCEPTEE.value, Issue.RETIREE.value],
                        motif="",
                        decideur__isnull=False,
                        decide_par__isnull=False,
                        clos_le__isnull=False,
                    )
                    | Q(
                        issue=Issue.REFUSEE.value,
                        decideur__isnull=False,
                        decide_par__isnull=False,
                        clos_le__isnull=False,
                    )
                    & ~Q(motif="")
                ),
                name="proposition_parametre_issue",
            ),
            deux_personnes("proposition_parametre", reprises=[Issue.RETIREE.value]),
        ]

    def __str__(self) -> str:
        return f"{self.code} au {self.debut}"
