"""A file of operations sent by a software: done line by line, stopped, started again, tried without a trace."""

import gzip
import hashlib
import io
import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from procrastinate.contrib.django.models import ProcrastinateJob

from sne.api.lignes import executer
from sne.api.ressources import imports as ressource
from sne.api.tasks import avancer_imports
from sne.conventions import certificat
from sne.conventions.actions import Tenue, fermer_portee, suspendre_convention
from sne.conventions.models import Convention
from sne.conventions.rules.portees import Portee
from sne.imports.actions import Contexte, Fichier, avancer, controler, deposer_import, purger_imports
from sne.imports.actions.deposer import MORCEAU, FichierTropLourd
from sne.imports.actions.file import mettre_en_file
from sne.imports.models import Import, LigneImport, Tranche
from sne.imports.rules.formats import Compression, Format
from sne.imports.rules.lignes import Operation
from sne.imports.selectors import list_imports
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.tentative import TentativeRefusee
from sne.socle.acte import Acte
from sne.socle.horloge import AVANCE, aujourd_hui, maintenant
from tests.api.conftest import Editeur
from tests.conventions import factories as conventions
from tests.habilitations.factories import creer_exploitation, creer_gestionnaire
from tests.imports.factories import deposer

pytestmark = pytest.mark.django_db
NDJSON = "application/x-ndjson"


@pytest.fixture(autouse=True)
def documents(settings: Any, tmp_path: Path) -> None:
    """The folder of work."""
    settings.DOSSIER_DOCUMENTS = tmp_path


def fichier(*lignes: dict[str, Any] | str) -> bytes:
    return "\n".join(x if isinstance(x, str) else json.dumps(x) for x in lignes).encode()


def envoyer(editeur: Editeur, octets: bytes, suite: str = "", **entetes: str) -> HttpResponse:
    entetes = {"Content_Type": NDJSON} | entetes
    return editeur("POST", f"/imports{suite}", brut=octets, **entetes)


def test_the_same_file_is_received_by_one_call_at_a_time(
    editeur: Editeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ressource, "tenir_cle", lambda cle: nullcontext(Tenue(cle, tenue=False)))
    refus = envoyer(editeur, fichier(deposer("D-1")))
    assert (refus.status_code, refus.json()["errors"][0]["code"]) == (409, "ACTE_EN_COURS")
    assert not Import.objects.exists()


def derouler(fois: int = 99) -> None:
    convention = Convention.objects.get()
    for _ in range(fois):
        if not avancer(convention.id, "099", executer):
            return


def rapport(editeur: Editeur, recu: HttpResponse) -> list[dict[str, Any]]:
    lu = editeur("GET", f"/imports/{recu.json()['data']['id']}/rapport")
    assert lu.status_code == 200
    assert lu["Content-Type"] == NDJSON
    return [json.loads(ligne) for ligne in b"".join(lu.streaming_content).splitlines()]


def lu(editeur: Editeur, recu: HttpResponse) -> dict[str, Any]:
    return editeur("GET", f"/imports/{recu.json()['data']['id']}").json()["data"]


