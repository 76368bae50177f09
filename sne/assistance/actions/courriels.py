"""An e-mail that comes back to a ticket: made a message, dropped, or its words left for somebody to see to."""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from sne.assistance.actions.fil import USAGE, Provenance, ajouter, dire, garder
from sne.assistance.actions.pieces import Jointe
from sne.assistance.actions.repondre import Ecrit, ecrire
from sne.assistance.models import CourrielRecu, Ticket
from sne.assistance.parametres import ParametresAssistance
from sne.assistance.possible import exiger_annoncer, exiger_ecrire
from sne.assistance.rules.courriels import lire_adresse
from sne.assistance.rules.reception import CourrielLu, mots_gardes
from sne.assistance.rules.textes import lire_corps, tel_quel
from sne.assistance.selectors.courriels import get_a_rattacher, lie_a, lire_a_rattacher
from sne.assistance.selectors.tickets import lock_ticket
from sne.assistance.verbes import VerbeAssistance
from sne.habilitations.models import Compte
from sne.habilitations.selectors.comptes import acteur_de
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.chiffrement import chiffrer, cle_pour
from sne.socle.erreurs import Refus
from sne.socle.horloge import jour

PRIS, ECARTE, A_RATTACHER = "PRIS", "ECARTE", "A_RATTACHER"
AUTOMATIQUE, INCONNU, VIDE, REFUSE = "AUTOMATIQUE", "INCONNU", "VIDE", "REFUSE"


def destinataire_de(lu: CourrielLu) -> tuple[Compte, Ticket] | None:
    """The account that sent it and the ticket that its token names for that very account; ``None`` otherwise."""
    compte = Compte.objects.filter(courriel=lu.expediteur, actif=True).first()
    if compte is None:
        return None
    trouves = (lire_adresse(j, compte.id, cle=cle_pour(USAGE)) for j in lu.jetons)
    ticket = Ticket.objects.filter(id__in=[t for t in trouves if t]).first()
    return (compte, ticket) if ticket else None


@transaction.atomic
def prendre_courriel(lu: CourrielLu, pieces: Sequence[Jointe], *, recu_le: datetime) -> str:
    """Make a message of it, once. Its token has to be right, its sender that account's address, and the account still
    reads the ticket. Returns what became of it; what is automatic answers nobody.
    """
    if CourrielRecu.objects.filter(cle=lu.cle).exists():
        return PRIS
    if lu.automatique:
        _garder(lu, ECARTE, AUTOMATIQUE, recu_le=recu_le)
        return ECARTE
    qui = destinataire_de(lu)
    motif = INCONNU if qui is None else VIDE if not lu.texte else ""
    if qui is not None and not motif:
        motif = _ecrire(lu, *qui, pieces, recu_le=recu_le)
    issue = A_RATTACHER if motif else PRIS
    _garder(lu, issue, motif, recu_le=recu_le, ticket=qui[1] if qui and not motif else None)
    return issue


@transaction.atomic
def classer_courriel(courriel_id: uuid.UUID, numero: str = "", *, acte: Acte) -> None:
    """Somebody of the second level has seen to it: it is gone; or ties it to a ticket that they answer, which has its
    words as a note.

    Raises ``NonHabilite`` (a ticket that is shared with them, or their own), ``Introuvable``, ``Interdit`` (closed).
    """
    exiger_annoncer(acte.acteur)
    courriel = get_a_rattacher(courriel_id)
    if numero:
        courriel.ticket = lock_ticket(numero, acte.acteur)
        _noter(courriel, courriel.ticket, acte=acte)
    courriel.lu, courriel.traite_le = None, acte.survenu_le
    courriel.save(update_fields=["ticket", "lu", "traite_le"])


@transaction.atomic
def oublier_les_courriels(*, acte: Acte) -> int:
    """Words that nobody saw to are kept thirty days (dated parameter); returns how many were emptied."""
    jours = get_parametres(jour(acte.survenu_le))[ParametresAssistance].assistance_courriel_jours
    vieux = CourrielRecu.objects.filter(recu_le__lt=acte.survenu_le - timedelta(days=jours), lu__isnull=False)
    return vieux.update(lu=None)


def _ecrire(
    lu: CourrielLu, compte: Compte, ticket: Ticket, pieces: Sequence[Jointe], *, recu_le: datetime
) -> str:
    acteur = acteur_de(compte, le=jour(recu_le))
    dit = Ecrit(corps=tel_quel(lu.texte), pieces=pieces, par=Provenance("COURRIEL", lu.cle))
    try:
        with transaction.atomic():
            ecrire(ticket.numero, dit, acte=Acte(acteur, recu_le))
    except Refus:  # reads it no more, closed for long, too long
        return REFUSE
    return ""


def _noter(courriel: CourrielRecu, ticket: Ticket, *, acte: Acte) -> None:
    part = exiger_ecrire(acte.acteur, ticket, interne=True, le=acte.survenu_le)
    lu = lire_a_rattacher(courriel)
    note = ajouter(
        ticket,
        lire_corps(f"Courriel de {lu.expediteur}, rattaché à la main.\n\n{tel_quel(lu.texte)}"),
        part=part,
        interne=True,
        par=Provenance("COURRIEL", courriel.cle),
        acte=acte,
    )
    garder(ticket, le=acte.survenu_le)
    dire(
        VerbeAssistance.ECRIRE_TICKET,
        ticket,
        acte=acte,
        message=str(note.id),
        interne=True,
        courriel=str(courriel.id),
    )


def _garder(
    lu: CourrielLu, issue: str, motif: str, *, recu_le: datetime, ticket: Ticket | None = None
) -> None:
    garde = CourrielRecu(cle=lu.cle, ticket=ticket, issue=issue, motif=motif, recu_le=recu_le)
    if issue == A_RATTACHER:
        garde.lu = chiffrer(json.dumps(mots_gardes(lu)).encode(), lie_a=lie_a(garde.id))
    garde.save(force_insert=True)
