"""Step « La personne »: civil status, then where to write and how to reach the applicant."""

from typing import Any, override

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.brut import Brut, premier
from sne.saisie.composition import personne as composition
from sne.saisie.composition.textes import Valeurs, demandeur_de
from sne.saisie.forms.adresse import FormulaireAdresse
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.lignes import construire, propres
from sne.saisie.forms.pages.page import Page, Saisie
from sne.saisie.forms.personne import FormulaireContact, FormulaireHabitation, FormulaireIdentite
from sne.socle.forms import Formulaire


class PagePersonne(Page):
    """The applicant's civil status and family situation."""

    code = "personne"
    titre = "La personne"
    objet = "l’identité"
    gabarit = "saisie/champs_identite.html"
    chemins = ("demandeur.identite", "demandeur.situation_familiale")
    etat_civil = True

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        self.identite = construire(FormulaireIdentite, brut, controler=self.controler, cadre=self.cadre)
        self.identite.refuser_case_si_connu(demandeur_de(self.contenu).identite)

    @classmethod
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:
        return composition.saisie_personne(contenu, cadre.geographie)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [self.identite]

    def composer(self, contenu: Contenu) -> Contenu:
        return composition.avec_demandeur(contenu, propres(self.identite), self.cadre.geographie)

    def nirs(self) -> dict[str, str]:
        numero = propres(self.identite).get("nir", "")
        return {"demandeur": numero} if numero else {}


class PageCoordonnees(Page):
    """Where to write to the applicant, and how to reach them."""

    code = "coordonnees"
    titre = "Les coordonnées"
    objet = "les coordonnées"
    gabarit = "saisie/champs_coordonnees.html"
    chemins = ("demandeur", "logement_actuel.adresse")

    def __init__(self, brut: Saisie, **options: Any) -> None:
        super().__init__(brut, **options)
        self.adresse = construire(FormulaireAdresse, brut, controler=self.controler, cadre=self.cadre)
        self.contact = construire(FormulaireContact, brut, controler=self.controler)
        self.habitation = construire(FormulaireHabitation, brut, controler=self.controler)
        self.habite_ailleurs = bool(premier(brut, "habite_ailleurs"))
        self.logement = construire(
            FormulaireAdresse,
            brut,
            controler=self.controler and self.habite_ailleurs,
            prefixe=composition.LOGEMENT,
            contexte="Logement actuel",
            cadre=self.cadre,
        )

    @classmethod
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:
        return composition.saisie_coordonnees(contenu, cadre.geographie)

    @property
    def formulaires(self) -> list[Formulaire]:
        ailleurs = [self.logement] if self.habite_ailleurs else []
        return [self.adresse, self.habitation, *ailleurs, self.contact]

    @property
    @override
    def montres(self) -> list[Formulaire]:
        return [self.adresse, self.habitation, self.logement, self.contact]

    def composer(self, contenu: Contenu) -> Contenu:
        return self._composer(contenu, propres(self.contact))

    def _composer(self, contenu: Contenu, joindre: Valeurs | None) -> Contenu:
        ailleurs = propres(self.logement) if self.habite_ailleurs else None
        return composition.avec_coordonnees(contenu, propres(self.adresse), joindre, ailleurs=ailleurs)


class PageAdresse(PageCoordonnees):
    """Where to write to the applicant, and where they live: what a household changes apart from how it is reached."""

    code = "adresse"
    titre = "L’adresse"
    objet = "l’adresse"
    chemins = ("demandeur.adresse_courrier", "logement_actuel.adresse")

    @classmethod
    @override
    def saisie(cls, contenu: Contenu, cadre: Cadre) -> Brut:
        contacts = FormulaireContact.base_fields
        return {nom: dit for nom, dit in super().saisie(contenu, cadre).items() if nom not in contacts}

    @property
    @override
    def formulaires(self) -> list[Formulaire]:
        return super().formulaires[:-1]

    @property
    @override
    def montres(self) -> list[Formulaire]:
        return super().montres[:-1]

    @override
    def composer(self, contenu: Contenu) -> Contenu:
        return self._composer(contenu, None)
