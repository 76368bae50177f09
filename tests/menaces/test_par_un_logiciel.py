"""The screens' ways of taking a demande away, by a vendor's software: in messages, by REST, in lines of an import."""

import json
import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from sne.api.contenu import emettre, fusionner
from sne.api.lignes import executer
from sne.conventions.models import Convention
from sne.habilitations.models import Compte
from sne.imports.actions import avancer
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import TitreAnciennete
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle.horloge import aujourd_hui
from tests.api.conftest import REGLAGES, Editeur, editeur, servi
from tests.menaces.fins import Fin
from tests.menaces.scene import DEPOT, NAISSANCE, Scene, importer, une_association
from tests.nuu.conftest import SERVICE_DEMANDE, XOP, enveloppe, parties, type_mime
from tests.nuu.messages import message
from tests.registre import factories as f
from tests.registre.restauration.detournements import actuel

__all__ = ["editeur", "servi"]
FAIT, ATTEND, REFUSE = "applied", "waits", "refused"
INTRUS = {"civilite": "1", "nom_naissance": "Zimmer", "prenoms": "Karl", "date_naissance": "1979-01-30"}
CONTACT = {
    "demandeur": {"contact": {"courriel": "karl@rare.example", "telephone_portable": "06 99 88 77 66"}}
}


def identite(**traits: str) -> dict[str, Any]:
    return {"demandeur": {"identite": traits}}


@dataclass(frozen=True)
class Pas:
    """One message of an attempt: so many days after the first and when, this patch, its end; why it waits, at least."""

    jours: int
    correctif: Mapping[str, Any]
    issue: str
    clauses: frozenset[str] = field(default=frozenset())
    heure: time = time(10, 30)


def attend(jours: int, correctif: Mapping[str, Any], *clauses: str, heure: time = time(10, 30)) -> Pas:
    return Pas(jours, correctif, ATTEND, frozenset(clauses), heure)


TOUT = identite(**INTRUS)
TENTATIVES: dict[str, tuple[Pas, ...]] = {
    "exact sequence": (attend(0, TOUT, "NOM", "PRENOMS", "NAISSANCE", "SEXE"), Pas(0, CONTACT, REFUSE)),
    "by two letters": (
        Pas(0, identite(nom_naissance="Dubreuxx"), FAIT),
        attend(40, identite(nom_naissance="Dubrxxxx"), "NOM", "DEJA_AUTOMATIQUE"),
    ),
    "same surname": (
        attend(0, identite(**INTRUS | {"nom_naissance": "Dubreuil"}), "PRENOMS", "NAISSANCE", "SEXE"),
    ),
    "birth date first": (
        attend(0, identite(date_naissance="1979-03-14"), "NAISSANCE"),
        Pas(3, identite(nom_naissance="Zimmer"), REFUSE),
    ),
    "contacts first": (Pas(0, CONTACT, FAIT), attend(31, TOUT, "NOM", "PRENOMS", "NAISSANCE", "SEXE")),
    "used name first": (
        Pas(0, identite(nom_usage="Zimmer"), FAIT),
        Pas(91, identite(nom_naissance="Zimmer"), FAIT),
        attend(92, TOUT, "PRENOMS", "NAISSANCE", "SEXE", "DEJA_AUTOMATIQUE"),
    ),
    "contacts, then letters summed": (
        Pas(0, CONTACT, FAIT),
        Pas(8, identite(nom_naissance="Dubreuyll"), FAIT),
        attend(16, identite(nom_naissance="Zubreuyla"), "NOM", "CONTACT_RECENT", "DEJA_AUTOMATIQUE"),
        Pas(25, TOUT, REFUSE),
    ),
    "at night": (attend(1, TOUT, "NOM", "PRENOMS", "NAISSANCE", "SEXE", heure=time(2, 0)),),
}
REFUGE = {
    "etranger": False,
    "numero": "4",
    "voie": "chemin des Filaos",
    "code_postal": "99240",
    "commune": "99003",
}
KARL = f.personne("Zimmer", "Karl", identite={"civilite": "1", "date_naissance": "1979-01-30"})


