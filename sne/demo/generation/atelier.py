"""Between the generator and the register: the setting as loaded, what is missing, one batch written."""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import batched

from sne.demo.comptes import TERRITOIRE
from sne.demo.generation.menages import Decor, Generateur, Lieu, Menage
from sne.habilitations.rules import SYSTEME, Role, mandat
from sne.referentiels.rules import GUICHET_PORTAIL, parametres_par_defaut
from sne.referentiels.rules.fichiers import lire_csv
from sne.referentiels.selectors import list_guichets
from sne.registre.actions.deposer import Depot, PieceVue
from sne.registre.actions.reprendre import Reprise, reprendre_demandes
from sne.registre.selectors.existence import list_deja_la
from sne.socle.acteur import Acteur, Canal, Perimetre

RANGS_PAR_LECTURE = 10_000


def decor_du_territoire(jour: date) -> Decor:
    """The fictional département as loaded in the database, on that day."""
    lieux = tuple(
        Lieu(ligne["code"], ligne["codes_postaux"].split()[0], int(ligne["population"]))
        for ligne in lire_csv("demonstration/communes.csv")
    )
    guichets = tuple(g.code for g in list_guichets(TERRITOIRE, le=jour) if not g.virtuel)
    return Decor(jour, lieux, guichets, GUICHET_PORTAIL, parametres_par_defaut(jour))


def rangs_manquants(generateur: Generateur, taille: int) -> Iterator[int]:
    """Ranks below ``taille`` whose application is not on record yet."""
    for rangs in batched(range(taille), RANGS_PAR_LECTURE):
        cles: dict[uuid.UUID, int] = {generateur.cle(rang): rang for rang in rangs}
        deja_la = list_deja_la(cles)
        yield from (rang for cle, rang in cles.items() if cle not in deja_la)


def ecrire_lot(generateur: Generateur, rangs: Iterable[int]) -> int:
    """Write one batch through the register's action; returns how many applications.

    Raises whatever the action refuses: a household that breaks a rule is a fault of the generator.
    """
    reprises = [reprise(generateur.menage(rang)) for rang in rangs]
    return len(reprendre_demandes(reprises, acteur=acteur_de_la_reprise()))


def acteur_de_la_reprise() -> Acteur:
    """The service itself, with an agent's rights over the fictional territory and nowhere else."""
    return Acteur(
        id=SYSTEME,
        nom="Reprise du territoire fictif",
        canal=Canal.SYSTEME,
        mandats=(mandat(Role.AGENT_GUICHET, Perimetre(TERRITOIRE)),),
    )


def reprise(menage: Menage) -> Reprise:
    """A household as the register takes it over."""
    depot = Depot(
        id=menage.id,
        territoire=TERRITOIRE,
        guichet=menage.guichet,
        contenu=menage.contenu,
        date_reception=menage.vie.depot,
        nirs=menage.nirs,
        piece_vue=PieceVue(menage.piece, menage.vie.depot),
    )
    vie = menage.vie
    return Reprise(depot, vie.renouvellements, vie.statut, vie.statut_le)
