"""Commands that read or migrate the database, run as an operator would; in a process of their own where it matters."""

import contextlib
import datetime as dt
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg
import pytest
from django.db import connection
from django.test import override_settings
from prometheus_client.parser import text_string_to_metric_families

from sne.cli.principal import executer
from sne.connecteurs.etat import noter_echec
from sne.connecteurs.rules import Motif, Service
from sne.documents import antivirus
from sne.preuve.tasks import ATTESTER as MINUTE
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.selectors.etat import etat
from sne.registre.vie.tasks import HORLOGE as NUIT
from tests.cli.hote import hote_des_sauvegardes
from tests.demo.depots import Depose, deposer_un_menage
from tests.journal.test_journal import tout_sceller

SNE = Path(sys.executable).parent / "sne"


@pytest.fixture
def sur_cette_base(url_runtime: str, url_owner: str) -> dict[str, str]:
    """The environment of an operator of this test's database."""
    return {**os.environ, "SNE_RUNTIME_URL": url_runtime, "SNE_OWNER_URL": url_owner}


@pytest.fixture
def depose(db: None) -> Depose:
    """One application, registered."""
    return deposer_un_menage()


@pytest.fixture
def travailleur(depose: Depose) -> None:
    """One that is alive as long as the test."""
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() + interval '10 minutes')"
        )


def periodique(tache: str, *, il_y_a: dt.timedelta) -> None:
    """This task was asked for then, and never since."""
    le = int((dt.datetime.now(dt.UTC) - il_y_a).timestamp())
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp) VALUES (%s, %s, %s)",
            [*tache.split("@"), le],
        )


def lancer(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SNE, *arguments], env=env, capture_output=True, text=True, check=False)


def dire(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The same in this process, on this test's database: reading the code again is most of what a command takes."""
    sortie, erreurs = io.StringIO(), io.StringIO()
    with (
        mock.patch.dict(os.environ),
        contextlib.redirect_stdout(sortie),
        contextlib.redirect_stderr(erreurs),
    ):
        code = executer(arguments)
    return subprocess.CompletedProcess(arguments, code, sortie.getvalue(), erreurs.getvalue())


def lire(*arguments: str) -> Any:
    fait = dire(*arguments, "--json")
    assert fait.returncode == 0, fait.stderr
    return json.loads(fait.stdout)


def test_etat_is_the_file_as_it_was(
    transactional_db: None, sur_cette_base: dict[str, str], depose: Depose
) -> None:
    lu = json.loads(lancer(sur_cette_base, "demande", "etat", depose.nud, "--json").stdout)
    assert (lu["nud"], lu["revision"], lu["statut"]) == (depose.nud, 1, "ACTIVE")
    assert lu["contenu"]["demandeur"]["identite"]["nom_naissance"] == depose.nom
    assert "empreinte" not in json.dumps(lu)


def test_etat_for_a_person_uses_french_titles(depose: Depose) -> None:
    fait = dire("demande", "etat", depose.nud)
    assert "Demandeur, nom de naissance" in fait.stdout
    assert "Numéro unique" in fait.stdout


def test_etat_before_the_deposit_is_refused(depose: Depose) -> None:
    fait = dire("demande", "etat", depose.nud, "--a", "2001-01-01")
    assert (fait.returncode, fait.stdout) == (1, "")
    assert depose.nud in fait.stderr


def test_etat_leaves_a_trace_in_the_journal(depose: Depose) -> None:
    dire("demande", "etat", depose.nud)
    with connection.cursor() as curseur:
        curseur.execute("SELECT acteur ->> 'nom', faits FROM journal_entree WHERE verbe = 'CONSULTER'")
        [(nom, faits)] = curseur.fetchall()
    assert nom == "Commande sne"
    assert "sne demande etat" in str(faits)


def test_etat_of_an_unknown_number_is_refused(depose: Depose) -> None:
    assert dire("demande", "etat", "0990101999999G0993").returncode == 1
    assert dire("demande", "etat", "0990101").returncode == 1


def test_journal_proves_itself(transactional_db: None, depose: Depose) -> None:
    tout_sceller()
    lu = lire("journal", "verifier")
    assert lu["ecarts"] == []
    assert lu["en_attente"] == 0
    assert lu["scellees"] == lu["entrees"] >= 1
    assert "se prouve" in dire("journal", "verifier").stdout


def test_edited_entry_fails_the_verification(transactional_db: None, depose: Depose, url_owner: str) -> None:
    tout_sceller()
    with psycopg.connect(url_owner) as connexion:
        connexion.execute("ALTER TABLE journal_valeur DISABLE TRIGGER ALL")
        connexion.execute("UPDATE journal_valeur SET valeur = 'Autre' WHERE champ LIKE '%nom_naissance'")
    fait = dire("journal", "verifier")
    assert fait.returncode == 1
    assert "ne répond pas à son engagement" in fait.stdout
    assert "ne se prouve plus" in fait.stderr


def test_health_is_good_once_sealed(
    transactional_db: None, sur_cette_base: dict[str, str], travailleur: None
) -> None:
    tout_sceller()
    periodique(f"{MINUTE}@minute", il_y_a=dt.timedelta(minutes=2))
    periodique(f"{NUIT}@nuit", il_y_a=dt.timedelta(days=2))
    with hote_des_sauvegardes() as hote:
        branchee = {**sur_cette_base, "SNE_SAUVEGARDES_URL": hote.adresse}
        lu = json.loads(lancer(branchee, "sante", "--json").stdout)
    assert lu["bon"] is True
    noms = [c["nom"] for c in lu["controles"]]
    assert noms == [
        "base",
        "migrations",
        "scellement du journal",
        "jalons du journal",
        "distribution",
        "tâches",
        "travailleur",
        "tâches périodiques",
        "mois du journal",
        "horloge du registre",
        "doublons",
        "effacement des fichiers",
        "abonnements aux rapports",
        "lac des statistiques",
        "documents",
        "antivirus",
        "lecture des documents",
        "services de l’État",
        "portail",
        "sauvegardes",
        "espace disque",
    ]
    assert not any(re.search(r"\d\.\d", c["constat"]) for c in lu["controles"][1:])  # a comma, in French


def test_health_tells_a_failed_job(db: None) -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args) "
            "VALUES ('essais', 'essai', 'failed', '{}')"
        )
    fait = dire("sante")
    assert fait.returncode == 1
    assert "1 en échec" in fait.stdout
    assert "tâches" in fait.stderr


