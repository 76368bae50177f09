"""The feed by REST: numbers without a hole, a head that the reader finds by itself, its perimeter."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from sne.api import attente
from sne.api.ressources import flux as ressource
from sne.conventions import certificat
from sne.conventions.rules.portees import Portee
from sne.flux.actions.projeter import projeter
from sne.flux.actions.relever import relever, service_du_flux
from sne.flux.models import Accuse, Ligne
from sne.flux.rules import lignes as regles
from sne.flux.selectors import lignes as flux
from sne.journal.actions.jalonner import tourner_cle
from sne.journal.rules.notes import en_base64
from sne.journal.selectors.scellees import EntreeScellee
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.selectors.existence import list_nuds_du_territoire
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.api.conftest import Editeur
from tests.conventions import factories as conventions
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
LE = datetime(2026, 11, 24, 9, tzinfo=UTC)


def lignes(verbes: list[str], *, depuis: int = 1, territoire: str = "099", demande: Any = None) -> None:
    """What the dispatcher hands over, one seal an entry."""
    projeter(
        [
            EntreeScellee(n, 1, uuid.uuid4(), territoire, demande or uuid.uuid4(), 1, verbe, {}, LE)
            for n, verbe in enumerate(verbes, start=depuis)
        ]
    )


def tete_de(pages: list[dict[str, Any]], serie: str = "demandes") -> str:
    """The head, as a reader computes it from what it was given alone."""
    tete = sha256(f"sne-flux/1 099 {serie}".encode()).digest()
    for d in pages:
        ligne = regles.Ligne(
            "099",
            serie,
            d["numero"],
            d["scellement"],
            d["rang"],
            uuid.UUID(d["entree"]),
            uuid.UUID(d["demande"]),
            d["revision"],
            d["type"],
            datetime.fromisoformat(d["survenu_le"]),
        )
        tete = sha256(tete + ligne.canonique().encode()).digest()
    return tete.hex()


def test_page_a_page_puis_accuser(editeur: Editeur) -> None:
    depose = f.deposer()
    lignes(["DEPOSER", "MODIFIER", "CONSIGNER_DALO", "RADIER"], demande=depose.demande_id)
    une = editeur("GET", "/flux/099?limite=2", SNE_Guichet="", SNE_Agent="")
    assert une.status_code == 200, une.content.decode()
    deux = editeur("GET", une.json()["links"]["suivant"].removeprefix("/api/v1"))
    lues = une.json()["data"] + deux.json()["data"]
    assert [d["numero"] for d in lues] == [1, 2, 3]
    assert [d["type"] for d in lues] == ["demande.enregistree", "demande.modifiee", "demande.radiee"]
    assert {d["nud"] for d in lues} == {Demande.objects.get().nud}
    tete = deux.json()["meta"]["tete"]
    assert deux.json()["meta"]["dernier"] == 3
    assert tete_de(lues) == tete
    dite = editeur("POST", "/flux/099/accuses", {"numero": 3, "tete": tete})
    assert dite.json()["data"] == {"numero": 3, "dernier": 3}
    for numero, autre in ((3, "0" * 64), (2, tete), (4, tete)):
        refusee = editeur("POST", "/flux/099/accuses", {"numero": numero, "tete": autre})
        assert (refusee.status_code, refusee.json()["errors"][0]["code"]) == (409, "TETES_DIFFERENTES")
    assert Accuse.objects.get().numero == 3
    compte = editeur("GET", "/flux/099/releves/2026-11-24").json()["data"]
    assert (compte["total"], compte["par_type"]["demande.radiee"]) == (3, 1)
    preuve = editeur("GET", "/flux/099/2/preuve").json()["data"]
    assert preuve["tete_avant"] == tete_de(lues[:1])
    assert preuve["tete"] == tete_de(lues[:2])
    assert editeur("GET", "/flux/099/9/preuve").status_code == 404


def test_releve_demande_puis_instantane(editeur: Editeur, monkeypatch: pytest.MonkeyPatch) -> None:
    partie, restee = uuid.uuid4(), f.deposer().demande_id
    lignes(["DEPOSER", "PURGER"], demande=partie)
    lignes(["DEPOSER", "MODIFIER"], depuis=3, demande=restee)
    vide = editeur("GET", "/flux/099/instantane")
    assert (vide.status_code, vide.json()["errors"][0]["code"]) == (409, "RELEVE_ABSENT")
    for _ in range(2):  # asked twice, queued once
        attendu = editeur("POST", "/flux/099/releves")
        assert attendu.status_code == 202, attendu.content.decode()
    with connection.cursor() as curseur:
        curseur.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'flux.relever'")
        assert len(curseur.fetchall()) == 1
    acte = Acte(service_du_flux(), maintenant())
    tourner_cle(acte=acte)
    relever("099", "demandes", acte=acte)
    (releve,) = editeur("GET", "/flux/099/releves").json()["data"]
    assert releve["numero"] == 4
    autre = f.deposer(f.contenu(demandeur=f.personne("Vidal", "Zoé"))).demande_id
    monkeypatch.setattr(ressource, "PAR_MORCEAU", 1)
    lignes(["DEPOSER"], depuis=5, demande=autre)
    relever("099", "demandes", acte=acte)
    lu = json.loads(b"".join(editeur("GET", "/flux/099/instantane").streaming_content))["data"]
    assert {d["demande"]: d["revision"] for d in lu["demandes"]} == {str(restee): 1, str(autre): 1}
    assert {d["nud"] for d in lu["demandes"]} == set(Demande.objects.values_list("nud", flat=True))
    nombre, somme = regles.condenser([(uuid.UUID(d["demande"]), d["revision"]) for d in lu["demandes"]])
    assert f"\ndemandes {nombre} {en_base64(somme)}\n" in lu["note"]


def test_un_territoire_a_plus_de_demandes_qu_un_ordre_n_en_nomme() -> None:
    une = f.deposer()
    cherchees = [uuid.uuid4() for _ in range(66_000)]
    assert list_nuds_du_territoire([*cherchees, une.demande_id], "099") == {une.demande_id: une.nud}


@pytest.mark.parametrize(
    ("portees", "chemin", "statut"),
    [
        ({Portee.FLUX_LIRE}, "/flux/099", 200),
        ({Portee.FLUX_LIRE}, "/flux/098", 404),
        ({Portee.FLUX_LIRE}, "/flux/099?serie=dalo", 404),
        ({Portee.FLUX_LIRE, Portee.DALO_LIRE}, "/flux/099?serie=dalo", 200),
        ({Portee.FLUX_LIRE, Portee.DALO_LIRE}, "/flux/098?serie=dalo", 404),
        ({Portee.DALO_LIRE}, "/flux/099", 403),
        ({Portee.FLUX_LIRE}, "/flux/098/releves", 404),
        ({Portee.FLUX_LIRE}, "/flux/098/releves/2026-11-24", 404),
        ({Portee.FLUX_LIRE}, "/flux/098/instantane", 404),
        ({Portee.FLUX_LIRE}, "/flux/098/1/preuve", 404),
    ],
)
def test_perimetre(
    servi: None, monkeypatch: pytest.MonkeyPatch, portees: set[Portee], chemin: str, statut: int
) -> None:
    monkeypatch.setattr(certificat, "empreinte", lambda _: conventions.CERTIFICAT)
    editeur = Editeur(Client(), cle=conventions.cle_de(conventions.prete(portees), portees))
    lignes(["DEPOSER", "CONSIGNER_DALO"])
    lignes(["DEPOSER", "CONSIGNER_DALO"], depuis=3, territoire="098")
    recue = editeur("GET", chemin)
    assert recue.status_code == statut, recue.content.decode()
    if statut == 200:
        (lue,) = recue.json()["data"]
        assert lue["type"] == ("dalo.consigne" if "dalo" in chemin else "demande.enregistree")


def test_ecrire_hors_perimetre(editeur: Editeur) -> None:
    corps = {"numero": 0, "tete": regles.origine("098", "demandes").hex()}
    assert editeur("POST", "/flux/098/accuses", corps).status_code == 404
    assert editeur("POST", "/flux/098/releves").status_code == 404
    assert not Accuse.objects.exists()


def test_attendre_ce_qui_vient(editeur: Editeur, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    def dormir(secondes: float) -> None:
        pauses.append(secondes)
        if len(pauses) == 2:
            lignes(["DEPOSER"])

    monkeypatch.setattr(attente.time, "sleep", dormir)
    lue = editeur("GET", "/flux/099?attente=25")
    assert [d["numero"] for d in lue.json()["data"]] == [1]
    assert pauses == [attente.PAS, attente.PAS]
    assert editeur("GET", "/flux/099?attente=26").status_code == 422


def test_une_attente_a_la_fois_par_convention_et_peu_en_tout(monkeypatch: pytest.MonkeyPatch) -> None:
    une, autre, tierce = (uuid.uuid4() for _ in range(3))
    dedans: list[list[int]] = []

    def dormir(_: float) -> None:
        if not dedans:
            dedans.append(attente.attendre(list[int], secondes=9, qui=une, au_plus=2))

    lus = iter([[], [], [7]])
    monkeypatch.setattr(attente.time, "sleep", dormir)
    assert attente.attendre(lambda: next(lus), secondes=9, qui=une, au_plus=2) == [7]
    assert dedans == [[]]
    monkeypatch.setattr(attente, "_qui_attend", {autre, tierce})
    monkeypatch.setattr(attente.time, "sleep", lambda _: pytest.fail("it waits"))
    assert attente.attendre(list[int], secondes=9, qui=une, au_plus=2) == []


def test_trop_ancien(editeur: Editeur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flux, "get_premier_garde", lambda *_, **__: 42)
    recue = editeur("GET", "/flux/099?apres=3")
    (erreur,) = recue.json()["errors"]
    assert (recue.status_code, erreur["code"]) == (410, "FLUX_TROP_ANCIEN")
    assert erreur["meta"]["premier"] == 42
    assert erreur["meta"]["instantane"] == "/api/v1/flux/099/instantane?serie=demandes"


def test_une_cellule_qui_a_moins_de_sceaux_continue_la_serie() -> None:
    """A territory came with its lines: seals are counted anew where it is."""
    lignes(["DEPOSER", "MODIFIER"], depuis=900)
    lignes(["MODIFIER", "RADIER"], depuis=3)
    lues = Ligne.objects.order_by("numero").values_list("numero", "scellement")
    assert list(lues) == [(1, 900), (2, 901), (3, 3), (4, 4)]
    assert list(flux.verifier("099", "demandes")) == []


@pytest.mark.parametrize("gardee", [2, 23, 40, 41])
def test_la_premiere_gardee_se_trouve_par_moities(monkeypatch: pytest.MonkeyPatch, gardee: int) -> None:
    lignes(["DEPOSER"] * 40)
    vues: list[int] = []

    def scellement(_territoire: str, _serie: str, numero: int) -> datetime | None:
        vues.append(numero)
        return None if numero > 40 else LE if numero >= gardee else LE - timedelta(days=800)

    monkeypatch.setattr(flux, "get_scellement", scellement)
    trouves = {
        apres: flux.get_premier_garde("099", "demandes", apres=apres, le=LE.date()) for apres in range(41)
    }
    assert trouves == {apres: None if apres + 1 >= gardee else gardee for apres in range(41)}
    vues.clear()
    flux.get_premier_garde("099", "demandes", apres=0, le=LE.date())
    assert len(vues) <= 7
