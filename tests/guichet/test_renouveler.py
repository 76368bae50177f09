"""Renewing at the screen: its window, pages filled from the file, what changes read again, one more year, once."""

from datetime import date, datetime
from unittest import mock

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sne.guichet.demandes.aide import aides
from sne.guichet.demandes.etapes import DERNIERE
from sne.guichet.demandes.forms.pages import PAGES
from sne.guichet.demandes.views import renouveler as vue_renouveler
from sne.habilitations.models import Compte
from sne.journal.models import Entree
from sne.registre.actions.consulter import consulter_demande
from sne.registre.models import Brouillon
from sne.registre.selectors.fiche import Fiche
from sne.socle.horloge import PARIS, maintenant
from sne.socle.templatetags.socle_tags import numero
from tests.guichet.parcours import requetes, texte
from tests.guichet.test_modifier import modifier
from tests.habilitations.factories import acteur, connecter, creer_agent, creer_gestionnaire, creer_support
from tests.registre import factories as f

DEPOT = date(2025, 12, 10)


def lire(nud: str, compte: Compte) -> Fiche:
    """The file as the register has it."""
    return consulter_demande(nud, acteur=acteur(compte), survenu_le=maintenant())


def deposee(jour: date = DEPOT, contenu: object = None, **autres: object) -> str:
    """Number of a demande deposited on that day: in its window on the day of the tests, by default."""
    midi = datetime(jour.year, jour.month, jour.day, 12, tzinfo=PARIS)
    return f.deposer(contenu, le=midi, date_reception=jour, **autres).nud


def commencer(client: Client, nud: str) -> str:
    """Open a renewal; returns its first page."""
    return texte(client.post(reverse("renouvellement", args=[nud]), follow=True))


def adresse(nud: str, code: str) -> str:
    """Address of a page of the renewal, or of its last step."""
    etape = PAGES[code].etape if code in PAGES else code
    return (
        reverse("renouvellement-etape", args=[nud, code])
        if etape == code
        else reverse("renouvellement-page", args=[nud, etape, code])
    )


def saisie(client: Client, nud: str, code: str) -> dict[str, list[str]]:
    """What a page would post if nothing were changed."""
    page = client.get(adresse(nud, code)).context["page"]
    champs: dict[str, list[str]] = {"continuer": ["oui"]}
    for groupe in page.groupes:
        champs[f"{groupe}-nombre"] = page.brut.get(f"{groupe}-nombre", ["0"])
    for formulaire in page.formulaires:
        for champ in formulaire:
            valeur = champ.value()
            if valeur not in (None, "", False):
                champs[champ.html_name] = (
                    [str(v) for v in valeur] if isinstance(valeur, list) else [str(valeur)]
                )
    return champs


def changer(client: Client, nud: str, code: str, **changes: str) -> HttpResponse:
    """Post a page of the renewal with these fields changed."""
    return client.post(adresse(nud, code), saisie(client, nud, code) | {n: [v] for n, v in changes.items()})


def confirmer(client: Client, nud: str, **autres: str) -> HttpResponse:
    """The last step, whatever box it shows ticked."""
    recap = client.get(adresse(nud, "verifier"))
    champs = {"continuer": "oui"} | dict.fromkeys(recap.context["formulaire"].fields, "on")
    return client.post(adresse(nud, "verifier"), champs | autres)


def test_renouveler_avec_un_changement(agent: Client, compte: Compte) -> None:
    nud = deposee()
    depart = texte(agent.get(reverse("renouvellement", args=[nud])))
    assert "Renouvelée aujourd’hui, la demande est valable jusqu’au <strong>23/11/2027</strong>." in depart
    premiere = commencer(agent, nud)
    assert 'value="Dubreuil"' in premiere
    assert changer(agent, nud, "souhaits", loyer_maximum="700").status_code == 302
    recap = texte(agent.get(adresse(nud, "verifier")))
    assert '<ins class="reg-apres">700' in recap
    assert "La personne a relu ces informations et les confirme" in recap
    page = texte(agent.post(adresse(nud, "verifier"), {"relu": "on", "continuer": "oui"}, follow=True))
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
    refusee = agent.post(adresse(nud, "verifier"), {"continuer": "oui"})
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
    assert agent.get(adresse(nud, "souhaits")).context["page"].souhaits["loyer_maximum"].value() == "700"
    page = texte(agent.post(reverse("renouvellement-abandonner", args=[nud]), follow=True))
    assert "Brouillon supprimé. Le dossier n’a pas changé." in page
    assert lire(nud, compte).demande.revision == 1
    assert agent.get(adresse(nud, "souhaits")).headers["Location"] == reverse("renouvellement", args=[nud])
    agent.post(reverse("renouvellement-abandonner", args=[nud]))
    assert not Brouillon.objects.exists()


