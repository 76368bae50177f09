"""A ticket is taken, given to a colleague, handed over to another level with its thread."""

import uuid

from django.db import transaction

from sne.assistance.actions.fil import dire, garder, passer_a, prevenir
from sne.assistance.actions.horloges import demarrer, quitter
from sne.assistance.actions.incidents import rendre_les_doublons
from sne.assistance.models import PassageTicket, TicketPartage
from sne.assistance.policies import place_de
from sne.assistance.possible import exiger_passer, exiger_prendre
from sne.assistance.rules.etats import Qui, Statut
from sne.assistance.rules.horloges import Genre
from sne.assistance.rules.niveaux import Niveau, est_confidentiel
from sne.assistance.rules.textes import MOTIF_MAX, lire_ligne
from sne.assistance.selectors.tickets import lock_ticket
from sne.assistance.verbes import VerbeAssistance
from sne.habilitations.rules import nom_de_l_equipe
from sne.habilitations.selectors.equipes import list_membres
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour

DITES = "Dites pourquoi, en une phrase\u00a0: qui la reçoit et qui l’a posée la liront."
PAS_DU_NIVEAU = "Cette personne n’est pas de votre équipe."


@transaction.atomic
def prendre(numero: str, *, par: uuid.UUID | None = None, acte: Acte) -> None:
    """Take it, or give it to a colleague of the level (``par``).

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    ticket = lock_ticket(numero, acte.acteur)
    exiger_prendre(acte.acteur, ticket)
    choisi = par or acte.acteur.id
    collegues = list_membres(place_de(ticket).cle, le=jour(acte.survenu_le))
    if par is not None and not collegues.filter(pk=par).exists():
        raise Interdit(PAS_DU_NIVEAU, champ="par")
    ticket.assigne = choisi
    if ticket.statut == Statut.NOUVEAU:
        passer_a(ticket, Statut.EN_COURS, qui=Qui.NIVEAU, le=acte.survenu_le)
    garder(ticket, le=acte.survenu_le)
    dire(VerbeAssistance.CHANGER_TICKET, ticket, acte=acte, assigne=str(choisi))


@transaction.atomic
def passer(numero: str, vers: str, motif: str, *, acte: Acte) -> bool:
    """Hand it over with its thread. The team that had it goes on reading it, unless it goes to the officer: then
    nobody else reads it, and no incident nor other ticket is answered with it. Its author is told who has it now:
    returns whether an account was. A household is told once the entry is sealed, if it can be written to.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (not to there, over, no reason).
    """
    ticket = lock_ticket(numero, acte.acteur)
    if vers not in set(Niveau):
        raise Interdit("Choisissez à qui passer la demande.", champ="vers")
    exiger_passer(acte.acteur, ticket, Niveau(vers))
    dite = lire_ligne(motif, MOTIF_MAX, champ="motif", sinon=DITES)
    avant, ancienne = ticket.niveau, place_de(ticket)
    passage = PassageTicket.objects.create(
        ticket=ticket, de=avant, vers=vers, par=acte.acteur.id, motif=dite, survenu_le=acte.survenu_le
    )
    quitter(ticket, le=acte.survenu_le, genre=Genre.PREMIERE_REPONSE)
    if ticket.statut != Statut.NOUVEAU:
        passer_a(ticket, Statut.NOUVEAU, qui=Qui.NIVEAU, le=acte.survenu_le)
    if est_confidentiel(vers):
        rendre_les_doublons(ticket, acte=acte)
        ticket.incident = None
    ticket.niveau, ticket.assigne = vers, None
    demarrer(ticket, Genre.PREMIERE_REPONSE, le=acte.survenu_le)
    if est_confidentiel(vers):
        TicketPartage.objects.filter(ticket=ticket, retire_le=None).update(retire_le=acte.survenu_le)
        demarrer(ticket, Genre.RESOLUTION, le=acte.survenu_le)
    else:
        TicketPartage.objects.get_or_create(
            ticket=ticket,
            cle=ancienne.cle,
            retire_le=None,
            defaults={"par": acte.acteur.id, "survenu_le": acte.survenu_le},
        )
    garder(ticket, le=acte.survenu_le)
    dire(VerbeAssistance.PASSER_TICKET, ticket, acte=acte, passage=str(passage.id), de=avant, vers=vers)
    phrase = f"Votre demande est maintenant chez\u00a0: {nom_de_l_equipe(place_de(ticket).cle)}."
    return prevenir(ticket, [ticket.demandeur], phrase, origine=str(passage.id), acte=acte) > 0
