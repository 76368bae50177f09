"""Each scenario does what its name says, in the bac of who asks, and nothing of what failed is registered."""

import time
import uuid
from datetime import date

import pytest
from django.http import StreamingHttpResponse
from django.test import RequestFactory
from procrastinate.contrib.django.models import ProcrastinateJob

from sne.connecteurs.rules import Reponse
from sne.ecole.actions.pack import acteur_du_bac
from sne.ecole.models import Bac, Trace
from sne.ecole.rules.pack import LONG
from sne.ecole.rules.scenarios import MOTS, SCENARIOS, lire_scenario
from sne.ecole.scenarios import APRES, couper
from sne.ecole.tasks import repondre_au_changement
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.enquete.models.restauration import DecisionRestauration
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant
from tests.api.conftest import Editeur
from tests.ecole.conftest import menage
from tests.registre.factories import nir_de
from tests.registre.pieces.pieces import joindre

pytestmark = pytest.mark.django_db


def enregistrer(editeur: Editeur) -> str:
    recue = editeur("POST", "/demandes", menage())
    assert recue.status_code == 201, recue.content.decode()
    return str(recue.json()["data"]["nud"])


def test_les_pannes_ne_font_rien_et_se_renvoient(editeur: Editeur) -> None:
    editeur("GET", "/moi")
    avant = Demande.objects.count()
    cle = str(uuid.uuid4())
    for nom, statut, attendre in (("500", 500, ""), ("503;7", 503, "7"), ("429;9", 429, "9")):
        reponse = editeur("POST", "/demandes", menage(), cle=cle, SNE_Scenario=nom)
        assert (reponse.status_code, reponse.get("Retry-After", "")) == (statut, attendre)
        assert reponse.json()["errors"][0]["code"] == "SCENARIO"
    faute = editeur("GET", "/moi", SNE_Scenario="soap-faute")
    assert faute.status_code == 500
    assert b"Une erreur inattendue" in faute.content
    assert Demande.objects.count() == avant
    assert editeur("POST", "/demandes", menage(), cle=cle).status_code == 201


def test_la_coupure_vient_apres_le_commit(editeur: Editeur) -> None:
    cle = str(uuid.uuid4())
    coupee = editeur("POST", "/demandes", menage(), cle=cle, SNE_Scenario="coupe")
    assert isinstance(coupee, StreamingHttpResponse)
    with pytest.raises(ConnectionAbortedError):
        b"".join(coupee)
    avant = Demande.objects.count()
    encore = editeur("POST", "/demandes", menage(), cle=cle)
    assert (encore.status_code, encore["Idempotency-Replayed"]) == (201, "true")
    assert Demande.objects.count() == avant == 32


def test_ce_qui_part_en_morceaux_se_coupe_et_ne_change_pas() -> None:
    entiere = StreamingHttpResponse([b'{"data": {}}'], content_type="application/json")
    assert APRES["champ-nouveau"](entiere) is entiere
    assert couper(RequestFactory().get("/"), entiere)["Content-Length"] == "1"
    assert b"".join(entiere) == b'{"data": {}}'


def test_lent_attend(editeur: Editeur) -> None:
    editeur("GET", "/moi")
    depart = time.perf_counter()
    assert editeur("GET", "/moi", SNE_Scenario="lent;200").status_code == 200
    assert time.perf_counter() - depart >= 0.2


def test_un_double_vient_d_etre_enregistre(editeur: Editeur) -> None:
    reponse = editeur("POST", "/demandes", menage(), SNE_Scenario="doublon")
    assert reponse.status_code == 409, reponse.content.decode()
    assert reponse.json()["errors"][0]["code"] == "DOUBLON"
    assert "accompagne" in editeur("GET", "/moi", SNE_Scenario="doublon").json()["errors"][0]["detail"]


@pytest.mark.parametrize(("nom", "statut"), [("radiee", "RADIEE"), ("gel", "ACTIVE")])
def test_quelqu_un_d_autre_vient_d_agir(editeur: Editeur, nom: str, statut: str) -> None:
    nud = enregistrer(editeur)
    correctif = {"demandeur": {"identite": {"nom_naissance": "Zimmer"}}}
    reponse = editeur("PATCH", f"/demandes/{nud}/contenu", correctif, If_Match='"r1"', SNE_Scenario=nom)
    assert reponse.status_code == 409, reponse.content.decode()
    assert Demande.objects.get(nud=nud).statut == statut
    assert "accompagne" in editeur("GET", "/moi", SNE_Scenario=nom).json()["errors"][0]["detail"]


