"""As in production: the real nginx of ``deploy/`` checks the certificate, granian serves behind it."""

import http.client
import json
import os
import re
import shlex
import ssl
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
from lxml import etree
from zeep import Client
from zeep.transports import Transport

from outils.exercices.valeurs import MENAGES, OUTILS, PROFESSIONNELS, valeurs
from outils.rendre import rendre
from sne.conventions.models import Appel
from sne.demo.port import port_libre
from sne.registre.demande.models.demande import Demande
from sne.socle.horloge import aujourd_hui
from tests.imports.factories import deposer
from tests.interop.certificats import Autorite
from tests.interop.conftest import Ecoute, convenir, des_editeurs, tourner
from tests.nuu.messages import message

NUMERO = ".//{http://nuu.application.i2/}numUnique"
DEMANDES, SOAP = "/api/v1/demandes", "/services/DemandeLogementImplService/"


@pytest.fixture
def serveur(
    transactional_db: None, url_runtime: str, autorite: Autorite, vendeur: tuple[Path, Path], tmp_path: Path
) -> Iterator[Ecoute]:
    """The vendors' door of a production: its own files, rendered for this folder, run by their own programs."""
    cle = convenir(vendeur)
    derriere, devant = port_libre(), port_libre()
    _rendre(autorite, tmp_path, {"editeurs": devant}, {"editeurs": derriere})
    unite = (tmp_path / "systemd" / "sne-editeurs@.service").read_text()
    lance = unite.partition("ExecStart=")[2].partition("\n")[0].replace("%i", str(derriere))
    granian = [sys.executable, "-m", "granian", *shlex.split(lance)[1:]]
    environnement = des_editeurs(url_runtime) | {"SNE_CERTIFICAT_PAR_ENTETE": "true", "SNE_PROXYS": "1"}
    with (
        tourner(granian, environnement, derriere, tmp_path / "granian.log"),
        _nginx(tmp_path, devant) as fait,
    ):
        yield Ecoute(f"127.0.0.1:{devant}", fait, cle)


def _rendre(autorite: Autorite, ici: Path, portes: dict[str, int], derriere: dict[str, int]) -> None:
    certificat, privee = autorite.emettre("serveur", hote="127.0.0.1")
    dites = valeurs(ici, 1, acces={}, socket=ici)
    dites["nginx"] |= {"certificat": str(certificat), "cle": str(privee)}
    dites["nginx"] |= {"autorite_editeurs": str(autorite.racine), "journal": str(ici), "execution": str(ici)}
    ecoutes = {nom: port_libre() for nom in ("http", "https", "editeurs")} | portes
    dites["nginx"] |= {nom: f"127.0.0.1:{port}" for nom, port in ecoutes.items()}
    dites["web"] |= {nom: [f"127.0.0.1:{port}"] for nom, port in derriere.items()}
    rendre(dites, ici)


def _nginx(ici: Path, port: int) -> AbstractContextManager["subprocess.Popen[bytes]"]:
    nginx = [str(OUTILS / "usr/sbin/nginx"), "-c", str(ici / "nginx/sne.conf"), "-g", "daemon off;"]
    bibliotheques = {"LD_LIBRARY_PATH": str(OUTILS / "usr/lib/x86_64-linux-gnu")}
    return tourner(nginx, {**os.environ, **bibliotheques}, port, ici / "nginx.log")


