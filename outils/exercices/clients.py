"""Counter clients that register through the screens and never give up: what fails on the way is asked again."""

import http.client
import io
import re
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pypdfium2

from sne.demo.generation.numeros import nir_fictif

PATIENCE = 300.0  # seconds for one page, while processes are being killed
LECTURE = 60.0  # seconds before a page that does not come is asked again
FORMULAIRE = "application/x-www-form-urlencoded"
ADRESSE = {
    "pays_adresse": "france",
    "numero": "12",
    "voie": "rue des Tilleuls",
    "code_postal": "99240",
    "commune": "les ormeaux",
}
PREMIER_RANG = 200_000  # ranks of NIR that the generator of these tests does not reach
PREMIER_JOUR, NAISSANCES = date(1955, 1, 1), 8_000  # households before a birth date comes back


@dataclass(frozen=True)
class Adulte:
    """One adult of a household to register."""

    civilite: str
    nom: str
    prenoms: str
    naissance: date
    nir: str
    courriel: str = ""

    def champs(self, prefixe: str = "") -> dict[str, str]:
        """What is typed for them."""
        valeurs = {
            "civilite": self.civilite,
            "nom_naissance": self.nom,
            "prenoms": self.prenoms,
            "date_naissance": self.naissance.strftime("%d/%m/%Y"),
            "nationalite": "1",
            "situation_familiale": "M",
            "nir": self.nir,
            **({"courriel": self.courriel} if self.courriel else {}),
        }
        return {f"{prefixe}{cle}": valeur for cle, valeur in valeurs.items()}


@dataclass(frozen=True)
class Menage:
    """Two spouses; ``inverse`` swaps who applies."""

    un: Adulte
    autre: Adulte

    def inverse(self) -> "Menage":
        return Menage(self.autre, self.un)

    @property
    def cle(self) -> frozenset[str]:
        """The household, whoever applies."""
        return frozenset({self.un.nir, self.autre.nir})


def menage(indice: int, *, courriel: bool = False) -> Menage:
    """A household that looks like no other of these tests; with an address of its own where it is written to.

    Names are close to one another: it is by the birth dates, of which no two are the same, that nobody is asked about.
    """
    nom = "Essai" + "".join("bcdfghjklm"[int(c)] for c in f"{indice:03d}")
    ne_le = PREMIER_JOUR + timedelta(days=2 * (indice % NAISSANCES))
    naissances = ne_le, ne_le + timedelta(days=1)
    nirs = [
        nir_fictif(sexe, naissance, rang=PREMIER_RANG + indice, cotitulaire=rang == 1)
        for rang, (sexe, naissance) in enumerate(zip("21", naissances, strict=True))
    ]
    return Menage(
        Adulte(
            *("2", nom, f"Una{nom[5:]}", naissances[0], nirs[0]),
            courriel=f"{nom.lower()}@exemple.fr" if courriel else "",
        ),
        Adulte("1", f"{nom}ier", f"Omer{nom[5:]}", naissances[1], nirs[1]),
    )


