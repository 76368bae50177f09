"""The one writer of answers: rows of many demandes and their entries, in place of those of before."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sne.connecteurs.drm.rules.mois import Mois
from sne.journal.actions import inscrire_en_lot
from sne.registre.demande.actions.dire import entree_de
from sne.registre.demande.models.demande import Demande
from sne.registre.ressources.actions.oublier import retirer
from sne.registre.ressources.models import AppelRessources, RessourceMensuelle
from sne.registre.ressources.rules.montrer import Appel
from sne.registre.ressources.rules.stockage import en_colonnes
from sne.registre.ressources.selectors import list_remplaces
from sne.registre.ressources.verbes import VerbeRessources
from sne.socle.acte import Acte


class Declenchement(StrEnum):
    """Why the source is asked."""

    GUICHET = "GUICHET"
    SUITE = "SUITE"  # of an act: registered, renewed, of another identity
    MENSUEL = "MENSUEL"


@dataclass(frozen=True, slots=True)
class Dite:
    """What the source said about one demande, which is locked, and the fingerprint that it was asked with."""

    demande: Demande
    empreinte: bytes
    mois: tuple[Mois, ...]


def ecrire(dites: Sequence[Dite], *, declenchement: Declenchement, acte: Acte) -> list[uuid.UUID]:
    """Rows of these answers and their entries; the new calls, in the same order."""
    appels = [
        AppelRessources(
            territoire=dite.demande.territoire,
            demande=dite.demande,
            repondu=Appel(acte.survenu_le, dite.empreinte, dite.mois).repondu,
            empreinte=dite.empreinte,
            survenu_le=acte.survenu_le,
        )
        for dite in dites
    ]
    retirer(list_remplaces({appel.demande_id: appel.repondu for appel in appels}))
    AppelRessources.objects.bulk_create(appels)
    RessourceMensuelle.objects.bulk_create(
        _ligne(appel, mois) for appel, dite in zip(appels, dites, strict=True) for mois in dite.mois
    )
    inscrire_en_lot(
        [
            entree_de(
                VerbeRessources.DEMANDER_RESSOURCES,
                dite.demande,
                acte=acte,
                faits={
                    "appel": str(appel.id),
                    "declenchement": declenchement.value,
                    "repondu": appel.repondu,
                },
            )
            for appel, dite in zip(appels, dites, strict=True)
        ]
    )
    return [appel.id for appel in appels]


def _ligne(appel: AppelRessources, mois: Mois) -> RessourceMensuelle:
    colonnes = en_colonnes(mois)
    return RessourceMensuelle(
        territoire=appel.territoire,
        demande_id=appel.demande_id,
        appel=appel,
        mois=colonnes.mois,
        etat=colonnes.etat,
        raison=colonnes.raison,
        montant=colonnes.montant,
        natures=list(colonnes.natures),
    )
