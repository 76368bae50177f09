"""What is typed in the spaces; each act says what it accepts."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sne.collaboratif.calendrier.rules import COUCHES
from sne.collaboratif.cohortes.rules import PHASES
from sne.collaboratif.echanges.rules import (
    CORPS_MAX,
    GENRES,
    MOTIF_MAX,
    NIVEAUX,
    SANS_TEXTE,
    SANS_TITRE,
    TITRE_MAX,
)
from sne.collaboratif.espaces.rules import DROITS, NOM_MAX, PHRASE_MAX
from sne.socle.forms import Cases, Choix, DateSaisie, Formulaire, Texte

HEURE = {"required": "Dites à quelle heure.", "invalid": "Tapez l’heure ainsi : 14:30."}
AIDE_HEURE = "Heure de Paris, par exemple 14:30."
AIDE_TEXTE = (
    "## devant un titre, - devant chaque ligne d’une liste. "
    "N’écrivez ni nom de demandeur ni numéro de sécurité sociale."
)


def texte_long(
    label: str, *, lignes: int = 8, aide: str = AIDE_TEXTE, absence: str = SANS_TEXTE, **k: Any
) -> Any:
    """Several lines of marked text."""
    return forms.CharField(
        label=label,
        help_text=aide,
        max_length=CORPS_MAX,
        widget=forms.Textarea(attrs={"rows": lignes, "autocomplete": "off"}),
        error_messages={"required": absence},
        **k,
    )


class FormulaireSujet(Formulaire):
    """A question, or a discussion."""

    genre = Choix(
        label="Genre",
        absence="Choisissez entre une question et une discussion.",
        choices=[(g.value, nom) for g, nom in GENRES.items()],
        initial="QUESTION",
    )
    titre = Texte(label="En une ligne", absence=SANS_TITRE, max_length=TITRE_MAX)
    corps = texte_long("Votre texte")


class FormulaireReponse(Formulaire):
    """What is written in a topic."""

    corps = texte_long("Votre réponse", lignes=5)


class FormulaireRaison(Formulaire):
    """Why something is withdrawn, reported, declined or cancelled."""

    motif = Texte(label="Pourquoi", absence="Dites pourquoi, en une phrase.", max_length=MOTIF_MAX)


class FormulaireVeille(Formulaire):
    """What the digest tells."""

    niveau = Choix(
        label="Par courriel, une fois par jour au plus",
        absence="Choisissez ce que vous voulez recevoir.",
        choices=[(n.value, nom) for n, nom in NIVEAUX.items()],
        widget=forms.RadioSelect(),
    )


class FormulaireEspace(Formulaire):
    """A space, and the team that owns it."""

    nom = Texte(label="Nom", absence="Donnez un nom à l’espace.", max_length=NOM_MAX)
    phrase = Texte(
        label="À quoi il sert", absence="Dites en une phrase à quoi il sert.", max_length=PHRASE_MAX
    )
    equipe = Choix(
        label="Équipe à qui est l’espace",
        help_text="Elle l’anime. Les autres équipes s’ajoutent ensuite.",
        absence="Choisissez une équipe.",
        widget=forms.Select(),
    )

    def __init__(self, *args: Any, equipes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["equipe"].choices = [("", "Choisir"), *equipes]


class FormulaireAcces(Formulaire):
    """What a team may do in a space."""

    equipe = Choix(label="Équipe", absence="Choisissez une équipe.", widget=forms.Select())
    droit = Choix(
        label="Ce qu’elle fait",
        absence="Choisissez ce qu’elle fait.",
        choices=[*((d.value, nom.capitalize()) for d, nom in DROITS.items()), ("AUCUN", "Plus rien")],
        widget=forms.RadioSelect(),
    )

    def __init__(self, *args: Any, equipes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["equipe"].choices = [("", "Choisir"), *equipes]


class FormulaireDeplacer(Formulaire):
    """Where a topic goes."""

    vers = Choix(label="Vers quel espace", absence="Choisissez un espace.", widget=forms.Select())

    def __init__(self, *args: Any, espaces: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vers"].choices = [("", "Choisir"), *espaces]


def _equipes() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="À qui",
        widget=Cases(en_ligne=False),
        error_messages={"required": "Choisissez au moins une équipe."},
    )


class FormulaireAnnonce(Formulaire):
    """An announcement, to whom, from when until when."""

    titre = Texte(label="Titre", absence="Donnez un titre à l’annonce.", max_length=TITRE_MAX)
    corps = texte_long("Texte", lignes=6, aide="1\u00a0000 signes au plus.", absence="Écrivez l’annonce.")
    du = DateSaisie(label="Affichée à partir du", absence="Dites à partir de quel jour.")
    au = DateSaisie(label="Jusqu’au", absence="Dites jusqu’à quel jour.")
    cibles = _equipes()
    accuse = forms.BooleanField(label="Demander à chacun de dire «\u00a0J’ai lu\u00a0»", required=False)
    lire_avant = DateSaisie(
        label="À lire avant le",
        help_text="Un courriel à chacun, et un seul rappel. Laissez vide\u00a0: aucun courriel ne part.",
    )

    def __init__(self, *args: Any, equipes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cibles"].choices = list(equipes)


class FormulaireRelais(Formulaire):
    """The sentence of who relays."""

    phrase = Texte(
        label="Votre phrase à vos guichets", absence="Écrivez une phrase à vos guichets.", max_length=300
    )


FORMATS = ".pdf,.jpg,.jpeg,.png,.heic,.heif"


def fichier(*, requis: bool = True) -> forms.FileField:
    """A file of a space."""
    return forms.FileField(
        label="Fichier",
        help_text="PDF, JPEG, PNG ou HEIC.",
        required=requis,
        widget=forms.FileInput(attrs={"accept": FORMATS}),
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide. Choisissez-en un autre.",
        },
    )


class FormulaireRecu(Formulaire):
    """A file. ``tels_quels``: spreadsheets and texts are received too."""

    fichier = fichier()

    def __init__(self, *args: Any, tels_quels: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tels_quels:
            champ = self["fichier"]  # bound already, by django-dsfr
            champ.help_text = (
                "PDF, JPEG, PNG ou HEIC. Tableur (XLSX, ODS) ou texte (CSV, TXT)\u00a0: sans macro."
            )
            champ.field.widget.attrs["accept"] = f"{FORMATS},.xlsx,.ods,.csv,.txt"


class FormulaireDepot(FormulaireRecu):
    """A new file."""

    nom = Texte(label="Nom", absence="Donnez un nom au fichier.", max_length=120)
    dossier = Texte(label="Dossier", max_length=60)
    field_order = ("nom", "dossier", "fichier")


class FormulaireVersion(FormulaireRecu):
    """Another version."""

    note = Texte(label="Ce qui change", max_length=300)


class FormulaireRemarque(Formulaire):
    """A remark on a version."""

    texte = Texte(label="Votre remarque", absence="Écrivez votre remarque.", max_length=300)


class FormulaireLien(Formulaire):
    """A link to a document written elsewhere."""

    titre = Texte(label="Titre", absence="Donnez un titre au lien.", max_length=120)
    url = Texte(
        label="Adresse du document dans Docs", absence="Collez l’adresse du document.", max_length=400
    )


class FormulaireFige(Formulaire):
    """What was exported of a document."""

    fichier = fichier(requis=False)
    corps = texte_long("Ou le texte exporté", lignes=8, required=False)


class FormulaireRencontre(Formulaire):
    """A meeting; ``couches``: where it may be put, nothing when it does not change."""

    couche = Choix(label="Pour qui", absence="Dites pour qui.", widget=forms.Select())
    titre = Texte(label="Titre", absence="Donnez un titre à la rencontre.", max_length=TITRE_MAX)
    jour = DateSaisie(label="Jour", absence="Dites quel jour.")
    debut = forms.TimeField(
        label="Début", error_messages=HEURE, help_text=AIDE_HEURE, widget=forms.TextInput()
    )
    fin = forms.TimeField(label="Fin", error_messages=HEURE, help_text=AIDE_HEURE, widget=forms.TextInput())
    lieu = Texte(label="Lieu", max_length=120)
    url = Texte(
        label="Adresse pour se connecter",
        help_text="Elle se lit ici, par qui s’est connecté\u00a0; elle ne part pas dans les calendriers.",
        max_length=300,
    )

    def __init__(self, *args: Any, couches: Iterable[tuple[str, str]] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if couches is None:
            del self.fields["couche"]
        else:
            self.fields["couche"].choices = [("", "Choisir"), *couches]


class FormulaireSuites(Formulaire):
    """What belongs to a meeting."""

    questions = Choix(label="Sujet où poser ses questions avant", required=False, widget=forms.Select())
    annonce = Choix(label="Annonce", required=False, widget=forms.Select())
    decisions = Texte(label="Codes des décisions prises", help_text="Séparés par des virgules.")
    compte_rendu = Choix(label="Compte rendu", required=False, widget=forms.Select())
    faq = Choix(label="Questions et réponses", required=False, widget=forms.Select())

    def __init__(
        self,
        *args: Any,
        sujets: Iterable[tuple[str, str]],
        annonces: Iterable[tuple[str, str]],
        pages: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["questions"].choices = [("", "Aucun"), *sujets]
        self.fields["annonce"].choices = [("", "Aucune"), *annonces]
        for nom in ("compte_rendu", "faq"):
            self.fields[nom].choices = [("", "Pas encore"), *pages]


class FormulaireFlux(Formulaire):
    """What one's calendar reads."""

    couches = forms.MultipleChoiceField(
        label="Ce que votre agenda montre",
        choices=[(c.value, nom) for c, nom in COUCHES.items()],
        widget=Cases(en_ligne=False),
        error_messages={"required": "Choisissez au moins une sorte de rencontres."},
    )


