"""Forms of the answers to what was sent online."""

from typing import Any

from django import forms

from sne.guichet.saisie.forms.verification import FormulaireVerification
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.demande.rules.depot_en_ligne import DOCUMENTS, REFUS
from sne.registre.depot.actions.construire import PieceVue
from sne.registre.depot_en_ligne.actions.verifier import Verification
from sne.registre.depot_en_ligne.selectors.a_verifier import DepotAVerifier
from sne.saisie.cadre import get_cadre
from sne.socle.forms import Formulaire, Texte
from sne.socle.horloge import aujourd_hui

DU_GUICHET = ("piece_vue_le", "date_reception", "anteriorite_motif", "relu")
"""What a registration at a counter asks besides: here the service knows the day, and the person is not there."""


class FormulaireValider(FormulaireVerification):
    """Which document the agent read; why the close demandes are of somebody else, when there are some."""

    justification = Texte(
        label="Pourquoi les demandes proches sont celles d’autres personnes",
        help_text="Une phrase, gardée avec la demande.",
        max_length=TEXTE_MAX,
    )

    def __init__(self, *args: Any, depot: DepotAVerifier, **kwargs: Any) -> None:
        cadre = get_cadre(depot.territoire, aujourd_hui())
        super().__init__(*args, cadre=cadre, delai_jours=0, contenu=depot.contenu, **kwargs)
        for nom in DU_GUICHET:
            del self.fields[nom]
        self.depot = depot
        if not depot.proches:
            del self.fields["justification"]

    def verification(self) -> Verification:
        """What the act takes."""
        lu = self.cleaned_data
        piece = PieceVue(
            lu["piece_type"],
            aujourd_hui(),
            dispense_titre=lu.get("dispense_titre", False),
            fin=lu.get("piece_fin"),
            explication=lu.get("piece_explication", ""),
        )
        vus = frozenset(proche.demande_id for proche in self.depot.proches)
        return Verification(piece, lu.get("justification", ""), vus)


class FormulaireDocument(Formulaire):
    """Which other picture is asked for."""

    motif = forms.ChoiceField(
        label="Ce qui ne va pas",
        choices=[(motif.value, raison.libelle) for motif, raison in DOCUMENTS.items()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Dites ce qui ne va pas\u00a0: la personne le lit dans le message."},
    )


class FormulaireRefus(Formulaire):
    """Why no number can be given."""

    motif = forms.ChoiceField(
        label="Pourquoi aucun numéro ne peut être donné",
        choices=[(motif.value, raison.libelle) for motif, raison in REFUS.items()],
        widget=forms.RadioSelect(),
        error_messages={"required": "Choisissez une raison\u00a0: la personne la lit dans le message."},
    )


class FormulaireReconnaitre(Formulaire):
    """The demande that the household has already."""

    nud = Texte(
        label="Numéro unique de la demande déjà enregistrée",
        absence="Tapez le numéro unique de la demande déjà enregistrée.",
    )