def test_une_cle_qui_vient_de_finir(editeur: Editeur) -> None:
    refus = editeur("POST", "/demandes", menage(), SNE_Scenario="cle-expire")
    assert (refus.status_code, refus.json()["errors"][0]["code"]) == (401, "ACCES_REFUSE")
    assert "plus valable" in refus.json()["errors"][0]["detail"]
    message = editeur.client.post(
        "/services/DemandeLogementImplService/",
        b"x",
        headers={"SNE-Scenario": "cle-expire"},
        content_type="text/xml",
    )
    assert (message.status_code, "n’est pas valable ce jour" in message.content.decode()) == (400, True)
    assert editeur("GET", "/moi").status_code == 200


def test_un_jumeau_vient_d_etre_enregistre(editeur: Editeur) -> None:
    refus = editeur("POST", "/demandes", menage(), SNE_Scenario="jumeaux")
    assert (refus.status_code, refus.json()["errors"][0]["code"]) == (409, "DOUBLON"), refus.content.decode()
    jumeau = Demande.objects.get(personnes__identite_courante__prenoms="Élodie Lise")
    justifie = menage(doublons={"vus": [jumeau.nud], "motif": "Sœur jumelle, vue avec elle"})
    assert editeur("POST", "/demandes", justifie).status_code == 201


@pytest.mark.parametrize(
    ("nom", "chemin", "valeur"),
    [
        ("outre-mer", ("adresse_courrier", "commune"), "97411"),
        ("corse", ("adresse_courrier", "commune"), "2A004"),
        ("noms-longs", ("identite", "nom_usage"), LONG),
    ],
)
def test_un_autre_guichet_vient_d_ecrire(
    editeur: Editeur, nom: str, chemin: tuple[str, str], valeur: str
) -> None:
    nud = enregistrer(editeur)
    for revision in (2, 2):  # written once
        lue = editeur("GET", f"/demandes/{nud}", SNE_Scenario=nom)
        assert (lue.status_code, lue["ETag"]) == (200, f'"r{revision}"'), lue.content.decode()
    bloc, champ = chemin
    assert lue.json()["data"]["contenu"]["demandeur"][bloc][champ] == valeur


def test_une_demande_effacee(editeur: Editeur) -> None:
    nud = enregistrer(editeur)
    partie = editeur("GET", f"/demandes/{nud}", SNE_Scenario="effacee")
    assert (partie.status_code, partie.json()["errors"][0]["code"]) == (410, "EFFACE"), (
        partie.content.decode()
    )
    assert not Personne.objects.filter(demande__nud=nud).exists()


def test_une_demande_prise_puis_rendue_a_son_menage(editeur: Editeur) -> None:
    nud = enregistrer(editeur)
    rendue = editeur("GET", f"/demandes/{nud}", SNE_Scenario="vol")
    assert (rendue.status_code, rendue["ETag"]) == (200, '"r3"'), rendue.content.decode()
    lue = rendue.json()["data"]["contenu"]["demandeur"]["identite"]
    assert (lue["nom_naissance"], lue["prenoms"]) == ("Dubreuil", "Élodie")
    prise = DecisionRestauration.objects.get(demande__nud=nud)
    assert prise.issue == "ACCEPTEE"
    ancienne = Demande.objects.get(personnes__identite_courante__nom_naissance="Quenneville").nud
    trop = editeur("GET", f"/demandes/{ancienne}", SNE_Scenario="vol")
    assert "trop ancien" in trop.json()["errors"][0]["detail"]
    assert Demande.objects.get(nud=ancienne).revision == 1


@pytest.mark.parametrize("etat", MOTS["drm"])
def test_la_source_vient_de_repondre(editeur: Editeur, etat: str) -> None:
    nir = nir_de(date(1987, 3, 14))
    recue = editeur("POST", "/demandes", menage(nirs={"demandeur": nir}))
    ici = f"/demandes/{recue.json()['data']['nud']}/ressources-mensuelles"
    mois = editeur("GET", ici, SNE_Scenario=f"drm;{etat}").json()["data"]["mois"]
    assert [un["etat"] for un in mois] == [etat] * 3
    assert all(("montant" in un) is (etat == "MONTANT") for un in mois)


@pytest.mark.parametrize(
    ("nom", "adresse"), [("ban", "/adresses?q=rue"), ("siren", "/entreprises?q=hopital")]
)
def test_une_aide_manque(editeur: Editeur, monkeypatch: pytest.MonkeyPatch, nom: str, adresse: str) -> None:
    lent = editeur("GET", adresse, SNE_Scenario=f"{nom};LENT")
    assert (lent.status_code, lent["Retry-After"]) == (503, "30")
    assert lent.json()["errors"][0]["code"] == "AIDE_LENT"
    for aide in ("chercher_adresses", "chercher_entreprises"):
        monkeypatch.setattr(
            f"sne.api.ressources.referentiels.{aide}", lambda *_, **__: Reponse((), maintenant())
        )
    vide = editeur("GET", adresse, SNE_Scenario=nom).json()
    assert vide.get("features", vide.get("data")) == []
    assert "accompagne GET" in editeur("GET", "/moi", SNE_Scenario=nom).json()["errors"][0]["detail"]