def controle(nom: str, fait: subprocess.CompletedProcess[str] | None = None) -> Any:
    """What ``sne sante`` says of this."""
    lus = json.loads((fait or dire("sante", "--json")).stdout)["controles"]
    return next(lu for lu in lus if lu["nom"] == nom)


def test_health_tells_that_no_worker_is_alive(db: None) -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')"
        )
    lu = controle("travailleur")
    assert (lu["bon"], "aucun ne donne signe de vie" in lu["constat"]) == (False, True)


@pytest.mark.parametrize(
    ("tache", "il_y_a"), [(MINUTE, dt.timedelta(minutes=4)), (NUIT, dt.timedelta(days=3, minutes=1))]
)
def test_health_tells_a_periodic_task_that_is_silent(db: None, tache: str, il_y_a: dt.timedelta) -> None:
    periodique(f"{tache}@{'minute' if tache == MINUTE else 'nuit'}", il_y_a=il_y_a)
    lu = controle("tâches périodiques")
    assert (lu["bon"], tache in lu["constat"]) == (False, True)


@pytest.mark.parametrize(
    ("il_y_a", "bon"), [(dt.timedelta(minutes=50), True), (dt.timedelta(minutes=70), False)]
)
def test_health_tells_a_service_of_the_state_that_has_been_away_for_long(
    sur_cette_base: dict[str, str], transactional_db: None, il_y_a: dt.timedelta, bon: bool
) -> None:
    noter_echec(Service.BAN, Motif.LENT, le=dt.datetime.now(dt.UTC) - il_y_a)
    branchee = {**sur_cette_base, "SNE_BAN_URL": "http://127.0.0.1:1/ban"}
    lu = controle("services de l’État", lancer(branchee, "sante", "--json"))
    assert lu["bon"] is bon
    assert "Base adresse nationale : perturbé depuis" in lu["constat"]
    assert "met trop de temps à répondre" in lu["constat"]
    assert "Ressources mensuelles : éteint" in lu["constat"]


