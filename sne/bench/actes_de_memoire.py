"""Two web workers whose memory is compared: one without the professionals’ site, one that serves and searches it."""

from http import HTTPStatus
from itertools import count

from django.conf import settings
from django.test import Client

from sne.bench.equipe import Poste
from sne.bench.pgbench import MesureImpossible

QUESTIONS = ("renouveler une demande", "ressources vides", "piece justificative ilisible")


class SansLeSite:
    """Shows the page where one signs in, by the addresses of the counter alone."""

    adresses = "sne.bench.urls_sans_site"

    def __init__(self, _: Poste) -> None:
        settings.ROOT_URLCONF = self.adresses
        self.client = Client(SERVER_NAME="localhost")
        self.rangs = count(1)

    def preparer(self, nombre: int) -> None:
        """Nothing is needed."""

    def agir(self) -> None:
        self._demander("/connexion/")

    def _demander(self, adresse: str, **dits: str) -> None:
        # From one network after another: a network alone asks so many times a minute.
        rang = next(self.rangs)
        reponse = self.client.get(
            adresse, dits, REMOTE_ADDR=f"10.{rang >> 16 & 255}.{rang >> 8 & 255}.{rang & 255}"
        )
        if reponse.status_code != HTTPStatus.OK:
            raise MesureImpossible(f"{adresse} : {reponse.status_code}")


class AvecLeSite(SansLeSite):
    """The same, and the site: its home, results with a slip put right, what is proposed after a few letters."""

    adresses = "config.urls"

    def agir(self) -> None:
        super().agir()
        self._demander("/aide/")
        for question in QUESTIONS:
            self._demander("/aide/chercher/", q=question)
            self._demander("/aide/proposer/", q=question[:6])
