"""A territory moves to another server and comes back: nothing differs, both journals prove themselves."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg
import pytest
import time_machine
from django.conf import settings
from django.db import Error, transaction
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sne.cellules import actions, annuaire, barriere, copie
from sne.cellules.actions import etapes, trajet
from sne.cellules.models import Etape, Place
from sne.cellules.routage import ANNUAIRE, cellule_de, d_ici, dans, ici, partout
from sne.cli.principal import executer
from sne.demandeurs.actions import compter
from sne.demandeurs.rules.limites import Limite
from sne.habilitations.models import Compte
from sne.journal.handlers import distribuer
from sne.notifications import tasks as messages
from sne.notifications.rules import Issue, Resultat
from sne.registre.depot.actions.deposer import Recepisse
from sne.socle.erreurs import Interdit
from tests.cellules.nation import (
    ecrits_de_droits,
    lire_la_nation,
    lire_les_radiees,
    quitter_le_service,
    radier,
    verifier_partout,
)
from tests.cellules.paire import NORD, Paire, deux_cellules
from tests.cellules.pannes import (
    ECHOUEE,
    Coupe,
    arreter_apres,
    couper,
    en_route,
    laisser_il_y_a_longtemps,
    lever,
    lister_taches,
    mettre_en_file,
    owner,
    perdre,
    refuser_l_entree_qui_differe,
    refuser_la_ligne_qui_differe,
)
from tests.cellules.portes import (
    deposer_de_longue_date,
    essayer_le_portail,
    essayer_les_editeurs,
    refuser_aux_editeurs,
    refuser_aux_menages,
    relier_le_menage,
    renvoyer_des_editeurs,
)
from tests.cellules.preuves import prouver
from tests.conventions import factories as conventions
from tests.documents import factories as documents
from tests.habilitations.factories import connecter, creer_agent
from tests.journal.test_journal import tout_sceller
from tests.nuu.conftest import DER
from tests.registre import factories as f
from tests.registre.doublons.test_anciens_ailleurs import en_corse
from tests.socle.test_replique import attendre

DEMANDES, SUIVIES = 200, 3
MESSAGES = 2  # of each: its address to verify, its attestation
BARRIERES = "SELECT count(*) FROM pg_trigger WHERE tgname = 'cellule_013' AND tgparentid = 0"
HISTOIRE = "SELECT count(*) FROM journal_entree WHERE demande = %s"
DITES = (  # not those that came with the territory
    "SELECT count(DISTINCT faits ->> 'etape') FROM journal_entree "
    "WHERE verbe = 'DEPLACER_TERRITOIRE' AND territoire = '033' AND ere = journal_ere()"
)
COMPTER = "SELECT count(*) FROM demande WHERE territoire = '099'"


@pytest.fixture(scope="module")
def paire(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Paire]:
    with (
        django_db_blocker.unblock(),
        time_machine.travel(f.MAINTENANT, tick=False),
        deux_cellules(tmp_path_factory.mktemp("cellules")) as paire,
    ):
        yield paire


@pytest.fixture
def envois(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Counter[str]:
    """How many times each message was handed to a mail server."""
    comptes: Counter[str] = Counter()

    def expedier(contenu: Any, _: object) -> Resultat:
        comptes[str(contenu.id)] += 1
        return Resultat(Issue.ACCEPTE)

    monkeypatch.setattr(messages, "expedier", expedier)
    monkeypatch.setattr(settings, "DOSSIER_VAR", tmp_path)
    return comptes


def deposer(rang: int) -> Recepisse:
    """One household of its own name and age."""
    nom = "".join(chr(ord("a") + int(c)) for c in f"{rang * 7919:06d}").capitalize()
    naissance = (date(1950, 1, 1) + timedelta(days=97 * (rang % 210))).isoformat()
    demandeur = f.personne(
        identite={"nom_naissance": nom, "date_naissance": naissance},
        contact={"courriel": f"menage{rang}@exemple.fr"},
    )
    return f.deposer(f.contenu(demandeur=demandeur), guichet="G0993", doublons_ecartes="Un autre ménage.")


def travailler(paire: Paire, cellule: str, demandes: list[Recepisse]) -> int:
    """What the worker of a cell does for these demandes, until nothing is left to do; how many jobs it was."""
    suivies, faites = {str(r.demande_id) for r in demandes}, 0
    with dans(cellule):
        while True:
            while tout_sceller() or distribuer():
                pass
            taches = [
                t
                for t in ProcrastinateJob.objects.filter(status="todo")
                if t.args.get("demande_id") in suivies
            ]
            if not taches:
                return faites
            faites += len(taches)
            for tache in taches:
                app.tasks[tache.task_name](**tache.args)
                paire.lire(
                    cellule, "WITH x AS (DELETE FROM procrastinate_jobs WHERE id = %s) SELECT 1", tache.id
                )


def interdire(*_: object) -> None:
    raise psycopg.errors.InsufficientPrivilege


def radier_et_sceller(recepisse: Recepisse) -> str:
    """Struck off, in a seal of its own: its number."""
    nud = radier(recepisse)
    tout_sceller()
    return nud


def partir(
    paire: Paire,
    agent: Client,
    adresse: str,
    monkeypatch: pytest.MonkeyPatch,
    *,
    ferme_aux_editeurs: Callable[[], None],
) -> None:
    """The whole way, cut in and after each step."""
    # Each server is lost, then whoever moves it is killed before the step is kept, then after: the next one goes on.
    for etape in Etape:
        for perdue in (NORD, ANNUAIRE):
            perdre(paire, monkeypatch, etape, perdue)
        couper(paire, monkeypatch, (trajet, "_raconter"))
        if etape in (Etape.PREPARER, Etape.COMPARER):
            refuser_l_entree_qui_differe(paire)
        if etape is Etape.COMPARER:
            refuser_la_ligne_qui_differe(paire, DEMANDES)
        with paire.en_owner(), pytest.raises(Coupe):
            actions.deplacer("099", NORD, demarche=en_route(dire=lever))
        if etape is Etape.FERMER:
            ferme = agent.get(adresse)
            assert (ferme.status_code, ferme["Retry-After"]) == (503, "60")
            assert "changent de serveur" in ferme.content.decode()
            ferme_aux_editeurs()
            refuser_aux_menages()
            with dans(ANNUAIRE):
                en_corse(f.personne("Giudicelli"), doublons_ecartes="Un autre ménage.")  # for it alone
                with pytest.raises(Error, match="pas maintenant"):
                    deposer(999)
        if etape is Etape.BASCULER:
            relier_le_menage()


def constater_l_arrivee(paire: Paire, suivies: list[Recepisse]) -> None:
    """Every demande is there, and nothing that was delivered before is delivered there again."""
    arrivee = Place.objects.filter(territoire="099").values_list("cellule", "vers", "etape", "ferme_le")
    assert list(arrivee) == [(NORD, "", "", None)]
    assert partout(lambda: cellule_de("099")) == {ANNUAIRE: NORD, NORD: NORD}
    assert (paire.lire(ANNUAIRE, COMPTER), paire.lire(NORD, COMPTER)) == (0, DEMANDES)
    assert travailler(paire, NORD, suivies) == 0


def revenir(paire: Paire) -> None:
    """A household signs in before it is cut from where it was."""
    with paire.en_owner(), pytest.raises(Coupe):
        actions.deplacer("099", ANNUAIRE, demarche=en_route(dire=arreter_apres(Etape.BASCULER)))
    relier_le_menage()
    with paire.en_owner():
        actions.deplacer("099", ANNUAIRE, demarche=en_route())


def test_territory_leaves_and_comes_back(
    paire: Paire, envois: Counter[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deposees = [deposer(rang) for rang in range(DEMANDES - 1)]
    ancienne, piece = deposer_de_longue_date(), documents.garde(b"%PDF- une piece")
    cle = conventions.cle_de(conventions.prete(empreinte=hashlib.sha256(DER).digest()))
    travailler(paire, ANNUAIRE, deposees[:SUIVIES])
    assert len(envois) == MESSAGES * SUIVIES
    agent = connecter(Client(raise_request_exception=False), creer_agent())
    ecrits = [quitter_le_service(ANNUAIRE)]
    radiees = [radier_et_sceller(deposees[rang]) for rang in (50, 51, 52)]
    adresse = f"/demandes/{deposees[0].nud}/"
    assert agent.get(adresse).status_code == 200
    travailler(paire, ANNUAIRE, deposees[:SUIVIES])

    ferme = partial(refuser_aux_editeurs, ancienne, cle=cle)
    partir(paire, agent, adresse, monkeypatch, ferme_aux_editeurs=ferme)
    constater_l_arrivee(paire, deposees[:SUIVIES])

    # Its counter signs in as before, and works over there.
    page = agent.get(adresse).content.decode()
    assert deposees[0].nud in page.replace("\u00a0", "").replace(" ", "")
    with pytest.raises(Error, match="pas maintenant"):
        deposer(1000)  # by whoever has not heard that it left
    with dans(NORD):
        suivante = deposer(1001)
    assert suivante.nud[7:13] > max(d.nud[7:13] for d in deposees)
    travailler(paire, NORD, deposees[:SUIVIES] + deposees[-SUIVIES:] + [suivante])
    assert len(envois) == MESSAGES * (2 * SUIVIES + 1)
    assert set(envois.values()) == {1}, "no message is sent again"
    with dans(NORD):
        assert documents.contenu(piece) == b"%PDF- une piece", "the store is shared, its rows are there"
    assert lire_les_radiees(NORD) == radiees, "sealed before it left"
    verifier_partout(deposees[0], NORD)
    lire_la_nation(ancienne, "Fontaine", NORD)
    ecrits.append(quitter_le_service(NORD))
    essayer_le_portail(paire, ancienne, NORD)
    envoyee = essayer_les_editeurs(ancienne, NORD, cle=cle)
    prouver(tmp_path)

    with dans(NORD), mock.patch.dict(os.environ):
        assert executer(("journal", "verifier", "--recues-de", ANNUAIRE, str(tmp_path / "annuaire.zip"))) == 0

    revenir(paire)
    assert (paire.lire(ANNUAIRE, COMPTER), paire.lire(NORD, COMPTER)) == (DEMANDES + 3, 0)
    for compte in ecrits:
        ecrits_de_droits(compte)
    assert lire_les_radiees(ANNUAIRE) == radiees
    renvoyer_des_editeurs(envoyee, NORD, cle=cle)
    assert agent.get(f"/demandes/{suivante.nud}/").status_code == 200
    derniere = deposer(1002)
    assert derniere.nud[7:13] > suivante.nud[7:13]
    travailler(paire, ANNUAIRE, [*deposees[:SUIVIES], *deposees[-SUIVIES:], suivante, derniere])
    assert len(envois) == MESSAGES * (2 * SUIVIES + 2)
    assert set(envois.values()) == {1}
    essayer_le_portail(paire, ancienne, ANNUAIRE)
    essayer_les_editeurs(ancienne, ANNUAIRE, cle=cle)
    prouver(tmp_path)


def test_what_changes_no_more_is_done_before_it_closes(paire: Paire, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sealed, delivered, entries copied and proved; while it is closed each table is read once on each side."""
    laisser_il_y_a_longtemps(paire, "02A")
    tout_sceller()
    for rang in range(10):
        en_corse(f.personne(f"Pietri{chr(ord('a') + rang)}"), doublons_ecartes="Un autre ménage.")
    lues, copiees = Counter[str](), list[int]()
    resumer, copier = copie._resumer, copie.copier_les_entrees

    def compter(connexion: Any, table: str, territoire: str) -> tuple[int, str]:
        lues.update([table])
        return resumer(connexion, table, territoire)

    def noter(*lieux: Any, **lequel: Any) -> int:
        copiees.append(copier(*lieux, **lequel))
        return copiees[-1]

    monkeypatch.setattr(copie, "PAR_RETRAIT", 3)
    monkeypatch.setattr(copie, "_resumer", compter)
    monkeypatch.setattr(copie, "copier_les_entrees", noter)
    with paire.en_owner():
        with pytest.raises(Coupe):
            actions.deplacer("02A", NORD, demarche=en_route(dire=arreter_apres(Etape.PREPARER)))
        assert paire.lire(ANNUAIRE, etapes.NON_SCELLEES, "02A") == 0
        retard = (
            "SELECT (SELECT max(numero) FROM journal_scellement) - min(scellement) FROM journal_abonnement"
        )
        assert paire.lire(ANNUAIRE, retard) == 0
        assert lues == Counter()
    entretemps = en_corse(f.personne("Pietriz"), doublons_ecartes="Un autre ménage.").id
    with paire.en_owner():
        actions.deplacer("02A", NORD, demarche=en_route())
        assert paire.lire(NORD, HISTOIRE, entretemps) == paire.lire(ANNUAIRE, HISTOIRE, entretemps) != 0
        assert set(lues.values()) == {2}
        assert copiees[0] >= 10 > sum(copiees[1:]), "what was sealed since, and that it leaves"
        assert paire.lire(ANNUAIRE, COMPTER.replace("099", "02A")) == 0, "batch after batch"
        actions.deplacer("02A", ANNUAIRE, demarche=en_route())


