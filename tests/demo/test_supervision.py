"""A real demonstration: what falls comes back, what was registered stays, what was started is stopped.

Then a storm: sixteen clients register while its processes are killed in turn, and nothing is lost or double.
"""

import itertools
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from outils.exercices.clients import Client, menage
from sne.demo.comptes import COMPTES
from sne.demo.empreintes import ETAPES
from sne.habilitations.rules import Role
from sne.habilitations.rules.roles import LOGICIELS
from tests.demo.coups import CLIENTS, FRAPPES, TOURS, enregistrer_sous_les_coups, lire
from tests.demo.demonstration import DELAI, Demonstration, attendre, vit
from tests.demo.restauree import A_L_INSTANT, ATTESTEES, EFFACEES, Restauree, faire_effacable, lire_json

TAILLE = 12
AGENT = COMPTES[0].courriel
PRESENTES = "SELECT count(*) FROM demande WHERE statut <> 'PURGEE'"
A_VERSER = f"{PRESENTES} AND NOT EXISTS (SELECT FROM cle_statistique c WHERE c.demande_id = demande.id)"
DEPOTS = "SELECT sum(valeur)::int FROM agregat WHERE axe = 'GUICHET' AND mesure = 'DEPOTS'"
A_SCELLER = """
SELECT count(*) FROM journal_entree e WHERE e.demande IS NOT NULL
    AND NOT EXISTS (SELECT FROM journal_position p WHERE p.inscrit_le = e.inscrit_le AND p.entree = e.id)
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    demonstration = Demonstration(tmp_path_factory.mktemp("demo"), taille=TAILLE)
    demonstration.demarrer()
    assert "Camille Rousset" in demonstration.se_connecter(AGENT)
    assert nombre_de_demandes(demonstration) == TAILLE
    yield demonstration
    demonstration.arreter()


def nombre_de_demandes(demo: Demonstration) -> int:
    with psycopg.connect(demo.description["base"]["runtime"]) as connexion:
        ligne = connexion.execute("SELECT count(*), count(DISTINCT nud) FROM demande").fetchone()
    assert ligne is not None
    assert ligne[0] == ligne[1]
    return int(ligne[0])


def tout_est_verse(demo: Demonstration) -> bool:
    """Whether, once what is sealed was poured, each demande is in the lake; one erased before is never there."""
    assert demo.sne("infocentre", "verser").returncode == 0
    return lire(demo, A_VERSER) == (0,)


def test_only_the_worker_is_given_the_keys_that_sign_the_journal(demo: Demonstration) -> None:
    def variables(nom: str) -> str:
        return Path(f"/proc/{demo.pid(nom)}/environ").read_text()

    assert "SNE_CLES_JOURNAL=1:" in variables("travailleur")
    assert "SNE_CLES_JOURNAL=1:" not in variables("web")


def test_description_is_private_and_complete(demo: Demonstration) -> None:
    mode = stat.S_IMODE((demo.dossier / "demo.json").stat().st_mode)
    assert mode == 0o600
    assert stat.S_IMODE((demo.dossier / "secrets.json").stat().st_mode) == 0o600
    description = demo.description
    assert {c["role"] for c in description["comptes"]} == {str(r) for r in Role if r not in LOGICIELS}
    assert description["dossier"] == str(demo.dossier)
    assert Path(description["donnees"]).is_dir()
    assert set(description["base"]) == {"runtime", "owner", "portail"}
    assert set(description["processus"]) == {
        "superviseur",
        "base",
        "web",
        "portail",
        "franceconnect",
        "proconnect",
        "travailleur",
        "services",
        "editeurs",
    }
    assert all(vit(pid) for pid in demo.pids())


def test_addresses_answer(demo: Demonstration) -> None:
    prefixe = f"http://localhost:{demo.port}"
    urls = dict(demo.description["urls"])
    assert urls.pop("editeurs").startswith(
        "https://localhost:"
    )  # an authority of its own: tests/demo/test_editeurs
    assert urls.pop("ecole").startswith("http://localhost:")  # made when it is first opened
    with urllib.request.urlopen(urls.pop("portail")) as porte:
        assert porte.status == 200
        assert b"script-src 'self'" in porte.headers["Content-Security-Policy"].encode()
    assert demo.aller("/sante/pret")[0] == 200
    for url in urls.values():
        statut, _, _ = demo.aller(url.removeprefix(prefixe))
        assert statut == 200


def test_files_it_makes_are_its_own(demo: Demonstration) -> None:
    """Two demonstrations of one project never take each other's style sheets away."""
    manifeste = json.loads((demo.dossier / "static" / "staticfiles.json").read_text())
    feuille = manifeste["paths"]["socle/sne.css"]
    assert (demo.dossier / "static" / feuille).is_file()
    _, _, page = demo.aller("/connexion/")
    assert f"/static/{feuille}" in page
    assert demo.aller(f"/static/{feuille}")[0] == 200


