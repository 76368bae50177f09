"""Whether a ticket may be asked, answered, handed over, shared now: asked by the acts, and by who shows the way."""

import uuid
from datetime import datetime, timedelta

from sne.assistance.models import Incident, LienTicket, Ticket
from sne.assistance.parametres import ParametresAssistance
from sne.assistance.policies import (
    can_annoncer,
    can_ecrire_en_menage,
    can_lire,
    can_ouvrir,
    can_traiter,
    qui_est,
)
from sne.assistance.rules.equipes import equipes_offertes
from sne.assistance.rules.etats import DEJA_DIT, EN_PAUSE, FINIS, Qui, Statut
from sne.assistance.rules.menages import SANS_TEXTE, Mot
from sne.assistance.rules.niveaux import SUITES, Niveau, est_confidentiel
from sne.assistance.selectors.menages import TicketDuMenage
from sne.assistance.selectors.tickets import SANS_TICKET, chaine_de
from sne.habilitations.rules import Permission, sans_droit
from sne.referentiels.selectors import get_parametres
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, require
from sne.socle.horloge import jour

TROP = "Vous avez déjà envoyé {} demandes d’assistance en une heure. Complétez l’une d’elles, ou attendez un peu."
PAS_A_VOUS = "Seul le niveau qui a cette demande y répond."
SANS_PART = "Cette demande est partagée avec vous\u00a0: seuls son auteur et l’assistance y écrivent."
TROP_TARD = (
    "Cette demande est close depuis plus de {} jours. Ouvrez-en une nouvelle\u00a0: elle lui sera reliée."
)
FINIE = "Cette demande est terminée."
PAS_PAR_LA = "Cette demande ne se passe pas à ce niveau."
SANS_TERRITOIRE = "Cette demande n’est d’aucun territoire\u00a0: aucun gestionnaire ne peut la prendre."
CONFIDENTIELLE = (
    "Cette demande est chez le délégué à la protection des données\u00a0: elle ne se partage plus, "
    "ne se relie à rien et ne se sépare pas."
)
DEJA_REUNIE = "Cette demande a déjà été réunie à une autre. Répondez-y ici."
EN_ROND = "L’autre demande attend déjà la réponse de celle-ci. Répondez-y ici."
PAS_VOTRE_EQUIPE = "Vous ne pouvez pas partager avec cette équipe. Choisissez-en une autre."
PAS_AUTEUR = "Seul l’auteur de la demande peut le faire."
DU_MENAGE = (
    "La question d’un demandeur se passe à un autre niveau\u00a0: elle ne se partage pas, "
    "ne se réunit à aucune autre et ne se sépare pas."
)
PAS_ICI = "Vous ne pouvez pas écrire à l’assistance d’ici."
TROP_DE_MOTS = "Vous avez beaucoup écrit aujourd’hui. Revenez demain, ou allez dans un guichet."
CLOSE = "Cette question est close depuis longtemps. Posez-en une nouvelle."
DEJA_CLOS = "Cet incident est déjà terminé."


def exiger_ouvrir(acteur: Acteur, *, le: datetime) -> None:
    """Raises ``NonHabilite``, ``Interdit`` (too many in an hour)."""
    require(can_ouvrir(acteur), sans_droit(Permission.TICKET_OUVRIR))
    plafond = get_parametres(jour(le))[ParametresAssistance].assistance_par_heure
    if Ticket.objects.filter(demandeur=acteur.id, survenu_le__gt=le - timedelta(hours=1)).count() >= plafond:
        raise Interdit(TROP.format(plafond))


def exiger_partage(acteur: Acteur, cle: str) -> None:
    """Raises ``Interdit``: not a team that this person may share with."""
    if cle not in equipes_offertes(acteur):
        raise Interdit(PAS_VOTRE_EQUIPE, champ="partage")


def exiger_part(acteur: Acteur, ticket: Ticket) -> Qui:
    """Which part they have. Raises ``NonHabilite``."""
    part = qui_est(acteur, ticket)
    require(part is not None, SANS_PART)
    assert part is not None
    return part


def exiger_ecrire(acteur: Acteur, ticket: Ticket, *, interne: bool, le: datetime) -> Qui:
    """Raises ``NonHabilite`` (a reader; a note of who asked), ``Interdit`` (closed; of its author, for long)."""
    part = exiger_part(acteur, ticket)
    require(not interne or part is Qui.NIVEAU, PAS_A_VOUS)
    jours = get_parametres(jour(le))[ParametresAssistance].assistance_reouverture_jours
    if ticket.statut == Statut.CLOS:
        if part is not Qui.AUTEUR:
            raise Interdit(FINIE)
        if le - ticket.derniere_activite_le > timedelta(days=jours):
            raise Interdit(TROP_TARD.format(jours))
    return part


def exiger_ecrire_en_menage(
    acteur: Acteur,
    *,
    territoire: str,
    demande: uuid.UUID,
    geste: Mot,
    ticket: TicketDuMenage | None,
    ecrits: int,
    le: datetime,
) -> None:
    """A household asks, goes on, says that it is settled, or whether the answer helped. ``ticket``: the one it names,
    if theirs; ``ecrits``: today.

    Raises ``NonHabilite``, ``Introuvable`` (not theirs), ``Interdit`` (too many in a day; closed for long; not over, or
    said already).
    """
    require(can_ecrire_en_menage(acteur, territoire=territoire, demande=demande), PAS_ICI)
    if geste is not Mot.QUESTION and ticket is None:
        raise Introuvable(SANS_TICKET)
    if geste is Mot.AVIS and ticket is not None and not ticket.a_juger:
        raise Interdit(DEJA_DIT)
    if geste in SANS_TEXTE:
        return
    if ecrits >= get_parametres(jour(le))[ParametresAssistance].assistance_menage_par_jour:
        raise Interdit(TROP_DE_MOTS)
    if ticket is not None and not ticket.ouvert:
        raise Interdit(CLOSE)


