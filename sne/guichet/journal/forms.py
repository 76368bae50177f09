"""What the journal is searched by: a form sent by address, which carries codes and identifiers, and no name."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms

from sne.preuve.rules import CHAMPS, GENRES, Champ, Criteres, Genre
from sne.preuve.selectors import Agent
from sne.socle.forms import Choix, DateSaisie, Formulaire, Texte

TOUS = "Tous"


class FormulaireJournal(Formulaire):
    """Place, person, demande, field, kind of acts, period."""

    territoire = Choix(label="Territoire", required=False, widget=forms.Select())
    guichet = Choix(label="Guichet", required=False, widget=forms.Select())
    agent = Choix(label="Agent", required=False, widget=forms.Select())
    demande = Texte(label="Numéro de la demande", required=False)
    champ = Choix(label="Champ modifié", required=False, widget=forms.Select())
    genre = Choix(label="Actes", required=False, widget=forms.Select(), choices=list(GENRES.items()))
    du = DateSaisie(label="Du", absence="Donnez le premier jour.")
    au = DateSaisie(label="Au", absence="Donnez le dernier jour.")

    def __init__(
        self,
        *args: Any,
        territoires: Sequence[tuple[str, str]],
        guichets: Sequence[tuple[str, str]],
        agents: Sequence[Agent],
        **kwargs: Any,
    ) -> None:
        """Codes and labels to choose among; one territory, or one counter, is no choice."""
        super().__init__(*args, **kwargs)
        self.fields["territoire"].choices = territoires
        self.fields["guichet"].choices = [("", TOUS), *guichets]
        self.fields["agent"].choices = [("", TOUS), *((str(a.id), a.nom) for a in agents)]
        self.fields["champ"].choices = [("", "Peu importe"), *((c, nom) for c, (nom, _) in CHAMPS.items())]
        for nom, choix in (("territoire", territoires), ("guichet", guichets)):
            if len(choix) < 2:
                del self.fields[nom]

    def criteres(self, territoire: str) -> Criteres:
        """What was asked for, once it is valid."""
        lus = self.cleaned_data
        return Criteres(
            territoire=territoire,
            du=lus["du"],
            au=lus["au"],
            guichet=lus.get("guichet", ""),
            agent=UUID(lus["agent"]) if lus["agent"] else None,
            nud=lus["demande"],
            champ=Champ(lus["champ"]) if lus["champ"] else None,
            genre=Genre(lus["genre"] or Genre.TOUT),
        )


def au_depart(le: date, *, jours: int, territoire: str) -> dict[str, str]:
    """What the form holds when it opens: the longest period of a whole territory, until today."""
    debut = le - timedelta(days=jours - 1)
    return {"du": f"{debut:%d/%m/%Y}", "au": f"{le:%d/%m/%Y}", "genre": Genre.TOUT, "territoire": territoire}
