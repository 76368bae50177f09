"""The simulated provider over HTTP: addresses, pages and answers. It prints nothing of what it is asked."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sne.simulation.fournisseur import pages
from sne.simulation.fournisseur.protocole import Fournisseur, Refusee, RequeteMalFormee

PREFIXE = "/api/v2"
OCTETS_MAX = 64 << 10
ERREURS = {
    "refuser": ("access_denied", "User auth aborted"),
    "decedee": ("access_denied", "Deceased identity"),
    "panne": ("server_error", "Internal server error"),
}
HTML, JSON, JWT, CSS = (
    "text/html; charset=utf-8",
    "application/json",
    "application/jwt",
    "text/css; charset=utf-8",
)


class Serveur(ThreadingHTTPServer):
    """Listens on this machine only. ``fournisseur`` is given once the port is known."""

    fournisseur: Fournisseur
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Reponse)

    @property
    def emetteur(self) -> str:
        return f"http://127.0.0.1:{self.server_port}{PREFIXE}"


class _Reponse(BaseHTTPRequestHandler):
    server: Serveur
    timeout = 30

    def log_message(self, *_: Any) -> None:
        """Nothing on the screen: addresses carry codes."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self._servir({
            "/.well-known/openid-configuration": lambda _: self._finir(JSON, json.dumps(self._f.description())),
            "/jwks": lambda _: self._finir(JSON, json.dumps(self._f.cles())),
            "/authorize": self._page,
            "/userinfo": lambda _: self._informations(),
            "/session/end": lambda champs: self._renvoyer(self._f.fin(champs)),
            "/style.css": lambda _: self._finir(CSS, pages.STYLE),
        }, url.path, url.query)  # fmt: skip

    def do_POST(self) -> None:
        longueur = int(self.headers.get("Content-Length") or 0)
        corps = self.rfile.read(longueur).decode() if 0 <= longueur <= OCTETS_MAX else ""
        self._servir(
            {
                "/authorize": self._choix,
                "/token": lambda champs: self._finir(JSON, json.dumps(self._f.jetons(champs))),
            },
            self.path,
            corps,
        )

    @property
    def _f(self) -> Fournisseur:
        return self.server.fournisseur

    def _servir(self, adresses: dict[str, Any], chemin: str, texte: str) -> None:
        servir = adresses.get(chemin.removeprefix(PREFIXE)) if chemin.startswith(PREFIXE) else None
        if servir is None:
            return self._finir(HTML, pages.erreur(self._f.profil, "page inconnue"), 404)
        try:
            lus = parse_qs(texte, keep_blank_values=True)
            if any(len(valeurs) > 1 for valeurs in lus.values()):
                raise RequeteMalFormee("paramètre répété")
            servir({nom: valeurs[0] for nom, valeurs in lus.items()})
        except RequeteMalFormee as exc:
            self._finir(HTML, pages.erreur(self._f.profil, str(exc)), 400)
        except Refusee as exc:
            self._finir(JSON, json.dumps({"error": str(exc)}), 401 if str(exc) == "invalid_token" else 400)

    def _page(self, champs: dict[str, str]) -> None:
        self._f.exiger_demande(champs)
        self._finir(HTML, pages.choisir(self._f.profil, champs))

    def _choix(self, champs: dict[str, str]) -> None:
        personne, refus = champs.pop("personne", ""), champs.pop("refus", "")
        rectifie = bool(champs.pop("rectifie", ""))
        if refus in ERREURS:
            return self._renvoyer(self._f.refuser(champs, *ERREURS[refus]))
        return self._renvoyer(self._f.accorder(champs, personne, rectifie=rectifie))

    def _informations(self) -> None:
        self._finir(
            JWT, self._f.informations((self.headers.get("Authorization") or "").removeprefix("Bearer "))
        )

    def _renvoyer(self, adresse: str) -> None:
        self._finir(HTML, "", 303, Location=adresse)

    def _finir(self, genre: str, corps: str, statut: int = 200, **entetes: str) -> None:
        octets = corps.encode()
        self.send_response(statut)
        for nom, valeur in {"Content-Type": genre, "Content-Length": str(len(octets)), **entetes}.items():
            self.send_header(nom, valeur)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(octets)
