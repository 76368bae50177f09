"""The search of companies, on a few that do not exist: open, closed, partly hidden, with several establishments."""

from collections.abc import Mapping
from typing import Any

from sne.connecteurs.simulateur.ban import simple
from sne.connecteurs.simulateur.travers import Reponse, en_json

PAR_PAGE, PAR_PAGE_MAX = 10, 25


def _etablissement(siret: str, adresse: str, commune: tuple[str, str, str], **changes: Any) -> dict[str, Any]:
    code, code_postal, libelle = commune
    return {
        "siret": siret,
        "adresse": adresse,
        "code_postal": code_postal,
        "commune": code,
        "libelle_commune": libelle,
        "etat_administratif": "A",
        "date_fermeture": None,
        "est_siege": False,
        "liste_enseignes": None,
        "latitude": "50.6365",
        "longitude": "3.0573",
        "statut_diffusion_etablissement": "O",
        **changes,
    }


def _entreprise(
    siren: str, nom: str, siege: dict[str, Any], *autres: dict[str, Any], **changes: Any
) -> dict[str, Any]:
    return {
        "siren": siren,
        "nom_complet": nom,
        "nom_raison_sociale": nom,
        "etat_administratif": "A",
        "date_fermeture": None,
        "nature_juridique": "5710",
        "statut_diffusion": "O",
        "siege": {**siege, "est_siege": True},
        "matching_etablissements": [{**siege, "est_siege": True}, *autres],
        **changes,
    }


LILLE, AURETTE = ("59350", "59000", "LILLE"), ("99001", "99000", "AURETTE-LA-VILLE")
CONNUES = (
    _entreprise(
        "999000003",
        "OFFICE PUBLIC HABITAT FICTIF (OPHF)",
        _etablissement("99900000300015", "1 PLACE DU SPECIMEN 59000 LILLE", LILLE),
        _etablissement("99900000300023", "8 RUE DES SPECIMENS FICTIFS 59000 LILLE", LILLE),
        nature_juridique="4140",
    ),
    _entreprise(
        "999000169",
        "MANUFACTURE D’AURETTE",
        _etablissement("99900016900014", "2 RUE DES FORGES 99000 AURETTE-LA-VILLE", AURETTE),
        _etablissement(
            "99900016900022",
            "9 QUAI DES GABARES 99000 AURETTE-LA-VILLE",
            AURETTE,
            etat_administratif="F",
            date_fermeture="2024-06-30",
        ),
    ),
    _entreprise(
        "999000011",
        "HABITAT VAL-D’AURETTE",
        _etablissement("99900001100018", "14 AVENUE DES TILLEULS 99000 AURETTE-LA-VILLE", AURETTE),
        nature_juridique="4140",
    ),
    _entreprise(
        "999000508",
        "FILATURE DISPARUE",
        _etablissement(
            "99900050800013",
            "3 RUE DU LAVOIR 99000 AURETTE-LA-VILLE",
            AURETTE,
            etat_administratif="F",
            date_fermeture=None,
        ),
        etat_administratif="C",
        date_fermeture="2023-12-31",
    ),
    _entreprise(
        "999000516",
        "[ND] [ND]",
        _etablissement(
            "99900051600016", "[ND] 99000 AURETTE-LA-VILLE", AURETTE, statut_diffusion_etablissement="P"
        ),
        statut_diffusion="P",
        nature_juridique="1000",
    ),
)


class Entreprises:
    """The service."""

    def repondre(self, chemin: str, parametres: Mapping[str, str], _: Any, travers: str) -> Reponse:
        """``/search`` as it is documented; nine or fourteen digits silence every other filter."""
        if chemin.strip("/") != "search":
            return en_json(404, {"erreur": "Not found"})
        q = simple(parametres.get("q", "")).strip()
        if len(q) < 3:
            return en_json(400, {"erreur": "Veuillez indiquer au moins un paramètre de recherche."})
        trouvees = [_reduite(e, q) for e in CONNUES if _repond(e, q, parametres.get("code_commune", ""))]
        if travers == "autre":
            trouvees = [CONNUES[1] if trouvees[:1] != [CONNUES[1]] else CONNUES[0]]
        par_page = min(int(parametres.get("per_page", PAR_PAGE)), PAR_PAGE_MAX)
        page = {
            "results": trouvees[:par_page],
            "total_results": len(trouvees),
            "page": 1,
            "per_page": par_page,
        }
        return en_json(200, {**page, "total_pages": -(-len(trouvees) // par_page)})


def _repond(e: Mapping[str, Any], q: str, commune: str) -> bool:
    if q.isdigit() and len(q) == 9:
        return bool(e["siren"] == q)
    if q.isdigit() and len(q) == 14:
        return any(v["siret"] == q for v in e["matching_etablissements"])
    nom = f" {simple(e['nom_complet'])}"
    ici = not commune or any(v["commune"] == commune for v in e["matching_etablissements"])
    return ici and all(f" {mot}" in nom for mot in q.split())


def _reduite(e: dict[str, Any], q: str) -> dict[str, Any]:
    """Of a SIRET, the establishment that has it."""
    if len(q) != 14 or not q.isdigit():
        return e
    return {**e, "matching_etablissements": [v for v in e["matching_etablissements"] if v["siret"] == q]}
