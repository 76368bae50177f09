"""Lines that are really cut, by the client or by the death of the server: done once, the first answer given again."""

import base64
import http.client
import json
import os
import re
import signal
import socket
import ssl
import struct
import time
from pathlib import Path
from typing import Any

import pytest

from sne.nuu.rules.enveloppe import SERVICE
from sne.registre.demande.models.demande import Demande
from sne.socle.horloge import aujourd_hui
from tests.demo.demonstration import attendre
from tests.imports.factories import deposer
from tests.interop.certificats import Autorite
from tests.interop.conftest import Ecoute
from tests.nuu.conftest import SERVICE_DEMANDE, enveloppe
from tests.nuu.messages import message
from tests.registre import factories as f

PATIENCE = 60.0  # seconds for a server that died to answer again
NUMERO = re.compile(rb"[0-9A-Z]{12,18}G0993")


def rest(ecoute: Ecoute, rang: int) -> tuple[str, dict[str, str], bytes]:
    """A registration: address, headers, body."""
    entetes = {
        "Authorization": f"Bearer {ecoute.cle}",
        "SNE-Guichet": "G0993",
        "SNE-Agent": "a-1",
        "Idempotency-Key": f"coupure-{rang}",
        "Content-Type": "application/json",
    }
    return "/api/v1/demandes", entetes, json.dumps(deposer("x", rang)["corps"]).encode()


def soap(_: Ecoute, rang: int) -> tuple[str, dict[str, str], bytes]:
    """The same by a message, its file inlined."""
    identite = deposer("x", rang)["corps"]["contenu"]["demandeur"]["identite"]
    personne = {"nom_naissance": identite["nom_naissance"], "date_naissance": identite["date_naissance"]}
    lu = f.contenu()
    demandeur = lu.demandeur.model_copy(
        update={"identite": lu.demandeur.identite.model_copy(update=personne)}
    )
    fichier = message(contenu_=lu.model_copy(update={"demandeur": demandeur}), jour=aujourd_hui())
    enfants = {
        "nomFichierDemande": "DEM.xml",
        "fichierDemande": base64.b64encode(fichier.encode()).decode(),
        "nomCertificat": "CER.pem",
        "certificat": "",
    }
    type_ = f'application/soap+xml; action="{SERVICE}getNumUnique"'
    return SERVICE_DEMANDE, {"Content-Type": type_}, enveloppe("numUniqueParametres", enfants).encode()


class Ligne:
    """Calls of the vendor, one connection each."""

    def __init__(self, ecoute: Ecoute, autorite: Autorite, vendeur: tuple[Path, Path]) -> None:
        self.ecoute = ecoute
        self.contexte = ssl.create_default_context(cafile=str(autorite.racine))
        self.contexte.load_cert_chain(*vendeur)

    def envoyer(self, appel: tuple[str, dict[str, str], bytes], *, octets: int | None = None) -> Any:
        """Send so many bytes of the body, and read nothing."""
        adresse, entetes, corps = appel
        connexion = http.client.HTTPSConnection(self.ecoute.adresse, context=self.contexte, timeout=PATIENCE)
        connexion.putrequest("POST", adresse)
        for nom, valeur in (entetes | {"Content-Length": str(len(corps))}).items():
            connexion.putheader(nom, valeur)
        connexion.endheaders(corps[:octets])
        return connexion

    def appeler(self, appel: tuple[str, dict[str, str], bytes]) -> tuple[int, bytes]:
        """Until somebody answers: a server that has just died is started again; a first try may still run."""
        limite = time.monotonic() + PATIENCE
        while True:
            try:
                connexion = self.envoyer(appel)
                reponse = connexion.getresponse()
                lu = reponse.status, reponse.read()
                connexion.close()
                if b"ACTE_EN_COURS" not in lu[1]:
                    return lu
            except OSError:
                assert time.monotonic() < limite
            time.sleep(0.1)


def est_muette(connexion: Any) -> bool:
    """Whether this line ends without an answer."""
    try:
        connexion.getresponse()
    except OSError:
        return True
    finally:
        connexion.close()
    return False


def raccrocher(connexion: Any) -> None:
    """The client dies: the line is reset."""
    connexion.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connexion.close()


def tuer(ecoute: Ecoute) -> None:
    """The server dies, wherever it is."""
    pid = ecoute.processus.pid
    for enfant in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        os.kill(int(enfant), signal.SIGKILL)


def importer_en_morceaux(ligne: Ligne) -> None:
    """A file of which nobody knows the length beforehand is received whole, or not at all."""
    _, entetes, _ = rest(ligne.ecoute, 0)
    entetes |= {"Content-Type": "application/x-ndjson", "Transfer-Encoding": "chunked"}
    octets = b"".join(json.dumps(deposer(f"D-{rang}", 100 + rang)).encode() + b"\n" for rang in range(400))
    morceaux = (octets[debut : debut + 5000] for debut in range(0, len(octets), 5000))
    connexion = http.client.HTTPSConnection(ligne.ecoute.adresse, context=ligne.contexte, timeout=PATIENCE)
    connexion.request("POST", "/api/v1/imports", morceaux, entetes, encode_chunked=True)
    reponse = connexion.getresponse()
    recu = json.loads(reponse.read())
    connexion.close()
    assert (reponse.status, recu["data"]["octets"]) == (202, len(octets)), recu


@pytest.mark.parametrize("coups", [4, pytest.param(40, marks=pytest.mark.longue)])
def test_coupee_n_importe_ou(
    coups: int, serveur: Ecoute, autorite: Autorite, vendeur: tuple[Path, Path]
) -> None:
    ligne, numeros, deja, entre = Ligne(serveur, autorite, vendeur), set(), 0, 0
    for rang in range(coups):
        porte = (rest, soap)[rang % 2]
        appel = porte(serveur, rang)
        match rang // 2 % 4:
            case 0:  # the server dies as soon as the act is done: most often its answer was not written yet
                connexion = ligne.envoyer(appel)
                attendre(lambda: Demande.objects.count() > len(numeros), "the act done", pas=0.001)
                tuer(serveur)
                entre += est_muette(connexion)
            case 2:  # the server dies, each time a little later
                connexion = ligne.envoyer(appel)
                time.sleep(rang % 10 * 0.04)
                tuer(serveur)
                connexion.close()
            case 1:  # the client dies, once the act is done and its answer is on its way
                connexion = ligne.envoyer(appel)
                attendre(lambda: Demande.objects.count() > len(numeros), "the act done")
                deja += 1
                raccrocher(connexion)
            case _:  # the client dies in the middle of its message
                raccrocher(ligne.envoyer(appel, octets=len(appel[2]) // 2))
        premiere, seconde = (ligne.appeler(appel) for _ in range(2))
        assert premiere[0] == seconde[0] == (201 if porte is rest else 200), premiere[1][:900]
        numero = NUMERO.search(premiere[1])
        assert numero is not None
        assert numero[0] in seconde[1]
        assert porte is soap or premiere[1] == seconde[1]
        numeros.add(numero[0])
        assert Demande.objects.count() == len(numeros) == rang + 1
    assert deja >= coups // 4
    assert entre or coups < 10
    importer_en_morceaux(ligne)
