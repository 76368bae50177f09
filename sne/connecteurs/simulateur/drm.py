"""The monthly resources: what is said of somebody hangs on the last digits of the NIR, the same at each call."""

from collections.abc import Mapping
from typing import Any

from sne.connecteurs.simulateur.travers import Reponse, en_json

INCONNU, DISCORDANT = "190019999904519", "285045999912999"
AUTRE = "299019999900096"
CHEMIN, LOTS = "v1/ressources-mensuelles", "v1/lots"
PAR_PAGE = 500


class Ressources:
    """The service; ``lots``: those it received, by their key."""

    def __init__(self) -> None:
        self.lots: dict[str, Any] = {}

    def repondre(self, chemin: str, parametres: Mapping[str, str], corps: Any, travers: str) -> Reponse:
        """``POST /v1/ressources-mensuelles``, ``POST /v1/lots``, ``GET /v1/lots/…``."""
        chemin = chemin.strip("/")
        if chemin.startswith(LOTS):
            return self._lot(chemin.removeprefix(LOTS).strip("/").split("/"), parametres, corps, travers)
        if chemin != CHEMIN:
            return _erreur(404, "00404", "Ressource inconnue")
        return self._une_personne(corps, travers)

    def _lot(self, reste: list[str], parametres: Mapping[str, str], corps: Any, travers: str) -> Reponse:
        cle, *suite = reste
        if corps is not None:
            self.lots[corps["lot_id"]] = corps
            return en_json(202, {"lot_id": corps["lot_id"], "statut": "RECU"})
        lot = self.lots.get(cle)
        if lot is None:
            return _erreur(404, "DRM-404-LOT", "Lot inconnu")
        if not suite:
            return en_json(200, {"lot_id": cle, "statut": "REJETE" if travers == "rejet" else "TERMINE"})
        page = int(parametres.get("page", "1"))
        debut, fin = (page - 1) * PAR_PAGE, page * PAR_PAGE
        mois = _mois(lot["periode"]["debut"], lot["periode"]["fin"])
        suivante = page + 1 if fin < len(lot["demandes"]) else None
        resultats = [resultat(d, mois) for d in lot["demandes"][debut:fin]]
        return en_json(200, {"lot_id": cle, "resultats": resultats, "suivante": suivante})

    def _une_personne(self, corps: Any, travers: str) -> Reponse:
        try:
            nir, identite, periode = corps["nir"], corps["identite"], corps["periode"]
            mois = _mois(periode["debut"], periode["fin"])
            connu = bool(identite["nom_naissance"] and identite["date_naissance"])
        except (KeyError, TypeError, ValueError):
            return _erreur(400, "DRM-400", "Demande mal formée")
        if travers == "normal" and _en_panne(nir):
            return _erreur(503, "DRM-503", "Service indisponible")
        if _inconnu(nir):
            return _erreur(404, "DRM-404-NIR", "NIR inconnu")
        if _discordant(nir) or not connu:
            return _erreur(409, "DRM-409-IDENTITE", "Discordance d’identité")
        if nir[:1] not in {"1", "2"}:
            return _erreur(422, "DRM-422-NIR-PROVISOIRE", "NIR provisoire")
        apres = _mois(periode["fin"], "2099-12")[
            -2
        ]  # drawn as soon as the last month is over, whatever the clock says
        le = "2099-01-01" if travers == "futur" else f"{apres}-01"
        donnees = {
            "nir": AUTRE if travers == "autre" else nir,
            "identite_concordante": True,
            "date_extraction": le,
            "periode": periode,
            "mois": [_un_mois(m, nir, rang) for rang, m in enumerate(mois)],
        }
        meta = {"provider": "CNAV", "request_id": "00000000-0000-4000-8000-0000000000d1"}
        return en_json(200, {"data": donnees, "links": {}, "meta": meta})


def _inconnu(nir: str) -> bool:
    return nir == INCONNU or int(nir[-3:]) % 25 == 7


def _en_panne(nir: str) -> bool:
    """Somebody about whom it never manages to answer."""
    return int(nir[-3:]) % 25 == 21


def _discordant(nir: str) -> bool:
    return nir == DISCORDANT or int(nir[-3:]) % 25 == 12


def resultat(demande: Any, mois: list[str]) -> dict[str, Any]:
    """One line of a lot."""
    nir, ref = demande["nir"], demande["ref"]
    if _inconnu(nir):
        return {"ref": ref, "statut": "NIR_INCONNU", "mois": []}
    if _en_panne(nir):
        return {"ref": ref, "statut": "ERREUR", "mois": []}
    if _discordant(nir):
        return {"ref": ref, "statut": "DISCORDANCE_IDENTITE", "mois": []}
    return {"ref": ref, "statut": "OK", "mois": [_un_mois(m, nir, rang) for rang, m in enumerate(mois)]}


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
