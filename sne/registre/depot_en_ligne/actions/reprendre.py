"""What was begun before any number, found again: by a code in a session that is open, or in the same browser."""

import uuid
from datetime import datetime

from django.db import transaction

from sne.cellules.routage import ANNUAIRE, cellules, dans, lister_partout
from sne.demandeurs.actions import confier_courriels, prouver_courriel, trouver_l_acces
from sne.demandeurs.rules.codes import CourrielProuve
from sne.demandeurs.selectors import has_courriels_seuls
from sne.registre.depot_en_ligne.selectors.envois import list_envois
from sne.registre.modification.actions.brouillons import reprendre_commencees


def prouver_le_sien(compte: uuid.UUID, prouve: CourrielProuve, *, survenu_le: datetime) -> None:
    """A code proved an e-mail in a session of this account: what was begun with it, under no other proof, is this
    account’s from now on. An e-mail that is equal, without its code, gives nothing.
    """
    acces = trouver_l_acces(prouve, survenu_le=survenu_le)
    if acces is not None and acces.compte_id != compte:
        rejoindre(acces.compte_id, compte)
    prouver_courriel(compte, prouve, survenu_le=survenu_le)


def rejoindre(de: uuid.UUID, par: uuid.UUID) -> None:
    """Give an account what the same person began under another, that an e-mail alone opens. What was sent stays where
    it was sent from.

    One transaction a cell, the directory's last, with what leads there: cut before, it is done again.
    """
    if de == par or lister_partout(lambda: list_envois(de)) or not has_courriels_seuls(de):
        return
    for cellule in reversed(cellules()):
        with dans(cellule), transaction.atomic():
            if cellule != ANNUAIRE or confier_courriels(de, par):
                reprendre_commencees(de, par)
