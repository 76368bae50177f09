"""Sign-in by a code: sent to a contact on file, or not at all; what the right one opens.

Whoever asks is told the same in every case. What fits is looked for here, by the service, once the answer is given.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from sne.cellules.routage import cellule_de, dans, exiger_ouvert, partout
from sne.demandeurs.actions import Venue, accueillir_par_code, armer_code
from sne.demandeurs.rules.codes import Changement, Cible, CourrielProuve, DemandeDeCode, Depart
from sne.demandeurs.rules.niveaux import Niveau, Presence, Preuve, Voie, niveau_de
from sne.demandeurs.selectors import get_limites_des_codes, lire_demande_de_code, sujet_du_code
from sne.notifications.selectors import has_messages
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.rules import numero_unique
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.rattachement import FinRattachement, PreuveRattachement
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.joindre.selectors.protection import is_protegee
from sne.registre.rattachement import policies
from sne.registre.rattachement.actions.connexions import Echec, noter_connexion, noter_echec
from sne.registre.rattachement.actions.ecrire import ecrire_au_contact, ecrire_sans_demande, sms_permis
from sne.registre.rattachement.actions.numero import envoyer_numero
from sne.registre.rattachement.actions.rattacher import ACCES_REFUSE, finir, ouvrir
from sne.registre.rattachement.messages import MessageRattachement
from sne.registre.rattachement.rules.contacts import lire_contact
from sne.registre.rattachement.rules.numero import territoire_du_numero
from sne.registre.rattachement.selectors.contacts import ContactDuFoyer, list_contacts, peser_contact
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable, require


@dataclass(frozen=True, slots=True)
class _Vise:
    """The demande whose number was typed, and the contact of it that was typed with it."""

    demande: Demande
    contact: ContactDuFoyer


def envoyer_code(code_id: uuid.UUID, *, origine: uuid.UUID, survenu_le: datetime) -> bool:
    """Send what was asked for to the contact that was typed, if it is one of the demande of that number; whether
    anything was prepared. Idempotent: a code that was drawn is not read again.

    A demande that a code may not open sends one text that says so, to that contact alone. In the cell of what was
    asked for; in each of them, of a number that is lost. Raises, before a code is drawn, while that territory is closed
    or its cell away: the next try sends one.
    """
    demandee = lire_demande_de_code(code_id, le=survenu_le)
    if demandee is None:
        return False
    if naissance := demandee.naissance:
        return any(
            partout(
                lambda: envoyer_numero(
                    demandee.contact,
                    naissance,
                    origine=origine,
                    survenu_le=survenu_le,
                    langue=demandee.langue,
                )
            ).values()
        )
    if depart := demandee.depart:
        return _envoyer_pour_deposer(code_id, demandee, depart, origine, survenu_le)
    changement = demandee.changement
    territoire = changement.territoire if changement else territoire_du_numero(demandee.numero)
    exiger_ouvert(territoire)
    with dans(cellule_de(territoire)):
        if changement:
            return _envoyer_pour_changer(code_id, demandee, changement, origine=origine, le=survenu_le)
        return _envoyer_pour_entrer(code_id, demandee, origine=origine, survenu_le=survenu_le)


@transaction.atomic
def _envoyer_pour_entrer(
    code_id: uuid.UUID, demandee: DemandeDeCode, *, origine: uuid.UUID, survenu_le: datetime
) -> bool:
    """The code that opens a demande, to the contact of it that was typed; nothing where none fits."""
    vise = _viser(demandee.numero, demandee.contact)
    if vise is None or has_messages(origine, territoire=vise.demande.territoire):
        return False
    if not sms_permis(vise.contact.adresse, survenu_le):
        return False
    acte = Acte(service_du_registre(vise.demande.territoire), survenu_le)
    ou, langue = vise.contact.adresse, demandee.langue
    if _niveau(vise.demande, vise.contact, survenu_le) is None:
        genre = MessageRattachement.ACCES_GENERIQUE
        ecrire_au_contact(vise.demande, ou, genre, {}, origine=origine, acte=acte, langue=langue)
        noter_echec(vise.demande, Echec.FERMEE, acte=acte)
        return True
    cible = Cible(
        territoire=vise.demande.territoire,
        demande=vise.demande.id,
        personne=vise.contact.personne,
        contact=vise.contact.adresse,
    )
    genre, mots = MessageRattachement.CODE_CONNEXION, _mots(armer_code(code_id, cible), survenu_le)
    ecrire_au_contact(vise.demande, ou, genre, mots, origine=origine, acte=acte, langue=langue)
    return True


@transaction.atomic
def _envoyer_pour_changer(
    code_id: uuid.UUID, demandee: DemandeDeCode, changement: Changement, *, origine: uuid.UUID, le: datetime
) -> bool:
    """The code that changes a contact: to the new one, or to one of those on file, the same text."""
    demande = Demande.objects.exclude(statut=Statut.PURGEE).filter(id=changement.demande).first()
    if demande is None or not sms_permis(demandee.contact, le):
        return False
    cible = Cible(**changement.model_dump(), contact=demandee.contact)
    genre, mots = MessageRattachement.CODE_CONTACT, _mots(armer_code(code_id, cible), le)
    acte = Acte(service_du_registre(demande.territoire), le)
    ecrire_au_contact(
        demande, demandee.contact, genre, mots, origine=origine, acte=acte, langue=demandee.langue
    )
    return True


@transaction.atomic
def _envoyer_pour_deposer(
    code_id: uuid.UUID, demandee: DemandeDeCode, depart: Depart, origine: uuid.UUID, le: datetime
) -> bool:
    """The code of somebody who has no number: nothing is looked for. It is of no territory yet, and of no demande."""
    courriel, genre = demandee.contact, MessageRattachement.CODE_DEPOT
    mots = _mots(armer_code(code_id, CourrielProuve(contact=courriel, depart=depart)), le)
    acte = Acte(service_du_registre(""), le)
    ecrire_sans_demande(code_id, courriel, genre, mots, origine=origine, acte=acte, langue=demandee.langue)
    return True


def _mots(code: str, le: datetime) -> dict[str, str]:
    return {
        "code": code,
        "minutes": str(int(get_limites_des_codes(le).duree.total_seconds() // 60)),
        "site": urlsplit(settings.URL_MENAGES).netloc,
    }


def ouvrir_par_code(cible: Cible, *, appareil: str, survenu_le: datetime) -> Venue | None:
    """Start the session of somebody who typed the right code; ``None`` when the demande no longer opens by one."""
    with dans(cellule_de(cible.territoire)), transaction.atomic():
        return _ouvrir(cible, appareil=appareil, survenu_le=survenu_le)


def _ouvrir(cible: Cible, *, appareil: str, survenu_le: datetime) -> Venue | None:
    acteur = service_du_registre(cible.territoire)
    try:
        demande = lock_demande(cible.demande, acteur=acteur)
    except Introuvable:
        return None
    contact = ContactDuFoyer(cible.personne, cible.contact)
    niveau = _niveau(demande, contact, survenu_le)
    if niveau is None:
        noter_echec(demande, Echec.FERMEE, acte=Acte(acteur, survenu_le))
        return None
    venue = accueillir_par_code(sujet_du_code(cible.personne, cible.contact), survenu_le=survenu_le)
    presence = Presence(niveau, frozenset({Preuve.SESSION}))
    sien = policies.demandeur(
        venue.compte, territoire=demande.territoire, demande=demande.id, presence=presence
    )
    require(policies.can_rattacher(sien, demande), ACCES_REFUSE)
    _relier(demande, contact, compte=venue.compte, acte=Acte(sien, survenu_le))
    noter_connexion(demande, Voie.CODE, appareil=appareil, acte=Acte(sien, survenu_le))
    return venue


def _relier(demande: Demande, contact: ContactDuFoyer, *, compte: uuid.UUID, acte: Acte) -> None:
    """The link of this account to this adult as they now are: the one it has, or another."""
    courante = Personne.objects.values_list("identite_courante_id", flat=True).get(id=contact.personne)
    ouvert = Rattachement.objects.filter(
        compte=compte, personne=contact.personne, demande=demande, fini_le=None
    ).first()
    if ouvert is not None and ouvert.identite_id == courante:
        return
    if ouvert is not None:
        finir(ouvert, demande, FinRattachement.IDENTITE_CHANGEE, acte=acte)
    lien = Rattachement(
        territoire=demande.territoire,
        demande=demande,
        personne_id=contact.personne,
        identite_id=courante,
        compte=compte,
        preuve=PreuveRattachement.NUMERO,
        survenu_le=acte.survenu_le,
    )
    ouvrir(lien, demande, acte=acte)


def _viser(saisi: str, contact: str) -> _Vise | None:
    """The demande of this number that is reached at this contact, through its first adult who is."""
    adresse = lire_contact(contact)
    try:
        numero = numero_unique.lire(saisi)
    except numero_unique.NumeroInvalide:
        return None
    demande = (
        Demande.objects.select_related("version_courante")
        .filter(territoire=numero.territoire, nud=numero.canonique)
        .exclude(statut=Statut.PURGEE)
        .first()
    )
    if demande is None:
        return None
    contacts = [c for c in list_contacts(demande) if c.adresse == adresse]
    return _Vise(demande, contacts[0]) if contacts else None


def _niveau(demande: Demande, contact: ContactDuFoyer, le: datetime) -> Niveau | None:
    """What a code sent there would open; ``None``: nothing."""
    pese = peser_contact(demande, contact, le=le)
    return niveau_de(Voie.CODE, fort=False, protegee=is_protegee(demande), contact=pese)
