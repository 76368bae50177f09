"""Trees that tests start from, real reference data of one day, and a way to change one field by its path."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sne.referentiels.rules import Nomenclatures, nomenclatures_par_defaut, parametres_par_defaut
from sne.registre.contenu.parametres import ParametresContenu
from sne.registre.contenu.rules import arbre

JOUR = date(2026, 11, 24)
LIMITES = parametres_par_defaut(JOUR)[ParametresContenu]
TERRITOIRES = {"2A004": "02A", "2A041": "02A", "2B033": "02B", "75056": "111", "97411": "974"}


@dataclass(frozen=True, slots=True)
class References:
    """The delivered nomenclatures, and a handful of communes."""

    nomenclatures: Nomenclatures
    territoire: str = "02A"

    def code_valide(self, liste: str, code: str) -> bool:
        return self.nomenclatures.valide(liste, code)

    def territoire_de_commune(self, code: str) -> str | None:
        return TERRITOIRES.get(code)


REFERENCES = References(nomenclatures_par_defaut(JOUR))
MINIMALE: dict[str, Any] = {
    "titulaire": "PERSONNE",
    "demandeur": {
        "identite": {
            "civilite": "2",
            "nom_naissance": "LECA",
            "prenoms": "Léa Marie",
            "date_naissance": "1987-03-02",
            "nationalite": "1",
        },
        "situation_familiale": "C",
        "adresse_courrier": {
            "numero": "12 bis",
            "voie": "cours Napoléon",
            "code_postal": "20000",
            "commune": "2A004",
        },
    },
    "souhaits": {
        "types_logement": ["T2"],
        "localisations": [{"commune": "2A004"}],
        "accepte_autres_communes": False,
    },
}
ASSOCIATION: dict[str, Any] = {
    "titulaire": "ASSOCIATION",
    "association": {
        "nom": "Un toit pour tous",
        "adresse_courrier": MINIMALE["demandeur"]["adresse_courrier"],
    },
    "souhaits": MINIMALE["souhaits"],
}
COTITULAIRE: dict[str, Any] = {
    "lien_demandeur": "M",
    "identite": {
        "civilite": "1",
        "nom_naissance": "ROSSI",
        "prenoms": "Paul",
        "date_naissance": "1985-06-30",
        "nationalite": "1",
    },
    "situation_familiale": "M",
}


def avec(base: dict[str, Any], **changements: Any) -> arbre.Contenu:
    """``base`` with some values replaced: ``avec(MINIMALE, souhaits__loyer_maximum=600)``; ``__`` goes
    one level down.
    """
    document = _copie(base)
    for chemin, valeur in changements.items():
        *etapes, nom = chemin.split("__")
        bloc = document
        for etape in etapes:
            bloc = bloc.setdefault(etape, {})
        bloc[nom] = valeur
    return arbre.Contenu.model_validate(document)


def _copie(valeur: Any) -> Any:
    if isinstance(valeur, dict):
        return {nom: _copie(element) for nom, element in valeur.items()}
    return [_copie(element) for element in valeur] if isinstance(valeur, list) else valeur


def minimale(**changements: Any) -> arbre.Contenu:
    """The least that may be registered, with some values replaced."""
    return avec(MINIMALE, **changements)
