"""A vendor’s software, in process: the same acts as a counter’s by REST, from the request to the bytes answered."""

import hashlib
import io
import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from itertools import count
from random import Random
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from sne.api.contenu import emettre
from sne.api.lignes import executer
from sne.api.reponse import RACINE
from sne.bench import foyers
from sne.bench.equipe import Poste
from sne.bench.pgbench import MesureImpossible
from sne.conventions import actions
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.conventions.rules.reglages import Reglages
from sne.conventions.selectors import par_cle
from sne.habilitations.actions import NouveauCompte, Octroi, accorder_habilitation, creer_compte
from sne.habilitations.models import Compte
from sne.habilitations.rules import Role, acteur_systeme
from sne.habilitations.selectors import acteur_de
from sne.imports.actions import avancer, controler
from sne.imports.models import Import, LigneImport
from sne.imports.rules.etats import Etat, Issue
from sne.referentiels.selectors import get_guichet
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.depot.actions.construire import Depot
from sne.registre.depot.actions.deposer import deposer_demande
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, jour, maintenant

LIGNES_D_UN_LOT = 50  # a step of ten times as many would hold a slice of some seconds


class _Prise:
    """What stands for the TLS socket of a client whose certificate was checked."""

    def __init__(self, der: bytes) -> None:
        self.der = der

    def getpeercert(self, _binaire: bool) -> bytes:
        """The certificate."""
        return self.der


def _commencer(_statut: str, _entetes: list[tuple[str, str]], _exc: Any = None) -> Callable[[bytes], object]:
    """As a server: what begins the answer is read of the answer itself."""
    return lambda _: None


class Logiciel:
    """A software with an agreement of its own, whose rates are no limit here."""

    reglages = Reglages(piece_vue=True)

    def __init__(self, poste: Poste) -> None:
        self.der = f"logiciel {poste.premier_rang}".encode()
        self.cle = convenir(hashlib.sha256(self.der).digest(), poste.premier_rang, self.reglages)
        self.repondre = WSGIHandler()

    def appeler(self, methode: str, chemin: str, corps: bytes = b"", **entetes: str) -> bytes:
        """The body of the answer. Raises :class:`MesureImpossible` for a refusal."""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": methode,
            "PATH_INFO": chemin,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "443",
            "wsgi.input": io.BytesIO(corps),
            "wsgi.url_scheme": "https",
            "CONTENT_LENGTH": str(len(corps)),
            "CONTENT_TYPE": "application/json",
            "gunicorn.socket": _Prise(self.der),
            "HTTP_AUTHORIZATION": f"Bearer {self.cle}",
            "HTTP_SNE_GUICHET": foyers.GUICHET,
            "HTTP_SNE_AGENT": "a-1",
            **entetes,
        }
        reponse = self.repondre(environ, _commencer)
        octets = b"".join(reponse)
        reponse.close()
        if reponse.status_code >= HTTPStatus.BAD_REQUEST:
            raise MesureImpossible(octets.decode())
        return octets


class DeposerSonContenu:
    """The peer: the act, its content read from what was typed, as any interface has to."""

    nirs = True

    def __init__(self, poste: Poste) -> None:
        self.acteur = foyers.agent()
        self._rangs = count(poste.premier_rang)
        self._prets: list[tuple[Depot, dict[str, Any]]] = []

    def preparer(self, nombre: int) -> None:
        self._prets += [self._pret() for _ in range(nombre - len(self._prets))]

    def agir(self) -> None:
        depot, contenu = self._prets.pop() if self._prets else self._pret()
        depot = replace(depot, contenu=Contenu.model_validate(contenu))
        self.deposer(depot, Acte(self.acteur, maintenant()))

    def deposer(self, depot: Depot, acte: Acte) -> uuid.UUID:
        """Register it; its id."""
        return deposer_demande(depot, acte=acte).demande_id

    def _pret(self) -> tuple[Depot, dict[str, Any]]:
        depot = foyers.depot(next(self._rangs), maintenant())
        if not self.nirs:
            depot = replace(depot, nirs={}, doublons_vus=None)
        return depot, emettre(depot.contenu)


class DeposerParRest(Logiciel):
    """Register a household by REST: key, certificate, rate, the act, the answer kept, the call logged."""

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        self._rangs = count(poste.premier_rang)
        self._prets: list[bytes] = []

    def preparer(self, nombre: int) -> None:
        self._prets += [self._corps() for _ in range(nombre - len(self._prets))]

    def agir(self) -> None:
        corps = self._prets.pop() if self._prets else self._corps()
        self.appeler("POST", f"{RACINE}/demandes", corps, HTTP_IDEMPOTENCY_KEY=str(uuid.uuid4()))

    def _corps(self) -> bytes:
        return corps_de_depot(next(self._rangs))


