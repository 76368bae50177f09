"""What a counter types of a paper that it was handed: what a person signed, a judgment; and its scan."""

from typing import Any

from django import forms

from sne.documents.forms import FormulaireFichiers
from sne.registre.demande.rules.mandat_aide import MesureProtection, Portee
from sne.registre.mandat.actions.enregistrer import (
    QUEL_ORGANISME,
    QUELLE_DUREE,
    AidePapier,
    Jugement,
    Papier,
)
from sne.registre.mandat.rules.mandat import MESURES
from sne.registre.mandat.rules.papier import NOM_MAX
from sne.registre.mandat.selectors.mandats import Offre
from sne.socle.forms import Cases, Choix, DateSaisie, Texte


class FormulairePapier(FormulaireFichiers):
    """A paper, in one file. ``offre``: what may be allowed today."""

    organisme = Choix(label="Organisme qui aide", absence=QUEL_ORGANISME, widget=forms.Select())
    portees = forms.MultipleChoiceField(
        label="Ce que le papier lui permet",
        widget=Cases(en_ligne=False),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Cochez ce que l’organisme peut faire à la place de la personne."
        ),
    )

    def __init__(self, *args: Any, offre: Offre, **kwargs: Any) -> None:
        super().__init__(*args, seul=True, **kwargs)
        self.fields["organisme"].choices = [("", "Choisir"), *offre.organismes.items()]
        self.fields["portees"].choices = [(str(portee), mots) for portee, mots in offre.portees.items()]

    def clean(self) -> None:
        """One file, and no more."""
        if len(self.files.getlist("fichiers")) != 1:
            self.add_error("fichiers", "Choisissez un seul fichier\u00a0: le papier, en entier.")

    def dit(self) -> Papier:
        """What the act takes from a valid form."""
        raise NotImplementedError


class FormulaireAutorisation(FormulairePapier):
    """What the person signed: for how long, from which day."""

    field_order = ("organisme", "portees", "jours", "signe_le", "fichiers")

    jours = forms.TypedChoiceField(
        label="Durée écrite sur le papier",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), QUELLE_DUREE),
    )
    signe_le = DateSaisie(label="Signé le", absence="Tapez le jour où la personne a signé.")

    def __init__(self, *args: Any, offre: Offre, **kwargs: Any) -> None:
        super().__init__(*args, offre=offre, **kwargs)
        self.fields["jours"].choices = list(offre.durees.items())

    def dit(self) -> AidePapier:
        dits = self.cleaned_data
        return AidePapier(
            dits["organisme"], [Portee(p) for p in dits["portees"]], dits["jours"], dits["signe_le"]
        )


class FormulaireJugement(FormulairePapier):
    """What a judge decided: who protects, from which day to which."""

    field_order = ("mesure", "protecteur", "organisme", "portees", "debut", "fin", "fichiers")

    mesure = Choix(
        label="Mesure",
        choices=[(mesure.value, mots.capitalize()) for mesure, mots in MESURES.items()],
        widget=forms.RadioSelect(),
        absence="Choisissez la mesure écrite sur le jugement.",
    )
    protecteur = Texte(
        label="Nom de qui protège la personne",
        max_length=NOM_MAX,
        help_text="Si c’est un proche, ou un organisme qui n’est pas dans la liste. Il est nommé au dossier, et "
        "ne fait rien en ligne.",
    )
    organisme = Choix(label="Ou organisme de la liste qui la protège", required=False, widget=forms.Select())
    portees = forms.MultipleChoiceField(
        label="Ce que le jugement permet à cet organisme", required=False, widget=Cases(en_ligne=False)
    )
    debut = DateSaisie(label="Début de la mesure", absence="Tapez le premier jour de la mesure.")
    fin = DateSaisie(label="Fin de la mesure", absence="Tapez le dernier jour de la mesure.")

    def dit(self) -> Jugement:
        dits = self.cleaned_data
        return Jugement(
            MesureProtection(dits["mesure"]),
            dits["protecteur"],
            dits["organisme"],
            [Portee(p) for p in dits["portees"]],
            dits["debut"],
            dits["fin"],
        )
