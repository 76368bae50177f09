"""A page read on a replica a second late: never one's own writes, never a right, never without an answer; what reads a
whole register: there, or not at all.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import psycopg
import pytest
import time_machine
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import connections, router, transaction
from django.db.models import Model
from django.db.utils import load_backend
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from config.settings.base import base_de_donnees
from sne.attestations.actions import emettre_attestation
from sne.attestations.rules import EtatVerification
from sne.attestations.selectors import verifier_reference
from sne.cellules.models import Place
from sne.cli.principal import executer
from sne.conventions.models import Convention
from sne.demandeurs.models import SessionDemandeur
from sne.habilitations.actions import retirer_habilitation
from sne.habilitations.models import Habilitation
from sne.infocentre.lac import extraction
from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.models import Curseur
from sne.journal.actions import en_json, en_json_sans_compter
from sne.journal.actions.jalonner import jalonner
from sne.journal.models import Entree as EntreeEcrite
from sne.journal.rules import Entree
from sne.portail.views.jalons import jalons_json
from sne.referentiels import selectors
from sne.referentiels.models import Parametre
from sne.registre.demande.models.demande import Demande
from sne.registre.lecture.verbes import VerbeLecture
from sne.registre.listes.selectors import lecture
from sne.socle import replique
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.postgres import Serveur, replique_de
from tests import bases
from tests import replique as passe
from tests.guichet.parcours import texte
from tests.habilitations.factories import SYSTEME, connecter, creer_agent, creer_responsable
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

RETARD = 1.0  # seconds
PATIENCE = 120.0
ADRESSE, FICHIER = "/listes/echeance/", "/listes/echeance/export/"
A_JOUR = replique._a_jour  # the service's own: a whole run on a late replica (conftest) waits in its place


@dataclass
class Paire:
    """A replica, and the statements that it and the server that writes have answered."""

    replique: Serveur
    ordres: dict[str, list[str]] = field(
        default_factory=lambda: {replique.ECRITURE: [], replique.LECTURE: []}
    )

    @property
    def lues(self) -> int:
        """How many the replica has answered."""
        return len(self.ordres[replique.LECTURE])

    def noter(self, passer: Callable[..., object], ordre: str, *reste: Any) -> object:
        _, _, contexte = reste
        self.ordres[contexte["connection"].alias].append(ordre)
        return passer(ordre, *reste)

    @contextmanager
    def la_bas(self, mot: str) -> Iterator[None]:
        """What names this word is read on the replica, and there alone."""
        for ordres in self.ordres.values():
            ordres.clear()
        yield
        ici, la = (
            [o for o in self.ordres[alias] if mot in o] for alias in (replique.ECRITURE, replique.LECTURE)
        )
        assert (ici, bool(la)) == ([], True)

    @contextmanager
    def figee(self) -> Iterator[None]:
        """It shows nothing more of what is written."""
        with psycopg.connect(self.replique.url_admin, autocommit=True) as admin:
            admin.execute("SELECT pg_wal_replay_pause()")
            etat = "SELECT pg_get_wal_replay_pause_state()"
            attendre(lambda: admin.execute(etat).fetchone() == ("paused",))
            yield
            admin.execute("SELECT pg_wal_replay_resume()")


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
        monkeypatch.setattr(replique._treve, "fin", 0.0)
        for alias in (replique.ECRITURE, replique.LECTURE):
            fin.enter_context(connections[alias].execute_wrapper(paire.noter))
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


def commander(*arguments: str) -> int:
    with mock.patch.dict(os.environ):
        return executer(arguments)


def attester_ce_que_la_replique_ne_sait_pas(
    paire: Paire, chef: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Nobody is told that a paper does not exist before the other server was asked; who is too late answers nothing,
    and a page does not wait for it as long as a command does.
    """
    recue = f.deposer(f.contenu(demandeur=f.personne("Merlin")), acteur=f.creer_acteur(), guichet="G0993")
    settings.LECTURE_RETARD = 60
    with paire.figee():
        emise = emettre_attestation(recue.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
        lues = paire.lues
        verification = verifier_reference(emise.reference, aujourd_hui=f.MAINTENANT.date())
        assert (verification.etat, paire.lues > lues) == (EtatVerification.VALABLE, True)
        settings.LECTURE_RETARD = 0
        with replique.lectures() as ailleurs:
            assert not ailleurs
        with pytest.raises(Interdit, match="trop de retard"), replique.lectures_en_nombre(retard=0.2):
            pass
        demandes = paire.ordres[replique.LECTURE].count(replique.A_PASSE)
        with monkeypatch.context() as presse:
            presse.setattr(replique, "D_UNE_PAGE", 0.3)
            assert chef.post(FICHIER).status_code == 409
        assert paire.ordres[replique.LECTURE].count(replique.A_PASSE) < demandes + 10
        finir_un_fichier_commence(paire, chef, monkeypatch)
    settings.LECTURE_RETARD = 5
    attendre(lambda: replique._a_jour("", 5))


def finir_un_fichier_commence(paire: Paire, chef: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its page had found the replica near enough: it is waited for once, then every line is there all the same."""
    demandes = paire.ordres[replique.LECTURE].count(replique.A_PASSE)
    with monkeypatch.context() as perdue:
        perdue.setattr(replique, "lectures_en_nombre", lambda **_: nullcontext())
        perdue.setattr(lecture, "D_UNE_PAGE", 0.2)
        perdue.setattr(lecture, "PAR_MORCEAU", 1)
        emporte = emporter(chef)
    assert all(nom in emporte for nom in ("Abelin", "Chardon", "Bastide", "Vasseur"))
    assert paire.ordres[replique.LECTURE].count(replique.A_PASSE) < demandes + 6


def decider_la_ou_c_est_ecrit() -> None:
    """Who decides, or writes, reads where it is written, even from such a page."""
    with replique.lectures() as ailleurs, transaction.atomic():
        assert ailleurs
        assert replique.base() == replique.ECRITURE
    with transaction.atomic(), replique.lectures_en_nombre():
        assert replique.base() == replique.ECRITURE


def lire_les_jalons(paire: Paire) -> None:
    """Their list on the replica; one that it does not know yet is asked again where it was drawn."""
    with paire.la_bas("jalon"):
        assert jalons_json(RequestFactory().get("/")).status_code == 200
    assert tout_sceller()
    assert jalonner(acte=Acte(SYSTEME, f.MAINTENANT)) is not None
    lues = paire.lues
    assert Client().get("/journal/jalons/1/").status_code == 200
    assert paire.lues - lues > 1, "the replica was asked first"


def chercher_a_une_faute_pres(paire: Paire, agent: Client) -> None:
    """Looked for on the replica; told to the journal where it is written."""
    adresse = agent.post(reverse("rechercher"), {"q": "bastede 14/03/1987"})["Location"]
    attendre(lambda: replique._a_jour(agent.session[replique.CLE_POSITION], 60))
    dites = EntreeEcrite.objects.filter(verbe="RECHERCHER").count()
    with paire.la_bas("identite"):
        assert "Bastide" in texte(agent.get(adresse))
    assert EntreeEcrite.objects.filter(verbe="RECHERCHER").count() == dites + 1


def lire_tout_un_registre(paire: Paire, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The journal, the statistics: of what was written by then, and nothing of it where it was."""
    with paire.la_bas("journal_position"):
        assert commander("journal", "verifier") == 0
    with paire.la_bas("journal_position"):
        assert commander("journal", "exporter", "--sortie", str(tmp_path / "journal.zip")) == 0
    tout_sceller()
    hotes: set[str] = set()

    def espionner(nom: str) -> None:
        etait = getattr(extraction, nom)

        def lire(curseur: Any, *reste: Any, **autres: Any) -> Any:
            hotes.add(curseur.connection.info.host)
            return etait(curseur, *reste, **autres)

        monkeypatch.setattr(extraction, nom, lire)

    for nom in ("_copier", "_controler", "_qui_en_ont"):
        espionner(nom)
    [verse] = verser(acte=Acte(service_du_lac(), f.MAINTENANT))
    assert verse.lignes["depot"] > 0
    assert hotes == {str(paire.replique.socket)}


def perdre_la_replique(paire: Paire, chef: Client, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing of a whole register is read where it is written: it waits, and says so."""
    curseur = Curseur.objects.get().scellement
    emportees = EntreeEcrite.objects.filter(verbe="EXPORTER_LISTE").count()
    deposer("Tardif")
    tout_sceller()
    with pytest.raises(Interdit, match="copie de la base"):
        verser(acte=Acte(service_du_lac(), f.MAINTENANT))
    assert Curseur.objects.get().scellement == curseur
    assert commander("journal", "verifier") == 1
    assert "copie de la base" in capsys.readouterr().err
    refus = chef.post(FICHIER)
    assert refus.status_code == 409
    assert "copie de la base" in refus.content.decode()
    assert EntreeEcrite.objects.filter(verbe="EXPORTER_LISTE").count() == emportees


def test_read_elsewhere_without_ever_being_wrong(
    paire: Paire,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.DOSSIER_LAC = tmp_path / "lac"
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
    with paire.figee():
        deposer("Chardon")
        assert "Chardon" not in lire_ailleurs(), "late"
    attendre(lambda: "Chardon" in lire_ailleurs())

    # What one wrote oneself is seen at once.
    deposer("Bastide")
    agent.post("/raccourcis/", {"raccourcis": "oui"})
    assert "Bastide" in lire(), "from the other server, until the replica has passed it"
    assert agent.session[replique.CLE_POSITION]

    # So is a file, which leaves after its page has answered: it holds all that was counted as it was asked for.
    chef = connecter(Client(), creer_responsable(le=f.MAINTENANT))
    attendre(lambda: "Bastide" in lire_ailleurs())
    deposer("Vasseur")
    with paire.la_bas("types_logement"):
        assert "Vasseur" in emporter(chef)

    decider_la_ou_c_est_ecrit()
    attester_ce_que_la_replique_ne_sait_pas(paire, chef, monkeypatch, settings)
    chercher_a_une_faute_pres(paire, agent)
    lire_les_jalons(paire)
    lire_tout_un_registre(paire, monkeypatch, tmp_path)

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
        verification = verifier_reference("0" * 20, aujourd_hui=f.MAINTENANT.date())
        assert verification.etat is EtatVerification.INCONNUE
    assert "Bastide" in texte(autre.get(ADRESSE))
    perdre_la_replique(paire, chef, capsys)


def test_a_replica_that_is_away_makes_one_page_wait_and_not_the_next_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A pool tries for two seconds before it says so; a page of a process asks, every ten seconds."""
    demandes = list[str]()
    monkeypatch.setattr(replique._treve, "fin", 0.0)
    monkeypatch.setattr(replique, "_demander", lambda ordre, _: demandes.append(ordre))
    assert [A_JOUR("", 5) for _ in range(3)] == [False] * 3
    assert demandes == [replique.A_JOUR]
    replique._treve.fin = time.monotonic()
    monkeypatch.setattr(replique, "_demander", lambda *_: True)
    assert A_JOUR("", 5)


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
        (SessionDemandeur, replique.ECRITURE),
        (Place, replique.ECRITURE),  # a territory that has just moved is read where it is
        (Parametre, replique.ECRITURE),  # kept a minute by the process, whose acts then decide on it
        (Session, replique.ECRITURE),
        (TOTPDevice, replique.ECRITURE),
        (Convention, replique.ECRITURE),
    ],
)
def test_what_decides_is_never_read_late(modele: type[Model], attendue: str) -> None:
    jeton = replique._ou.set(replique.LECTURE)
    try:
        assert replique.Routeur().db_for_read(modele) == attendue
    finally:
        replique._ou.reset(jeton)


def test_a_replica_is_neither_migrated_nor_written() -> None:
    routeur = replique.Routeur()
    assert [routeur.allow_migrate(base, "registre") for base in (replique.ECRITURE, replique.LECTURE)] == [
        True,
        False,
    ]
    jeton = replique._ou.set(replique.LECTURE)
    assert routeur.db_for_write(Demande) == replique.ECRITURE
    replique._ou.reset(jeton)


def test_what_is_sent_by_a_form_is_read_where_it_is_written(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read before an act is what the act decides on."""
    lues = list[str]()

    def noter(apres: str) -> AbstractContextManager[bool]:
        lues.append(apres)
        return nullcontext(True)

    def repondre(_: HttpRequest) -> HttpResponse:
        return HttpResponse()

    monkeypatch.setattr(replique, "lectures", noter)
    vue = replique.lue_ailleurs(repondre)
    for demander in (rf.get, rf.head, rf.post):
        assert vue(demander("/")).status_code == 200
    assert lues == ["", ""]


@pytest.mark.parametrize(("dit", "patience"), [(None, replique.ABSENCE), (False, replique.RETARD)])
def test_one_that_is_away_is_waited_for_less_than_one_that_is_late(
    monkeypatch: pytest.MonkeyPatch, dit: bool | None, patience: float
) -> None:
    instants = [0.0]
    attente = SimpleNamespace(
        perf_counter=lambda: instants[-1], sleep=lambda duree: instants.append(instants[-1] + duree)
    )
    monkeypatch.setattr(replique, "time", attente)
    monkeypatch.setattr(replique, "_demander", lambda *_: dit)
    with pytest.raises(Interdit, match="copie de la base"):
        replique._attendre("0/16B3748", replique.RETARD)
    assert instants[-1] == pytest.approx(patience, abs=2 * replique.PAUSE)


def test_what_a_run_on_a_late_replica_leaves_out_is_named_and_still_there() -> None:
    laisses = {**passe.RESTENT_DANS_UNE_TRANSACTION, **passe.IMPOSSIBLES}
    for nom, raison in laisses.items():
        fichier, _, essai = nom.partition("::")
        assert raison
        assert f"def {essai}(" in (passe.ICI / fichier).read_text(), nom
    for fichier in passe.VALIDENT:
        assert (passe.ICI / fichier).exists()
