"""What the journal is searched by. A name is typed, and sent apart: addresses carry codes and identifiers only."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from sne.preuve.rules import CHAMPS, GENRES, Champ, Criteres, Genre
from sne.preuve.selectors import AGENTS_AU_PLUS, Agent
from sne.socle.forms import Choix, DateSaisie, Formulaire, Texte

TOUS = "Tous"
PERSONNE = "Personne de ce nom ni de cette adresse dans votre périmètre. Tapez le début du nom, ou l’adresse entière."
PLUSIEURS = "Plusieurs personnes ont ce nom. Choisissez-en une."
TROP = f"Plus de {AGENTS_AU_PLUS} personnes ont ce nom. Ajoutez le prénom, ou tapez l’adresse."
ADRESSE = ("territoire", "guichet", "demande", "champ", "genre", "du", "au")
"""Fields that the address of a search carries as they were typed; the agent goes by their identifier."""


class FormulaireJournal(Formulaire):
    """Place, person, demande, field, kind of acts, period.

    ``connu``: the person whom the name in the field already stands for; ``choisi``: the person chosen, where several
    have that name.
    """

    choisi = forms.CharField(label="Quel agent", required=False, widget=forms.RadioSelect)
    territoire = Choix(label="Territoire", required=False, widget=forms.Select())
    guichet = Choix(label="Guichet", required=False, widget=forms.Select())
    agent = Texte(label="Agent", exemple="Nom, ou adresse", required=False, max_length=254)
    connu = forms.CharField(required=False, widget=forms.HiddenInput)
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
        **kwargs: Any,
    ) -> None:
        """Codes and labels to choose among; one territory, or one counter, is no choice."""
        super().__init__(*args, **kwargs)
        self.fields["territoire"].choices = territoires
        self.fields["guichet"].choices = [("", TOUS), *guichets]
        self.fields["champ"].choices = [("", "Peu importe"), *((c, nom) for c, (nom, _) in CHAMPS.items())]
        for nom, choix in (("territoire", territoires), ("guichet", guichets)):
            if len(choix) < 2:
                del self.fields[nom]

    def retenir(self, trouves: Sequence[Agent]) -> Agent | None:
        """The one that was meant among those found by what was typed; else the refusal, and whom to choose among."""
        meme = [
            agent for agent in trouves if len(trouves) == 1 or str(agent.id) == self.cleaned_data["choisi"]
        ]
        if meme:
            return meme[0]
        if not trouves:
            self.add_error("agent", PERSONNE)
        elif len(trouves) > AGENTS_AU_PLUS:
            self.add_error("agent", TROP)
        else:
            choix = [(str(agent.id), " · ".join((agent.nom, *agent.postes))) for agent in trouves]
            self.fields["choisi"].widget.choices = choix
            self.add_error("choisi", PLUSIEURS)
        return None

    def criteres(self, territoire: str, agent: Agent | None) -> Criteres:
        """What was asked for, once it is valid."""
        lus = self.cleaned_data
        return Criteres(
            territoire=territoire,
            du=lus["du"],
            au=lus["au"],
            guichet=lus.get("guichet", ""),
            agent=agent.id if agent else None,
            nud=lus["demande"],
            champ=Champ(lus["champ"]) if lus["champ"] else None,
            genre=Genre(lus["genre"] or Genre.TOUT),
        )

    def adresse(self, agent: Agent | None) -> dict[str, str]:
        """What the address of the search carries, once it is valid."""
        typees = {nom: str(self.data.get(nom, "")) for nom in ADRESSE}
        return {nom: valeur for nom, valeur in typees.items() if valeur} | (
            {"agent": str(agent.id)} if agent else {}
        )


def depuis_l_adresse(adresse: Mapping[str, str], agent: Agent | None) -> dict[str, str]:
    """What the form holds for a search made by its address: the name of the agent in the place of their identifier."""
    nomme = {"agent": agent.nom, "connu": str(agent.id)} if agent else {"agent": "", "connu": ""}
    return {nom: str(adresse.get(nom, "")) for nom in ADRESSE} | nomme


def au_depart(le: date, *, jours: int, territoire: str) -> dict[str, str]:
    """What the form holds when it opens: the longest period of a whole territory, until today."""
    debut = le - timedelta(days=jours - 1)
    return {"du": f"{debut:%d/%m/%Y}", "au": f"{le:%d/%m/%Y}", "genre": Genre.TOUT, "territoire": territoire}
