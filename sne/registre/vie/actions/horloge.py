"""The daily clock of the register: each act is done by the register itself, through its ordinary action, in a
transaction of its own. A pass may be stopped anywhere and run again: what is done is not done twice. After days of
outage, one pass does all that is due, dated of the day on which it runs: no act bears a date on which it was not done.
"""

import logging
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from django.db import InterfaceError, OperationalError
from django.db.models import F

from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.identite.actions.rappeler import rappeler_identites
from sne.registre.vie.actions.prevenir import prevenir_demande
from sne.registre.vie.actions.purger import purger_demande
from sne.registre.vie.actions.radier import arreter_comme_demande, expirer_demande, radier_demande
from sne.registre.vie.models.horloge import PassageHorloge
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.selectors.horloge import list_a_faire
from sne.registre.vie.selectors.preavis import is_retenue
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Refus
from sne.socle.identifiants import uuid7

JOURNAL = logging.getLogger(__name__)
PAS = 100  # applications between two writings of the progress


class Issue(StrEnum):
    """What became of one application in a pass."""

    FAIT = "FAIT"
    REFUSE = "REFUSE"
    RETENU = "RETENU"
    SANS_OBJET = "SANS_OBJET"
    EN_PANNE = "EN_PANNE"


def passer(
    etape: EtapeHorloge,
    territoire: str,
    *,
    survenu_le: datetime,
    avancer: Callable[[int], None] = lambda _: None,
) -> int:
    """Run one step in one territory on the day of ``survenu_le`` (aware); ``avancer`` is told of each application.

    When somebody changes an application meanwhile, the act is refused: it is counted, and left to that other act. An
    application that cannot be read does not stop the others: the technical log says which and why, the pass is not
    marked as whole, and their number is returned for the caller to tell.
    """
    passage, acteur = _ouvrir(etape, territoire, survenu_le), horloge_du_registre(territoire)
    comptes: Counter[Issue] = Counter()
    if etape is EtapeHorloge.RAPPEL:  # one digest for all: whole, or nothing
        comptes[Issue.FAIT] = rappeler_identites(territoire, acte=Acte(acteur, survenu_le))
        _noter(passage, comptes, termine_le=horloge.maintenant())
        return 0
    en_panne = 0
    for demande_id in list_a_faire(etape, territoire, jour=passage.jour):
        issue = _essayer(etape, demande_id, acte=Acte(acteur, survenu_le))
        en_panne += issue is Issue.EN_PANNE
        comptes[issue] += 1
        avancer(1)
        if comptes.total() % PAS == 0:
            _noter(passage, comptes)
            comptes.clear()
    _noter(passage, comptes, termine_le=None if en_panne else horloge.maintenant())
    return en_panne


def _essayer(etape: EtapeHorloge, demande_id: uuid.UUID, *, acte: Acte) -> Issue:
    """What became of it; a database that is gone ends the pass instead: no other application would do better."""
    try:
        return _agir(etape, demande_id, acte=acte)
    except Refus:
        return Issue.REFUSE
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        JOURNAL.exception("horloge_en_panne %s %s", etape.value, demande_id)
        return Issue.EN_PANNE


def _agir(etape: EtapeHorloge, demande_id: uuid.UUID, *, acte: Acte) -> Issue:
    if etape is EtapeHorloge.PREAVIS:
        preavis = prevenir_demande(demande_id, acte=acte)
        if preavis is None:
            return Issue.SANS_OBJET
        return Issue.FAIT if preavis.possible else Issue.RETENU
    if etape is EtapeHorloge.PURGE:
        purger_demande(demande_id, acte=acte)
        return Issue.FAIT
    if etape is EtapeHorloge.ARRET:
        arreter_comme_demande(demande_id, acte=acte)
        return Issue.FAIT
    if is_retenue(
        demande_id, le=horloge.jour(acte.survenu_le)
    ):  # asked first: a refused end is kept as an attempt
        return Issue.RETENU
    if etape is EtapeHorloge.EXPIRATION:
        expirer_demande(demande_id, acte=acte)
    else:
        faits = FaitsRadiation(MotifRadiation.RADREN)
        radier_demande(demande_id, faits, acte=acte)
    return Issue.FAIT


def _ouvrir(etape: EtapeHorloge, territoire: str, survenu_le: datetime) -> PassageHorloge:
    """The pass of that day, taken up again when it was stopped."""
    passage, _ = PassageHorloge.objects.get_or_create(
        territoire=territoire,
        jour=horloge.jour(survenu_le),
        etape=etape.value,
        defaults={"id": uuid7(), "commence_le": horloge.maintenant()},
    )
    return passage


def _noter(passage: PassageHorloge, comptes: Counter[Issue], *, termine_le: datetime | None = None) -> None:
    PassageHorloge.objects.filter(id=passage.id).update(
        traites=F("traites") + comptes[Issue.FAIT],
        refuses=F("refuses") + comptes[Issue.REFUSE],
        retenues=F("retenues") + comptes[Issue.RETENU],
        termine_le=termine_le,
    )
