"""A provider of identity in this process, that tells the truth until a test has it lie."""

import hashlib
import hmac
import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from sne.oidc.rules.fournisseur import Fournisseur, franceconnect

LE = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
INSTANT = int(LE.timestamp())
SUB = "a" * 64 + "v1"
RAPPEL, DECONNEXION = "http://127.0.0.1:9/connexion/retour", "http://127.0.0.1:9/deconnexion/retour"

RSA = RSAKey.generate_key(2048, {"kid": "rsa"}).as_dict(private=False)


def b64(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def fournisseur_de(emetteur: str, **autres: Any) -> Fournisseur:
    fc = franceconnect(
        emetteur=emetteur,
        client_id="sne-client-id",
        secret="secret-du-service",
        rappel=RAPPEL,
        rappel_deconnexion=DECONNEXION,
        retours=("/", "/ma-demande/"),
    )
    return Fournisseur.model_validate(dict(fc) | autres)


class Menteur:
    """``reponses``: path → what is answered instead of the truth. ``appels``: paths asked."""

    def __init__(self) -> None:
        self.cle = ECKey.generate_key("P-256", {"kid": "k1"})
        self.autre = ECKey.generate_key("P-256", {"kid": "k1"})
        self.reponses: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.appels: list[str] = []
        self.formulaires: list[dict[str, list[str]]] = []
        self.serveur = ThreadingHTTPServer(("127.0.0.1", 0), self._repondant())
        self.serveur.daemon_threads = True
        self.fin = threading.Event()
        self.emetteur = f"http://127.0.0.1:{self.serveur.server_port}/api/v2"
        self.nonce = ""
        self.cles = {"keys": [self.cle.as_dict(private=False), RSA]}
        self.jeton: Callable[[], str] = lambda: self.signer(self.donnees_du_jeton())
        self.infos: Callable[[], str] = lambda: self.signer(self.donnees_de_la_personne())
        threading.Thread(target=self.serveur.serve_forever, args=(0.02,), daemon=True).start()

    def arreter(self) -> None:
        self.fin.set()
        self.serveur.shutdown()
        self.serveur.server_close()

    def enveloppe(self) -> dict[str, Any]:
        instants = {"exp": INSTANT + 60, "iat": INSTANT}
        return {"sub": SUB, "iss": self.emetteur, "aud": "sne-client-id", **instants}

    def donnees_du_jeton(self) -> dict[str, Any]:
        return {**self.enveloppe(), "auth_time": INSTANT, "acr": "eidas1", "nonce": self.nonce}

    def donnees_de_la_personne(self) -> dict[str, Any]:
        return {
            **self.enveloppe(),
            "given_name": "Amélie Rose",
            "given_name_array": ["Amélie", "Rose"],
            "family_name": "SPECIMEN",
            "preferred_username": "EXEMPLE",
            "birthdate": "1985-04-12",
            "gender": "female",
            "birthplace": "59350",
            "birthcountry": "99100",
            "email": "amelie.specimen@example.test",
        }

    def signer(self, donnees: dict[str, Any], *, cle: ECKey | None = None, kid: str | None = "k1") -> str:
        entete = {"alg": "ES256", **({"kid": kid} if kid else {})}
        return jwt.encode(entete, donnees, cle or self.cle, algorithms=["ES256"])

    def sans_signature(self, donnees: dict[str, Any]) -> str:
        return (
            f"{b64(json.dumps({'alg': 'none', 'kid': 'k1'}).encode())}.{b64(json.dumps(donnees).encode())}."
        )

    def hs256(self, donnees: dict[str, Any]) -> str:
        """Signed with our public key as if it were a secret."""
        entete = json.dumps({"alg": "HS256", "kid": "k1"}).encode()
        texte = f"{b64(entete)}.{b64(json.dumps(donnees).encode())}"
        secret = self.cle.as_pem(private=False)
        return f"{texte}.{b64(hmac.digest(secret, texte.encode(), hashlib.sha256))}"

    def _repondant(menteur) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - two `self` in one class
        class Repondant(BaseHTTPRequestHandler):
            def log_message(self, *_: Any) -> None:
                """Nothing on the screen."""

            def do_POST(self) -> None:
                corps = self.rfile.read(int(self.headers["Content-Length"])).decode()
                menteur.formulaires.append(parse_qs(corps))
                self.do_GET()

            def do_GET(self) -> None:
                chemin = self.path.removeprefix("/api/v2")
                menteur.appels.append(chemin)
                if chemin in menteur.reponses:
                    return menteur.reponses[chemin](self)
                return finir(self, menteur.verite(chemin))

        return Repondant

    def verite(self, chemin: str) -> str:
        if chemin == "/jwks":
            return json.dumps(self.cles)
        if chemin == "/token":
            return json.dumps({"access_token": "acces", "token_type": "Bearer", "id_token": self.jeton()})
        if chemin == "/userinfo":
            return self.infos()
        return json.dumps(
            {
                "issuer": self.emetteur,
                "authorization_endpoint": f"{self.emetteur}/authorize",
                "token_endpoint": f"{self.emetteur}/token",
                "userinfo_endpoint": f"{self.emetteur}/userinfo",
                "jwks_uri": f"{self.emetteur}/jwks",
                "end_session_endpoint": f"{self.emetteur}/session/end",
            }
        )


def finir(
    requete: BaseHTTPRequestHandler, corps: str, statut: int = 200, *, annonce: int = 0, **entetes: str
) -> None:
    """``annonce``: bytes announced beyond those that are sent."""
    octets = corps.encode()
    requete.send_response(statut)
    for nom, valeur in {"Content-Length": str(len(octets) + annonce), **entetes}.items():
        requete.send_header(nom, valeur)
    requete.end_headers()
    requete.wfile.write(octets)