def test_figures_say_the_checks_and_the_services_of_the_state(db: None) -> None:
    noter_echec(Service.BAN, Motif.LENT, le=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=50))
    with override_settings(CONNECTEURS={"BAN": "http://127.0.0.1:1/ban", "ENTREPRISES": "", "DRM": ""}):
        fait = dire("mesures")
    lues = {
        (ligne.name, *sorted(ligne.labels.values())): ligne.value
        for famille in text_string_to_metric_families(fait.stdout)
        for ligne in famille.samples
    }
    assert lues["sne_controle_bon", "base"] == 1
    assert lues["sne_controle_bon", "travailleur"] == 0
    assert lues["sne_travailleurs_vivants",] == 0
    assert lues["sne_journal_non_scellees_autre_ere",] == 0
    assert lues["sne_preavis_manquants",] == 0
    assert lues["sne_identites_en_attente",] == 0
    assert ("sne_journal_scellement_retard_secondes",) in lues
    assert lues["sne_service_etat", "BAN", "PERTURBE"] == 1
    assert lues["sne_service_etat", "BAN", "EN_SERVICE"] == 0
    assert lues["sne_service_etat", "DRM", "ETEINT"] == 1
    assert 3000 <= lues["sne_service_perturbe_secondes", "BAN"] < 3600
    assert lues["sne_service_perturbe_secondes", "DRM"] == 0


@pytest.mark.parametrize("vivant", [True, False])
def test_figures_say_what_the_worker_of_this_machine_counted(db: None, tmp_path: Path, vivant: bool) -> None:
    dossier = tmp_path / "travailleur"
    if vivant:
        envoyer = "from sne.socle import mesures; mesures._messages.labels('SMS', 'ACCEPTE').inc(3)"
        env = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(dossier)}
        subprocess.run([sys.executable, "-c", envoyer], env=env, check=True)
    fait = dire("mesures", "--travailleur", str(dossier))
    assert 'sne_controle_bon{controle="base"} 1.0' in fait.stdout
    assert ('sne_messages_total{canal="SMS",issue="ACCEPTE"} 3.0' in fait.stdout) is vivant


@pytest.mark.parametrize(
    ("dite", "age"),
    [
        ("ClamAV 1.4.3/27800/Sat Nov 28 10:12:13 2026", dt.datetime(2026, 11, 28, 10, 12, 13, tzinfo=dt.UTC)),
        ("ClamAV 1.4.3", None),
        (None, None),
    ],
)
def test_figures_say_how_old_the_signatures_of_the_antivirus_are(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch, dite: str | None, age: dt.datetime | None
) -> None:
    settings.CLAMD = "unix:/clamd"
    monkeypatch.setattr(antivirus, "version", lambda _: dite)
    lues = [ligne for ligne in dire("mesures").stdout.splitlines() if ligne.startswith("sne_clamav")]
    assert [float(ligne.split()[1]) for ligne in lues] == ([age.timestamp()] if age else [])


def test_figures_without_a_database(sur_cette_base: dict[str, str]) -> None:
    ailleurs = {
        **sur_cette_base,
        "SNE_RUNTIME_URL": "postgresql://sne_runtime@127.0.0.1:1/rien?sslmode=verify-full",
    }
    fait = lancer(ailleurs, "mesures")
    assert fait.returncode == 0
    assert 'sne_controle_bon{controle="base"} 0.0' in fait.stdout
    assert "sne_service" not in fait.stdout


def test_health_tells_a_job_that_waits(db: None) -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, scheduled_at) "
            "VALUES ('essais', 'essai', 'todo', '{}', now() - interval '6 minutes')"
        )
        curseur.execute("UPDATE procrastinate_events SET at = now() - interval '6 minutes'")
    assert controle("tâches")["bon"] is False


def test_health_of_an_absent_database_is_bad(sur_cette_base: dict[str, str]) -> None:
    ailleurs = {
        **sur_cette_base,
        "SNE_RUNTIME_URL": "postgresql://sne_runtime@127.0.0.1:1/rien?sslmode=verify-full",
    }
    fait = lancer(ailleurs, "sante", "--json")
    assert fait.returncode == 1
    assert json.loads(fait.stdout)["controles"][0] == {
        "nom": "base",
        "bon": False,
        "constat": "la base ne répond pas",
    }


def test_migrations_are_applied_as_the_owner(sur_cette_base: dict[str, str], transactional_db: None) -> None:
    assert lancer(sur_cette_base, "base", "migrer").returncode == 0
    assert lancer(sur_cette_base, "base", "migrer", "--verifier").returncode == 0


def test_missing_migration_is_told(
    sur_cette_base: dict[str, str], transactional_db: None, url_owner: str
) -> None:
    with psycopg.connect(url_owner) as connexion:
        connexion.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    fait = lancer(sur_cette_base, "base", "migrer", "--verifier")
    assert fait.returncode == 1
    assert "sne base migrer" in fait.stderr


