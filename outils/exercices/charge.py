"""Load: browsers that register whole households through nginx, and a probe that takes numbers as fast as it may."""

import base64
import itertools
import re
import ssl
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar

import psycopg
from django_otp.oath import totp

from outils.exercices.clients import Client, menage
from outils.exercices.grappe import Grappe
from sne.demo.comptes import COMPTES
from sne.demo.dossier import secret_de_compte

CLIENTS = 3
PAS_DE_LA_SONDE = 0.1  # seconds
NUMERO = "SELECT prochain_nud('099', current_date, 'PANNE')"


class ClientObserve(Client):
    """A client whose failures are counted, each with its instant; it goes on trying."""

    def __init__(self, racine: str, cookies: dict[str, str], tls: ssl.SSLContext, charge: "Charge") -> None:
        super().__init__(racine, cookies, tls=tls)
        self.charge = charge

    def _ouvrir(self, chemin: str, corps: bytes) -> tuple[str, str]:
        debut = time.monotonic()
        try:
            return super()._ouvrir(chemin, corps)
        except urllib.error.HTTPError as exc:
            if exc.code >= 500:
                self.charge.erreurs.append((time.monotonic(), str(exc.code)))
            raise
        except OSError as exc:
            self.charge.erreurs.append((time.monotonic(), type(exc).__name__))
            raise
        finally:
            self.charge.plus_longue = max(self.charge.plus_longue, time.monotonic() - debut)


class Charge:
    """What the clients were told, what failed, when the probe was answered (monotonic seconds)."""

    _rangs = itertools.count(1)

    def __init__(self, grappe: Grappe) -> None:
        self.grappe = grappe
        self.acquittes: list[str] = []
        self.abandons: list[str] = []
        self.erreurs: list[tuple[float, str]] = []
        self.numeros: list[str] = []
        self.reponses: list[float] = []
        self.plus_longue = 0.0
        self.mots: set[str] = set()  # names and numbers of these households: no log may hold one
        self._fini = threading.Event()

    @classmethod
    def partir_apres(cls, demandes: int) -> None:
        """No household of an earlier time, which left this many demandes, comes again."""
        cls._rangs = itertools.count(1 + 10 * demandes)

    @property
    def coupure(self) -> float:
        """The longest time without a write, in seconds."""
        return max((b - a for a, b in itertools.pairwise(self.reponses)), default=0.0)

    @property
    def reprise(self) -> float:
        """When writes went on after the longest cut (monotonic seconds)."""
        return max(itertools.pairwise(self.reponses), key=lambda paire: paire[1] - paire[0])[1]

    def enregistrer(self, cookies: dict[str, str]) -> None:
        """Register one household after the other until the end."""
        client = ClientObserve(self.grappe.adresse, cookies, self.grappe.tls, self)
        while not self._fini.is_set():
            try:
                foyer = menage(next(self._rangs))
                self.mots |= {mot for qui in (foyer.un, foyer.autre) for mot in (qui.nom, qui.nir)}
                numero = client.enregistrer(foyer)
            except Exception as exc:  # counted: a client that gives up is a fault
                self.abandons.append(f"{type(exc).__name__}: {exc}"[:200])
            else:
                (self.acquittes if numero else self.abandons).append(numero or "un ménage refusé")

    def sonder(self) -> None:
        """Take numbers, each a write that two servers must have, until the end; a lost connection is made again."""
        url = self.grappe.url("sne_runtime")
        while not self._fini.is_set():
            try:
                with psycopg.connect(url, autocommit=True, connect_timeout=3, tcp_user_timeout=5000) as sonde:
                    while not self._fini.wait(PAS_DE_LA_SONDE):
                        [numero] = sonde.execute(NUMERO).fetchone() or ("",)
                        self.numeros.append(str(numero))
                        self.reponses.append(time.monotonic())
            except psycopg.Error:
                self._fini.wait(PAS_DE_LA_SONDE)

    def arreter(self) -> None:
        """Each client ends what it began."""
        self._fini.set()


@contextmanager
def sous_charge(grappe: Grappe, *, clients: int = CLIENTS) -> Iterator[Charge]:
    """Load for as long as the block lasts; then each client ends the household that it began."""
    charge, cookies = Charge(grappe), se_connecter(grappe)
    fils = [threading.Thread(target=charge.enregistrer, args=[cookies]) for _ in range(clients)]
    fils.append(threading.Thread(target=charge.sonder))
    for fil in fils:
        fil.start()
    try:
        yield charge
    finally:
        charge.arreter()
        for fil in fils:
            fil.join()


def se_connecter(grappe: Grappe) -> dict[str, str]:
    """The cookies of an agent who signs in with password and code, as a browser does."""
    biscuits, compte = CookieJar(), COMPTES[0]
    ouvreur = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=grappe.tls), urllib.request.HTTPCookieProcessor(biscuits)
    )
    mot_de_passe, secret = secret_de_compte(grappe.demo, compte.courriel)

    def poster(chemin: str, page: str, **champs: str) -> str:
        jeton = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert jeton, page[:300]
        corps = urllib.parse.urlencode({**champs, "csrfmiddlewaretoken": jeton[1]}).encode()
        adresse = grappe.adresse + chemin
        demande = urllib.request.Request(adresse, corps, {"Referer": adresse})
        with ouvreur.open(demande, timeout=30) as reponse:
            return str(reponse.read().decode())

    with ouvreur.open(f"{grappe.adresse}/connexion/", timeout=30) as reponse:
        page = reponse.read().decode()
    page = poster("/connexion/", page, courriel=compte.courriel, mot_de_passe=mot_de_passe)
    page = poster("/connexion/code/", page, code=f"{totp(base64.b32decode(secret)):06d}")
    assert compte.nom in page, page[:300]
    return {biscuit.name: str(biscuit.value) for biscuit in biscuits}