def test_given_up_it_opens_where_it_was(paire: Paire) -> None:
    with paire.en_owner():
        with pytest.raises(Coupe):
            actions.deplacer("013", NORD, demarche=en_route(dire=arreter_apres(Etape.COMPARER)))
        with pytest.raises(Interdit, match="finissez, ou abandonnez"):
            actions.deplacer("013", ANNUAIRE, demarche=en_route())
        assert paire.lire(ANNUAIRE, BARRIERES) > 100
        with dans(ANNUAIRE):
            assert d_ici(["013", "075"]) == ("075",), "closed, nothing is done of it by night"
        mettre_en_file(paire, "013", "attestations.emettre", statuts=ECHOUEE)
        mettre_en_file(paire, "013", "attestations.revoir", statuts=ECHOUEE, le="'2020-01-01'")
        actions.abandonner("013", demarche=en_route())
        restees = ["attestations.emettre todo", "attestations.revoir failed"]  # not what failed long before
        assert lister_taches(paire) == {ANNUAIRE: restees, NORD: []}
        assert d_ici(["013", "075"]) == ("013", "075")
        assert (paire.lire(ANNUAIRE, BARRIERES), paire.lire(NORD, BARRIERES)) == (0, 1)
        with pytest.raises(Interdit, match="pas en déplacement"):
            actions.abandonner("013", demarche=en_route())
        with pytest.raises(Coupe):
            actions.deplacer("013", NORD, demarche=en_route(dire=arreter_apres(Etape.BASCULER)))
        with pytest.raises(Interdit, match="déplacez-le en retour"):
            actions.abandonner("013", demarche=en_route())
        actions.deplacer("013", NORD, demarche=en_route())