def test_only_this_machine_is_served(demo: Demonstration) -> None:
    ecoutes = Path("/proc/net/tcp").read_text().splitlines()[1:]
    sur_le_port = {e.split()[1].split(":")[0] for e in ecoutes if e.split()[1].endswith(f":{demo.port:04X}")}
    assert sur_le_port == {"0100007F"}, "loopback only"


def test_operator_s_commands_find_it(demo: Demonstration) -> None:
    attendre(lambda: demo.sne("sante").returncode == 0, "healthy: its worker beats")
    assert demo.sne("base", "url").stdout.strip() == demo.description["base"]["runtime"]
    assert demo.sne("journal", "verifier").returncode == 0


def test_its_figures_are_counted_and_prove_themselves(demo: Demonstration) -> None:
    """What a week does once: every file read again, every cell counted again from them."""
    attendre(lambda: lire(demo, A_SCELLER) == (0,), "every act on a demande sealed", delai=3 * DELAI)
    attendre(lambda: tout_est_verse(demo), "each registration poured", delai=3 * DELAI)
    depots, presentes = lire(demo, DEPOTS), lire(demo, PRESENTES)
    assert depots >= presentes > (0,), "counted, and still so once erased"
    assert "Chaque fichier du lac est celui qui a été versé." in demo.sne("infocentre", "verifier").stdout
    assert "Chaque cellule se prouve." in demo.sne("infocentre", "prouver").stdout


@pytest.mark.parametrize(
    "nom",
    [
        "web",
        "base",
        *(pytest.param(nom, marks=pytest.mark.longue) for nom in ("portail", "travailleur", "services")),
    ],
)
def test_killed_process_comes_back_and_nothing_is_lost(demo: Demonstration, nom: str) -> None:
    avant, demandes = demo.pid(nom), nombre_de_demandes(demo)
    os.kill(avant, signal.SIGKILL)
    attendre(lambda: demo.pid(nom) != avant and vit(demo.pid(nom)), f"{nom} back")
    attendre(lambda: _accueil(demo), "page of the signed-in agent")
    assert [_accueil(demo) for _ in range(8)] == [True] * 8, "no dead connection is handed out"
    assert nombre_de_demandes(demo) == demandes
    attendre(lambda: demo.sne("sante").returncode == 0, "healthy again")


def _accueil(demo: Demonstration) -> bool:
    try:
        statut, _, page = demo.aller("/accueil/")
    except OSError:  # the web process is being replaced
        return False
    return statut == 200 and "Camille Rousset" in page


