"""What goes wrong for many is announced once; what ends it answers all its tickets; tickets that go together."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from sne.assistance.actions.fil import ajouter, dire, garder, passer_a, prevenir, service_de_l_assistance
from sne.assistance.actions.ouvrir import NouveauTicket, ouvrir_ticket
from sne.assistance.models import Incident, LienTicket, Ticket, TicketMessage
from sne.assistance.policies import scope
from sne.assistance.possible import exiger_annoncer, exiger_fusion, exiger_rattacher, exiger_separer
from sne.assistance.rules.etats import FINIS, Qui, Statut
from sne.assistance.rules.incidents import ECRANS
from sne.assistance.rules.textes import MOTIF_MAX, TITRE_MAX, Corps, lire_corps, lire_ligne, lire_titre
from sne.assistance.selectors.tickets import SANS_TICKET, doublons_de, lock_ticket, lock_tickets
from sne.assistance.verbes import VerbeAssistance
from sne.habilitations.models import Compte
from sne.habilitations.selectors.comptes import acteur_de
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable
from sne.socle.horloge import jour
from sne.socle.lignes import trouver
from sne.socle.verrous import tenir
from sne.textes.rules import masquer_nir

REJOINT = "Plusieurs personnes demandent la même chose. Vous recevrez ici la même réponse."
REPRISE = "La demande à laquelle celle-ci était réunie s’est terminée autrement. Nous reprenons la vôtre."
TERMINE = "L’incident est terminé\u00a0: votre demande est résolue."
SANS_INCIDENT = "Cet incident n’existe pas."


@dataclass(frozen=True, slots=True)
class Annonce:
    """What all will read. ``vues``: codes of the screens concerned; ``mots``: by which it is recognised."""

    titre: str
    phrase: str
    mots: str = ""
    vues: Sequence[str] = ()


@transaction.atomic
def annoncer(dite: Annonce, *, acte: Acte) -> uuid.UUID:
    """Announce an incident. Raises ``NonHabilite``, ``Interdit`` (a field)."""
    exiger_annoncer(acte.acteur)
    incident = Incident.objects.create(
        titre=lire_ligne(dite.titre, TITRE_MAX, champ="titre", sinon="Donnez un titre à l’incident."),
        phrase=lire_ligne(
            dite.phrase, MOTIF_MAX, champ="phrase", sinon="Dites ce qui se passe, en une phrase."
        ),
        mots=masquer_nir(" ".join(dite.mots.split()))[:MOTIF_MAX],
        vues=sorted(set(dite.vues) & set(ECRANS)),
        auteur=acte.acteur.id,
        debut=acte.survenu_le,
    )
    inscrire(Entree(VerbeAssistance.OUVRIR_INCIDENT, acte, faits={"incident": str(incident.id)}))
    return incident.id


@transaction.atomic
def rattacher(numero: str, incident_id: uuid.UUID, *, acte: Acte) -> None:
    """This ticket is of that incident. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (over; the officer’s)."""
    # Locked first, as by who ends it: a ticket that came after would wait for an answer that was given.
    incident = Incident.objects.select_for_update(no_key=True).filter(id=incident_id, fin=None).first()
    ticket = lock_ticket(numero, acte.acteur)
    exiger_rattacher(acte.acteur, ticket)
    if incident is None:
        raise Introuvable(SANS_INCIDENT)
    ticket.incident = incident
    garder(ticket, le=acte.survenu_le)
    dire(VerbeAssistance.CHANGER_TICKET, ticket, acte=acte, incident=str(incident.id))


@transaction.atomic
def clore_incident(incident_id: uuid.UUID, reponse: str, *, acte: Acte) -> int:
    """End it and answer all its open tickets; how many. Raises ``NonHabilite``, ``Introuvable``, ``Interdit``."""
    exiger_annoncer(acte.acteur)
    incident = trouver(Incident.objects.select_for_update().filter(id=incident_id), SANS_INCIDENT)
    exiger_annoncer(acte.acteur, incident)
    corps = lire_corps_de_reponse(reponse)
    incident.fin, incident.reponse = acte.survenu_le, corps.source
    incident.save(update_fields=["fin", "reponse"])
    inscrire(Entree(VerbeAssistance.CLORE_INCIDENT, acte, faits={"incident": str(incident.id)}))
    siens = lock_tickets(Ticket.objects.filter(incident=incident).exclude(statut__in=FINIS))
    for ticket in siens:
        ticket.refresh_from_db(fields=["statut"])
        if ticket.statut not in FINIS:  # else answered just now, with the one that it waited for
            repondre_pour_tous(ticket, corps, TERMINE, acte=acte)
    return len(siens)


@transaction.atomic
def fusionner(numero: str, dans: str, *, acte: Acte) -> None:
    """Two tickets ask the same: this one waits for the answer of the other, which will be given to both. Nothing of
    either moves to the other: each author reads what they read before.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (itself, over, merged once, waited for, with the officer).
    """
    tenir("tickets réunis")  # two at once, on four tickets, would make a ring
    deux = Ticket.objects.filter(scope(acte.acteur), numero__in=[numero, dans])
    tenus = {t.numero: t for t in lock_tickets(deux)}
    if not {numero, dans} <= tenus.keys():
        raise Introuvable(SANS_TICKET)
    ticket, autre = tenus[numero], tenus[dans]
    exiger_fusion(acte.acteur, ticket, autre)
    LienTicket.objects.create(
        ticket=ticket, autre=autre, genre="DOUBLON", par=acte.acteur.id, survenu_le=acte.survenu_le
    )
    if ticket.statut != Statut.ATTENTE_TIERS:
        if ticket.statut == Statut.ATTENTE_DEMANDEUR:
            passer_a(ticket, Statut.EN_COURS, qui=Qui.NIVEAU, le=acte.survenu_le)
        passer_a(ticket, Statut.ATTENTE_TIERS, qui=Qui.NIVEAU, le=acte.survenu_le)
    message = ajouter(ticket, lire_corps(REJOINT), part=Qui.SERVICE, acte=acte)
    garder(ticket, le=acte.survenu_le)
    dire(VerbeAssistance.CHANGER_TICKET, ticket, acte=acte, message=str(message.id), autre=autre.numero)


@transaction.atomic
def separer(numero: str, message_id: uuid.UUID, titre: str, *, acte: Acte) -> Ticket:
    """One message asks something else: a ticket of its author is opened with it, tied to this one.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (not a message of its author, a title).
    """
    ticket = lock_ticket(numero, acte.acteur)
    exiger_separer(acte.acteur, ticket)
    message = TicketMessage.objects.filter(id=message_id, ticket=ticket, cote="AUTEUR", interne=False).first()
    auteur = Compte.objects.filter(pk=ticket.demandeur, actif=True).first()
    if message is None or auteur is None:
        raise Interdit("Choisissez un message de la personne qui demande.", champ="message")
    sien = Acte(acteur_de(auteur, le=jour(acte.survenu_le)), acte.survenu_le)
    nouveau = ouvrir_ticket(
        NouveauTicket(categorie=ticket.categorie, titre=lire_titre(titre), corps=message.corps), acte=sien
    )
    LienTicket.objects.create(
        ticket=nouveau, autre=ticket, genre="SUITE", par=acte.acteur.id, survenu_le=acte.survenu_le
    )
    dire(VerbeAssistance.CHANGER_TICKET, ticket, acte=acte, separe=nouveau.numero)
    return nouveau


def repondre_aux_doublons(ticket: Ticket, corps: Corps, phrase: str, *, acte: Acte) -> None:
    """The answer of a ticket that is solved goes to those that wait for it, in the transaction of the act."""
    for doublon in lock_tickets(doublons_de(ticket)):
        repondre_pour_tous(doublon, corps, phrase, acte=acte)


def rendre_les_doublons(ticket: Ticket, *, acte: Acte) -> None:
    """This ticket will give no answer to those that wait for one: their level goes on with them."""
    for doublon in lock_tickets(doublons_de(ticket)):
        if doublon.statut == Statut.ATTENTE_TIERS:
            passer_a(doublon, Statut.EN_COURS, qui=Qui.SERVICE, le=acte.survenu_le)
        message = ajouter(doublon, lire_corps(REPRISE), part=Qui.SERVICE, acte=acte)
        garder(doublon, le=acte.survenu_le)
        dire(VerbeAssistance.ECRIRE_TICKET, doublon, acte=acte, message=str(message.id))


def repondre_pour_tous(ticket: Ticket, corps: Corps, phrase: str, *, acte: Acte) -> None:
    """The same answer to one of many tickets, which it solves, and to those that wait for it; authors are told."""
    passer_a(ticket, Statut.RESOLU, qui=Qui.SERVICE, le=acte.survenu_le)
    message = ajouter(ticket, corps, part=Qui.SERVICE, acte=acte)
    garder(ticket, le=acte.survenu_le)
    dire(VerbeAssistance.ECRIRE_TICKET, ticket, acte=acte, message=str(message.id))
    de = Acte(service_de_l_assistance(), acte.survenu_le)
    prevenir(ticket, [ticket.demandeur], phrase, origine=str(message.id), acte=de)
    repondre_aux_doublons(ticket, corps, phrase, acte=acte)


def lire_corps_de_reponse(saisi: str) -> Corps:
    """Raises ``Interdit`` on ``reponse``."""
    try:
        return lire_corps(saisi)
    except Interdit as refus:
        raise Interdit(refus.phrase, champ="reponse") from None
