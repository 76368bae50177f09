"""SQL as the role of the service: each thing that it may not do, tried as somebody who holds its password would."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from psycopg import sql

from sne.cli import diagnostic
from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules import acteur_systeme
from sne.habilitations.selectors.auteurs import list_auteurs_inconnus
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal import actions as journal
from sne.journal.actions.jalonner import ecarter_jalon, jalonner
from sne.journal.models import Jalon, Scellement
from sne.journal.rules import Entree, Verbe
from sne.journal.rules import jalons as regles
from sne.journal.rules.notes import ClePrivee, signer
from sne.journal.selectors import verifier
from sne.journal.selectors.etat import list_retenues, list_verbes_inconnus
from sne.journal.selectors.jalons import list_jalons, verifier_jalons
from sne.referentiels.models import Parametre
from sne.registre.demande.actions.ecrire import ecrire
from sne.registre.demande.models.demande import Demande, PlaceOuverte
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.actions.construire import Dates, construire
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.vie.verbes import VerbeVie
from sne.reglages.models import PropositionParametre
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.droits import ADMETTRE
from tests.habilitations.factories import connecter
from tests.journal.test_journal import tout_sceller
from tests.menaces.fins import Fin
from tests.menaces.scene import NAISSANCE, Scene, importer, importeur
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer

PURGER = "SELECT purge_id FROM registre_purger(%s, %s, %s)"


@contextmanager
def base_en_service(url_owner: str) -> Iterator[None]:
    """The database as the owner leaves it in service: days are the server's, nothing is taken over."""
    with psycopg.connect(url_owner, autocommit=True) as owner:
        owner.execute(ADMETTRE.format(sql.Literal([])))
        try:
            yield
        finally:
            owner.execute(ADMETTRE.format(sql.Literal(["AUTRE_JOUR", "REPRISE"])))


def sql_(ordre: str, *valeurs: Any) -> Any:
    """The first value of what a statement answers."""
    with connection.cursor() as curseur:
        curseur.execute(ordre, list(valeurs))
        ligne = curseur.fetchone() if curseur.description else None
    return ligne[0] if ligne else None


def maintenant() -> datetime:
    """The server's instant, which no test moves."""
    instant: datetime = sql_("SELECT clock_timestamp()")
    return instant


def radier(demande_id: uuid.UUID, *, le: date) -> None:
    """A striking-off forged as the service writes it."""
    demande = Demande.objects.select_related("version_courante").get(id=demande_id)
    version = demande.version_courante
    version.pk, version.numero, version.survenu_le = uuid.uuid4(), demande.revision + 1, maintenant()
    version.statut = "RADIEE"
    version.save(force_insert=True)
    Demande.objects.filter(id=demande_id).update(
        statut="RADIEE", revision=version.numero, version_courante=version.pk
    )
    PlaceOuverte.objects.filter(demande=demande_id).delete()
    radiation = Radiation.objects.create(
        territoire="099",
        demande_id=demande_id,
        revision=version.numero,
        motif="RADREN",
        date_radiation=le,
        reactivable_jusqu_au=le,
        auteur=uuid.uuid4(),
        survenu_le=maintenant(),
    )
    faits = {"version": str(version.pk), "radiation": str(radiation.id)}
    inscrire(VerbeVie.RADIER, demande_id, version.numero, **faits)


def inscrire(
    verbe: str, demande_id: uuid.UUID | None = None, revision: int | None = None, **faits: str
) -> None:
    journal.inscrire(
        Entree(
            verbe=verbe,  # type: ignore[arg-type]  # forged ones too
            acte=Acte(importeur(), maintenant()),
            territoire="099",
            demande_id=demande_id,
            revision=revision,
            faits=faits,
        )
    )