class Porte:
    """A software and the demande that it wants."""

    def __init__(self, editeur: Editeur, scene: Scene) -> None:
        self.editeur, self.scene = editeur, scene

    def voulu(self, correctif: Mapping[str, Any]) -> Contenu:
        """What it would have the demande say."""
        base = emettre(actuel(self.scene.demande_id))
        return Contenu.model_validate(fusionner(base, correctif))

    def revision(self) -> int:
        return int(Demande.objects.values_list("revision", flat=True).get(id=self.scene.demande_id))

    def envoyer(self, correctif: Mapping[str, Any]) -> str:
        """Change the demande so; how it ends."""
        raise NotImplementedError

    def ramener(self, correctif: Mapping[str, Any]) -> str:
        """Bring it back, changed so, once it is struck off; how it ends."""
        raise NotImplementedError


class ParRest(Porte):
    def envoyer(self, correctif: Mapping[str, Any]) -> str:
        return self._appeler("PATCH", "contenu", correctif)

    def ramener(self, correctif: Mapping[str, Any]) -> str:
        return self._appeler("POST", "reactivations", {"contenu": emettre(self.voulu(correctif))})

    def planter(self, nir: str) -> str:
        """Say the number of the applicant, everything else as it is."""
        return self._appeler(
            "PUT", "contenu", {"contenu": emettre(self.voulu({})), "nirs": {"demandeur": nir}}
        )

    def _appeler(self, methode: str, ou: str, corps: Mapping[str, Any]) -> str:
        etiquette = f'"r{self.revision()}"'
        reponse = self.editeur(methode, f"/demandes/{self.scene.nud}/{ou}", corps, If_Match=etiquette)
        return {200: FAIT, 201: FAIT, 202: ATTEND, 409: REFUSE}[reponse.status_code]


class ParMessage(Porte):
    def envoyer(self, correctif: Mapping[str, Any]) -> str:
        return self._passer("MOD", self.voulu(correctif), numero_unique=self.scene.nud)

    def ramener(self, correctif: Mapping[str, Any]) -> str:
        sans_motif = {"date": aujourd_hui()}
        return self._passer("RAD", self.voulu(correctif), numero_unique=self.scene.nud, radiation=sans_motif)

    def partir(self, qui: Contenu) -> str:
        """Somebody leaves with a demande of their own."""
        return self._passer("CRS", qui, jour=aujourd_hui(), demande_origine=self.scene.nud)

    def _passer(self, genre: str, contenu: Contenu, *, jour: date = DEPOT, **dossier: Any) -> str:
        image = message(genre, contenu, jour=jour, **dossier)
        racine = enveloppe("numUniqueParametres", {"fichierDemande": XOP.format("f")}).encode()
        corps = parties(("racine", "application/xop+xml", racine), ("f", "text/xml", image.encode()))
        lu = self.editeur.client.post(SERVICE_DEMANDE, corps, content_type=type_mime()).content
        assert b"numUniqueReponse" in lu, lu.decode()
        return ATTEND if b"CTRL_DEM_1301" in lu else REFUSE if b"listeAnomalie" in lu else FAIT


class ParImport(Porte):
    def envoyer(self, correctif: Mapping[str, Any]) -> str:
        return self._passer("modifier", {"correctif": correctif})

    def ramener(self, correctif: Mapping[str, Any]) -> str:
        return self._passer("renouveler", {"contenu": emettre(self.voulu(correctif))})

    def _passer(self, operation: str, dit: Mapping[str, Any]) -> str:
        corps = {"revision": self.revision(), **dit}
        ligne = {"cle": uuid.uuid4().hex, "operation": operation, "nud": self.scene.nud, "corps": corps}
        recu = self.editeur(
            "POST", "/imports", brut=json.dumps(ligne).encode(), Content_Type="application/x-ndjson"
        )
        while avancer(Convention.objects.get().id, "099", executer):
            pass
        lu = self.editeur("GET", f"/imports/{recu.json()['data']['id']}/rapport")
        (dite,) = [json.loads(ligne) for ligne in b"".join(lu.streaming_content).splitlines()]
        return {"MODIFIEE": FAIT, "EN_ATTENTE": ATTEND, "REFUSEE": REFUSE}[dite["issue"]]


