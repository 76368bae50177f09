"""Where the adults of a demande are reached, and what a code sent there is worth: since when, read by whom else."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sne.demandeurs.rules.niveaux import Contact, NatureContact
from sne.demandeurs.selectors import get_nature, sujet_du_code
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules import arbre
from sne.registre.controle.parametres import Seuils
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.selectors.etat import assembler
from sne.registre.enquete.selectors.enquetes import is_sous_enquete
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.joindre.selectors.partages import get_partages
from sne.registre.rattachement.models import CodeFerme
from sne.registre.rattachement.rules.contacts import adresses_de
from sne.socle import horloge


@dataclass(frozen=True, slots=True)
class ContactDuFoyer:
    """One adult, and one address or mobile where they are reached, as they are compared."""

    personne: uuid.UUID
    adresse: str


def list_contacts(demande: Demande) -> tuple[ContactDuFoyer, ...]:
    """Where a code may be sent today, the applicant first; nowhere for an association."""
    return _lire(assembler(demande.version_courante, avec_sante=False))


def _lire(contenu: arbre.Contenu) -> tuple[ContactDuFoyer, ...]:
    return tuple(
        ContactDuFoyer(uuid.UUID(adulte.personne), adresse)
        for _, adulte in arbre.adultes(contenu)
        if adulte.personne
        for adresse in adresses_de(adulte.contact)
    )


def peser_contact(demande: Demande, contact: ContactDuFoyer, *, le: datetime) -> Contact | None:
    """What a code that went to this contact is worth at this instant; ``None`` when it opens nothing.

    It opens nothing once the contact is no longer on file, where it is a helper's as the household said, while the
    demande is closed to codes, frozen, or looked into.
    """
    if is_fermee_au_code(demande.id) or get_gel(demande.id) or is_sous_enquete(demande.id):
        return None
    siens = list_contacts(demande)
    nature = get_nature(sujet_du_code(contact.personne, contact.adresse))
    if contact not in siens or nature is NatureContact.AIDANT:
        return None
    autres = any(c.adresse == contact.adresse and c.personne != contact.personne for c in siens)
    return Contact(
        ancien=_est_ancien(demande, contact, le=le),
        partage=autres or nature is NatureContact.PARTAGE or get_partages(demande)(contact.adresse),
    )


def is_fermee_au_code(demande_id: uuid.UUID) -> bool:
    """Whether somebody had codes refused for this demande."""
    return CodeFerme.objects.filter(demande=demande_id, rouvert_le=None).exists()


def _est_ancien(demande: Demande, contact: ContactDuFoyer, *, le: datetime) -> bool:
    """Whether the contact is on file since the deposit, or in every version of the last days: put in and out and in
    again, it is a new one.
    """
    seuil = le - timedelta(days=get_parametres(horloge.jour(le))[Seuils].alternance_jours)
    siennes = Version.objects.filter(demande=demande).defer("contenu_protege")
    recentes = list(siennes.filter(survenu_le__gt=seuil))
    d_avant = siennes.filter(survenu_le__lte=seuil).order_by("-survenu_le", "-numero").first()
    versions = [d_avant, *recentes] if d_avant else recentes
    identites = Identite.objects.in_bulk({cle for version in versions for cle in version.identites})
    return all(
        contact in _lire(assembler(version, identites=identites, avec_sante=False)) for version in versions
    )
