"""What time does of tickets: reminded, ended for want of an answer, closed, files erased, forgotten."""

import uuid
from collections.abc import Mapping
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.db import connection, transaction

from sne.assistance.actions.fil import ajouter, dire, garder, passer_a, prevenir
from sne.assistance.actions.incidents import rendre_les_doublons
from sne.assistance.actions.pieces import NATIONAL
from sne.assistance.actions.un_a_un import un_a_un
from sne.assistance.models import Ticket, TicketPiece
from sne.assistance.parametres import ParametresAssistance
from sne.assistance.policies import place_de
from sne.assistance.rules.etats import Qui, Statut
from sne.assistance.rules.horloges import reculer_de_jours_ouvres
from sne.assistance.rules.textes import lire_corps
from sne.assistance.selectors.horloges import get_bureau
from sne.assistance.verbes import VerbeAssistance
from sne.documents.actions import demander_effacement
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.horloge import jour

SANS_REPONSE = "Sans réponse de votre part, cette demande est considérée comme résolue. Un message la rouvre."
RAPPEL = "On attend votre réponse dans une demande d’assistance."
PAR_PASSE = 1000


def relancer(*, acte: Acte) -> int:
    """Remind, once, who owes an answer for five working days; end the ticket at fifteen (dated). Returns how many.

    Raises ``NuitInachevee``, as does :func:`clore_les_resolus`.
    """
    return un_a_un(_ids(statut=Statut.ATTENTE_DEMANDEUR), lambda cle: _relancer(cle, acte=acte))


def clore_les_resolus(*, acte: Acte) -> int:
    """Solved for a fortnight without a word (dated): closed. Returns how many."""
    jours = get_parametres(jour(acte.survenu_le))[ParametresAssistance].assistance_cloture_jours
    resolus = {"statut": Statut.RESOLU, "derniere_activite_le__lte": acte.survenu_le - timedelta(days=jours)}
    return un_a_un(_ids(**resolus), lambda cle: _clore(cle, resolus, acte=acte))


@transaction.atomic
def effacer_les_pieces(*, acte: Acte) -> int:
    """Files of tickets solved for ninety days (dated) are to go: the sweep of documents erases them. How many."""
    jours = get_parametres(jour(acte.survenu_le))[ParametresAssistance].assistance_pieces_jours
    avant = acte.survenu_le - timedelta(days=jours)
    dues = TicketPiece.objects.filter(efface_le=None, message__ticket__resolu_le__lte=avant)
    trouvees = list(dues[:PAR_PASSE])
    for piece in trouvees:
        demander_effacement([piece.document], territoire=NATIONAL, survenu_le=acte.survenu_le)
        piece.efface_le = acte.survenu_le
        piece.save(update_fields=["efface_le"])
    return len(trouvees)


def oublier_les_anciens(*, acte: Acte) -> int:
    """Tickets closed for two years, five with the officer (dated): gone with their thread. Returns how many."""
    p = get_parametres(jour(acte.survenu_le))[ParametresAssistance]
    total = 0
    for dpo, mois in ((False, p.assistance_conservation_mois), (True, p.assistance_conservation_dpo_mois)):
        with transaction.atomic(), connection.cursor() as curseur:
            avant = acte.survenu_le - relativedelta(months=mois)
            curseur.execute("SELECT assistance_oublier(%s, %s, %s)", [avant, dpo, PAR_PASSE])
            total += curseur.fetchone()[0]
    return total


@transaction.atomic
def _relancer(cle: uuid.UUID, *, acte: Acte) -> bool:
    ticket = _verrouiller(cle, statut=Statut.ATTENTE_DEMANDEUR)
    if ticket is None:
        return False
    p = get_parametres(jour(acte.survenu_le))[ParametresAssistance]
    bureau = get_bureau(place_de(ticket), le=jour(acte.survenu_le))
    seuils = (p.assistance_relance_jours_ouvres, p.assistance_sans_reponse_jours_ouvres)
    relance, fin = (reculer_de_jours_ouvres(acte.survenu_le, n, bureau) for n in seuils)
    if ticket.derniere_activite_le <= fin:
        _finir(ticket, acte=acte)
    elif ticket.derniere_activite_le <= relance and ticket.relance_le is None:
        _rappeler(ticket, acte=acte)
    else:
        return False
    return True


@transaction.atomic
def _clore(cle: uuid.UUID, resolus: Mapping[str, object], *, acte: Acte) -> bool:
    ticket = _verrouiller(cle, **resolus)
    if ticket is None:
        return False
    derniere = ticket.derniere_activite_le
    passer_a(ticket, Statut.CLOS, qui=Qui.SERVICE, le=acte.survenu_le)
    garder(ticket, le=derniere)
    dire(VerbeAssistance.CHANGER_TICKET, ticket, acte=acte)
    return True


def _rappeler(ticket: Ticket, *, acte: Acte) -> None:
    ticket.relance_le = acte.survenu_le
    ticket.save(update_fields=["relance_le"])
    origine = f"relance:{ticket.id}:{ticket.derniere_activite_le:%Y%m%d%H%M%S}"
    prevenir(ticket, [ticket.demandeur], RAPPEL, origine=origine, acte=acte)


def _finir(ticket: Ticket, *, acte: Acte) -> None:
    passer_a(ticket, Statut.RESOLU, qui=Qui.SERVICE, le=acte.survenu_le)
    message = ajouter(ticket, lire_corps(SANS_REPONSE), part=Qui.SERVICE, acte=acte)
    garder(ticket, le=acte.survenu_le)
    dire(VerbeAssistance.ECRIRE_TICKET, ticket, acte=acte, message=str(message.id))
    prevenir(ticket, [ticket.demandeur], SANS_REPONSE, origine=str(message.id), acte=acte)
    rendre_les_doublons(ticket, acte=acte)


def _ids(**dits: object) -> list[uuid.UUID]:
    return list(
        Ticket.objects.filter(**dits)
        .order_by("derniere_activite_le")
        .values_list("id", flat=True)[:PAR_PASSE]
    )


def _verrouiller(cle: uuid.UUID, **dits: object) -> Ticket | None:
    """It, if it is still so and nobody else is at it."""
    return Ticket.objects.select_for_update(of=("self",), skip_locked=True).filter(id=cle, **dits).first()
