"""What reading the professionals' site costs: a search with its facets and extracts, a keystroke, a page of results."""

from http import HTTPStatus
from random import Random

from django.test import Client

from sne.bench.equipe import Poste
from sne.bench.pgbench import MesureImpossible
from sne.recherche.rules import lire_requete
from sne.recherche.selectors import chercher, suggerer
from sne.socle.horloge import maintenant

CLES = ("*", "pro", "role:AGENT_GUICHET", "terr:099", "guichet:099:G0993")
QUESTIONS = (
    "nom de naissance",
    "renouveler une demande",
    "attestation par courriel",
    "ressources vides",
    "renouvelement echeance",
    "piece justificative ilisible",
    "demande",
    "commission attribution logement",
)


class ChercherSurLeSite:
    """Results, counts of each filter and extracts, in the two statements of a query."""

    def __init__(self, poste: Poste) -> None:
        self.hasard = Random(poste.premier_rang)  # noqa: S311 - draws questions, nothing secret

    def preparer(self, nombre: int) -> None:
        """Nothing is needed."""

    def agir(self) -> None:
        chercher(lire_requete(self.hasard.choice(QUESTIONS)), cles=CLES, le=maintenant())


class SuggererSurLeSite(ChercherSurLeSite):
    """What is proposed after a few letters."""

    def agir(self) -> None:
        question = self.hasard.choice(QUESTIONS)
        suggerer(question[: self.hasard.randrange(3, len(question))], cles=CLES, le=maintenant())


class ChercherParLeWeb(ChercherSurLeSite):
    """The page of results, from the request to its last byte, as somebody who has not signed in reads it."""

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        self.client = Client(SERVER_NAME="localhost")

    def agir(self) -> None:
        reponse = self.client.get("/aide/chercher/", {"q": self.hasard.choice(QUESTIONS)})
        if reponse.status_code != HTTPStatus.OK:
            raise MesureImpossible(f"recherche refusée ({reponse.status_code})")
