"""Who has signed in when the database comes back: their page is served."""

import pytest
from django.conf import settings
from django.test import Client

from sne.demandeurs.actions.sessions import accueillir
from sne.socle.horloge import maintenant
from tests.registre.rattachement.test_rattacher import pivot
from tests.socle.test_connexions import tuer_les_connexions


@pytest.mark.django_db(transaction=True)
def test_their_page_is_served_on_a_new_connection(porte: Client, url_owner: str) -> None:
    venue = accueillir(pivot(), jeton="", fournisseur="", prouvee_le=None, survenu_le=maintenant())
    porte.cookies[settings.COOKIE_DE_SESSION] = venue.secret
    assert porte.get("/ma-demande/").status_code == 200
    assert tuer_les_connexions(url_owner) == 1
    assert porte.get("/ma-demande/").status_code == 200
