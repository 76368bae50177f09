"""What is typed to ask, to answer, to hand over, to share, to announce an incident."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sne.assistance.rules.etats import Statut
from sne.assistance.rules.incidents import ECRANS
from sne.assistance.rules.niveaux import CATEGORIES, Niveau, nom_du_niveau
from sne.assistance.rules.textes import CORPS_MAX, MOTIF_MAX, SANS_CORPS, SANS_TITRE, TITRE_MAX
from sne.socle.forms import Cases, Choix, Formulaire, Texte

SANS_DONNEE = "Le numéro unique suffit à désigner un dossier. N’écrivez pas de numéro de sécurité sociale."
SUITES = {
    Statut.EN_COURS: "Je continue à m’en occuper",
    Statut.ATTENTE_DEMANDEUR: "J’attends une réponse de la personne qui demande",
    Statut.ATTENTE_TIERS: "J’attends quelqu’un d’autre",
    Statut.RESOLU: "C’est résolu",
}


def _zone(rangees: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rangees, "autocomplete": "off"})


class FormulaireTicket(Formulaire):
    """A question, as it is typed."""

    categorie = Choix(
        label="De quoi s’agit-il\u00a0?",
        absence="Dites de quoi il s’agit.",
        choices=[(c.value, f"{nom}. {phrase}") for c, (nom, phrase) in CATEGORIES.items()],
        widget=forms.RadioSelect(),
    )
    titre = Texte(label="En une phrase", absence=SANS_TITRE, max_length=TITRE_MAX)
    corps = forms.CharField(
        label="Ce que vous faisiez, et ce que vous avez vu",
        help_text=SANS_DONNEE,
        max_length=CORPS_MAX,
        widget=_zone(8),
        error_messages={"required": SANS_CORPS},
    )


class FormulaireEnvoi(Formulaire):
    """Whom it is shared with, said before it is sent."""

    partage = Choix(label="Partagée avec", widget=forms.Select())
    retenir = forms.BooleanField(
        label="Retenir ce choix pour les prochaines demandes de cette sorte", required=False
    )

    def __init__(self, *args: Any, equipes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partage"].choices = [("", "Personne\u00a0: garder pour moi"), *equipes]


class FormulaireReponse(Formulaire):
    """A word on the thread; ``niveau``: what becomes of it, and notes, are asked too."""

    corps = forms.CharField(
        label="Votre message",
        help_text=SANS_DONNEE,
        max_length=CORPS_MAX,
        widget=_zone(6),
        error_messages={"required": "Écrivez votre message."},
    )
    suite = Choix(label="Ensuite", widget=forms.Select(), required=False)
    copie = forms.BooleanField(
        label="Prévenir aussi les autres personnes qui ont écrit dans cette demande", required=False
    )
    interne = forms.BooleanField(
        label="Note interne\u00a0: seule l’assistance de ce niveau la lit", required=False
    )

    def __init__(self, *args: Any, suites: Iterable[Statut] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possibles = [(s.value, SUITES[s]) for s in suites]
        if not possibles:
            for nom in ("suite", "interne"):
                del self.fields[nom]
        else:
            self.fields["suite"].choices = possibles


class FormulairePassage(Formulaire):
    """To whom a ticket is handed over, and why."""

    vers = Choix(label="À qui", absence="Choisissez à qui passer la demande.", widget=forms.Select())
    motif = Texte(
        label="Pourquoi",
        absence="Dites pourquoi, en une phrase\u00a0: qui la reçoit la lira.",
        max_length=MOTIF_MAX,
    )

    def __init__(self, *args: Any, niveaux: Iterable[Niveau], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vers"].choices = [
            ("", "Choisir"),
            *((n.value, nom_du_niveau(n)) for n in niveaux),
        ]


class FormulairePartage(Formulaire):
    """One more team."""

    cle = Choix(label="Équipe", absence="Choisissez une équipe.", widget=forms.Select())

    def __init__(self, *args: Any, equipes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cle"].choices = [("", "Choisir"), *equipes]


class FormulaireIncident(Formulaire):
    """What goes wrong for many, as all will read it."""

    titre = Texte(label="En quelques mots", absence="Donnez un titre à l’incident.", max_length=TITRE_MAX)
    phrase = Texte(
        label="Ce qui se passe, et ce qu’on peut faire en attendant",
        absence="Dites ce qui se passe, en une phrase.",
        max_length=MOTIF_MAX,
    )
    mots = Texte(
        label="Mots qui font reconnaître l’incident",
        help_text="Une demande d’aide qui emploie ces mots se verra proposer cet incident.",
        max_length=300,
    )
    vues = forms.MultipleChoiceField(
        label="Sur quels écrans l’annoncer, en plus du site",
        choices=[(code, nom) for code, (nom, _) in ECRANS.items()],
        widget=Cases(en_ligne=False),
        required=False,
    )


class FormulaireFin(Formulaire):
    """The answer that all the tickets of an incident get."""

    reponse = forms.CharField(
        label="Réponse à toutes les demandes reliées",
        max_length=CORPS_MAX,
        widget=_zone(5),
        error_messages={"required": "Écrivez la réponse que recevront toutes les demandes."},
    )
