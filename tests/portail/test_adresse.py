"""One's postal address changed online, by each level: read or typed anew, told to the contacts of before, refused."""

from typing import Any

import pytest
from django.test import Client, override_settings

from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.registre.contenu.rules.arbre.lieux import Adresse
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.selectors.versions import get_depuis
from sne.simulation.fournisseur.protocole import Fournisseur
from tests.portail.conftest import ELODIE, KARIM, YVONNE, servie_par_le_portail
from tests.portail.formulaire import champs_de
from tests.portail.test_code import deposer, entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_cotitulaire import CONJOINT
from tests.portail.test_renouveler import dite, revisions, suivre, texte
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import figer
from tests.registre.restauration.detournements import voler

pytestmark = pytest.mark.django_db
ANCIENNE = {
    "numero": "7",
    "voie": "impasse des Cerisiers",
    "code_postal": "99240",
    "commune": "99002",
    "batiment": "Tour B",
}
NEUVE = {"numero": "12", "voie": "rue des Lilas", "code_postal": "99310", "commune": "Port-Aurette"}
EN_FRANCE = {"pays_adresse": "france"} | NEUVE
TUS = ("Cerisiers", "Tour B")


def foyer(**autres: Any) -> Contenu:
    demandeur = {"identite": {"lieu_naissance": {"commune": "76540"}}, "adresse_courrier": ANCIENNE}
    return a.contenu(demandeur=demandeur, **autres)


@pytest.fixture
def demande() -> Demande:
    return deposer(foyer(), le=f.MAINTENANT - 340 * a.JOUR)


def ici(demande: Demande, page: str = "adresse/") -> str:
    return f"/ma-demande/{demande.nud}/declaration/{page}"


def adresse(demande: Demande) -> Adresse:
    demandeur = dite(demande).demandeur
    assert demandeur is not None
    assert demandeur.adresse_courrier is not None
    return demandeur.adresse_courrier


def dire_a_l_avance() -> set[tuple[str, str, str]]:
    """What the worker sends of the change, with the addresses of the service."""
    with override_settings(ROOT_URLCONF="config.urls"):
        a.avertir("MODIFIER")
    return a.envois()


def test_by_franceconnect_it_is_read_changed_and_told_to_the_contacts_of_before(
    porte: Client,
    fc: Fournisseur,
    demande: Demande,
) -> None:
    avant = dite(demande)
    se_connecter(porte, fc, ELODIE)
    lue = texte(porte.get(ici(demande, "")))
    assert ("impasse des Cerisiers" in lue, "Afficher l’adresse" in lue) == (True, False)
    page = texte(porte.get(ici(demande)))
    assert ("impasse des Cerisiers" in page, "Nous prévenons vos contacts d’avant" in page) == (True, True)
    assert (a.AVANT in page, 'name="courriel"' in page) == (False, False)
    assert suivre(porte, ici(demande)).headers["Location"].endswith("?fait=rien")
    fini = suivre(porte, ici(demande), **EN_FRANCE, batiment="")
    assert fini.headers["Location"] == f"{ici(demande, '')}?fait=oui"
    apres = dite(demande)
    assert (adresse(demande).voie, adresse(demande).batiment) == ("rue des Lilas", None)
    assert apres.demandeur is not None
    assert avant.demandeur is not None
    assert (apres.demandeur.contact, apres.logement_actuel) == (
        avant.demandeur.contact,
        avant.logement_actuel,
    )
    assert ("AVIS_CHANGEMENT", "COURRIEL", a.AVANT) in dire_a_l_avance()
    assert "Adresse postale" in str(a.textes())
    assert not [tu for tu in ("Lilas", "99310", *TUS) if tu in str(a.textes())]
    assert "avez changé votre demande" in texte(porte.get(f"/ma-demande/{demande.nud}/historique/"))