def test_households_go_on_being_registered_while_web_and_worker_are_killed(demo: Demonstration) -> None:
    """The storm of ``make soak``, at the size of a test: two counters, one blow each."""
    fini, rangs = threading.Event(), itertools.count(60)

    def enregistrer(_: int) -> list[str]:
        client, numeros = Client(f"http://localhost:{demo.port}", demo.cookies()), list[str]()
        while not fini.is_set():
            numeros.append(client.enregistrer(menage(next(rangs))))
        return numeros

    with ThreadPoolExecutor(2) as fils:
        guichets = [fils.submit(enregistrer, rang) for rang in range(2)]
        try:
            for nom in ("web", "travailleur"):
                avant = demo.pid(nom)
                os.kill(avant, signal.SIGKILL)
                attendre(lambda nom=nom, avant=avant: demo.pid(nom) != avant, f"{nom} back")
                attendre(lambda: _prete(demo), "says that it may be given requests")
        finally:
            fini.set()
        donnes = [numero for guichet in guichets for numero in guichet.result()]
    assert len(donnes) >= 2
    assert "" not in donnes
    assert lire(demo, "SELECT count(*), count(DISTINCT nud) FROM demande WHERE nud = ANY(%s)", donnes) == (
        len(donnes),
        len(set(donnes)),
    )
    attestees = (
        "SELECT count(*), count(DISTINCT demande_id) FROM attestation "
        "WHERE demande_id IN (SELECT id FROM demande WHERE nud = ANY(%s))"
    )
    attendre(lambda: lire(demo, attestees, donnes)[1] == len(donnes), "each attested", delai=2 * DELAI)
    assert lire(demo, attestees, donnes) == (len(donnes), len(donnes))


def _prete(demo: Demonstration) -> bool:
    try:
        return demo.aller("/sante/pret")[0] == 200
    except OSError:
        return False


def test_web_worker_killed_alone_is_replaced(demo: Demonstration) -> None:
    maitre = demo.pid("web")
    [victime, *_] = [int(p) for p in Path(f"/proc/{maitre}/task/{maitre}/children").read_text().split()]
    os.kill(victime, signal.SIGKILL)
    attendre(lambda: not vit(victime), "worker gone")
    attendre(lambda: [_accueil(demo) for _ in range(6)] == [True] * 6, "both workers answer")


def test_lost_server_is_replaced_by_its_standby(demo: Demonstration) -> None:
    """The command of docs/exploitation.md: on the standby, which is on a new line of history, nothing is missing."""
    demandes, (ere,) = nombre_de_demandes(demo), lire(demo, "SELECT journal_ere()")
    fait = subprocess.run(
        [sys.executable, "-m", "sne.demo.panne"], env=demo.env, capture_output=True, text=True, check=False
    )
    assert fait.returncode == 0, fait.stdout + fait.stderr
    assert "Aucun numéro n’a été donné deux fois." in fait.stderr
    assert "Le journal se prouve : aucun écart." in fait.stdout
    systeme, ligne = ere.split("/")
    assert lire(demo, "SELECT journal_ere()") == (f"{systeme}/{int(ligne) + 1}",)
    assert nombre_de_demandes(demo) == demandes
    attendre(lambda: _accueil(demo), "page of the signed-in agent")


