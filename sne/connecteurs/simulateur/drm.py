"""The monthly resources: what is said of somebody hangs on the last digits of the NIR, the same at each call."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sne.connecteurs.simulateur.travers import Reponse, en_json

INCONNU, DISCORDANT = "190019999904519", "285045999912999"
AUTRE = "299019999900096"
CHEMIN = "v1/ressources-mensuelles"


class Ressources:
    """The service."""

    def repondre(self, chemin: str, _: Mapping[str, str], corps: Any, travers: str) -> Reponse:
        """``POST /v1/ressources-mensuelles``."""
        if chemin.strip("/") != CHEMIN:
            return _erreur(404, "00404", "Ressource inconnue")
        try:
            nir, identite, periode = corps["nir"], corps["identite"], corps["periode"]
            mois = _mois(periode["debut"], periode["fin"])
            connu = bool(identite["nom_naissance"] and identite["date_naissance"])
        except (KeyError, TypeError, ValueError):
            return _erreur(400, "DRM-400", "Demande mal formée")
        if nir == INCONNU:
            return _erreur(404, "DRM-404-NIR", "NIR inconnu")
        if nir == DISCORDANT or not connu:
            return _erreur(409, "DRM-409-IDENTITE", "Discordance d’identité")
        if nir[:1] not in {"1", "2"}:
            return _erreur(422, "DRM-422-NIR-PROVISOIRE", "NIR provisoire")
        le = date(2099, 1, 1) if travers == "futur" else datetime.now(UTC).date()
        donnees = {
            "nir": AUTRE if travers == "autre" else nir,
            "identite_concordante": True,
            "date_extraction": le.isoformat(),
            "periode": periode,
            "mois": [_un_mois(m, nir, rang) for rang, m in enumerate(mois)],
        }
        meta = {"provider": "CNAV", "request_id": "00000000-0000-4000-8000-0000000000d1"}
        return en_json(200, {"data": donnees, "links": {}, "meta": meta})


def _mois(debut: str, fin: str) -> list[str]:
    """Newest first."""
    de, a = (int(x[:4]) * 12 + int(x[5:7]) - 1 for x in (debut, fin))
    return [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(a, de - 1, -1)]


def _un_mois(mois: str, nir: str, rang: int) -> dict[str, Any]:
    """Somebody in ten has nothing, somebody in ten a declared zero; the newest month has often not come yet."""
    tirage = int(nir[-3:])
    if rang == 0 and tirage % 2:
        return _vide(mois, "NON_REMONTE")
    if tirage % 10 == 4:
        return _vide(mois, "AUCUNE_DONNEE")
    salaire = 0 if tirage % 10 == 6 else 90_000 + tirage * 97
    lignes = [("SALAIRE", "Salaire et assimilé", "DSN", salaire)]
    if tirage % 5 == 3:
        lignes.append(("INDEMNITES_JOURNALIERES", "Indemnités journalières maladie", "PASRAU", 21_000))
    return {
        "mois": mois,
        "statut": "PRESENT",
        "total_net_verse": _euros(sum(ligne[3] for ligne in lignes)),
        "ressources": [
            {
                "nature": nature,
                "libelle": libelle,
                "source": source,
                "montant_net_verse": _euros(centimes),
                "devise": "EUR",
            }
            for nature, libelle, source, centimes in lignes
        ],
    }


def _vide(mois: str, statut: str) -> dict[str, Any]:
    return {"mois": mois, "statut": statut, "total_net_verse": None, "ressources": []}


def _euros(centimes: int) -> str:
    return f"{centimes // 100}.{centimes % 100:02d}"


def _erreur(statut: int, code: str, titre: str) -> Reponse:
    erreur = {"code": code, "title": titre, "detail": titre, "source": None, "meta": {"provider": "CNAV"}}
    return en_json(statut, {"errors": [erreur]})
