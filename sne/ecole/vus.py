"""What is kept of a call, for its software to be judged: fingerprints, codes, yes or no; nothing of the household."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from sne.api import middleware as rest
from sne.api.cle_d_acte import ENTETE as CLE
from sne.conventions import certificat
from sne.ecole import scenarios
from sne.ecole.actions.pack import acteur_du_bac
from sne.ecole.actions.traces import AppelVu
from sne.ecole.fantomes import NUD_DU_MESSAGE
from sne.ecole.models import Bac
from sne.ecole.rules.affichage import compter_faux, lire_affichage
from sne.ecole.rules.conformite import SOAP
from sne.ecole.rules.scenarios import Scenario
from sne.registre.demande.selectors.existence import get_demande_id, get_revision
from sne.socle.erreurs import Refus

AFFICHAGE = "SNE-Affichage"
FICHIER = re.compile(rb"<(?:\w+:)?interfaceNuu[ >].*</(?:\w+:)?interfaceNuu>", re.DOTALL)
DATE_DU_FICHIER = re.compile(rb"<(?:\w+:)?dateFichier>[^<]*<")
GENRE = re.compile(rb"<(?:\w+:)?typeFichier>(\w{3})<")
OPERATION = re.compile(rb"<(?:\w+:)?(\w+)Parametres[ >/]")
ANOMALIE = re.compile(rb'anomalie [^>]*code="(\w+)"')
FORCE = re.compile(rb"<(?:\w+:)?forcerDoublon>(?:true|1)<")
"""Of the messages, whichever prefix they bear."""


def decrire(
    request: HttpRequest,
    reponse: HttpResponse,
    corps: bytes,
    scenario: Scenario | None,
    *,
    avant: int,
    apres: int,
) -> AppelVu:
    """The call and its answer. ``avant``, ``apres``: revision of the demande of a message around it; 0 for none."""
    soap = not rest.est_de_l_interface(request)
    route = request.resolver_match.route if request.resolver_match else ""
    message = FICHIER.search(corps) if soap else None
    octets = message[0] if message else corps
    objet = request.get_full_path() + nud_du_message(corps) if soap else request.get_full_path()
    faits = _faits_d_un_message(reponse, octets, avant, apres) if soap else _faits(request, reponse, corps)
    return AppelVu(
        methode=str(request.method),
        route=f"{SOAP}{_genre(corps)}" if soap else route,
        statut=reponse.status_code,
        objet=_empreinte(objet.encode()),
        cle=_empreinte(request.headers.get(CLE, "").encode()),
        corps=_empreinte(octets),
        agent=request.headers.get("SNE-Agent", "")[:64],
        revision=request.headers.get("If-Match", "")[:16],
        scenario=scenario.nom if scenario else "",
        faits={
            **faits,
            "attendre": int(reponse.headers.get("Retry-After", "0") or 0),
            "certificat": (certificat.empreinte(request.META) or b"").hex()[:16],
            "nir_dans_l_adresse": scenarios.a_un_nir(request.get_full_path()),
        },
    )


def nud_du_message(corps: bytes) -> str:
    """The number that a message names; empty for none."""
    trouve = NUD_DU_MESSAGE.search(corps)
    return trouve[1].decode() if trouve else ""


def revision_de(corps: bytes, bac: Bac) -> int:
    """That of the demande which a message names, now; 0 for none."""
    acteur = acteur_du_bac(bac.territoire)
    try:
        return get_revision(get_demande_id(nud_du_message(corps), acteur), acteur=acteur)
    except Refus:
        return 0


def _genre(corps: bytes) -> str:
    """The kind of a message that changes something, else its operation."""
    genre, operation = GENRE.search(corps), OPERATION.search(corps)
    trouve = genre if genre and b"numUniqueParametres" in corps else operation
    return trouve[1].decode() if trouve else ""


def _faits_d_un_message(reponse: HttpResponse, octets: bytes, avant: int, apres: int) -> dict[str, Any]:
    codes = sorted({code.decode() for code in ANOMALIE.findall(reponse.content)})
    return {
        "codes": codes,
        "champs": apres - avant,
        "fond": _empreinte(DATE_DU_FICHIER.sub(b"", octets)),
        "doublons": FORCE.search(octets) is not None,
    }


def _faits(request: HttpRequest, reponse: HttpResponse, corps: bytes) -> Mapping[str, Any]:
    dits: dict[str, Any] = {
        "suivi": _empreinte(reponse.headers.get("Location", "").encode()),
        "etag": reponse.headers.get("ETag", ""),
        "doublons": b'"doublons"' in corps,
    }
    if not reponse.get("Content-Type", "").startswith("application/json") or reponse.streaming:
        return dits
    dit = json.loads(reponse.content or b"{}")
    data = dit.get("data")
    dits["codes"] = [e.get("code", "") for e in dit.get("errors", [])]
    dits["champs"] = len(data["champs"]) if isinstance(data, dict) and "champs" in data else -1
    if "/flux/" in request.path_info and isinstance(data, list):
        dits["flux"] = _lu_du_flux(request, data)
    if request.path_info.endswith("/ressources-mensuelles") and isinstance(data, dict):
        dits |= _montres(request, data["mois"])
    return dits


def _montres(request: HttpRequest, mois: list[Mapping[str, str]]) -> dict[str, Any]:
    """What the software says that it shows of these months, if it says so."""
    texte = request.headers.get(AFFICHAGE, "")
    if not texte:
        return {}
    return {"etats": [un["etat"] for un in mois], "faux": compter_faux(lire_affichage(texte), mois)}


def _lu_du_flux(request: HttpRequest, lignes: list[Mapping[str, Any]]) -> list[Any]:
    """Of which series, after which number, up to which one; nothing new: up to where it asked from."""
    apres = int(request.GET.get("apres", "0"))
    return [request.GET.get("serie", ""), apres, lignes[-1].get("numero", apres) if lignes else apres]


def _empreinte(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()[:16] if octets else ""
