"""Step « La personne », suite: messages and help; and the short first step of an association."""

from typing import Any

from sne.registre.contenu.rules.arbre.personnes import Demandeur
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.saisie.brut import Brut
from sne.saisie.composition import preferences as composition
from sne.saisie.forms.adresse import FormulaireAdresse
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.lignes import construire, propres
from sne.saisie.forms.pages.page import Page, Saisie
from sne.saisie.forms.personne import FormulaireContact
from sne.saisie.forms.preferences import FormulaireAssociation, FormulairePreferences
from sne.socle.forms import Formulaire


class PagePreferences(Page):
    """How they wish to be told, and who helps them."""

    code = "preferences"
    titre = "Messages et accompagnement"
    objet = "les messages et l’accompagnement"
    gabarit = "saisie/champs_preferences.html"
    chemins = ("preferences", "accompagnant")

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        contact = (self.contenu.demandeur or Demandeur()).contact
        self.preferences = construire(FormulairePreferences, brut, controler=self.controler, contact=contact)

    @classmethod
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:  # noqa: ARG003
        return composition.saisie_preferences(contenu)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [self.preferences]

    def composer(self, contenu: Contenu) -> Contenu:
        return composition.avec_preferences(contenu, propres(self.preferences))


class PageAssociation(Page):
    """Who the association is, where to write and how to reach it."""

    code = "association"
    titre = "L’association"
    objet = "l’association"
    gabarit = "saisie/champs_association.html"
    chemins = ("association",)
    titulaires = frozenset({Titulaire.ASSOCIATION})

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        self.association = construire(FormulaireAssociation, brut, controler=self.controler)
        self.adresse = construire(FormulaireAdresse, brut, controler=self.controler, cadre=self.cadre)
        self.contact = construire(FormulaireContact, brut, controler=self.controler)

    @classmethod
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:
        return composition.saisie_association(contenu, cadre.geographie)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [self.association, self.adresse, self.contact]

    def composer(self, contenu: Contenu) -> Contenu:
        return composition.avec_association(
            contenu, propres(self.association), propres(self.adresse), propres(self.contact)
        )