def test_erased_by_sql(scene: Scene, agent: Compte, url_owner: str) -> None:
    """Struck off and erased in one transaction: of a day to come, or counted from a striking-off dated long ago."""
    with base_en_service(url_owner):
        aujourd_hui = horloge.jour(maintenant())
        for radiee_le, jour in (
            (aujourd_hui, timedelta(days=3 * 366)),
            (date(2020, 1, 2), timedelta()),
            (date(2020, 1, 2), timedelta(days=7)),
        ):
            with pytest.raises(DatabaseError, match="ne peut pas être effacée"), transaction.atomic():
                radier(scene.demande_id, le=radiee_le)
                sql_(PURGER, scene.demande_id, uuid.uuid4(), maintenant() + jour)
    scene.empechee(agent)


def test_identity_come_by_an_unknown_way(scene: Scene, agent: Compte) -> None:
    depot = Identite.objects.get(demande=scene.demande_id, voie="DEPOT")
    depot.pk, depot.nom_naissance, depot.voie = uuid.uuid4(), "Zimmer", "FOO"
    with pytest.raises(DatabaseError, match="identite_voie"), transaction.atomic():
        depot.save(force_insert=True)
    scene.empechee(agent)


def test_temporary_tables_before_the_guards(
    scene: Scene, agent: Compte, url_owner: str, url_runtime: str
) -> None:
    """Made by a role that still may: a freeze that is not there, a freeze lifted by nobody."""
    gel = figer(scene.demande_id)
    depot = Identite.objects.get(demande=scene.demande_id, voie="DEPOT")
    depot.pk, depot.nom_naissance, depot.voie = uuid.uuid4(), "Zimmer", "CONTROLE"
    for fausse, geste in (
        ("CREATE TEMP TABLE gel (demande_id uuid, leve_le timestamptz) ON COMMIT DROP", depot.save),
        (
            "CREATE TEMP TABLE levee_gel ON COMMIT DROP AS SELECT %s::uuid AS gel_id, 'ACCEPTEE' AS decision, "
            "now() AS clos_le",
            lambda **_: sql_("UPDATE public.gel SET leve_le = now() WHERE id = %s", gel),
        ),
    ):
        with pytest.raises(DatabaseError, match=r"dossier figé|personne n’a accepté"), transaction.atomic():
            sql_(fausse, *([gel] if "%s" in fausse else []))
            geste(force_insert=True)
            connection.check_constraints()
    assert sql_("SELECT count(*) FROM gel WHERE leve_le IS NULL") == 1
    scene.empechee(agent)


@pytest.mark.parametrize(
    "dates_dites",
    [("2001-01-01", ""), ("2001-01-01", "2001-01-01"), ("2030-01-01", ""), ("2030-01-01", "2030-01-01")],
)
@pytest.mark.parametrize("verbe", [VerbeDemande.DEPOSER, VerbeDepot.REPRENDRE])
def test_any_seniority_on_a_new_file(
    scene: Scene, agent: Compte, url_owner: str, dates_dites: tuple[str, str], verbe: Verbe
) -> None:
    depot, enregistree = dates_dites
    with base_en_service(url_owner):
        le, jour = date.fromisoformat(depot), horloge.jour(maintenant())
        dates = Dates(
            le, date.fromisoformat(enregistree) if enregistree else jour, jour + timedelta(days=365)
        )
        neuf = f.depot(f.contenu(demandeur=f.personne("Zimmer", "Karl")))
        lignes = construire(neuf, dates=dates, acte=Acte(importeur(), maintenant()), verbe=verbe)
        with pytest.raises(DatabaseError, match="personne n’a accordé la date"), transaction.atomic():
            ecrire([lignes])
            connection.check_constraints()
    scene.empechee(agent)