def test_chaque_operation(editeur: Editeur) -> None:
    nud = editeur("POST", "/demandes", deposer("x")["corps"]).json()["data"]["nud"]
    autre = editeur("POST", "/demandes", deposer("x", 5)["corps"]).json()["data"]["nud"]
    contact = {"demandeur": {"contact": {"telephone_portable": "06 39 98 00 01"}}}
    nom = {"demandeur": {"identite": {"nom_naissance": "Zimmermann"}}}
    jour = aujourd_hui().isoformat()
    lignes = [
        deposer("D-1", 1, reference_editeur="REF-1"),
        {"cle": "M-1", "operation": "modifier", "nud": nud, "corps": {"revision": 1, "correctif": contact}},
        {"cle": "M-2", "operation": "modifier", "nud": nud, "corps": {"revision": 2, "correctif": nom}},
        {"cle": "E-1", "operation": "evenement", "nud": nud, "corps": {"type": "NIMPORTE", "jour": jour}},
        {"cle": "R-1", "operation": "radier", "nud": autre, "corps": {"revision": 7, "motif": "RADABA"}},
        {
            "cle": "R-2",
            "operation": "radier",
            "nud": autre,
            "corps": {"revision": 1, "motif": "RADABA", "date_courrier": jour, "document": "Courrier gardé"},
        },
        {
            "cle": "N-1",
            "operation": "renouveler",
            "nud": nud,
            "corps": {"revision": 1, "sans_changement": True},
        },
        {
            "cle": "I-1",
            "operation": "modifier",
            "nud": "0990000000000G0993",
            "corps": {"revision": 1, "correctif": {}},
        },
        {"cle": "X-1", "operation": "effacer", "corps": {}},
        deposer("D-1", 1),
        "{",
        {"cle": "F-1", "operation": "deposer", "corps": {"contenu": {"secret": "Dupont"}}},
    ]
    recu = envoyer(editeur, gzip.compress(fichier(*lignes)), Content_Encoding="gzip", cle="envoi")
    assert recu.status_code == 202, recu.content.decode()
    assert recu["Location"] == f"/api/v1/imports/{recu.json()['data']['id']}"
    derouler()
    dits = rapport(editeur, recu)
    issues = {dite.get("cle", ""): dite["issue"] for dite in dits}
    codes = {dite.get("cle", ""): [a["code"] for a in dite["anomalies"]] for dite in dits}
    assert [dite["ligne"] for dite in dits] == list(range(1, 13))
    assert dits[0]["issue"] == "ENREGISTREE"
    assert (dits[9]["issue"], dits[9]["nud"]) == ("DEJA_FAITE", dits[0]["nud"])
    assert issues["M-1"] == "MODIFIEE", dits
    assert issues["M-2"] in {"EN_ATTENTE", "MODIFIEE"}
    assert issues["R-2"] == "MODIFIEE", dits
    assert codes["R-1"] == ["REVISION_DEPASSEE"]
    assert codes["I-1"] == ["INTROUVABLE"]
    assert codes["X-1"] == ["OPERATION_INCONNUE"]
    assert codes[""] == ["LIGNE_ILLISIBLE"]
    assert issues["E-1"] == issues["N-1"] == issues["F-1"] == "REFUSEE"
    assert "Dupont" not in json.dumps(dits)
    assert "secret" not in json.dumps(dits)
    assert Demande.objects.get(nud=dits[0]["nud"]).canal == "INTERFACE"
    fini = lu(editeur, recu)
    assert (fini["etat"], fini["lignes"], fini["faites"]) == ("TERMINE", 12, 12)
    relue = editeur("GET", f"/demandes/{dits[0]['nud']}").json()["data"]
    assert relue["reference_editeur"] == "REF-1"


def test_relancer_ne_refait_rien(editeur: Editeur) -> None:
    recu = envoyer(editeur, fichier(*(deposer(f"D-{rang}", rang) for rang in range(4)), "{"))
    derouler()
    avant = Demande.objects.count(), Entree.objects.filter(verbe="DEPOSER").count()
    assert [dite["issue"] for dite in rapport(editeur, recu)] == ["ENREGISTREE"] * 4 + ["REFUSEE"]
    reprise = editeur("POST", f"/imports/{recu.json()['data']['id']}/reprises", {})
    assert reprise.status_code == 202, reprise.content.decode()
    assert reprise.json()["data"]["essais"] == 2
    derouler()
    assert [dite["issue"] for dite in rapport(editeur, recu)] == ["DEJA_FAITE"] * 4 + ["REFUSEE"]
    assert (Demande.objects.count(), Entree.objects.filter(verbe="DEPOSER").count()) == avant


