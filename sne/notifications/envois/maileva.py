"""Letters printed and posted by Maileva (API « mail » version 2): one sending for each letter, submitted once.

A simple letter gives no proof of delivery: what is known is that it was handed to the provider.
"""

import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sne.notifications.envois.fichiers import ecrire
from sne.notifications.envois.lettres import Lettre
from sne.notifications.rules import AdressePostale, Issue, Resultat
from sne.socle.sortie import Bornes, Envoi, EnvoiEchoue, demander

BORNES = Bornes(
    connexion=10, lecture=30, total=120, octets_max=1 << 20
)  # of each call; a letter is some megabytes
REUSSIS = frozenset(range(200, 300))
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


class Refus(OSError):
    """The provider answered, and not as was wanted."""

    def __init__(self, statut: int) -> None:
        super().__init__(f"statut {statut}")
        self.code = statut


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
        try:
            self._jeton = self._s_identifier()
        except OSError as exc:  # says nothing of any letter: all of them wait
            return dict.fromkeys((lettre.id for lettre in lettres), _indisponible(exc))
        return {lettre.id: self._essayer(lettre) for lettre in lettres}

    def relire(self, envoi: str) -> tuple[uuid.UUID, str] | None:
        """The letter of a sending and its state, as the provider itself says; ``None`` when we never made it.

        Anybody may call us back: only what is read again is believed. Raises ``OSError`` when it cannot be.
        """
        self._jeton = self._s_identifier()
        try:
            lu = self._json("GET", f"/sendings/{envoi}")
            lettre = uuid.UUID(lu["custom_id"])
        except Refus as exc:
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
            self._confier(lettre)
        except OSError as exc:
            if isinstance(exc, Refus) and 400 <= exc.code < 500 and exc.code not in PASSAGERS:
                texte = "Lettre refusée par le prestataire de courrier"
                return Resultat(Issue.PERMANENT, str(exc.code), texte)
            return _indisponible(exc)
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
        reponse = _lire(Envoi(self.acces.connexion, BORNES, formulaire=champs, lus=REUSSIS))
        return str(json.loads(reponse)["access_token"])

    def _json(self, methode: str, chemin: str, corps: Mapping[str, Any] | None = None) -> Any:
        octets = json.dumps(corps).encode() if corps is not None else None
        return json.loads(self._appeler(methode, chemin, octets, "application/json") or b"{}")

    def _appeler(
        self, methode: str, chemin: str, corps: bytes | None = None, genre: str = "application/json"
    ) -> bytes:
        entetes = {"Authorization": f"Bearer {self._jeton}", "Content-Type": genre}
        url = f"{self.acces.url}{chemin}"
        return _lire(Envoi(url, BORNES, octets=corps, entetes=entetes, lus=REUSSIS, methode=methode))


def _lire(envoi: Envoi) -> bytes:
    """The body of an answer that was wanted. Raises :class:`Refus`, ``EnvoiEchoue`` when there is none."""
    recue = demander(envoi)
    if recue.statut not in REUSSIS:
        raise Refus(recue.statut)
    return recue.octets


def _indisponible(exc: OSError) -> Resultat:
    """The provider’s fault, or ours: never that of a letter."""
    code = str(exc.code) if isinstance(exc, Refus) else ""
    cause = code or (exc.echec.name if isinstance(exc, EnvoiEchoue) else type(exc).__name__)
    return Resultat(Issue.INDISPONIBLE, code, f"Prestataire de courrier indisponible ({cause})")


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