def test_rights_and_passwords_without_an_act(transactional_db: None, scene: Scene, agent: Compte) -> None:
    role = Habilitation.objects.get(compte=agent)
    neuve = Habilitation(
        compte=agent,
        role="EXPLOITATION_NATIONALE",
        debut=f.AUJOURD_HUI,
        accordee_par=uuid.uuid4(),
        accordee_le=f.MAINTENANT,
    )
    intrus = Compte(courriel="karl@rare.example", prenom="Karl", nom="Zimmer", cree_le=f.MAINTENANT)
    connection.check_constraints()
    for geste in (
        lambda: neuve.save(force_insert=True),
        lambda: Habilitation.objects.filter(id=role.id).update(fin=role.debut),
        lambda: intrus.save(force_insert=True),
        lambda: Compte.objects.filter(id=agent.id).update(password="x"),
        lambda: Compte.objects.filter(id=agent.id).update(actif=False),
        lambda: TOTPDevice.objects.filter(user=agent).update(key="00" * 20),
        lambda: TOTPDevice.objects.filter(user=agent).delete(),
        lambda: TOTPDevice.objects.create(user=agent, name="autre", confirmed=True),
    ):
        with pytest.raises(DatabaseError, match="aucune entrée de journal ne nomme"), transaction.atomic():
            geste()
            connection.check_constraints()
    connecter(Client(), agent)
    connection.check_constraints()  # drift, last code, last sign-in: no change of a right
    scene.empechee(agent)


