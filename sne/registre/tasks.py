"""What the register does by itself: clock, sweeps, drafts, documents, antivirus, messages, what revisions lack."""

import contextlib
import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sne.documents import balayage
from sne.documents.aides import lire_aides
from sne.documents.magasins import MagasinEnPanne
from sne.documents.objets import effacer_objets
from sne.documents.quarantaine import reprendre_quarantaine
from sne.documents.rules import EtatDocument, Verdict
from sne.habilitations.rules import SYSTEME, Permission
from sne.journal.handlers import redistribuer
from sne.journal.rules import Verbe
from sne.notifications.actions import effacer_messages_agents
from sne.notifications.rules import Canal as CanalDeMessage
from sne.notifications.selectors import get_suite, list_canaux_restants
from sne.notifications.tasks import effacer_les_fichiers
from sne.referentiels.selectors import get_geographie, get_parametres
from sne.registre.actions.avertir import avertir_du_changement, noter_avis_sans_lecteur
from sne.registre.actions.balayer import balayage_du_registre, balayer
from sne.registre.actions.brouillons import purger_brouillons
from sne.registre.actions.courriels import invalider_courriel
from sne.registre.actions.detruire_piece import noter_verdict_de_piece
from sne.registre.actions.echanger_identite import expirer_identites
from sne.registre.actions.examiner import examiner_demandes
from sne.registre.actions.expedier import expedier_avis_de_radiation, expedier_preavis
from sne.registre.actions.expedier_demande_de_pieces import expedier_demande_de_pieces
from sne.registre.actions.expedier_piece import expedier_piece_inexploitable
from sne.registre.actions.expedier_retour import expedier_retour
from sne.registre.actions.guetter_pieces import guetter_pieces
from sne.registre.actions.horloge import passer
from sne.registre.actions.prevenir import noter_echec
from sne.registre.actions.purger import verser_statistiques
from sne.registre.actions.verifier_courriel import proposer_verification
from sne.registre.rules.dates import ajouter_mois
from sne.registre.rules.horloge import EtapeHorloge
from sne.registre.selectors.documents import get_bornes, get_delais
from sne.registre.selectors.pieces import is_fichier_nomme, list_fichiers_dits
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from sne.socle.erreurs import Efface, Interdit, Introuvable
from sne.socle.horloge import debut_du_jour, jour, maintenant

PURGER_BROUILLONS = "registre.purger_brouillons"
HORLOGE = "registre.horloge"
EXAMINER = "registre.examiner"
BALAYAGE = "registre.balayer_doublons"
BALAYER_DOCUMENTS = "registre.balayer_documents"
REPRENDRE_QUARANTAINE = "registre.reprendre_quarantaine"
INVALIDER_COURRIEL = "registre.invalider_courriel"
EXPEDIER_PREAVIS = "registre.expedier_preavis"
SUIVRE_PREAVIS = "registre.suivre_preavis"
ANNONCER_RADIATION = "registre.annoncer_radiation"
ANNONCER_RETOUR = "registre.annoncer_retour"
PAR_PASSAGE = 20_000  # revisions examined by one run: less than a minute of one process
PAR_EFFACEMENT = 5_000  # messages to professionals deleted in one transaction
VERIFIER_ADRESSES = "registre.verifier_adresses"
REDEMANDER_PIECE = "registre.redemander_piece"
DEMANDER_PIECES = "registre.demander_pieces"
LIRE_PIECES, LIRE_FICHIER = "registre.lire_pieces", "registre.lire_fichier"
AVERTIR, SUIVRE_AVIS = "registre.avertir", "registre.suivre_avis"
RATTRAPER_AVIS = "registre.rattraper_avis"
ABONNE_AUX_CHANGEMENTS = "registre.changements"
A_RATTRAPER = timedelta(days=3)  # a long weekend without anybody to look at the queue
ESSAIS = RetryStrategy(max_attempts=6, exponential_wait=3)  # the database may be restarting


