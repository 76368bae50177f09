"""A person, a body that helps, an authorisation signed by both."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import connection

from sne.demandeurs.rules.niveaux import Niveau
from sne.habilitations.models import Compte
from sne.referentiels.selectors import get_guichet
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.mandat_aide import Portee
from sne.registre.mandat.actions.aider import accepter_aide
from sne.registre.mandat.actions.autoriser import Autorisation, autoriser_aide
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


def statut(cle: uuid.UUID) -> tuple[str, str]:
    """How far it is, and why it ended."""
    ligne = MandatAide.objects.get(id=cle)
    return ligne.statut, ligne.fin
