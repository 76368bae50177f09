"""From the look-up to the number: what is typed stays, what is refused is said, one draft gives one number."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.journal.models import Valeur
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.selectors.etat import etat
from sne.registre.modification.selectors.brouillons import list_brouillons
from sne.registre.pieces.models import Piece
from sne.saisie.forms.pages import PAGES
from sne.socle.horloge import maintenant
from sne.socle.templatetags.socle_tags import numero
from tests.guichet import parcours
from tests.habilitations.factories import acteur, connecter, creer_agent, creer_support
from tests.registre import factories as f
from tests.saisie import cadres


def test_du_premier_ecran_au_numero(agent: Client, compte: Compte) -> None:
    nud = parcours.enregistrer(agent)
    page = parcours.texte(agent.get(reverse("demande-enregistree", args=[nud])))
    assert numero(nud) in page
    assert re.fullmatch(r"0991126\d{6}G0993", nud)
    contenu = etat(nud, maintenant(), acteur=acteur(compte)).contenu
    assert [c.identite.nom_naissance for c in contenu.cotitulaires] == ["Rossi"]
    assert len(contenu.foyer.personnes_a_charge) == 2
    assert [lieu.commune for lieu in contenu.souhaits.localisations] == ["99001", "99003"]
    assert list_brouillons(acteur(compte)) == ()


def test_le_brouillon_est_garde_a_chaque_etape_meme_fausse(agent: Client) -> None:
    brouillon = parcours.ouvrir(agent)
    reponse = parcours.poster(agent, brouillon, "personne", cadres.personne(date_naissance="31/02/1987"))
    page = parcours.texte(reponse)
    assert reponse.status_code == 200
    assert "<title>Erreur\u00a0: 1\u00a0champ à corriger – La personne, étape 1 sur 5" in page
    assert 'href="#id_date_naissance"' in page
    reprise = parcours.texte(agent.get(parcours.adresse(brouillon, "personne")))
    for attendu in ('value="31/02/1987"', 'value="Leca"', "Le 31/02/1987 n’existe pas."):
        assert attendu in page
        assert attendu in reprise


def test_la_recherche_prealable_est_reprise_dans_la_premiere_etape(agent: Client) -> None:
    brouillon = parcours.ouvrir(agent, telephone_portable="06 12 34 56 78")
    personne = parcours.texte(agent.get(parcours.adresse(brouillon, "personne")))
    coordonnees = parcours.texte(agent.get(parcours.adresse(brouillon, "coordonnees")))
    assert 'value="Leca"' in personne
    assert "fr-message--error" not in personne
    assert 'value="06 12 34 56 78"' in coordonnees


def test_ajouter_puis_retirer_une_ligne_sans_javascript(agent: Client) -> None:
    brouillon = parcours.ouvrir(agent)
    saisie = {"enfants-nombre": "0", "ajouter": "enfants"}
    reponse = parcours.poster(agent, brouillon, "foyer", saisie)
    assert reponse.headers["Location"].endswith("?ligne=enfants-1")
    page = parcours.texte(agent.get(reponse.headers["Location"]))
    assert re.search(r'id="id_enfants-1-nom"[^>]*autofocus|autofocus[^>]*id="id_enfants-1-nom"', page)
    saisie = {"enfants-nombre": "1", "enfants-1-nom": "Rossi", "retirer": "enfants-1"}
    page = parcours.texte(agent.get(parcours.poster(agent, brouillon, "foyer", saisie).headers["Location"]))
    assert "id_enfants-1-nom" not in page


def test_quitter_et_reprendre(agent: Client) -> None:
    brouillon = parcours.ouvrir(agent)
    saisie = cadres.personne(nom_naissance="Leca-Rossi", date_naissance="")
    del saisie["continuer"]
    reponse = parcours.poster(agent, brouillon, "personne", saisie | {"quitter": ["oui"]})
    assert reponse.headers["Location"] == reverse("accueil")
    accueil = parcours.texte(agent.get(reverse("accueil")))
    assert "Leca-Rossi Léa, Marie" in accueil
    assert "Étape 1 sur 5, la personne" in accueil


def test_etape_precedente_garde_la_saisie(agent: Client) -> None:
    brouillon = parcours.ouvrir(agent)
    reponse = parcours.poster(agent, brouillon, "logement", {"loyer_mensuel": ["512"], "precedente": ["oui"]})
    assert reponse.headers["Location"] == parcours.adresse(brouillon, "foyer") + "#titre-etape"
    page = parcours.texte(agent.get(parcours.adresse(brouillon, "motifs")))
    assert 'value="512"' in page


def test_double_clic_donne_le_meme_numero(agent: Client) -> None:
    brouillon = parcours.saisir(agent)
    premiere, seconde = parcours.verifier(agent, brouillon), parcours.verifier(agent, brouillon)
    assert premiere.status_code == seconde.status_code == 302
    assert premiere.headers["Location"] == seconde.headers["Location"]


def test_recapitulatif_montre_tout_et_masque_le_numero(agent: Client) -> None:
    brouillon = parcours.saisir(agent, personne=cadres.personne(nir="2 87 03 99 351 004"))
    page = parcours.texte(agent.get(reverse("brouillon-verifier", args=[brouillon])))
    for attendu in (
        "Rossi Paul",
        "Rossi Lina",
        "1.\u00a0Aurette-la-Ville, 2.\u00a0Clairval",
        "2 87 03 •• ••• ••• ••",
        "Mariée",
    ):
        assert attendu in page
    assert "99351004" not in page.replace(" ", "")
    assert page.count('class="fr-link fr-link--sm"') == len(PAGES) - 2  # no sheet, no association
    assert 'Demandeur, numéro de sécurité sociale<span class="fr-sr-only">, renseigné</span>' in page
    assert 'Motifs de la demande</a><span class="fr-sr-only">, à compléter</span>' in page


def test_la_derniere_etape_dit_les_noms(agent: Client) -> None:
    """What is to complete or to check is said of somebody, not of « Cotitulaire 1 »."""
    foyer = cadres.foyer(
        **{"cotitulaires-1-lien_demandeur": "P", "enfants-1-date_naissance": "", "enfants-1-prenoms": "Lina"}
    )
    brouillon = parcours.ouvrir(agent)
    for code in parcours.ETAPES:
        saisie = foyer if code == "foyer" else parcours.ETAPES[code]()
        parcours.poster(agent, brouillon, code, saisie)
    page = parcours.texte(agent.get(reverse("brouillon-verifier", args=[brouillon])))
    for dit in (
        "Rossi Paul, numéro de sécurité sociale",
        "Rossi Paul, lien avec le demandeur\u00a0:",
        ">Rossi Lina<",
    ):
        assert dit in page
    assert "Cotitulaire 1" not in page
    assert "Personne à charge 1" not in page


def test_verifier_avec_une_etape_incomplete_dit_laquelle(agent: Client) -> None:
    brouillon = parcours.ouvrir(agent)
    ailleurs = {nom: [""] for nom in parcours.coordonnees()}
    parcours.poster(agent, brouillon, "personne", ailleurs | cadres.personne())
    page = parcours.texte(parcours.verifier(agent, brouillon))
    assert (
        f'<a href="{parcours.adresse(brouillon, "personne")}?verifier=oui">La personne\u00a0: à corriger.'
        in page
    )
    assert f'href="{parcours.adresse(brouillon, "souhaits")}?verifier=oui"' in page


def test_verifier_faux_garde_la_saisie(agent: Client) -> None:
    brouillon = parcours.saisir(agent)
    reponse = parcours.verifier(agent, brouillon, relu="", date_reception="24/10/2026")
    page = parcours.texte(reponse)
    assert reponse.status_code == 200
    assert 'value="24/10/2026"' in page
    assert "Dites pourquoi, en une phrase" in page
    assert "Faites relire les informations" in page


def test_reception_ancienne_enregistre_aujourd_hui_et_demande_au_gestionnaire(
    agent: Client, compte: Compte
) -> None:
    brouillon = parcours.saisir(agent)
    reponse = parcours.verifier(
        agent, brouillon, date_reception="24/09/2026", anteriorite_motif="Courrier recommandé du 24 septembre"
    )
    page = parcours.texte(agent.get(reponse.headers["Location"]))
    assert "attend la décision du gestionnaire territorial" in page
    nud = reponse.headers["Location"].split("/")[2]
    assert etat(nud, maintenant(), acteur=acteur(compte)).date_depot == date(2026, 11, 24)
    fiche = parcours.texte(agent.get(reverse("demande", args=[nud])))
    assert "Une date de dépôt plus ancienne attend une décision" in fiche


def test_reception_de_trente_jours_est_la_date_de_depot(agent: Client, compte: Compte) -> None:
    reponse = parcours.verifier(agent, parcours.saisir(agent), date_reception="25102026")
    nud = reponse.headers["Location"].split("/")[2]
    assert etat(nud, maintenant(), acteur=acteur(compte)).date_depot == date(2026, 10, 25)


def test_hors_de_l_union_le_titre_de_sejour_est_vu(agent: Client) -> None:
    case = "Ressortissant de l’Espace économique européen ou de la Suisse"
    francaise = parcours.saisir(agent)
    assert case not in parcours.texte(agent.get(reverse("brouillon-verifier", args=[francaise])))
    brouillon = parcours.saisir(agent, personne=cadres.personne(nationalite="3"))
    page = parcours.texte(parcours.verifier(agent, brouillon, piece_type="PASSEPORT"))
    assert "Choisissez le titre de séjour ou le récépissé que vous avez vu" in page
    assert f"{case}<span" in page
    reponse = parcours.verifier(agent, brouillon, piece_type="PASSEPORT", dispense_titre="on")
    assert reponse.status_code == 302
    nud = reponse.headers["Location"].split("/")[2]
    assert Version.objects.get(demande__nud=nud).piece_vue["dispense_titre"] == "EEE_SUISSE"


def test_hors_de_l_union_le_titre_vu_suffit(agent: Client) -> None:
    brouillon = parcours.saisir(agent, personne=cadres.personne(nationalite="3"))
    reponse = parcours.verifier(agent, brouillon, piece_type="TITRE_SEJOUR", piece_fin="30/11/2026")
    assert reponse.status_code == 302
    piece = Piece.objects.get()
    assert (piece.type_piece, str(piece.validite_fin)) == ("SEJOUR", "2026-11-30")


TITRE_PERIME = "a validité du titre de séjour a pris fin le 01/01/2020."


def test_a_residence_permit_that_has_ended_is_said_before_the_number(agent: Client) -> None:
    brouillon = parcours.saisir(agent, personne=cadres.personne(nationalite="3"))
    perime = {"piece_type": "TITRE_SEJOUR", "piece_fin": "01/01/2020"}
    refusee = parcours.verifier(agent, brouillon, **perime)
    assert refusee.status_code == 200
    assert not Demande.objects.exists()
    page = parcours.texte(refusee)
    assert page.count(TITRE_PERIME) == 3  # summary, field, control line
    assert "un récépissé, un autre titre" in page
    assert TITRE_PERIME in parcours.texte(agent.get(reverse("brouillon-verifier", args=[brouillon])))
    long = parcours.texte(parcours.verifier(agent, brouillon, **perime, piece_explication="1" * 301))
    assert "300 signes au plus" in long
    raison = "Renouvellement demandé, rendez-vous le 3 décembre"
    reponse = parcours.verifier(agent, brouillon, **perime, piece_explication=raison)
    assert reponse.status_code == 302
    assert Piece.objects.get().explication == raison


@pytest.mark.parametrize(
    "saisie",
    [
        {"piece_type": "TITRE_SEJOUR", "piece_fin": "24/11/2026"},
        {"piece_type": "RECEPISSE", "piece_fin": ""},
        {"piece_type": "PASSEPORT", "piece_fin": "01/01/2020", "dispense_titre": "on"},
    ],
    ids=["ends today", "no end", "none is asked"],
)
def test_a_permit_that_holds_asks_for_nothing(agent: Client, saisie: dict[str, str]) -> None:
    brouillon = parcours.saisir(agent, personne=cadres.personne(nationalite="3"))
    assert parcours.verifier(agent, brouillon, **saisie).status_code == 302


def test_quitter_ou_revenir_depuis_la_derniere_etape(agent: Client) -> None:
    brouillon = parcours.saisir(agent)
    adresse = reverse("brouillon-verifier", args=[brouillon])
    saisie = {"piece_type": "PASSEPORT", "date_reception": "20112026"}
    assert agent.post(adresse, parcours.lu(brouillon) | saisie | {"quitter": "oui"}).headers[
        "Location"
    ] == reverse("accueil")
    assert (
        agent.post(adresse, parcours.lu(brouillon) | saisie | {"precedente": "oui"})
        .headers["Location"]
        .endswith("/souhaits/")
    )
    page = parcours.texte(agent.get(adresse))
    assert 'value="20112026"' in page
    assert '<option value="PASSEPORT" selected>' in page


def test_refus_du_registre_mene_a_l_etape(agent: Client) -> None:
    """Both adults with one number: each form is right, the register refuses and the sentence leads to the step."""
    nir = f.nir_de(date(1985, 6, 30), sexe=1)
    saisie = cadres.foyer(**{"cotitulaires-1-nir": nir})
    brouillon = parcours.saisir(agent, personne=cadres.personne(nir=nir), foyer=saisie)
    page = parcours.texte(parcours.verifier(agent, brouillon))
    assert "Deux personnes du foyer ont le même numéro de sécurité sociale. Vérifiez-le." in page
    assert f'<a href="{parcours.adresse(brouillon, "foyer")}?verifier=oui">Deux personnes' in page
    assert nir not in page


# -- close files -----------------------------------------------------------------------------------------------
PROCHE = {"nom_naissance": "Dubreuil", "prenoms": "Élodie", "date_naissance": "14/03/1987"}


def test_demande_proche_les_trois_sorties(agent: Client) -> None:
    nud = f.deposer().nud
    reponse = parcours.commencer(agent, **PROCHE)
    page = parcours.texte(reponse)
    assert "Une demande proche existe déjà" in page
    assert "Même date de naissance, même nom, mêmes prénoms" in page
    assert page.count('name="sortie"') == 3
    memes = agent.post(reponse.request["PATH_INFO"], {"sortie": f"meme:{nud}"})
    assert memes.headers["Location"] == reverse("demande", args=[nud])


def test_demande_proche_ecartee_en_une_phrase(agent: Client) -> None:
    f.deposer()
    adresse = parcours.commencer(agent, **PROCHE).request["PATH_INFO"]
    refus = parcours.texte(agent.post(adresse, {"sortie": "autre", "justification": " "}))
    assert "Dites en une phrase pourquoi ce n’est pas la même personne." in refus
    suite = agent.post(adresse, {"sortie": "autre", "justification": "Autre personne, adresse différente"})
    assert suite.headers["Location"].endswith("/foyer/")


def test_demande_un_peu_proche_ecartee_sans_phrase(agent: Client) -> None:
    """Below the second threshold the file is only proposed."""
    f.deposer(f.contenu(demandeur=f.personne("Dubreuil", "Karim")))
    adresse = parcours.commencer(agent, **PROCHE).request["PATH_INFO"]
    assert "(facultatif)" in parcours.texte(agent.get(adresse))
    suite = agent.post(adresse, {"sortie": "autre", "justification": ""})
    assert suite.headers["Location"].endswith("/foyer/")


def test_dans_le_doute_l_enregistrement_continue(agent: Client) -> None:
    f.deposer()
    adresse = parcours.commencer(agent, **PROCHE).request["PATH_INFO"]
    assert agent.post(adresse, {"sortie": "incertain"}).headers["Location"].endswith("/foyer/")


def test_meme_numero_de_securite_sociale_pas_de_continuer(agent: Client) -> None:
    nir = f.nir_de(date(1987, 3, 14))
    f.deposer(nirs={"demandeur": nir})
    page = parcours.texte(parcours.commencer(agent, **PROCHE | {"nir": nir}))
    assert "Une demande active existe avec ce numéro de sécurité sociale." in page
    assert page.count('name="sortie"') == 1
    assert nir not in page


def test_sortie_vers_un_numero_invente(agent: Client) -> None:
    f.deposer()
    adresse = parcours.commencer(agent, **PROCHE).request["PATH_INFO"]
    assert agent.post(adresse, {"sortie": "meme:../../"}).status_code == 404


def test_doublon_trouve_seulement_a_l_enregistrement(agent: Client) -> None:
    """The name was corrected after the look-up: the register finds the close file, the page proposes the exits."""
    f.deposer()
    saisie = cadres.personne(nom_naissance="Dubreuil", prenoms="Élodie", date_naissance="14031987")
    brouillon = parcours.saisir(agent, personne=saisie)
    page = parcours.texte(parcours.verifier(agent, brouillon))
    assert "Une demande proche existe déjà" in page
    assert (
        parcours.verifier(agent, ecarter(agent, brouillon, "Homonyme, née le même jour")).status_code == 302
    )
    valeurs = Valeur.objects.filter(champ="doublons_ecartes").values_list("valeur", flat=True)
    assert list(valeurs) == ["Homonyme, née le même jour"]


def ecarter(agent: Client, brouillon: str, raison: str) -> str:
    """« Not the same person », said of the files that the page shows; returns the draft's id."""
    adresse = reverse("brouillon-doublons", args=[brouillon])
    vues = re.findall('name="vu" value="([^"]+)"', parcours.texte(agent.get(adresse)))
    suite = agent.post(adresse, {"sortie": "autre", "justification": raison, "vu": vues})
    assert suite.headers["Location"].endswith("/verifier/")
    return brouillon


