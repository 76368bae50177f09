"""The site in a browser: an answer found from the keyboard, a page written, read by somebody else, and kept."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from sne.habilitations.models import Compte
from sne.programme.actions.decider import Question, mettre_au_vote
from sne.programme.actions.livrer import charger_preuves, livrer_les_decisions
from sne.programme.rules.livrees import Preuve
from sne.recherche.actions import noter_sans_suite, refaire_les_formes
from sne.sensibilisation.actions import lancer_campagne
from sne.site_pro.actions.avis import donner_avis
from sne.site_pro.actions.fichiers import lire_dossier, livrer
from sne.site_pro.actions.tenir import retirer_page
from sne.site_pro.models import Page as PageDuSite
from sne.site_pro.tasks import dessiner_les_documents
from sne.socle.acte import Acte
from sne.socle.horloge import jour, maintenant
from tests.habilitations import factories as comptes
from tests.journeys.ecran import sans_defilement
from tests.journeys.poste import Poste

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]
R, LANCER = "/aide/redaction", "campagnes/campagne-egalite/lancer/"
LIVREES = {
    "radiation",
    "renouveler",
    "nom-naissance",
    "campagne-egalite",
    "affiche-accueil",
    "memo-ressources",
}


@pytest.fixture
def pole() -> tuple[Compte, Compte]:
    """Two who publish; the first wrote three pages, and somebody said something of one."""
    un, autre = comptes.creer_pole_metier(), comptes.creer_pole_metier()
    ecrit, publie = (Acte(comptes.acteur(c), maintenant()) for c in (un, autre))
    for page in lire_dossier():
        if page["code"] in LIVREES:
            livrer(page, par=ecrit, publie_par=publie)
    for raison in ("MANQUE", "FAUX"):
        donner_avis("radiation", 1, utile=False, raison=raison, texte="Et après ?", acte=publie)
    for rang in range(3):
        noter_sans_suite("déménagement", trouvees=False, jour=jour(maintenant()).replace(day=rang + 1))
    return un, autre


def test_an_answer_is_found_with_the_keyboard_alone(asseoir: Asseoir, pole: tuple[Compte, Compte]) -> None:
    poste = asseoir()
    poste.aller("/aide/")
    page = poste.page
    page.keyboard.press("/")
    page.keyboard.type("nom de nais")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Une petite correction")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    page.keyboard.type("s")
    expect(options.first).to_be_visible()
    poste.examiner("aide-propositions")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    poste.titre("Corriger un nom de naissance")
    poste.aller("/aide/")
    page.keyboard.press("/")
    page.keyboard.type("radier")
    expect(options.first).to_be_visible()
    page.keyboard.press("Enter")
    poste.titre("Recherche")
    expect(page).to_have_url(re.compile(r"/aide/chercher/\?q=radier"))
    expect(page.get_by_role("button", name="Filtrer")).to_be_visible()
    poste.aller("/aide/glossaire/")
    poste.examiner("aide-glossaire")


def test_a_page_is_written_read_published_and_kept(asseoir: Asseoir, pole: tuple[Compte, Compte]) -> None:
    auteur, relecteur = asseoir(), asseoir()
    auteur.se_connecter(pole[0])
    relecteur.se_connecter(pole[1])
    auteur.aller("/aide/")
    auteur.page.get_by_role("link", name="Écrire et relire").click()
    auteur.page.get_by_role("button", name="Nouvelle page").click()
    auteur.titre("Nouvelle page")
    ecrire(auteur.page)
    expect(auteur.page.locator("#apercu")).to_contain_text("Changer de commune")
    expect(auteur.page.locator("#apercu strong")).to_have_text("nouvelle commune")
    auteur.examiner("aide-ecrire")
    auteur.page.get_by_role("button", name="Soumettre à relecture").click()
    expect(auteur.page.locator("#erreurs")).to_contain_text("choisissez un thème")
    auteur.examiner("aide-ecrire-erreurs")
    auteur.choisir(theme="vie", genre="FICHE")
    auteur.remplir(adresse="vie/changer-de-commune")
    auteur.cocher("Agents de guichet", "#ecrire")
    auteur.cocher("Tout le monde", "#ecrire")
    auteur.page.get_by_role("button", name="Soumettre à relecture").click()
    auteur.titre("Mes textes")
    auteur.examiner("aide-brouillons")

    relecteur.aller(f"{R}/a-relire/")
    relecteur.examiner("aide-a-relire")
    relecteur.page.get_by_role("link", name="Changer de commune").click()
    relecteur.examiner("aide-revision")
    relecteur.page.get_by_role("button", name="Publier").click()
    relecteur.titre("À relire")
    relecteur.aller("/aide/vie/changer-de-commune/")
    relecteur.examiner("aide-page")
    corriger(auteur, relecteur)
    for nom in ("pages", "calendrier", "signalements", "mes-signalements", "recherche"):
        auteur.aller(f"{R}/{nom}/")
        auteur.examiner(f"aide-{nom}")
    relecteur.aller(f"{R}/mes-signalements/")
    relecteur.examiner("aide-mes-signalements")
    for nom in ("", "retirer/"):
        relecteur.aller(f"{R}/page/radiation/{nom}")
        relecteur.examiner(f"aide-fiche-{nom.strip('/')}")


def corriger(auteur: Poste, relecteur: Poste) -> None:
    """What a reader said is answered: one changes the page, another publishes it, its author reads the difference."""
    auteur.aller(f"{R}/signalements/")
    auteur.page.get_by_role("button", name="Corriger la page").first.click()
    auteur.titre("Proposer une autre version")
    auteur.page.locator("#id_corps").fill("## Après\nLa personne est prévenue.")
    auteur.page.get_by_role("button", name="Soumettre à relecture").click()
    auteur.titre("Mes textes")
    relecteur.aller(f"{R}/a-relire/")
    relecteur.page.get_by_role("link", name="Radier, et revenir").click()
    expect(relecteur.page.get_by_text("Répond à un signalement")).to_be_visible()
    relecteur.page.get_by_role("button", name="Publier").click()
    relecteur.titre("À relire")
    relecteur.aller(f"{R}/mes-signalements/")
    relecteur.page.get_by_role("link", name="Page modifiée").click()
    expect(relecteur.page.locator("ins").first).to_be_visible()
    relecteur.examiner("aide-reponse")
    relecteur.aller("/aide/vie/radier-et-revenir/")
    expect(relecteur.page.get_by_text("Modifiée grâce à 1")).to_be_visible()


COLLE = """<html><body><h1>Un titre</h1><p>Du <b>gras</b> et un <a href="https://exemple.fr/x">lien</a>.</p>
<ol><li>Un</li><li>Deux</li></ol><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>
<p><img src="https://espion.fr/p.png"><script>alert(1)</script>Fin</p></body></html>"""
GARDE = """## Un titre

