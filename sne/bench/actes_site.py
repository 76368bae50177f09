"""What reading and writing the professionals’ site costs: a search, a keystroke, a page, a text, an entry, keys."""

import uuid
from datetime import timedelta
from http import HTTPStatus
from random import Random

from django.test import Client

from sne.bench import foyers
from sne.bench.equipe import Poste
from sne.bench.pgbench import MesureImpossible
from sne.collaboratif.calendrier.models import Rencontre
from sne.collaboratif.espaces.selectors import lecteur_de
from sne.espace_pro.espaces.flux import ecrire_flux
from sne.recherche.actions import Publication, publier
from sne.recherche.rules import lire_requete
from sne.recherche.selectors import chercher, suggerer
from sne.socle.horloge import jour, maintenant
from sne.textes.rules import rendre

SIGNES = 10_000
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
        # From one network after another: a network alone asks so many times a minute.
        reseau = ".".join(str(self.hasard.randrange(1, 255)) for _ in range(4))
        reponse = self.client.get("/aide/chercher/", {"q": self.hasard.choice(QUESTIONS)}, REMOTE_ADDR=reseau)
        if reponse.status_code != HTTPStatus.OK:
            raise MesureImpossible(f"recherche refusée ({reponse.status_code})")


class RendreUnTexte(ChercherSurLeSite):
    """A text of ten thousand signs made into HTML, as when it is saved."""

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        partie = (
            f"## Ce que vous faites\n\n::: etapes\n1. Gardez les **ressources**.\n:::\n\n{'Le mot. ' * 60}"
        )
        self.texte = "\n\n".join([partie] * (SIGNES // len(partie)))

    def agir(self) -> None:
        rendre(self.texte)


class IndexerUneEntree(ChercherSurLeSite):
    """An entry of some four thousand signs written again, as in the transaction of who publishes."""

    def agir(self) -> None:
        le = maintenant()
        publier(
            Publication(
                genre="FICHE",
                cible=uuid.UUID(int=self.hasard.randrange(200)),
                url="/aide/mesure/",
                acces=["*"],
                titre=self.hasard.choice(QUESTIONS),
                corps=" ".join(self.hasard.choice(QUESTIONS) for _ in range(160)),
                verifie_le=jour(le),
                visible_du=le,
            )
        )


class LireSesCles(ChercherSurLeSite):
    """The keys that open to somebody what they read, lists and spaces of the instant included."""

    def agir(self) -> None:
        lecteur_de(foyers.agent(), le=maintenant())


class EcrireUnAgenda:
    """Three hundred meetings, written as a calendar reads them."""

    def __init__(self, poste: Poste) -> None:
        debut = maintenant()
        self.rencontres = [
            Rencontre(
                titre=f"Réunion {poste.premier_rang + n}, « été » ; à confirmer",
                debut=debut + timedelta(days=n),
                fin=debut + timedelta(days=n, hours=1),
                modifiee_le=debut,
            )
            for n in range(300)
        ]

    def preparer(self, nombre: int) -> None:
        """Nothing is needed."""

    def agir(self) -> None:
        ecrire_flux(self.rencontres, hote="mesure")
