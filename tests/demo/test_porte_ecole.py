"""The École’s address in the demonstration: who comes first is told to wait, and the port is free for the École."""

import socket
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from sne.demo.dossier import Dossier
from sne.demo.port import port_libre, port_se_libere
from sne.demo.porte_ecole import PorteDeLEcole
from sne.demo.supervision import Options, Superviseur


def test_le_premier_venu_attend_et_la_porte_est_libre() -> None:
    porte = PorteDeLEcole("127.0.0.1", port_libre())
    assert not porte.quelqu_un()
    dits: list[tuple[int, bytes]] = []

    def venir() -> None:
        with pytest.raises(urllib.error.HTTPError) as refus:
            urllib.request.urlopen(f"http://127.0.0.1:{porte.port}/ecole/convention/", timeout=60)
        dits.append((refus.value.code, refus.value.read()))

    visiteur = threading.Thread(target=venir)
    visiteur.start()
    while not porte.quelqu_un():
        visiteur.join(0.01)
    visiteur.join()
    assert dits[0][0] == 503
    assert "L’École démarre".encode() in dits[0][1]
    assert not porte.quelqu_un()
    assert port_se_libere("127.0.0.1", porte.port)


def test_qui_raccroche_la_demarre_aussi_et_un_port_pris_en_donne_un_autre() -> None:
    with socket.create_server(("127.0.0.1", 0)) as autre:
        porte = PorteDeLEcole("127.0.0.1", autre.getsockname()[1])
        assert porte.port != autre.getsockname()[1]
    socket.create_connection(("127.0.0.1", porte.port)).close()
    while not porte.quelqu_un():
        pass
    porte.fermer()


def test_l_ecole_a_son_dossier(tmp_path: Path) -> None:
    dossier = Dossier(tmp_path)
    enfant = Superviseur(dossier, Options(), dire=print)._ecole_entiere(8010)
    assert enfant.environnement["SNE_DEMO_DOSSIER"] == str(dossier.ecole)
    assert enfant.commande[-4:] == ["--port", "8010", "--adresse", "127.0.0.1"]
    assert "--ecole" in enfant.commande
