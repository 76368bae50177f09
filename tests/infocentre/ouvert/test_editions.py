"""An edition: asked for by one person, computed and attacked by the service, published by another person."""

import csv
import hashlib
import io
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from unittest import mock

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sne.habilitations.rules import Role
from sne.habilitations.rules.acteurs import service
from sne.infocentre.ouvert import actions
from sne.infocentre.ouvert.actions import calculer_edition, preparer_edition, publier_edition, refuser_edition
from sne.infocentre.ouvert.models import EditionOuverte, FichierOuvert
from sne.infocentre.ouvert.rules.editions import COLONNES
from sne.infocentre.ouvert.rules.secret import Masque
from sne.infocentre.ouvert.rules.tables import Case, Niveau
from sne.infocentre.ouvert.selectors import (
    get_edition,
    get_octets,
    list_comptes,
    list_editions,
    list_publiees,
)
from sne.infocentre.ouvert.tasks import calculer
from sne.journal.models import Entree
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f

pytestmark = pytest.mark.django_db(transaction=False)
LE = datetime(2026, 11, 24, 10, tzinfo=UTC)
ANNEE = 2025
VILLE, BOURG = "99001", "99008"


@pytest.fixture(autouse=True)
def sans_moteur(request: pytest.FixtureRequest) -> Iterator[None]:
    """The engine is started where its file is read; elsewhere its process would be the longest of the test."""
    if "parquet" in request.node.name:
        yield
        return
    with mock.patch.object(actions, "ecrire_parquet"):
        yield


def porteur() -> Acteur:
    return f.creer_acteur(Role.DPO)


@pytest.fixture
def comptes() -> Iterator[dict[tuple[str, str], int]]:
    """What the register counts: a town with many, a village with few."""
    lus = {(VILLE, "1"): 400, (VILLE, "2"): 300, (BOURG, "1"): 40, (BOURG, "2"): 3, ("99002", "1"): 90,
           ("99002", "2"): 60, ("99009", "1"): 25, ("99009", "2"): 31}  # fmt: skip
    with mock.patch.object(actions, "list_comptes", return_value=lus):
        yield lus


def preparer(acteur: Acteur, annee: int = ANNEE) -> uuid.UUID:
    return preparer_edition(annee, acte=Acte(acteur, LE))


def preparee(acteur: Acteur) -> uuid.UUID:
    cle = preparer(acteur)
    calculer()
    return cle


def lire(cle: uuid.UUID) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(get_octets(get_edition(cle), "csv").decode())))


def test_two_persons_publish_what_the_auditor_passed(comptes: dict[tuple[str, str], int]) -> None:
    un, deux = porteur(), porteur()
    cle = preparer(un)
    with pytest.raises(Interdit, match="pas encore calculée"):
        publier_edition(cle, acte=Acte(deux, LE))
    calculer()
    with pytest.raises(Interdit, match="Une autre personne"):
        publier_edition(cle, acte=Acte(un, LE))
    publier_edition(cle, acte=Acte(deux, LE))
    [edition] = list_publiees()
    assert (edition.id, edition.annee, edition.rang, edition.decidee_par) == (cle, ANNEE, 1, deux.nom)
    with pytest.raises(Interdit, match="déjà été donnée"):
        publier_edition(cle, acte=Acte(porteur(), LE))
    assert [e.verbe for e in Entree.objects.order_by("inscrit_le", "id")] == [
        "PREPARER_DONNEES_OUVERTES",
        "CALCULER_DONNEES_OUVERTES",
        "PUBLIER_DONNEES_OUVERTES",
    ]


