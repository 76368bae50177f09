"""Monthly resources of some households of the demonstration, as its simulator answers, so that each state is seen.

They are asked for by the true acts, before the changes of identity are played: a file taken over shows none of them.
"""

import uuid
from datetime import datetime, timedelta
from http import HTTPStatus

from sne.connecteurs.drm.rules.lecture import Demandee, lire_reponse
from sne.connecteurs.drm.rules.mois import Indisponible, Mois, SourceIndisponible
from sne.connecteurs.simulateur.drm import CHEMIN, Ressources
from sne.connecteurs.simulateur.travers import Reponse
from sne.demo.comptes import TERRITOIRE
from sne.demo.generation.comptoir import titulaire
from sne.demo.generation.menages import Generateur
from sne.habilitations.rules import Role
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.ressources.actions.interroger import noter_reponse, preparer_question
from sne.registre.ressources.selectors import has_appels
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour

RANGS = 120
CALME = timedelta(days=9)  # the answers are as old as that


def demander_des_ressources(generateur: Generateur, taille: int, *, maintenant: datetime) -> int:
    """Ask about the applicants of the first households who have a permanent number; how many were asked about. Once."""
    if has_appels(TERRITOIRE):
        return 0
    agent, avant = titulaire(Role.AGENT_GUICHET, maintenant=maintenant), maintenant - CALME
    vies = ((rang, generateur.vie(rang)) for rang in range(min(taille, RANGS)))
    rangs = [r for r, vie in vies if vie.statut is Statut.ACTIVE and vie.depot < jour(avant)]
    demandees = 0
    for rang in rangs:
        menage = generateur.menage(rang)
        try:
            _demander(menage.id, agent, le=avant, puis=maintenant)
        except Interdit:  # no permanent number
            continue
        demandees += 1
    return demandees


def _demander(demande_id: uuid.UUID, agent: Acteur, *, le: datetime, puis: datetime) -> None:
    """What the source said then; and that it does not answer any more, about those whom it has trouble with."""
    acte = Acte(agent, le)
    question = preparer_question(demande_id, acte=acte)
    noter_reponse(question, _lire(question.demandee, _repondre(question.demandee, "vieux"), le), acte=acte)
    if _repondre(question.demandee, "normal").statut == HTTPStatus.SERVICE_UNAVAILABLE:
        panne = tuple(SourceIndisponible(m, Indisponible.PANNE) for m in question.demandee.mois)
        noter_reponse(question, panne, acte=Acte(agent, puis))


def _repondre(demandee: Demandee, travers: str) -> Reponse:
    """What the simulator of the demonstration says."""
    return Ressources().repondre(CHEMIN, {}, demandee.corps(), travers)


def _lire(demandee: Demandee, dit: Reponse, le: datetime) -> tuple[Mois, ...]:
    """The same, read."""
    return lire_reponse(dit.statut, dit.corps, demandee=demandee, le=jour(le))