def test_killed_as_it_has_just_switched_nothing_is_given_or_done_twice(
    paire: Paire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number; a job, done where the territory went: those that failed since it closed too, but not those of rights,
    which are the directory's, nor what failed before.
    """
    raconter, prochain = trajet._raconter, "SELECT prochain_nud('031', '2026-11-24', 'G0311')"

    def tuer(place: Place, etape: str, demarche: trajet.Demarche) -> None:
        if etape == Etape.BASCULER:
            raise Coupe
        raconter(place, etape, demarche)

    mettre_en_file(paire, "031", "registre.annoncer_rattachement")
    mettre_en_file(paire, "031", "imports.avancer", statuts=ECHOUEE)
    mettre_en_file(paire, "031", "attestations.emettre", statuts=ECHOUEE, le="'2020-01-01'")
    mettre_en_file(paire, "031", "habilitations.ouvrir_due")
    with paire.en_owner(), monkeypatch.context() as croit, pytest.raises(Coupe):
        croit.setattr(trajet, "_raconter", tuer)
        actions.deplacer("031", NORD, demarche=en_route())
    donne = str(paire.lire(NORD, prochain))

    def rater(etape: Etape, _: timedelta) -> None:
        if etape is Etape.BASCULER:  # a job that was being done as it switched
            mettre_en_file(paire, "031", "registre.verifier_adresses", statuts=ECHOUEE)

    with paire.en_owner():
        actions.deplacer("031", NORD, demarche=en_route(dire=rater))
    assert str(paire.lire(NORD, prochain)) > donne
    assert lister_taches(paire) == {
        ANNUAIRE: ["attestations.emettre failed", "habilitations.ouvrir_due todo"],
        NORD: [
            "imports.avancer todo",
            "registre.annoncer_rattachement todo",
            "registre.verifier_adresses todo",
        ],
    }


def refuser(paire: Paire, phrase: str, territoire: str = "026", vers: str = NORD, **autres: Any) -> None:
    with paire.en_owner(), pytest.raises(Interdit, match=phrase):
        actions.deplacer(territoire, vers, demarche=en_route(**autres))


def test_what_is_missing_is_named_with_its_remedy(paire: Paire, monkeypatch: pytest.MonkeyPatch) -> None:
    refuser(paire, "Il y a : annuaire, nord", vers="ouest")
    refuser(paire, "déjà dans la cellule", vers=ANNUAIRE)
    refuser(paire, "pas ouvert", "998")
    refuser(paire, "pas ouvert", "abc")
    with monkeypatch.context() as croit:
        croit.setitem(paire.acces, NORD, paire.acces[ANNUAIRE])
        refuser(paire, "même serveur")
    with owner(paire, NORD) as c:
        c.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('demain', '0001', now())")
        refuser(paire, "sne base migrer")
        c.execute("DELETE FROM django_migrations WHERE app = 'demain'")
        c.execute(
            "INSERT INTO cellule_territoire (territoire, cellule, de, vers, etape) VALUES ('01', 'x', '', '', '')"
        )
        with monkeypatch.context() as croit:
            croit.setattr(etapes, "RETARD", 0)
            refuser(paire, "sne base publier")
        c.execute("DELETE FROM cellule_territoire WHERE territoire = '01'")
    droit = "SET ON PARAMETER session_replication_role"
    with psycopg.connect(paire.acces[NORD].admin, autocommit=True) as admin:
        admin.execute(f"REVOKE {droit} FROM sne_owner")
        refuser(paire, "Comme administrateur")
        admin.execute(f"GRANT {droit} TO sne_owner")
    with monkeypatch.context() as croit:
        croit.setattr(copie, "est_vide", lambda *_: False)
        refuser(paire, "n’est pas fini")


def test_what_lasts_is_waited_for_then_named(paire: Paire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(barriere, "ESSAIS", 2)
    monkeypatch.setattr(barriere, "ATTENTE", "50ms")
    with psycopg.connect(paire.acces[ANNUAIRE].runtime) as acte:
        acte.execute("LOCK TABLE message IN ROW EXCLUSIVE MODE")
        refuser(paire, "Un acte dure", "069")
    with monkeypatch.context() as croit:
        croit.setattr(etapes, "NON_SCELLEES", "SELECT 1 WHERE '069' = %s")
        refuser(paire, "ne se scelle pas", "069", patience=0.2)
    with psycopg.connect(paire.acces[ANNUAIRE].owner) as autre:  # a worker that delivers
        autre.execute("SELECT FROM journal_abonnement FOR UPDATE")
        refuser(paire, "n’est pas distribué", "069", patience=0.2)


def test_jobs_end_before_it_closes_and_those_that_began_meanwhile_too(
    paire: Paire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is being sent is noted by whoever sends it."""
    barrieres, fermer = BARRIERES.replace("013", "083"), barriere.fermer

    def puis_commencer(connexion: Any, territoire: str) -> None:
        fermer(connexion, territoire)
        mettre_en_file(paire, territoire, "messages.envoyer", statuts=("doing",))

    mettre_en_file(paire, "083", "messages.envoyer", statuts=("doing",))
    refuser(paire, "n’en finit pas", "083", patience=0)
    assert paire.lire(ANNUAIRE, barrieres) == 0
    lister_taches(paire)
    with monkeypatch.context() as croit:
        croit.setattr(barriere, "fermer", puis_commencer)
        refuser(paire, "n’en finit pas", "083", patience=0)
    assert paire.lire(ANNUAIRE, barrieres) > 100
    assert lister_taches(paire)[ANNUAIRE] == ["messages.envoyer doing"]


def test_operator_moves_a_territory(paire: Paire, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def commander(*arguments: str) -> tuple[int, str]:
        with paire.en_owner(), mock.patch.dict(os.environ):
            code = executer(arguments)
        dit = capsys.readouterr()
        return code, dit.out + dit.err

    assert "--vers CELLULE, ou --abandonner" in commander("base", "deplacer", "033")[1]
    assert "n’existe pas" in commander("base", "publier", "ouest")[1]
    assert commander("base", "publier", NORD)[0] == 0
    code, dit = commander("base", "deplacer", "033", "--vers", NORD)
    assert code == 0, dit
    assert len(dit.splitlines()) == len(Etape)
    assert [paire.lire(cellule, DITES) for cellule in (ANNUAIRE, NORD)] == [len(Etape)] * 2, (
        "both tell each step"
    )
    assert commander("base", "deplacer", "033", "--vers", ANNUAIRE)[0] == 0
    with paire.en_owner(), pytest.raises(Coupe):
        actions.deplacer("033", NORD, demarche=en_route(dire=lever))
    assert "rouvert où il était" in commander("base", "deplacer", "033", "--abandonner")[1]


def test_directory_is_written_in_the_midst_of_an_act_of_another_cell(paire: Paire) -> None:
    """What it writes there stays, whatever becomes of the act."""
    une_fois = Limite("essai", 1, timedelta(days=1))
    with pytest.raises(Coupe), dans(NORD), transaction.atomic():
        assert compter(une_fois, "qui", instant=f.MAINTENANT) == 1
        assert ici() == NORD
        raise Coupe
    assert compter(une_fois, "qui", instant=f.MAINTENANT) == 2
    assert paire.lire(NORD, "SELECT count(*) FROM compteur_limite") == 0


def test_directory_is_copied_one_way(paire: Paire, monkeypatch: pytest.MonkeyPatch) -> None:
    compte = creer_agent()
    with dans(NORD):
        attendre(lambda: Compte.objects.filter(pk=compte.pk).exists())
        with pytest.raises(Error, match="rien ne s’y écrit"):
            Compte.objects.filter(pk=compte.pk).update(last_login=f.MAINTENANT)
    with paire.en_owner():
        assert annuaire.publier(NORD) > 40, "once more changes nothing"
        with monkeypatch.context() as croit, pytest.raises(Interdit, match="elle reprend"):
            croit.setattr(annuaire, "RECUES", "SELECT 1, 1")
            annuaire.publier(NORD, patience=0)
        with (
            monkeypatch.context() as croit,
            pytest.raises(Interdit, match="ALTER ROLE sne_owner REPLICATION"),
        ):
            croit.setattr(annuaire, "_abonner", interdire)
            annuaire.publier(NORD)
