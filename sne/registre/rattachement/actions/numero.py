"""A lost number, sent to the contact on file that was typed with a birth date: what fits is looked for here, by the
service, once the answer is given; whoever asks is told the same in every case.
"""

import uuid
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from sne.referentiels.selectors import get_geographie
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.joindre.selectors.protection import is_protegee
from sne.registre.rattachement.actions.ecrire import ecrire_au_contact, sms_permis
from sne.registre.rattachement.messages import MessageRattachement
from sne.registre.rattachement.selectors.contacts import ContactDuFoyer, list_contacts, peser_contact
from sne.socle.acte import Acte
from sne.socle.langues import FRANCAIS
from sne.socle.templatetags.socle_tags import numero

NUMEROS_AU_PLUS = 3  # one of each territory where somebody applies; an SMS holds no more


@transaction.atomic
def envoyer_numero(
    contact: str, naissance: date, *, origine: uuid.UUID, survenu_le: datetime, langue: str = FRANCAIS
) -> bool:
    """Send there the numbers of the demandes whose adult born that day is reached there; whether any was. Idempotent.

    ``langue``: of the page where it was asked.

    Nothing of a demande that a code would not open: protected, frozen, looked into, closed to codes.
    """
    trouvees = list(_trouver(contact, naissance, survenu_le))[:NUMEROS_AU_PLUS]
    if not trouvees or not sms_permis(contact, survenu_le):
        return False
    premiere = trouvees[0]
    mots = {"numeros": ", ".join(numero(demande.nud) for demande in trouvees)}
    acte = Acte(service_du_registre(premiere.territoire), survenu_le)
    genre = MessageRattachement.NUMERO_RETROUVE
    ecrire_au_contact(premiere, contact, genre, mots, origine=origine, acte=acte, langue=langue)
    return True


def _trouver(contact: str, naissance: date, le: datetime) -> Iterator[Demande]:
    """The newest first."""
    adultes = Personne.objects.filter(
        Q(courriel=contact) | Q(telephone=contact),
        territoire__in=list(get_geographie().territoires),
        identite_courante__date_naissance=naissance,
        retire_le=None,
    ).exclude(demande__statut=Statut.PURGEE)
    for adulte in adultes.select_related("demande__version_courante").order_by("-demande__date_depot", "id"):
        demande, sien = adulte.demande, ContactDuFoyer(adulte.id, contact)
        if (
            sien in list_contacts(demande)
            and peser_contact(demande, sien, le=le)
            and not is_protegee(demande)
        ):
            yield demande
