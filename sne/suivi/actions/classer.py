"""Closing a case of the follow-up with a coded reason: a file to look at, or a counter that stands out."""

import uuid

from django.db import connection, transaction

from sne.habilitations.rules import Permission
from sne.journal import actions as journal
from sne.journal.rules import Entree
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.enquete.actions.enquetes import ouvrir_enquete
from sne.registre.enquete.rules.enquete import MotifEnquete
from sne.registre.enquete.selectors.enquetes import get_enquete, list_enquetes_de
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from sne.socle.identifiants import uuid7
from sne.suivi.models import Classement
from sne.suivi.possible import exiger_dossier_classable, exiger_guichet_classable
from sne.suivi.rules.classement import MotifClassement, exiger_vu, lire_motif
from sne.suivi.selectors.dossiers import get_dossier
from sne.suivi.selectors.guichets import get_guichet_suivi
from sne.suivi.verbes import VerbeSuivi

SANS_ENQUETE = (
    "Choisissez l’enquête ouverte qui s’occupe de ce guichet. S’il n’y en a pas, ouvrez-la depuis un dossier."
)


@transaction.atomic
def classer_dossier(demande_id: uuid.UUID, *, vu: uuid.UUID | None, motif: str, acte: Acte) -> Classement:
    """Close the case of a file until another act makes it one to look at. ``vu``: the last act that was read.

    « Confirmed » leaves it to the enquiry open on that file, or opens one. Nothing of the file changes, and no entry
    names it: counters read its history. Raises ``Introuvable`` (out of the perimeter, nothing to look at),
    ``NonHabilite``, ``Interdit``: an act of one's own, one that came since, closed already, no reason.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    dossier = get_dossier(demande_id, acte.acteur, le=horloge.jour(acte.survenu_le))
    exiger_dossier_classable(dossier, acte.acteur)
    code, regarde = lire_motif(motif), dossier.suivi.regarde
    exiger_vu(vu, regarde.operation)
    enquete = None
    if code is MotifClassement.CONFIRME:
        enquete = _enquete_du_dossier(demande_id, acte=acte)
    return _inscrire(
        Classement(
            territoire=demande.territoire,
            guichet=regarde.guichet,
            demande_id=demande_id,
            operation=regarde.operation,
            depuis=dossier.depuis,
            motif=code.value,
            enquete_id=enquete,
        ),
        acte=acte,
    )


@transaction.atomic
def classer_guichet(
    guichet: str,
    *,
    vu: uuid.UUID | None,
    observes: int,
    motif: str,
    enquete: uuid.UUID | None = None,
    acte: Acte,
) -> Classement:
    """Close the case of a counter that stands out, until a risky act or one change more.

    ``vu``, ``observes``: its last risky act and how many changes it had, as they were read. ``enquete``: the open one
    of the territory that takes over a confirmed case. Raises as :func:`classer_dossier`.
    """
    _lock_guichet(acte.acteur.territoire, guichet)
    suivi = get_guichet_suivi(guichet, acte.acteur, le=horloge.jour(acte.survenu_le))
    exiger_guichet_classable(suivi, acte.acteur)
    code = lire_motif(motif)
    exiger_vu((vu, observes), (suivi.operation, suivi.point.observes if suivi.point else 0))
    if code is MotifClassement.CONFIRME:
        _exiger_ouverte(enquete, acte.acteur)
    return _inscrire(
        Classement(
            territoire=acte.acteur.territoire,
            guichet=guichet,
            operation=suivi.operation,
            observes=observes,
            depuis=suivi.depuis,
            motif=code.value,
            enquete_id=enquete if code is MotifClassement.CONFIRME else None,
        ),
        acte=acte,
    )


def _lock_guichet(territoire: str, guichet: str) -> None:
    """Two managers do not close one case together."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"classement|{territoire}|{guichet}"]
        )


def _enquete_du_dossier(demande_id: uuid.UUID, *, acte: Acte) -> uuid.UUID:
    """The enquiry that is open on this file, or a new one."""
    ouverte = next((e for e in list_enquetes_de(demande_id, acte.acteur) if e.clos_le is None), None)
    if ouverte is not None:
        return ouverte.id
    return ouvrir_enquete(
        demande_id,
        motif=MotifEnquete.IDENTITE_REMPLACEE,
        precision="",
        acte=acte,
    )


def _exiger_ouverte(enquete: uuid.UUID | None, acteur: Acteur) -> None:
    """An open enquiry of the territory. Raises ``Introuvable`` out of the perimeter, ``Interdit``."""
    lue = get_enquete(enquete, acteur) if enquete else None
    if lue is None or lue.clos_le is not None or lue.territoire != acteur.territoire:
        raise Interdit(SANS_ENQUETE, champ="enquete")


def _inscrire(classement: Classement, *, acte: Acte) -> Classement:
    classement.id = uuid7()
    classement.auteur = acte.acteur.id
    classement.classe_par = acte.acteur.instantane_pour(Permission.SUIVI_CLASSER, classement.territoire)
    classement.survenu_le = acte.survenu_le
    classement.save(force_insert=True)
    journal.inscrire(
        Entree(
            verbe=VerbeSuivi.CLASSER_SUIVI,
            acte=acte,
            territoire=classement.territoire,
            faits={"classement": str(classement.id), "motif": classement.motif},
        )
    )
    return classement