class Ligne:
    """Calls to the door, by a client with or without a certificate, of this version of TLS."""

    def __init__(
        self, ecoute: Ecoute, autorite: Autorite, qui: tuple[Path, Path] | None = None, *, vieux: bool = False
    ) -> None:
        self.contexte = ssl.create_default_context(cafile=str(autorite.racine))
        if vieux:
            self.contexte.maximum_version = ssl.TLSVersion.TLSv1_2
        if qui is not None:
            self.contexte.load_cert_chain(*qui)
        self.ecoute = ecoute

    def __call__(
        self, methode: str, adresse: str, corps: Any = None, **entetes: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        connexion = http.client.HTTPSConnection(self.ecoute.adresse, context=self.contexte, timeout=60)
        dits = {"Authorization": f"Bearer {self.ecoute.cle}", "SNE-Guichet": "G0993", "SNE-Agent": "a-1"}
        dits |= {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"}
        en_morceaux = corps is not None and not isinstance(corps, bytes)
        connexion.request(methode, adresse, corps, dits | entetes, encode_chunked=en_morceaux)
        reponse = connexion.getresponse()
        lu = reponse.status, reponse.headers, reponse.read()
        connexion.close()
        return lu


def test_the_known_client_and_zeep_register_and_read(
    libsne: Any, serveur: Ecoute, autorite: Autorite, vendeur: tuple[Path, Path]
) -> None:
    certificat, cle = (str(chemin) for chemin in vendeur)
    texte = message(jour=aujourd_hui()).partition("?>\n")[2]
    cree = etree.fromstring(
        libsne.echanger("numUnique", certificat, cle, hostname=serveur.adresse, xml=texte)
    )
    numero = cree.findtext(NUMERO)
    assert numero == Demande.objects.get().nud
    session = requests.Session()
    session.trust_env, session.verify, session.cert = False, str(autorite.racine), (certificat, cle)
    with session:
        client = Client(f"https://{serveur.adresse}{SOAP}?wsdl", transport=Transport(session=session))
        service = client.create_service(next(iter(client.wsdl.bindings)), f"https://{serveur.adresse}{SOAP}")
        lu = service.getDemandeLogement(
            numUnique=numero, nomCertificat="CER.pem", certificat={"_value_1": b""}
        )
    assert etree.fromstring(lu.fichierDemande._value_1).findtext(NUMERO) == numero
    assert set(Appel.objects.values_list("reseau", flat=True)) == {"127.0.0.0/24"}


def test_what_a_certificate_opens_nobody_else_opens(
    serveur: Ecoute, autorite: Autorite, vendeur: tuple[Path, Path], tmp_path: Path
) -> None:
    corps = json.dumps(deposer("x", 1)["corps"]).encode()
    appel = {"X-Request-ID": str(uuid.uuid4())}
    sien, vieux = Ligne(serveur, autorite, vendeur), Ligne(serveur, autorite, vendeur, vieux=True)
    fait, entetes, _ = sien("POST", DEMANDES, corps, **appel)
    assert (fait, entetes["X-Request-ID"]) == (201, appel["X-Request-ID"])
    autre = json.dumps(deposer("x", 2)["corps"]).encode()
    assert vieux("POST", DEMANDES, iter([autre[:500], autre[500:]]))[0] == 201

    cle_seule = Ligne(serveur, autorite)
    assert cle_seule("GET", "/api/v1/moi")[0] == 200
    pem = requests.utils.quote(vendeur[0].read_text())
    for contrefait in ({}, {"X-SNE-Certificat": pem}, {"X_SNE_Certificat": pem}):
        assert cle_seule("POST", DEMANDES, corps, **contrefait)[0] == 403
        assert cle_seule("POST", SOAP, b"<a/>", **contrefait)[0] == 403
    ailleurs = Autorite(tmp_path, "ailleurs").emettre("editeur")
    assert Ligne(serveur, autorite, ailleurs)("GET", "/api/v1/moi")[0] == 400
    assert Demande.objects.count() == 2

    trouve = re.search(r"listen (127\.0\.0\.1:\d+) ssl default", (tmp_path / "nginx/sne.conf").read_text())
    assert trouve
    navigateurs = replace(serveur, adresse=trouve[1])
    assert Ligne(navigateurs, autorite)("GET", "/")[0] == 421  # the door answers: nobody has this name
    with pytest.raises(ssl.SSLError, match=r"(?i)protocol.version"):
        Ligne(navigateurs, autorite, vieux=True)("GET", "/")


@pytest.mark.parametrize(
    ("nom", "page"),
    [(PROFESSIONNELS, "/connexion/"), (MENAGES, "/connexion/"), (MENAGES, "/ar/connexion/code/")],
)
def test_many_who_sign_in_behind_one_address_are_not_refused(
    nom: str, page: str, autorite: Autorite, tmp_path: Path
) -> None:
    """Nobody serves behind: what nginx lets through it answers 503, each time in French."""
    devant = port_libre()
    webs = {role: port_libre() for role in ("webs", "portails", "infocentre", "editeurs")}
    _rendre(autorite, tmp_path, {"https": devant}, webs)
    contexte = ssl.create_default_context(cafile=str(autorite.racine))
    contexte.check_hostname = False

    def envoyer(methode: str) -> tuple[int, str | None, str]:
        connexion = http.client.HTTPSConnection(f"127.0.0.1:{devant}", context=contexte, timeout=60)
        connexion.request(methode, page, headers={"Host": nom})
        reponse = connexion.getresponse()
        lu = reponse.status, reponse.headers["Retry-After"], reponse.read().decode()
        connexion.close()
        return lu

    with _nginx(tmp_path, devant):
        passees = [envoyer(methode)[0] for _ in range(15) for methode in ("GET", "POST")]
        assert passees == [503] * 30
        refusee = next(lu for lu in (envoyer("POST") for _ in range(1000)) if lu[0] != 503)
    assert refusee[:2] == (429, "30")
    assert '<html lang="fr"><meta' in refusee[2]
    assert "Trop de demandes à la fois" in refusee[2]
