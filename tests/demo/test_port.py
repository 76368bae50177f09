"""A port that somebody keeps is told; one that is being left is waited for."""

import socket
import threading

import pytest

from sne.demo import port as module
from sne.demo.port import port_libre, port_se_libere

ICI = "127.0.0.1"


def test_a_kept_port_is_not_free() -> None:
    with socket.create_server((ICI, 0)) as prise:
        assert not port_se_libere(ICI, prise.getsockname()[1], delai=0.2)


def test_a_port_given_is_one_that_nobody_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor one that the system gives to a connection that leaves."""
    assert port_libre() in module.PORTS
    with socket.create_server((ICI, 0)) as prise:
        tires = iter([prise.getsockname()[1], (libre := port_libre())])
        monkeypatch.setattr(module.secrets, "choice", lambda _: next(tires))
        assert port_libre() == libre


def test_a_port_being_left_is_waited_for() -> None:
    prise = socket.create_server((ICI, 0))
    port = prise.getsockname()[1]
    assert not port_se_libere(ICI, port, delai=0.0)
    depart = threading.Timer(0.3, prise.close)
    depart.start()
    assert port_se_libere(ICI, port)
    depart.join()
