"""Acts of a day as a nation has them, and the pouring of what is sealed: what runs inside Django of this measure."""

from datetime import timedelta

from sne.bench import foyers
from sne.bench.equipe import Poste
from sne.bench.journee import CONNUES, DECISIONS, NOUVELLES
from sne.habilitations.rules import Role, mandat
from sne.infocentre.lac.actions.effacer import effacer_du_lac
from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.journal.actions import sceller
from sne.journal.models import Scellement
from sne.referentiels.rules import TypeOrganisme
from sne.referentiels.selectors.guichets import list_organismes
from sne.registre.depot.actions.deposer import deposer_demande
from sne.registre.depot.actions.reprendre import reprendre_demandes
from sne.registre.faits.actions.decisions import consigner_decision
from sne.registre.faits.actions.evenements import consigner_evenement
from sne.registre.faits.rules.decisions import DecisionSaisie
from sne.registre.faits.rules.evenements import EvenementSaisi
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Perimetre
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.identifiants import uuid7

ENTREES = 100_000  # of one seal
RANG = 900_000  # of the first household: no other measure has it


class VerserUnJour:
    """What was sealed becomes lines of files and cells: one pouring, whatever there is to pour."""

    def __init__(self, _: Poste) -> None:
        """Nothing is needed: the day is sealed."""

    def preparer(self, nombre: int) -> None:
        """Nothing is needed."""

    def agir(self) -> None:
        """Pour."""
        verser(acte=Acte(service_du_lac(), maintenant()))


class RetirerDuLac:
    """Files written again without the demandes that were erased: every file is read."""

    def __init__(self, _: Poste) -> None:
        """Nothing is needed."""

    def preparer(self, nombre: int) -> None:
        """Nothing is needed."""

    def agir(self) -> None:
        """Take them out."""
        effacer_du_lac(acte=Acte(service_du_lac(), maintenant()), sans_attendre=True)


def vivre_une_journee(_: int) -> int:
    """Households of before, sealed; then new ones, events and decisions, sealed too. Gives the last seal of before."""
    instant, connues = maintenant(), []
    for rang in range(CONNUES):
        reprise = foyers.reprise(RANG + rang, instant)
        connues.append(reprise.depot.id)
        reprendre_demandes([reprise], acteur=foyers.reprise_de_masse())
    avant = _sceller()
    acte, jour = Acte(_gestionnaire(), instant), aujourd_hui()
    for rang in range(NOUVELLES):
        depot = foyers.depot(RANG + CONNUES + rang, instant)
        deposer_demande(depot, acte=Acte(foyers.agent(), instant))
    reponse = {"reponse_avant": f"{jour + timedelta(days=10):%d/%m/%Y}"}
    bailleur = next(iter(list_organismes(foyers.TERRITOIRE, TypeOrganisme.BAILLEUR, le=jour)))
    for demande in connues[DECISIONS:]:
        consigner_evenement(demande, EvenementSaisi("PROPOSITION", jour, reponse), acte=acte)
    for demande in connues[:DECISIONS]:
        consigner_decision(demande, DecisionSaisie("ATTR", jour, bailleur=bailleur), acte=acte)
    _sceller()
    return avant


def _sceller() -> int:
    while sceller(ENTREES) > 0:
        continue
    return Scellement.objects.order_by("-numero").values_list("numero", flat=True)[0]


def _gestionnaire() -> Acteur:
    return Acteur(
        id=uuid7(),
        nom="Gestionnaire de mesure",
        canal=Canal.GUICHET,
        mandats=(mandat(Role.GESTIONNAIRE_TERRITORIAL, Perimetre(foyers.TERRITOIRE)),),
        territoire=foyers.TERRITOIRE,
        correlation=uuid7(),
    )
