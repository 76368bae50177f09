"""A register brought to a size by statements of the database is like one that the application wrote."""

from collections.abc import Iterator
from random import Random
from typing import Any
from unittest import mock

import psycopg
import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client

from sne.bench import doubles, preparation
from sne.bench.doubles import TABLES, tables_des_tours
from sne.bench.nombre import GARNIR
from sne.bench.pivot_tire import tirer
from sne.cellules.routage import ANNUAIRE
from sne.demo.generation.atelier import ecrire_lot
from sne.habilitations.selectors import acteur_de
from sne.journal.selectors.etat import verifier
from sne.referentiels import selectors
from sne.registre.contenu.rules.nir import etat as etat_du_nir
from sne.registre.demande.actions.examiner import examiner_demandes
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import SecretNir
from sne.registre.faits.actions.evenements import consigner_evenement
from sne.registre.faits.rules.evenements import EvenementSaisi
from sne.socle import replique
from sne.socle.acte import Acte
from sne.socle.chiffrement import dechiffrer, empreinte_nir
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.postgres import Serveur
from tests import bases
from tests.cellules.paire import Paire
from tests.demo.decors import generateur
from tests.habilitations.factories import connecter, creer_gestionnaire

SOUCHE, TAILLE = 20, 50
# Per demande of the models, what is found of each table; a key that leads nowhere.
PAR_DEMANDE = """
SELECT c.conrelid::regclass::text, c.confrelid::regclass::text, array_agg(a.attname::text ORDER BY n.rang),
    array_agg(b.attname::text ORDER BY n.rang)
FROM pg_constraint c
CROSS JOIN unnest(c.conkey, c.confkey) WITH ORDINALITY AS n (de, vers, rang)
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = n.de
JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = n.vers
WHERE c.contype = 'f' AND c.conrelid = ANY(%s::regclass[]) GROUP BY c.oid, 1, 2
"""
DE_QUELQU_UN = """
SELECT table_name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND column_name IN ('demande_id', 'personne_id') AND table_type = 'BASE TABLE'
GROUP BY table_name
"""