@pytest.fixture
def ecrans(settings: Any) -> Callable[[], AbstractContextManager[None]]:
    """While it lasts, this process answers as that of the screens, whence households and managers come; asked for
    before the software.
    """
    siens = {nom: getattr(settings, nom) for nom in REGLAGES}
    return lambda: override_settings(**siens)


@pytest.fixture(autouse=True)
def documents(settings: Any, tmp_path: Path) -> None:
    """The folder of work."""
    settings.DOSSIER_DOCUMENTS = tmp_path


@pytest.mark.parametrize("tentative", TENTATIVES)
@pytest.mark.parametrize("genre", [ParMessage, ParRest, ParImport])
def test_by_a_software(genre: type[Porte], tentative: str, scene: Scene, editeur: Editeur) -> None:
    porte = genre(editeur, scene)
    for pas in TENTATIVES[tentative]:
        scene.jour(pas.jours, pas.heure)
        assert porte.envoyer(pas.correctif) == pas.issue, pas
        if pas.clauses:
            assert pas.clauses <= scene.clauses()
    connection.check_constraints()
    _tenue(scene)
    scene.conclue = Fin.EMPECHE


def _tenue(scene: Scene) -> None:
    """First names, birth date, sex and seniority are the household's, whatever a correction of the name did."""
    avant, apres = scene.avant.demandeur, actuel(scene.demande_id).demandeur
    assert avant is not None
    assert apres is not None
    for trait in ("prenoms", "date_naissance", "civilite"):
        assert getattr(apres.identite, trait) == getattr(avant.identite, trait)
    assert Demande.objects.get(id=scene.demande_id).date_anciennete == DEPOT
    titres = TitreAnciennete.objects.filter(demande=scene.demande_id).values_list("date_depot", flat=True)
    assert all(jour == DEPOT or jour >= f.AUJOURD_HUI for jour in titres)  # who comes in counts from that day


def test_spouse_added_by_a_software_then_separated(scene: Scene, editeur: Editeur) -> None:
    """By REST; a message cannot say who leaves nor prove it but by the agreement, and inherits no more."""
    porte = ParRest(editeur, scene)
    assert porte.envoyer({"cotitulaires": [KARL | {"lien_demandeur": "M"}]}) == FAIT
    scene.jour(1)
    jour = aujourd_hui().isoformat()
    lue = editeur("GET", f"/demandes/{scene.nud}")
    corps = {
        "personne": lue.json()["data"]["personnes"][1]["personne"],
        "preuve": "JUGDIV",
        "document": "RG 26/0412",
        "demande": {
            "date_reception": jour,
            "piece_vue": {"type": "CNI", "vue_le": jour},
            "contenu": emettre(f.contenu(demandeur=KARL)),
        },
    }
    partie = editeur("POST", f"/demandes/{scene.nud}/separations", corps, If_Match=lue["ETag"])
    assert partie.status_code == 201, partie.content.decode()
    connection.check_constraints()
    nouvelle = Demande.objects.get(nud=partie.json()["data"]["nud"])
    assert (nouvelle.anciennete_heritee, nouvelle.date_depot) == (None, aujourd_hui())
    assert not TitreAnciennete.objects.filter(demande=nouvelle, date_depot__lt=nouvelle.date_depot).exists()
    _tenue(scene)
    scene.conclue = Fin.EMPECHE


@pytest.mark.parametrize("genre", [ParMessage, ParRest, ParImport])
def test_struck_off_then_back_by_a_software(genre: type[Porte], vide: Scene, editeur: Editeur) -> None:
    vide.choisir(importer(renouvellements=(date(2020, 2, 1), date(2025, 8, 1))))
    passer_l_horloge(f.MAINTENANT, territoires=["099"])
    assert Demande.objects.get(nud=vide.nud).statut == "RADIEE"
    porte = genre(editeur, vide)
    assert porte.ramener(TOUT) == ATTEND
    assert {"NOM", "PRENOMS", "NAISSANCE", "SEXE", "REACTIVATION"} <= vide.clauses()
    connection.check_constraints()
    assert Demande.objects.get(nud=vide.nud).statut == "ACTIVE"
    _tenue(vide)
    vide.conclue = Fin.EMPECHE