def exiger_traiter(acteur: Acteur, ticket: Ticket) -> None:
    """Raises ``NonHabilite``."""
    require(can_traiter(acteur, ticket), PAS_A_VOUS)


def exiger_prendre(acteur: Acteur, ticket: Ticket) -> None:
    """Raises ``NonHabilite``, ``Interdit`` (it is over)."""
    exiger_traiter(acteur, ticket)
    _exiger_en_cours(ticket)


def exiger_passer(acteur: Acteur, ticket: Ticket, vers: Niveau) -> None:
    """Raises ``NonHabilite``, ``Interdit`` (over, not to that level, of no territory)."""
    exiger_prendre(acteur, ticket)
    if vers not in SUITES[Niveau(ticket.niveau)]:
        raise Interdit(PAS_PAR_LA, champ="vers")
    if vers is Niveau.GT and not ticket.territoire:
        raise Interdit(SANS_TERRITOIRE, champ="vers")


def exiger_partager(acteur: Acteur, ticket: Ticket) -> None:
    """Raises ``NonHabilite`` (a reader), ``Interdit`` (with the officer; a household’s)."""
    exiger_part(acteur, ticket)
    _exiger_entre_agents(ticket)


def exiger_auteur(acteur: Acteur, ticket: Ticket) -> None:
    """Raises ``NonHabilite``."""
    require(acteur.id == ticket.demandeur, PAS_AUTEUR)


def exiger_avis(acteur: Acteur, ticket: Ticket) -> None:
    """The one question once it is answered. Raises ``NonHabilite``, ``Interdit`` (not answered; said already)."""
    exiger_auteur(acteur, ticket)
    if ticket.statut not in FINIS or ticket.satisfaction:
        raise Interdit(DEJA_DIT)


def exiger_fusion(acteur: Acteur, ticket: Ticket, dans: Ticket) -> None:
    """Raises ``NonHabilite``, ``Interdit`` (itself, over, merged once, waited for, the officer’s or a household’s)."""
    exiger_prendre(acteur, ticket)
    exiger_traiter(acteur, dans)
    if ticket.pk == dans.pk:
        raise Interdit("Choisissez une autre demande.", champ="autre")
    _exiger_entre_agents(ticket, dans)
    _exiger_en_cours(dans)
    if LienTicket.objects.filter(ticket=ticket, genre="DOUBLON").exists():
        raise Interdit(DEJA_REUNIE, champ="autre")
    if ticket.pk in chaine_de(dans.pk):
        raise Interdit(EN_ROND, champ="autre")


def exiger_separer(acteur: Acteur, ticket: Ticket) -> None:
    """Raises ``NonHabilite``, ``Interdit`` (over; with the officer; a household’s)."""
    exiger_prendre(acteur, ticket)
    _exiger_entre_agents(ticket)


def exiger_rattacher(acteur: Acteur, ticket: Ticket) -> None:
    """To an incident, whose end answers it. Raises ``NonHabilite``, ``Interdit`` (over; with the officer)."""
    exiger_prendre(acteur, ticket)
    _exiger_hors_du_delegue(ticket)


def exiger_annoncer(acteur: Acteur, incident: Incident | None = None) -> None:
    """Announce an incident, or end this one. Raises ``NonHabilite``, ``Interdit`` (ended already)."""
    require(can_annoncer(acteur), PAS_A_VOUS)
    if incident is not None and incident.fin is not None:
        raise Interdit(DEJA_CLOS)


def exiger_promouvoir(acteur: Acteur, ticket: Ticket) -> None:
    """Make a draft of the site of an answer. Raises ``NonHabilite``, ``Interdit`` (not answered; confidential)."""
    require(acteur.peut(Permission.CONTENU_PROPOSER) and can_lire(acteur, ticket), SANS_PART)
    if ticket.statut not in FINIS:
        raise Interdit("Répondez d’abord\u00a0: une réponse se propose quand la demande est résolue.")
    _exiger_hors_du_delegue(ticket)


def suites_possibles(ticket: Ticket) -> tuple[Statut, ...]:
    """What an answer may leave a ticket in."""
    return (
        (Statut.EN_COURS, *sorted(EN_PAUSE), Statut.RESOLU)
        if ticket.statut not in FINIS
        else (Statut.EN_COURS,)
    )


def _exiger_en_cours(ticket: Ticket) -> None:
    if ticket.statut in FINIS:
        raise Interdit(FINIE)


def _exiger_hors_du_delegue(*tickets: Ticket) -> None:
    """What the officer has is told to nobody else, nor answered by anybody else."""
    if any(est_confidentiel(t.niveau) for t in tickets):
        raise Interdit(CONFIDENTIELLE)


def _exiger_entre_agents(*tickets: Ticket) -> None:
    """What one household asked, and is answered, is told to no other; nor what the officer has."""
    _exiger_hors_du_delegue(*tickets)
    if any(t.menage for t in tickets):
        raise Interdit(DU_MENAGE)
