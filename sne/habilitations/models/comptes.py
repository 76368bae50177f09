"""Accounts, and the roles they hold in a perimeter and for a time."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password, make_password
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower

from sne.habilitations.rules import ROLES_PAR_ETENDUE, Etendue, Role, acteur_systeme, normaliser_courriel
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.horloge import maintenant
from sne.socle.identifiants import uuid7
from sne.socle.models import Identifiee


class GestionDesComptes(BaseUserManager["Compte"]):
    """Finds an account by its address, however it is typed."""

    def get_by_natural_key(self, username: str | None) -> "Compte":
        """The account of this address. Raises ``Compte.DoesNotExist``."""
        return self.get(courriel=normaliser_courriel(username or ""))


class Compte(AbstractBaseUser):
    """One person who signs in: an address is never shared, and kept in one spelling.

    ``titulaire``: the first account of that person, once two are known to be of one; a link is added, never taken away.
    ``derniere_utilisation``: its last sign-in; acts, an interface’s too, are in ``UsageDroit``.
    ``sessions_closes_le``: no session opened before that instant lives on.
    ``mot_de_passe_provisoire``: somebody else chose it; after signing in with it, the person chooses theirs before
    anything.
    ``logiciel``: a vendor’s, by an agreement: nobody signs in by it, and it holds no other role than theirs.
    ``proconnect``: keyed fingerprint of what ProConnect knows this person by, once they have linked it themselves.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    courriel = models.EmailField("adresse électronique", unique=True)
    prenom = models.CharField("prénom", max_length=80)
    nom = models.CharField("nom", max_length=80)
    actif = models.BooleanField(default=True)
    cree_le = models.DateTimeField()
    titulaire = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    derniere_utilisation = models.DateTimeField(null=True)
    sessions_closes_le = models.DateTimeField(null=True)
    mot_de_passe_provisoire = models.BooleanField(default=False)
    proconnect = models.BinaryField(null=True, unique=True)
    logiciel = models.BooleanField(default=False)

    objects: ClassVar[GestionDesComptes] = GestionDesComptes()

    USERNAME_FIELD = "courriel"
    EMAIL_FIELD = "courriel"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["prenom", "nom"]
    droits_runtime = (
        "SELECT, INSERT, "
        "UPDATE (password, mot_de_passe_provisoire, last_login, actif, titulaire_id, derniere_utilisation, "
        "sessions_closes_le, proconnect)"
    )
    gardes = Gardes(
        journalise=(
            EntreeExigee("CREER_COMPTE", "compte", nom="journalise_cree"),
            EntreeExigee(
                "MODIFIER_COMPTE",
                "compte",
                sur="UPDATE",
                quand=(
                    "OLD.password <> NEW.password OR OLD.actif <> NEW.actif "
                    "OR OLD.proconnect IS DISTINCT FROM NEW.proconnect"
                ),
                nom="journalise_modifie",
            ),
            EntreeExigee(
                "LIER_COMPTES",
                "titulaire",
                ligne="titulaire_id",
                sur="UPDATE",
                quand="OLD.titulaire_id IS DISTINCT FROM NEW.titulaire_id",
                nom="titulaire_journalise",
            ),
        )
    )

    class Meta:
        db_table = "compte"
        constraints = [
            models.CheckConstraint(
                condition=Q(courriel=Lower("courriel")), name="compte_courriel_en_minuscules"
            ),
            models.CheckConstraint(
                condition=~Q(courriel="") & ~Q(nom="") & ~Q(prenom=""), name="compte_nomme"
            ),
            models.CheckConstraint(
                condition=Q(logiciel=False)
                | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX, proconnect=None, titulaire=None),
                name="compte_logiciel_ferme",
            ),
        ]

    def __str__(self) -> str:
        return self.nom_complet

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django's name of :attr:`actif`: an account switched off neither signs in nor keeps a session."""
        return self.actif

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the password; its hash is made again, and told, when Django's way of hashing has changed."""
        return check_password(raw_password, self.password, self._hacher_de_nouveau)

    @transaction.atomic
    def _hacher_de_nouveau(self, mot_de_passe: str) -> None:
        self.password = make_password(mot_de_passe)
        self.save(update_fields=["password"])
        faits = {"compte": str(self.id), "champ": "EMPREINTE"}
        inscrire(
            Entree(
                VerbeHabilitation.MODIFIER_COMPTE,
                Acte(acteur_systeme("Connexion"), maintenant()),
                faits=faits,
            )
        )

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}"