def test_spouse_added_by_a_software_then_the_household_leaves(scene: Scene, editeur: Editeur) -> None:
    """By REST and in a message: whoever came yesterday does not stay alone with the seniority."""
    porte = ParRest(editeur, scene)
    assert porte.envoyer({"cotitulaires": [KARL | {"lien_demandeur": "M"}]}) == FAIT
    scene.jour(1)
    lue = editeur("GET", f"/demandes/{scene.nud}")
    jour = aujourd_hui().isoformat()
    corps = {
        "personne": lue.json()["data"]["personnes"][0]["personne"],
        "preuve": "JUGDIV",
        "document": "RG 26/0412",
        "demande": {
            "date_reception": jour,
            "piece_vue": {"type": "CNI", "vue_le": jour},
            "contenu": emettre(f.contenu()),
        },
    }
    partie = editeur("POST", f"/demandes/{scene.nud}/separations", corps, If_Match=lue["ETag"])
    assert partie.status_code == 409, partie.content.decode()
    assert "depuis trop peu de temps" in partie.json()["errors"][0]["detail"]
    assert ParMessage(editeur, scene).partir(f.contenu()) == REFUSE
    connection.check_constraints()
    assert Demande.objects.count() == 1
    _tenue(scene)
    scene.conclue = Fin.EMPECHE


def test_nir_planted_by_a_software(
    ecrans: Callable[[], AbstractContextManager[None]], vide: Scene, agent: Compte, editeur: Editeur
) -> None:
    """By REST: neither a message nor a change by an import says a number."""
    vide.choisir(importer())
    porte = ParRest(editeur, vide)
    assert porte.planter(f.nir_de(NAISSANCE)) == FAIT
    with ecrans():
        vide.avertir()
    vide.jour(20)
    assert porte.envoyer(TOUT) == ATTEND
    _tenue(vide)
    with ecrans():
        vide.avertir()
        vide.en_vigueur(agent)
        vide.defaite(agent)


@pytest.mark.parametrize("genre", [ParMessage, ParRest, ParImport])
def test_association_named_anew_by_a_software(
    ecrans: Callable[[], AbstractContextManager[None]], genre: type[Porte], vide: Scene, editeur: Editeur
) -> None:
    vide.choisir(importer(une_association()))
    voulu = {"nom": "Zimmer", "contact": {"courriel": "karl@rare.fr"}}
    assert genre(editeur, vide).envoyer({"association": voulu}) == FAIT
    association = actuel(vide.demande_id).association
    assert association is not None
    assert (association.nom, association.contact.courriel) == ("Zimmer", "karl@rare.fr")
    connection.check_constraints()
    with ecrans():
        vide.avertir()
        vide.restaurer(vide.s_opposer())
    assert actuel(vide.demande_id) == vide.avant
    vide.conclue = Fin.DEFAIT


def test_no_address_of_a_protected_demande(scene: Scene, editeur: Editeur) -> None:
    """Whoever looks for a household that left a violent home finds that it applies, and nothing of where."""
    porte = ParRest(editeur, scene)
    assert porte.envoyer({"motifs": {"codes": ["06"]}, "demandeur": {"adresse_courrier": REFUGE}}) == FAIT
    cherche = emettre(f.contenu())
    (proche,) = editeur("POST", "/recherches-de-doublons", {"contenu": cherche}).json()["data"]
    assert (proche["nud"], proche["demandeur"]["nom_naissance"]) == (scene.nud, "Dubreuil")
    racine = enveloppe("rechercheDoublonsParametres", {"fichierDemande": XOP.format("f")}).encode()
    fichier = message("CRE", f.contenu(), jour=aujourd_hui()).encode()
    par_message = editeur.client.post(
        SERVICE_DEMANDE,
        parties(("racine", "application/xop+xml", racine), ("f", "text/xml", fichier)),
        content_type=type_mime(),
    ).content.decode()
    assert scene.nud in par_message
    for dit in (json.dumps(proche), par_message):
        assert "Filaos" not in dit
        assert REFUGE["commune"] not in dit
    scene.conclue = Fin.EMPECHE
