"""Verify an e-mail address: send a link to it, then take the word of the person who opens it and presses the button."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from sne.habilitations.rules import SYSTEME, Permission
from sne.journal.rules import Verbe
from sne.journal.selectors import has_entree_disant
from sne.notifications.actions import Projet, preparer_message
from sne.notifications.rules import Canal as CanalDeMessage
from sne.notifications.rules import Limites
from sne.notifications.selectors import has_message_a
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.personne import EtatCourriel
from sne.registre.joindre.messages import MessageJoindre
from sne.registre.joindre.parametres import ParametresJoindre
from sne.registre.joindre.possible import exiger_courriel_verifiable
from sne.registre.joindre.selectors.courriels import (
    Lien,
    lire_lien,
    list_a_verifier,
    marque_d_adresse,
    signer_lien,
)
from sne.registre.joindre.selectors.langues import get_langue_du_foyer
from sne.registre.joindre.verbes import VerbeJoindre
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from sne.socle.erreurs import Interdit
from sne.socle.identifiants import uuid7
from sne.socle.langues import en_langue
from sne.socle.signes import INSECABLE


class LienPerime(Interdit):
    """The link does nothing: altered, too old, already used, or of an address that has changed. It says no more."""

    code = "LIEN_PERIME"

    def __init__(self) -> None:
        super().__init__("Ce lien ne peut plus servir. Demandez-en un autre à un guichet d’enregistrement.")


def titulaire_de_l_adresse(territoire: str, demande_id: uuid.UUID) -> Acteur:
    """Whoever reads an address of this demande: may say so, and nothing else, of no other demande."""
    return Acteur(
        id=SYSTEME,
        nom="Titulaire de l’adresse",
        canal=Canal.PGP,
        mandats=(
            Mandat(
                "TITULAIRE_ADRESSE",
                frozenset({str(Permission.DEMANDE_LIRE)}),
                Perimetre(territoire, demande=demande_id),
            ),
        ),
    )


@transaction.atomic
def proposer_verification(demande_id: uuid.UUID, *, origine: uuid.UUID, relance: bool, acte: Acte) -> int:
    """Prepare the link of each address of a demande that is not verified; how many were prepared.

    ``origine``: the journal entry that asks for it; one entry sends each link once, even if the job runs twice. An
    address already written to is written to again on demand only (``relance``). Raises ``Introuvable``.
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    adresses = [
        adresse
        for adresse in list_a_verifier(demande.id)
        if relance
        or not has_message_a(
            demande.id, MessageJoindre.VERIFICATION_COURRIEL, adresse, territoire=demande.territoire
        )
    ]
    for adresse in adresses:
        preparer_message(_projet(demande, adresse, origine, acte.survenu_le), acte=acte)
    return len(adresses)


@transaction.atomic
def demander_verification(demande_id: uuid.UUID, *, acte: Acte) -> None:
    """Have a new link sent to the addresses of a demande that are not verified; it leaves from the journal.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (none to verify, or too many in a short while).
    """
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_courriel_verifiable(demande, acte.acteur, instant=acte.survenu_le)
    _journaliser(VerbeJoindre.DEMANDER_VERIFICATION, demande, acte=acte)


def verifier_courriel(jeton: str, *, survenu_le: datetime) -> int:
    """Mark the address to which this link was sent; how many persons of the demande have it.

    No revision: what the household declared does not change. Raises :class:`LienPerime`.
    """
    lien = lire_lien(
        jeton, heures=get_parametres(horloge.jour(survenu_le))[ParametresJoindre].courriel_lien_heures
    )
    if lien is None:
        raise LienPerime
    with transaction.atomic():
        return _verifier(
            lien, acte=Acte(titulaire_de_l_adresse(lien.territoire, lien.demande_id), survenu_le)
        )


def _verifier(lien: Lien, *, acte: Acte) -> int:
    demande = lock_demande(lien.demande_id, acteur=acte.acteur)
    personnes = [
        personne
        for personne in Personne.objects.filter(demande=demande, retire_le=None).exclude(
            courriel_etat=EtatCourriel.VERIFIEE
        )
        if marque_d_adresse(personne.courriel) == lien.adresse
    ]
    deja = has_entree_disant(demande.id, VerbeJoindre.VERIFIER_COURRIEL, cle="lien", valeur=lien.cle)
    if deja or not personnes:
        raise LienPerime
    for personne in personnes:
        personne.courriel_etat = EtatCourriel.VERIFIEE
        personne.save(update_fields=["courriel_etat"])
    _journaliser(
        VerbeJoindre.VERIFIER_COURRIEL,
        demande,
        acte=acte,
        lien=lien.cle,
        personnes=[str(p.id) for p in personnes],
    )
    return len(personnes)


def _projet(demande: Demande, adresse: str, origine: uuid.UUID, survenu_le: datetime) -> Projet:
    parametres = get_parametres(horloge.jour(survenu_le))
    lien = Lien(demande.id, demande.territoire, marque_d_adresse(adresse), uuid7().hex)
    langue = get_langue_du_foyer(demande.id)
    ici = reverse("verifier-courriel", kwargs={"jeton": signer_lien(lien), **en_langue(langue)})
    return Projet(
        territoire=demande.territoire,
        demande_id=demande.id,
        revision=demande.revision,
        nud=demande.nud,
        genre=MessageJoindre.VERIFICATION_COURRIEL,
        canal=CanalDeMessage.COURRIEL,
        destinataire=adresse,
        contexte={
            "lien": f"{settings.URL_PUBLIQUE}{ici}",
            "duree": f"{parametres[ParametresJoindre].courriel_lien_heures}{INSECABLE}heures",
        },
        origine=origine,
        limites=Limites.depuis(parametres),
        langue=langue,
    )


def _journaliser(verbe: Verbe, demande: Demande, *, acte: Acte, **faits: object) -> None:
    dire(verbe, demande, acte=acte, faits=faits)