def test_une_phrase_ne_vaut_que_pour_les_demandes_montrees(agent: Client) -> None:
    """Another close file since: the register asks again, and keeps both sentences."""
    f.deposer()
    saisie = cadres.personne(nom_naissance="Dubreuil", prenoms="Élodie", date_naissance="14031987")
    brouillon = parcours.saisir(agent, personne=saisie)
    parcours.verifier(agent, brouillon)
    ecarter(agent, brouillon, "Homonyme")
    f.deposer(doublons_ecartes="Une autre.")
    assert "Une demande proche existe déjà" in parcours.texte(parcours.verifier(agent, brouillon))
    assert parcours.verifier(agent, ecarter(agent, brouillon, "Autre homonyme")).status_code == 302
    valeurs = Valeur.objects.filter(champ="doublons_ecartes").values_list("valeur", flat=True)
    assert "Homonyme / Autre homonyme" in valeurs


def test_meme_numero_trouve_a_l_enregistrement(agent: Client) -> None:
    nir = f.nir_de(date(1987, 3, 2))
    f.deposer(nirs={"demandeur": nir})
    brouillon = parcours.saisir(agent, personne=cadres.personne(nir=nir))
    page = parcours.texte(parcours.verifier(agent, brouillon))
    assert "Une demande active existe avec ce numéro de sécurité sociale." in page
    adresse = reverse("brouillon-doublons", args=[brouillon])
    assert f'href="{adresse}"' in page
    assert "Ouvrez-la\u00a0: la personne garde son numéro" in parcours.texte(agent.get(adresse))