@app.periodic(cron="37 3 * * *", periodic_id="nuit")
@app.task(name=PURGER_BROUILLONS, queue="entretien", queueing_lock=PURGER_BROUILLONS)
def purger(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what was purged stays purged."""
    return purger_brouillons(survenu_le=maintenant())


@app.periodic(cron="12 2 * * *", periodic_id="nuit")
@app.task(name=HORLOGE, queue="entretien", queueing_lock=HORLOGE, lock=HORLOGE)
def horloge(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: a pass that was stopped goes on, what is done is not done again."""
    passer_l_horloge(maintenant())


@app.periodic(cron="* * * * *", periodic_id="minute")
@app.task(name=EXAMINER, queue="entretien", queueing_lock=EXAMINER, lock=EXAMINER)
def examiner(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Examine what was written since; a register upgraded is examined a part at each run, until nothing is left."""
    return examiner_demandes(au_plus=PAR_PASSAGE)


def passer_l_horloge(
    survenu_le: datetime,
    *,
    territoires: Sequence[str] = (),
    sauf: Collection[EtapeHorloge] = (),
    avancer: Callable[[int], None] = lambda _: None,
) -> None:
    """Every step but ``sauf`` in every territory, or in those given, on the day of ``survenu_le`` (aware).

    What erasing leaves for after its commit comes last: statistics that name nobody, old messages to professionals,
    files. Raises ``HorlogeInachevee``, once all the rest is done, when applications could not be read.
    """
    codes = territoires or tuple(get_geographie().territoires)
    en_panne = 0
    for etape in [e for e in EtapeHorloge if e not in sauf]:
        for code in codes:
            en_panne += passer(etape, code, survenu_le=survenu_le, avancer=avancer)
    for code in codes:
        guetter_pieces(code, survenu_le=survenu_le)
        expirer_identites(code, survenu_le=survenu_le)
    verser_statistiques(survenu_le=survenu_le)
    effacer_les_messages_anciens(jour(survenu_le))
    effacer_les_fichiers()
    with contextlib.suppress(MagasinEnPanne):  # what is marked goes at the next sweep of the documents
        effacer_objets()
    if en_panne:
        raise HorlogeInachevee(f"{en_panne} demande(s) en panne : le journal technique les nomme")


class HorlogeInachevee(RuntimeError):
    """Applications that the clock could not read: everything else of the night is done."""


def effacer_les_messages_anciens(le: date) -> None:
    """Messages to professionals kept for long enough, part by part."""
    avant = debut_du_jour(ajouter_mois(le, -get_parametres(le).message_agent_conservation_mois))
    while effacer_messages_agents(avant=avant, au_plus=PAR_EFFACEMENT) == PAR_EFFACEMENT:
        pass


@app.periodic(cron="41 0 * * *", periodic_id="nuit")
@app.task(name=BALAYAGE, queue="entretien", queueing_lock=BALAYAGE, lock=BALAYAGE)
def balayer_les_doublons(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: a sweep that was stopped goes on, a pair that waits or was decided opens nothing."""
    balayer_les_territoires(maintenant())


def balayer_les_territoires(
    survenu_le: datetime,
    *,
    territoires: Sequence[str] = (),
    avancer: Callable[[int], None] = lambda _: None,
) -> None:
    """Look for close demandes in every territory, or in those given, as of ``survenu_le`` (aware)."""
    for code in territoires or tuple(get_geographie().territoires):
        balayer(code, acteur=balayage_du_registre(code), survenu_le=survenu_le, avancer=avancer)


@app.periodic(cron="52 3 * * *", periodic_id="nuit")
@app.task(name=RATTRAPER_AVIS, queue="entretien", queueing_lock=RATTRAPER_AVIS)
def rattraper(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Tell again the changes of the last days whose notice was lost with its job. Idempotent: what was told is not."""
    return redistribuer(ABONNE_AUX_CHANGEMENTS, depuis=maintenant() - A_RATTRAPER)


@app.periodic(cron="23 * * * *", periodic_id="documents")
@app.task(name=BALAYER_DOCUMENTS, queue="entretien", queueing_lock=BALAYER_DOCUMENTS, lock=BALAYER_DOCUMENTS)
def balayer_documents(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Take away the documents that no demande named in time, and receptions cut in the middle. Idempotent."""
    survenu_le = maintenant()
    return balayage.balayer(survenu_le=survenu_le, delais=get_delais(jour(survenu_le))).documents


@app.periodic(cron="*/5 * * * *", periodic_id="quarantaine")
@app.task(
    name=REPRENDRE_QUARANTAINE,
    queue="entretien",
    queueing_lock=REPRENDRE_QUARANTAINE,
    lock=REPRENDRE_QUARANTAINE,
)
def reprendre(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Ask the antivirus again for the documents that wait. Idempotent: what left quarantine is not asked again."""
    return reprendre_quarantaine(noter=_noter_verdict)


def _noter_verdict(document_id: uuid.UUID, territoire: str, verdict: Verdict) -> EtatDocument | None:
    """The answer, and the reading that this document waited for: together or not at all.

    The verdict holds the document until the commit: whoever names it later finds it open, and has it read then.
    """
    acteur = service_du_registre(territoire)
    with (
        contextlib.suppress(Introuvable),
        transaction.atomic(),
    ):  # its demande is erased meanwhile, and it too
        etat = noter_verdict_de_piece(document_id, verdict, acteur=acteur, survenu_le=maintenant())
        if etat is EtatDocument.DISPONIBLE and is_fichier_nomme(document_id):
            lire_fichier.defer(document_id=str(document_id), territoire=territoire)
        return etat
    return None


@app.task(name=INVALIDER_COURRIEL, queue="registre", retry=ESSAIS)
def invalider(*, entree_id: str, **_: object) -> None:
    """Mark the address that refused a message. Idempotent, and nothing once the address has changed."""
    suite = get_suite(uuid.UUID(entree_id))
    if suite is None or suite.canal is not CanalDeMessage.COURRIEL or not suite.adresse_en_cause:
        return
    if suite.destinataire:
        invalider_courriel(
            suite.demande_id,
            suite.destinataire,
            message=suite.message_id,
            acteur=service_du_registre(suite.territoire),
            survenu_le=suite.survenu_le,
        )


@app.task(name=EXPEDIER_PREAVIS, queue="registre", retry=ESSAIS)
def expedier(*, entree_id: str, territoire: str, **_: object) -> None:
    """Prepare the messages of a notice. Idempotent: running it again prepares nothing."""
    expedier_preavis(uuid.UUID(entree_id), acteur=service_du_registre(territoire), survenu_le=maintenant())


@app.task(name=SUIVRE_PREAVIS, queue="registre", retry=ESSAIS)
def suivre(*, entree_id: str, **_: object) -> None:
    """Note a notice that a refusal leaves without any way to the household. Idempotent."""
    suite = get_suite(uuid.UUID(entree_id))
    if suite is not None:
        noter_echec(
            suite.origine,
            list_canaux_restants(suite.origine, territoire=suite.territoire),
            acteur=service_du_registre(suite.territoire),
            survenu_le=suite.survenu_le,
        )


@app.task(name=ANNONCER_RADIATION, queue="registre", retry=ESSAIS)
def annoncer_radiation(
    *, entree_id: str, demande_id: str, revision: int, territoire: str, **_: object
) -> None:
    """Tell a household that its demande was struck off. Idempotent: running it again prepares nothing."""
    expedier_avis_de_radiation(
        uuid.UUID(entree_id),
        demande_id=uuid.UUID(demande_id),
        revision=revision,
        acteur=service_du_registre(territoire),
        survenu_le=maintenant(),
    )


@app.task(name=ANNONCER_RETOUR, queue="registre", retry=ESSAIS)
def annoncer_retour(*, entree_id: str, territoire: str, **_: object) -> None:
    """Tell each household that a demande was put back. Idempotent: running it again prepares nothing."""
    expedier_retour(uuid.UUID(entree_id), acteur=service_du_registre(territoire), survenu_le=maintenant())


@app.task(name=LIRE_PIECES, queue="documents", retry=ESSAIS)
def lire_pieces(*, entree_id: str, territoire: str, **_: object) -> None:
    """Read what a machine can of the documents just added. Idempotent; one that cannot be read stays as it is."""
    for document in list_fichiers_dits(uuid.UUID(entree_id)):
        _lire_fichier(document, territoire)


@app.task(name=LIRE_FICHIER, queue="documents", retry=ESSAIS)
def lire_fichier(*, document_id: str, territoire: str) -> None:
    """Read what a machine can of a document that the antivirus has just let go. Idempotent."""
    _lire_fichier(uuid.UUID(document_id), territoire)


def _lire_fichier(document_id: uuid.UUID, territoire: str) -> None:
    le = jour(maintenant())
    with contextlib.suppress(Interdit, Introuvable):  # erased since, still in quarantine, or not to be opened
        lire_aides(
            document_id,
            territoire=territoire,
            pages_max=get_parametres(le).document_aides_pages_max,
            bornes=get_bornes(le),
        )


@app.task(name=REDEMANDER_PIECE, queue="registre", retry=ESSAIS)
def redemander(*, entree_id: str, territoire: str, **_: object) -> None:
    """Ask the household again for a document that cannot be used, or was destroyed. Idempotent."""
    with contextlib.suppress(Efface):
        expedier_piece_inexploitable(
            uuid.UUID(entree_id), acteur=service_du_registre(territoire), survenu_le=maintenant()
        )


@app.task(name=DEMANDER_PIECES, queue="registre", retry=ESSAIS)
def demander_pieces(*, entree_id: str, territoire: str, **_: object) -> None:
    """Write to the household about the documents that an agent asked for. Idempotent."""
    with contextlib.suppress(Efface):
        expedier_demande_de_pieces(
            uuid.UUID(entree_id), acteur=service_du_registre(territoire), survenu_le=maintenant()
        )


@app.task(name=AVERTIR, queue="registre", retry=ESSAIS)
def avertir(*, entree_id: str, demande_id: str, revision: int, territoire: str, **_: object) -> None:
    """Tell a change to the addresses of before and of now. Idempotent."""
    with contextlib.suppress(Efface):  # erased since: nobody is left to write to
        avertir_du_changement(
            uuid.UUID(entree_id),
            demande_id=uuid.UUID(demande_id),
            revision=revision,
            acteur=service_du_registre(territoire),
            survenu_le=maintenant(),
        )


@app.task(name=SUIVRE_AVIS, queue="registre", retry=ESSAIS)
def suivre_avis(*, entree_id: str, **_: object) -> None:
    """Leave to the manager a notice that a refusal leaves without any reader of before. Idempotent."""
    suite = get_suite(uuid.UUID(entree_id))
    if suite is None:
        return
    with contextlib.suppress(Efface):
        noter_avis_sans_lecteur(
            suite.origine,
            demande_id=suite.demande_id,
            acteur=service_du_registre(suite.territoire),
            survenu_le=suite.survenu_le,
        )


@app.task(name=VERIFIER_ADRESSES, queue="registre", retry=ESSAIS)
def verifier_adresses(*, entree_id: str, demande_id: str, territoire: str, verbe: str, **_: object) -> None:
    """Send a link to each address that is new, or again when somebody asked for it. Idempotent."""
    with contextlib.suppress(Efface):  # erased since: nobody is left to write to
        proposer_verification(
            uuid.UUID(demande_id),
            origine=uuid.UUID(entree_id),
            relance=verbe == Verbe.DEMANDER_VERIFICATION,
            acteur=service_du_registre(territoire),
            survenu_le=maintenant(),
        )


def service_du_registre(territoire: str) -> Acteur:
    """The service acting by itself: it may find a file of that territory, and nothing else."""
    permissions = frozenset({str(Permission.DEMANDE_LIRE)})
    return Acteur(
        id=SYSTEME,
        nom="Service du registre",
        canal=Canal.SYSTEME,
        mandats=(Mandat("SERVICE_REGISTRE", permissions, Perimetre(territoire)),),
    )
