"""Letters printed and posted by Maileva (API « mail » version 2): one sending for each letter, submitted once.

A simple letter gives no proof of delivery: what is known is that it was handed to the provider.
"""

import json
import secrets
import urllib.error
import urllib.request
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sne.notifications.envois.fichiers import ecrire
from sne.notifications.envois.lettres import Lettre
from sne.notifications.rules import AdressePostale, Issue, Resultat

DELAI = 30  # seconds for each answer
BROUILLON = "DRAFT"
PASSAGERS = frozenset({401, 403, 408, 429})  # ours to repair, or to wait for: never held against the letter
OPTIONS = {
    "color_printing": False,
    "duplex_printing": True,
    "optional_address_sheet": True,
    "print_sender_address": False,
    "archiving_duration": 0,
    "envelope_windows_type": "DOUBLE",
    "postage_type": "ECONOMIC",
}
PLACES = {0: (), 1: (4,), 2: (3, 4), 3: (3, 4, 5), 4: (2, 3, 4, 5)}
"""Lines of an address between the name and the town → their numbers on the envelope."""


@dataclass(frozen=True, slots=True)
class Acces:
    """Where the service is and who we are: ``client`` and ``compte`` are pairs joined by a colon."""

    url: str
    connexion: str
    client: str
    compte: str


class Maileva:
    """``dossier`` keeps, for each letter, the sending made for it: found again after a crash, it is not made twice."""

    def __init__(self, acces: Acces, dossier: Path) -> None:
        self.acces, self.dossier = acces, dossier
        self._jeton = ""

    def deposer(
        self,
        depot: uuid.UUID,  # noqa: ARG002 - a sending is of one letter
        lettres: Sequence[Lettre],
        *,
        survenu_le: datetime,  # noqa: ARG002
    ) -> Mapping[uuid.UUID, Resultat]:
        return {lettre.id: self._essayer(lettre) for lettre in lettres}

    def relire(self, envoi: str) -> tuple[uuid.UUID, str] | None:
        """The letter of a sending and its state, as the provider itself says; ``None`` when we never made it.

        Anybody may call us back: only what is read again is believed. Raises ``OSError`` when it cannot be.
        """
        self._jeton = self._jeton or self._s_identifier()
        try:
            lu = self._json("GET", f"/sendings/{envoi}")
            lettre = uuid.UUID(lu["custom_id"])
        except urllib.error.HTTPError as exc:
            exc.close()
            if exc.code == 404:
                return None
            raise
        except (KeyError, TypeError, ValueError):
            return None
        recu = self.dossier / f"{lettre}.json"
        if not recu.exists() or json.loads(recu.read_text())["id"] != envoi:
            return None
        return lettre, str(lu.get("status", ""))

    def _essayer(self, lettre: Lettre) -> Resultat:
        try:
            self._jeton = self._jeton or self._s_identifier()
            self._confier(lettre)
        except urllib.error.HTTPError as exc:
            exc.close()
            if exc.code >= 500 or exc.code in PASSAGERS:
                return Resultat(Issue.INDISPONIBLE, str(exc.code), "Prestataire de courrier indisponible")
            return Resultat(Issue.PERMANENT, str(exc.code), "Lettre refusée par le prestataire de courrier")
        except OSError as exc:
            texte = f"Prestataire de courrier indisponible ({type(exc).__name__})"
            return Resultat(Issue.INDISPONIBLE, texte=texte)
        return Resultat(Issue.ACCEPTE, texte="Remise au prestataire de courrier")

    def _confier(self, lettre: Lettre) -> None:
        """Create, fill, submit. A draft is never printed: one that a crash left behind is thrown away."""
        recu = self.dossier / f"{lettre.id}.json"
        if recu.exists():
            deja = json.loads(recu.read_text())["id"]
            if self._json("GET", f"/sendings/{deja}")["status"] != BROUILLON:
                return
            self._appeler("DELETE", f"/sendings/{deja}")
        envoi = self._json(
            "POST", "/sendings", {"name": lettre.objet, "custom_id": str(lettre.id), **OPTIONS}
        )
        ecrire(recu, json.dumps({"id": envoi["id"]}).encode())
        for rang, document in enumerate(lettre.documents, start=1):
            corps, genre = _formulaire(document.contenu, {"priority": rang, "name": document.nom})
            self._appeler("POST", f"/sendings/{envoi['id']}/documents", corps, genre)
        self._json("POST", f"/sendings/{envoi['id']}/recipients", _destinataire(lettre.id, lettre.adresse))
        self._appeler("POST", f"/sendings/{envoi['id']}/submit")

    def _s_identifier(self) -> str:
        client, secret = self.acces.client.split(":", 1)
        compte, mot_de_passe = self.acces.compte.split(":", 1)
        champs = {
            "grant_type": "password",
            "client_id": client,
            "client_secret": secret,
            "username": compte,
            "password": mot_de_passe,
        }
        reponse = _ouvrir(
            urllib.request.Request(self.acces.connexion, urlencode(champs).encode(), method="POST")  # noqa: S310
        )
        return str(json.loads(reponse)["access_token"])

    def _json(self, methode: str, chemin: str, corps: Mapping[str, Any] | None = None) -> Any:
        octets = json.dumps(corps).encode() if corps is not None else None
        return json.loads(self._appeler(methode, chemin, octets, "application/json") or b"{}")

    def _appeler(
        self, methode: str, chemin: str, corps: bytes | None = None, genre: str = "application/json"
    ) -> bytes:
        entetes = {"Authorization": f"Bearer {self._jeton}", "Content-Type": genre}
        url = f"{self.acces.url}{chemin}"
        return _ouvrir(urllib.request.Request(url, corps, entetes, method=methode))  # noqa: S310


def _ouvrir(requete: urllib.request.Request) -> bytes:
    """The address comes from the settings alone, which accept http and https."""
    with urllib.request.urlopen(requete, timeout=DELAI) as reponse:  # noqa: S310
        return bytes(reponse.read())


def _formulaire(pdf: bytes, donnees: Mapping[str, Any]) -> tuple[bytes, str]:
    """A document and what is said of it, as ``multipart/form-data``."""
    borne = secrets.token_hex(16)
    tete = (
        f'--{borne}\r\nContent-Disposition: form-data; name="metadata"\r\n'
        f"Content-Type: application/json\r\n\r\n{json.dumps(donnees)}\r\n"
        f'--{borne}\r\nContent-Disposition: form-data; name="document"; filename="document.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    return tete.encode() + pdf + f"\r\n--{borne}--\r\n".encode(), f"multipart/form-data; boundary={borne}"


def _destinataire(lettre_id: uuid.UUID, adresse: AdressePostale) -> dict[str, str]:
    """Name on line 2 (line 1 when the address has six), town on line 6."""
    nom, *milieu, ville = adresse.lignes
    places = PLACES[len(milieu)]
    lignes = dict.fromkeys(range(1, 7), "") | dict(zip(places, milieu, strict=True))
    lignes |= {1 if 2 in places else 2: nom, 6: ville}
    return {
        "custom_id": str(lettre_id),
        **{f"address_line_{n}": texte for n, texte in lignes.items()},
        "country_code": "FR",
    }
