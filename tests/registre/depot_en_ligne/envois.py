"""Households that send their demande from home, one call each."""

import uuid
from datetime import date, datetime
from typing import Any

from sne.demandeurs.actions import prouver_courriel
from sne.demandeurs.models import CompteDemandeur
from sne.demandeurs.rules.codes import CourrielProuve, Depart
from sne.demandeurs.rules.niveaux import NatureContact, Voie
from sne.documents.models import Document
from sne.documents.rules import EtatDocument
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.depot_en_ligne.actions.envoyer import AEnvoyer, PieceRecue, envoyer_depot_en_ligne
from sne.registre.depot_en_ligne.policies import deposant
from sne.registre.depot_en_ligne.selectors.envois import DepotEnvoye
from sne.registre.modification.actions.brouillons import ouvrir_brouillon
from sne.registre.rattachement.rules.contacts import lire_contact
from sne.socle.acte import Acte
from sne.socle.identifiants import uuid7
from tests.registre import factories as f

COMPTE, AUTRE_COMPTE = uuid.UUID(int=0xC0), uuid.UUID(int=0xC1)
COURRIEL = "depot@exemple.fr"
"""Of a content that says none: nothing is sent without one."""


def document(etat: EtatDocument = EtatDocument.DISPONIBLE, **autres: Any) -> PieceRecue:
    """A picture that came whole; its bytes are no matter here."""
    ligne = Document.objects.create(
        territoire=autres.pop("territoire", "099"),
        etat=etat,
        mime="image/jpeg",
        recu_le=f.MAINTENANT,
        antivirus_le=f.MAINTENANT if etat is EtatDocument.DISPONIBLE else None,
    )
    return PieceRecue(ligne.id, "ab" * 32, **autres)


def acte(cle: uuid.UUID, *, compte: uuid.UUID = COMPTE, le: datetime = f.MAINTENANT) -> Acte:
    """Of somebody who files, on this draft."""
    return Acte(deposant(compte, territoire="099", brouillon=cle), le)


def prouver(
    compte: uuid.UUID,
    courriel: str,
    *,
    le: datetime = f.MAINTENANT,
    nature: NatureContact = NatureContact.PERSONNEL,
) -> None:
    """A code proved it, for this account."""
    depart = Depart(naissance=date(1900, 1, compte.int % 28 + 1), nature=nature)
    prouver_courriel(compte, CourrielProuve(contact=lire_contact(courriel), depart=depart), survenu_le=le)


def brouillon(
    *, compte: uuid.UUID = COMPTE, le: datetime = f.MAINTENANT, territoire: str = "099"
) -> uuid.UUID:
    """A draft begun at home, by an account that proved its usual e-mail."""
    CompteDemandeur.objects.get_or_create(id=compte, defaults={"ouvert_le": le, "vu_le": le})
    prouver(compte, COURRIEL, le=le)
    cle = uuid7()
    acteur = deposant(compte, territoire=territoire, brouillon=cle)
    return ouvrir_brouillon({}, acte=Acte(acteur, le), territoire=territoire, demande=cle)


def joignable(contenu: Contenu) -> Contenu:
    """The same, with an e-mail."""
    demandeur = contenu.demandeur
    if demandeur is None or demandeur.contact.courriel:
        return contenu
    contact = demandeur.contact.model_copy(update={"courriel": COURRIEL})
    return contenu.model_copy(update={"demandeur": demandeur.model_copy(update={"contact": contact})})


def a_envoyer(contenu: Contenu | None = None, **autres: Any) -> AEnvoyer:
    """What the last page hands over."""
    champs = {"lu": 1, "nirs": {}, "voie": Voie.CODE, "territoire": "099"} | autres
    return AEnvoyer(contenu=joignable(contenu or f.contenu()), **champs)


def envoyer(
    contenu: Contenu | None = None,
    *,
    compte: uuid.UUID = COMPTE,
    le: datetime = f.MAINTENANT,
    **autres: Any,
) -> DepotEnvoye:
    """A whole sending, from the draft; a picture of the identity document with it."""
    cle = brouillon(compte=compte, le=le)
    if contenu and contenu.demandeur and contenu.demandeur.contact.courriel:
        prouver(compte, contenu.demandeur.contact.courriel, le=le)
    if "pieces" not in autres:
        autres["pieces"] = [document()]
    return envoyer_depot_en_ligne(cle, a_envoyer(contenu, **autres), acte=acte(cle, compte=compte, le=le))


def ligne(envoi: DepotEnvoye) -> DepotEnLigne:
    """Its row, now."""
    return DepotEnLigne.objects.get(id=envoi.id)
