"""Closing an account, by its person or once it is left: links, drafts and ways in end; no demande changes."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sne.cellules.routage import ANNUAIRE, cellule_de, cellules, dans
from sne.demandeurs.actions import acteur_de, fermer_compte
from sne.demandeurs.rules.niveaux import Geste, Voie
from sne.demandeurs.selectors import SessionLue, list_laisses
from sne.registre.demande.rules.rattachement import FinRattachement
from sne.registre.modification.actions.brouillons import effacer_brouillons
from sne.registre.rattachement.actions.rattacher import detacher
from sne.registre.rattachement.possible import exiger_geste
from sne.registre.rattachement.selectors.liens import list_sans_objet
from sne.registre.rattachement.selectors.visites import Visite
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require

REFUS = "Connectez-vous avec FranceConnect pour fermer votre compte."


def fermer_son_compte(session: SessionLue, visites: Sequence[Visite], *, survenu_le: datetime) -> None:
    """End each link of this account, erase what it was typing, then the account itself. Raises ``NonHabilite``.

    One transaction a cell, the directory's last, with the account: cut before, it is asked for again.
    """
    require(session.voie is Voie.FC, REFUS)
    for visite in visites:
        exiger_geste(Geste.FERMER_COMPTE, visite.presence)
    for cellule in reversed(cellules()):
        with dans(cellule), transaction.atomic():
            _quitter(session, [v for v in visites if cellule_de(v.lien.territoire) == cellule], survenu_le)
            if cellule == ANNUAIRE:
                fermer_compte(session.compte, acte=Acte(acteur_de(session.compte), survenu_le))


def _quitter(session: SessionLue, visites: Sequence[Visite], survenu_le: datetime) -> None:
    for visite in visites:
        acte = Acte(visite.acteur, survenu_le)
        detacher(visite.lien.id, de=visite.lien.demande_id, motif=FinRattachement.PERSONNE, acte=acte)
    effacer_brouillons(session.compte)


def fermer_les_laisses(par: Acteur, *, survenu_le: datetime) -> int:
    """Close the accounts that follow, type, send and help nothing, and that nobody signed in to for long; how many."""
    laisses = list(list_laisses(survenu_le))
    for cellule in cellules():
        with dans(cellule):
            laisses = list_sans_objet(laisses)
    for compte in laisses:
        fermer_compte(compte, acte=Acte(par, survenu_le))
    return len(laisses)
