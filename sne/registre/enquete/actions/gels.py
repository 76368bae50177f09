"""Freezing a demande for the time of an enquiry, and lifting it by two persons: one asks, another decides."""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction

from sne.habilitations.actions.deux_personnes import exiger_sans_reponse, signer
from sne.habilitations.models.deux_personnes import REPONSE
from sne.habilitations.rules import Permission
from sne.journal.rules import Verbe
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.reviser import avancer
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.demande.selectors.radiation import get_radiation
from sne.registre.enquete import policies
from sne.registre.enquete.actions.enquetes import lock_enquete
from sne.registre.enquete.models.enquete import DemandeEnquetee, DossierEnquete, Gel, LeveeGel
from sne.registre.enquete.possible import exiger_enquete_ouvrable, exiger_levee_decidable
from sne.registre.enquete.rules import gel as regles
from sne.registre.enquete.rules.enquete import DecisionLevee, lire_decision
from sne.registre.enquete.verbes import VerbeEnquete
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from sne.socle.identifiants import uuid7
from sne.socle.lignes import trouver


@transaction.atomic
def geler(demande_id: uuid.UUID, *, enquete_id: uuid.UUID, acte: Acte) -> uuid.UUID:
    """Freeze a demande of an enquiry that is open: identity and contacts stay, nothing ends it; the freeze's id.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (frozen already, of another enquiry, erased).
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    enquete = lock_enquete(enquete_id, acteur=acte.acteur)
    if not DemandeEnquetee.objects.filter(enquete=enquete, demande=demande).exists():
        raise Interdit("Cette demande n’est pas de cette enquête. Ajoutez-la d’abord.")
    regles.exiger_figeable(Statut(demande.statut))
    if Gel.objects.filter(demande=demande, leve_le=None).exists():
        raise Interdit("Ce dossier est déjà figé.")
    cle: uuid.UUID = inscrire_gel(demande, enquete, acte=acte).id
    return cle


def inscrire_gel(demande: Demande, enquete: DossierEnquete, *, acte: Acte) -> Gel:
    """Write the freeze of a demande that the caller has locked and may freeze, in its transaction."""
    gel = Gel(
        id=uuid7(),
        territoire=demande.territoire,
        demande=demande,
        revision=demande.revision,
        enquete=enquete,
        auteur=acte.acteur.id,
        pose_par=acte.acteur.instantane_pour(Permission.ENQUETE_OUVRIR, demande.territoire),
        pose_le=acte.survenu_le,
    )
    gel.save(force_insert=True)
    _journaliser(VerbeEnquete.GELER, demande, gel, acte=acte)
    return gel


@transaction.atomic
def demander_levee(gel_id: uuid.UUID, *, precision: str, acte: Acte) -> uuid.UUID:
    """Ask that a freeze be lifted, and say why; the request's id. Asking again while one waits is refused.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    demande, gel = _ouvrir(gel_id, acteur=acte.acteur)
    exiger_enquete_ouvrable(demande, acte.acteur)
    if LeveeGel.objects.filter(gel=gel, clos_le=None).exists():
        raise Interdit("Une autre demande de levée attend déjà une décision.")
    precision = lire_texte(precision, requis=True)
    cle: uuid.UUID = inscrire_levee(gel, precision=precision, acte=acte).id
    return cle


def inscrire_levee(gel: Gel, *, precision: str, acte: Acte) -> LeveeGel:
    """Write that somebody asks for a freeze to be lifted, in the caller's transaction."""
    levee = LeveeGel(
        id=uuid7(),
        gel=gel,
        precision=precision,
        auteur=acte.acteur.id,
        demandee_par=acte.acteur.instantane_pour(Permission.ENQUETE_OUVRIR, gel.territoire),
        demandee_le=acte.survenu_le,
    )
    levee.save(force_insert=True)
    _journaliser_a_part(VerbeEnquete.DEMANDER_LEVEE, levee, acte=acte)
    return levee