def test_reference_data_is_loaded_once(sur_cette_base: dict[str, str], transactional_db: None) -> None:
    fait = lancer(sur_cette_base, "referentiels", "charger", "--demonstration")
    assert (fait.returncode, fait.stdout) == (0, "Référentiels à jour.\n")


def test_state_read_by_the_command_is_the_register_s(depose: Depose) -> None:
    from sne.habilitations.rules import acteur_systeme

    lu = etat(depose.nud, dt.datetime.now(dt.UTC), acteur=acteur_systeme("essai"))
    assert lu.contenu.demandeur is not None
    assert lu.contenu.demandeur.identite.nom_naissance == depose.nom


def test_clock_passes_and_says_what_it_did(transactional_db: None, depose: Depose, travailleur: None) -> None:
    expiration = Demande.objects.get(nud=depose.nud).date_expiration
    echue = (expiration + dt.timedelta(days=5)).isoformat()
    dit = lire("horloge", "--jour", echue, "--territoire", "099")
    assert dit["jour"] == echue
    assert {(p["etape"], p["traites"], p["refuses"]) for p in dit["passages"]} == {
        ("PREAVIS", 1, 0),
        ("EXPIRATION", 1, 0),
        ("RADIATION", 0, 0),
        ("ARRET", 0, 0),
        ("PURGE", 0, 0),
        ("RAPPEL", 0, 0),
    }
    encore = dire("horloge", "--jour", echue, "--territoire", "099")
    assert "Fins de validité" in encore.stdout
    tout_sceller()  # nobody seals here but this test: what waits is judged by its age, and the machine may be slow
    assert controle("horloge du registre")["bon"] is True


def test_clock_refuses_an_unknown_territory(depose: Depose) -> None:
    refus = dire("horloge", "--territoire", "999")
    assert refus.returncode == 1
    assert "Territoire inconnu : 999" in refus.stderr


def test_sweep_says_what_it_found(transactional_db: None, depose: Depose, travailleur: None) -> None:
    dit = lire("doublons", "balayer", "--territoire", "099")
    (balayage,) = dit["balayages"]
    assert (balayage["territoire"], balayage["demandes"], balayage["paires"]) == ("099", 1, 0)
    assert balayage["anciens_titulaires"] == 0
    assert balayage["termine_le"]
    encore = dire("doublons", "balayer", "--territoire", "099")
    assert "Demandes comparées" in encore.stdout
    assert "Anciens titulaires reconnus ailleurs" in encore.stdout
    refus = dire("doublons", "balayer", "--territoire", "999")
    assert (refus.returncode, "Territoire inconnu : 999" in refus.stderr) == (1, True)
    tout_sceller()
    assert "cherchés il y a" in controle("doublons")["constat"]


def test_site_is_shipped_exported_and_comes_back_as_drafts(
    transactional_db: None, depose: Depose, tmp_path: Path
) -> None:
    from sne.site_pro.models import BrouillonPage
    from tests.habilitations import factories as comptes

    un, autre = (comptes.creer_pole_metier() for _ in range(2))
    refuse = dire("site", "livrer", "--auteur", un.courriel, "--publie-par", un.courriel)
    assert refuse.returncode == 1, refuse.stderr
    livre = lire("site", "livrer", "--auteur", un.courriel, "--publie-par", autre.courriel)
    sorti = lire("site", "exporter", str(tmp_path), "--compte", un.courriel)
    retirees = 1  # the notice of a table that is no more
    assert livre["pages"] - retirees == sorti["pages"] == len(list(tmp_path.glob("*.md"))) >= 40
    page = tmp_path / "radiation.md"
    page.write_text(page.read_text("utf-8") + "\nUne ligne de plus.\n")
    revenu = lire("site", "importer", str(tmp_path), "--compte", un.courriel)
    assert revenu == {"nouvelle": 0, "changee": 1, "identique": sorti["pages"] - 1}
    assert BrouillonPage.objects.get().contenu["corps"].endswith("Une ligne de plus.")
    comptes_dits = ("--auteur", un.courriel, "--consigne-par", autre.courriel)
    assert lire("decisions", "livrer", *comptes_dits) == {"decisions": 23}
    preuves = Path("sne/programme/donnees/preuves.json")
    assert lire("decisions", "preuves", str(preuves.resolve()))["preuves"] >= 20
    refus = dire("decisions", "preuves", str(page))
    assert (refus.returncode, "fichier de preuves" in refus.stderr) == (1, True)
