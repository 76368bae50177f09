"""How a set of close demandes ends: one household, different ones, or several to tell apart."""

import uuid
from typing import Any

from django import forms

from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.doublons.rules.cas import MOTIFS, Motif
from sne.registre.doublons.rules.ensembles import ISSUES, MOTIFS_PAR_ISSUE, SEPARABLE, issues_possibles
from sne.registre.doublons.selectors.ensembles import MembreLu
from sne.socle.forms import Choix, Formulaire, Phrases
from sne.socle.templatetags.socle_tags import date_fr, numero


class FormulaireEnsemble(Formulaire):
    """Whether the answers go together is the register's to say."""

    issue = Choix(
        label="Comment la comparaison se termine",
        absence="Choisissez comment la comparaison se termine.",
        widget=forms.RadioSelect(),
    )
    gardee = Choix(
        label="Demande qui continue, si c’est le même foyer",
        required=False,
        widget=forms.RadioSelect(),
    )
    motif = Choix(label="Motif", absence="Choisissez le motif.", widget=forms.Select())
    precision = Phrases(
        label="Ce que vous avez constaté",
        help_text=f"Une phrase, {TEXTE_MAX} signes au plus. Pas de numéro de sécurité sociale.",
        max_length=TEXTE_MAX,
    )

    def __init__(self, *args: Any, membres: tuple[MembreLu, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membres = membres
        issues = issues_possibles(len(membres))
        self.fields["issue"].choices = [(issue, ISSUES[issue]) for issue in issues]
        self.fields["gardee"].choices = [
            (str(m.demande_id), f"{numero(m.nud)}, déposée le {date_fr(m.date_depot)}")
            for m in membres
            if m.peut_continuer
        ]
        groupes = [
            (ISSUES[issue], [(m, MOTIFS[m]) for m in MOTIFS_PAR_ISSUE[issue] if m is not Motif.AUTRE])
            for issue in issues
        ]
        autre = ("Toutes les décisions", [(Motif.AUTRE, MOTIFS[Motif.AUTRE])])
        self.fields["motif"].choices = [("", "Choisir"), *groupes, autre]
        self.separables = membres if len(membres) >= SEPARABLE else ()
        foyers = [("", "Choisir"), *((str(rang), f"Foyer {rang}") for rang in range(1, len(membres) + 1))]
        for rang, membre in enumerate(self.separables):
            self.fields[f"foyer_{rang}"] = Choix(
                label=f"Demande {numero(membre.nud)}",
                required=False,
                widget=forms.Select(attrs={"class": "fr-select"}),
                choices=foyers,
            )

    @property
    def foyers(self) -> list[Any]:
        """The fields that tell households apart, one for each demande; none for two demandes."""
        return [self[f"foyer_{rang}"] for rang in range(len(self.separables))]

    def decision(self) -> dict[str, Any]:
        """What was chosen, as the register asks for it."""
        lus = self.cleaned_data
        return {
            "issue": lus["issue"],
            "motif": lus["motif"],
            "precision": lus["precision"],
            "gardee": uuid.UUID(lus["gardee"]) if lus["gardee"] else None,
            "groupes": {
                membre.demande_id: int(lus[f"foyer_{rang}"])
                for rang, membre in enumerate(self.separables)
                if lus[f"foyer_{rang}"]
            },
        }
