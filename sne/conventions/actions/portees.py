"""Scopes of an agreement, opened one at a time."""

import uuid

from django.db import transaction

from sne.conventions.models import PorteeOuverte
from sne.conventions.possible import exiger_gerer, exiger_portee
from sne.conventions.rules.portees import Portee
from sne.conventions.selectors.conventions import verrouiller
from sne.conventions.verbes import VerbeConvention
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour


@transaction.atomic
def ouvrir_portee(convention_id: uuid.UUID, portee: Portee, *, acte: Acte) -> None:
    """Open one scope. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (a step is missing, open already)."""
    le = jour(acte.survenu_le)
    convention = verrouiller(convention_id, acte.acteur, le=le)
    mandat = exiger_portee(convention, portee, acte.acteur, le=le)
    ouverte = PorteeOuverte(
        convention=convention, portee=portee.value, ouverte_par=acte.acteur.id, ouverte_le=acte.survenu_le
    )
    ouverte.save(force_insert=True)
    _inscrire(VerbeConvention.OUVRIR_PORTEE, ouverte, acte, mandat.role)


@transaction.atomic
def fermer_portee(convention_id: uuid.UUID, portee: Portee, *, acte: Acte) -> None:
    """Close one scope, for every key at once. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (not open)."""
    convention = verrouiller(convention_id, acte.acteur, le=jour(acte.survenu_le))
    mandat = exiger_gerer(acte.acteur)
    ouverte = PorteeOuverte.objects.filter(convention=convention, portee=portee.value, fermee_le=None).first()
    if ouverte is None:
        raise Interdit("Cette portée n’est pas ouverte. Rechargez la page.", champ="portee")
    ouverte.fermee_par, ouverte.fermee_le = acte.acteur.id, acte.survenu_le
    ouverte.save(update_fields=["fermee_par", "fermee_le"])
    _inscrire(VerbeConvention.FERMER_PORTEE, ouverte, acte, mandat.role)


def _inscrire(verbe: VerbeConvention, ouverte: PorteeOuverte, acte: Acte, role: str) -> None:
    faits = {
        "convention": str(ouverte.convention_id),
        "portee_ouverte": str(ouverte.id),
        "portee": ouverte.portee,
    }
    inscrire(Entree(verbe, acte, role=role, faits=faits))
