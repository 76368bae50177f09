"""The clock of the register, and the messages about its steps."""

import contextlib
import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

from procrastinate.contrib.django import app

from sne.cellules.routage import d_ici
from sne.documents.magasins import MagasinEnPanne
from sne.documents.objets import effacer_objets
from sne.notifications.actions import effacer_messages_agents
from sne.notifications.parametres import ParametresMessages
from sne.notifications.selectors import get_suite, list_canaux_restants
from sne.notifications.tasks import effacer_les_fichiers
from sne.referentiels.selectors import get_geographie, get_parametres
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.tasks import ESSAIS, HorlogeInachevee
from sne.registre.identite.actions.echanger import expirer_identites
from sne.registre.pieces.actions.echeances import guetter_pieces
from sne.registre.vie.actions.expedier import expedier_avis_de_radiation, expedier_preavis
from sne.registre.vie.actions.horloge import passer
from sne.registre.vie.actions.prevenir import noter_echec
from sne.registre.vie.actions.purger import verser_statistiques
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.socle.acte import Acte
from sne.socle.horloge import debut_du_jour, jour, maintenant

HORLOGE = "registre.horloge"


EXPEDIER_PREAVIS = "registre.expedier_preavis"
SUIVRE_PREAVIS = "registre.suivre_preavis"
ANNONCER_RADIATION = "registre.annoncer_radiation"


PAR_EFFACEMENT = 5_000  # messages to professionals deleted in one transaction


@app.periodic(cron="12 2 * * *", periodic_id="nuit")
@app.task(name=HORLOGE, queue="entretien", queueing_lock=HORLOGE, lock=HORLOGE)
def horloge(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: a pass that was stopped goes on, what is done is not done again."""
    passer_l_horloge(maintenant())


def passer_l_horloge(
    survenu_le: datetime,
    *,
    territoires: Sequence[str] = (),
    sauf: Collection[EtapeHorloge] = (),
    avancer: Callable[[int], None] = lambda _: None,
) -> None:
    """Every step but ``sauf`` in every territory, or in those given, on the day of ``survenu_le`` (aware).

    What erasing leaves for after its commit comes last: statistics that name nobody, old messages to professionals,
    files. Raises ``HorlogeInachevee``, once all the rest is done, when applications could not be read.
    """
    codes = territoires or d_ici(get_geographie().territoires)
    en_panne = 0
    for etape in [e for e in EtapeHorloge if e not in sauf]:
        for code in codes:
            en_panne += passer(etape, code, survenu_le=survenu_le, avancer=avancer)
    for code in codes:
        guetter_pieces(code, survenu_le=survenu_le)
        expirer_identites(code, survenu_le=survenu_le)
    verser_statistiques(survenu_le=survenu_le)
    effacer_les_messages_anciens(jour(survenu_le))
    effacer_les_fichiers()
    with contextlib.suppress(MagasinEnPanne):  # what is marked goes at the next sweep of the documents
        effacer_objets()
    if en_panne:
        raise HorlogeInachevee(f"{en_panne} demande(s) en panne\u00a0: le journal technique les nomme")


def effacer_les_messages_anciens(le: date) -> None:
    """Messages to professionals kept for long enough, part by part."""
    avant = debut_du_jour(
        ajouter_mois(le, -get_parametres(le)[ParametresMessages].message_agent_conservation_mois)
    )
    while effacer_messages_agents(avant=avant, au_plus=PAR_EFFACEMENT) == PAR_EFFACEMENT:
        pass


@app.task(name=EXPEDIER_PREAVIS, queue="registre", retry=ESSAIS)
def expedier(*, entree_id: str, territoire: str, **_: object) -> None:
    """Prepare the messages of a notice. Idempotent: running it again prepares nothing."""
    expedier_preavis(uuid.UUID(entree_id), acte=Acte(service_du_registre(territoire), maintenant()))


@app.task(name=SUIVRE_PREAVIS, queue="registre", retry=ESSAIS)
def suivre(*, entree_id: str, **_: object) -> None:
    """Note a notice that a refusal leaves without any way to the household. Idempotent."""
    suite = get_suite(uuid.UUID(entree_id))
    if suite is not None:
        noter_echec(
            suite.origine,
            list_canaux_restants(suite.origine, territoire=suite.territoire),
            acte=Acte(service_du_registre(suite.territoire), suite.survenu_le),
        )


@app.task(name=ANNONCER_RADIATION, queue="registre", retry=ESSAIS)
def annoncer_radiation(
    *, entree_id: str, demande_id: str, revision: int, territoire: str, **_: object
) -> None:
    """Tell a household that its demande was struck off. Idempotent: running it again prepares nothing."""
    expedier_avis_de_radiation(
        uuid.UUID(entree_id),
        demande_id=uuid.UUID(demande_id),
        revision=revision,
        acte=Acte(service_du_registre(territoire), maintenant()),
    )
