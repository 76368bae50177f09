"""What the three jobs of a counter cost in gestures: clicks, pages and seconds, against what they may cost.

A click is a press of the mouse, on a button, a link, a radio or a box, and an Enter of the keyboard. What is typed in a
field, or chosen in a list by its keys, is counted apart: it does not depend on how the screens are cut. A page is a
document that the browser loads. The seconds are those of the browser, from the first gesture to the last page: nobody
reads, nobody speaks.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from sne.attestations.models import Remise
from sne.registre.demande.models.demande import Demande
from sne.socle.horloge import maintenant
from tests.habilitations.factories import creer_agent
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]
MESURES = os.environ.get("SNE_GESTES", "")
"""A file where to add a line for each job measured, for docs/ergonomie.md."""
SECONDES = 240
"""What a job may take in all on a machine whose cores are taken; alone it takes a few seconds."""


def nom_de(champ: str) -> str:
    """``__`` stands for the hyphen of a row, unless hyphens are there."""
    return champ if "-" in champ else champ.replace("__", "-")


@dataclass
class Compteur:
    """Gestures made on one page of one browser."""

    page: Page
    clics: int = 0
    champs: int = 0
    pages: int = 0
    debut: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        self.page.on("framenavigated", self._compter)

    def _compter(self, cadre: object) -> None:
        self.pages += cadre is self.page.main_frame and "#" not in str(getattr(cadre, "url", ""))[-1:]

    def cliquer(self, nom: str, role: str = "button", dans: str = "body") -> None:
        self.clics += 1
        self.page.locator(dans).get_by_role(role, name=nom).first.click()  # type: ignore[arg-type]

    def cocher(self, texte: str, dans: str = "body") -> None:
        self.clics += 1
        self.page.locator(dans).locator("label", has_text=texte).first.click()

    def entrer(self) -> None:
        self.clics += 1
        self.page.keyboard.press("Enter")

    def taper(self, **champs: str) -> None:
        for nom, texte in champs.items():
            self.champs += 1
            self.page.locator(f'[name="{nom_de(nom)}"]').first.fill(texte)

    def choisir(self, **champs: str) -> None:
        for nom, code in champs.items():
            self.champs += 1
            self.page.locator(f'select[name="{nom_de(nom)}"]').select_option(code)

    def titre(self, texte: str) -> None:
        expect(
            self.page.locator("h2.fr-stepper__title, main h1").filter(has_text=texte).first
        ).to_be_visible()

    def finir(self, metier: str, *, clics: int, pages: int) -> None:
        """Fail over what the job may cost; keep what it costs where that is asked."""
        secondes = monotonic() - self.debut
        if MESURES:
            with Path(MESURES).open("a", encoding="utf-8") as fichier:
                fichier.write(
                    f"| {metier} | {self.clics} | {self.pages} | {self.champs} | {secondes:.0f} |\n"
                )
        assert self.clics <= clics, f"{metier}: {self.clics} clicks"
        assert self.pages <= pages, f"{metier}: {self.pages} pages"
        assert secondes <= SECONDES, f"{metier}: {secondes} seconds"


def test_enregistrer_deux_adultes_et_trois_enfants(asseoir: Asseoir) -> None:
    poste = asseoir()
    poste.se_connecter(creer_agent())
    c = Compteur(poste.page)
    c.cliquer("Enregistrer une demande", "link")
    c.titre("La personne")
    c.cocher("Madame")
    c.taper(nom_naissance="Leca", prenoms="Léa, Marie", date_naissance="02031987")
    c.cocher("Française")
    c.choisir(situation_familiale="M")
    c.taper(numero="12", voie="rue du Lavoir", code_postal="99240", commune="Les Ormeaux")
    c.taper(telephone_portable="06 12 34 56 78", courriel="lea@exemple.fr")
    c.cliquer("Enregistrer et continuer", dans=".reg-barre")
    c.titre("Le foyer")
    dire_le_foyer(c)
    c.cliquer("Enregistrer et continuer", dans=".reg-barre")
    c.titre("Logement actuel")
    c.choisir(statut="LP", type="T2", motif_1="13")
    c.taper(date_entree="01092019", nombre_habitants="5", surface="45", loyer_mensuel="720")
    c.cocher("Non", dans="#id_possede")
    c.cliquer("Enregistrer et continuer", dans=".reg-barre")
    c.titre("Souhaits")
    c.cocher("T4")
    c.cocher("T5")
    communes = ("Aurette-la-Ville", "Les Ormeaux", "Port-Aurette", "Clairval", "Vaugrand")
    c.taper(**{f"commune_{rang}": nom for rang, nom in enumerate(communes, start=1)})
    c.cocher("Non", dans="#id_accepte_autres_communes")
    c.cliquer("Enregistrer et continuer", dans=".reg-barre")
    c.titre("Vérifier avec la personne")
    c.choisir(piece_type="CNI")
    c.cocher("La personne a relu ces informations et les confirme")
    c.cliquer("Enregistrer et obtenir le numéro", dans=".reg-barre")
    c.titre("Demande enregistrée")
    c.finir("Enregistrer deux adultes, trois enfants, cinq communes", clics=25, pages=6)
    foyer = Demande.objects.get()
    assert foyer.nud


def dire_le_foyer(c: Compteur) -> None:
    """A husband, three children; their work and their money."""
    c.cliquer("Ajouter un adulte")
    expect(c.page.locator("#id_cotitulaires-1-lien_demandeur")).to_have_value("M")
    c.cocher("Monsieur", dans="#cotitulaires-1")
    c.taper(cotitulaires__1__nom_naissance="Rossi", cotitulaires__1__prenoms="Paul")
    c.taper(cotitulaires__1__date_naissance="30061985")
    c.cocher("Française", dans="#cotitulaires-1")
    c.choisir(demandeur__statut="CDI", cotitulaires__1__statut="CHO")
    c.taper(**{"demandeur-n_moins_2__montant": "16240", "demandeur-recues-1-montant_mensuel": "1448,20"})
    c.choisir(demandeur__recues__1__nature="SAL")
    c.cocher("Avis d’impôt commun avec le demandeur", dans="#cotitulaires-1")
    c.taper(**{"enfants-combien": "3"})
    c.page.locator("#id_enfants-combien").focus()
    c.entrer()
    expect(c.page.locator("#id_enfants-3-nom")).to_have_value("Rossi")
    for rang, (prenom, naissance, sexe) in enumerate(ENFANTS, start=1):
        c.taper(**{f"enfants-{rang}-prenoms": prenom, f"enfants-{rang}-date_naissance": naissance})
        c.cocher(sexe, dans=f"#enfants-{rang}")


ENFANTS = (("Lina", "12032016", "Féminin"), ("Adam", "28082018", "Masculin"), ("Mila", "13022020", "Féminin"))


@pytest.mark.parametrize("depuis", ["carte", "liste"])
def test_renouveler_ce_qui_n_a_pas_change(asseoir: Asseoir, depuis: str) -> None:
    deposee = maintenant() - timedelta(days=340)
    nud = f.deposer(le=deposee, date_reception=deposee.date()).nud
    poste = asseoir()
    poste.se_connecter(creer_agent())
    if depuis == "carte":
        montrer_la_carte(poste)
    else:
        poste.aller("/listes/echeance/")
    c = Compteur(poste.page)
    c.cliquer("Renouveler", dans="main")
    c.titre("Vérifier avec la personne")
    c.page.locator("#id_sans_changement").locator("xpath=..").get_by_text("Rien n’a changé").click()
    c.clics += 1
    c.cliquer("Renouveler la demande", dans=".reg-barre")
    c.titre("Demande renouvelée")
    c.finir(f"Renouveler ce qui n’a pas changé ({depuis})", clics=3, pages=3)
    assert Demande.objects.get(nud=nud).date_dernier_renouvellement is not None


def montrer_la_carte(poste: Poste) -> None:
    """Before anything is counted: the person looked for, to be confirmed."""
    poste.page.locator("#q").fill("dubreuil élodie 14/03/1987")
    poste.page.locator("#q").press("Enter")
    expect(poste.page.locator(".reg-confirmation")).to_contain_text("Dubreuil")


@pytest.mark.parametrize("depuis", ["carte", "dossier", "numero"])
def test_remettre_une_attestation(asseoir: Asseoir, depuis: str) -> None:
    nud = f.deposer().nud
    poste = asseoir()
    poste.se_connecter(creer_agent())
    if depuis == "carte":
        montrer_la_carte(poste)
    else:
        poste.aller(f"/demandes/{nud}/{'enregistree/' if depuis == 'numero' else ''}")
    c = Compteur(poste.page)
    with poste.page.expect_popup():
        c.cliquer("Ouvrir l’attestation")
    c.cliquer("Remise en main propre")
    expect(poste.page.locator("main")).to_contain_text(re.compile("remise en main propre", re.IGNORECASE))
    c.finir(f"Remettre une attestation ({depuis})", clics=2, pages=2)
    assert Remise.objects.filter(canal="GUICHET").count() == 1