def test_restored_to_an_instant_nothing_of_its_future_comes_back(demo: Demonstration, tmp_path: Path) -> None:
    """The drill of docs/exploitation.md, « A restoration », on a copy of the database that goes on."""
    client, store = Client(f"http://localhost:{demo.port}", demo.cookies()), demo.dossier / "documents"
    foyer, compte = menage(90, courriel=True), f"restauree-{demo.port}@exemple.fr"
    ouverture = ("Nadia", "Ferrand", "--role", "AGENT_GUICHET", "--territoire", "099", "--guichet", "G0993")
    assert demo.sne("compte", "ouvrir", compte, *ouverture).returncode == 0
    radiee = faire_effacable(demo)
    with Restauree(demo, tmp_path) as restauree:
        os.kill(
            demo.pid("travailleur"), signal.SIGSTOP
        )  # what follows is neither sealed nor sent at that instant
        try:
            avant = set(store.rglob("*"))
            numero = client.enregistrer(foyer)
            assert client.joindre(numero)
            recus = {fichier for fichier in set(store.rglob("*")) - avant if fichier.is_file()}
            instant, *comptes = lire(demo, A_L_INSTANT)
            restauree.garder_les_documents(sauf=recus)
        finally:
            os.kill(demo.pid("travailleur"), signal.SIGCONT)
        attendre(lambda: any(foyer.un.courriel in c.read_text() for c in demo.courriels()), "written to")
        assert demo.sne("compte", "reinitialiser", compte).returncode == 0
        assert demo.sne("horloge").returncode == 0
        attendre(lambda: lire(demo, EFFACEES, [radiee])[1] == 1, "erased, and sealed")
        perdu = tmp_path / "perdu"
        assert demo.sne("journal", "exporter", "--sortie", str(perdu)).returncode == 0

        restauree.jouer(instant)
        assert [*restauree.lire(A_L_INSTANT)][1:] == comptes
        assert restauree.lire(EFFACEES, [radiee]) == (0, 0)
        assert restauree.lire("SELECT count(*) FROM django_session")[0] > 0
        faite = lire_json(
            restauree.sne("base", "rouvrir", "--depuis", instant, "--perdu", str(perdu), "--json")
        )
        assert (faite["acces"], faite["documents"], faite["effacees"], faite["suites"]) == (1, 1, 1, 0)
        assert restauree.lire("SELECT count(*) FROM django_session") == (0,)
        restauree.travailler()
        assert restauree.lire(EFFACEES, [radiee]) == (1, 1), "the very same one"
        assert restauree.courriels() == [], "no household is written to twice"
        assert restauree.lire(ATTESTEES, numero) == (1,)
        assert restauree.sne("documents", "verifier").returncode == 0
        assert restauree.sne("journal", "verifier").returncode == 0
        restauree.prouver_dehors()


def test_second_start_is_refused_with_its_address(demo: Demonstration) -> None:
    fait = demo.sne("demo", "--port", str(demo.port + 1))
    assert fait.returncode == 1
    assert f"http://localhost:{demo.port}/" in fait.stderr
    assert str(demo.pid("superviseur")) in fait.stderr


@pytest.mark.parametrize("numero", [pytest.param(signal.SIGINT, marks=pytest.mark.longue), signal.SIGTERM])
def test_stop_is_clean_and_the_next_start_prepares_nothing(
    demo: Demonstration, numero: signal.Signals
) -> None:
    pids, demandes = demo.pids(), nombre_de_demandes(demo)
    comptes = demo.description["comptes"]
    assert demo.arreter(numero) == 0
    assert "Service arrêté" in demo.sortie.read_text()
    assert not (demo.dossier / "demo.json").exists()
    assert not any(vit(pid) for pid in pids)
    demo.demarrer()
    assert all(etape.libelle not in demo.sortie.read_text() for etape in ETAPES), "nothing is prepared again"
    assert nombre_de_demandes(demo) == demandes
    assert demo.description["comptes"] == comptes
    assert _accueil(demo), "the session of the agent is still good"


def test_children_do_not_outlive_a_killed_supervisor(demo: Demonstration) -> None:
    pids, demandes = demo.pids(), nombre_de_demandes(demo)
    assert demo.processus is not None
    demo.processus.kill()
    demo.processus.wait()
    attendre(lambda: not any(vit(pid) for pid in pids), "every child gone")
    assert demo.sne("base", "url").returncode == 1, "a description left behind is not believed"
    demo.demarrer()
    assert nombre_de_demandes(demo) == demandes


@pytest.mark.longue
def test_start_right_after_a_killed_supervisor(demo: Demonstration) -> None:
    pids, demandes = demo.pids(), nombre_de_demandes(demo)
    assert demo.processus is not None
    demo.processus.kill()
    demo.processus.wait()
    demo.demarrer()
    assert not any(vit(pid) for pid in pids)
    os.kill(demo.pid("base"), signal.SIGKILL)
    attendre(lambda: _accueil(demo), "the new database is watched too")
    assert nombre_de_demandes(demo) == demandes


