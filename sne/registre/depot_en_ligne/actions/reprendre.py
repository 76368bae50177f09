"""What was begun before any number, found again: by a code in a session that is open, or in the same browser."""

import uuid
from datetime import datetime

from django.db import transaction

from sne.cellules.routage import ANNUAIRE, cellules, dans, lister_partout
from sne.demandeurs.actions import confier_courriels, prouver_courriel, trouver_l_acces
from sne.demandeurs.rules.codes import CourrielProuve
from sne.demandeurs.selectors import SessionLue, has_courriels_seuls
from sne.oidc.rules.identite import IdentitePivot
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


def reprendre_dans_le_navigateur(avant: SessionLue, identite: IdentitePivot, *, compte: uuid.UUID) -> None:
    """FranceConnect says who comes to a browser where somebody had come in by an e-mail (``avant``): what was begun
    there is this account’s when both were born on one day. A browser serves several people: else it stays where it is,
    and its code leads there.
    """
    prouve = avant.ouvrir().courriel
    if prouve is not None and prouve.depart.naissance == identite.birthdate:
        rejoindre(avant.compte, compte)


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
