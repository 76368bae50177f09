"""What a reader says of a page; what is typed to write one, to publish it, to withdraw it, to tune the search."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sne.site_pro.models import MOTIF_MAX
from sne.site_pro.rules.pages import (
    ACCES,
    AVIS_MAX,
    CORPS_MAX,
    GENRES,
    MOTS_MAX,
    PUBLICS,
    RAISONS,
    REPONSE_MAX,
    SANS_CORPS,
    SANS_REPONSE,
    SANS_TITRE,
    THEMES,
    TITRE_MAX,
)
from sne.socle.forms import Cases, Choix, DateSaisie, Formulaire, Phrases, Texte


class FormulaireAvis(Formulaire):
    """Why a page did not help; the site says what may be kept."""

    raison = Choix(
        label="Pourquoi\u00a0?",
        absence="Dites pourquoi cette page ne vous a pas aidé.",
        choices=list(RAISONS.items()),
        widget=forms.RadioSelect(),
    )
    texte = Phrases(
        label="Ce qui manque, ou ce qui n’est pas juste",
        help_text=f"En une ou deux phrases, {AVIS_MAX} signes au plus. N’écrivez ni nom ni numéro de sécurité sociale.",
    )


class FormulairePage(Formulaire):
    """A page as it is typed; ``neuve``: where it goes is asked too. Nothing of it is refused before it is submitted."""

    titre = Texte(label="Titre", absence=SANS_TITRE, max_length=TITRE_MAX)
    reponse = Texte(
        label="Réponse courte",
        absence=SANS_REPONSE,
        help_text=f"Elle se lit seule, dans la recherche. {REPONSE_MAX} signes au plus.",
        max_length=REPONSE_MAX,
    )
    corps = forms.CharField(
        label="Texte",
        max_length=CORPS_MAX,
        help_text="## devant un titre, - devant chaque ligne d’une liste, deux étoiles autour de ce qui est gras.",
        widget=forms.Textarea(attrs={"rows": 24, "autocomplete": "off"}),
        error_messages={"required": SANS_CORPS},
    )
    adresse = Texte(
        label="Adresse",
        absence="Donnez une adresse à la page.",
        help_text="Après /aide/, en minuscules, sans accent\u00a0: vie/renouveler-une-demande.",
        max_length=120,
    )
    genre = Choix(label="Genre", absence="Choisissez le genre de la page.", widget=forms.Select())
    theme = Choix(label="Thème", absence="Choisissez un thème.", widget=forms.Select())
    mots = Texte(
        label="Mots-clés",
        help_text="D’autres mots que l’on taperait, séparés par des virgules.",
        max_length=MOTS_MAX,
    )
    publics = forms.MultipleChoiceField(
        label="Pour qui",
        choices=list(PUBLICS.items()),
        widget=Cases(en_ligne=False),
        error_messages={"required": "Dites à qui cette page s’adresse."},
    )
    acces = Choix(
        label="Qui peut la lire",
        absence="Dites qui peut la lire.",
        choices=list(ACCES.items()),
        widget=forms.RadioSelect(),
    )
    note = Texte(
        label="Ce qui change",
        help_text="En une phrase, pour la personne qui relira.",
        max_length=MOTIF_MAX,
    )

    def __init__(self, *args: Any, neuve: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not neuve:
            for nom in ("adresse", "genre", "theme"):
                del self.fields[nom]
            return
        vide = [("", "Choisir")]
        self.fields["genre"].choices = vide + [(g.value, nom) for g, nom in GENRES.items()]
        self.fields["theme"].choices = vide + [(t.value, nom) for t, (nom, _) in THEMES.items()]


class FormulairePublication(Formulaire):
    """From when a revision is online."""

    effet_le = DateSaisie(
        label="En ligne à partir du",
        help_text="Laissez vide pour la mettre en ligne tout de suite. Sinon, elle le sera ce jour-là, à minuit.",
    )


class FormulaireMotif(Formulaire):
    """Why a revision goes back to its author."""

    motif = Texte(
        label="Pourquoi",
        absence="Dites pourquoi, en une phrase\u00a0: son auteur la lira.",
        max_length=MOTIF_MAX,
    )


class FormulaireRetrait(Formulaire):
    """Why a page is withdrawn, and what to read instead."""

    motif = Texte(
        label="Pourquoi",
        absence="Dites pourquoi cette page est retirée.",
        help_text="Qui ouvrira cette adresse lira cette phrase.",
        max_length=MOTIF_MAX,
    )
    remplacee_par = Choix(label="Remplacée par", widget=forms.Select())
    effet_le = DateSaisie(
        label="Retirée à partir du",
        help_text="Laissez vide pour la retirer tout de suite. Sinon, elle le sera ce jour-là, à minuit.",
    )

    def __init__(self, *args: Any, autres: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remplacee_par"].choices = [("", "Aucune page"), *autres]


class FormulaireReglage(Formulaire):
    """Where a page is, who answers for it, when it is to be read again."""

    adresse = Texte(
        label="Adresse",
        absence="Donnez une adresse à la page.",
        help_text="Après /aide/. L’ancienne adresse mènera à la nouvelle, pour toujours.",
        max_length=120,
    )
    proprietaire = Choix(
        label="Qui en répond",
        absence="Dites qui en répond.",
        help_text="Cette personne reçoit les signalements et le rappel de relire.",
        widget=forms.Select(),
    )
    verifier_mois = forms.IntegerField(
        label="À relire tous les",
        help_text="En mois, de 1 à 24.",
        min_value=1,
        max_value=24,
        error_messages={
            "required": "Donnez un nombre de mois, de 1 à 24.",
            "invalid": "Donnez un nombre de mois, de 1 à 24.",
            "min_value": "Donnez un nombre de mois, de 1 à 24.",
            "max_value": "Donnez un nombre de mois, de 1 à 24.",
        },
    )

    def __init__(self, *args: Any, responsables: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proprietaire"].choices = [*responsables]


class FormulaireSynonyme(Formulaire):
    """Who looks for a word finds others too."""

    dit = Texte(label="Mot tapé", absence="Tapez le mot qu’on cherche.", max_length=60)
    pour = Texte(label="Chercher aussi", absence="Tapez les mots à chercher en plus.", max_length=200)


class FormulaireCampagne(Formulaire):
    """Until when counters are asked to read and show a campaign."""

    au = DateSaisie(label="Jusqu’au", absence="Dites quand la campagne finit.")
