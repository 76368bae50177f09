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
PAS_DU_CODE = 30  # seconds that a code of the application lasts; it serves once
COUPURE = 3.0  # seconds without an answer to the probe: writes were cut
NUMERO = "SELECT prochain_nud('099', current_date, 'PANNE')"


class ClientObserve(Client):
    """A client whose failures are counted, each with its instant; it goes on trying."""

    def __init__(self, racine: str, cookies: dict[str, str], tls: ssl.SSLContext, charge: "Charge") -> None:
        super().__init__(racine, cookies, tls=tls)
        self.charge = charge

    def _ouvrir(self, chemin: str, corps: bytes, nature: str) -> tuple[str, str]:
        debut = time.monotonic()
        try:
            return super()._ouvrir(chemin, corps, nature)
        except urllib.error.HTTPError as exc:
            if exc.code >= 500:
                self.charge.erreurs.append((time.monotonic(), str(exc.code)))
            raise
        except OSError as exc:
            self.charge.erreurs.append((time.monotonic(), type(exc).__name__))
            raise
        finally:
            self.charge.pages.append((debut, time.monotonic()))


class Charge:
    """What the clients were told, what failed, when the probe was answered (monotonic seconds)."""

    _rangs = itertools.count(1)

    def __init__(self, grappe: Grappe, *, documents: bool = False) -> None:
        self.grappe, self.documents = grappe, documents
        self.acquittes: list[str] = []
        self.abandons: list[str] = []
        self.erreurs: list[tuple[float, str]] = []
        self.joints: list[str] = []  # demandes whose document was taken in
        self.numeros: list[str] = []
        self.reponses: list[float] = []
        self.pages: list[tuple[float, float]] = []  # asked, answered or not
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
    def coupures(self) -> list[tuple[float, float]]:
        """When nobody could write."""
        return [(a, b) for a, b in itertools.pairwise(self.reponses) if b - a > COUPURE]

    @property
    def plus_longue(self) -> float:
        """The longest that a page was waited for, in seconds."""
        return max((fin - debut for debut, fin in self.pages), default=0.0)

    @property
    def plus_longue_ailleurs(self) -> float:
        """The same, of pages that no cut met."""
        coupures = self.coupures
        entieres = [p for p in self.pages if not any(a <= p[1] and p[0] <= b for a, b in coupures)]
        return max((fin - debut for debut, fin in entieres), default=0.0)

    @property
    def traine(self) -> float:
        """How long after writes went on a page still failed, in seconds: of the worst of the cuts.

        What fails while nobody can write is of that cut, not of the one before.
        """
        coupures = self.coupures
        apres = [
            le - max(reprise for _, reprise in coupures if reprise <= le)
            for le, _ in self.erreurs
            if coupures and coupures[0][1] <= le and not any(a <= le < b for a, b in coupures)
        ]
        return max(apres, default=0.0)

    def enregistrer(self, cookies: dict[str, str]) -> None:
        """Register one household after the other until the end, each with its document where they are asked for."""
        client = ClientObserve(self.grappe.adresse, cookies, self.grappe.tls, self)
        while not self._fini.is_set():
            try:
                foyer = menage(next(self._rangs), courriel=True)
                self.mots |= {
                    mot for qui in (foyer.un, foyer.autre) for mot in (qui.nom, qui.nir, qui.courriel) if mot
                }
                numero = client.enregistrer(foyer)
                (self.acquittes if numero else self.abandons).append(numero or "un ménage refusé")
                if numero and self.documents:
                    joint = client.joindre(numero)
                    (self.joints if joint else self.abandons).append(
                        numero if joint else "un document refusé"
                    )
            except Exception as exc:  # counted: a client that gives up is a fault
                self.abandons.append(f"{type(exc).__name__}: {exc}"[:200])

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
def sous_charge(grappe: Grappe, *, clients: int = CLIENTS, documents: bool = False) -> Iterator[Charge]:
    """Load for as long as the block lasts; then each client ends the household that it began."""
    charge, cookies = Charge(grappe, documents=documents), se_connecter(grappe)
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
    attendre_un_autre_code()
    page = poster("/connexion/code/", page, code=f"{totp(base64.b32decode(secret)):06d}")
    assert compte.nom in page, page[:300]
    return {biscuit.name: str(biscuit.value) for biscuit in biscuits}


def attendre_un_autre_code(deja: list[int] = [0]) -> None:  # noqa: B006 - the last one that served, kept here
    """Until the code of this moment was not used by a sign-in before."""
    while int(time.time()) // PAS_DU_CODE == deja[0]:
        time.sleep(0.5)
    deja[0] = int(time.time()) // PAS_DU_CODE
