"""People who were on a demande of another territory and are not any more: looked for at a door or by night; and who may
know of it.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sne.cellules.routage import lister_joignables
from sne.referentiels.rules import Parametres
from sne.registre.demande.models.demande import Demande
from sne.registre.doublons.parametres import ParametresDoublons
from sne.registre.doublons.selectors.balayage import ANCIENS_PAR_LOT, ClesCommunes
from sne.registre.doublons.selectors.proches import LIMITE, PersonneCherchee, en_lignes, raisons_de
from sne.registre.doublons.selectors.requetes import (
    A_CHERCHER,
    AILLEURS_A_LA_PORTE,
    AILLEURS_D_UNE_CELLULE,
    AILLEURS_LA_NUIT,
)
from sne.registre.enquete import policies
from sne.registre.enquete.models.enquete import ElementEnquete
from sne.socle.acteur import Acteur
from sne.socle.lignes import lire_lignes
from sne.socle.replique import connection


@dataclass(frozen=True, slots=True)
class AncienAilleurs:
    """An identity left in ``territoire``, which somebody who is on ``recente`` in another territory bore.

    ``recente`` is ``None`` for somebody who signs in without a demande.
    """

    demande_id: uuid.UUID
    territoire: str
    identite_id: uuid.UUID
    recente: uuid.UUID | None
    raisons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeuilsAilleurs:
    """From which score somebody is recognised, and from which one they are still on the older demande."""

    reconnu: float
    present: float


@dataclass(frozen=True, slots=True)
class EnqueteAilleurs:
    """What a territory may know of an enquiry of another one about a person of its demande: that there is one."""

    territoire: str
    ouvert_le: datetime


def seuils_ailleurs(parametres: Parametres) -> SeuilsAilleurs:
    """Both thresholds in force."""
    return SeuilsAilleurs(
        float(parametres[ParametresDoublons].seuil_ancien_ailleurs),
        float(parametres[ParametresDoublons].seuil_doublon_justification),
    )


def reconnaitre_ailleurs(
    personnes: Sequence[PersonneCherchee],
    *,
    territoire: str,
    recente: uuid.UUID | None,
    jour: date,
    seuils: SeuilsAilleurs,
) -> tuple[AncienAilleurs, ...]:
    """Identities left in the other territories that these adults bore, on demandes registered by ``jour``."""
    trouves, _ = _chercher(
        AILLEURS_A_LA_PORTE,
        seuils,
        personnes=en_lignes(personnes),
        territoire=territoire,
        recente=recente,
        jour=jour,
        dates=[],
        limite=LIMITE,
    )
    return trouves


def chercher_anciens_ailleurs(
    territoire: str, *, apres: str, jusqua: str, seuils: SeuilsAilleurs, communes: ClesCommunes
) -> tuple[tuple[AncienAilleurs, ...], int]:
    """The same of every adult of a slice of the territory, the closest first; and how many wait for the next sweep."""
    return _chercher(
        AILLEURS_LA_NUIT,
        seuils,
        territoire=territoire,
        apres=apres,
        jusqua=jusqua,
        dates=list(communes.dates),
        limite=ANCIENS_PAR_LOT,
    )


def lire_a_chercher(territoire: str, *, apres: str, jusqua: str) -> str:
    """Every adult of a slice of the territory (JSON), for another cell to look for."""
    with connection.cursor() as curseur:
        curseur.execute(A_CHERCHER, {"territoire": territoire, "apres": apres, "jusqua": jusqua})
        return str(curseur.fetchone()[0])


def chercher_pour_une_cellule(
    personnes: str, territoire: str, *, seuils: SeuilsAilleurs, communes: ClesCommunes
) -> tuple[AncienAilleurs, ...]:
    """:func:`chercher_anciens_ailleurs` among what this cell holds, of the people of a territory of another one."""
    trouves, _ = _chercher(
        AILLEURS_D_UNE_CELLULE,
        seuils,
        personnes=personnes,
        territoire=territoire,
        dates=list(communes.dates),
        limite=ANCIENS_PAR_LOT,
    )
    return trouves


def list_enquetes_ailleurs(demande_id: uuid.UUID, acteur: Acteur) -> tuple[EnqueteAilleurs, ...]:
    """Open enquiries of other territories about somebody of this demande, in whichever cell answers: one that is away
    does not close the page of a demande that it does not hold. None for a counter.
    """
    if not Demande.objects.filter(policies.scope_des_enquetes(acteur), id=demande_id).exists():
        return ()
    preuves = ElementEnquete.objects.filter(ailleurs=demande_id, enquete__clos_le=None)
    dites, _ = lister_joignables(
        lambda: preuves.values_list("enquete__ouvert_le", "enquete__territoire").distinct()
    )
    return tuple(EnqueteAilleurs(territoire, ouvert_le) for ouvert_le, territoire in sorted(dites))


def _chercher(
    requete: str, seuils: SeuilsAilleurs, **parametres: Any
) -> tuple[tuple[AncienAilleurs, ...], int]:
    lignes = lire_lignes(requete, {**parametres, "seuil": seuils.reconnu, "seuil_present": seuils.present})
    trouves = tuple(
        AncienAilleurs(
            demande_id=ligne["demande"],
            territoire=ligne["territoire"],
            identite_id=ligne["identite"],
            recente=ligne["recente"],
            raisons=raisons_de(ligne),
        )
        for ligne in lignes
    )
    return trouves, lignes[0]["total"] - len(trouves) if lignes else 0