@pytest.fixture(scope="module")
def base(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[psycopg.Connection]:
    """A register doubled on a server of its own, that Django serves meanwhile; its superuser."""
    dossier = tmp_path_factory.mktemp("doubles")
    serveur = Serveur(dossier / "serveur", jetable=True, lie=True)
    serveur.demarrer()
    avant = connections[DEFAULT_DB_ALIAS], connections.settings[DEFAULT_DB_ALIAS]
    paire = Paire({ANNUAIRE: serveur}, {ANNUAIRE: serveur.preparer("sne")})
    acces = paire.acces[ANNUAIRE]
    try:
        with django_db_blocker.unblock(), mock.patch.object(replique, "existe", return_value=False):
            bases.restaurer(bases.archiver_le_modele(dossier / "modele.dump"), acces.admin)
            paire.servir("runtime")
            ecrire_lot(generateur(), range(SOUCHE))
            examiner_demandes(au_plus=SOUCHE)
            preparation.raconter(SOUCHE)
            with psycopg.connect(acces.admin, autocommit=True) as admin:
                admin.execute(GARNIR.replace("< 5", "< 128"))
                doubles.doubler(acces, taille=TAILLE, tirages=tirer(500), variables={}, dire=lambda _: None)
                yield admin
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections[DEFAULT_DB_ALIAS], connections.settings[DEFAULT_DB_ALIAS] = avant
        selectors.oublier()
        serveur.arreter()


def lire(base: psycopg.Connection, ordre: str) -> Any:
    """One value."""
    (lu,) = base.execute(ordre).fetchone() or (None,)
    return lu


def test_each_model_is_doubled_with_all_that_is_his(base: psycopg.Connection) -> None:
    """No table is forgotten: one that holds rows of the models holds those of the doubles."""
    tables = {nom for (nom,) in base.execute(DE_QUELQU_UN).fetchall()}
    remplies = {nom for nom in tables if lire(base, f"SELECT EXISTS (SELECT FROM {nom})")}
    assert remplies <= TABLES.keys()
    assert {"demande", *remplies} > {"demande", "personne", "identite", "version", "evenement", "attente"}
    assert lire(base, "SELECT count(*) FROM demande") == TAILLE
    assert lire(base, "SELECT count(DISTINCT territoire) FROM demande") > 5
    for nom in remplies:
        du_modele = f"SELECT count(*) FROM {nom} WHERE left(id::text, 4) <> '0000'"
        assert lire(base, f"SELECT count(*) FROM {nom}") > lire(base, du_modele) > 0, nom


def test_keys_lead_somewhere(base: psycopg.Connection) -> None:
    """The guards were off: what they hold is asked anew."""
    cles = base.execute(PAR_DEMANDE, [[nom for nom in TABLES if not nom.startswith("journal")]]).fetchall()
    assert len(cles) > 8
    for de, vers, ici, la in cles:
        memes = " AND ".join(f"l.{b} = t.{a}" for a, b in zip(ici, la, strict=True))
        pleines = " AND ".join(f"t.{a} IS NOT NULL" for a in ici)
        perdues = (
            f"SELECT count(*) FROM {de} t WHERE {pleines} AND NOT EXISTS (SELECT FROM {vers} l WHERE {memes})"
        )
        assert lire(base, perdues) == 0, (de, vers)


def test_the_journal_proves_itself(base: psycopg.Connection) -> None:
    """Entries of doubles are hashed and sealed as those of acts; one revision has one."""
    assert not list(verifier())
    assert lire(base, "SELECT count(*) FROM journal_entree WHERE faits ? 'double_de'") > TAILLE - SOUCHE
    scellees = "SELECT FROM journal_position p WHERE p.entree = e.id"
    ouvertes = f"SELECT count(*) FROM journal_entree e WHERE faits ? 'double_de' AND NOT EXISTS ({scellees})"
    assert lire(base, ouvertes) == 0


def test_numbers_are_of_nobody_and_open(base: psycopg.Connection) -> None:
    """Each is encrypted for its own person, under the fingerprint that the register looks for."""
    secrets = list(SecretNir.objects.all())
    numeros = [dechiffrer(bytes(s.chiffre), lie_a=s.personne_id.bytes).decode() for s in secrets]
    assert len(set(numeros)) == len(numeros) > TAILLE
    assert [empreinte_nir(n) for n in numeros] == [bytes(s.nir_empreinte) for s in secrets]
    assert {str(etat_du_nir(n)) for n in numeros} == {str(etat_du_nir(numeros[0]))}


def test_pages_of_a_double_open_and_acts_are_done(base: psycopg.Connection) -> None:
    """Its file, its searches by name and number; and an act, under every guard."""
    double = Random(5).choice(list(Demande.objects.exclude(territoire="099").filter(statut="ACTIVE")))
    compte = creer_gestionnaire(territoire=double.territoire)
    client = connecter(Client(), compte)
    adresse = f"/demandes/{double.nud}/"
    fiche = client.get(adresse)
    assert fiche.status_code == 200
    nom = double.personnes.get(rang=0).identites.get().nom_naissance
    assert nom in fiche.content.decode()
    for tape in (nom, double.nud):
        trouve = client.post("/rechercher/", {"q": tape}, follow=True)
        assert adresse in trouve.content.decode(), tape
    assert client.get("/accueil/").status_code == 200
    le = aujourd_hui()
    acte = Acte(acteur_de(compte, le=le), maintenant())
    consigner_evenement(double.id, EvenementSaisi("ENTRETIEN", le, {"lieu": "Au guichet"}), acte=acte)
    assert "Entretien" in client.get(adresse).content.decode()


def test_what_filled_it_is_put_away(base: psycopg.Connection) -> None:
    """Indexes are there again, the server writes as before, the draws are gone."""
    assert lire(base, "SELECT to_regnamespace('doublage')::text") is None
    assert (
        lire(base, "SELECT count(*) FROM pg_file_settings WHERE name = 'max_wal_size' AND setting = '2GB'")
        == 0
    )
    voulus = connections[DEFAULT_DB_ALIAS].introspection.get_constraints
    with connections[DEFAULT_DB_ALIAS].cursor() as curseur:
        assert "identite_nom" in voulus(curseur, "identite")
    assert lire(base, "SELECT count(*) FROM pg_indexes WHERE indexname = 'journal_entree_demande'") == 1
    assert lire(base, "SELECT bool_and(indisvalid) FROM pg_index")


def test_only_the_newest_files_of_a_very_large_register_can_be_opened() -> None:
    """The others have what searches and lists read: a disk holds three times as many."""
    assert tables_des_tours(range(1, 4), entiers=None) == {tour: list(TABLES) for tour in (1, 2, 3)}
    tours = tables_des_tours(range(1, 4), entiers=1)
    assert tours[3] == list(TABLES)
    assert tours[1] == tours[2] == ["demande", "personne", "identite", "place_ouverte", "attente"]
