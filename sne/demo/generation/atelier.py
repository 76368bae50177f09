"""Between the generator and the register: the setting as loaded, what is missing, one batch written."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from itertools import batched
from operator import itemgetter

from sne.demo.comptes import TERRITOIRE
from sne.demo.generation.doubles import SOUCHE, Doubleur, Terrain
from sne.demo.generation.menages import Decor, Generateur, Lieu, Menage
from sne.habilitations.rules import SYSTEME, Role, mandat
from sne.referentiels.rules import GUICHET_PORTAIL, parametres_par_defaut
from sne.referentiels.rules.fichiers import lire_csv
from sne.referentiels.selectors import get_geographie, list_guichets
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.selectors.existence import list_deja_la
from sne.registre.depot.actions.construire import Depot, PieceVue
from sne.registre.depot.actions.multiplier import Double, PersonneDouble, multiplier_demandes
from sne.registre.depot.actions.reprendre import Reprise, reprendre_demandes
from sne.socle.acteur import Acteur, Canal, Perimetre

RANGS_PAR_LECTURE = 10_000
COMMUNES_PAR_TERRAIN = 12


def decor_du_territoire(jour: date) -> Decor:
    """The fictional département as loaded in the database, on that day."""
    lieux = tuple(
        Lieu(ligne["code"], ligne["codes_postaux"].split()[0], int(ligne["population"]))
        for ligne in lire_csv("demonstration/communes.csv")
    )
    guichets = tuple(g.code for g in list_guichets(TERRITOIRE, le=jour) if not g.virtuel)
    return Decor(jour, lieux, guichets, GUICHET_PORTAIL, parametres_par_defaut(jour)[ParametresDemande])


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


def terrains_du_pays() -> tuple[Terrain, ...]:
    """Every territory of the country with its largest communes."""
    geographie, par_territoire = get_geographie(), dict[str, list[tuple[str, int]]]()
    for ligne in lire_csv("communes.csv.gz"):
        territoire = geographie.territoire_de_commune(ligne["code"])
        if territoire is not None and ligne["population"] and not ligne["parent"]:
            par_territoire.setdefault(territoire, []).append((ligne["code"], int(ligne["population"])))
    return tuple(
        Terrain(
            territoire,
            sum(habitants for _, habitants in communes),
            tuple(sorted(communes, key=itemgetter(1), reverse=True)[:COMMUNES_PAR_TERRAIN]),
        )
        for territoire, communes in sorted(par_territoire.items())
    )


def ecrire_lot_de_doubles(doubleur: Doubleur, rangs: Sequence[int]) -> int:
    """Write those of a batch of doubles that are missing, through the register's action; returns how many."""
    generateur = doubleur.generateur
    deja_la = list_deja_la([generateur.cle(rang) for rang in rangs])
    par_modele: dict[int, list[int]] = {}
    for rang in rangs:
        if generateur.cle(rang) not in deja_la:
            par_modele.setdefault(rang % SOUCHE, []).append(rang)
    modeles = {rang: generateur.menage(rang) for rang in par_modele}
    lots = [
        (reprise(modeles[modele]), [double(doubleur, rang, modeles[modele]) for rang in suite])
        for modele, suite in par_modele.items()
    ]
    territoires = {d.territoire for _, doubles in lots for d in doubles}
    return multiplier_demandes(lots, acteur=acteur_de_la_reprise(*sorted(territoires)))


def double(doubleur: Doubleur, rang: int, modele: Menage) -> Double:
    """One more application like its model, at the portal's counter of its territory."""
    territoire, communes = doubleur.lieu(rang, len(modele.contenu.souhaits.localisations))
    personnes = tuple(PersonneDouble(**asdict(sosie)) for sosie in doubleur.personnes(rang, modele))
    return Double(doubleur.generateur.cle(rang), territoire, GUICHET_PORTAIL, communes, personnes)


def acteur_de_la_reprise(*territoires: str) -> Acteur:
    """The service itself, with an agent's rights over these territories (the fictional one) and nowhere else."""
    return Acteur(
        id=SYSTEME,
        nom="Reprise du territoire fictif",
        canal=Canal.SYSTEME,
        mandats=tuple(
            mandat(Role.AGENT_GUICHET, Perimetre(territoire)) for territoire in territoires or (TERRITOIRE,)
        ),
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