class FormulaireOuvrir(Formulaire):
    """To whom a questionnaire goes, until when."""

    cibles = _equipes()
    au = DateSaisie(label="Ouvert jusqu’au", absence="Dites jusqu’à quel jour.")

    def __init__(self, *args: Any, equipes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cibles"].choices = list(equipes)


class FormulaireCloture(Formulaire):
    """What was decided from the answers."""

    suites = texte_long(
        "Ce qui a été décidé",
        aide="Ceux qui ont répondu le liront.",
        absence="Dites ce qui a été décidé à partir des réponses.",
    )


class FormulaireDecision(Formulaire):
    """What is answered to who asks to take part."""

    etat = Choix(label="Réponse", absence="Choisissez une réponse.", widget=forms.RadioSelect())
    motif = Texte(label="Pourquoi", help_text="La personne le lira.", max_length=300)

    def __init__(self, *args: Any, decisions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["etat"].choices = list(decisions)


class FormulaireEssai(Formulaire):
    """A trial and the dates of its phases, of which some may not be."""

    nom = Texte(label="Nom", absence="Donnez un nom à l’essai.", max_length=80)
    places = forms.IntegerField(
        label="Places",
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Dites combien de personnes peuvent y participer.",
            "invalid": "Tapez un nombre entier, en chiffres.",
            "min_value": "Un essai a au moins une place.",
            "max_value": "999 places au plus.",
        },
    )
    reponse_avant = DateSaisie(
        label="Réponse aux candidatures avant le", absence="Dites avant quel jour il sera répondu."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        dates = {
            f"{nom}_{phase}": DateSaisie(label=f"{dite}\u00a0: {mot}")
            for phase, dite in PHASES.items()
            for nom, mot in (("du", "du"), ("au", "jusqu’au"))
        }
        self.base_fields = {**self.base_fields, **dates}  # type: ignore[has-type]  # given by Django's metaclass
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        """A phase has its two dates, or none."""
        super().clean()
        for phase in PHASES:
            du, au = (f"{nom}_{phase}" for nom in ("du", "au"))
            for un, autre in ((du, au), (au, du)):
                if self.cleaned_data.get(un) and autre in self.cleaned_data and not self.cleaned_data[autre]:
                    self.add_error(autre, "Donnez les deux dates de cette phase, ou aucune.")


class FormulairePartie(Formulaire):
    """To whom a part of the service is open, and when."""

    equipes = _equipes()
    du = DateSaisie(label="À partir du", absence="Dites à partir de quel jour.")
    au = DateSaisie(label="Jusqu’au", help_text="Laissez vide\u00a0: jusqu’à ce que vous l’éteigniez.")

    def __init__(self, *args: Any, equipes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["equipes"].choices = list(equipes)


class FormulaireMesure(Formulaire):
    """What is expected of a phase."""

    indicateur = Texte(label="Ce qui est mesuré", absence="Dites ce qui est mesuré.", max_length=120)
    attendu = Texte(label="Ce qui est attendu", absence="Dites ce qui est attendu.", max_length=60)


class FormulaireReleve(Formulaire):
    """What was seen."""

    releve = Texte(label="Ce qui a été relevé", absence="Dites ce qui a été relevé.", max_length=60)
