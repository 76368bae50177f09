"""What the École has before its first vendor, by the owner of the tables: ``python -m sne.ecole.preparation``."""

from datetime import date
from typing import Any

import django
from django.db.models import Model

OUVERTURE = "2011-03-28"  # of the guichets


def charger_bacs(codes: range, *, le: date) -> None:
    """The territories reserved to bacs, their communes, two guichets and a series of numbers. Owner; idempotent."""
    from sne.ecole.rules import bacs
    from sne.referentiels import models as m
    from sne.referentiels.actions.synchroniser import Portee, synchroniser
    from sne.referentiels.rules.territoires import Echelon
    from sne.referentiels.selectors import oublier
    from sne.registre.demande.actions.territoires import ouvrir_territoires

    base: dict[str, Any] = {"debut": None, "fin": None, "fictif": True}
    tous = [bacs.code_de(n) for n in codes]
    communes = _communes(tous, codes.start, base)
    tables: list[tuple[type[Model], tuple[str, ...], list[dict[str, Any]]]] = [
        (
            m.Territoire,
            ("code",),
            [
                {
                    "code": b,
                    "nom": f"Bac {b}",
                    "echelon": Echelon.DEPARTEMENTAL.value,
                    "fuseau": bacs.FUSEAU,
                    **base,
                }
                for b in tous
            ],
        ),
        (
            m.Departement,
            ("code",),
            [
                {
                    "code": bacs.departement_de(b, codes.start),
                    "nom": f"Bac {b}",
                    "region_id": bacs.REGION,
                    "territoire_id": b,
                    **base,
                }
                for b in tous
            ],
        ),
        (m.Commune, ("code",), communes),
        (
            m.CodePostal,
            ("code", "commune_id"),
            [
                {"code": bacs.code_postal_de(b), "commune_id": c, **base}
                for b in tous
                for c in bacs.communes_de(b, codes.start)
            ],
        ),
        (m.Guichet, ("id",), [g for b in tous for g in _guichets(b, codes.start, base)]),
    ]
    for modele, cle, lignes in tables:
        synchroniser(modele, lignes, cle=cle, le=le, clore=Portee.AUCUNE, using="default")
    oublier()
    ouvrir_territoires()


def _communes(tous: list[str], premier: int, base: dict[str, Any]) -> list[dict[str, Any]]:
    from sne.ecole.rules import bacs
    from sne.referentiels.rules.normalisation import normaliser_lieu

    return [
        {
            "code": code,
            "nom": nom,
            "nom_normalise": normaliser_lieu(nom),
            "departement_id": bacs.departement_de(bac, premier),
            "parent_id": None,
            "epci_id": None,
            "ept_id": None,
            "population": 12_000,
            **base,
        }
        for bac in tous
        for code, nom in zip(bacs.communes_de(bac, premier), bacs.COMMUNES, strict=True)
    ]


def _guichets(bac: str, premier: int, base: dict[str, Any]) -> list[dict[str, Any]]:
    from sne.ecole.rules import bacs

    ceux_du_bac = (
        (bacs.guichet_de(bac), f"Guichet du bac {bac}", bacs.ORGANISME),
        (bacs.guichet_bailleur_de(bac), f"Bailleur du bac {bac}", bacs.BAILLEUR),
    )
    return [
        {
            **dict.fromkeys(("voie", "code_postal", "horaires", "courriel", "telephone"), ""),
            "id": bac + code,
            "territoire": bac,
            "code": code,
            "libelle": libelle,
            "organisme_id": organisme,
            "commune_id": bacs.communes_de(bac, premier)[0],
            "saisit_directement": True,
            "systeme_interface": True,
            **base,
            "debut": OUVERTURE,
        }
        for code, libelle, organisme in ceux_du_bac
    ]


def main() -> None:
    """Tables, reference data, the fictional territory that the body of bacs is of, the bacs."""
    django.setup()
    from django.core.management import call_command

    from sne.ecole.parametres import ParametresEcole
    from sne.referentiels.actions import charger_demonstration, charger_referentiels
    from sne.referentiels.selectors import get_parametres
    from sne.socle.horloge import aujourd_hui

    call_command("migrate", verbosity=0, interactive=False)
    charger_referentiels()
    charger_demonstration()
    parametres = get_parametres(aujourd_hui())[ParametresEcole]
    charger_bacs(range(parametres.ecole_bac_premier, parametres.ecole_bac_dernier + 1), le=aujourd_hui())


if __name__ == "__main__":
    main()
