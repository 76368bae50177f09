"""A demande put back on screen: from its enquiry, by two managers, in few steps; the counter only reads that it was."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande, PlaceOuverte
from sne.registre.demande.models.personne import Personne
from sne.registre.enquete.models.enquete import DossierEnquete
from sne.registre.enquete.models.restauration import RequeteRestauration
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.socle.templatetags.socle_tags import numero
from tests.guichet.parcours import requetes, texte
from tests.habilitations.factories import connecter, creer_dpo, creer_gestionnaire
from tests.registre import factories as f
from tests.registre.enquete.enquetes import enqueter
from tests.registre.pieces import pieces
from tests.registre.restauration.detournements import (
    DEPOT,
    VOL,
    VOLEUR,
    actuel,
    demander,
    deposer_elodie,
    detourner,
    revision_de,
    voler,
)
from tests.registre.separation.separations import PAUL, deposer_couple, separer, separer_puis_heriter, seul

OUVERTURE = {"motif": "SIGNALEMENT", "precision": "Appel du 20/11", "figer": "on"}
ETAPES_AU_PLUS = 8
"""Pages opened by two persons from the file to the demande put back: well under five minutes of work."""


@pytest.fixture
def collegue(compte: Compte) -> Client:
    """Another one."""
    return connecter(Client(), creer_gestionnaire(le=f.MAINTENANT))


def test_from_theft_to_recovery_in_few_steps(gestionnaire: Client, collegue: Client, agent: Client) -> None:
    demande = deposer_elodie()
    vraie = pieces.joindre(demande.id, le=VOL - timedelta(days=3))
    voler(demande.id, nirs={"demandeur": f.nir_de(date(1979, 1, 30), 1)})
    pieces.joindre(demande.id, le=VOL)
    pages = 0

    def ouvrir(client: Client, adresse: str) -> str:
        nonlocal pages
        pages += 1
        reponse = client.get(adresse)
        assert reponse.status_code == 200, adresse
        return texte(reponse)

    def envoyer(client: Client, adresse: str, **champs: object) -> str:
        nonlocal pages
        pages += 1
        reponse = client.post(adresse, champs)
        assert reponse.status_code == 302, texte(reponse)
        return str(reponse["Location"])

    ouvrir(gestionnaire, reverse("enquete-ouvrir", args=[demande.nud]))
    enquete = envoyer(gestionnaire, reverse("enquete-ouvrir", args=[demande.nud]), **OUVERTURE)
    page = ouvrir(gestionnaire, enquete)
    assert f"Comparer {numero(demande.nud)} avec son passé" in page
    choisir = reverse("retablir-choisir", args=[DossierEnquete.objects.get().id, demande.nud])
    page = ouvrir(gestionnaire, choisir)
    assert "Dubreuil Élodie" in page
    assert "Zimmer Karl" in page
    assert page.count("Autre personne") == 2  # before the takeover, and nowhere else
    page = ouvrir(gestionnaire, f"{choisir}?vers=2")
    for dit in (
        "Dubreuil Élodie, naissance le 14/03/1987",
        "Zimmer Karl, naissance le 30/01/1979",
        f"Dépôt daté du {VOL:%d/%m/%Y}",
        "Pièces qui suivent\u00a0: 1",
        "Ne comptent plus sur cette demande",
        f"{DEPOT:%d/%m/%Y}",
    ):
        assert dit in page, dit
    assert "karl@rare.example" not in page  # masked, as everywhere contacts are only read
    envoyer(gestionnaire, f"{choisir}?vers=2", a_part="on", motif="Acte de naissance lu")
    decider = reverse("retablir-decider", args=[RequeteRestauration.objects.get().id])
    page = ouvrir(collegue, decider)
    assert "Acte de naissance lu" in page
    revision = str(revision_de(demande.id))
    envoyer(collegue, decider, issue="ACCEPTEE", revision=revision)
    assert pages == ETAPES_AU_PLUS
    contenu = actuel(demande.id)
    assert contenu.demandeur is not None
    assert contenu.demandeur.identite.nom_naissance == "Dubreuil"
    page = texte(collegue.get(enquete))
    assert "accepté par" in page
    assert "Demande rétablie comme elle était le" in page
    fiche = texte(agent.get(reverse("demande", args=[demande.nud])))
    assert "Demande rétablie comme elle était" in fiche
    assert "Dossier figé depuis" not in fiche
    assert vraie


def test_a_seniority_moved_since_is_shown_asked_for_and_given_back(
    gestionnaire: Client, collegue: Client
) -> None:
    quittee = deposer_couple()
    nouvelle = separer_puis_heriter(quittee)
    choisir = reverse("retablir-choisir", args=[enqueter(nouvelle.id), nouvelle.nud])
    page = texte(gestionnaire.get(f"{choisir}?vers=1"))
    avant, apres = f"{quittee.date_depot:%d/%m/%Y}", f"{nouvelle.date_depot:%d/%m/%Y}"
    assert (
        f"La demande compte depuis le {avant}. À l’ancienneté d’alors, elle compterait depuis le {apres}."
        in page
    )
    assert "ne perd aucun jour" not in page
    (case,) = re.findall(r'<input[^>]*name="anciennete"[^>]*>', page)
    assert "checked" not in case  # nobody loses years by a box left as it was
    gestionnaire.post(f"{choisir}?vers=1", {"motif": "Jugement faux", "anciennete": "on"})
    decider = reverse("retablir-decider", args=[RequeteRestauration.objects.get().id])
    page = texte(collegue.get(decider))
    assert "Celle d’alors" in page
    assert f"La demande comptera de nouveau depuis le {apres}, et non depuis le {avant}." in page
    assert "ne perd aucun jour" not in page
    collegue.post(decider, {"issue": "ACCEPTEE", "revision": str(revision_de(nouvelle.id))})
    assert f"(dépôt le {apres})" in texte(collegue.get(reverse("demande", args=[nouvelle.nud])))


def test_the_list_says_which_enquiry_waits_for_the_reader(gestionnaire: Client, collegue: Client) -> None:
    demande = deposer_elodie()
    voler(demande.id)
    choisir = reverse("retablir-choisir", args=[enqueter(demande.id), demande.nud])
    assert "À décider" not in texte(collegue.get(reverse("enquetes")))
    gestionnaire.post(f"{choisir}?vers=1", {"motif": "Vu", "a_part": "on"})
    assert "À décider" in texte(collegue.get(reverse("enquetes")))
    assert "À décider" not in texte(gestionnaire.get(reverse("enquetes")))


def test_who_asked_is_told_that_somebody_else_decides(gestionnaire: Client) -> None:
    demande = deposer_elodie()
    voler(demande.id)
    enquete = enqueter(demande.id)
    choisir = reverse("retablir-choisir", args=[enquete, demande.nud])
    reponse = gestionnaire.post(f"{choisir}?vers=1", {"a_part": "on", "motif": "Vu"}, follow=True)
    page = texte(reponse)
    assert "Rien n’a changé\u00a0: une autre personne doit décider." in page
    assert "vous l’avez demandé, une autre personne doit décider" in page
    assert "avec son passé" not in page  # one at a time
    decider = reverse("retablir-decider", args=[RequeteRestauration.objects.get().id])
    page = texte(gestionnaire.get(decider))
    assert "Vous avez demandé ce retour." in page
    assert "Enregistrer la décision" not in page
    reponse = gestionnaire.post(decider, {"issue": "ACCEPTEE", "revision": "2"})
    assert (reponse.status_code, revision_de(demande.id)) == (200, 2)
    assert "Une autre personne doit décider." in texte(reponse)
    retirer = reverse("retablir-retirer", args=[RequeteRestauration.objects.get().id])
    page = texte(gestionnaire.post(retirer, follow=True))
    assert "Retour retiré. Rien n’a changé dans la demande." in page
    assert "\u00a0: retiré par" in page
    assert "avec son passé" in page
    assert "Retirer ce retour" not in texte(gestionnaire.get(decider))


def test_what_is_ill_said_comes_back_with_what_was_typed(gestionnaire: Client) -> None:
    demande = deposer_elodie()
    voler(demande.id, precisions="Plus tard")
    choisir = reverse("retablir-choisir", args=[enqueter(demande.id), demande.nud])
    reponse = gestionnaire.post(f"{choisir}?vers=1", {"motif": ""})
    assert "Dites en une phrase ce que vous avez constaté." in texte(reponse)
    reponse = gestionnaire.post(f"{choisir}?vers=1", {"motif": "Numéro 2 87 03 99 000 001 51"})
    assert "Retirez le numéro de sécurité sociale" in texte(reponse)
    assert "Numéro 2 87" in reponse.content.decode()
    reponse = gestionnaire.post(f"{choisir}?vers=1", {"motif": "x", "garder": "IDENTITE"})
    assert "Choisissez dans la liste ce qui est gardé d’aujourd’hui." in texte(reponse)
    assert not RequeteRestauration.objects.exists()


def test_a_refusal_says_why_and_nothing_changes(collegue: Client) -> None:
    demande = deposer_elodie()
    voler(demande.id)
    decider = reverse("retablir-decider", args=[demander(demande.id)])
    reponse = collegue.post(decider, {"issue": "REFUSEE", "revision": "2", "motif": ""})
    assert reponse.status_code == 200
    reponse = collegue.post(
        decider, {"issue": "REFUSEE", "revision": "2", "motif": "C’est bien elle"}, follow=True
    )
    assert "Retour refusé. Rien n’a changé" in texte(reponse)
    page = texte(collegue.get(decider))
    assert "refusé par" in page
    assert "C’est bien elle" in page
    assert revision_de(demande.id) == 2


def test_a_demande_that_changed_meanwhile_is_read_again(collegue: Client) -> None:
    demande = deposer_elodie()
    voler(demande.id)
    decider = reverse("retablir-decider", args=[demander(demande.id)])
    detourner(demande.id, actuel(demande.id).model_copy(update={"precisions": "Plus tard"}))
    reponse = collegue.post(decider, {"issue": "ACCEPTEE", "revision": "2"})
    page = reponse.content.decode()
    assert "Relisez la comparaison" in texte(reponse)
    assert 'value="3"' in page
    reponse = collegue.post(decider, {"issue": "ACCEPTEE", "revision": "3"}, follow=True)
    assert "Demande rétablie." in texte(reponse)


def test_blocks_that_changed_may_be_kept_and_are_said(gestionnaire: Client, collegue: Client) -> None:
    demande = deposer_elodie()
    contenu = actuel(demande.id).model_copy(update={"precisions": "Rez-de-chaussée"})
    detourner(demande.id, contenu, le=VOL - timedelta(days=1))
    voler(demande.id)
    choisir = reverse("retablir-choisir", args=[enqueter(demande.id), demande.nud])
    page = texte(gestionnaire.get(f"{choisir}?vers=1"))
    assert "Logement recherché, motifs et préférences" in page
    assert "Travail et revenus des personnes" not in page
    gestionnaire.post(f"{choisir}?vers=1", {"motif": "Vu", "a_part": "on", "garder": "SOUHAITS"})
    decider = reverse("retablir-decider", args=[RequeteRestauration.objects.get().id])
    page = texte(collegue.get(decider))
    assert "Logement recherché, motifs et préférences" in page
    collegue.post(decider, {"issue": "ACCEPTEE", "revision": "3"})
    assert actuel(demande.id).precisions == "Rez-de-chaussée"


def test_documents_handed_in_since_are_chosen_one_by_one_and_said(
    gestionnaire: Client, collegue: Client
) -> None:
    demande = deposer_elodie()
    sienne = pieces.joindre(demande.id, pieces.IMPOT, le=VOL - timedelta(days=2))
    voler(demande.id)
    fausse = pieces.joindre(demande.id, le=VOL)
    choisir = reverse("retablir-choisir", args=[enqueter(demande.id), demande.nud])
    page = texte(gestionnaire.get(f"{choisir}?vers=1"))
    assert "Pièces arrivées depuis, à garder" in page
    assert f"Dubreuil Élodie, du {VOL - timedelta(days=2):%d/%m/%Y}" in page
    assert f"Zimmer Karl, du {VOL:%d/%m/%Y}. De l’autre foyer\u00a0: elle le suit" in page
    demande_de = {"motif": "Vu", "a_part": "on"}
    for cle, phrase in ((fausse, "est de l’autre foyer"), (f.inconnu(), "Choisissez dans la liste")):
        reponse = gestionnaire.post(f"{choisir}?vers=1", demande_de | {"pieces": [str(cle)]})
        assert phrase in texte(reponse)
        assert not RequeteRestauration.objects.exists()
    assert f'value="{sienne}"' in reponse.content.decode()
    gestionnaire.post(f"{choisir}?vers=1", demande_de | {"pieces": [str(sienne)]})
    decider = reverse("retablir-decider", args=[RequeteRestauration.objects.get().id])
    page = texte(collegue.get(decider))
    assert "Restent, arrivées depuis" in page
    assert page.count(f"du {VOL - timedelta(days=2):%d/%m/%Y}") == 2  # what is asked, what it would do
    assert "Pièces qui suivent\u00a0: 1" in page
    collegue.post(decider, {"issue": "ACCEPTEE", "revision": str(revision_de(demande.id))})
    demande = Demande.objects.select_related("version_courante").get(id=demande.id)
    assert demande.version_courante.pieces == [sienne]


def test_a_document_kept_that_the_reader_may_not_know_of_is_counted(compte: Compte) -> None:
    demande = deposer_elodie()
    sante = pieces.joindre(demande.id, PieceSaisie("MOTIF_08"), le=VOL)
    voler(demande.id, le=VOL + timedelta(days=1))
    requete = demander(demande.id, pieces=[str(sante)])
    dpo = connecter(Client(), creer_dpo(le=f.MAINTENANT))
    assert "1 que vous ne pouvez pas lire" in texte(dpo.get(reverse("retablir-decider", args=[requete])))


def test_without_another_household_none_is_offered(gestionnaire: Client) -> None:
    demande = deposer_elodie()
    detourner(demande.id, actuel(demande.id).model_copy(update={"precisions": "Plus tard"}))
    choisir = reverse("retablir-choisir", args=[enqueter(demande.id), demande.nud])
    page = texte(gestionnaire.get(f"{choisir}?vers=1"))
    assert "Enregistrer l’autre foyer à part" not in page
    assert "Personne" in page


def test_a_demande_that_never_changed_has_nothing_to_give_back(gestionnaire: Client) -> None:
    demande = deposer_elodie()
    page = texte(gestionnaire.get(reverse("retablir-choisir", args=[enqueter(demande.id), demande.nud])))
    assert "il n’y a rien à rétablir" in page


def test_an_association_is_put_back_too(gestionnaire: Client) -> None:
    adresse = f.contenu().model_dump(mode="json")["demandeur"]["adresse_courrier"]
    association = {"nom": "Toit pour tous", "siren": "732829320", "adresse_courrier": adresse}
    brut = f.contenu().model_dump(mode="json") | {
        "titulaire": "ASSOCIATION", "demandeur": None, "association": association,
    }  # fmt: skip
    nud = f.deposer(Contenu.model_validate(brut), le=DEPOT, piece_vue=None).nud

    demande = Demande.objects.get(nud=nud)
    detourner(demande.id, actuel(demande.id).model_copy(update={"precisions": "Plus tard"}))
    page = texte(gestionnaire.get(reverse("retablir-choisir", args=[enqueter(demande.id), nud])))
    assert "Association" in page


def test_health_is_put_back_and_not_shown_to_who_may_not_read_it(compte: Compte) -> None:
    fiche = {"personne": "demandeur", "reconnu": True, "besoin_particulier": "Douche plate"}
    demande = deposer_elodie(handicaps=[fiche])
    voler(demande.id, handicaps=[])
    requete = demander(demande.id)
    dpo = connecter(Client(), creer_dpo(le=f.MAINTENANT))
    decider = reverse("retablir-decider", args=[requete])
    assert "Douche plate" not in texte(dpo.get(decider))
    dpo.post(decider, {"issue": "ACCEPTEE", "revision": "2"})
    assert [h.besoin_particulier for h in actuel(demande.id).handicaps] == ["Douche plate"]


def test_who_cannot_sees_no_door(agent: Client, compte: Compte) -> None:
    demande = deposer_elodie()
    voler(demande.id)
    requete = demander(demande.id)
    enquete = DossierEnquete.objects.get().id
    for adresse in (
        reverse("retablir-choisir", args=[enquete, demande.nud]),
        reverse("retablir-decider", args=[requete]),
    ):
        assert agent.get(adresse).status_code in {403, 404}
    dpo = connecter(Client(), creer_dpo(le=f.MAINTENANT))
    assert dpo.get(reverse("retablir-choisir", args=[enquete, demande.nud])).status_code in {403, 404}
    assert "avec son passé" not in texte(dpo.get(reverse("enquete", args=[enquete])))


def test_of_another_enquiry_or_territory_is_not_found(gestionnaire: Client) -> None:
    demande, autre = deposer_elodie(), f.deposer(f.contenu(demandeur=f.personne("Leca", "Léa")))
    voler(demande.id)
    enquete = enqueter(demande.id)
    for adresse in (
        reverse("retablir-choisir", args=[enquete, autre.nud]),
        reverse("retablir-choisir", args=[enquete, demande.nud]) + "?vers=99",
        reverse("retablir-choisir", args=[enquete, demande.nud]) + "?vers=2",
        reverse("retablir-decider", args=[f.inconnu()]),
    ):
        assert gestionnaire.get(adresse).status_code == 404, adresse


def test_as_many_queries_for_one_version_or_for_five(gestionnaire: Client) -> None:
    demande = deposer_elodie()
    voler(demande.id)
    choisir = reverse("retablir-choisir", args=[enqueter(demande.id), demande.nud])
    gestionnaire.get(choisir)
    une = requetes(lambda: gestionnaire.get(choisir))
    for rang in range(4):
        detourner(demande.id, actuel(demande.id).model_copy(update={"precisions": f"Étage {rang}"}))
    assert requetes(lambda: gestionnaire.get(choisir)) == une


def test_someone_who_registered_again_is_named_to_be_brought_together(gestionnaire: Client) -> None:

    demande = deposer_couple()
    separer(demande, survenu_le=VOL, depot={"date_reception": VOL.date()})
    voler(demande.id, le=VOL + timedelta(days=1))
    page = texte(
        gestionnaire.get(reverse("retablir-choisir", args=[enqueter(demande.id), demande.nud]) + "?vers=1")
    )
    assert "a quitté cette demande par une séparation" in page


def test_who_left_in_the_place_of_a_person_who_comes_back_is_named(gestionnaire: Client) -> None:
    demande = deposer_couple()
    voler(demande.id, nirs={"demandeur": f.nir_de(date(1979, 1, 30), 1)})
    depot = {"date_reception": VOL.date()}
    prise = separer(demande, seul(VOLEUR), role="DEMANDEUR", survenu_le=VOL, depot=depot, accord=False)
    choisir = reverse("retablir-choisir", args=[enqueter(demande.id), demande.nud])
    page = texte(gestionnaire.get(f"{choisir}?vers=1"))
    assert f"par une séparation\u00a0: {numero(prise.nud)}. Cette demande rejoint l’enquête" in page


def test_a_return_to_a_moment_whose_people_have_left_since_is_still_refused(collegue: Client) -> None:
    demande = deposer_elodie()
    brut = actuel(demande.id).model_dump(mode="json")
    conjoint = f.personne(**PAUL, lien_demandeur="M")
    detourner(
        demande.id,
        Contenu.model_validate(brut | {"cotitulaires": [conjoint]}),
        le=DEPOT + timedelta(days=20),
    )
    requete = demander(demande.id, a_part=False)
    separer(demande, seul(f.personne()), role="DEMANDEUR", accord=False)
    decider = reverse("retablir-decider", args=[requete])
    assert "ont toutes quitté cette demande par une séparation" in texte(collegue.get(decider))
    refus = {"issue": "REFUSEE", "revision": "3", "motif": "Elle est partie"}
    assert collegue.post(decider, refus).status_code == 302


def test_a_household_that_registered_again_is_named_and_the_rest_of_a_refusal_is_said(
    gestionnaire: Client, collegue: Client
) -> None:
    nir = f.nir_de(date(1987, 3, 14))
    demande = Demande.objects.get(id=f.deposer(le=DEPOT, nirs={"demandeur": nir}).demande_id)
    voler(demande.id, nirs={"demandeur": f.nir_de(date(1979, 1, 30), 1)})
    trace = Personne.objects.get(demande=demande).identite_courante.nir_empreinte
    PlaceOuverte.objects.filter(demande=demande).exclude(nir_empreinte=trace).delete()
    refaite = f.deposer(le=VOL, nirs={"demandeur": nir}, doublons_ecartes="Non.")
    choisir = reverse("retablir-choisir", args=[enqueter(demande.id), demande.nud])
    page = texte(gestionnaire.get(f"{choisir}?vers=1"))
    assert f"a déposé une autre demande\u00a0: {numero(refaite.nud)}" in page
    gestionnaire.post(f"{choisir}?vers=1", {"motif": "Vu"})
    decider = reverse("retablir-decider", args=[RequeteRestauration.objects.get().id])
    reponse = collegue.post(decider, {"issue": "ACCEPTEE", "revision": "2"}, follow=True)
    assert "sa propre demande" not in texte(reponse)  # none was asked for