def test_un_gros_fichier_se_garde_par_morceaux_et_se_coupe_a_la_taille_admise(
    editeur: Editeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    vide = b"\n" * (MORCEAU + 5)
    assert envoyer(editeur, vide).status_code == 202
    assert Tranche.objects.filter(recue=True).count() == 2
    appelant = conventions.appelant(conventions.cle_de(Convention.objects.get().pk))
    monkeypatch.setattr("sne.imports.actions.deposer.taille_admise", lambda _le: MORCEAU)
    menteur = Fichier(Format.NDJSON, Compression.AUCUNE, io.BytesIO(vide).read, annonce=5)
    with pytest.raises(FichierTropLourd):
        deposer_import(uuid.uuid4(), menteur, de=appelant, acte=Acte(appelant.acteur, maintenant()))
    assert Import.objects.count() == 1


def test_un_essai_n_ecrit_rien(editeur: Editeur) -> None:
    nud = editeur("POST", "/demandes", deposer("x")["corps"]).json()["data"]["nud"]
    jour = aujourd_hui().isoformat()
    contact = {"demandeur": {"contact": {"telephone_portable": "06 39 98 00 01"}}}
    lignes = [
        deposer("D-1", 1),
        deposer("D-2", 0),
        {"cle": "M-1", "operation": "modifier", "nud": nud, "corps": {"revision": 1, "correctif": contact}},
        {
            "cle": "N-1",
            "operation": "renouveler",
            "nud": nud,
            "corps": {"revision": 1, "sans_changement": True},
        },
        {"cle": "E-1", "operation": "evenement", "nud": nud, "corps": {"type": "NIMPORTE", "jour": jour}},
        {
            "cle": "R-1",
            "operation": "radier",
            "nud": nud,
            "corps": {"revision": 1, "motif": "RADABA", "date_courrier": jour, "document": "Courrier gardé"},
        },
        {"cle": "R-2", "operation": "radier", "nud": nud, "corps": {"revision": 1, "motif": "RADREN"}},
    ]
    recu = envoyer(editeur, fichier(*lignes), "?essai=true")

    def etat() -> tuple[Any, ...]:
        return (
            Demande.objects.count(),
            Entree.objects.count(),
            TentativeRefusee.objects.count(),
            Demande.objects.get(nud=nud).revision,
        )

    avant = etat()
    derouler()
    assert etat() == avant
    issues = {dite["cle"]: dite["issue"] for dite in rapport(editeur, recu)}
    assert issues == {
        "D-1": "ENREGISTREE",
        "D-2": "REFUSEE",
        "M-1": "MODIFIEE",
        "N-1": "REFUSEE",
        "E-1": "REFUSEE",
        "R-1": "MODIFIEE",
        "R-2": "REFUSEE",
    }
    vrai = editeur("POST", "/demandes", deposer("x", 1)["corps"]).json()["data"]["nud"]
    assert int(vrai[7:13]) == int(nud[7:13]) + 1  # no number was drawn


def test_le_meme_envoi(editeur: Editeur) -> None:
    octets = fichier(deposer("D-1"))
    premier = envoyer(editeur, octets, cle="meme")
    assert envoyer(editeur, octets, cle="meme").json()["data"]["id"] == premier.json()["data"]["id"]
    autre = envoyer(editeur, octets + b"\n", cle="meme")
    assert (autre.status_code, autre.json()["errors"][0]["code"]) == (422, "CLE_IDEMPOTENCE_DIFFERENTE")
    assert Import.objects.count() == 1
    assert ProcrastinateJob.objects.filter(queue_name="imports").count() == 1


@pytest.mark.parametrize(
    ("octets", "entetes", "statut"),
    [
        (b"", {}, 415),  # a body of nothing has no type
        (b"{}", {"Content_Type": "application/json"}, 415),
        (b"{}", {"Content_Encoding": "br"}, 415),
        (b"{}", {}, 202),
        (b"{}", {"SNE_Agent": ""}, 400),
    ],
)
def test_envois_refuses(editeur: Editeur, octets: bytes, entetes: dict[str, str], statut: int) -> None:
    recu = envoyer(editeur, octets, **entetes)
    assert recu.status_code == statut, recu.content.decode()
    assert Import.objects.count() == (statut == 202)


def test_trop_lourd(editeur: Editeur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sne.api.ressources.imports.taille_admise", lambda _: 10)
    monkeypatch.setattr("sne.imports.actions.deposer.taille_admise", lambda _: 10)
    assert envoyer(editeur, b"x" * 11).status_code == 413
    assert not Import.objects.exists()


def test_un_fichier_illisible_est_interrompu(editeur: Editeur) -> None:
    recu = envoyer(editeur, b"cle;titulaire\nD-1;\xe9\n", Content_Type="text/csv")
    vide = envoyer(editeur, b"\n\n")
    derouler()
    dit = lu(editeur, recu)
    assert (dit["etat"], dit["faites"]) == ("INTERROMPU", 0)
    assert "UTF-8" in dit["motif"]
    assert "aucune ligne" in lu(editeur, vide)["motif"]
    assert editeur("POST", f"/imports/{recu.json()['data']['id']}/reprises", {}).status_code == 202
    assert lu(editeur, recu)["etat"] == "RECU"


def test_annuler(editeur: Editeur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(controler, "LIGNES", 2)
    recu = envoyer(editeur, fichier(*(deposer(f"D-{rang}", rang) for rang in range(5))))
    derouler(2)
    assert lu(editeur, recu)["etat"] == "EN_COURS"
    ici = f"/imports/{recu.json()['data']['id']}"
    assert editeur("POST", f"{ici}/reprises", {}).status_code == 409
    assert editeur("DELETE", ici).json()["data"]["etat"] == "ANNULE"
    derouler()
    assert (lu(editeur, recu)["faites"], Demande.objects.count(), Tranche.objects.count()) == (2, 2, 0)
    assert editeur("DELETE", ici).status_code == 409


def test_ce_qui_prend_fin_interrompt(editeur: Editeur, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(controler, "LIGNES", 1)
    recu = envoyer(editeur, fichier(deposer("D-1", 1), deposer("D-2", 2)))
    derouler(2)
    convention = Convention.objects.get()
    exploitant = creer_exploitation()
    fermer_portee(convention.id, Portee.IMPORTS_ECRIRE, acte=conventions.acte(exploitant))
    derouler()
    assert "imports:ecrire" in Import.objects.get().motif
    assert Demande.objects.count() == 1
    conventions.ouvrir_portee(convention.id, Portee.IMPORTS_ECRIRE, acte=conventions.acte(exploitant))
    assert editeur("POST", f"/imports/{recu.json()['data']['id']}/reprises", {}).status_code == 202
    suspendre_convention(convention.id, motif="Fuite", acte=conventions.acte(exploitant))
    derouler()
    assert Import.objects.get().etat == "INTERROMPU"
    assert "suspendue" in Import.objects.get().motif


def test_chaque_ligne_selon_sa_portee(editeur: Editeur) -> None:
    fermer_portee(
        Convention.objects.get().id, Portee.DEMANDES_ECRIRE, acte=conventions.acte(creer_exploitation())
    )
    recu = envoyer(editeur, fichier(deposer("D-1", 1)))
    derouler()
    [dite] = rapport(editeur, recu)
    assert [a["code"] for a in dite["anomalies"]] == ["PORTEE_MANQUANTE"]


def test_l_import_d_un_autre_n_existe_pas(editeur: Editeur) -> None:
    recu = envoyer(editeur, fichier(deposer("D-1")))
    ici = f"/imports/{recu.json()['data']['id']}"
    autre = Editeur(
        editeur.client, cle=conventions.cle_de(conventions.prete(empreinte=hashlib.sha256(b"x").digest()))
    )
    with pytest.MonkeyPatch.context() as ailleurs:
        ailleurs.setattr(certificat, "empreinte", lambda _: hashlib.sha256(b"x").digest())
        for methode, suite in (("GET", ""), ("GET", "/rapport"), ("POST", "/reprises"), ("DELETE", "")):
            corps = {} if methode == "POST" else None
            assert autre(methode, f"{ici}{suite}", corps).status_code == 404
    assert Import.objects.get().etat == "RECU"


def test_coupe_entre_l_acte_et_son_rapport(editeur: Editeur, monkeypatch: pytest.MonkeyPatch) -> None:
    recu = envoyer(editeur, fichier(*(deposer(f"D-{rang}", rang) for rang in range(3))))
    pas = import_module("sne.imports.actions.avancer")
    vraie: Callable[..., Any] = pas._ecrire
    fois = iter([False, True, False, False, False])

    def meurt(recu_: Import, lignes: list[LigneImport]) -> None:
        if next(fois):
            raise KeyboardInterrupt
        vraie(recu_, lignes)

    monkeypatch.setattr(pas, "_ecrire", meurt)
    with pytest.raises(KeyboardInterrupt):
        derouler()
    assert (Demande.objects.count(), LigneImport.objects.count()) == (1, 1)
    derouler()
    assert [dite["issue"] for dite in rapport(editeur, recu)] == ["ENREGISTREE"] * 3
    assert Demande.objects.count() == 3


@pytest.mark.parametrize("dit", [("099",), ()])  # a job of the release before says no territory
def test_la_tache_va_un_pas_et_se_remet_en_file(editeur: Editeur, dit: tuple[str, ...]) -> None:
    envoyer(editeur, fichier(deposer("D-1")))
    for etat in ("CONTROLE", "TERMINE", "TERMINE"):
        avancer_imports(str(Convention.objects.get().id), *dit)
        assert Import.objects.get().etat == etat


def test_une_tache_est_d_un_territoire_et_part_avec_lui(editeur: Editeur) -> None:
    envoyer(editeur, fichier(deposer("D-1")))
    convention = Convention.objects.get().id
    [tache] = ProcrastinateJob.objects.filter(queue_name="imports")
    assert tache.args == {"convention": str(convention), "territoire": "099"}
    assert not avancer(convention, "02A", executer), (
        "another territory of the same agreement waits for none of it"
    )
    mettre_en_file(convention, "02A")
    mettre_en_file(convention, "02A")
    assert ProcrastinateJob.objects.filter(queue_name="imports").count() == 2


def test_oublier(editeur: Editeur) -> None:
    recu = envoyer(editeur, fichier(deposer("D-1")))
    derouler()
    assert Tranche.objects.exists()
    assert purger_imports(maintenant() + timedelta(days=9)) == 0
    assert not Tranche.objects.exists()
    assert editeur("POST", f"/imports/{recu.json()['data']['id']}/reprises", {}).status_code == 409
    assert len(rapport(editeur, recu)) == 1
    assert purger_imports(maintenant() + timedelta(days=32)) == 1
    assert not LigneImport.objects.exists()


def test_annule_pendant_une_ligne(editeur: Editeur) -> None:
    recu = envoyer(editeur, fichier(deposer("D-1"), deposer("D-2", 2)))
    derouler(1)

    def pendant(operation: Operation, contexte: Contexte) -> None:
        Import.objects.update(etat="ANNULE", fini_le=maintenant())
        executer(operation, contexte)

    assert avancer(Convention.objects.get().id, "099", pendant)
    assert (Demande.objects.count(), lu(editeur, recu)["faites"]) == (0, 0)
    assert not avancer(Convention.objects.get().id, "099", executer)


def test_annule_pendant_la_lecture(editeur: Editeur, monkeypatch: pytest.MonkeyPatch) -> None:
    envoyer(editeur, fichier(deposer("D-1")))
    module = import_module("sne.imports.actions.controler")
    vraies = module.lire_lignes

    def pendant(*args: Any) -> Iterator[Any]:
        Import.objects.update(etat="ANNULE", fini_le=maintenant())
        return vraies(*args)

    monkeypatch.setattr(module, "lire_lignes", pendant)
    assert avancer(Convention.objects.get().id, "099", executer)
    assert Import.objects.get().etat == "ANNULE"
    assert not Tranche.objects.filter(recue=False).exists()


def test_lu_par_un_autre_processus_il_n_est_pas_lu_deux_fois(
    editeur: Editeur, monkeypatch: pytest.MonkeyPatch
) -> None:
    envoyer(editeur, fichier(deposer("D-1")))
    module = import_module("sne.imports.actions.controler")
    with monkeypatch.context() as pendant:
        pendant.setattr(module, "seul", lambda _: nullcontext(False))
        assert avancer(Convention.objects.get().id, "099", executer)
    recu = Import.objects.get()
    assert recu.etat == "RECU"
    derouler(1)
    module.controler(recu, survenu_le=maintenant())  # as it was read before the other one had finished
    assert Import.objects.get().etat == "CONTROLE"
    derouler()
    assert Demande.objects.count() == 1


def test_fini_pendant_un_pas(editeur: Editeur, monkeypatch: pytest.MonkeyPatch) -> None:
    envoyer(editeur, fichier(deposer("D-1")))
    derouler(1)
    monkeypatch.setattr(import_module("sne.imports.actions.avancer"), "_tenir", lambda *_: None)
    assert avancer(Convention.objects.get().id, "099", executer)
    assert Import.objects.get().etat == "EN_COURS"
    fermer_portee(
        Convention.objects.get().id, Portee.IMPORTS_ECRIRE, acte=conventions.acte(creer_exploitation())
    )
    derouler(1)
    assert Import.objects.get().etat == "EN_COURS"


def test_la_page_de_la_convention_liste_ses_imports(editeur: Editeur) -> None:
    envoyer(editeur, fichier(deposer("D-1"), "{"), "?essai=true")
    derouler()
    convention = Convention.objects.get().id
    [vu] = list_imports(convention, conventions.acteur(creer_exploitation()))
    assert (vu.etat_dit, vu.faites, vu.refusees) == ("Terminé (essai)", 2, 1)
    assert list_imports(convention, conventions.acteur(creer_gestionnaire("02A"))) == ()


def test_rien_n_est_fait_avant_l_envoi(editeur: Editeur) -> None:
    """The clock of a bac is ahead of that of the worker."""
    avance = AVANCE.set(timedelta(days=400))
    plus_tard = aujourd_hui()
    recu = envoyer(editeur, fichier(deposer("D-1")))
    AVANCE.reset(avance)
    derouler()
    (ligne,) = rapport(editeur, recu)
    assert ligne["issue"] == "ENREGISTREE", ligne
    assert Demande.objects.get().date_depot == plus_tard
    assert Import.objects.get().fini_le == Import.objects.get().depose_le
