"""Subscribers are called for good; who does not answer is tried again, then suspended, and nothing is lost."""

import json
import socket
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import time_machine
from django.db import connection
from standardwebhooks import Webhook

from sne.conventions.actions import fermer_portee
from sne.conventions.models import Convention
from sne.conventions.rules.portees import Portee
from sne.flux import appel, handlers
from sne.flux.actions import abonnements as actions
from sne.flux.actions import livraisons
from sne.flux.actions.accuser import accuser
from sne.flux.actions.livraisons import noter_essai, preparer_livraisons, purger_livraisons, renvoyer
from sne.flux.actions.projeter import projeter
from sne.flux.actions.relever import relever, service_du_flux
from sne.flux.models import Abonnement, Ligne, Livraison
from sne.flux.rappels import defier, essayer, livrer
from sne.flux.rules.adresses import lire_adresse
from sne.flux.rules.lignes import origine
from sne.flux.rules.livraisons import ESSAIS, est_relevee
from sne.flux.rules.types import Serie
from sne.flux.selectors.abonnements import get_abonnement, list_a_livrer, list_lecteurs, list_secrets
from sne.flux.tasks import demander_des_appels, programmer
from sne.journal.handlers import AU_PLUS_BAS
from sne.journal.selectors.scellees import EntreeScellee
from sne.notifications.models import MessageAgent
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import maintenant
from tests.api.test_flux import lignes
from tests.conventions import factories as conventions
from tests.habilitations.factories import creer_gestionnaire
from tests.registre import factories as f
from tests.socle.gouttes import au_compte_gouttes
from tests.verrous import verrous

pytestmark = pytest.mark.django_db
SERVICE = service_du_flux()


