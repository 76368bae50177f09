"""« Ours »: flows played against any address of the interface, to know whether it keeps its contract."""

import json
import ssl
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

CONTRAT = "3.1"
DELAI = 20.0  # seconds
DEMI_TOUR = {"SNE-Agent": "sne-conformite"}


@dataclass(frozen=True, slots=True)
class Reponse:
    """What was answered. ``dit``: its JSON, empty when it has none."""

    statut: int
    entetes: Mapping[str, str]
    dit: Mapping[str, Any]


Appeler = Callable[..., Reponse]
"""``appeler(methode, chemin, corps=None, **entetes)``: one call, key and guichet added."""


@contextmanager
def appeleur(
    base: str, cle: str, guichet: str, *, identite: tuple[Path, Path, Path] | None = None
) -> Iterator[Appeler]:
    """Calls of this address, which ends with ``/api/v1``. ``identite``: authority, certificate, its key (PEM)."""
    contexte: ssl.SSLContext | bool = True
    if identite is not None:
        autorite, certificat, secret = identite
        contexte = ssl.create_default_context(cafile=str(autorite))
        contexte.load_cert_chain(certificat, secret)
    client = httpx2.Client(verify=contexte, timeout=DELAI, trust_env=False, follow_redirects=False)

    def appeler(methode: str, chemin: str, corps: Any = None, **entetes: str) -> Reponse:
        dits = {"Authorization": f"Bearer {cle}", "SNE-Guichet": guichet, **DEMI_TOUR}
        if methode == "POST":
            dits["Idempotency-Key"] = str(uuid.uuid4())
        dits |= {nom.replace("_", "-"): valeur for nom, valeur in entetes.items()}
        rendu = client.request(methode, base.rstrip("/") + chemin, json=corps, headers=dits)
        return Reponse(rendu.status_code, dict(rendu.headers), _lire(rendu.content))

    with client:
        yield appeler


def _lire(octets: bytes) -> Mapping[str, Any]:
    try:
        lu = json.loads(octets or b"{}")
    except ValueError:
        return {}
    return lu if isinstance(lu, dict) else {}


def _contrat(appeler: Appeler, _: Mapping[str, Any]) -> bool:
    return str(appeler("GET", "/openapi.json").dit.get("openapi", "")).startswith(CONTRAT)


def _moi(appeler: Appeler, _: Mapping[str, Any]) -> bool:
    return appeler("GET", "/moi").statut == 200


def _sans_cle(appeler: Appeler, corps: Mapping[str, Any]) -> bool:
    return appeler("POST", "/demandes", corps, Idempotency_Key="").statut == 400


def _cle_inconnue(appeler: Appeler, _: Mapping[str, Any]) -> bool:
    return appeler("GET", "/moi", Authorization="Bearer sne_ecole_inconnue").statut == 401


def _inconnu_comme_etranger(appeler: Appeler, _: Mapping[str, Any]) -> bool:
    un, autre = (appeler("GET", f"/demandes/{n}") for n in ("0990101000001G0993", "0990101000002G0993"))
    return (un.statut, un.dit) == (404, autre.dit)


def _une_seule_fois(appeler: Appeler, corps: Mapping[str, Any]) -> bool:
    cle = str(uuid.uuid4())
    un, encore = (appeler("POST", "/demandes", corps, Idempotency_Key=cle) for _ in range(2))
    connu = 409  # of a household that was registered by an earlier run: a refusal is kept too
    return (
        un.statut in {201, connu}
        and encore.dit == un.dit
        and "true" in str(_entete(encore, "Idempotency-Replayed"))
    )


def _autre_corps(appeler: Appeler, corps: Mapping[str, Any]) -> bool:
    cle = str(uuid.uuid4())
    appeler("POST", "/demandes", {**corps, "contenu": {}}, Idempotency_Key=cle)
    return appeler("POST", "/demandes", {**corps, "contenu": {"a": 1}}, Idempotency_Key=cle).statut == 422


def _entete(reponse: Reponse, nom: str) -> str:
    return next((v for n, v in reponse.entetes.items() if n.lower() == nom.lower()), "")


PARCOURS: Mapping[str, Callable[[Appeler, Mapping[str, Any]], bool]] = {
    "Le contrat se lit (OpenAPI 3.1).": _contrat,
    "La clé dit de qui elle est.": _moi,
    "Une clé inconnue est refusée (401).": _cle_inconnue,
    "Une écriture sans clé d’idempotence est refusée (400).": _sans_cle,
    "Un numéro inconnu et celui d’un autre ont la même réponse (404).": _inconnu_comme_etranger,
    "Un message renvoyé avec sa clé n’est fait qu’une fois.": _une_seule_fois,
    "Un autre corps sous la même clé est refusé (422).": _autre_corps,
}


def parcourir(appeler: Appeler, corps: Mapping[str, Any]) -> dict[str, bool]:
    """Whether each sentence is true there. ``corps``: a registration that the guichet may make."""
    return {phrase: jouer(appeler, corps) for phrase, jouer in PARCOURS.items()}


def dire(faits: Mapping[str, bool]) -> str:
    """The report, in French."""
    lignes = [f"{'tenu' if tenu else 'manqué':<7} {phrase}" for phrase, tenu in faits.items()]
    manques = sum(not tenu for tenu in faits.values())
    return "\n".join([*lignes, f"{manques} point(s) à corriger." if manques else "Conforme."]) + "\n"
