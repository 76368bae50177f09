"""The one writer of answers: rows of many demandes and their entries, in place of those of before."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection
from pydantic_core import to_json

from sne.connecteurs.drm.rules.mois import Mois
from sne.journal.actions import en_json
from sne.registre.demande.actions.dire import entree_de
from sne.registre.demande.models.demande import Demande
from sne.registre.ressources.actions.oublier import retirer
from sne.registre.ressources.rules.montrer import Appel
from sne.registre.ressources.rules.stockage import en_colonnes
from sne.registre.ressources.selectors import list_remplaces
from sne.registre.ressources.verbes import VerbeRessources
from sne.socle.acte import Acte
from sne.socle.identifiants import uuid7

ECRIRE = """
WITH appels AS (
    INSERT INTO appel_ressources (id, territoire, demande_id, repondu, empreinte, survenu_le)
    SELECT id, territoire, demande_id, repondu, empreinte, survenu_le
    FROM jsonb_populate_recordset(NULL::appel_ressources, %s)
), mois AS (
    INSERT INTO ressource_mensuelle
        (id, territoire, demande_id, appel_id, mois, etat, raison, montant, natures)
    SELECT id, territoire, demande_id, appel_id, mois, etat, raison, montant, natures
    FROM jsonb_populate_recordset(NULL::ressource_mensuelle, %s)
)
SELECT count(*) FROM journal_inscrire_en_lot(%s)
"""


class Declenchement(StrEnum):
    """Why the source is asked."""

    GUICHET = "GUICHET"
    SUITE = "SUITE"  # of an act: registered, renewed, a number given
    MENSUEL = "MENSUEL"


@dataclass(frozen=True, slots=True)
class Dite:
    """What the source said about one demande, which is locked, and the fingerprint that it was asked with."""

    demande: Demande
    empreinte: bytes
    mois: tuple[Mois, ...]


def ecrire(dites: Sequence[Dite], *, declenchement: Declenchement, acte: Acte) -> list[uuid.UUID]:
    """Rows of these answers and their entries, in one statement; the new calls, in the same order."""
    appels = [_appel(dite, acte) for dite in dites]
    retirer(list_remplaces({d.demande.id: a["repondu"] for d, a in zip(dites, appels, strict=True)}))
    entrees = [
        entree_de(
            VerbeRessources.DEMANDER_RESSOURCES,
            dite.demande,
            acte=acte,
            faits={
                "appel": str(appel["id"]),
                "declenchement": declenchement.value,
                "repondu": appel["repondu"],
            },
        )
        for appel, dite in zip(appels, dites, strict=True)
    ]
    mois = [_mois(appel, m) for appel, dite in zip(appels, dites, strict=True) for m in dite.mois]
    lignes = (appels, mois, [en_json(entree) for entree in entrees])
    with connection.cursor() as curseur:
        curseur.execute(ECRIRE, [to_json(part).decode() for part in lignes])
    return [appel["id"] for appel in appels]


def _appel(dite: Dite, acte: Acte) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "territoire": dite.demande.territoire,
        "demande_id": dite.demande.id,
        "repondu": Appel(acte.survenu_le, dite.empreinte, dite.mois).repondu,
        "empreinte": f"\\x{dite.empreinte.hex()}",
        "survenu_le": acte.survenu_le,
    }


def _mois(appel: Mapping[str, Any], mois: Mois) -> dict[str, Any]:
    colonnes = en_colonnes(mois)
    return {
        "id": uuid7(),
        "territoire": appel["territoire"],
        "demande_id": appel["demande_id"],
        "appel_id": appel["id"],
        "mois": colonnes.mois,
        "etat": colonnes.etat,
        "raison": colonnes.raison,
        "montant": colonnes.montant,
        "natures": colonnes.natures,
    }
