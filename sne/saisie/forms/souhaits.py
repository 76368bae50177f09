"""Form of the dwelling sought: types, communes in order, openness to the rest of the territory."""

from functools import lru_cache
from typing import Any, ClassVar

from django import forms

from sne.referentiels.rules import CommuneChoix
from sne.registre.contenu.rules.arbre.souhaits import Localisation
from sne.saisie.forms.champs import Cadre, Montant, OuiNon, TexteLong
from sne.saisie.forms.commune import CommuneRefusee, lire_commune, offrir_les_proches
from sne.saisie.forms.propose import TextePropose
from sne.socle.forms import Cases, Choix, Formulaire, Texte


class FormulaireSouhaits(Formulaire):
    """What is sought (CCH R441-2-2, h)."""

    types_logement = forms.MultipleChoiceField(
        label="Taille du logement",
        help_text="Une ou plusieurs tailles",
        widget=Cases(),
        error_messages={
            "required": "Choisissez au moins une taille de logement.",
            "invalid_choice": "Une taille n’existe pas dans la liste. Choisissez-en une autre.",
        },
    )
    categorie = Choix(label="Appartement ou maison")
    accepte_autres_communes = OuiNon(
        label="Accepterait une autre commune du territoire, si aucun logement ne se présente dans celles-ci",
        absence="Posez la question, puis choisissez Oui ou Non.",
    )
    loyer_maximum = Montant(label="Loyer maximum, en euros par mois", help_text="Charges comprises")
    avec_stationnement = OuiNon(label="Souhaite une place de stationnement", required=False)
    accepte_rez_de_chaussee = OuiNon(label="Accepte un rez-de-chaussée", required=False)
    accepte_sans_ascenseur = OuiNon(label="Accepte un immeuble sans ascenseur", required=False)
    accepte_quartier_prioritaire = OuiNon(label="Accepte un quartier prioritaire de la ville", required=False)
    colocation = OuiNon(label="Souhaite une colocation", required=False)
    precisions = TexteLong(
        label="Précisions utiles à la demande",
        help_text="Sans information de santé, sans jugement sur les personnes",
    )

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadre = cadre
        self.fields["types_logement"].choices = cadre.choix("ListeTypeLogement")
        self.fields["categorie"].choices = cadre.choix("ListeCategorieLogementRecherche")


class FormulaireCommunes(Formulaire):
    """Places of the territory, in order; cleaned to ``lieux``, without repeats. See ``formulaire_des_communes``."""

    rangs: ClassVar[range] = range(0)

    def __init__(self, *args: Any, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadre = cadre

    def champs_communes(self) -> list[tuple[Any, Any]]:
        """The pairs of fields (commune, quartier), in order."""
        return [(self[f"commune_{rang}"], self[f"quartier_{rang}"]) for rang in self.rangs]

    def champs_dits(self) -> list[tuple[Any, Any]]:
        """The pairs typed, or that hold an error, and the first that is empty, in order."""
        dites: list[tuple[Any, Any]] = []
        libres = 1
        for paire in self.champs_communes():
            typee = any(champ.value() or champ.errors for champ in paire)
            if typee or libres:
                dites.append(paire)
                libres -= not typee
        return dites

    @property
    def avec_quartiers(self) -> bool:
        """Whether some quartier was typed."""
        return any(quartier.value() or quartier.errors for _, quartier in self.champs_communes())

    def clean(self) -> dict[str, Any]:
        """Reads each place; at least one, none twice: two quartiers of a commune are two places (rule 15)."""
        donnees: dict[str, Any] = super().clean() or {}
        lieux: dict[tuple[str, str], Localisation] = {}
        for rang in self.rangs:
            commune, quartier = self._lire(donnees, rang), donnees.get(f"quartier_{rang}") or ""
            if commune is None:
                continue
            cle = (commune.code, quartier.casefold())
            if cle in lieux:
                self.add_error(f"commune_{rang}", "Déjà dans la liste. Retirez l’une des deux lignes.")
            lieux.setdefault(cle, Localisation(commune=commune.code, quartier=quartier or None))
        if not lieux and not self.errors:
            self.add_error("commune_1", "Tapez au moins une commune.")
        return {**donnees, "lieux": tuple(lieux.values())}

    def _lire(self, donnees: dict[str, Any], rang: int) -> CommuneChoix | None:
        nom = f"commune_{rang}"
        try:
            commune = lire_commune(donnees.get(nom, ""), self.cadre, territoire=self.cadre.territoire)
        except CommuneRefusee as exc:
            offrir_les_proches(self, nom, exc, saisie=donnees[nom])
            self.add_error(nom, exc)
            return None
        if commune is None and nom not in self.errors and donnees.get(f"quartier_{rang}"):
            self.add_error(nom, "Tapez la commune de ce quartier.")
        return commune


@lru_cache(maxsize=4)
def formulaire_des_communes(nombre: int) -> type[FormulaireCommunes]:
    """The form that takes up to ``nombre`` places (dated parameter); its fields are those of the class, as for any."""
    champs: dict[str, Any] = {"rangs": range(1, nombre + 1)}
    for rang in champs["rangs"]:
        champs[f"commune_{rang}"] = TextePropose(
            f"commune_{rang}",
            label=f"Commune {rang}",
            # A blank placeholder: the style sheet offers « Monter » beside the places that are typed.
            widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": " "}),
        )
        champs[f"quartier_{rang}"] = Texte(label=f"Quartier dans la commune {rang}")
    return type("FormulaireCommunes", (FormulaireCommunes,), champs)
