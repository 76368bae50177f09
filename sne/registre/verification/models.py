"""What checking outside said of a demande, beside its content: no revision is made of it."""

from django.db import models

from sne.registre.demande.models.colonnes import territoire
from sne.registre.verification.rules.cles import Source
from sne.registre.verification.rules.etats import EtatVerification
from sne.socle.gardes import Gardes
from sne.socle.models import Identifiee


class Verification(Identifiee):
    """The last conclusion about one place of a content (``chemin``), as it is typed (``empreinte``), and no other text.
    Nobody decides by it, and nothing is shown of it but to who reads the file: no entry of the journal.

    ``saisi``: what was typed to find it, when somebody chose. The row of the empty path is the demande itself:
    ``revision``, the last one that was checked whole, 0 for none yet; ``le``: the day it was last tried.
    """

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    chemin = models.CharField(max_length=80, blank=True)
    revision = models.IntegerField(default=0)
    empreinte = models.BinaryField("SHA-256 de ce qui est saisi", max_length=32)
    etat = models.CharField(max_length=12, choices=[(e.value, e.value) for e in EtatVerification])
    source = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Source], blank=True)
    saisi = models.CharField("ce qui a été tapé pour la trouver", max_length=200, blank=True)
    libelle = models.CharField("ce que la source en dit", max_length=300, blank=True)
    avis = models.CharField(max_length=400, blank=True)
    le = models.DateField()

    droits_runtime = "SELECT, INSERT, UPDATE"
    gardes = Gardes(efface_par=("demande_id",))

    class Meta:
        db_table = "verification"
        constraints = [
            models.UniqueConstraint(fields=["demande", "chemin"], name="verification_d_un_lieu"),
        ]

    def __str__(self) -> str:
        return f"{self.chemin} {self.etat}"