def test_un_champ_de_demain(editeur: Editeur) -> None:
    dit = editeur("GET", "/moi", SNE_Scenario="champ-nouveau").json()
    assert dit["data"]["champ_de_demain"] == {"etat": "VALEUR_DE_DEMAIN"}


def test_un_champ_annonce_est_retire(editeur: Editeur) -> None:
    nud = enregistrer(editeur)
    avant = editeur("GET", f"/demandes/{nud}")
    apres = editeur("GET", f"/demandes/{nud}", SNE_Scenario="retrait")
    assert avant.json()["data"].keys() - apres.json()["data"].keys() == {"anteriorite_en_attente"}
    assert apres["Deprecation"].startswith("@")
    assert "GMT" in apres["Sunset"]


def test_un_autre_guichet_vient_d_ecrire_la_meme_chose(editeur: Editeur) -> None:
    nud = enregistrer(editeur)
    correctif = {"demandeur": {"contact": {"telephone_portable": "06 39 98 00 01"}}}
    collision = editeur(
        "PATCH", f"/demandes/{nud}/contenu", correctif, If_Match='"r1"', SNE_Scenario="conflit"
    )
    assert collision.status_code == 409
    dite = collision.json()["errors"][0]
    assert (dite["code"], dite["source"]["pointer"]) == ("CONFLIT", "/demandeur/contact/telephone_portable")
    assert editeur("PATCH", f"/demandes/{nud}/contenu", correctif, If_Match='"r2"').status_code == 200


@pytest.mark.parametrize(
    ("nom", "avec_piece", "attendu"),
    [
        ("identite-en-attente", True, "EN_ATTENTE"),
        ("identite-validee", True, "VALIDEE"),
        ("identite-validee;5", False, "REFUSEE"),
        ("identite-refusee", True, "REFUSEE"),
    ],
)
def test_quelqu_un_repond_au_changement_d_identite(
    editeur: Editeur, nom: str, avec_piece: bool, attendu: str
) -> None:
    editeur("GET", "/moi")
    demande = Demande.objects.get(
        personnes__identite_courante__nom_naissance="Quenneville"
    )  # of the pack, not recent
    nud, correctif = demande.nud, {"demandeur": {"identite": {"nom_naissance": "Zimmer"}}}
    change = editeur("PATCH", f"/demandes/{nud}/contenu", correctif, If_Match='"r1"', SNE_Scenario=nom)
    assert change.status_code == 202, change.content.decode()
    if avec_piece:
        joindre(demande.id, acteur=acteur_du_bac("700"), territoire="700")
    travaux = ProcrastinateJob.objects.filter(task_name="ecole.repondre")
    for travail in travaux:
        attente = (travail.scheduled_at - maintenant()).total_seconds()
        assert 0 < attente <= (5 if ";" in nom else 60)
        repondre_au_changement(**travail.args)
        repondre_au_changement(**travail.args)
    assert len(travaux) == (nom != "identite-en-attente")
    suivi = editeur("GET", change["Location"].removeprefix("/api/v1"))
    assert suivi.json()["data"]["etat"] == attendu


def test_d_un_bac_retire_personne_ne_repond(ecole: None) -> None:
    repondre_au_changement("700", str(uuid.uuid4()), valider=True)
    assert not Demande.objects.exists()


def test_ce_qui_n_est_pas_un_scenario_est_dit(editeur: Editeur) -> None:
    for texte in ("inconnu", "lent;vite", "lent;60001", "drm;RICHE"):
        reponse = editeur("GET", "/moi", SNE_Scenario=texte)
        assert (reponse.status_code, reponse.json()["errors"][0]["code"]) == (400, "ENTETE_D_ECOLE")
    assert all(lire_scenario(nom) for nom in SCENARIOS)
    with pytest.raises(Interdit):
        lire_scenario("503;²")


def test_ce_qui_est_garde_d_un_appel(editeur: Editeur) -> None:
    nud = enregistrer(editeur)
    trace = Trace.objects.get()
    assert (trace.methode, trace.statut, trace.agent) == ("POST", 201, "a-1043")
    assert len(trace.cle) == len(trace.corps) == 16
    editeur("GET", f"/demandes/{nud}?x=287039912345678")
    derniere = Trace.objects.order_by("-id")[0]
    assert derniere.faits["nir_dans_l_adresse"] is True
    assert nud not in str(derniere.__dict__)
    assert Bac.objects.get().appele_le >= trace.survenu_le