# -- rights ----------------------------------------------------------------------------------------------------
def test_le_brouillon_d_un_autre_n_existe_pas(agent: Client) -> None:
    brouillon = parcours.ouvrir(agent)
    autre = connecter(Client(), creer_agent())
    for adresse in ("brouillon-verifier", "brouillon-doublons", "brouillon-abandonner"):
        assert autre.get(reverse(adresse, args=[brouillon])).status_code == 404
    assert autre.get(parcours.adresse(brouillon, "personne")).status_code == 404


def test_sans_le_droit_d_enregistrer(db: None, jour_des_essais: None) -> None:
    support = connecter(Client(), creer_support())
    reponse = support.get(reverse("enregistrer"))
    assert reponse.status_code == 403
    assert "Votre rôle ne permet pas d’enregistrer une demande. Demandez ce droit" in parcours.texte(reponse)


def test_etape_inconnue(agent: Client) -> None:
    brouillon = parcours.ouvrir(agent)
    for adresse in (
        reverse("brouillon-etape", args=[brouillon, "inconnue"]),
        reverse("brouillon-etape", args=[brouillon, "coordonnees"]),
    ):
        assert agent.get(adresse).status_code == 404


def test_abandonner_demande_confirmation(agent: Client, compte: Compte) -> None:
    brouillon = parcours.ouvrir(agent)
    assert "Supprimer ce brouillon" in parcours.texte(
        agent.get(reverse("brouillon-abandonner", args=[brouillon]))
    )
    assert len(list_brouillons(acteur(compte))) == 1
    agent.post(reverse("brouillon-abandonner", args=[brouillon]))
    assert list_brouillons(acteur(compte)) == ()


@pytest.mark.parametrize("code", parcours.TOUTES)
def test_une_saisie_absurde_n_est_jamais_une_erreur_du_serveur(agent: Client, code: str) -> None:
    brouillon = parcours.saisir(agent)
    absurde = {nom: ["\x07" * 3 + "🏠" * 400] for nom in parcours.TOUTES[code]()} | {
        "enfants-nombre": ["999999"],
        "demandeur-recues-nombre": ["999999"],
    }
    reponse = parcours.poster(agent, brouillon, code, absurde | {"continuer": ["oui"]})
    assert reponse.status_code == 200
    assert agent.get(parcours.adresse(brouillon, code)).status_code == 200
