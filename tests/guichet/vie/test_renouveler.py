"""Renewing at the screen: its window, pages filled from the file, what changes read again, one more year, once."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.journal.models import Entree
from sne.registre.modification.models import Brouillon
from sne.saisie.aide import aides
from sne.saisie.etapes import DERNIERE
from sne.saisie.forms.pages import PAGES
from sne.socle.templatetags.socle_tags import numero
from tests.guichet.parcours import requetes, texte
from tests.guichet.test_modification import modifier
from tests.guichet.vie.renouvellements import DEPOT, adresse, changer, commencer, confirmer, deposee, lire, lu
from tests.guichet.vie.renouvellements import saisie as champs_de
from tests.habilitations.factories import connecter, creer_agent, creer_gestionnaire, creer_support
from tests.registre import factories as f


def test_renouveler_avec_un_changement(agent: Client, compte: Compte) -> None:
    nud = deposee()
    depart = texte(agent.get(reverse("renouvellement", args=[nud])))
    assert "Renouvelée aujourd’hui, la demande est valable jusqu’au <strong>23/11/2027</strong>." in depart
    assert "Rien ne change." in commencer(agent, nud)
    assert 'value="Dubreuil"' in texte(agent.get(adresse(nud, "personne")))
    assert changer(agent, nud, "souhaits", loyer_maximum="700").status_code == 302
    recap = texte(agent.get(adresse(nud, "verifier")))
    assert '<ins class="reg-apres">700' in recap
    assert "La personne a relu ces informations et les confirme" in recap
    saisie = {"relu": "on", "continuer": "oui", "lu": lu(agent, nud)}
    page = texte(agent.post(adresse(nud, "verifier"), saisie, follow=True))
    for attendu in ("Demande renouvelée", numero(nud), "24/11/2026", "23/11/2027", "10/12/2025"):
        assert attendu in page
    fiche = lire(nud, compte)
    assert fiche.demande.date_dernier_renouvellement == f.AUJOURD_HUI
    assert fiche.contenu.souhaits.loyer_maximum == 700
    assert "Demande renouvelée" in texte(agent.get(reverse("demande", args=[nud])))


def test_la_derniere_etape_parle_de_renouveler(agent: Client) -> None:
    nud = deposee()
    commencer(agent, nud)
    recap = texte(agent.get(adresse(nud, "verifier")))
    assert aides()["renouveler"].phrase in recap
    assert "CCH, art. R441-2-7" in recap
    assert "Son absence n’empêche pas le renouvellement." in recap
    assert aides()[DERNIERE].phrase not in recap


def test_tout_le_dossier_est_relu_a_la_fin(agent: Client) -> None:
    nud = deposee(nirs={"demandeur": f.nir_de(date(1987, 3, 14))})
    commencer(agent, nud)
    recap = texte(agent.get(adresse(nud, "verifier")))
    for attendu in (
        "12 rue des Tanneurs, 99240 Les Ormeaux",
        "2 87 03 •• ••• ••• ••",
        "Pour instruire la demande",
    ):
        assert attendu in recap
    assert f'href="{adresse(nud, "coordonnees")}"' in recap
    page = texte(agent.get(adresse(nud, "personne")))
    assert "Numéro connu\u00a0: 2 87 03 •• ••• ••• ••. Laissez le champ vide pour le garder." in page
    assert "Corriger un nom est un travail ordinaire." in page


def test_un_bloc_se_change_sur_la_relecture(agent: Client) -> None:
    """In its place, once, with what it held; saved, one is back where everything is read again."""
    nud = deposee()
    commencer(agent, nud)
    relecture = adresse(nud, "verifier")
    assert 'href="?bloc=souhaits#bloc"' in texte(agent.get(relecture))
    ouverte = texte(agent.get(f"{relecture}?bloc=souhaits"))
    assert ouverte.count('id="en-place"') == 1
    assert f'action="{adresse(nud, "souhaits")}?verifier=oui"' in ouverte
    assert "Enregistrer ce bloc" in ouverte
    assert 'href="?bloc=souhaits#bloc"' not in ouverte
    assert 'href="?bloc=logement#bloc"' in ouverte
    assert 'id="en-place"' not in texte(agent.get(f"{relecture}?bloc=association"))
    champs = champs_de(agent, nud, "souhaits") | {"loyer_maximum": ["555"]}
    suite = agent.post(f"{adresse(nud, 'souhaits')}?verifier=oui", champs)
    assert suite.headers["Location"].startswith(relecture)
    assert "555" in texte(agent.get(relecture))


@pytest.mark.parametrize(("depot", "propose"), [(DEPOT, True), (date(2026, 6, 1), False)])
def test_le_dossier_propose_de_renouveler_dans_sa_fenetre(agent: Client, depot: date, propose: bool) -> None:
    nud = deposee(depot)
    page = texte(agent.get(reverse("demande", args=[nud])))
    assert (f'href="{reverse("renouvellement", args=[nud])}">Renouveler</a>' in page) is propose


@pytest.mark.parametrize(
    ("depot", "badges"),
    [
        (date(2026, 6, 1), ["Active"]),
        (DEPOT, ["Active", "À renouveler"]),
        (date(2025, 11, 10), ["Expirée"]),
        (date(2025, 10, 1), ["Expirée"]),
    ],
)
def test_bandeau_dit_ou_en_est_la_validite(agent: Client, depot: date, badges: list[str]) -> None:
    reponse = agent.get(reverse("demande", args=[deposee(depot)]))
    assert [badge.libelle for badge in reponse.context["dossier"].bandeau.badges] == badges


def test_rien_ne_change_se_confirme(agent: Client, compte: Compte) -> None:
    nud = deposee()
    commencer(agent, nud)
    recap = texte(agent.get(adresse(nud, "verifier")))
    assert "Rien ne change. Relisez le dossier avec la personne avant de confirmer." in recap
    refusee = agent.post(adresse(nud, "verifier"), {"continuer": "oui", "lu": lu(agent, nud)})
    assert "Relisez le dossier avec la personne, puis cochez la case." in texte(refusee).replace(
        "relisez", "Relisez"
    )
    assert lire(nud, compte).demande.revision == 1
    assert confirmer(agent, nud).status_code == 302
    assert Entree.objects.get(verbe="RENOUVELER").faits["sans_changement"] is True


@pytest.mark.parametrize("code", [code for code, page in PAGES.items() if page.concerne(f.contenu())])
def test_page_inchangee_ne_change_rien(agent: Client, code: str) -> None:
    nud = deposee()
    commencer(agent, nud)
    assert changer(agent, nud, code).status_code == 302
    assert "Rien ne change." in texte(agent.get(adresse(nud, "verifier")))


def test_double_clic_renouvelle_une_fois(agent: Client) -> None:
    nud = deposee()
    commencer(agent, nud)
    confirmer(agent, nud)
    encore = agent.post(adresse(nud, "verifier"), {"sans_changement": "on", "continuer": "oui"})
    assert encore.headers["Location"] == reverse("demande-renouvelee", args=[nud])
    assert Entree.objects.filter(verbe="RENOUVELER").count() == 1


def test_nom_de_naissance_attend_une_decision(agent: Client, compte: Compte) -> None:
    nud = deposee()
    commencer(agent, nud)
    changer(agent, nud, "personne", nom_naissance="Morel")
    confirmer(agent, nud)
    fiche = lire(nud, compte)
    assert fiche.demande.date_dernier_renouvellement == f.AUJOURD_HUI
    assert fiche.personnes[0].identite.nom_naissance == "Dubreuil"
    assert fiche.personnes[0].en_attente.identite.nom_naissance == "Morel"


def test_numero_de_securite_sociale_masque_et_garde(agent: Client, compte: Compte) -> None:
    nud, nir = deposee(), f.nir_de(date(1987, 3, 14))
    commencer(agent, nud)
    changer(agent, nud, "personne", nir=nir)
    recap = texte(agent.get(adresse(nud, "verifier")))
    assert "2 87 03 •• ••• ••• ••" in recap
    assert nir not in recap
    confirmer(agent, nud)
    assert lire(nud, compte).personnes[0].nir_masque == "2 87 03 •• ••• ••• ••"


@pytest.mark.parametrize(
    ("depot", "phrase"),
    [
        (date(2026, 6, 1), "Le renouvellement ouvre le 01/04/2027"),
        (date(2025, 5, 1), "Cette demande pouvait revenir jusqu’au 01/11/2026."),
    ],
)
def test_hors_delai_la_page_dit_quand(agent: Client, depot: date, phrase: str) -> None:
    nud = deposee(depot)
    page = texte(agent.get(reverse("renouvellement", args=[nud])))
    assert phrase in page
    assert "Commencer le renouvellement" not in page
    reponse = agent.post(reverse("renouvellement", args=[nud]))
    assert reponse.status_code == 409
    assert phrase in texte(reponse)
    assert not Brouillon.objects.exists()


def test_l_annee_fiscale_depassee_se_demande_d_abord(agent: Client) -> None:
    """Said on the first page of the renewal, with the way to where it is typed, and back."""
    revenus = {"revenus_fiscaux": {"n_moins_2": {"annee": 2023, "montant": "16240"}}}
    ancienne = deposee(contenu=f.contenu(demandeur=f.personne("Dubreuil", "Élodie") | revenus))
    page = commencer(agent, ancienne)
    assert "D’abord, le dernier avis d’impôt" in page
    assert "l’année attendue est 2024" in page
    assert 'href="?bloc=ressources#partie-ressources"' in page
    assert 'id="partie-ressources"' in texte(agent.get(f"{adresse(ancienne, 'verifier')}?bloc=ressources"))
    changer(agent, ancienne, "ressources", **{"demandeur-n_moins_2__annee": "2024"})
    assert "D’abord, le dernier avis d’impôt" not in texte(agent.get(adresse(ancienne, "verifier")))


def test_expiree_mais_dans_le_mois(agent: Client) -> None:
    page = texte(agent.get(reverse("renouvellement", args=[deposee(date(2025, 11, 10))])))
    assert (
        "Cette demande a expiré le 09/11/2026. Elle peut encore être renouvelée jusqu’au <strong>09/12/2026"
        in page
    )


def test_reprendre_puis_abandonner(agent: Client, compte: Compte) -> None:
    nud = deposee()
    commencer(agent, nud)
    changer(agent, nud, "souhaits", loyer_maximum="700")
    assert "Reprendre le renouvellement" in texte(agent.get(reverse("renouvellement", args=[nud])))
    commencer(agent, nud)
    assert (
        agent.get(adresse(nud, "souhaits")).context["page"].parties[0].souhaits["loyer_maximum"].value()
        == "700"
    )
    page = texte(agent.post(reverse("renouvellement-abandonner", args=[nud]), follow=True))
    assert "Brouillon supprimé. Le dossier n’a pas changé." in page
    assert lire(nud, compte).demande.revision == 1
    assert agent.get(adresse(nud, "souhaits")).headers["Location"] == reverse("renouvellement", args=[nud])
    agent.post(reverse("renouvellement-abandonner", args=[nud]))
    assert not Brouillon.objects.exists()


def test_page_fausse_est_gardee_et_empeche_de_finir(agent: Client, compte: Compte) -> None:
    nud = deposee()
    commencer(agent, nud)
    page = texte(changer(agent, nud, "personne", date_naissance="31/02/1987"))
    assert "Le 31/02/1987 n’existe pas." in page
    assert "La personne\u00a0: à corriger." in texte(confirmer(agent, nud))
    assert lire(nud, compte).demande.revision == 1


def test_refus_du_registre_revient_en_phrase(agent: Client, compte: Compte) -> None:
    nud = deposee()
    modifier(agent, nud, "personne", nom_naissance="Morel")
    commencer(agent, nud)
    changer(agent, nud, "personne", nom_naissance="Blanchard")
    assert "attend déjà une décision" in texte(confirmer(agent, nud))
    assert lire(nud, compte).demande.date_dernier_renouvellement is None


def test_quitter_et_revenir_en_arriere(agent: Client) -> None:
    nud = deposee()
    commencer(agent, nud)
    assert agent.post(adresse(nud, "verifier"), {"quitter": "oui"}).headers["Location"] == reverse("accueil")
    retour = agent.post(adresse(nud, "verifier"), {"precedente": "oui"}).headers["Location"]
    assert retour.startswith(reverse("renouvellement", args=[nud]))
    assert agent.get(retour).status_code == 200


def test_gt_renouvelle_sans_guichet(compte: Compte) -> None:
    nud = deposee()
    gt = connecter(Client(), creer_gestionnaire())
    commencer(gt, nud)
    changer(gt, nud, "souhaits", loyer_maximum="700")
    assert confirmer(gt, nud).status_code == 302
    assert lire(nud, compte).contenu.souhaits.loyer_maximum == 700


def test_autre_territoire_ne_voit_rien(agent: Client) -> None:
    nud = deposee()
    commencer(agent, nud)
    ailleurs = connecter(Client(), creer_agent("02B", "GD2B1"))
    for nom in ("renouvellement", "demande-renouvelee"):
        assert ailleurs.get(reverse(nom, args=[nud])).status_code == 404
    for code in ("souhaits", "verifier"):
        assert ailleurs.get(adresse(nud, code)).status_code == 404
    for nom in ("renouvellement", "renouvellement-abandonner"):
        assert ailleurs.post(reverse(nom, args=[nud])).status_code == 404


def test_support_ne_renouvelle_pas(compte: Compte) -> None:
    reponse = connecter(Client(), creer_support()).get(reverse("renouvellement", args=[deposee()]))
    assert reponse.status_code == 403
    assert "renouveler une demande" in texte(reponse)


def test_page_de_confirmation_d_une_demande_jamais_renouvelee(agent: Client) -> None:
    nud = deposee()
    assert agent.get(reverse("demande-renouvelee", args=[nud])).headers["Location"] == reverse(
        "demande", args=[nud]
    )


@pytest.mark.parametrize("code", ["inconnue", "foyer/souhaits"])
def test_page_inconnue(agent: Client, code: str) -> None:
    nud = deposee()
    commencer(agent, nud)
    assert agent.get(f"{reverse('renouvellement', args=[nud])}{code}/").status_code == 404


def test_accueil_rappelle_les_renouvellements_commences(agent: Client) -> None:
    """As many queries with one renewal under way as with three; a colleague's is not there."""
    noms = ("Aubry", "Blanc", "Carvalho")
    numeros = [
        deposee(contenu=f.contenu(demandeur=f.personne(nom, "Lou")), doublons_ecartes="autre") for nom in noms
    ]
    commencer(connecter(Client(), creer_agent("099", "G0991")), numeros[0])
    assert "Renouvellements à reprendre" not in texte(agent.get(reverse("accueil")))
    commencer(agent, numeros[0])
    un = requetes(lambda: agent.get(reverse("accueil")))
    for nud in numeros[1:]:
        commencer(agent, nud)
    assert requetes(lambda: agent.get(reverse("accueil"))) == un
    page = texte(agent.get(reverse("accueil")))
    assert "<p>3\u00a0renouvellements à reprendre.</p>" in page
    for nom, nud in zip(noms, numeros, strict=True):
        assert f'<a href="{reverse("renouvellement", args=[nud])}">{nom} Lou</a>' in page


def test_passe_la_tolerance_la_page_ne_donne_pas_de_date_passee(agent: Client) -> None:
    page = texte(agent.get(reverse("renouvellement", args=[deposee(date(2025, 10, 1))])))
    assert "Elle peut encore être renouvelée jusqu’au <strong>01/04/2027</strong>" in page
