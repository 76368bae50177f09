"""A person, a body or a relative that helps, an authorisation signed by both."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import connection

from sne.demandeurs.actions import acteur_de
from sne.demandeurs.rules.niveaux import Niveau, Voie
from sne.habilitations.models import Compte
from sne.referentiels.selectors import get_guichet
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.mandat_aide import Portee
from sne.registre.mandat.actions.aider import accepter_aide
from sne.registre.mandat.actions.autoriser import Autorisation, Invitation, autoriser_aide
from sne.registre.mandat.actions.inviter import accepter_invitation
from sne.registre.mandat.rules.mandat import DU_PROCHE
from sne.registre.mandat.selectors.invitations import get_code
from sne.registre.rattachement.selectors.liens import Lien
from sne.socle.acte import Acte
from tests.habilitations import factories as h
from tests.registre import factories as f
from tests.registre.rattachement.test_suivre import visiter


def organisme(guichet: str = "G0993") -> str:
    """Key of the body of that counter."""
    fiche = get_guichet("099", guichet, le=f.AUJOURD_HUI)
    assert fiche is not None
    return fiche.organisme


def aidant(courriel: str = "aidante@exemple.fr", guichet: str = "G0993") -> Compte:
    """Somebody who helps since long ago."""
    return h.creer_aidant(guichet=guichet, courriel=courriel, le=f.MAINTENANT)


def acte_de(compte: Compte, le: datetime = f.MAINTENANT) -> Acte:
    """An act of theirs."""
    return Acte(h.acteur(compte, le=le), le)


def autoriser(
    lien: Lien,
    portees: Collection[Portee] = tuple(Portee),
    *,
    jours: int = 182,
    niveau: Niveau = Niveau.FC,
    cle: uuid.UUID | None = None,
    corps: str = "",
    le: datetime = f.MAINTENANT,
) -> uuid.UUID:
    """The person signs; the authorisation."""
    formulaire = cle or uuid.uuid4()
    dite = Autorisation(corps or organisme(), portees, jours)
    autoriser_aide(visiter(lien, niveau), dite, formulaire=formulaire, survenu_le=le)
    connection.check_constraints()
    return formulaire


def aidee(
    lien: Lien, par: Compte, portees: Collection[Portee] = tuple(Portee), *, jours: int = 182
) -> uuid.UUID:
    """Both signed."""
    cle = autoriser(lien, portees, jours=jours)
    accepter_aide(cle, acte=acte_de(par))
    connection.check_constraints()
    return cle


PROCHE = uuid.UUID(int=0x9A0C)
"""The account of a relative."""


def acte_du_proche(compte: uuid.UUID = PROCHE, le: datetime = f.MAINTENANT) -> Acte:
    """An act of theirs."""
    return Acte(acteur_de(compte), le)


def inviter(
    lien: Lien,
    portees: Collection[Portee] = DU_PROCHE,
    *,
    nom: str = "Marc Vasseur",
    courriel: str = "marc@exemple.fr",
    jours: int = 182,
    cle: uuid.UUID | None = None,
) -> uuid.UUID:
    """The person signs for a relative, who is invited; the authorisation."""
    formulaire = cle or uuid.uuid4()
    dite = Invitation(nom, courriel, portees, jours)
    autoriser_aide(visiter(lien), dite, formulaire=formulaire, survenu_le=f.MAINTENANT)
    connection.check_constraints()
    return formulaire


def accepter(cle: uuid.UUID, compte: uuid.UUID = PROCHE, *, voie: Voie = Voie.FC) -> None:
    """The relative signs, under the code of their message."""
    acte = acte_du_proche(compte)
    accepter_invitation(get_code(cle), nom="Marc VASSEUR", voie=voie, acte=acte)
    connection.check_constraints()


def aidee_par_un_proche(lien: Lien, portees: Collection[Portee] = DU_PROCHE) -> uuid.UUID:
    """Both signed."""
    cle = inviter(lien, portees)
    accepter(cle)
    return cle


def statut(cle: uuid.UUID) -> tuple[str, str]:
    """How far it is, and why it ended."""
    ligne = MandatAide.objects.get(id=cle)
    return ligne.statut, ligne.fin
