"""Whom a person, or a judge, lets act in their place on their demande: what, until when, who signed, the end."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sne.habilitations.models.deux_personnes import deux_personnes
from sne.registre.demande.models.colonnes import territoire
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.demande.rules.mandat_aide import FinMandat, MesureProtection, StatutMandat
from sne.socle.gardes import EntreeExigee, Gardes
from sne.socle.models import Inscrite

_SIGNE = Q(aidant__isnull=False, aidant_par__isnull=False, accepte_le__isnull=False, jusqu_au__isnull=False)
_PAS_SIGNE = Q(aidant=None, aidant_par__isnull=True, accepte_le=None)
_PAR_L_AIDANT = Q(aidant__isnull=False, aidant_par__isnull=False, accepte_le__isnull=False, jusqu_au=None)
_EN_LIGNE = Q(compte__isnull=False, agent=None, agent_par__isnull=True, piece=None, mesure="") & (
    Q(aidant=None, jusqu_au=None) | Q(aidant__isnull=False)
)
_AU_GUICHET = Q(
    compte=None, agent__isnull=False, agent_par__isnull=False, piece__isnull=False, jusqu_au__isnull=False
)
_SANS_REPONSE = (
    Q(compte=None, agent=None, agent_par__isnull=True, piece=None, mesure="", invitation="") & _PAR_L_AIDANT
)
_D_UN_PROCHE = Q(compte__isnull=False, organisme="") & ~Q(invitation="") & ~Q(courriel="")


class MandatAide(Inscrite):
    """The authorisation of one helper by the applicant of one demande, or by a judgment. Both sign; it never grows.

    ``id``: the form's, so that one posted twice is one. ``identite``: the one in force when the person signed; under
    another one it gives nothing. ``organisme_nom``: as it was signed. ``texte``, ``empreinte``: the version of the
    words that both signed, and their SHA-256. ``aidant``: the account that accepted for the body. ``jusqu_au``:
    last day. ``compte``: who signed online, after the helper when these offered; or else, ``agent``: who recorded
    ``piece``, the signed paper, at a counter.
    ``mesure``: that paper is a judgment; without ``organisme``, ``organisme_nom`` is whom it names, who acts nowhere.

    ``invitation``: fingerprint of the code sent to a relative, whom ``organisme_nom`` names; empty for a body. A
    relative accepts under an account of the households. ``courriel``: where the helper is reached, in small letters:
    where the code went, or the address of the account that accepted for the body.
    """

    territoire = territoire()
    demande = models.ForeignKey("registre.Demande", models.PROTECT, related_name="+", db_index=False)
    personne = models.ForeignKey(Personne, models.PROTECT, related_name="+", db_index=False)
    identite = models.ForeignKey(Identite, models.PROTECT, related_name="+", db_index=False)
    compte = models.UUIDField(null=True)
    agent = models.UUIDField(null=True)
    agent_par = models.JSONField("agent, tel qu’il était", null=True)
    piece = models.ForeignKey("registre.Piece", models.PROTECT, null=True, related_name="+", db_index=False)
    mesure = models.CharField(max_length=12, blank=True)
    organisme = models.CharField(max_length=9, blank=True)
    organisme_nom = models.CharField(max_length=150)
    invitation = models.CharField(max_length=64, blank=True)
    courriel = models.CharField(max_length=254, blank=True)
    portees = ArrayField(models.CharField(max_length=12), verbose_name="portées")
    jours = models.PositiveSmallIntegerField()
    accepter_avant = models.DateField()
    texte = models.CharField(max_length=8)
    empreinte = models.CharField(max_length=64)
    statut = models.CharField(max_length=8, default=StatutMandat.PROPOSE.value)
    survenu_le = models.DateTimeField()
    aidant = models.UUIDField(null=True)
    aidant_par = models.JSONField("aidant, tel qu’il était", null=True)
    accepte_le = models.DateTimeField("accepté le", null=True)
    jusqu_au = models.DateField(null=True)
    clos_le = models.DateTimeField(null=True)
    fin = models.CharField(max_length=16, blank=True)
    personne_agent = models.UUIDField(null=True, editable=False)
    personne_aidant = models.UUIDField(null=True, editable=False)

    droits_runtime = (
        "SELECT, INSERT,"
        " UPDATE (statut, compte, aidant, aidant_par, accepte_le, jusqu_au, courriel, clos_le, fin)"
    )
    droits_portail = (
        "SELECT, INSERT, UPDATE (statut, compte, aidant, aidant_par, accepte_le, jusqu_au, clos_le, fin)"
    )
    gardes = Gardes(
        sans_retrait=True,
        estampille=True,
        personnes=("agent", "aidant"),
        efface_par=("demande_id",),
        journalise=(
            EntreeExigee("PROPOSER_MANDAT,OFFRIR_MANDAT,ENREGISTRER_MANDAT,ENREGISTRER_JUGEMENT", "mandat"),
            EntreeExigee(
                "ACCEPTER_MANDAT,CONSENTIR_MANDAT,FINIR_MANDAT",
                "mandat",
                sur="UPDATE",
                nom="journalise_la_suite",
            ),
        ),
    )

    class Meta:
        db_table = "mandat_aide"
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "demande", "organisme"],
                condition=Q(clos_le=None, invitation=""),
                name="mandat_aide_une_fois",
            ),
            models.UniqueConstraint(
                fields=["territoire", "demande", "courriel"],
                condition=Q(clos_le=None) & ~Q(invitation=""),
                name="mandat_aide_proche_une_fois",
            ),
            models.CheckConstraint(
                condition=Q(statut=StatutMandat.OFFERT.value, clos_le=None, fin="") & _SANS_REPONSE
                | Q(statut=StatutMandat.PROPOSE.value, clos_le=None, fin="") & _PAS_SIGNE
                | Q(statut=StatutMandat.ACTIF.value, clos_le=None, fin="") & _SIGNE
                | Q(statut=StatutMandat.NOMME.value, clos_le=None, fin="", organisme="") & _PAS_SIGNE
                | Q(
                    statut=StatutMandat.FINI.value,
                    clos_le__isnull=False,
                    fin__in=[fin.value for fin in FinMandat],
                )
                & (_SIGNE | _PAS_SIGNE | _SANS_REPONSE),
                name="mandat_aide_etat",
            ),
            models.CheckConstraint(
                condition=Q(organisme="", portees=[], invitation="") & ~Q(mesure="")
                | ~Q(organisme="") & ~Q(portees=[])
                | ~Q(invitation="") & ~Q(portees=[]),
                name="mandat_aide_dit_quoi",
            ),
            models.CheckConstraint(condition=Q(invitation="") | _D_UN_PROCHE, name="mandat_aide_proche"),
            models.CheckConstraint(
                condition=Q(aidant=None) | Q(compte=None) | ~Q(aidant=F("compte")), name="mandat_aide_pas_soi"
            ),
            models.CheckConstraint(
                condition=_EN_LIGNE | _AU_GUICHET | _SANS_REPONSE, name="mandat_aide_recu"
            ),
            models.CheckConstraint(
                condition=Q(mesure__in=["", *(mesure.value for mesure in MesureProtection)]),
                name="mandat_aide_mesure",
            ),
            deux_personnes("mandat_aide", "agent", "aidant", si=Q(agent__isnull=False, aidant__isnull=False)),
        ]
        indexes = [
            models.Index(fields=["territoire", "demande", "survenu_le"], name="mandat_aide_dossier"),
            models.Index(
                fields=["territoire", "organisme"], condition=Q(clos_le=None), name="mandat_aide_organisme"
            ),
            models.Index(fields=["invitation"], condition=~Q(invitation=""), name="mandat_aide_invitation"),
            models.Index(fields=["aidant"], condition=Q(clos_le=None), name="mandat_aide_aidant"),
        ]

    @property
    def proche(self) -> bool:
        """Whether a relative helps, and no body."""
        return bool(self.invitation)