def test_a_threshold_moved_by_one_hand(
    transactional_db: None, scene: Scene, agent: Compte, url_owner: str
) -> None:
    seul = PropositionParametre(
        code="automatique_mois",
        valeur=0,
        debut=f.AUJOURD_HUI + timedelta(days=30),
        source="x",
        raison="x",
        auteur=agent.id,
        proposee_par={},
        survenu_le=f.MAINTENANT,
    )
    with pytest.raises(DatabaseError, match="aucune entrée de journal ne nomme"), transaction.atomic():
        seul.save(force_insert=True)
        connection.check_constraints()
    with pytest.raises(DatabaseError, match="deux_personnes"), transaction.atomic():
        seul.save(force_insert=True)
        PropositionParametre.objects.update(
            issue="ACCEPTEE", decideur=agent.id, decide_par={}, clos_le=f.MAINTENANT
        )
    for geste in (
        lambda: Parametre.objects.create(code="automatique_mois", valeur=0, libelle="x", source="x"),
        lambda: Parametre.objects.filter(code="automatique_mois").update(valeur=0),
        lambda: Parametre.objects.filter(code="automatique_mois").delete(),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            geste()
    seul.survenu_le, seul.debut = f.MAINTENANT - timedelta(days=900), f.AUJOURD_HUI - timedelta(days=899)
    with base_en_service(url_owner), pytest.raises(DatabaseError, match="jour à venir"), transaction.atomic():
        seul.save(force_insert=True)
    scene.empechee(agent)


def faux_jalon(note: str = "") -> Jalon:
    """A checkpoint that follows the last one in all but its signature; or with this text."""
    sceau, dernier = Scellement.objects.latest("numero"), Jalon.objects.latest("numero")
    texte = regles.Jalon(
        nom="registre.example/journal",
        numero=dernier.numero + 1,
        scellement=sceau.numero,
        racine=b"r" * 32,
        ere=sceau.ere,
        entrees=sum(Scellement.objects.values_list("nombre", flat=True)),
        chaine=bytes(sceau.empreinte),
        instant=maintenant(),
    )
    cle = ClePrivee("registre.example/journal", b"\x09" * 32)
    return Jalon.objects.create(
        numero=texte.numero,
        scellement=texte.scellement,
        entrees=texte.entrees,
        cle_id=dernier.cle_id,
        note=note or signer(texte.texte(), cle),
        pose_le=maintenant(),
    )


def test_false_checkpoint(transactional_db: None, vide: Scene, url_owner: str) -> None:
    """Nothing that is no checkpoint; one that nobody signed is named, the next ones still prove the journal."""
    moi = acteur_systeme("Essai")

    def attester() -> Jalon | None:
        inscrire(VerbeHabilitation.CONNEXION)
        tout_sceller()
        return jalonner(acte=Acte(moi, f.MAINTENANT))

    assert attester()
    inscrire(VerbeHabilitation.CONNEXION)
    tout_sceller()
    with pytest.raises(DatabaseError, match="ne suit pas"), transaction.atomic():
        faux_jalon("faux")
    faux = faux_jalon()
    vrai = attester()
    assert vrai is not None
    (ecart,) = verifier_jalons()
    assert (ecart.faux_jalon, list(verifier())) == (faux.numero, [])
    with pytest.raises(DatabaseError, match="permission denied"):
        ecarter_jalon(faux.numero, motif="Posé par personne", acte=Acte(moi, f.MAINTENANT))
    with psycopg.connect(url_owner, autocommit=True) as owner:
        owner.execute(
            "INSERT INTO journal_jalon_ecarte (jalon_id, motif, ecarte_le) VALUES (%s, 'x', now())",
            [faux.numero],
        )
    assert list(verifier_jalons()) == []
    assert faux not in list_jalons(au_plus=10)
    vide.conclue = Fin.DEFAIT


def test_sealing_held_back(scene: Scene, agent: Compte, url_runtime: str, monkeypatch: Any) -> None:
    """A transaction left open: who, and since when, is told; ended, sealing goes on."""
    with psycopg.connect(url_runtime) as oisive:
        oisive.execute("SELECT pg_current_xact_id()")
        monkeypatch.setattr(diagnostic, "maintenant", lambda: maintenant() + timedelta(seconds=31))
        pid = oisive.info.backend_pid
        # Other sessions of the server may be older: they are left out.
        monkeypatch.setattr(
            diagnostic, "list_retenues", lambda: tuple(r for r in list_retenues() if r.pid == pid)
        )
        constat = diagnostic._scellement()
        assert not constat.bon
        assert f"pg_terminate_backend({pid})" in constat.constat
        assert "ouverte depuis" in constat.constat
        assert sql_("SELECT pg_terminate_backend(%s, 5000)", pid)
        assert f"({pid})" not in diagnostic._scellement().constat
        with pytest.raises(psycopg.OperationalError):
            oisive.execute("SELECT 1")
    scene.en_vigueur(agent)
    scene.conclue = Fin.DEFAIT


def test_place_given_up(vide: Scene, agent: Compte) -> None:
    """Under an entry of the revision in force, a place taken from an open demande, for another of the same number."""
    vide.choisir(importer(nir=f.nir_de(NAISSANCE)))
    inscrire(VerbeDemande.MODIFIER, vide.demande_id, vide.revision)
    with pytest.raises(DatabaseError, match="garde la place"), transaction.atomic():
        PlaceOuverte.objects.filter(demande=vide.demande_id).delete()
        connection.check_constraints()
    vide.empechee(agent)


def test_messages_and_deliveries_taken_away(
    transactional_db: None, scene: Scene, agent: Compte, url_owner: str
) -> None:
    """Messages to professionals before their time, and a cursor of delivery moved back, or past what is sealed."""
    with base_en_service(url_owner):
        for avant in ("2099-01-01", "now"):
            with pytest.raises(DatabaseError, match="se gardent encore"), transaction.atomic():
                sql_("SELECT messages_agents_effacer(%s, 100)", avant)
    tout_sceller()
    dernier = sql_("SELECT max(numero) FROM journal_scellement")
    sql_("INSERT INTO journal_abonnement (abonne, scellement) VALUES ('essai', %s)", dernier)
    for position in (dernier - 1, dernier + 1):
        with pytest.raises(DatabaseError, match="ne fait qu’avancer"), transaction.atomic():
            sql_("UPDATE journal_abonnement SET scellement = %s WHERE abonne = 'essai'", position)
    scene.empechee(agent)


def test_entries_under_any_name(scene: Scene, agent: Compte) -> None:
    """An entry of no act of the service, or by nobody's account: what verifies the journal tells them."""
    assert list_verbes_inconnus() == ()
    inscrire("FOO")
    (phrase,) = list_verbes_inconnus()
    assert "« FOO »" in phrase
    personne = f.creer_acteur()
    journal.inscrire(Entree(VerbeHabilitation.CONNEXION, Acte(personne, maintenant())))
    assert str(personne.id) in " ".join(list_auteurs_inconnus())
    assert str(agent.id) not in " ".join(list_auteurs_inconnus())
    scene.en_vigueur(agent)
    scene.conclue = Fin.DEFAIT
