"""Monthly resources of some households of the demonstration, as its simulator answers, so that each state is seen.

They are asked for by the true acts, before the changes of identity are played: a file taken over shows none of them.
"""

import uuid
from datetime import datetime, timedelta

from sne.connecteurs.drm.rules.lecture import Demandee, lire_reponse
from sne.connecteurs.drm.rules.mois import Indisponible, Mois, SourceIndisponible
from sne.connecteurs.simulateur.drm import CHEMIN, Ressources
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
EN_PANNE = 25  # of so many, one is asked about again while the source is away


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
            _demander(menage.id, agent, le=avant, panne_le=None if demandees % EN_PANNE else maintenant)
        except Interdit:  # no permanent number
            continue
        demandees += 1
    return demandees


def _demander(demande_id: uuid.UUID, agent: Acteur, *, le: datetime, panne_le: datetime | None) -> None:
    acte = Acte(agent, le)
    question = preparer_question(demande_id, acte=acte)
    noter_reponse(question, _repondre(question.demandee, le), acte=acte)
    if panne_le is not None:
        panne = tuple(SourceIndisponible(m, Indisponible.PANNE) for m in question.demandee.mois)
        noter_reponse(question, panne, acte=Acte(agent, panne_le))


def _repondre(demandee: Demandee, le: datetime) -> tuple[Mois, ...]:
    """What the simulator says, that a counter would be told by asking again; drawn on the day of the real clock."""
    dit = Ressources().repondre(CHEMIN, {}, demandee.corps(), "")
    return lire_reponse(
        dit.statut, dit.corps, demandee=demandee, le=max(jour(le), jour(datetime.now(le.tzinfo)))
    )
