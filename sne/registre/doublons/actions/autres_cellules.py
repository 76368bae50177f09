"""People of a territory who were on a demande that another cell holds: looked for there by night, slice by slice.

The door asks its own cell alone: nothing national is on the way of a registration, and nobody there is told of it.
"""

import logging

from django.db import Error, transaction
from psycopg_pool import PoolTimeout

from sne.cellules.routage import cellules, d_ici, dans, ici
from sne.registre.doublons.actions.signaler import Rencontre, inscrire_reconnue_ailleurs, lock_demandes
from sne.registre.doublons.selectors.anciens_ailleurs import (
    SeuilsAilleurs,
    chercher_pour_une_cellule,
    lire_a_chercher,
)
from sne.registre.doublons.selectors.balayage import ClesCommunes
from sne.registre.enquete.rules.enquete import OrigineEnquete
from sne.socle.acte import Acte
from sne.socle.connexions import est_fermee, est_une_coupure

lignes = logging.getLogger("sne.cellules")


def reconnaitre_dans_les_autres(
    territoire: str, *, apres: str, jusqua: str, seuils: SeuilsAilleurs, communes: ClesCommunes, acte: Acte
) -> None:
    """Enquiries in the other cells, each in a transaction there; one that is away, or where a territory has just
    closed, is asked again the next night.
    """
    personnes = lire_a_chercher(territoire, apres=apres, jusqua=jusqua)
    for cellule in cellules():
        if cellule == ici():
            continue
        try:
            with dans(cellule), transaction.atomic():
                anciens = chercher_pour_une_cellule(personnes, territoire, seuils=seuils, communes=communes)
                tenus = d_ici({ancien.territoire for ancien in anciens})
                lus = [ancien for ancien in anciens if ancien.territoire in tenus]
                presentes = lock_demandes(ancien.demande_id for ancien in lus)
                for ancien in (a for a in lus if a.demande_id in presentes):
                    rencontre = Rencontre(OrigineEnquete.VICTIME_POSSIBLE, territoire, ancien.recente, acte)
                    inscrire_reconnue_ailleurs(ancien, rencontre)
        except (Error, PoolTimeout) as exc:
            if not (est_une_coupure(exc) or est_fermee(exc)):
                raise
            lignes.warning("cellule_absente", extra={"cellule": cellule, "erreur": type(exc).__name__})
