"""Names of seventy letters at 320 pixels, with and without a script: no page scrolls aside; a long menu is folded."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from sne.socle.horloge import maintenant
from tests.guichet.depot.test_anteriorite import demander as demander_une_date
from tests.guichet.identite.test_identites import demander as demander_une_identite
from tests.habilitations.factories import creer_gestionnaire, creer_responsable
from tests.journeys.ecran import sans_defilement
from tests.journeys.poste import Poste
from tests.registre import factories as f
from tests.registre.depot_en_ligne import envois
from tests.registre.enquete import enquetes

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
NOM = "Rakotomalala" * 5 + "Andrianasy"
PRENOM = "Fanomezantsoa" * 5 + "Maria"
MOTS_COUPES = """menu => {
  const textes = document.createTreeWalker(menu, NodeFilter.SHOW_TEXT), coupes = [];
  for (let noeud = textes.nextNode(); noeud; noeud = textes.nextNode())
    for (const mot of noeud.data.matchAll(/[^ \\n\\u00a0]+/g)) {
      const place = document.createRange();
      place.setStart(noeud, mot.index);
      place.setEnd(noeud, mot.index + mot[0].length);
      if (new Set([...place.getClientRects()].map(r => Math.round(r.top))).size > 1) coupes.push(mot[0]);
    }
  return coupes;
}"""
"""Words of the menu that go from a line to the next."""


@pytest.mark.parametrize("script", [True, False], ids=["avec-script", "sans-script"])
def test_rien_ne_deborde(asseoir: Callable[..., Poste], script: bool) -> None:
    assert len(NOM) == len(PRENOM) == 70
    le = maintenant() - timedelta(days=330)
    enfant = {
        "identifiant": "charge-1",
        "nom": NOM,
        "prenoms": PRENOM,
        "date_naissance": "2015-01-01",
        "sexe": "F",
    }
    foyer = {"personnes_a_charge": [enfant]}
    nud = f.deposer(f.contenu(demandeur=f.personne(NOM, PRENOM), foyer=foyer), le=le).nud
    poste = asseoir(java_script_enabled=script)
    poste.se_connecter(creer_responsable())
    poste.page.set_viewport_size({"width": 320, "height": 800})
    dossier = f"/demandes/{nud}/"
    for chemin in (
        dossier,
        "/accueil/",
        "/listes/echeance/",
        f"{dossier}modifier/personne/",
        f"{dossier}modifier/foyer/",
        f"{dossier}ecrire/",
        f"{dossier}radier/",
        f"{dossier}historique/",
        f"{dossier}pieces/",
        "/raccourcis/",
    ):
        poste.aller(chemin)
        assert poste.page.title(), chemin
        sans_defilement(poste.page)
    poste.aller("/listes/echeance/?tout=oui")
    poste.page.get_by_role("button", name="Écrire aux ménages choisis").click()
    poste.cocher("Renouvelez votre demande")
    poste.page.get_by_role("button", name="Voir avant de continuer").click()
    poste.titre("À relire avant de continuer")
    sans_defilement(poste.page)
    poste.aller("/rechercher/")
    poste.page.locator("#q").fill(NOM)
    poste.page.keyboard.press("Enter")
    poste.titre("1\u00a0dossier proche de")
    sans_defilement(poste.page)
    poste.commencer_une_demande(NOM, PRENOM, "21/11/1962")
    poste.titre("Le foyer, le travail et les ressources")
    sans_defilement(poste.page)


@pytest.mark.parametrize("script", [True, False], ids=["avec-script", "sans-script"])
def test_rien_ne_deborde_dans_les_files(asseoir: Callable[..., Poste], script: bool) -> None:
    """Queues, in their order and in another, and the page where each of their lines is decided."""
    identite = demander_une_identite(NOM[::-1].title(), de=NOM)
    requete = demander_une_date(NOM)
    enquete = enquetes.enqueter(requete.demande_id)
    envoi = envois.envoyer(f.contenu(demandeur=f.personne(NOM, PRENOM)), le=maintenant())
    for compte, chemins in (
        (
            creer_gestionnaire(),
            (
                "/accueil/",
                "/decisions/identites/",
                "/decisions/identites/?tri=nom",
                reverse("identite", args=[identite.id]),
                reverse("anteriorites"),
                reverse("anteriorite", args=[requete.id]),
                reverse("enquetes"),
                reverse("enquete", args=[enquete]),
                "/listes/reponses/?tri=nom",
                reverse("plan-du-site"),
            ),
        ),
        (
            creer_responsable(),
            (reverse("demandes-en-ligne"), reverse("demande-en-ligne", args=[envoi.id])),
        ),
    ):
        poste = asseoir(java_script_enabled=script)
        poste.se_connecter(compte)
        poste.page.set_viewport_size({"width": 320, "height": 800})
        for chemin in chemins:
            poste.aller(chemin)
            assert poste.page.locator("h1").count() >= 1, chemin
            sans_defilement(poste.page)


def test_le_menu_se_deplie_et_se_replie(asseoir: Callable[..., Poste]) -> None:
    """One name at a time, by the browser itself; Escape folds it and gives the focus back, a click elsewhere too."""
    poste = asseoir()
    poste.se_connecter(creer_gestionnaire())
    poste.aller(reverse("journal"))  # a page of a group: its name still unfolds
    menu = poste.page.locator("#navigation")
    assert menu.evaluate(MOTS_COUPES) == []
    chiffres, administration = (
        menu.locator("summary", has_text=nom) for nom in ("Chiffres", "Administration")
    )
    chiffres.click()
    expect(menu.get_by_role("link", name="Infocentre")).to_be_visible()
    poste.examiner("menu-deplie")
    administration.click()
    expect(menu.get_by_role("link", name="Infocentre")).to_be_hidden()
    menu.get_by_role("link", name="Journal").focus()
    poste.page.keyboard.press("Escape")
    expect(administration).to_be_focused()
    expect(menu.get_by_role("link", name="Journal")).to_be_hidden()
    chiffres.click()
    poste.page.mouse.click(1000, 800)
    expect(menu.get_by_role("link", name="Infocentre")).to_be_hidden()