def corps_de_depot(rang: int) -> bytes:
    """The body that registers the household of this rank."""
    depot = foyers.depot(rang, maintenant())
    vue = depot.piece_vue
    assert vue is not None
    return json.dumps(
        {
            "date_reception": depot.date_reception.isoformat(),
            "piece_vue": {"type": vue.type, "vue_le": vue.vue_le.isoformat()},
            "contenu": emettre(depot.contenu),
            "nirs": dict(depot.nirs),
        }
    ).encode()


class ImporterUnLot(DeposerParRest):
    """Register some households by one step of an import: what its line does, and its report."""

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        controler.LIGNES = LIGNES_D_UN_LOT
        self.convention = par_cle(self.cle, survenu_le=maintenant()).convention.id

    def preparer(self, nombre: int) -> None:
        refusees = LigneImport.objects.filter(issue=Issue.REFUSEE).first()
        if refusees:
            raise MesureImpossible(str(refusees.anomalies))
        lignes = [self._ligne(rang) for rang in range(nombre * LIGNES_D_UN_LOT)]
        self.appeler(
            "POST",
            f"{RACINE}/imports",
            b"\n".join(lignes),
            HTTP_IDEMPOTENCY_KEY=str(uuid.uuid4()),
            CONTENT_TYPE="application/x-ndjson",
        )
        while Import.objects.filter(convention=self.convention, etat=Etat.RECU).exists():
            avancer(self.convention, foyers.TERRITOIRE, executer)

    def agir(self) -> None:
        if not avancer(self.convention, foyers.TERRITOIRE, executer):
            self.preparer(1)
            avancer(self.convention, foyers.TERRITOIRE, executer)

    def _ligne(self, rang: int) -> bytes:
        return b'{"cle":"%d","operation":"deposer","corps":%b}' % (rang, self._corps())


class ConsulterParRest(Logiciel):
    """A file read by REST."""

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        self.tirer = numeros(poste)

    def preparer(self, nombre: int) -> None:
        """Nothing is needed."""

    def agir(self) -> None:
        self.appeler("GET", f"{RACINE}/demandes/{self.tirer()}")


def numeros(poste: Poste) -> Callable[[], str]:
    """Draws one of the first files."""
    hasard = Random(poste.premier_rang)  # noqa: S311 - draws files, nothing secret
    with connection.cursor() as curseur:
        curseur.execute("SELECT nud FROM demande ORDER BY id LIMIT 1000")
        return partial(hasard.choice, [nud for (nud,) in curseur.fetchall()])


def convenir(empreinte: bytes, rang: int, reglages: Reglages) -> str:
    """A key of an agreement opened for one software, whose certificate has this SHA-256."""
    instant = maintenant()
    le = jour(instant)
    acte = Acte(acteur_systeme("Mesures"), instant)
    guichet = get_guichet(foyers.TERRITOIRE, foyers.GUICHET, le=le)
    assert guichet is not None
    convention = actions.ouvrir_convention(
        actions.NouvelleConvention(f"Mesures {rang}", guichet.organisme, f"m{rang}@exemple.fr"), acte=acte
    )
    for pas in actions.Pas:
        actions.noter_pas(convention, pas, le=le, acte=acte)
    actions.couvrir_guichet(convention, foyers.TERRITOIRE, foyers.GUICHET, acte=acte)
    fin = le + timedelta(days=200)
    nouveau = actions.NouveauCertificat(empreinte, "CN=mesures", le, fin)
    certificat = actions.proposer_certificat(convention, nouveau, acte=acte)
    actions.decider_certificat(certificat, confirme=True, acte=Acte(_confirmeur(rang), instant))
    actions.regler_convention(convention, reglages, acte=acte)
    for portee in Portee:
        actions.ouvrir_portee(convention, portee, acte=acte)
    for groupe in Groupe:
        actions.regler_cadence(convention, groupe, 100_000, acte=acte)
    return actions.creer_cle(convention, tuple(Portee), fin=fin, acte=acte).texte


def _confirmeur(rang: int) -> Any:
    """Somebody of national operation: a certificate takes two persons."""
    acte = Acte(acteur_systeme("Mesures"), maintenant())
    nouveau = NouveauCompte(f"c{rang}@exemple.fr", "Mesures", str(rang), uuid.uuid4().hex, provisoire=False)
    cle = creer_compte(nouveau, acte=acte)
    accorder_habilitation(Octroi(cle, Role.EXPLOITATION_NATIONALE), acte=acte)
    return acteur_de(Compte.objects.get(id=cle), le=aujourd_hui())