LOYER = "choix-souhaits.loyer_maximum"


@pytest.fixture
def collegue() -> Client:
    return connecter(Client(), creer_agent("099", "G0991"))


@pytest.fixture
def collision(agent: Client, collegue: Client) -> str:
    """A renewal where another rent and a category were typed, while a colleague changed the rent and the contacts."""
    nud = deposee()
    commencer(agent, nud)
    changer(agent, nud, "souhaits", loyer_maximum="700", categorie="A")
    modifier(collegue, nud, "coordonnees", courriel="elodie@exemple.fr")
    modifier(collegue, nud, "souhaits", loyer_maximum="900")
    return nud


def choisir(client: Client, nud: str, **champs: str) -> HttpResponse:
    """Post the page of choices as a browser would."""
    page = client.get(adresse(nud, "verifier"))
    return client.post(
        adresse(nud, "verifier"), {"vue": str(page.context["vue"]), "continuer": "oui"} | champs
    )


def test_dossier_change_ailleurs_est_reuni(agent: Client, compte: Compte, collegue: Client) -> None:
    nud = deposee()
    commencer(agent, nud)
    changer(agent, nud, "souhaits", loyer_maximum="700")
    modifier(collegue, nud, "coordonnees", courriel="elodie@exemple.fr")
    recap = texte(agent.get(adresse(nud, "verifier")))
    assert (
        "Le guichet G0991 a modifié les coordonnées à 10\u00a0h\u00a030. Vos réponses et le dossier à jour"
        in recap
    )
    assert "elodie@exemple.fr</ins>" not in recap
    page = texte(agent.post(adresse(nud, "verifier"), {"relu": "on", "continuer": "oui"}, follow=True))
    assert "Les deux changements ne se gênaient pas\u00a0: ils sont réunis." in page
    contenu = lire(nud, compte).contenu
    assert contenu.souhaits.loyer_maximum == 700
    assert contenu.demandeur.contact.courriel == "elodie@exemple.fr"


def test_ce_qui_se_heurte_est_demande_ligne_par_ligne(agent: Client, collision: str) -> None:
    reponse = agent.get(adresse(collision, "verifier"))
    (ligne,) = reponse.context["lignes"]
    assert (ligne.nom, ligne.dossier, ligne.saisie, ligne.choix) == (LOYER, "900\u00a0€", "700\u00a0€", "")
    page = texte(reponse)
    for attendu in (
        "Renouveler cette demande",
        "Ce dossier a changé pendant votre saisie. Le guichet G0991 a modifié",
        "Choisissez ligne par ligne, puis enregistrez.",
        "Enregistrer mon choix",
        "Abandonner ma saisie",
        f'action="{reverse("renouvellement-abandonner", args=[collision])}"',
    ):
        assert attendu in page, attendu


def test_confirmer_sans_avoir_choisi_est_refuse_par_le_registre(
    agent: Client, compte: Compte, collision: str
) -> None:
    reponse = agent.post(adresse(collision, "verifier"), {"relu": "on", "continuer": "oui"})
    assert reponse.status_code == 409
    assert [ligne.nom for ligne in reponse.context["lignes"]] == [LOYER]
    assert lire(collision, compte).demande.date_dernier_renouvellement is None


@pytest.mark.parametrize(("choix", "loyer"), [("dossier", 900), ("saisie", 700)])
def test_choisir_relire_puis_renouveler(
    agent: Client, compte: Compte, collision: str, choix: str, loyer: int
) -> None:
    suite = choisir(agent, collision, **{LOYER: choix})
    assert suite.headers["Location"] == f"{adresse(collision, 'verifier')}#titre-etape"
    recap = agent.get(adresse(collision, "verifier"))
    assert ("700" in [e.saisie[:3] for e in recap.context["ecarts"]]) is (choix == "saisie")
    assert confirmer(agent, collision).status_code == 302
    fiche = lire(collision, compte)
    souhaits = fiche.contenu.souhaits
    assert (souhaits.loyer_maximum, souhaits.categorie) == (loyer, "A")
    assert fiche.contenu.demandeur.contact.courriel == "elodie@exemple.fr"
    assert fiche.demande.date_dernier_renouvellement == f.AUJOURD_HUI


