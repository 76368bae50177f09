"""What every act on a ticket does of its thread: a message kept, the state changed, who reads it, who is told."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from sne.assistance.actions.horloges import atteindre, demarrer, quitter, suivre_l_etat
from sne.assistance.actions.indexer import indexer
from sne.assistance.messages import MessageAssistance
from sne.assistance.models import Ticket, TicketMessage, TicketPartage
from sne.assistance.policies import can_lire, place_de
from sne.assistance.rules.courriels import adresse_de_reponse, fil_de
from sne.assistance.rules.etats import FINIS, Qui, Statut, exiger_transition
from sne.assistance.rules.horloges import Genre
from sne.assistance.rules.menages import cle_du_menage
from sne.assistance.rules.niveaux import est_confidentiel
from sne.assistance.rules.textes import Corps
from sne.assistance.verbes import VerbeAssistance
from sne.habilitations.models import Compte
from sne.habilitations.rules import acteur_systeme
from sne.habilitations.selectors.comptes import acteur_de
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.notifications.actions import Pli, ecrire_a
from sne.notifications.rules import Limites
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import cle_pour
from sne.socle.horloge import jour

SERVICE = "Service de l’assistance"
USAGE = "assistance-reponses"


@dataclass(frozen=True, slots=True)
class Provenance:
    """By which door a message came; ``courriel``: hash of its Message-ID."""

    canal: str = "ECRAN"
    courriel: str = ""


ECRAN = Provenance()


def service_de_l_assistance() -> Acteur:
    """The service itself, when it reminds, closes, or answers with an incident."""
    return acteur_systeme(SERVICE)


def ajouter(
    ticket: Ticket,
    corps: Corps,
    *,
    part: Qui,
    interne: bool = False,
    par: Provenance = ECRAN,
    acte: Acte,
) -> TicketMessage:
    """Keep a message; the first answer of the level stops its clock. The caller journals it."""
    cotes = {Qui.AUTEUR: "AUTEUR", Qui.NIVEAU: "NIVEAU", Qui.SERVICE: "SERVICE"}
    message = TicketMessage.objects.create(
        ticket=ticket,
        auteur=acte.acteur.id,
        cote=cotes[part],
        corps=corps.source,
        html=corps.html,
        brut=corps.brut,
        interne=interne,
        canal=par.canal,
        courriel=par.courriel,
        survenu_le=acte.survenu_le,
    )
    if part is Qui.NIVEAU and not interne:
        atteindre(ticket, Genre.PREMIERE_REPONSE, le=acte.survenu_le)
    return message


def passer_a(ticket: Ticket, vers: Statut, *, qui: Qui, le: datetime) -> None:
    """Change the state by the table. Raises ``Interdit``. The caller saves with :func:`garder` and journals."""
    avant = ticket.statut
    if avant == Statut.NOUVEAU and vers not in {Statut.EN_COURS, Statut.RESOLU}:
        passer_a(ticket, Statut.EN_COURS, qui=qui, le=le)
        avant = ticket.statut
    exiger_transition(avant, vers, qui)
    ticket.statut = vers
    ticket.resolu_le = (ticket.resolu_le or le) if vers in FINIS else None
    ticket.relance_le = None
    if vers is Statut.RESOLU:
        atteindre(ticket, Genre.RESOLUTION, le=le)
        quitter(ticket, le=le)
    elif avant in FINIS and vers is Statut.EN_COURS:
        ticket.rouvert += 1
        demarrer(ticket, Genre.RESOLUTION, le=le)
    else:
        suivre_l_etat(ticket, avant, le=le)


def garder(ticket: Ticket, *, le: datetime) -> None:
    """Save what the act changed, with who reads it now and what is found of it."""
    ticket.derniere_activite_le = le
    ticket.acces = acces_de(ticket)
    ticket.save(
        update_fields=[
            "niveau",
            "statut",
            "nuds",
            "incident",
            "assigne",
            "acces",
            "rouvert",
            "resolu_le",
            "relance_le",
            "derniere_activite_le",
        ]
    )
    indexer(ticket)


def acces_de(ticket: Ticket) -> list[str]:
    """The keys that open a ticket: of its author, of the teams of its share, of who has it. With the officer, of the
    author and theirs alone.
    """
    auteur = cle_du_menage(ticket.demandeur) if ticket.menage else f"compte:{ticket.demandeur}"
    cles = {auteur, place_de(ticket).cle}
    if not est_confidentiel(ticket.niveau):
        cles |= set(TicketPartage.objects.filter(ticket=ticket, retire_le=None).values_list("cle", flat=True))
    return sorted(cles)


def dire(verbe: VerbeAssistance, ticket: Ticket, *, acte: Acte, **faits: object) -> None:
    """One entry of the journal, in codes."""
    pris = {"ticket": str(ticket.id), "numero": ticket.numero, "statut": str(ticket.statut), **faits}
    inscrire(Entree(verbe, acte, territoire=ticket.territoire, faits=pris))


def prevenir(ticket: Ticket, comptes: Collection[uuid.UUID], phrase: str, *, origine: str, acte: Acte) -> int:
    """Write to each of these accounts that still reads the ticket, but who acts: a sentence, a link, nothing of it.
    Returns how many. A household is none of them: ``portail`` writes to it, from the journal.

    The message is of no territory: like the ticket, it stays when that one moves to another cell.
    """
    le = jour(acte.survenu_le)
    limites = Limites.depuis(get_parametres(le))
    domaine = settings.COURRIEL_EXPEDITEUR.partition("@")[2]
    prevenus = 0
    for compte in Compte.objects.filter(id__in=set(comptes) - {acte.acteur.id}, actif=True).order_by("id"):
        if not peut_encore(compte, ticket, acte=acte):
            continue
        contexte = {
            "numero": ticket.numero,
            "phrase": phrase,
            "lien": f"{settings.URL_PUBLIQUE}/assistance/{ticket.numero}/",
            "repondre_a": adresse_de_reponse(ticket.id, compte.id, cle=cle_pour(USAGE), domaine=domaine),
            "fil": fil_de(ticket.id, domaine=domaine),
        }
        ecrire_a(
            Pli(
                destinataire=compte.courriel,
                compte_id=compte.id,
                genre=MessageAssistance.TICKET_NOUVELLE,
                contexte=contexte,
                origine=f"ticket:{origine}",
                limites=limites,
            ),
            acte=Acte(service_de_l_assistance(), acte.survenu_le),
        )
        prevenus += 1
    return prevenus


def peut_encore(compte: Compte, ticket: Ticket, *, acte: Acte) -> bool:
    """Whether this account reads the ticket at this very instant."""
    return can_lire(acteur_de(compte, le=jour(acte.survenu_le)), ticket)
