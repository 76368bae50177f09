"""A page read on a replica a second late: never one's own writes, never a right, never without an answer."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.backends.base import SessionBase
from django.db import connections, router, transaction
from django.db.models import Model
from django.db.utils import load_backend
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.settings.base import base_de_donnees
from sne.attestations.rules import EtatVerification
from sne.attestations.selectors import verifier_reference
from sne.cellules.models import Place
from sne.habilitations.actions import retirer_habilitation
from sne.habilitations.models import Habilitation
from sne.journal.actions import en_json, en_json_sans_compter, sceller
from sne.journal.actions.jalonner import jalonner
from sne.journal.rules import Entree
from sne.journal.selectors.export import get_etendue
from sne.referentiels import selectors
from sne.referentiels.models import Parametre
from sne.registre.demande.models.demande import Demande
from sne.registre.lecture.verbes import VerbeLecture
from sne.socle import replique
from sne.socle.acte import Acte
from sne.socle.postgres import Serveur, replique_de
from tests import bases
from tests import replique as passe
from tests.guichet.parcours import texte
from tests.habilitations.factories import SYSTEME, connecter, creer_agent, creer_responsable
from tests.registre import factories as f

RETARD = 1.0  # seconds
PATIENCE = 20.0
ADRESSE, FICHIER = "/listes/echeance/", "/listes/echeance/export/"
A_JOUR = replique._a_jour  # the service's own: a whole run on a late replica (conftest) waits in its place


@dataclass
class Paire:
    """The server that writes, its replica, and how many statements the latter has answered."""

    replique: Serveur
    lues: int = 0

    def compter(self, executer: Callable[..., object], *reste: object) -> object:
        self.lues += 1
        return executer(*reste)


@pytest.fixture
def paire(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Paire]:
    """Django on a pair of servers of its own, as ``SNE_LECTURE_HOTE`` makes it."""
    dossier = tmp_path_factory.mktemp("paire")
    principal, avant = Serveur(dossier / "principal", jetable=True, lie=True), connections["default"]
    principal.demarrer()
    with ExitStack() as fin:
        fin.callback(principal.arreter)
        fin.enter_context(django_db_blocker.unblock())
        fin.enter_context(time_machine.travel(f.MAINTENANT, tick=False))
        acces = principal.preparer("sne")
        bases.restaurer(bases.archiver_le_modele(dossier / "modele.dump"), acces.admin)
        paire = Paire(fin.enter_context(replique_de(principal, retard=f"{RETARD}s")))
        reglages = {**avant.settings_dict, **base_de_donnees(acces.runtime)}
        for alias, hote in ((replique.ECRITURE, principal), (replique.LECTURE, paire.replique)):
            monkeypatch.setitem(connections.settings, alias, {**reglages, "HOST": str(hote.socket)})
            connections[alias] = load_backend(reglages["ENGINE"]).DatabaseWrapper(
                connections.settings[alias], alias=alias
            )
            fin.callback(connections[alias].close)
        fin.callback(setattr, connections, replique.ECRITURE, avant)
        monkeypatch.setattr(router, "routers", [replique.Routeur()])
        monkeypatch.setattr(replique, "_a_jour", A_JOUR)
        fin.enter_context(connections[replique.LECTURE].execute_wrapper(paire.compter))
        selectors.oublier()
        yield paire
        del connections[replique.LECTURE]
    connections[replique.ECRITURE] = avant
    selectors.oublier()


def deposer(nom: str) -> None:
    """A household whose registration ends soon: in the list."""
    le = f.MAINTENANT - timedelta(days=320)
    f.deposer(f.contenu(demandeur=f.personne(nom)), acteur=f.creer_acteur(), guichet="G0993", le=le)


def emporter(client: Client) -> str:
    """The same list, in a file."""
    morceaux: Iterator[bytes] = client.post(FICHIER).streaming_content  # type: ignore[attr-defined]
    return b"".join(morceaux).decode()


def attendre(vrai: Callable[[], bool]) -> None:
    limite = time.monotonic() + PATIENCE
    while not vrai():
        assert time.monotonic() < limite, "the replica never showed it"
        time.sleep(0.1)


def test_read_elsewhere_without_ever_being_wrong(paire: Paire, monkeypatch: pytest.MonkeyPatch) -> None:
    compte = creer_agent()
    agent = connecter(Client(), compte)

    def lire() -> str:
        return texte(agent.get(ADRESSE))

    def lire_ailleurs() -> str:
        """The page, once the replica answers for more than for how late it is."""
        avant, page = paire.lues, lire()
        return page if paire.lues - avant > 1 else ""

    deposer("Abelin")  # by somebody else
    attendre(lambda: "Abelin" in lire_ailleurs())
    deposer("Chardon")
    assert "Chardon" not in lire_ailleurs(), "a second late"
    attendre(lambda: "Chardon" in lire_ailleurs())

    # What one wrote oneself is seen at once.
    deposer("Bastide")
    agent.post("/raccourcis/", {"raccourcis": "oui"})
    assert "Bastide" in lire(), (
        "after a write of one's own: the other server, until the replica has passed it"
    )
    assert agent.session[replique.CLE_POSITION]

    # So is a file, which leaves after its page has answered: it holds all that was counted as it was asked for.
    chef = connecter(Client(), creer_responsable(le=f.MAINTENANT))
    attendre(lambda: "Bastide" in lire_ailleurs())
    deposer("Vasseur")
    assert "Vasseur" in emporter(chef)

    # Who decides, or writes, reads where it is written, even from such a page.
    with replique.lectures() as ailleurs, transaction.atomic():
        assert ailleurs
        assert replique.base() == replique.ECRITURE
    with replique.lectures(retard=replique.PAS_PRESSEE):
        assert get_etendue() is not None

    # What the replica does not know yet is asked again before anybody is told that it does not exist.
    lues = paire.lues
    verification = verifier_reference("0" * 20, aujourd_hui=f.MAINTENANT.date())
    assert verification.etat is EtatVerification.INCONNUE
    assert paire.lues > lues
    assert sceller() > 0
    assert jalonner(acte=Acte(SYSTEME, f.MAINTENANT)) is not None
    lues = paire.lues
    assert Client().get("/journal/jalons/1/").status_code == 200
    assert paire.lues - lues > 1, "the replica was asked first"

    # A right that ends bites at once.
    [habilitation] = Habilitation.objects.filter(compte=compte)
    retirer_habilitation(habilitation.pk, motif="Fin de mission.", acte=Acte(SYSTEME, f.MAINTENANT))
    assert agent.get(ADRESSE).status_code == 403

    # The replica is lost, in the midst of a page then before one: the other one answers.
    paire.replique.tuer()
    autre = connecter(Client(), creer_agent())
    with monkeypatch.context() as croit:
        croit.setattr(replique, "_a_jour", lambda *_: True)
        assert "Bastide" in texte(autre.get(ADRESSE))
        assert "Bastide" in emporter(chef)
        verification = verifier_reference("0" * 20, aujourd_hui=f.MAINTENANT.date())
        assert verification.etat is EtatVerification.INCONNUE
    assert "Bastide" in texte(autre.get(ADRESSE))


@pytest.mark.django_db
@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("dire", [None, en_json, en_json_sans_compter])
def test_a_page_that_told_the_journal_is_one_that_wrote(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch, methode: str, dire: Callable[[Entree], object] | None
) -> None:
    """Whichever statement its entry goes with, and by GET as well: a file that is opened."""
    monkeypatch.setattr(replique, "existe", lambda: True)
    monkeypatch.setattr(replique, "jusqu_ici", lambda: "0/16B3748")
    entree = Entree(VerbeLecture.CONSULTER, Acte(f.creer_acteur(), f.MAINTENANT), "099")

    def servir(_: HttpRequest) -> HttpResponse:
        if dire:
            dire(entree)
        return HttpResponse()

    request = getattr(rf, methode)("/")
    request.session = SessionBase("0" * 32)
    request.session._session_cache = {}
    replique.PositionMiddleware(servir)(request)
    assert (replique.CLE_POSITION in request.session) is (dire is not None or methode == "post")


@pytest.mark.parametrize(
    ("modele", "attendue"),
    [
        (Demande, replique.LECTURE),
        (Habilitation, replique.ECRITURE),
        (Place, replique.ECRITURE),  # a territory that has just moved is read where it is
        (Parametre, replique.ECRITURE),  # kept a minute by the process, whose acts then decide on it
    ],
)
def test_what_decides_is_never_read_late(modele: type[Model], attendue: str) -> None:
    jeton = replique._ou.set(replique.LECTURE)
    try:
        assert replique.Routeur().db_for_read(modele) == attendue
    finally:
        replique._ou.reset(jeton)


def test_what_a_run_on_a_late_replica_leaves_out_is_named_and_still_there() -> None:
    laisses = {**passe.RESTENT_DANS_UNE_TRANSACTION, **passe.IMPOSSIBLES}
    for nom, raison in laisses.items():
        fichier, _, essai = nom.partition("::")
        assert raison
        assert f"def {essai}(" in (passe.ICI / fichier).read_text(), nom
    for fichier in passe.VALIDENT:
        assert (passe.ICI / fichier).exists()
