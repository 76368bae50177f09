"""From an agreement opened at the École to a demande that expires there thirteen months later."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from sne.ecole.actions.bacs import vider_bac
from sne.ecole.actions.pack import acteur_du_bac, semer, semer_une_fois
from sne.ecole.models import Bac
from sne.ecole.rules.bacs import departement_de, premier_libre
from sne.ecole.rules.pack import PACK
from sne.ecole.tasks import remettre_les_bacs
from sne.flux.selectors import lignes as flux
from sne.referentiels.rules.fichiers import lire_csv
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.faits.models import FaitDalo
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant, vrai
from tests.api.conftest import Editeur
from tests.api.test_flux import lignes
from tests.conventions import factories as conventions
from tests.ecole.conftest import menage
from tests.habilitations.factories import creer_exploitation
from tests.registre.factories import MAINTENANT

pytestmark = pytest.mark.django_db
SEMEES = len(PACK) + sum(menage.separee for menage in PACK)


def test_une_demande_expire_treize_mois_plus_tard(editeur: Editeur, monkeypatch: pytest.MonkeyPatch) -> None:
    recue = editeur("POST", "/demandes", menage())
    assert recue.status_code == 201, recue.content.decode()
    assert recue["SNE-Environnement"] == "ecole"
    nud = recue.json()["data"]["nud"]
    assert nud.startswith("700")
    assert Demande.objects.filter(territoire="700").count() == SEMEES + 1 == 32
    assert Bac.objects.get().territoire == "700"
    for jours, statut in ((370, "EXPIREE"), (396, "RADIEE")):
        plus_tard = (MAINTENANT + timedelta(days=jours)).isoformat()
        lue = editeur("GET", f"/demandes/{nud}", SNE_Instant=plus_tard)
        assert lue.status_code == 200, lue.content.decode()
        assert lue["SNE-Instant"][:10] == plus_tard[:10]
        assert Demande.objects.get(nud=nud).statut == statut
    lignes(["DEPOSER"], territoire="700")
    monkeypatch.setattr(flux, "get_scellement", lambda *_: vrai())
    suivies = editeur("GET", "/flux/700")  # sealed now, by a clock that the bac has left behind
    assert [ligne["numero"] for ligne in suivies.json()["data"]] == [1], suivies.content.decode()
    assert not Demande.objects.filter(territoire="099").exists()
    neuve = editeur("GET", f"/demandes/{nud}", SNE_Scenario="neuf")
    assert (neuve.status_code, neuve["SNE-Instant"][:10]) == (404, MAINTENANT.date().isoformat())
    assert Demande.objects.filter(territoire="700").count() == SEMEES


@pytest.mark.longue
def test_radiee_puis_sans_retour_puis_effacee(editeur: Editeur) -> None:
    nud = editeur("POST", "/demandes", menage()).json()["data"]["nud"]

    def dans(jours: int) -> str:
        return (MAINTENANT + timedelta(days=jours)).isoformat()

    radiee = editeur("GET", f"/demandes/{nud}", SNE_Instant=dans(400))
    assert radiee.json()["data"]["radiation"]["motif"] == "RADREN"
    ici, entetes = f"/demandes/{nud}/reactivations", {"If_Match": radiee["ETag"], "SNE_Instant": dans(560)}
    trop_tard = editeur("POST", ici, {"sans_changement": True}, **entetes)
    assert (trop_tard.status_code, trop_tard.json()["errors"][0]["code"]) == (409, "REACTIVATION_FERMEE")
    effacee = editeur("GET", f"/demandes/{nud}", SNE_Instant=dans(780))
    assert (effacee.status_code, effacee.json()["errors"][0]["code"]) == (410, "EFFACE")
    assert Identite.objects.filter(demande__nud=nud).count() == 0


def test_le_pack_raconte_ses_regles(editeur: Editeur) -> None:
    recu = editeur("GET", "/moi")
    assert recu.status_code == 200, recu.content.decode()
    statuts = Counter(Demande.objects.values_list("statut", flat=True))
    assert statuts == {"ACTIVE": 25, "RADIEE": 5, "EXPIREE": 1}
    motifs = set(Radiation.objects.values_list("motif", flat=True))
    assert motifs == {"RADABA", "RADCON", "RADREN", "RADATT", "RADIRR"}
    assert len(PACK) == 30
    rendue = Demande.objects.get(pk=Identite.objects.get(nom_naissance="Zimmer").demande_id)
    assert (
        get_contenu(rendue.id, rendue.revision, acteur=acteur_du_bac("700")).demandeur.identite.nom_naissance
        == "Kerbrat"
    )
    assert FaitDalo.objects.get().statut == "ACTIF"
    assert Separation.objects.get().secrete
    assert Demande.objects.filter(titulaire="ASSOCIATION").count() == 1
    assert {menage.raison for menage in PACK} >= {
        "adresse de La Réunion",
        "adresse de Corse",
        "noms composés",
    }
    relus = [
        editeur("GET", f"/demandes/{nud}").status_code
        for nud in Demande.objects.values_list("nud", flat=True)
    ]
    assert set(relus) == {200}


def test_l_horloge_ne_recule_pas(editeur: Editeur) -> None:
    for texte, dit in (
        ((MAINTENANT - timedelta(days=1)).isoformat(), "avenir"),
        ((MAINTENANT + timedelta(days=900)).isoformat(), "800 jours"),
        ("2027-01-01T10:00:00", "fuseau"),
        ("demain", "une date et une heure"),
    ):
        reponse = editeur("GET", "/moi", SNE_Instant=texte)
        assert reponse.status_code == 400
        assert dit in reponse.json()["errors"][0]["detail"]


def test_un_bac_remis_a_neuf_laisse_les_autres(editeur: Editeur) -> None:
    editeur("GET", "/moi")
    bac = Bac.objects.select_related("convention").get()
    autre = Bac(
        territoire="701",
        convention_id=conventions.ouvrir(creer_exploitation()),
        avance=timedelta(),
        ouvert_le=bac.ouvert_le,
        appele_le=bac.ouvert_le,
    )
    autre.save(force_insert=True)
    semer(autre, survenu_le=maintenant())
    gardes = "SELECT tgname, tgrelid, tgenabled FROM pg_trigger ORDER BY 1, 2"
    with connection.cursor() as curseur:
        curseur.execute(gardes)
        avant = curseur.fetchall()
        assert vider_bac(bac, survenu_le=maintenant()) > 30
        curseur.execute(gardes)
        assert curseur.fetchall() == avant
    assert not Demande.objects.filter(territoire="700").exists()
    assert Demande.objects.filter(territoire="701").count() == SEMEES
    editeur("GET", "/moi")
    semees = set(Demande.objects.filter(territoire="700").values_list("id", flat=True))
    assert len(semees) == SEMEES
    en_retard = Bac.objects.get(territoire="700")
    en_retard.seme_le = None  # as it was read before another call sowed it
    semer_une_fois(en_retard, survenu_le=maintenant())
    assert set(Demande.objects.filter(territoire="700").values_list("id", flat=True)) == semees


def test_la_nuit_un_bac_oublie_est_retire(editeur: Editeur) -> None:
    editeur("GET", "/moi")
    assert remettre_les_bacs(0) == 0
    Bac.objects.update(
        appele_le=F("appele_le") - timedelta(days=31), ouvert_le=F("ouvert_le") - timedelta(days=31)
    )
    assert remettre_les_bacs(0) == 1
    assert not Bac.objects.exists()


def test_un_territoire_qui_n_est_pas_un_bac_ne_se_vide_pas(ecole: None) -> None:
    with (
        pytest.raises(DatabaseError, match="pas un bac"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute("SELECT ecole_vider('099')")


def test_les_codes_reserves_suffisent_et_ne_sont_a_personne() -> None:
    departements = {departement_de(f"{n:03d}", 700) for n in range(700, 900)}
    assert len(departements) == 200
    reels = {
        ligne["code"][:2]
        for nom in ("communes", "communes_rattachees")
        for ligne in lire_csv(f"{nom}.csv.gz")
    }
    assert departements.isdisjoint(reels)
    with pytest.raises(Interdit, match="pris"):
        premier_libre(range(700, 702), {"700", "701"})
