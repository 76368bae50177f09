"""A refused e-mail has its letter within a day: how long the one that waits has waited."""

from datetime import timedelta

import pytest

from sne.notifications.actions import noter_tentative
from sne.notifications.models import Message
from sne.notifications.rules import Issue, Resultat
from sne.notifications.selectors import get_lettre_due
from sne.notifications.tasks import service_des_messages
from sne.socle.acte import Acte
from tests.notifications.factories import ADRESSE, MAINTENANT, preparer


@pytest.mark.django_db
def test_only_a_letter_that_makes_up_for_an_email_and_has_not_left_counts() -> None:
    message = preparer(secours=ADRESSE)
    le = MAINTENANT + timedelta(hours=21)
    assert get_lettre_due(le=le) == timedelta()
    acte = Acte(service_des_messages(), MAINTENANT)
    noter_tentative(message.id, Resultat(Issue.PERMANENT, "550", "Adresse inconnue"), acte=acte)
    assert get_lettre_due(le=le) == timedelta(hours=21)
    lettre = Message.objects.get(remplace=message)
    noter_tentative(lettre.id, Resultat(Issue.ACCEPTE), acte=acte)
    assert get_lettre_due(le=le) == timedelta()
