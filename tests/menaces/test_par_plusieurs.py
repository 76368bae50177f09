"""A demande taken away by another door, or by more than one person: what each role can do, and what two can."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import resolve, reverse

from sne.habilitations.actions import lier_comptes
from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.registre.avis.models import AvisChangement
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import DecisionIdentite, Identite, Personne, TitreAnciennete
from sne.registre.demande.models.separation import Separation
from sne.registre.depot.actions.reprendre import Reprise, reprendre_demandes
from sne.registre.identite.selectors.a_decider import get_lecture
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from sne.socle.horloge import aujourd_hui, maintenant
from tests.guichet.parcours import coordonnees, poster, souhaits, texte, verifier
from tests.guichet.test_modification import saisie
from tests.guichet.test_separation import commencer as commencer_separation
from tests.guichet.test_separation import enregistrer as enregistrer_separation
from tests.guichet.vie.renouvellements import changer, commencer, confirmer
from tests.habilitations.factories import (
    SYSTEME,
    acteur,
    connecter,
    creer_agent,
    creer_gestionnaire,
    creer_responsable,
    habiliter,
)
from tests.menaces.scene import CONTACT_INTRUS, INTRUS, NAISSANCE, Scene, importer, importeur, menage, nud_de
from tests.registre import factories as f
from tests.registre.enquete.enquetes import enqueter
from tests.registre.pieces.pieces import IDENTITE, joindre
from tests.registre.restauration.detournements import actuel
from tests.registre.separation.separations import PAUL, heriter
from tests.saisie import cadres

ATTENTE = "en attente de décision"


def decider(compte: Compte, ligne: Identite, **champs: str) -> Any:
    """Open the documents of a change, then answer on its page."""
    client = connecter(Client(), compte)
    page = reverse("identite", args=[ligne.id])
    lu = client.get(page)
    if lu.status_code == 200:
        version = Version.objects.get(demande=ligne.demande_id, numero=ligne.demande.revision)
        for piece in version.pieces:
            client.get(reverse("piece-voir", args=[piece]))
    reponse = client.post(page, {"decision": "valider", "precision": ""} | champs)
    connection.check_constraints()
    return reponse


def test_separation_then_everything(vide: Scene, agent: Compte) -> None:
    paul = f.personne(**PAUL, lien_demandeur="M")
    premiere = importer(menage(cotitulaires=[paul]))
    client = connecter(Client(), agent)
    nud = enregistrer_separation(client, commencer_separation(client, Demande.objects.get(nud=premiere)))
    heriter(Separation.objects.get(nouvelle__nud=nud), survenu_le=maintenant())
    vide.choisir(nud)
    vide.jour(2)
    assert ATTENTE in vide.saisir(agent, "personne", **INTRUS)
    assert {"NOM", "PRENOMS", "NAISSANCE"} <= vide.clauses()
    assert "peuvent être modifiés à partir du" in vide.saisir(agent, "coordonnees", **CONTACT_INTRUS)
    vide.saisir(agent, "souhaits", loyer_maximum="1900")
    vide.en_vigueur(agent, nom="Morel", prenoms="Paul", naissance="02/06/1985")
    vide.choisir(premiere)
    assert ATTENTE in vide.saisir(agent, "personne", **INTRUS)
    vide.empechee(agent)


def test_while_a_separation_waits(vide: Scene, agent: Compte) -> None:
    """Out of wedlock the seniority waits for a decision: whoever is written meanwhile would inherit it."""
    paul = f.personne(**PAUL, lien_demandeur="C")
    premiere = importer(menage(cotitulaires=[paul]))
    client = connecter(Client(), agent)
    nud = enregistrer_separation(client, commencer_separation(client, Demande.objects.get(nud=premiere)))
    connection.check_constraints()
    vide.choisir(nud)
    vide.jour(2)
    assert ATTENTE in vide.saisir(agent, "personne", **INTRUS)
    assert {"NOM", "PRENOMS", "NAISSANCE"} <= vide.clauses()
    assert "peuvent être modifiés à partir du" in vide.saisir(agent, "coordonnees", **CONTACT_INTRUS)
    contenu = actuel(vide.demande_id)
    assert contenu.demandeur is not None
    assert contenu.demandeur.identite.nom_naissance == "Morel"
    vide.choisir(premiere)
    vide.empechee(agent)


def test_agent_and_manager_are_one_person(scene: Scene, agent: Compte) -> None:
    gestionnaire = creer_gestionnaire()
    lier_comptes(agent.id, gestionnaire.id, acte=Acte(SYSTEME, maintenant()))
    scene.tout_prendre(agent)
    reponse = decider(gestionnaire, scene.attente())
    assert reponse.status_code == 409
    assert "Vous avez saisi ce changement" in texte(reponse)
    scene.empechee(agent)


def test_shared_between_two_agents(scene: Scene, agent: Compte) -> None:
    collegue = creer_agent(guichet="G0991")
    assert "Changement appliqué" in scene.saisir(agent, "coordonnees", **CONTACT_INTRUS)
    scene.jour(2)
    assert "Un avis part" in scene.saisir(collegue, "personne", nom_naissance="Dubreuill")
    assert ATTENTE in scene.saisir(collegue, "personne", **INTRUS)
    assert {
        "NOM",
        "PRENOMS",
        "NAISSANCE",
        "CONTACT_RECENT",
        "ALTERNANCE",
        "DEJA_AUTOMATIQUE",
    } <= scene.clauses()
    chef = creer_responsable(guichet="G0991")
    assert decider(chef, scene.attente()).status_code in {403, 404}
    scene.en_vigueur(agent, nom="Dubreuill")
    scene.defaite(agent)


def test_contacts_then_letters_summed(scene: Scene, agent: Compte) -> None:
    """Two letters pass beside the contacts; two others are the sum of four, and the second ones."""
    scene.saisir(agent, "coordonnees", **CONTACT_INTRUS)
    scene.jour(8)
    assert "Un avis part" in scene.saisir(agent, "personne", nom_naissance="Dubreuyll")
    scene.jour(16)
    assert ATTENTE in scene.saisir(agent, "personne", nom_naissance="Zubreuyla")
    assert scene.clauses() == {"NOM", "CONTACT_RECENT", "DEJA_AUTOMATIQUE"}
    scene.retirer(agent)
    scene.jour(25)
    assert ATTENTE in scene.saisir(agent, "personne", **INTRUS)
    assert {"NOM", "PRENOMS", "NAISSANCE", "SEXE", "CONTACT_RECENT", "DEJA_AUTOMATIQUE"} <= scene.clauses()
    scene.en_vigueur(agent, nom="Dubreuyll")
    scene.defaite(agent)


def test_struck_off_then_back(vide: Scene, agent: Compte) -> None:
    vide.choisir(importer(renouvellements=(date(2020, 2, 1), date(2025, 8, 1))))
    passer_l_horloge(f.MAINTENANT, territoires=["099"])
    assert Demande.objects.get(nud=vide.nud).statut == "RADIEE"
    client = connecter(Client(), agent)
    commencer(client, vide.nud)
    assert changer(client, vide.nud, "personne", **INTRUS).status_code == 302
    reponse = confirmer(client, vide.nud)
    assert reponse.status_code == 302, texte(reponse)
    vide.avertir()
    assert {"NOM", "PRENOMS", "NAISSANCE", "SEXE", "REACTIVATION"} <= vide.clauses()
    vide.retirer(agent)
    vide.jour(10)
    assert ATTENTE in vide.saisir(agent, "personne", nom_naissance="Dubreuill")
    assert vide.clauses() == {"REACTIVATION"}
    vide.empechee(agent)


def test_by_a_guichet_manager_alone(scene: Scene, agent: Compte) -> None:
    chef = creer_responsable()
    scene.tout_prendre(chef)
    reponse = decider(chef, scene.attente())
    assert reponse.status_code == 409
    assert "Une autre personne doit décider" in texte(reponse)
    scene.empechee(agent)


def test_by_a_guichet_manager_with_an_agent(scene: Scene, agent: Compte) -> None:
    chef = creer_responsable()
    scene.tout_prendre(agent)
    lecture = get_lecture(scene.demande_id, le=aujourd_hui())
    assert lecture is not None
    assert lecture.score > 0.3
    assert decider(chef, scene.attente()).status_code == 403
    assert not DecisionIdentite.objects.exists()
    scene.empechee(agent)


def test_by_a_guichet_manager_trait_by_trait(scene: Scene, agent: Compte) -> None:
    """Each step stays far below the line, and its validation moves the anchor."""
    chef = creer_responsable()
    scene.joindre(agent)
    assert ATTENTE in scene.saisir(agent, "personne", prenoms="Karl")
    assert decider(chef, scene.attente()).status_code == 302
    scene.avertir()
    scene.jour(9)
    assert ATTENTE in scene.saisir(agent, "personne", date_naissance="30/01/1979")
    assert scene.clauses() == {"NAISSANCE", "DEJA_VALIDE"}
    lecture = get_lecture(scene.demande_id, le=aujourd_hui())
    assert lecture is not None
    assert lecture.score < 0.3
    assert decider(chef, scene.attente()).status_code == 403
    scene.defaite(agent)


def test_by_a_territorial_manager_alone(scene: Scene, agent: Compte) -> None:
    gestionnaire = creer_gestionnaire()
    client = connecter(Client(), gestionnaire)
    adresse = reverse("demande-modifier", args=[scene.nud, "personne"])
    champs = saisie(client, scene.nud, "personne") | {nom: [valeur] for nom, valeur in INTRUS.items()}
    reponse = client.post(adresse, champs)
    assert reponse.status_code == 403
    assert "Votre rôle ne permet pas de modifier" in texte(reponse)
    assert not Identite.objects.filter(demande=scene.demande_id).exclude(voie="DEPOT").exists()
    assert actuel(scene.demande_id) == scene.avant
    scene.empechee(agent)


def test_by_a_territorial_manager_who_is_an_agent_too(scene: Scene, agent: Compte) -> None:
    """Both roles in one account, then in two."""
    double = creer_agent()
    habiliter(double, Role.GESTIONNAIRE_TERRITORIAL, territoire="099")
    client = connecter(Client(), double)
    champs = saisie(client, scene.nud, "personne") | {nom: [valeur] for nom, valeur in INTRUS.items()}
    reponse = client.post(reverse("demande-modifier", args=[scene.nud, "personne"]), champs)
    assert reponse.status_code == 403
    assert actuel(scene.demande_id) == scene.avant
    gestionnaire = creer_gestionnaire()
    lier_comptes(agent.id, gestionnaire.id, acte=Acte(SYSTEME, maintenant()))
    assert ATTENTE in scene.saisir(agent, "personne", **INTRUS)
    assert "peuvent être modifiés à partir du" in scene.saisir(gestionnaire, "coordonnees", **CONTACT_INTRUS)
    scene.empechee(agent)


def test_by_a_territorial_manager_with_an_agent(scene: Scene, agent: Compte) -> None:
    assert ATTENTE in scene.saisir(agent, "personne", **INTRUS)
    scene.joindre(agent)
    assert decider(creer_gestionnaire(), scene.attente()).status_code == 302
    scene.avertir()
    pris = actuel(scene.demande_id)
    assert pris.demandeur is not None
    assert pris.demandeur.identite.nom_naissance == "Zimmer"
    scene.jour(9)
    assert "Changement appliqué" in scene.saisir(agent, "coordonnees", **CONTACT_INTRUS)
    scene.saisir(agent, "foyer", enfants__1__nom="Zimmer", enfants__1__prenoms="Otto")
    nouvelle = Demande.objects.get(nud=scene.defaite(agent, a_part=True))
    assert nouvelle.date_depot == f.AUJOURD_HUI
    titre = TitreAnciennete.objects.get(demande=nouvelle)
    assert titre.date_depot == f.AUJOURD_HUI
    parti = actuel(nouvelle.id)
    assert parti.demandeur is not None
    assert parti.demandeur.identite.nom_naissance == "Zimmer"
    assert parti.demandeur.contact.courriel == CONTACT_INTRUS["courriel"]
    assert [p.prenoms for p in parti.foyer.personnes_a_charge] == ["Otto"]


def test_contacts_that_a_manager_allowed(scene: Scene, agent: Compte) -> None:
    """The manager believes that the household has lost its address."""
    assert ATTENTE in scene.saisir(agent, "personne", **INTRUS)
    assert "peuvent être modifiés à partir du" in scene.saisir(agent, "coordonnees", **CONTACT_INTRUS)
    champs = {"motif": "PLUS_D_ACCES", "precision": "Adresse perdue, dit au guichet"}
    reponse = connecter(Client(), creer_gestionnaire()).post(
        reverse("contact-permettre", args=[scene.nud]), champs
    )
    assert reponse.status_code == 302, texte(reponse)
    scene.avertir()
    permis = AvisChangement.objects.filter(
        demande=scene.demande_id, codes__contains=["CONTACT_PERMIS:FAIT:VOUS"]
    )
    assert permis.exists()
    assert "Changement appliqué" in scene.saisir(agent, "coordonnees", **CONTACT_INTRUS)
    encore = scene.saisir(agent, "coordonnees", courriel="encore@rare.example")
    assert "peuvent être modifiés à partir du" in encore
    scene.en_vigueur(agent)
    scene.defaite(agent)


def test_by_the_importer(vide: Scene, agent: Compte) -> None:
    nir = f.nir_de(NAISSANCE)
    vide.choisir(importer(nir=nir))
    autre = f.contenu(demandeur=f.personne("Zimmer"))
    for depot in (f.depot(autre, id=vide.demande_id), f.depot(autre, nirs={"demandeur": nir})):
        with pytest.raises(IntegrityError), transaction.atomic():
            reprendre_demandes([Reprise(depot)], acteur=importeur())
    with pytest.raises(NonHabilite):
        reprendre_demandes([Reprise(f.depot(autre))], acteur=acteur(agent))
    vide.empechee(agent)


def ajouter_karl(scene: Scene, compte: Compte) -> None:
    """Karl Zimmer added as a spouse: nobody leaves, so nothing waits."""
    karl = INTRUS | {"nationalite": "1", "situation_familiale": "M", "lien_demandeur": "M"}
    champs = {f"cotitulaires__1__{nom}": valeur for nom, valeur in karl.items()}
    page = scene.saisir(compte, "foyer", cotitulaires__nombre="1", **champs)
    assert "Changement appliqué" in page, page


def test_spouse_added_then_the_household_leaves(scene: Scene, agent: Compte) -> None:
    ajouter_karl(scene, agent)
    scene.jour(1)
    reponse = faire_partir_le_menage(scene, agent)
    assert "depuis trop peu de temps pour la garder seules" in texte(reponse)
    assert Demande.objects.count() == 1
    scene.en_vigueur(agent, avec_intrus=True)
    scene.defaite(agent)


def test_co_holder_replaced_then_the_household_leaves(vide: Scene, agent: Compte) -> None:
    """A co-holder of long ago becomes somebody else; the household is then made to leave by a separation."""
    vide.choisir(importer(menage(cotitulaires=[f.personne(**PAUL, lien_demandeur="M")])))
    paul = Personne.objects.get(demande=vide.demande_id, role="COTITULAIRE")
    champs = {f"cotitulaires__1__{nom}": valeur for nom, valeur in INTRUS.items()}
    assert ATTENTE in vide.saisir(agent, "foyer", **champs)
    assert "REMPLACEMENT" in vide.clauses()
    joindre(vide.demande_id, replace(IDENTITE, reference=f"cotitulaire:{paul.rang}"))
    assert decider(creer_responsable(), vide.attente()).status_code == 403
    assert decider(creer_gestionnaire(), vide.attente()).status_code == 302
    vide.avertir()
    vide.jour(8)
    assert "sous leur identité d’aujourd’hui" in texte(faire_partir_le_menage(vide, agent))
    assert Demande.objects.count() == 1
    vide.en_vigueur(agent, avec_intrus=True)
    vide.defaite(agent)


def test_taken_over_then_left_by_a_separation(vide: Scene, agent: Compte) -> None:
    """The intruder has a demande of their own, a spouse of long ago keeps the file: the household is on neither."""
    vide.choisir(importer(menage(cotitulaires=[f.personne(**PAUL, lien_demandeur="M")])))
    assert ATTENTE in vide.saisir(agent, "personne", **INTRUS)
    vide.joindre(agent)
    assert decider(creer_gestionnaire(), vide.attente()).status_code == 302
    vide.avertir()
    vide.jour(1)
    reponse = faire_partir_le_menage(vide, agent, **INTRUS)
    nouvelle = Demande.objects.get(nud=nud_de(reponse))
    assert nouvelle.anciennete_heritee is None
    assert not Personne.objects.filter(demande=vide.demande_id, role="COTITULAIRE", retire_le=None).exists()
    vide.avertir()
    laisses = AvisChangement.objects.filter(demande=vide.demande_id, raison="CONTACT_PARTAGE")
    assert "TITULAIRE:FAIT:VOUS" in laisses.get().codes
    vide.defaite(agent, enquete=enqueter(vide.demande_id))


def faire_partir_le_menage(scene: Scene, compte: Compte, **qui: str) -> Any:
    """A separation that takes Élodie, or whoever has her place, out of her file; its last page."""
    client = connecter(Client(), compte)
    titulaire = Personne.objects.get(demande=scene.demande_id, role="DEMANDEUR", retire_le=None)
    champs = {"personne": str(titulaire.id), "preuve": "JUGDIV", "document": "RG 26/0412"}
    debut = client.post(reverse("demande-separer", args=[scene.nud]), champs)
    return enregistrer_elodie(client, str(resolve(debut.headers["Location"]).kwargs["brouillon_id"]), **qui)


def enregistrer_elodie(client: Client, brouillon: str, **qui: str) -> Any:
    """Her own demande, typed for her; or of whoever had her place."""
    elodie = {
        "civilite": "2",
        "nom_naissance": "Dubreuil",
        "prenoms": "Élodie",
        "date_naissance": "14/03/1987",
    }
    pages = {
        "personne": cadres.personne(**elodie | qui),
        "coordonnees": coordonnees(),
        "foyer": cadres.foyer(),
        "souhaits": souhaits(),
    }
    for code, saisi in pages.items():
        reponse = poster(client, brouillon, code, saisi)
        assert reponse.status_code == 302, texte(reponse)
    reponse = verifier(client, brouillon)
    connection.check_constraints()
    return reponse


def test_spouse_added_then_separated(scene: Scene, agent: Compte) -> None:
    ajouter_karl(scene, agent)
    scene.jour(1)
    client = connecter(Client(), agent)
    brouillon = commencer_separation(client, Demande.objects.get(nud=scene.nud))
    pages = {
        "personne": cadres.personne(**INTRUS),
        "coordonnees": coordonnees(),
        "foyer": cadres.foyer(),
        "souhaits": souhaits(),
    }
    for code, saisi in pages.items():
        assert poster(client, brouillon, code, saisi).status_code == 302
    reponse = verifier(client, brouillon)
    assert reponse.status_code == 302, texte(reponse)
    connection.check_constraints()
    nouvelle = Demande.objects.get(nud=nud_de(reponse))
    assert (nouvelle.anciennete_heritee, nouvelle.date_depot) == (None, f.AUJOURD_HUI)
    assert not TitreAnciennete.objects.filter(demande=nouvelle, date_depot__lt=f.AUJOURD_HUI).exists()
    scene.empechee(agent)