@pytest.mark.parametrize("champs", [{}, {LOYER: "autre"}, {LOYER: "saisie", "vue": "99"}])
def test_une_ligne_sans_choix_ne_renouvelle_rien(
    agent: Client, compte: Compte, collision: str, champs: dict[str, str]
) -> None:
    suite = choisir(agent, collision, **champs)
    assert suite.status_code == 409
    assert ("Il reste 1\u00a0ligne à choisir" in texte(suite)) is ("vue" not in champs)
    assert lire(collision, compte).demande.date_dernier_renouvellement is None


def test_revoir_sa_saisie_ramene_a_la_page_puis_redemande(agent: Client, collision: str) -> None:
    choisir(agent, collision, **{LOYER: "dossier"})
    assert changer(agent, collision, "souhaits", loyer_maximum="800").status_code == 302
    (ligne,) = agent.get(adresse(collision, "verifier")).context["lignes"]
    assert (ligne.saisie, ligne.choix) == ("800\u00a0€", "")
    revoir = choisir(agent, collision, corriger="oui")
    assert revoir.headers["Location"] == adresse(collision, "souhaits")
    assert 'value="800"' in texte(agent.get(revoir.headers["Location"]))


def test_revoir_quand_plus_rien_ne_se_heurte(agent: Client) -> None:
    nud = deposee()
    commencer(agent, nud)
    suite = agent.post(adresse(nud, "verifier"), {"vue": "1", "corriger": "oui"})
    assert suite.headers["Location"] == adresse(nud, "verifier")


def test_le_dossier_change_encore_apres_le_choix(
    agent: Client, compte: Compte, collegue: Client, collision: str
) -> None:
    """A third value is shown in its turn, the choice still checked; elsewhere it is merged."""
    choisir(agent, collision, **{LOYER: "saisie"})
    modifier(collegue, collision, "souhaits", loyer_maximum="950")
    reponse = agent.get(adresse(collision, "verifier"))
    (ligne,) = reponse.context["lignes"]
    assert (ligne.dossier, ligne.choix) == ("950\u00a0€", "saisie")
    assert choisir(agent, collision, **{LOYER: "saisie"}).status_code == 302
    modifier(collegue, collision, "coordonnees", courriel="autre@exemple.fr")
    assert confirmer(agent, collision).status_code == 302
    contenu = lire(collision, compte).contenu
    assert contenu.souhaits.loyer_maximum == 700
    assert contenu.demandeur.contact.courriel == "autre@exemple.fr"


def test_numero_de_securite_sociale_qui_se_heurte(agent: Client, compte: Compte, collegue: Client) -> None:
    nud, autre = deposee(), f.nir_de(date(1987, 3, 14))
    commencer(agent, nud)
    changer(agent, nud, "personne", nir=f.nir_de(date(1987, 3, 14)))
    modifier(collegue, nud, "personne", nir=autre)
    (ligne,) = agent.get(adresse(nud, "verifier")).context["lignes"]
    assert ligne.dossier == "Le numéro du dossier"
    choisir(agent, nud, **{ligne.nom: "dossier"})
    assert "Rien ne change." in texte(agent.get(adresse(nud, "verifier")))
    assert confirmer(agent, nud).status_code == 302


def test_le_registre_heurte_au_dernier_moment(agent: Client, collegue: Client) -> None:
    """The file moves between the page and the act: the action refuses, the page of choices follows."""
    nud = deposee()
    commencer(agent, nud)
    changer(agent, nud, "souhaits", loyer_maximum="700")
    vrai = vue_renouveler.renouveler_demande

    def entre_temps(*args: object, **autres: object) -> object:
        modifier(collegue, nud, "souhaits", loyer_maximum="900")
        return vrai(*args, **autres)

    with mock.patch.object(vue_renouveler, "renouveler_demande", entre_temps):
        reponse = agent.post(adresse(nud, "verifier"), {"relu": "on", "continuer": "oui"})
    assert reponse.status_code == 409
    assert "Dans le dossier</span> 900\u00a0€" in texte(reponse)


def test_collegue_a_deja_renouvele(agent: Client) -> None:
    nud = deposee()
    commencer(agent, nud)
    collegue = connecter(Client(), creer_agent("099", "G0991"))
    commencer(collegue, nud)
    confirmer(collegue, nud)
    for code in ("personne", "verifier"):
        assert agent.get(adresse(nud, code)).headers["Location"] == reverse("renouvellement", args=[nud])
    page = texte(agent.get(reverse("renouvellement", args=[nud])))
    assert "Le renouvellement ouvre le 24/09/2027" in page
    assert "Supprimer ce qui a été saisi" in page


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
