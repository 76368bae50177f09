"""The code of somebody who files without a number, asked for once and sent once."""

import uuid
from datetime import date

import pytest

from sne.demandeurs.actions import demander_code_de_depart
from sne.demandeurs.models import CodeConnexion
from sne.demandeurs.rules.codes import Depart
from sne.notifications.models import Message
from sne.registre.rattachement.actions.codes import envoyer_code
from tests.registre import factories as f


@pytest.mark.django_db
def test_it_is_sent_once_for_one_entry() -> None:
    depart = Depart(naissance=date(1999, 3, 14))
    demander_code_de_depart("ines@exemple.fr", depart, reseau="", ancien="", survenu_le=f.MAINTENANT)
    code, origine = CodeConnexion.objects.get(), uuid.uuid4()
    assert envoyer_code(code.id, origine=origine, survenu_le=f.MAINTENANT)
    assert not envoyer_code(code.id, origine=origine, survenu_le=f.MAINTENANT)
    assert Message.objects.count() == 1