def test_who_has_no_contact_is_told_by_a_letter_to_the_address_of_before(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demandeur = {"identite": {"lieu_naissance": {"commune": "76540"}}, "adresse_courrier": ANCIENNE}
    demande = deposer(a.contenu(None, None, demandeur=demandeur))
    se_connecter(porte, fc, ELODIE)
    suivre(porte, ici(demande), **EN_FRANCE)
    lettres = [ou for _, canal, ou in dire_a_l_avance() if canal == "LETTRE"]
    assert len(lettres) == 1
    assert "CERISIERS" in lettres[0].upper()


def test_by_a_code_it_is_typed_whole_and_never_shown(porte: Client, demande: Demande) -> None:
    entrer(porte, demande)
    lue = texte(porte.get(ici(demande, "")))
    assert ici(demande) in lue
    assert "Réponses enregistrées le 19 décembre 2025." in lue
    page = texte(porte.get(ici(demande)))
    assert "Tapez l’adresse entière." in page
    vide = porte.post(ici(demande), {"continuer": "oui"})
    assert ("France" in texte(vide), revisions(demande)) == (True, 1)
    fautive = porte.post(ici(demande), {**EN_FRANCE, "voie": "", "continuer": "oui"})
    assert ("Tapez la rue" in texte(fautive), "99310" in texte(fautive)) == (True, True)
    fini = porte.post(ici(demande), {**EN_FRANCE, "continuer": "oui"})
    assert fini.headers["Location"] == f"{ici(demande, '')}?fait=remplace"
    assert (adresse(demande).voie, adresse(demande).batiment) == ("rue des Lilas", None)
    (dit,) = Entree.objects.filter(demande=demande.id, verbe="MODIFIER")
    assert dit.acteur["role"] == "DEMANDEUR_CODE"
    assert ("AVIS_CHANGEMENT", "COURRIEL", a.AVANT) in dire_a_l_avance()
    lues = (lue, page, texte(vide), texte(fautive), texte(porte.get(ici(demande, ""))))
    assert not [tu for lu in lues for tu in TUS if tu in lu]


def test_where_they_live_is_said_with_it(porte: Client, demande: Demande) -> None:
    """Elsewhere, when the box says so; at that address otherwise."""
    entrer(porte, demande)
    ailleurs = {f"logement-{nom}": valeur for nom, valeur in EN_FRANCE.items()} | {
        "logement-voie": "quai Nord"
    }
    coche = {**EN_FRANCE, **ailleurs, "habite_ailleurs": "on", "continuer": "oui"}
    assert porte.post(ici(demande), {**coche, "logement-voie": ""}).status_code == 200
    porte.post(ici(demande), coche)
    habite = dite(demande).logement_actuel.adresse
    assert habite is not None
    assert habite.voie == "quai Nord"
    porte.post(ici(demande), {**EN_FRANCE, "continuer": "oui"})
    assert dite(demande).logement_actuel.adresse is None


def test_a_helper_of_the_state_types_it_for_the_person(
    porte: Client,
    fc: Fournisseur,
    demande: Demande,
) -> None:
    se_connecter(porte, fc, YVONNE)
    assert not [tu for tu in TUS if tu in texte(porte.get(ici(demande)))]
    assert porte.post(ici(demande), {**EN_FRANCE, "continuer": "oui"}).status_code == 302
    assert ("AVIS_CHANGEMENT", "COURRIEL", a.AVANT) in dire_a_l_avance()


def test_what_was_begun_with_franceconnect_is_shown_to_nobody_below_it(
    porte: Client,
    fc: Fournisseur,
    demande: Demande,
) -> None:
    """Somebody else has the file by now: the page of choices holds what was typed, and where they live."""
    se_connecter(porte, fc, ELODIE)
    renouveler = f"/ma-demande/{demande.nud}/renouveler/"
    porte.post(renouveler, {"revision": "1", "changer": "oui", "change": ["adresse", "ressources"]})
    suivre(porte, f"{renouveler}adresse/", **EN_FRANCE, quitter="oui")
    au_guichet = adresse(demande).model_copy(update={"voie": "quai Nord"})
    demandeur = dite(demande).demandeur
    assert demandeur is not None
    demandeur = demandeur.model_copy(update={"adresse_courrier": au_guichet})
    with override_settings(ROOT_URLCONF="config.urls"):
        a.changer(demande.id, dite(demande).model_copy(update={"demandeur": demandeur}))
    assert "quai Nord" in texte(porte.get(f"{renouveler}choix/"))
    assert "Reprendre" in texte(porte.get(renouveler))
    voler(demande.id, le=f.MAINTENANT)
    assert "Reprendre" not in texte(porte.get(renouveler))
    for page in ("choix/", "adresse/", "ressources/"):
        for reponse in (porte.get(f"{renouveler}{page}"), porte.post(f"{renouveler}{page}")):
            assert reponse.status_code == 403
            assert not [vu for vu in ("quai Nord", "rue des Lilas", *TUS) if vu in texte(reponse)]
    assert porte.post(f"{renouveler}abandonner/").status_code == 302
    assert revisions(demande) == 3


def test_not_by_a_code_that_another_adult_reads(porte: Client) -> None:
    demande = deposer(foyer(cotitulaires=[CONJOINT | {"contact": {"courriel": a.AVANT}}]))
    entrer(porte, demande)
    assert ici(demande) not in texte(porte.get(ici(demande, "")))
    assert porte.get(ici(demande)).status_code == 403
    assert porte.post(ici(demande), {**EN_FRANCE, "continuer": "oui"}).status_code == 403


def test_a_co_holder_neither_reads_nor_changes_it(porte: Client, fc: Fournisseur) -> None:
    demande = deposer(foyer(cotitulaires=[CONJOINT]))
    se_connecter(porte, fc, KARIM)
    assert not [tu for tu in TUS if tu in texte(porte.get(ici(demande, "")))]
    assert porte.get(ici(demande)).status_code == 403


def test_while_the_file_is_frozen_nothing_is_moved(porte: Client, fc: Fournisseur, demande: Demande) -> None:
    se_connecter(porte, fc, ELODIE)
    figer(demande.id)
    refuse = suivre(porte, ici(demande), **EN_FRANCE)
    assert (refuse.status_code, revisions(demande)) == (409, 1)
    assert "Ce dossier est en cours de vérification" in texte(refuse)
    assert "rue des Lilas" in texte(refuse)
    ailleurs = porte.post(f"/uk{ici(demande)}", {**champs_de(texte(refuse)), "continuer": "oui"})
    assert ("територіальний керівник" in texte(ailleurs), "ne changez pas" in texte(ailleurs)) == (
        True,
        False,
    )


def test_of_a_protected_demande_it_is_read_at_a_click_and_nothing_leaves(
    porte: Client,
    fc: Fournisseur,
) -> None:
    demande = deposer(foyer(motifs=a.VIOLENCES))
    se_connecter(porte, fc, ELODIE)
    lue = texte(porte.get(ici(demande, "")))
    _, _, plie = lue.partition("Afficher l’adresse")
    assert "impasse des Cerisiers" in plie.partition("</details>")[0]
    assert suivre(porte, ici(demande), **EN_FRANCE).status_code == 302
    dire_a_l_avance()
    assert not Message.objects.filter(genre="AVIS_CHANGEMENT").exists()


def test_it_is_changed_while_renewing(porte: Client, fc: Fournisseur, demande: Demande) -> None:
    se_connecter(porte, fc, ELODIE)
    renouveler = f"/ma-demande/{demande.nud}/renouveler/"
    porte.post(renouveler, {"revision": "1", "changer": "oui", "change": ["adresse"]})
    fini = suivre(porte, f"{renouveler}adresse/", **EN_FRANCE)
    assert fini.headers["Location"] == f"/ma-demande/{demande.nud}/renouvelee/"
    assert adresse(demande).voie == "rue des Lilas"


def test_each_field_speaks_the_language_of_the_page(porte: Client, fc: Fournisseur, demande: Demande) -> None:
    """Those that a box opens too."""
    se_connecter(porte, fc, ELODIE)
    page = texte(porte.get(f"/tr{ici(demande)}"))
    etiquettes = page.partition("<form")[2]
    assert ("Bâtiment" in etiquettes, "Code postal" in etiquettes) == (False, False)


def test_since_when_is_said_of_what_is_said(demande: Demande) -> None:
    assert get_depuis(demande.id, ["$.logement_possede"]) is None
    assert get_depuis(demande.id, ["$.logement_possede", "$.demandeur.adresse_courrier"]) is not None


@pytest.mark.django_db(transaction=True)
def test_the_rights_of_the_portal_are_enough(porte: Client, demande: Demande) -> None:
    entrer(porte, demande)
    with servie_par_le_portail():
        assert "Réponses enregistrées" in texte(porte.get(ici(demande, "")))
        assert porte.post(ici(demande), {**EN_FRANCE, "continuer": "oui"}).status_code == 302
    assert adresse(demande).voie == "rue des Lilas"
