"""One object per page of entry: its forms rebuilt from what was typed, its errors, what it adds."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sne.guichet.demandes import composition
from sne.guichet.demandes.brut import premier
from sne.guichet.demandes.forms.adresse import FormulaireAdresse
from sne.guichet.demandes.forms.champs import Cadre
from sne.guichet.demandes.forms.foyer import (
    MAX_CHARGES,
    MAX_COTITULAIRES,
    MAX_GARDES,
    FormulaireCharge,
    FormulaireCotitulaire,
    FormulaireGarde,
    FormulaireNaissances,
)
from sne.guichet.demandes.forms.lignes import Lignes, construire
from sne.guichet.demandes.forms.personne import FormulaireContact, FormulaireIdentite
from sne.guichet.demandes.forms.souhaits import FormulaireCommunes, FormulaireSouhaits
from sne.registre.rules.contenu import Contenu
from sne.socle.forms import ErreurDeChamp, Formulaire, rassembler_erreurs

Saisie = Mapping[str, Sequence[str]]


class Page(ABC):
    """The forms of one page. ``controler`` says whether errors are looked for and shown."""

    gabarit: ClassVar[str]
    groupes: ClassVar[Mapping[str, int]] = {}  # repeated rows: how many at most
    premiers_champs: ClassVar[Mapping[str, str]] = {}

    def __init__(self, brut: Saisie, *, cadre: Cadre, controler: bool) -> None:
        self.brut = brut
        self.cadre = cadre
        self.controler = controler

    @property
    @abstractmethod
    def formulaires(self) -> list[Formulaire]:
        """Every form of the page, in reading order."""

    @property
    def erreurs(self) -> tuple[ErreurDeChamp, ...]:
        """The error summary; empty when nothing is checked."""
        return rassembler_erreurs(self.formulaires) if self.controler else ()

    @property
    def valide(self) -> bool:
        """Whether the page was checked and holds no error."""
        return self.controler and all(formulaire.is_valid() for formulaire in self.formulaires)

    @abstractmethod
    def appliquer(self, contenu: Contenu) -> Contenu:
        """The content with what this page says; a wrong field is left out, the others count."""

    def nirs(self) -> dict[str, str]:
        """Raw NIR typed on this page, by person reference."""
        return {}

    def commencer_par(self, ligne: str) -> None:
        """Put the focus in the first field of the row just added (``enfants-3``); nothing for another text."""
        for formulaire in self.formulaires:
            groupe = (formulaire.prefix or "").partition("-")[0]
            if formulaire.prefix == ligne and groupe in self.premiers_champs:
                formulaire.fields[self.premiers_champs[groupe]].widget.attrs["autofocus"] = True


class PagePersonne(Page):
    """The applicant's civil status and family situation."""

    gabarit = "guichet/demandes/etape_personne.html"

    def __init__(self, brut: Saisie, *, cadre: Cadre, controler: bool) -> None:
        super().__init__(brut, cadre=cadre, controler=controler)
        self.identite = construire(FormulaireIdentite, brut, controler=controler, cadre=cadre)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [self.identite]

    def appliquer(self, contenu: Contenu) -> Contenu:
        return composition.avec_demandeur(contenu, propres(self.identite))

    def nirs(self) -> dict[str, str]:
        numero = propres(self.identite).get("nir", "")
        return {"demandeur": numero} if numero else {}


class PageCoordonnees(Page):
    """Where to write to the applicant, and how to reach them."""

    gabarit = "guichet/demandes/etape_coordonnees.html"

    def __init__(self, brut: Saisie, *, cadre: Cadre, controler: bool) -> None:
        super().__init__(brut, cadre=cadre, controler=controler)
        self.adresse = construire(FormulaireAdresse, brut, controler=controler, cadre=cadre)
        self.contact = construire(FormulaireContact, brut, controler=controler)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [self.adresse, self.contact]

    def appliquer(self, contenu: Contenu) -> Contenu:
        return composition.avec_coordonnees(contenu, propres(self.adresse), propres(self.contact))