def test_the_csv_and_the_parquet_say_that_a_cell_is_missing_not_for_which_reason(
    comptes: dict[tuple[str, str], int],
) -> None:
    cle = preparee(porteur())
    edition = get_edition(cle)
    assert edition.fichier is not None
    lignes = lire(cle)
    assert list(lignes[0]) == list(COLONNES)
    assert {x["statut"] for x in lignes} == {"DIFFUSE", "SECRET"}
    assert all((x["statut"] == "SECRET") == (x["valeur"] == "") for x in lignes)
    par_case = {(x["niveau"], x["code"], x["modalite"]): x["valeur"] for x in lignes}
    assert par_case["COMMUNE", VILLE, "1"] == "400"
    assert par_case["COMMUNE", BOURG, "2"] == ""
    assert par_case["NATION", "FR", "TOUTES"] == str(sum(comptes.values()))
    assert (edition.fichier.audit.passe, edition.fichier.audit.primaires) == (True, 1)
    texte = get_octets(edition, "csv")
    assert (
        edition.fichier.schema["empreintes_sha256"][f"demandes-{ANNEE}.csv"]
        == hashlib.sha256(texte).hexdigest()
    )
    assert edition.fichier.schema["arrete_le"] == "2025-12-31"
    assert get_octets(edition, "parquet")[:4] == b"PAR1"


def test_a_mask_lasts_and_a_corrected_edition_is_attacked_with_the_one_it_replaces(
    comptes: dict[tuple[str, str], int],
) -> None:
    premiere = preparee(porteur())
    publier_edition(premiere, acte=Acte(porteur(), LE))
    comptes[BOURG, "2"] = 15  # not few any more, and not above twenty
    deuxieme = preparee(porteur())
    assert (get_edition(deuxieme).rang, get_edition(deuxieme).fichier.audit.constats) == (2, ())
    assert [x["valeur"] for x in lire(deuxieme) if (x["code"], x["modalite"]) == (BOURG, "2")] == [""]
    refuser_edition(deuxieme, motif=" Relire ", acte=Acte(porteur(), LE))
    comptes[BOURG, "2"] = 3
    autre = next(
        iter(
            x
            for x in lire(premiere)
            if x["statut"] == "SECRET" and x["niveau"] == "COMMUNE" and x["modalite"] == "1"
        )
    )
    montree = Case(Niveau.COMMUNE, autre["code"], "1")

    def trop_peu(table: object, tues: frozenset[Case], **_: object) -> Masque:
        return Masque(tues - {montree}, frozenset())

    with mock.patch("sne.infocentre.ouvert.rules.secret.proteger", trop_peu):
        troisieme = preparee(porteur())
    constats = get_edition(troisieme).fichier.audit.constats
    assert any(autre["code"] in c for c in constats)
    with pytest.raises(Interdit, match="que l’on peut déduire"):
        publier_edition(troisieme, acte=Acte(porteur(), LE))
    with pytest.raises(IntegrityError, match="audit"), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(
            "UPDATE edition_ouverte SET issue = 'PUBLIEE', decideur = %s, decide_par = %s, clos_le = now() "
            "WHERE id = %s",
            [uuid.uuid4(), '{"role": "DPO"}', troisieme],
        )


@pytest.mark.parametrize("annee", [2014, 2026, 2030])
def test_a_year_that_is_not_over_is_refused(annee: int) -> None:
    with pytest.raises(Interdit) as exc:
        preparer(porteur(), annee)
    assert exc.value.champ == "annee"


def test_one_edition_of_a_year_at_a_time_and_refused_with_a_reason(
    comptes: dict[tuple[str, str], int],
) -> None:
    cle = preparee(porteur())
    with pytest.raises(Interdit, match="attend déjà"):
        preparer(porteur())
    for motif in ("  ", "x" * 501):
        with pytest.raises(Interdit) as exc:
            refuser_edition(cle, motif=motif, acte=Acte(porteur(), LE))
        assert exc.value.champ == "motif"
    refuser_edition(cle, motif="Communes à relire", acte=Acte(porteur(), LE))
    assert get_edition(cle).motif == "Communes à relire"
    assert get_edition(preparer(porteur())).rang == 2


