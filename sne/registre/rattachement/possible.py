"""What a session may do of a demande that it follows; whether an access online may be closed, by whom, now."""

from collections.abc import Sequence
from datetime import datetime

from sne.demandeurs.rules.niveaux import (
    PHRASES,
    Contact,
    Geste,
    Motif,
    Niveau,
    Presence,
    Preuve,
    Voie,
    niveau_de,
    refus,
)
from sne.demandeurs.selectors import list_sujets, sujet_du_code
from sne.registre.demande.models.demande import Demande
from sne.registre.rattachement import policies
from sne.registre.rattachement.rules.contacts import cles_exigees
from sne.registre.rattachement.selectors.contacts import list_contacts, peser_contact
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.acteur import Acteur
from sne.socle.erreurs import NonHabilite, require


class GesteRefuse(NonHabilite):
    """This session may not do that: its level, or the age of its proof. ``geste``: what it asked for."""

    def __init__(self, geste: Geste, motif: Motif) -> None:
        super().__init__(PHRASES[motif])
        self.geste = geste


DU_TITULAIRE = (
    "Ces messages partent à la personne qui a déposé la demande. "
    "Elle les choisit quand elle suit sa demande ici."
)
REFUS = "Vous ne pouvez pas fermer cet accès. Un guichet qui modifie la demande le ferme, si la personne le demande."


def exiger_geste(geste: Geste, presence: Presence) -> None:
    """What the table of levels allows. Raises :class:`GesteRefuse` with the sentence of its reason."""
    motif = refus(geste, presence)
    if motif is not None:
        raise GesteRefuse(geste, motif)


def exiger_deposant(voie: Voie) -> None:
    """Who may file, by how they signed in: before any demande, a session is worth the best that its way gives.

    Raises ``NonHabilite``.
    """
    exiger_geste(Geste.DEPOSER, _a_venir(voie))


def _a_venir(voie: Voie) -> Presence:
    """What a session is worth before any demande: the best that its way gives; an e-mail, which opens none, files as a
    code does.
    """
    niveau = niveau_de(voie, fort=True, protegee=False, contact=Contact(ancien=True, partage=False))
    return Presence(niveau or Niveau.CODE, frozenset({Preuve.SESSION}))


def exiger_langue(voie: Voie, visites: Sequence[Visite]) -> None:
    """Who may choose the language of messages: the person, on one of the demandes that they follow; before any, whom
    the State vouches for. Raises ``NonHabilite`` with the reason.
    """
    if not any(visite.peut(Geste.CHANGER_LANGUE) for visite in visites):
        presences = [visite.presence for visite in visites] or [_a_venir(voie)]
        exiger_geste(Geste.CHANGER_LANGUE, presences[0])


def exiger_reglage_des_avis(visites: Sequence[Visite]) -> None:
    """Who may choose which messages leave: who applied, to whom they go, on one of their demandes.

    Raises ``NonHabilite`` with the reason.
    """
    siennes = [visite for visite in visites if visite.lien.titulaire]
    require(bool(siennes), DU_TITULAIRE)
    if not any(visite.peut(Geste.REGLER_AVIS) for visite in siennes):
        exiger_geste(Geste.REGLER_AVIS, siennes[0].presence)


def exiger_acces_fermable(demande: policies.Situee, acteur: Acteur) -> None:
    """The person themselves, or a counter that may change the file. Raises ``NonHabilite``."""
    require(policies.can_detacher(acteur, demande), REFUS)


def exiger_contact_changeable(demande: Demande, visite: Visite, *, le: datetime) -> tuple[str, ...]:
    """The contacts on file where a code has to go, besides the new one, before this session changes one of them: none
    for whom the State has just vouched for. Raises ``NonHabilite`` with the reason, ``Interdit``.
    """
    if not visite.peut(Geste.CHANGER_CONTACT_PAR_CODES):
        exiger_geste(Geste.CHANGER_CONTACT, visite.presence)
        return ()
    sujets = list_sujets(visite.compte)
    siennes, prouvee = {}, ""
    for contact in list_contacts(demande):
        if contact.personne == visite.lien.personne_id:
            pese = peser_contact(demande, contact, le=le)
            siennes[contact.adresse] = pese is not None and pese.ancien and not pese.partage
            if sujet_du_code(contact.personne, contact.adresse) in sujets:
                prouvee = contact.adresse
    return cles_exigees(siennes, prouvee=prouvee)