class PageIdentite(Page):
    """Civil status and contacts of the applicant on one page: how an existing file is changed."""

    gabarit = "guichet/demandes/modifier_identite.html"

    def __init__(self, brut: Saisie, *, cadre: Cadre, controler: bool) -> None:
        super().__init__(brut, cadre=cadre, controler=controler)
        self.personne = PagePersonne(brut, cadre=cadre, controler=controler)
        self.coordonnees = PageCoordonnees(brut, cadre=cadre, controler=controler)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [*self.personne.formulaires, *self.coordonnees.formulaires]

    def appliquer(self, contenu: Contenu) -> Contenu:
        return self.coordonnees.appliquer(self.personne.appliquer(contenu))

    def nirs(self) -> dict[str, str]:
        return self.personne.nirs()


class PageFoyer(Page):
    """Everybody else who will live in the dwelling."""

    gabarit = "guichet/demandes/etape_foyer.html"
    groupes = {"cotitulaires": MAX_COTITULAIRES, "enfants": MAX_CHARGES, "gardes": MAX_GARDES}
    premiers_champs = {"cotitulaires": "lien_demandeur", "enfants": "nom", "gardes": "date_naissance"}

    def __init__(self, brut: Saisie, *, cadre: Cadre, controler: bool) -> None:
        super().__init__(brut, cadre=cadre, controler=controler)
        communs: dict[str, Any] = {"controler": controler, "cadre": cadre}
        self.cotitulaires = Lignes(
            "cotitulaires",
            FormulaireCotitulaire,
            brut,
            maximum=MAX_COTITULAIRES,
            nommer=lambda rang, _: f"Cotitulaire {rang}",
            **communs,
        )
        self.enfants = Lignes(
            "enfants", FormulaireCharge, brut, maximum=MAX_CHARGES, nommer=nommer_charge, **communs
        )
        self.gardes = Lignes(
            "gardes",
            FormulaireGarde,
            brut,
            maximum=MAX_GARDES,
            nommer=lambda rang, _: f"Enfant accueilli {rang}",
            **communs,
        )
        self.naissances = construire(FormulaireNaissances, brut, controler=controler)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [*self.cotitulaires, *self.enfants, *self.gardes, self.naissances]

    def appliquer(self, contenu: Contenu) -> Contenu:
        return composition.avec_foyer(
            contenu,
            cotitulaires=self.cotitulaires.remplies,
            charges=self.enfants.remplies,
            gardes=self.gardes.remplies,
            naissances=propres(self.naissances),
        )

    def nirs(self) -> dict[str, str]:
        lignes = enumerate(self.cotitulaires.remplies, start=1)
        return {f"cotitulaire:{rang}": ligne["nir"] for rang, ligne in lignes if ligne.get("nir")}


class PageSouhaits(Page):
    """The dwelling sought."""

    gabarit = "guichet/demandes/etape_souhaits.html"

    def __init__(self, brut: Saisie, *, cadre: Cadre, controler: bool) -> None:
        super().__init__(brut, cadre=cadre, controler=controler)
        self.souhaits = construire(FormulaireSouhaits, brut, controler=controler, cadre=cadre)
        self.communes = construire(FormulaireCommunes, brut, controler=controler, cadre=cadre)
        self.communes_du_territoire = cadre.geographie.communes(cadre.territoire)

    @property
    def formulaires(self) -> list[Formulaire]:
        return [self.souhaits, self.communes]

    def appliquer(self, contenu: Contenu) -> Contenu:
        communes = [commune.code for commune in propres(self.communes).get("communes", [])]
        return composition.avec_souhaits(contenu, propres(self.souhaits), communes)


PAGES: Mapping[str, type[Page]] = {
    "personne": PagePersonne,
    "coordonnees": PageCoordonnees,
    "foyer": PageFoyer,
    "souhaits": PageSouhaits,
}


def propres(formulaire: Formulaire) -> dict[str, Any]:
    """Cleaned values of a checked form: those of the right fields only when others are wrong."""
    return dict(formulaire.cleaned_data) if formulaire.is_bound and formulaire.errors is not None else {}


def nommer_charge(rang: int, brut: Saisie) -> str:
    """« Enfant 3 », or « Personne à charge 3 » when the link chosen is not a child."""
    return (
        f"Enfant {rang}"
        if premier(brut, f"enfants-{rang}-lien_parente") in {"", "E"}
        else f"Personne à charge {rang}"
    )
