"""Enquiries of the tests: a demande, its enquiry, its freeze, one call each."""

import uuid
from datetime import datetime

from django.db import connection

from sne.habilitations.rules import Role
from sne.registre.enquete.actions.enquetes import ouvrir_enquete
from sne.registre.enquete.actions.gels import decider_levee, demander_levee, geler
from sne.registre.enquete.models.enquete import Gel
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.registre import factories as f


def gt() -> Acteur:
    """A territorial manager of 099, another one at each call."""
    return f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)


def enqueter(
    demande_id: uuid.UUID, *, acteur: Acteur | None = None, le: datetime = f.MAINTENANT, **autres: str
) -> uuid.UUID:
    """Open an enquiry on a demande; its id."""
    champs = {"motif": "CONTACTS_REMPLACES", "precision": "Deux adresses en un mois"} | autres
    enquete = ouvrir_enquete(demande_id, **champs, acte=Acte(acteur or gt(), le))
    connection.check_constraints()
    return enquete


def figer(demande_id: uuid.UUID, *, acteur: Acteur | None = None, le: datetime = f.MAINTENANT) -> uuid.UUID:
    """Freeze a demande, for an enquiry opened at once; the freeze's id."""
    acteur = acteur or gt()
    gel = geler(demande_id, enquete_id=enqueter(demande_id, acteur=acteur, le=le), acte=Acte(acteur, le))
    connection.check_constraints()
    return gel


def lever(gel_id: uuid.UUID, *, le: datetime) -> int:
    """Lift a freeze, by two persons; the days given back."""
    levee = demander_levee(gel_id, precision="Pièces lues", acte=Acte(gt(), le))
    jours = decider_levee(levee, decision="ACCEPTEE", precision="", acte=Acte(gt(), le))
    connection.check_constraints()
    return jours


def enquete_de(gel_id: uuid.UUID) -> uuid.UUID:
    """The enquiry that a freeze is of."""
    cle: uuid.UUID = Gel.objects.get(id=gel_id).enquete_id
    return cle
