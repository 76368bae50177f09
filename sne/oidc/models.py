"""A sign-in that started and has not come back: a row that is taken once, or goes by itself."""

from django.db import models

from sne.socle.gardes import Gardes


class EtatOidc(models.Model):
    """``etat`` and ``temoin``: keyed fingerprints of the state and of the pre-session cookie; neither is kept.

    ``verifieur``: PKCE verifier encrypted for this row, empty without PKCE. ``retour``: a page of ours.
    """

    etat = models.BinaryField(primary_key=True)
    temoin = models.BinaryField()
    fournisseur = models.CharField(max_length=20)
    nonce = models.CharField(max_length=43)
    verifieur = models.BinaryField()
    retour = models.CharField(max_length=200)
    survenu_le = models.DateTimeField("ouvert le")
    expire_le = models.DateTimeField()

    droits_runtime = droits_portail = "SELECT, INSERT, DELETE"  # nobody changes one
    gardes = Gardes()

    class Meta:
        db_table = "etat_oidc"
        indexes = [models.Index(fields=["expire_le"], name="etat_oidc_expire")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expire_le__gt=models.F("survenu_le")), name="etat_oidc_expire_apres"
            ),
            models.CheckConstraint(
                condition=~models.Q(nonce="") & models.Q(retour__startswith="/"), name="etat_oidc_entier"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fournisseur} {self.survenu_le:%d/%m/%Y %H:%M}"