def test_computed_once_and_never_by_a_person(comptes: dict[tuple[str, str], int]) -> None:
    cle = preparee(porteur())
    calculer()
    assert not calculer_edition(cle, acte=Acte(service("Service des données ouvertes"), LE))
    assert FichierOuvert.objects.count() == 1
    with pytest.raises(NonHabilite):
        calculer_edition(cle, acte=Acte(porteur(), LE))
    with pytest.raises(Introuvable):
        get_edition(uuid.uuid4())


def test_another_worker_may_have_finished_first(comptes: dict[tuple[str, str], int]) -> None:
    cle = preparer(porteur())
    vrai = actions._calculer

    def pendant(annee: int, **autres: object) -> FichierOuvert:
        with mock.patch.object(actions, "_calculer", vrai):
            calculer()
        return vrai(annee, **autres)

    with mock.patch.object(actions, "_calculer", pendant):
        calculer()
    assert (FichierOuvert.objects.count(), get_edition(cle).fichier is not None) == (1, True)


@pytest.mark.parametrize(
    "role", [Role.AGENT_GUICHET, Role.GESTIONNAIRE_TERRITORIAL, Role.EXPLOITATION_NATIONALE]
)
def test_nobody_else_asks_or_answers(role: Role, comptes: dict[tuple[str, str], int]) -> None:
    autre = f.creer_acteur(role)
    with pytest.raises(NonHabilite):
        preparer(autre)
    cle = preparee(porteur())
    for repondre in (
        lambda: publier_edition(cle, acte=Acte(autre, LE)),
        lambda: refuser_edition(cle, motif="Non", acte=Acte(autre, LE)),
    ):
        with pytest.raises(NonHabilite):
            repondre()


def test_one_of_the_two_is_the_data_protection_officer(comptes: dict[tuple[str, str], int]) -> None:
    metier, collegue = f.creer_acteur(Role.POLE_METIER), f.creer_acteur(Role.POLE_METIER)
    cle = preparee(metier)
    with pytest.raises(NonHabilite, match="délégué"):
        publier_edition(cle, acte=Acte(collegue, LE))
    with (
        pytest.raises(IntegrityError, match="délégué"),
        transaction.atomic(),
        mock.patch.object(actions, "exiger_publiable"),
    ):
        publier_edition(cle, acte=Acte(collegue, LE))
    publier_edition(cle, acte=Acte(porteur(), LE))
    assert [e.id for e in list_publiees()] == [cle]


def test_no_edition_without_its_entry() -> None:
    with (
        mock.patch.object(actions.journal, "INSCRIRE", "SELECT * FROM nulle_part(%s)"),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        preparer(porteur())
    assert not EditionOuverte.objects.exists()


def test_no_file_before_it_is_computed() -> None:
    cle = preparer(porteur())
    with pytest.raises(Introuvable):
        get_octets(get_edition(cle), "csv")
    assert [e.fichier for e in list_editions()] == [None]


def test_open_demandes_of_the_end_of_the_year_by_first_commune_and_size() -> None:
    avant = datetime(2025, 12, 30, 10, tzinfo=UTC)
    f.deposer(le=avant)
    souhaits = {
        "types_logement": ["T3"],
        "localisations": [{"commune": "99008"}],
        "accepte_autres_communes": True,
    }
    f.deposer(f.contenu(demandeur=f.personne("Zimmer"), souhaits=souhaits), le=avant)
    f.deposer(f.contenu(demandeur=f.personne("Brunehaut")), le=datetime(2026, 1, 1, 10, tzinfo=UTC))
    assert list_comptes(2025) == {("99001", "1"): 1, ("99008", "1"): 1}
    assert list_comptes(2024) == {}


def test_an_edition_is_never_taken_away(url_runtime: str) -> None:
    with psycopg.connect(url_runtime) as base, pytest.raises(psycopg.errors.InsufficientPrivilege):
        base.execute("DELETE FROM edition_ouverte")
