"""Accounts of households, the ways into them, their sessions, codes sent, tries counted: no civil status."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sne.demandeurs.rules.niveaux import Voie
from sne.notifications.rules import Famille
from sne.socle.gardes import Gardes
from sne.socle.langues import LANGUES
from sne.socle.models import Identifiee


class CompteDemandeur(Identifiee):
    """Somebody who comes back. What they follow is said in the register, by this identifier; nothing of it here.

    ``langue``: the one in which they asked to be written to, and since when; empty as long as they asked for none.
    ``avis_refuses``: families of messages that they read on their pages only.
    """

    ouvert_le = models.DateTimeField()
    vu_le = models.DateTimeField("dernière connexion")
    langue = models.CharField(max_length=2, blank=True)
    langue_depuis = models.DateTimeField("langue choisie le", null=True)
    avis_refuses = ArrayField(models.CharField(max_length=9), default=list)

    droits_runtime = droits_portail = (
        "SELECT, INSERT, UPDATE (vu_le, langue, langue_depuis, avis_refuses), DELETE"
    )
    gardes = Gardes()

    class Meta:
        db_table = "compte_demandeur"
        constraints = [
            models.CheckConstraint(
                condition=Q(langue="", langue_depuis=None)
                | Q(langue__in=[langue.code for langue in LANGUES], langue_depuis__isnull=False),
                name="compte_demandeur_langue",
            ),
            models.CheckConstraint(
                condition=Q(avis_refuses__contained_by=[famille.value for famille in Famille]),
                name="compte_demandeur_avis",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AccesDemandeur(Identifiee):
    """A way in: ``sujet``, keyed fingerprint of the identifier that a provider gives; never the identifier.

    ``pivot``: keyed fingerprint of the whole civil status, salted by the provider; empty when a trait is not given. It
    recognises somebody whose identifier changed because the State put their civil status right.

    ``courriel``: keyed fingerprint of an e-mail that a code proved, where that way leads to what is being typed;
    ``nature``: who reads that mailbox, as it was said; ``mots``: two words are asked for besides.
    """

    compte = models.ForeignKey(CompteDemandeur, models.PROTECT, related_name="acces")
    sujet = models.BinaryField(unique=True)
    pivot = models.BinaryField(db_index=True)
    courriel = models.BinaryField(default=b"")
    nature = models.CharField(max_length=9, blank=True)
    mots = models.BooleanField(default=False)
    vu_le = models.DateTimeField()

    droits_runtime = droits_portail = "SELECT, INSERT, UPDATE (sujet, pivot, nature, mots, vu_le), DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "acces_demandeur"

    def __str__(self) -> str:
        return str(self.id)


class CodeConnexion(models.Model):
    """A code that was asked for. The row is the same whether a demande fits or not: ``code`` stays empty if none does.

    ``temoin``: fingerprint of what the browser that asked holds; ``scelle``: what was typed; ``contact``: its
    fingerprint, by which wrong tries are counted; ``code``: fingerprint of the six digits; ``cible``: what they open.
    """

    temoin = models.BinaryField(primary_key=True)
    id = models.UUIDField(unique=True)
    scelle = models.BinaryField()
    contact = models.BinaryField()
    code = models.BinaryField(default=b"")
    cible = models.BinaryField(default=b"")
    essais = models.SmallIntegerField(default=0)
    survenu_le = models.DateTimeField()
    expire_le = models.DateTimeField()

    droits_runtime = "SELECT, INSERT, UPDATE (code, cible, essais, expire_le), DELETE"
    droits_portail = "SELECT, INSERT, UPDATE (essais, expire_le), DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "code_connexion"
        indexes = [models.Index(fields=["expire_le"], name="code_connexion_expire")]

    def __str__(self) -> str:
        return f"{self.id} {self.survenu_le:%d/%m/%Y %H:%M}"


class EnvoiGarde(models.Model):
    """A form that came once its session was over: never executed, given back to whoever signs in to that account again
    in the same way (``voie``), for a short while. ``scelle``: the form, encrypted for this row.
    """

    compte = models.OneToOneField(CompteDemandeur, models.PROTECT, primary_key=True, related_name="+")
    voie = models.CharField(max_length=9)
    scelle = models.BinaryField()
    expire_le = models.DateTimeField()

    droits_runtime = droits_portail = "SELECT, INSERT, UPDATE (voie, scelle, expire_le), DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "envoi_garde"
        indexes = [models.Index(fields=["expire_le"], name="envoi_garde_expire")]

    def __str__(self) -> str:
        return f"{self.compte_id} avant le {self.expire_le:%d/%m/%Y %H:%M}"


class CompteurLimite(models.Model):
    """How many tries in one window of time, of whom the key alone knows. Not logged: a crash empties it."""

    cle = models.BinaryField(primary_key=True)
    n = models.IntegerField()
    expire_le = models.DateTimeField()

    droits_runtime = droits_portail = "SELECT, INSERT, UPDATE (n), DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "compteur_limite"
        indexes = [models.Index(fields=["expire_le"], name="compteur_limite_expire")]

    def __str__(self) -> str:
        return f"{self.n} avant le {self.expire_le:%d/%m/%Y %H:%M}"


class SessionDemandeur(models.Model):
    """One sign-in. ``cle``: fingerprint of what the browser holds. It goes when it ends, and what it held with it.

    ``prouvee_le``: when the person identified themselves for it; empty when the provider does not say.

    ``voie``: how it signed in. It is never rewritten: who proves more signs in again, under another key.

    ``scelle``: encrypted for this row, what the session alone may need: who the provider says this is, to compare with
    a number typed later; the ID token, to end the session there too.
    """

    cle = models.BinaryField(primary_key=True)
    compte = models.ForeignKey(CompteDemandeur, models.PROTECT, related_name="+")
    voie = models.CharField(max_length=9)
    scelle = models.BinaryField()
    ouverte_le = models.DateTimeField()
    prouvee_le = models.DateTimeField(null=True)
    vue_le = models.DateTimeField()

    droits_runtime = droits_portail = "SELECT, INSERT, UPDATE (vue_le), DELETE"
    gardes = Gardes()

    class Meta:
        db_table = "session_demandeur"
        constraints = [
            models.CheckConstraint(
                condition=Q(voie__in=[v.value for v in Voie]), name="session_demandeur_voie"
            )
        ]
        indexes = [models.Index(fields=["ouverte_le"], name="session_demandeur_ouverte")]

    def __str__(self) -> str:
        return f"{self.compte_id} {self.ouverte_le:%d/%m/%Y %H:%M}"