class Client:
    """One browser of a signed-in agent, without JavaScript."""

    def __init__(self, racine: str, cookies: Mapping[str, str], *, tls: ssl.SSLContext | None = None) -> None:
        self.racine, self.cookies, self.tls = racine, dict(cookies), tls
        [self.jeton] = [valeur for nom, valeur in cookies.items() if nom.endswith("csrftoken")]

    def enregistrer(self, foyer: Menage) -> str:
        """Every step of a registration; the number that was acknowledged, or "" when it was refused."""
        url, page = self.poster("/demandes/nouvelle/", {**foyer.un.champs(), **ADRESSE})
        trouve = re.search(r"/brouillons/([0-9a-f-]{36})/(\w+)/", url)
        if trouve is None or trouve[2] == "doublons":
            return ""
        brouillon = f"/brouillons/{trouve[1]}"
        for etape, saisie in _etapes(foyer).items():
            url, page = self.poster(f"{brouillon}/{etape}/", saisie | _lu(page))
            assert not url.endswith(f"/{etape}/"), re.findall(r"fr-error-text[^>]*>([^<]+)", page)
        url, _ = self.poster(f"{brouillon}/verifier/", _verification() | _lu(page))
        acquitte = re.search(r"/demandes/(\w{18})/enregistree/", url)
        return acquitte[1] if acquitte else ""

    def joindre(self, numero: str) -> bool:
        """Add a document to this demande; whether it was taken in."""
        separe, document, sortie = uuid.uuid4().hex, pypdfium2.PdfDocument.new(), io.BytesIO()
        document.new_page(595, 842)
        document.save(sortie)
        champs = {"qui": "demandeur", "csrfmiddlewaretoken": self.jeton}
        morceaux = [f'name="{nom}"\r\n\r\n{valeur}'.encode() for nom, valeur in champs.items()]
        entete = b'name="fichiers"; filename="carte.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        morceaux.append(entete + sortie.getvalue())
        debut = f"--{separe}\r\nContent-Disposition: form-data; ".encode()
        corps = b"".join(debut + morceau + b"\r\n" for morceau in morceaux) + f"--{separe}--\r\n".encode()
        pieces = f"/demandes/{numero}/pieces/"
        url, _ = self._insister(
            f"{pieces}ajouter/?type=IDENTITE&qui=demandeur", corps, f"multipart/form-data; boundary={separe}"
        )
        return url.endswith(pieces)

    def poster(self, chemin: str, donnees: Mapping[str, str | list[str]]) -> tuple[str, str]:
        """Post a page until it is answered; returns the address reached and the page."""
        corps = urllib.parse.urlencode(
            {**donnees, "continuer": "oui", "csrfmiddlewaretoken": self.jeton}, doseq=True
        ).encode()
        return self._insister(chemin, corps, FORMULAIRE)

    def _insister(self, chemin: str, corps: bytes, nature: str) -> tuple[str, str]:
        debut = time.monotonic()
        while True:
            try:
                return self._ouvrir(chemin, corps, nature)
            except urllib.error.HTTPError as exc:
                if exc.code < 500 or time.monotonic() > debut + PATIENCE:
                    raise
            except (OSError, http.client.HTTPException):  # the web process is being replaced
                if time.monotonic() > debut + PATIENCE:
                    raise
            time.sleep(0.2)

    def _ouvrir(self, chemin: str, corps: bytes, nature: str) -> tuple[str, str]:
        cookies = "; ".join(f"{nom}={valeur}" for nom, valeur in self.cookies.items())
        entetes = {"Cookie": cookies, "Referer": self.racine + chemin, "Content-Type": nature}
        requete = urllib.request.Request(self.racine + chemin, corps, entetes)
        with urllib.request.urlopen(requete, timeout=LECTURE, context=self.tls) as reponse:
            return reponse.url, reponse.read().decode()


def _lu(page: str) -> dict[str, str]:
    """The number of the draft that a page was made from."""
    [lu] = re.findall(r'name="lu" value="(\d+)"', page)
    return {"lu": lu}


def _etapes(foyer: Menage) -> dict[str, dict[str, str | list[str]]]:
    return {
        "foyer": {
            "cotitulaires-nombre": "1",
            "cotitulaires-1-lien_demandeur": "M",
            **foyer.autre.champs("cotitulaires-1-"),
            "enfants-nombre": "0",
            "gardes-nombre": "0",
        },
        "souhaits": {
            "types_logement": ["T3"],
            "categorie": "A",
            "accepte_autres_communes": "non",
            "commune_1": "aurette la ville",
            "commune_2": "99200",
        },
    }


def _verification() -> dict[str, str | list[str]]:
    jour = f"{datetime.now(ZoneInfo('Europe/Paris')):%d/%m/%Y}"
    return {"piece_type": "CNI", "piece_vue_le": jour, "date_reception": jour, "relu": "on"}