@pytest.mark.longue
def test_data_written_with_other_keys_are_refused(demo: Demonstration) -> None:
    demandes = nombre_de_demandes(demo)
    assert demo.arreter() == 0
    secrets = demo.dossier / "secrets.json"
    gardes = secrets.read_text()
    secrets.unlink()
    fait = demo.sne("demo", "--port", str(demo.port))
    assert fait.returncode == 1
    assert "secrets.json" in fait.stderr
    secrets.write_text(gardes)
    demo.demarrer()
    assert nombre_de_demandes(demo) == demandes


def test_taken_port_is_refused_with_another(tmp_path: Path) -> None:
    demo = Demonstration(tmp_path / "demo", taille=0)
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", demo.port))
        prise.listen()
        fait = demo.sne("demo", "--port", str(demo.port))
    assert fait.returncode == 1
    assert f"make demo PORT={demo.port + 1}" in fait.stderr
    assert json.loads("[]") == list((tmp_path / "demo").glob("demo.json"))


@dataclass(frozen=True)
class Orage:
    """The numbers that clients were given, by household, and what was there before."""

    acquittes: dict[frozenset[str], set[str]]
    nuds_d_avant: list[str]
    places_d_avant: int

    @property
    def numeros(self) -> list[str]:
        return sorted(nud for nuds in self.acquittes.values() for nud in nuds)


@pytest.fixture(scope="module")
def orage(demo: Demonstration) -> Orage:
    (avant,) = lire(demo, "SELECT coalesce(array_agg(nud::text), '{}') FROM demande")
    (places,) = lire(demo, "SELECT count(*) FROM place_ouverte")
    recus, coups = enregistrer_sous_les_coups(demo)
    assert all(coups[nom] for nom in FRAPPES), f"too few blows: {coups}"
    acquittes = {foyer.cle: {nud for f, nud in recus if f.cle == foyer.cle and nud} for foyer, _ in recus}
    return Orage(acquittes, avant, places)


@pytest.mark.longue
class TestSousLesCoups:
    """What was acknowledged is there, once, and nothing else."""

    def test_every_household_gets_one_number(self, orage: Orage) -> None:
        tours, reste = divmod(len(orage.acquittes), 1 + CLIENTS // 2)
        assert tours >= TOURS  # more of them when a process had not fallen yet
        assert reste == 0
        assert [len(nuds) for nuds in orage.acquittes.values()] == [1] * len(orage.acquittes)

    def test_what_was_acknowledged_is_there_and_nothing_else(self, demo: Demonstration, orage: Orage) -> None:
        la = lire(demo, "SELECT array_agg(nud::text) FROM demande WHERE nud <> ALL(%s)", orage.nuds_d_avant)
        assert sorted(la[0]) == orage.numeros
        places = lire(demo, "SELECT count(*) FROM place_ouverte")
        assert places == (orage.places_d_avant + 2 * len(orage.numeros),)

    def test_each_is_journalled_once(self, demo: Demonstration, orage: Orage) -> None:
        inscrites = lire(
            demo,
            "SELECT count(*), count(DISTINCT faits ->> 'numero'), count(DISTINCT demande) "
            "FROM journal_entree WHERE verbe = 'DEPOSER' AND faits ->> 'numero' <> ALL(%s)",
            orage.nuds_d_avant,
        )
        assert inscrites == (len(orage.acquittes),) * 3
        attendre(lambda: demo.sne("sante").returncode == 0, "healthy")
        assert demo.sne("journal", "verifier").returncode == 0

    def test_each_is_attested_once(self, demo: Demonstration, orage: Orage) -> None:
        def emises() -> tuple[int, int]:
            return lire(
                demo,
                "SELECT count(*), count(DISTINCT a.demande_id) FROM attestation a "
                "JOIN demande d ON d.id = a.demande_id WHERE d.nud <> ALL(%s)",
                orage.nuds_d_avant,
            )

        attendre(lambda: emises()[1] == len(orage.acquittes), "all attested", delai=120)
        assert emises() == (len(orage.acquittes), len(orage.acquittes))
