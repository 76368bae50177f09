"""The way out: what is asked elsewhere takes the time that was given to it, and no more."""

import socket

import pytest

from sne.socle import sortie
from sne.socle.sortie import Bornes, Echec, Envoi, EnvoiEchoue, borner, demander
from tests.socle.gouttes import au_compte_gouttes


def test_headers_byte_by_byte_are_cut_as_a_body_is() -> None:
    bornes = Bornes(connexion=10, lecture=10, total=0.2, octets_max=100)
    with au_compte_gouttes() as port, pytest.raises(EnvoiEchoue) as echec:
        demander(Envoi(f"http://127.0.0.1:{port}/", bornes))
    assert echec.value.echec is Echec.LENT
    assert sortie.client().is_closed is False, "others are asked all the same"


def test_a_service_that_answered_well_and_then_byte_by_byte_is_cut_too() -> None:
    """The connection of the call before would be one that nobody cuts."""
    bornes = Bornes(connexion=10, lecture=10, total=0.2, octets_max=100)
    with au_compte_gouttes(entiere_d_abord=True) as port:
        envoi = Envoi(f"http://127.0.0.1:{port}/", bornes)
        assert demander(envoi).statut == 200
        with pytest.raises(EnvoiEchoue) as echec:
            demander(envoi)
    assert echec.value.echec is Echec.LENT


def test_a_connection_opened_too_late_is_cut_at_once() -> None:
    ici, la_bas = socket.socketpair()
    with ici, la_bas, borner(0) as suivre:
        la_bas.settimeout(10)
        suivre(ici)
        assert la_bas.recv(1) == b""