Du **gras** et un [lien](https://exemple.fr/x).

1. Un
2. Deux

| A | B |
|---|---|
| 1 | 2 |

Fin"""


PUCES = """<body><p class=MsoNormal>Avant</p>
<p style='text-indent:-18pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times"'>&nbsp;&nbsp; </span></span></span><![endif]>Un <b>mot</b></p>
<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o&nbsp; </span>Dedans</p>
<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.&nbsp; </span>Premier</p>
<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.&nbsp; </span>Second</p><p>Après</p></body>"""
DES_PUCES = """Avant

- Un **mot**
   - Dedans
1. Premier
1. Second

Après"""


def test_what_a_word_processor_gives_keeps_its_structure(
    asseoir: Asseoir, pole: tuple[Compte, Compte]
) -> None:
    poste = asseoir()
    poste.se_connecter(pole[0])
    poste.aller(f"{R}/")
    poste.page.get_by_role("button", name="Nouvelle page").click()
    corps = poste.page.locator("#id_corps")
    expect(corps).to_be_visible()
    poste.page.wait_for_load_state()  # what listens to a paste has been read
    for colle, garde in ((PUCES, DES_PUCES), (COLLE, GARDE)):
        corps.fill("")
        corps.evaluate(
            """(champ, html) => {
                const donnees = new DataTransfer();
                donnees.setData("text/html", html);
                champ.dispatchEvent(new ClipboardEvent("paste", { clipboardData: donnees, cancelable: true }));
            }""",
            colle,
        )
        assert corps.input_value() == garde
    poste.page.get_by_text("Montrer un document").click()
    poste.page.get_by_role("button", name="Insérer le document Mémo").click()
    assert "::: document memo-ressources" in corps.input_value()
    expect(poste.page.locator("#apercu table")).to_be_visible()


def test_documents_decisions_and_the_campaign_are_read_and_answered(
    asseoir: Asseoir, pole: tuple[Compte, Compte]
) -> None:
    ecrit, publie = (Acte(comptes.acteur(c), maintenant()) for c in pole)
    dessiner_les_documents()
    livrer_les_decisions(par=ecrit, publie_par=publie)
    au = jour(maintenant()) + timedelta(days=60)
    campagne = {"titre": "Le même accueil", "lien": "/aide/egalite/campagne/"}
    lancer_campagne("campagne-egalite", **campagne, au=au, acte=publie)
    question = {
        "titre": "Le rythme des réunions",
        "pourquoi": "On en demande davantage.",
        "instance": "SEANCE",
    }
    options = "Quatre par an\nSix par an\n\nÀ distance\nSur place"
    vote = {"vote_du": jour(maintenant()), "vote_au": au}
    ouverte = mettre_au_vote(Question(**question, options=options, **vote), acte=ecrit)

    agent, gt = asseoir(), asseoir()
    agent.se_connecter(comptes.creer_agent())
    for nom in (
        "",
        "documents/",
        "decisions/",
        "decisions/D-2024-02/",
        "theme/pgp/",
        "chercher/?q=memo",
        "etat-du-service/",
    ):
        agent.aller(f"/aide/{nom}")
        agent.examiner(f"aide-lu-{nom.strip('/').replace('/', '-').partition('?')[0] or 'accueil'}")
    imprimer_puis_dire(agent)
    lire_la_retiree(agent, publie)
    agent.aller("/aide/egalite/campagne/")
    agent.page.get_by_role("button", name="Affichée dans mon guichet").click()
    agent.examiner("aide-campagne")

    gt.se_connecter(comptes.creer_gestionnaire())
    gt.aller("/aide/decisions/")
    gt.page.get_by_role("link", name="Le rythme des réunions").first.click()
    gt.page.get_by_role("button", name="Répondre").click()
    gt.examiner("aide-vote-erreurs")
    for option in ("B. Six par an", "D. Sur place"):
        gt.page.get_by_text(option, exact=True).last.click()
    gt.page.get_by_role("button", name="Répondre").click()
    expect(gt.page.get_by_text("1 territoire").first).to_be_visible()
    gt.examiner("aide-vote")
    gt.aller("/aide/campagnes/campagne-egalite/couverture/")
    gt.examiner("aide-couverture")

    tient = asseoir()
    tient.se_connecter(pole[1])
    for nom in (
        "decisions/nouvelle/",
        f"decisions/{ouverte.code}/",
        "redaction/page/radiation/regler/",
        LANCER,
    ):
        tient.aller(f"/aide/{nom}")
        tient.examiner(f"aide-tient-{nom.strip('/').replace('/', '-')}")


def lire_la_retiree(agent: Poste, publie: Acte) -> None:
    """A page taken away says what to read instead."""
    retirer_page("renouveler", "Fondue dans une autre", remplacee_par="radiation", acte=publie)
    agent.aller("/aide/vie/renouveler/")
    agent.titre("Cette page a été retirée")
    agent.examiner("aide-retiree")


def imprimer_puis_dire(agent: Poste) -> None:
    """A page on its one sheet; what one thinks of it, without saying why."""
    agent.aller(f"/aide/{PageDuSite.objects.get(code='radiation').adresse}/")
    with PdfDocument(agent.page.pdf(format="A4")) as papier:
        assert len(papier) == 1, "a page of the site is printed on one sheet"
    agent.page.get_by_text("Non, ou il manque quelque chose").click()
    agent.page.get_by_role("button", name="Envoyer").click()
    expect(agent.page.locator("#erreurs")).to_be_visible()
    agent.examiner("aide-avis-erreurs")


def test_on_a_phone_by_the_keyboard_without_a_script(asseoir: Asseoir, pole: tuple[Compte, Compte]) -> None:
    """Search, filters, a file at its page; what is missing; a vote and its proofs, one of which fails; the poster."""
    ecrit, publie = (Acte(comptes.acteur(c), maintenant()) for c in pole)
    for page in lire_dossier():
        if page["code"] == "pgp-compte":
            livrer(page, par=ecrit, publie_par=publie)
    dessiner_les_documents()
    livrer_les_decisions(par=ecrit, publie_par=publie)
    refaire_les_formes(maintenant())
    au = jour(maintenant()) + timedelta(days=60)
    lancer_campagne(
        "campagne-egalite", titre="Le même accueil", lien="/aide/egalite/campagne/", au=au, acte=publie
    )
    vote = {"instance": "SEANCE", "options": "Quatre\nSix", "vote_du": jour(maintenant()), "vote_au": au}
    ouverte = mettre_au_vote(Question(titre="Le rythme", pourquoi="On le demande.", **vote), acte=ecrit)
    essais = {"tests/a.py::test_a": True, "tests/a.py::test_b": False}
    charger_preuves(
        "1.0", maintenant(), [Preuve(ouverte.code, essai, passe) for essai, passe in essais.items()]
    )

    agent, gt = (asseoir(java_script_enabled=False) for _ in range(2))
    for poste, compte in ((agent, comptes.creer_agent()), (gt, comptes.creer_gestionnaire())):
        poste.page.set_viewport_size({"width": 375, "height": 800})
        poste.se_connecter(compte)
    agent.aller("/aide/")
    agent.page.get_by_role("searchbox").press_sequentially("atestation\n")
    expect(agent.page.get_by_role("status").first).to_contain_text("Résultats pour «\u00a0attestation")
    agent.aller("/aide/chercher/?q=ressources")
    avant = agent.page.locator("main ol > li").count()
    agent.page.get_by_text("Choisir parmi les résultats").press("Enter")
    agent.page.get_by_role("checkbox", name="Document").press("Space")
    agent.page.get_by_role("button", name="Filtrer").press("Enter")
    agent.page.wait_for_url("**genre=DOC**")  # and read whole
    assert 0 < agent.page.locator("main ol > li").count() < avant
    agent.page.get_by_role("link", name="Retirer le filtre").press("Enter")
    expect(agent.page.locator("main ol > li")).to_have_count(avant)
    assert agent.page.locator('a[href*="document.pdf#page="]').count()

    dire_ce_qui_manque(agent)
    agent.aller("/aide/egalite/campagne/")
    agent.page.get_by_role("button", name="Affichée dans mon guichet").press("Enter")
    expect(agent.page.get_by_text("Noté")).to_be_visible()
    agent.page.get_by_role("link", name="Ici, nous assurons").first.press("Enter")
    expect(agent.page.get_by_role("link", name="A4")).to_be_visible()
    ecrire_sans_script(agent)

    gt.aller(f"/aide/decisions/{ouverte.code}/")
    gt.page.get_by_role("radio", name="B. Six").press("Space")
    gt.page.get_by_role("button", name="Répondre").press("Enter")
    expect(gt.page.get_by_text("1 territoire".replace(" ", "\u00a0"))).to_be_visible()
    expect(gt.page.get_by_text("ne passe pas dans la version 1.0")).to_be_visible()
    gt.page.get_by_text("Ces essais").press("Enter")
    expect(gt.page.get_by_text("tests/a.py::test_b")).to_be_visible()
    gt.page.set_viewport_size({"width": 320, "height": 800})
    sans_defilement(gt.page)


def dire_ce_qui_manque(agent: Poste) -> None:
    """From the address of before, under a page of the tab."""
    agent.aller("/pgp/")
    agent.page.get_by_role("link", name="Dire ce qui manque").first.press("Enter")
    agent.titre("aider à entrer dans son espace")  # read whole: the place it opens at takes the focus away
    agent.page.get_by_text("Non, ou il manque quelque chose").press("Enter")
    agent.page.get_by_role("radio", name="Il manque").press("Space")
    agent.page.get_by_label("Ce qui manque").fill("Le téléphone perdu.")
    agent.page.get_by_role("button", name="Envoyer").press("Enter")
    expect(agent.page.get_by_text("Merci.")).to_be_visible()


def ecrire_sans_script(agent: Poste) -> None:
    """What the text may hold is copied from a list, and seen once it is kept."""
    agent.aller(f"{R}/")
    agent.page.get_by_role("button", name="Nouvelle page").press("Enter")
    agent.page.get_by_text("Mettre en forme").press("Enter")
    expect(agent.page.get_by_text("::: etapes")).to_be_visible()
    agent.page.locator("#id_corps").fill("::: etapes\n1. Ouvrez.\n2. Fermez.\n:::")
    agent.page.get_by_role("button", name="Enregistrer et voir l’aperçu").press("Enter")
    expect(agent.page.locator("#apercu .sne-etapes")).to_contain_text("Fermez.")
    agent.page.set_viewport_size({"width": 320, "height": 800})
    sans_defilement(agent.page)


def ecrire(page: Page) -> None:
    """A title, an answer, and a text whose bold is put by its button."""
    page.get_by_label("Titre", exact=True).fill("Changer de commune")
    page.get_by_label("Réponse courte").fill("La demande suit le ménage.")
    corps = page.locator("#id_corps")
    corps.fill("## Où\nDites la nouvelle commune")
    corps.evaluate("e => e.setSelectionRange(e.value.indexOf('nouvelle'), e.value.length)")
    page.get_by_role("button", name="Gras").click()
