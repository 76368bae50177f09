"""The server: three services by the start of the path, and the switch that says how each fails (``/_travers``)."""

import json
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sne.connecteurs.simulateur import ban, drm, entreprises
from sne.connecteurs.simulateur.travers import ENTETE, TRAVERS, Reponse, en_json, lire

OCTETS_MAX = 8 << 20  # a lot of 10 000 persons
Service = Callable[[str, Mapping[str, str], Any, str], Reponse]


class Simulateur(ThreadingHTTPServer):
    """Listens on the loopback address. ``travers``: how each service fails now; ``vus``: requests it was asked."""

    daemon_threads = True

    def __init__(self, port: int = 0, *, adresses: Path | None = None) -> None:
        super().__init__(("127.0.0.1", port), Requete)
        self.services: dict[str, Service] = {
            "ban": ban.Adresses(adresses).repondre,
            "entreprises": entreprises.Entreprises().repondre,
            "drm": drm.Ressources().repondre,
        }
        self.travers: dict[str, str] = {}
        self.vus: list[str] = []


class Requete(BaseHTTPRequestHandler):
    """One request."""

    server: Simulateur
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A question in the address."""
        self._repondre(None)

    def do_POST(self) -> None:
        """A question in the body."""
        lus = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), OCTETS_MAX))
        try:
            self._repondre(json.loads(lus))
        except ValueError:
            self._envoyer(en_json(400, {"errors": [{"code": "00400"}]}))

    def log_message(self, *_: object) -> None:
        """Nothing: an address says what is looked for."""

    def _repondre(self, corps: Any) -> None:
        vue = urlsplit(self.path)
        nom, _, reste = vue.path.strip("/").partition("/")
        parametres = {cle: valeurs[-1] for cle, valeurs in parse_qs(vue.query).items()}
        if nom == "_travers":
            self._envoyer(self._regler(corps))
            return
        service = self.server.services.get(nom)
        if service is None:
            self._envoyer(en_json(404, {"message": "inconnu"}))
            return
        self.server.vus.append(self.path)
        travers, nombre = lire(self.headers.get(ENTETE) or self.server.travers.get(nom, "normal"))
        self._envoyer(TRAVERS[travers](service(reste, parametres, corps, travers), nombre))

    def _regler(self, corps: Any) -> Reponse:
        """``{"ban": "429:5"}`` says how services fail from now on, the others not at all; read: what was asked."""
        if corps is not None:
            for travers in corps.values():
                lire(travers)
            self.server.travers = dict(corps)
            self.server.vus.clear()
        return en_json(200, {"travers": self.server.travers, "vus": self.server.vus})

    def _envoyer(self, r: Reponse) -> None:
        time.sleep(r.attente / 1000)
        if r.muet:
            self.close_connection = True
            return
        self.send_response(r.statut)
        self.send_header("Content-Type", r.type)
        self.send_header("Content-Length", str(len(r.corps)))
        for nom, valeur in (r.entetes or {}).items():
            self.send_header(nom, valeur)
        self.end_headers()
        self._ecrire(r)

    def _ecrire(self, r: Reponse) -> None:
        pas = 1 if r.goutte else max(len(r.corps), 1)
        fin = len(r.corps) if r.envoyes is None else r.envoyes
        try:
            for debut in range(0, fin, pas):
                self.wfile.write(r.corps[debut : min(debut + pas, fin)])
                time.sleep(r.goutte / 1000)
        except OSError:  # nobody reads any more
            self.close_connection = True
        if fin < len(r.corps):
            self.close_connection = True
