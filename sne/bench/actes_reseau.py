"""Software of vendors that calls the listener over the network: each certificate is of one agreement."""

import hashlib
import http.client
import json
import time
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from http import HTTPStatus
from itertools import count, cycle
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sne.api.reponse import RACINE
from sne.bench import actes_soap, foyers
from sne.bench.actes_rest import convenir, corps_de_depot, numeros
from sne.bench.editeurs import ouvrir_lien
from sne.bench.equipe import Poste
from sne.bench.pgbench import MesureImpossible
from sne.conventions.rules.reglages import Reglages


@cache
def cle_de(dossier: Path, client: str, rang: int) -> str:
    """The key of the agreement of this client's certificate, opened by the first of its threads."""
    certificat = x509.load_pem_x509_certificate((dossier / f"{client}.pem").read_bytes())
    empreinte = hashlib.sha256(certificat.public_bytes(Encoding.DER)).digest()
    return convenir(empreinte, rang, Reglages(piece_vue=True))


class Lecteur:
    """Reads files by REST, on one connection. Options: ``port``, ``dossier`` of certificates, ``client``, ``rang``."""

    def __init__(self, poste: Poste) -> None:
        self.options = poste.options
        dossier, self.client = Path(self.options["dossier"]), str(self.options["client"])
        self.cle = cle_de(dossier, self.client, self.options["rang"])
        self.tirer = numeros(poste)
        self._ouvrir: Callable[[], http.client.HTTPSConnection] = lambda: ouvrir_lien(
            self.options["port"], dossier, self.client
        )
        self._lien = self._ouvrir()

    def preparer(self, nombre: int) -> None:
        """Nothing is needed."""

    def agir(self) -> None:
        """One read. Told to wait, it waits, as the contract asks."""
        self.lire()

    def lire(self) -> None:
        """A file."""
        self.demander("GET", f"{RACINE}/demandes/{self.tirer()}")

    def demander(self, methode: str, chemin: str, corps: bytes = b"", **entetes: str) -> None:
        """One call. Raises :class:`MesureImpossible` for any refusal but that of waiting."""
        dits = {
            "Authorization": f"Bearer {self.cle}",
            "SNE-Guichet": foyers.GUICHET,
            "SNE-Agent": "a-1",
            "Content-Type": "application/json",
        }
        try:
            self._lien.request(methode, chemin, corps, dits | entetes)
            reponse = self._lien.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self._lien.close()  # kept open for too long between two slices
            self._lien = self._ouvrir()
            return self.demander(methode, chemin, corps, **entetes)
        lu = reponse.read()
        if reponse.status == HTTPStatus.TOO_MANY_REQUESTS:
            time.sleep(float(reponse.headers["Retry-After"]))
        elif reponse.status >= HTTPStatus.BAD_REQUEST or b"listeAnomalie" in lu:
            raise MesureImpossible(f"{reponse.status} {lu[-1500:].decode(errors='replace')}")
        return None


class Melange(Lecteur):
    """Whatever software of counters does, in turn: it reads, searches, registers, by both doors."""

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        self._rangs = count(poste.premier_rang)
        lire, soap = self.lire, {"Content-Type": actes_soap.TYPE}
        self._tour: Iterator[Callable[[], None]] = cycle(
            (
                lire,
                lambda: self.demander(
                    "POST",
                    f"{RACINE}/demandes",
                    corps_de_depot(next(self._rangs)),
                    **{"Idempotency-Key": str(uuid.uuid4())},
                ),
                lire,
                lambda: self.demander("POST", f"{RACINE}/recherches", _chercher(next(self._rangs))),
                lambda: self.demander(
                    "POST", actes_soap.DEMANDES, actes_soap.demande_logement(self.tirer()), **soap
                ),
                lambda: self.demander(
                    "POST",
                    actes_soap.DEMANDES,
                    actes_soap.numero_unique(actes_soap.message(next(self._rangs))),
                    **soap,
                ),
            )
        )

    def agir(self) -> None:
        """The next one."""
        next(self._tour)()


def _chercher(rang: int) -> bytes:
    adulte = foyers.adulte(rang, sexe=2)
    return json.dumps({"texte": f"{adulte.nom} {adulte.naissance:%d/%m/%Y}"}).encode()