def _dans(etendue: Etendue, condition: Q) -> Q:
    """Whatever role is held in this kind of perimeter fulfils ``condition``."""
    return ~Q(role__in=[str(role) for role in ROLES_PAR_ETENDUE[etendue]]) | condition


class Habilitation(Identifiee):
    """One role held somewhere from a day until another; ended by a date, never deleted (CCH R441-2-5 II).

    ``territoire`` and ``guichet`` are codes, both empty for a national role. ``zone``: the code of the département, or
    of the region, of a role held in one. The body of a guichet, the territories of a region are read in
    ``referentiels``: a guichet that changes hands changes its managers' reach at once.
    """

    territoire = models.CharField(max_length=3, blank=True)
    guichet = models.CharField(max_length=5, blank=True)
    zone = models.CharField("département ou région", max_length=3, blank=True)
    compte = models.ForeignKey(Compte, models.PROTECT, related_name="habilitations")
    role = models.CharField("rôle", max_length=30)
    debut = models.DateField("premier jour")
    fin = models.DateField("premier jour sans habilitation", null=True)
    accordee_par = models.UUIDField()
    accordee_le = models.DateTimeField()
    retiree_par = models.UUIDField(null=True)
    retiree_le = models.DateTimeField(null=True)
    motif_retrait = models.CharField(max_length=20, blank=True)

    droits_runtime = "SELECT, INSERT, UPDATE (fin, retiree_par, retiree_le, motif_retrait)"
    gardes = Gardes(
        journalise=(
            EntreeExigee("ACCORDER_HABILITATION", "habilitation", nom="journalise_accordee"),
            EntreeExigee(
                "RETIRER_HABILITATION",
                "habilitation",
                sur="UPDATE",
                quand="OLD IS DISTINCT FROM NEW",
                nom="journalise_retiree",
            ),
        )
    )

    class Meta:
        db_table = "habilitation"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=[str(r) for r in Role]), name="habilitation_role"),
            models.CheckConstraint(
                condition=_dans(Etendue.GUICHET, ~Q(territoire="") & ~Q(guichet="") & Q(zone=""))
                & _dans(Etendue.TERRITOIRE, ~Q(territoire="") & Q(guichet="") & Q(zone=""))
                & _dans(Etendue.DEPARTEMENT, ~Q(territoire="") & Q(guichet="") & ~Q(zone=""))
                & _dans(Etendue.REGION, Q(territoire="") & Q(guichet="") & ~Q(zone=""))
                & _dans(Etendue.NATION, Q(territoire="") & Q(guichet="") & Q(zone="")),
                name="habilitation_perimetre",
            ),
            models.CheckConstraint(
                condition=Q(fin=None) | Q(fin__gte=F("debut")), name="habilitation_periode"
            ),
            models.CheckConstraint(
                condition=Q(retiree_par=None, retiree_le=None)
                | Q(retiree_par__isnull=False, retiree_le__isnull=False, fin__isnull=False),
                name="habilitation_retrait",
            ),
            models.CheckConstraint(
                condition=Q(motif_retrait="") | Q(retiree_le__isnull=False), name="habilitation_motif_retrait"
            ),
            models.UniqueConstraint(
                fields=["territoire", "guichet", "zone", "role", "compte"],
                condition=Q(fin=None),
                name="habilitation_une_fois",
            ),
        ]
        indexes = [
            models.Index(fields=["compte", "debut"], name="habilitation_du_compte"),
            models.Index(fields=["territoire", "guichet"], name="habilitation_du_lieu"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.role, self.territoire, self.guichet, self.zone)))
