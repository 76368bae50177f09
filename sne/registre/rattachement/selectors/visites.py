"""What a session may do of each demande that its account follows, worked out again at each request."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sne.cellules.routage import lister_joignables, lister_partout
from sne.demandeurs.rules.niveaux import Contact, Geste, Presence, Voie, niveau_de, peut
from sne.demandeurs.selectors import SessionLue, get_fraicheurs, list_sujets, sujet_du_code
from sne.registre.demande.models.demande import Demande
from sne.registre.joindre.selectors.protection import list_protegees
from sne.registre.rattachement.policies import demandeur
from sne.registre.rattachement.selectors.contacts import list_contacts, peser_contact
from sne.registre.rattachement.selectors.liens import Lien, list_liens
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class Visite:
    """An open link, and what this session is worth on its demande. ``aidant``: who acts, when it is not the person.

    ``protegee``: the demande is spoken of to nobody.
    """

    compte: uuid.UUID
    lien: Lien
    presence: Presence
    aidant: Acteur | None = None
    protegee: bool = False

    @property
    def acteur(self) -> Acteur:
        """Who acts on this demande, with the rights of this level."""
        return self.aidant or demandeur(
            self.compte,
            territoire=self.lien.territoire,
            demande=self.lien.demande_id,
            presence=self.presence,
            cotitulaire=None if self.lien.titulaire else self.lien.personne_id,
        )

    def peut(self, geste: Geste) -> bool:
        """Whether this session may do that here."""
        return peut(geste, self.presence)


def list_visites(session: SessionLue, *, le: datetime) -> tuple[Visite, ...]:
    """The demandes that this session may open at this instant, the oldest link first; those closed to it are left out,
    without a word.
    """
    return _par_anciennete(lister_partout(lambda: _list_ici(session, le=le)))


def list_joignables(session: SessionLue, *, le: datetime) -> tuple[tuple[Visite, ...], tuple[str, ...]]:
    """The same of the cells that answer, and those that do not: to read, never to decide of all of them."""
    visites, absentes = lister_joignables(lambda: _list_ici(session, le=le))
    return _par_anciennete(visites), absentes


def _par_anciennete(visites: Iterable[Visite]) -> tuple[Visite, ...]:
    return tuple(sorted(visites, key=lambda visite: (visite.lien.depuis, visite.lien.id)))


def _list_ici(session: SessionLue, *, le: datetime) -> tuple[Visite, ...]:
    liens = list_liens(session.compte)
    preuves = get_fraicheurs(le).de(le - session.prouvee_le if session.prouvee_le else None)
    protegees = list_protegees({lien.demande_id for lien in liens}) if liens else frozenset()
    sujets = list_sujets(session.compte) if session.voie is Voie.CODE else frozenset()
    niveaux = [
        (
            lien,
            niveau_de(
                session.voie,
                fort=lien.fort,
                protegee=lien.demande_id in protegees,
                contact=_contact(lien, sujets, le) if sujets else None,
            ),
        )
        for lien in liens
    ]
    return tuple(
        Visite(session.compte, lien, Presence(niveau, preuves), protegee=lien.demande_id in protegees)
        for lien, niveau in niveaux
        if niveau
    )


def _contact(lien: Lien, sujets: frozenset[bytes], le: datetime) -> Contact | None:
    """What the contact where the code went is worth today; nothing once the identity in force is another one."""
    if not lien.en_vigueur:
        return None
    demande = Demande.objects.select_related("version_courante").get(id=lien.demande_id)
    siens = (
        c
        for c in list_contacts(demande)
        if c.personne == lien.personne_id and sujet_du_code(c.personne, c.adresse) in sujets
    )
    contact = next(siens, None)
    return peser_contact(demande, contact, le=le) if contact else None