@transaction.atomic
def decider_levee(levee_id: uuid.UUID, *, decision: str, precision: str, acte: Acte) -> int:
    """Answer the person who asked that a freeze be lifted; returns the days given back to the household.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``: one's own request, answered already, ill said.
    """
    gel_id = trouver(
        LeveeGel.objects.filter(id=levee_id).values_list("gel", flat=True),
        "Aucune demande de levée dans votre périmètre sous cet identifiant.",
    )
    demande, gel = _ouvrir(gel_id, acteur=acte.acteur)
    levee = LeveeGel.objects.select_for_update().get(id=levee_id)
    exiger_levee_decidable(demande, acte.acteur, auteur=levee.auteur)
    exiger_sans_reponse(levee)
    signer(levee, permission=Permission.GEL_LEVER, territoire=demande.territoire, acte=acte)
    reponse, levee.precision_decision = lire_decision(decision, precision)
    levee.decision = reponse.value
    levee.save(update_fields=[*REPONSE, "decision", "precision_decision"])
    if reponse is DecisionLevee.REFUSEE:
        _journaliser_a_part(VerbeEnquete.REFUSER_LEVEE, levee, acte=acte)
        return 0
    return _lever(demande, gel, levee, acte=acte)


def _ouvrir(gel_id: uuid.UUID, *, acteur: Acteur) -> tuple[Demande, Gel]:
    """The demande, locked, and its freeze, which holds. Raises ``Introuvable``, ``Interdit``."""
    lisible = Gel.objects.filter(policies.scope_des_enquetes(acteur), id=gel_id)
    demande_id = trouver(
        lisible.values_list("demande", flat=True),
        "Aucun dossier figé dans votre périmètre sous cet identifiant.",
    )
    demande = lock_demande(demande_id, acteur=acteur)
    gel = Gel.objects.get(id=gel_id)
    if gel.leve_le is not None:
        raise Interdit("Ce dossier n’est plus figé.")
    return demande, gel


def _lever(demande: Demande, gel: Gel, levee: LeveeGel, *, acte: Acte) -> int:
    """The household loses no day: the end of validity, or the last day to come back, is moved later by as many days as
    the freeze lasted.
    """
    ouverte = Statut(demande.statut) in OUVERTES
    jours = finir_gel(demande, gel, survenu_le=acte.survenu_le)
    faits: dict[str, object] = {"levee": str(levee.id), "jours_rendus": jours}
    if ouverte and jours:
        expiration = demande.date_expiration + timedelta(days=jours)
        version = avancer(
            demande,
            statut=Statut(demande.statut),
            acte=acte,
            dates={"date_expiration": expiration},
            motif=regles.phrase_des_jours_rendus(jours),
        )
        faits |= {
            "version": str(version.id),
            "numero": demande.nud,
            "date_expiration": expiration.isoformat(),
        }
    _journaliser(VerbeEnquete.LEVER_GEL, demande, gel, acte=acte, faits=faits)
    return jours


def finir_gel(demande: Demande, gel: Gel, *, survenu_le: datetime) -> int:
    """Write the end of a freeze, in the caller's transaction; the days to give back to the household."""
    jours = regles.jours_a_rendre(
        regles.Gel(horloge.jour(gel.pose_le)), base=_base(demande), le=horloge.jour(survenu_le)
    )
    gel.leve_le, gel.jours_rendus = survenu_le, jours
    gel.save(update_fields=["leve_le", "jours_rendus"])
    return jours


def _base(demande: Demande) -> date:
    """The day from which the delay that a freeze stops runs."""
    radiation = get_radiation(demande.id) if demande.statut == Statut.RADIEE else None
    if radiation is not None:
        return radiation.date_radiation
    base: date = demande.date_dernier_renouvellement or demande.date_depot
    return base


def _journaliser(
    verbe: Verbe,
    demande: Demande,
    gel: Gel,
    *,
    acte: Acte,
    faits: dict[str, object] | None = None,
) -> None:
    """Tell the history of the file, which counters read, that it is frozen, or no longer is; not why."""
    dire(verbe, demande, acte=acte, faits={"gel": str(gel.id), **(faits or {})})


def _journaliser_a_part(verbe: Verbe, levee: LeveeGel, *, acte: Acte) -> None:
    """Between those who look at the file: no demande is named."""
    dire(verbe, levee.gel.territoire, acte=acte, faits={"levee": str(levee.id), "gel": str(levee.gel_id)})
