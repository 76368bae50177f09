"""The clock of requests: the document that a counter waits for is recalled, then the request is closed without it."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from sne.journal.selectors import has_entree_disant
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.requete.models import RequeteDemandeur
from sne.registre.requete.parametres import ParametresRequete
from sne.registre.requete.rules.requete import StatutRequete
from sne.registre.requete.verbes import VerbeRequete
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour

ATTENDENT = Q(statut=StatutRequete.DOCUMENT_DEMANDE.value)


def clore_les_requetes(service: Callable[[str], Acteur], *, survenu_le: datetime) -> int:
    """Close those whose document did not come in time; how many. Idempotent. What no counter answers stays open."""
    passees = RequeteDemandeur.objects.filter(ATTENDENT, document_avant__lt=jour(survenu_le))
    cles = list(passees.order_by("document_avant", "id").values_list("id", "demande", "territoire"))
    return sum(
        _clore(cle, demande, acte=Acte(service(territoire), survenu_le)) for cle, demande, territoire in cles
    )


@transaction.atomic
def _clore(cle: uuid.UUID, demande_id: uuid.UUID, *, acte: Acte) -> bool:
    demande = lock_demande(demande_id, acteur=acte.acteur)
    passees = RequeteDemandeur.objects.filter(ATTENDENT, document_avant__lt=jour(acte.survenu_le))
    requete = passees.filter(id=cle).first()
    if requete is None:
        return False
    requete.statut, requete.clos_le = StatutRequete.CLOSE_SANS_SUITE, acte.survenu_le
    requete.save(update_fields=["statut", "clos_le"])
    dire(VerbeRequete.CLORE_REQUETE, demande, acte=acte, faits={"requete": str(cle)})
    return True


def rappeler_les_documents(service: Callable[[str], Acteur], *, survenu_le: datetime) -> int:
    """Recall the document that is awaited for some days more (``requete_rappel_jours``), once; how many. Idempotent."""
    le = jour(survenu_le)
    jusqu_au = le + timedelta(days=get_parametres(le)[ParametresRequete].requete_rappel_jours)
    proches = RequeteDemandeur.objects.filter(ATTENDENT, document_avant__range=(le, jusqu_au))
    return sum(
        _rappeler(requete, acte=Acte(service(requete.territoire), survenu_le))
        for requete in proches.order_by("document_avant", "id")
    )


@transaction.atomic
def _rappeler(requete: RequeteDemandeur, *, acte: Acte) -> bool:
    demande = lock_demande(requete.demande_id, acteur=acte.acteur)
    rappel = f"{requete.id}/{requete.document_avant}"
    if has_entree_disant(demande.id, VerbeRequete.RAPPELER_REQUETE, cle="rappel", valeur=rappel):
        return False
    faits = {"requete": str(requete.id), "rappel": rappel}
    dire(VerbeRequete.RAPPELER_REQUETE, demande, acte=acte, faits=faits)
    return True