class Recepteur(HTTPServer):
    """A vendor's receiver on this machine. ``statut``: what it answers; ``muet``: it does not give challenges back."""

    statut, muet = 204, False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Traiter)
        self.recus: list[tuple[bytes, dict[str, str]]] = []

    @property
    def adresse(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/rappel?a=1"


class _Traiter(BaseHTTPRequestHandler):
    server: Recepteur

    def do_POST(self) -> None:
        corps = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.recus.append((corps, dict(self.headers)))
        lu = json.loads(corps)
        rendu = json.dumps({"defi": lu["data"].get("defi")}).encode() if not self.server.muet else b"[]"
        self.send_response(200 if "defi" in lu["data"] else self.server.statut)
        if self.server.statut == 302:
            self.send_header("Location", "http://127.0.0.1:9/")
        if "defi" in lu["data"]:
            self.send_header("Content-Length", str(len(rendu)))
        self.end_headers()
        if "defi" in lu["data"]:
            self.wfile.write(rendu)

    def log_message(self, *_: Any) -> None:
        """Nothing in the output of the tests."""


@pytest.fixture
def recepteur(settings: Any) -> Iterator[Recepteur]:
    settings.DEMONSTRATION = True
    appel.client.cache_clear()
    serveur = Recepteur()
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    yield serveur
    serveur.shutdown()
    serveur.server_close()
    fil.join()


@pytest.fixture(autouse=True)
def heure() -> Iterator[None]:
    with time_machine.travel(f.MAINTENANT, tick=False):
        yield


@pytest.fixture
def logiciel() -> tuple[Convention, Acte]:
    """An agreement with every scope, and an act of its software."""
    cle = conventions.prete()
    appelant = conventions.appelant(conventions.cle_de(cle))
    return Convention.objects.get(pk=cle), Acte(appelant.acteur, maintenant())


def actif(logiciel: tuple[Convention, Acte], adresse: str) -> tuple[Abonnement, str]:
    convention, acte = logiciel
    ouvert = actions.demander_abonnement(convention, "099", Serie.DEMANDES, adresse, acte=acte)
    assert ouvert.abonnement.etat == "A_CONFIRMER"
    defi = defier(ouvert.abonnement, acte=acte)
    return actions.confirmer_abonnement(defi, convention, acte=acte), ouvert.secret


def service(le: datetime | None = None) -> Acte:
    return Acte(SERVICE, le or maintenant())


def test_chaque_ligne_arrive_signee_une_fois(logiciel: tuple[Convention, Acte], recepteur: Recepteur) -> None:
    lignes(["DEPOSER"])
    abonnement, secret = actif(logiciel, recepteur.adresse)
    depose = f.deposer().demande_id
    lignes(["MODIFIER", "RADIER"], depuis=2, demande=depose)
    assert (preparer_livraisons(acte=service()), preparer_livraisons(acte=service())) == (2, 0)
    dues = list_a_livrer(le=maintenant())
    assert [programmer(due) for due in (*dues, *dues)] == [True, True, False, False]
    with connection.cursor() as curseur:
        curseur.execute("SELECT max(priority) FROM procrastinate_jobs WHERE task_name = 'flux.livrer'")
        [(priorite,)] = curseur.fetchall()
    assert priorite < AU_PLUS_BAS, "a receiver that is slow keeps no household waiting"
    recepteur.recus.clear()
    for due in dues:
        livrer(due.id, acte=service())
        assert livrer(due.id, acte=service()) is None  # delivered already
    assert livrer(uuid.uuid4(), acte=service()) is None
    assert [entetes["webhook-id"] for _, entetes in recepteur.recus] == ["flux:099:2", "flux:099:3"]
    nouveau = actions.tourner_secret(abonnement.id, logiciel[0], acte=logiciel[1]).secret
    renvoi = renvoyer(dues[1].id, logiciel[0], acte=logiciel[1])
    livrer(renvoi.id, acte=service())
    for corps, entetes in recepteur.recus:
        lue = Webhook(secret).verify(corps, entetes)
        assert entetes["Host"] == recepteur.adresse.split("/")[2]
    assert Webhook(nouveau).verify(*recepteur.recus[-1]) == lue
    assert (lue["type"], lue["data"]["numero"]) == ("demande.radiee", 3)
    assert lue["data"]["demande"] == str(depose)
    assert {v.etat for v in Livraison.objects.all()} == {"LIVREE"}
    assert essayer(abonnement, acte=logiciel[1]) == 204
    plus_tard = maintenant() + timedelta(hours=25)
    assert list_secrets(Abonnement.objects.get(), le=plus_tard) == [nouveau]
    assert purger_livraisons(maintenant() + timedelta(days=40)) == 2
    with pytest.raises(Introuvable):
        renvoyer(dues[1].id, logiciel[0], acte=logiciel[1])


def test_sept_essais_puis_suspendu_et_dit_puis_repris(
    logiciel: tuple[Convention, Acte], recepteur: Recepteur
) -> None:
    abonnement, _ = actif(logiciel, recepteur.adresse)
    lignes(["DEPOSER"])
    preparer_livraisons(acte=service())
    (due,) = list_a_livrer(le=maintenant())
    recepteur.statut, le = 302, maintenant()  # a redirection is not followed: it is a failure
    for rang in range(1, len(ESSAIS)):
        notee = livrer(due.id, acte=service(le))
        assert notee
        assert (notee.essais, notee.statut, notee.prochain_le) == (rang, 302, le + ESSAIS[rang])
        le = notee.prochain_le or le
    derniere = livrer(due.id, acte=service(le))
    assert derniere
    assert (derniere.etat, derniere.prochain_le) == ("ECHOUEE", None)
    abonnement.refresh_from_db()
    assert (abonnement.etat, abonnement.motif) == ("SUSPENDU", "votre service ne répond plus")
    assert MessageAgent.objects.filter(genre="ABONNEMENT_SUSPENDU").count() == 1
    lignes(["DEPOSER"], depuis=2)
    assert preparer_livraisons(acte=service(le)) == 0
    assert livrer(due.id, acte=service(le)) is None  # not while it is suspended
    recepteur.statut = 204
    actions.confirmer_abonnement(defier(abonnement, acte=logiciel[1]), logiciel[0], acte=logiciel[1])
    assert preparer_livraisons(acte=service(le)) == 1
    recues = [livrer(v.id, acte=service(le)) for v in list_a_livrer(le=le)]
    assert [v.etat for v in recues if v] == ["LIVREE", "LIVREE"]


def test_une_heure_sans_repondre_et_toutes_les_lignes_arrivent(
    logiciel: tuple[Convention, Acte], recepteur: Recepteur
) -> None:
    """A line every five minutes; the receiver is down for the first hour, and looked after each minute."""
    _, secret = actif(logiciel, recepteur.adresse)
    depart, recepteur.statut, recues = maintenant(), 503, []
    for minute in range(150):
        if minute == 60:
            recepteur.statut = 204
        with time_machine.travel(depart + timedelta(minutes=minute), tick=False):
            if minute % 5 == 0 and minute < 120:
                lignes(["MODIFIER"], depuis=1 + minute // 5)
            preparer_livraisons(acte=service())
            recepteur.recus.clear()
            for due in list_a_livrer(le=maintenant()):
                livrer(due.id, acte=service())
            lues = [Webhook(secret).verify(*recu)["data"]["numero"] for recu in recepteur.recus]
        recues += lues if minute >= 60 else []
    assert sorted(recues) == list(range(1, 25))
    assert {v.etat for v in Livraison.objects.all()} == {"LIVREE"}
    assert Ligne.objects.count() == 24


def test_410_suspend_aussitot_et_un_service_eteint_ne_repond_pas(
    logiciel: tuple[Convention, Acte], recepteur: Recepteur
) -> None:
    abonnement, _ = actif(logiciel, recepteur.adresse)
    lignes(["DEPOSER", "DEPOSER"])
    preparer_livraisons(acte=service())
    une, deux = list_a_livrer(le=maintenant())
    recepteur.statut = 410
    assert livrer(une.id, acte=service())
    abonnement.refresh_from_db()
    assert (abonnement.etat, abonnement.motif) == ("SUSPENDU", "votre service a répondu 410")
    Abonnement.objects.filter(pk=abonnement.pk).update(numero=2)
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        morte = f"http://127.0.0.1:{libre.getsockname()[1]}/"
    eteint = actions.demander_abonnement(logiciel[0], "099", Serie.DEMANDES, morte, acte=logiciel[1])
    assert essayer(eteint.abonnement, acte=logiciel[1]) is None
    with pytest.raises(Interdit, match="n’a pas répondu"):
        defier(eteint.abonnement, acte=logiciel[1])
    assert livrer(deux.id, acte=service()) is None


def test_le_defi_doit_etre_rendu_par_cette_adresse(
    logiciel: tuple[Convention, Acte], recepteur: Recepteur
) -> None:
    convention, acte = logiciel
    ouvert = actions.demander_abonnement(convention, "099", Serie.DALO, recepteur.adresse, acte=acte)
    recepteur.muet = True
    with pytest.raises(Interdit, match="défi"):
        defier(ouvert.abonnement, acte=acte)
    autre = actions.DefiReleve(ouvert.abonnement.id, "https://ailleurs.exemple.fr/")
    with pytest.raises(Interdit, match="adresse"):
        actions.confirmer_abonnement(autre, convention, acte=acte)
    assert [est_relevee(octets, "x") for octets in (b"{", b'"x"', b'{"defi":"y"}', b'{"defi":"x"}')] == [
        False,
        False,
        False,
        True,
    ]


def test_qui_perd_la_portee_n_est_plus_appele(
    logiciel: tuple[Convention, Acte], recepteur: Recepteur
) -> None:
    convention, acte = logiciel
    abonnement, _ = actif(logiciel, recepteur.adresse)
    lignes(["DEPOSER"])
    fermer_portee(convention.pk, Portee.FLUX_LIRE, acte=conventions.acte(conventions.creer_exploitation()))
    assert preparer_livraisons(acte=service()) == 0
    abonnement.refresh_from_db()
    assert abonnement.etat == "SUSPENDU"
    actions.fermer_abonnement(abonnement.id, convention, acte=acte)
    with pytest.raises(Introuvable):
        get_abonnement(abonnement.id, convention)


def test_un_abonnement_ferme_entre_la_liste_et_le_verrou_ne_recoit_rien(
    logiciel: tuple[Convention, Acte], recepteur: Recepteur, monkeypatch: pytest.MonkeyPatch
) -> None:
    actif(logiciel, recepteur.adresse)
    lignes(["DEPOSER"])
    monkeypatch.setattr(livraisons, "_verrouiller", lambda _cle: None)
    assert preparer_livraisons(acte=service()) == 0
    assert not Livraison.objects.exists()


def test_ce_qui_est_livre_pendant_l_attente_du_verrou_ne_compte_pas_deux_fois(
    logiciel: tuple[Convention, Acte], recepteur: Recepteur, monkeypatch: pytest.MonkeyPatch
) -> None:
    actif(logiciel, recepteur.adresse)
    lignes(["DEPOSER"])
    preparer_livraisons(acte=service())
    due, verrouiller = Livraison.objects.get(), livraisons._verrouiller

    def apres_un_autre(cle: uuid.UUID) -> Abonnement | None:
        Livraison.objects.update(etat="LIVREE", essais=1)
        return verrouiller(cle)

    monkeypatch.setattr(livraisons, "_verrouiller", apres_un_autre)
    assert noter_essai(due.id, 503, acte=service()) is None
    due.refresh_from_db()
    assert (due.etat, due.essais) == ("LIVREE", 1)
    with verrous() as pris:
        renvoyer(due.id, logiciel[0], acte=logiciel[1])
    assert [table for table, _ in pris] == ["flux_abonnement"]


def test_seul_ce_logiciel_pour_lui_et_le_service_pour_appeler(
    logiciel: tuple[Convention, Acte], recepteur: Recepteur
) -> None:
    convention, acte = logiciel
    with pytest.raises(Introuvable):
        actions.demander_abonnement(convention, "098", Serie.DEMANDES, recepteur.adresse, acte=acte)
    autre = Convention.objects.get(pk=conventions.signer(conventions.creer_exploitation(), editeur="Autre"))
    with pytest.raises(NonHabilite):
        actions.demander_abonnement(autre, "099", Serie.DEMANDES, recepteur.adresse, acte=acte)
    with pytest.raises(NonHabilite):
        preparer_livraisons(acte=acte)
    for _ in range(20):
        actions.demander_abonnement(convention, "099", Serie.DEMANDES, recepteur.adresse, acte=acte)
    with pytest.raises(Interdit, match="20 abonnements"):
        actions.demander_abonnement(convention, "099", Serie.DEMANDES, recepteur.adresse, acte=acte)


def test_qui_est_en_retard(logiciel: tuple[Convention, Acte]) -> None:
    convention, acte = logiciel
    gt, ailleurs = (conventions.acteur(creer_gestionnaire(territoire)) for territoire in ("099", "02B"))

    def lu(le: datetime) -> tuple[int, bool]:
        (lecteur,) = list_lecteurs(convention, gt, le=le)
        return lecteur.a_lire, lecteur.en_retard

    assert lu(maintenant()) == (0, False)
    lignes(["DEPOSER", "DEPOSER"])
    assert lu(maintenant()) == (2, True)
    tete = Ligne.objects.get(numero=1).chaine
    accuser(convention, "099", Serie.DEMANDES, numero=1, tete=bytes(tete).hex(), acte=acte)
    assert lu(maintenant()) == (1, False)
    assert lu(maintenant() + timedelta(hours=25)) == (1, True)
    assert list_lecteurs(convention, ailleurs, le=maintenant()) == ()


PUBLIQUE = "93.184.216.34"


def resolu(monkeypatch: pytest.MonkeyPatch, *reponses: list[str]) -> list[str]:
    """A name that gives these machines, one list a question; the names asked."""
    demandes, suite = [], iter(reponses)

    def getaddrinfo(hote: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        demandes.append(hote)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in next(suite)]

    monkeypatch.setattr(appel.socket, "getaddrinfo", getaddrinfo)
    return demandes


def test_un_nom_qui_change_de_machine_est_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    adresse = lire_adresse("https://editeur.exemple.fr/rappel", locale=False)
    resolu(monkeypatch, [PUBLIQUE], ["127.0.0.1"], [PUBLIQUE, "10.0.0.1"], [])
    assert appel.resoudre(adresse) == PUBLIQUE
    for _ in range(3):
        with pytest.raises(Interdit, match="public"):
            appel.resoudre(adresse)


def test_la_connexion_va_a_la_machine_verifiee(recepteur: Recepteur, monkeypatch: pytest.MonkeyPatch) -> None:
    vrai = socket.getaddrinfo
    demandes: list[str] = []

    def getaddrinfo(hote: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        demandes.append(hote)
        return vrai("127.0.0.1" if hote == "editeur.exemple.fr" else hote, port, *args, **kwargs)

    monkeypatch.setattr(appel.socket, "getaddrinfo", getaddrinfo)
    port = recepteur.server_address[1]
    assert appel.appeler(f"http://editeur.exemple.fr:{port}/", b'{"data":{}}', {}) == 204
    assert demandes.count("editeur.exemple.fr") == 1
    assert recepteur.recus[-1][1]["Host"] == f"editeur.exemple.fr:{port}"


def test_un_nom_inconnu_ne_repond_pas(monkeypatch: pytest.MonkeyPatch) -> None:
    def inconnu(*_: Any, **__: Any) -> None:
        raise socket.gaierror

    monkeypatch.setattr(appel.socket, "getaddrinfo", inconnu)
    with pytest.raises(appel.SansReponse):
        appel.appeler("https://editeur.exemple.fr/", b"", {})


def test_une_reponse_au_compte_gouttes_ne_retient_personne(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMONSTRATION = True
    appel.client.cache_clear()
    appel.client()  # between two bytes it waits for as long as ever
    monkeypatch.setattr(appel, "SECONDES", 0.2)
    with au_compte_gouttes() as port, pytest.raises(appel.SansReponse):
        appel.appeler(f"http://127.0.0.1:{port}/", b"{}", {})


def test_l_heure_signee_est_celle_de_greenwich(
    logiciel: tuple[Convention, Acte], recepteur: Recepteur
) -> None:
    actif(logiciel, recepteur.adresse)
    entetes = recepteur.recus[-1][1]
    assert datetime.fromtimestamp(int(entetes["webhook-timestamp"]), UTC) == maintenant().replace(
        microsecond=0
    )


def test_ce_qui_echoue_pendant_la_suspension_ne_la_redit_pas(
    logiciel: tuple[Convention, Acte], recepteur: Recepteur
) -> None:
    actif(logiciel, recepteur.adresse)
    lignes(["DEPOSER", "DEPOSER"])
    preparer_livraisons(acte=service())
    for due in list_a_livrer(le=maintenant()):
        noter_essai(due.id, 410, acte=service())  # both were under way
    assert MessageAgent.objects.filter(genre="ABONNEMENT_SUSPENDU").count() == 1
    assert {v.etat for v in Livraison.objects.all()} == {"ECHOUEE"}
    assert noter_essai(due.id, 200, acte=service()) is None
    assert noter_essai(uuid.uuid4(), 200, acte=service()) is None


def test_seul_le_service_suspend(logiciel: tuple[Convention, Acte], recepteur: Recepteur) -> None:
    convention, acte = logiciel
    abonnement, _ = actif(logiciel, recepteur.adresse)
    with pytest.raises(NonHabilite):
        actions.suspendre(abonnement, "x", acte=acte)
    with pytest.raises(NonHabilite):
        relever("099", "demandes", acte=acte)
    with pytest.raises(NonHabilite):
        noter_essai(uuid.uuid4(), 200, acte=acte)
    tete = origine("099", Serie.DEMANDES).hex()
    autre = Convention.objects.get(pk=conventions.signer(conventions.creer_exploitation(), editeur="Autre"))
    with pytest.raises(NonHabilite):
        accuser(autre, "099", Serie.DEMANDES, numero=0, tete=tete, acte=acte)
    assert accuser(convention, "099", Serie.DEMANDES, numero=0, tete=tete, acte=acte).numero == 0


def test_une_entree_sans_demande_n_a_pas_de_ligne() -> None:
    seule = EntreeScellee(1, 1, uuid.uuid4(), "099", None, None, "DEPOSER", {}, maintenant())
    assert projeter([seule]) == 0


def test_le_distributeur_fait_appeler_les_abonnes(
    logiciel: tuple[Convention, Acte], recepteur: Recepteur
) -> None:
    def entree(numero: int) -> EntreeScellee:
        return EntreeScellee(numero, 1, uuid.uuid4(), "099", uuid.uuid4(), 1, "DEPOSER", {}, maintenant())

    assert handlers.ecrire([entree(1)]) == 1
    assert demander_des_appels()  # nobody was subscribed: nothing waited
    actif(logiciel, recepteur.adresse)
    assert handlers.ecrire([entree(2)]) == 1
    assert not demander_des_appels()
