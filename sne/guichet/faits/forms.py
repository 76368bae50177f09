"""What is told of a fact, as an agent types it; the register says what each fact asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from dsfr.utils import dsfr_input_class_attr

from sne.referentiels.rules import Caracteristique, NatureCaracteristique, PublicPrioritaire, TypeEvenement
from sne.registre.contenu.rules.arbre.types_de_champ import LONGUEUR_LIGNE
from sne.registre.contenu.rules.texte import TEXTE_MAX
from sne.registre.faits.rules.attributions import ADRESSE, AttributionSaisie
from sne.registre.faits.rules.dalo import LIBELLES_DALO, FaitDaloSaisi
from sne.registre.faits.rules.decisions import RANG_MAXIMUM, DecisionSaisie
from sne.registre.faits.rules.evenements import COMMENTAIRE_MAX, EvenementSaisi
from sne.registre.faits.rules.faits import Correction, FaitRefuse
from sne.saisie.forms.champs import Cadre, Montant, Nombre, OuiNon
from sne.saisie.forms.commune import lire_commune
from sne.socle.erreurs import Refus
from sne.socle.forms import Cases, Choix, DateSaisie, Formulaire, Segmente, Texte

MOTIF = "motif_correction"
PIECES = ("piece_1", "piece_2", "piece_3")
CHAMPS = {"motif": MOTIF, "pieces_manquantes": PIECES[0]}
"""Where a remark of the register stands on these forms, when it is not in the field of the same name."""
PREFIXE = "c_"  # a characteristic may bear any name
PREFIXE_ADRESSE = "adresse_"
PREFIXES = {"caracteristiques": PREFIXE, "adresse": PREFIXE_ADRESSE}


@dataclass(frozen=True, slots=True)
class Contexte:
    """What the forms need to know. ``bailleurs``: those to choose from, empty at the counter of one.

    ``lit_dalo``: the actor may know that a household is of the DALO.
    """

    cadre: Cadre
    publics: Sequence[PublicPrioritaire] = ()
    bailleurs: Sequence[tuple[str, str]] = ()
    pieces: Sequence[tuple[str, str]] = ()
    type_evenement: TypeEvenement | None = None
    correction: bool = False
    lit_dalo: bool = False

    def choix(self, liste: str, *, sauf: Sequence[str] = (), vide: bool = True) -> list[tuple[str, str]]:
        """Codes of a list, after an empty line."""
        codes = [(code, libelle) for code, libelle in self.cadre.choix(liste) if code not in sauf]
        return [*([("", "Choisir")] if vide else []), *codes]


def _liste(label: str, absence: str = "", **options: Any) -> Choix:
    return Choix(label=label, absence=absence, widget=forms.Select(), **options)


class FormulaireFait(Formulaire):
    """The day and, for a correction, why. ``saisie`` builds what the act takes from a valid form."""

    jour = DateSaisie(label="Date", absence="Indiquez la date.")
    motif_correction = Texte(
        label="Motif de la correction",
        absence="Dites en une phrase pourquoi vous corrigez.",
        max_length=TEXTE_MAX,
    )

    def __init__(self, *args: Any, contexte_fait: Contexte, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contexte_fait = contexte_fait
        if not contexte_fait.correction:
            del self.fields[MOTIF]
        self.preparer(contexte_fait)

    def preparer(self, contexte: Contexte) -> None:
        """Choices of the day, fields that this actor needs not fill."""

    def saisie(self, correction: Correction | None) -> Any:
        """What the act takes."""
        raise NotImplementedError

    def refuser(self, refus: Refus) -> None:
        """Put each remark of the register beside its field, else on top."""
        remarques = (
            [(a.chemin, a.phrase) for a in refus.anomalies]
            if isinstance(refus, FaitRefuse)
            else [(refus.champ, refus.phrase)]
        )
        for chemin, phrase in remarques:
            tete, _, nom = chemin.partition(".")
            champ = f"{PREFIXES[tete]}{nom}" if nom else CHAMPS.get(tete, tete)
            self.add_error(champ if champ in self.fields else None, phrase)


def _texte(caracteristique: Caracteristique, absence: str, _: Contexte) -> forms.Field:
    return Texte(
        label=caracteristique.libelle,
        absence=absence,
        help_text=caracteristique.aide,
        max_length=TEXTE_MAX,
    )


def _date(caracteristique: Caracteristique, absence: str, _: Contexte) -> forms.Field:
    return DateSaisie(label=caracteristique.libelle, absence=absence, help_text=caracteristique.aide)


def _oui_non(caracteristique: Caracteristique, absence: str, _: Contexte) -> forms.Field:
    return Choix(
        label=caracteristique.libelle,
        absence=absence,
        help_text=caracteristique.aide,
        choices=[("OUI", "Oui"), ("NON", "Non")],
        widget=Segmente(),
    )


def _code(caracteristique: Caracteristique, absence: str, contexte: Contexte) -> forms.Field:
    choix = contexte.choix(caracteristique.liste, sauf=("",))
    return _liste(caracteristique.libelle, absence, choices=choix, help_text=caracteristique.aide)


N = NatureCaracteristique
CONSTRUIRE: Mapping[N, Callable[[Caracteristique, str, Contexte], forms.Field]] = {
    N.TEXTE: _texte,
    N.DATE: _date,
    N.ENTIER: _texte,
    N.MONTANT: _texte,
    N.OUI_NON: _oui_non,
    N.CODE: _code,
    N.RPLS: _texte,
    N.PIECES: _texte,
}
"""A field for each nature of characteristic; figures are read by the register. Documents have a page of their own."""


class FormulaireEvenement(FormulaireFait):
    """The day, then the characteristics of the type, in their order, then a comment."""

    commentaire = Texte(
        label="Commentaire",
        help_text=f"Facultatif, {COMMENTAIRE_MAX} signes au plus.",
        max_length=COMMENTAIRE_MAX,
    )

    def preparer(self, contexte: Contexte) -> None:
        """One field for each characteristic."""
        self.type_evenement = contexte.type_evenement
        if self.type_evenement is None:
            return
        for c in self.type_evenement.caracteristiques:
            absence = "Remplissez cette information." if c.requis else ""
            self.fields[f"{PREFIXE}{c.nom}"] = CONSTRUIRE[c.nature](c, absence, contexte)
            dsfr_input_class_attr(self[f"{PREFIXE}{c.nom}"])  # as the base does for the fields that it knows
        derniers = [nom for nom in ("commentaire", MOTIF) if nom in self.fields]
        self.order_fields([*(nom for nom in self.fields if nom not in derniers), *derniers])

    def saisie(self, correction: Correction | None) -> EvenementSaisi:
        """Characteristics are told as texts."""
        valeurs = self.cleaned_data
        return EvenementSaisi(
            type=self.type_evenement.code if self.type_evenement else "",
            jour=valeurs["jour"],
            caracteristiques={
                nom.removeprefix(PREFIXE): str(valeur)
                for nom, valeur in valeurs.items()
                if nom.startswith(PREFIXE) and valeur
            },
            commentaire=valeurs["commentaire"],
            correction=correction,
        )


class _AvecBailleur(FormulaireFait):
    """The landlord, asked where the counter is no landlord's, and the priority publics that the actor may say."""

    bailleur = _liste("Bailleur", "Choisissez le bailleur.")
    rpls = Texte(
        label="Identifiant RPLS du logement",
        help_text="Dix chiffres ou lettres.",
        max_length=20,
    )
    publics = forms.MultipleChoiceField(
        label="Public prioritaire",
        required=False,
        widget=Cases(en_ligne=False),
    )

    def preparer(self, contexte: Contexte) -> None:
        """Only the publics that the actor may say, only the landlords to choose from."""
        self.fields["publics"].choices = [(p.code, p.intitule) for p in contexte.publics]
        self.fields["bailleur"].choices = [("", "Choisir"), *contexte.bailleurs]
        if not contexte.bailleurs:
            del self.fields["bailleur"]


class FormulaireDecision(_AvecBailleur):
    """A decision of the commission."""

    jour = DateSaisie(label="Date de la commission", absence="Indiquez la date de la commission.")
    code = Choix(label="Décision", absence="Choisissez la décision.", widget=forms.RadioSelect())
    rang = Nombre(label="Rang du candidat", help_text="Seulement pour un classement.", maximum=RANG_MAXIMUM)
    piece_1 = _liste("Pièce manquante", help_text="Seulement pour une condition suspensive.", required=False)
    piece_2 = _liste("Deuxième pièce manquante", required=False)
    piece_3 = _liste("Troisième pièce manquante", required=False)
    pieces_avant = DateSaisie(
        label="Pièces attendues au plus tard le",
        help_text="Seulement pour une condition suspensive.",
    )
    motivation = Texte(
        label="Motif notifié au ménage",
        help_text="Pour une non-attribution ou une irrecevabilité.",
        max_length=TEXTE_MAX,
    )
    field_order = (
        "jour", "bailleur", "code", "rang", *PIECES, "pieces_avant", "motivation", "rpls", "publics", MOTIF,
    )  # fmt: skip

    def preparer(self, contexte: Contexte) -> None:
        """The five decisions, the documents of the catalogue."""
        super().preparer(contexte)
        self.fields["code"].choices = contexte.choix("ListeDecisionCommission", vide=False)
        for nom in PIECES:
            self.fields[nom].choices = [("", "Aucune"), *contexte.pieces]

    def saisie(self, correction: Correction | None) -> DecisionSaisie:
        """What the act takes."""
        valeurs = self.cleaned_data
        return DecisionSaisie(
            code=valeurs["code"],
            jour=valeurs["jour"],
            bailleur=valeurs.get("bailleur", ""),
            rpls=valeurs["rpls"],
            rang=valeurs["rang"],
            pieces_manquantes=tuple(valeurs[nom] for nom in PIECES if valeurs[nom]),
            pieces_avant=valeurs["pieces_avant"],
            publics=tuple(valeurs["publics"]),
            motivation=valeurs["motivation"],
            correction=correction,
        )


class FormulaireAttribution(_AvecBailleur):
    """An allocation, lease signed or not."""

    jour = DateSaisie(label="Date de l’attribution", absence="Indiquez la date de l’attribution.")
    bail_signe = OuiNon(label="Bail signé", absence="Dites si le bail est signé.")
    bail_signe_le = DateSaisie(label="Date de signature du bail")
    deja_loge = Choix(
        label="Ménage déjà logé par ce bailleur",
        absence="Dites si le ménage était déjà logé par ce bailleur.",
    )
    accord = _liste("Accord collectif", "Choisissez l’accord, ou «\u00a0Aucun\u00a0».")
    reservataire = _liste("Réservataire", "Choisissez le réservataire, ou «\u00a0Hors contingent\u00a0».")
    convention_etat = _liste(
        "Convention de réservation de l’État",
        help_text="Seulement pour un contingent du préfet.",
        required=False,
    )
    au_titre_dalo = OuiNon(label="Attribué au titre du DALO")
    quartier_prioritaire = Choix(label="Logement en quartier prioritaire", required=False)
    commune = Texte(label="Commune du logement", help_text="Nécessaire sans identifiant RPLS.")
    type_logement = _liste("Type du logement", help_text="Nécessaire sans identifiant RPLS.", required=False)
    surface = Montant(label="Surface habitable, en m²", help_text="Nécessaire sans identifiant RPLS.")
    loyer = Montant(label="Loyer mensuel, en euros", help_text="Nécessaire sans identifiant RPLS.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adresse = [f"{PREFIXE_ADRESSE}{nom}" for nom in ADRESSE]
        self.order_fields(
            [
                "jour", "bailleur", "bail_signe", "bail_signe_le", "deja_loge", "accord", "reservataire",
                "convention_etat", "au_titre_dalo", "rpls", *adresse, "commune", "quartier_prioritaire",
                "type_logement", "surface", "loyer", "publics", MOTIF,
            ]
        )  # fmt: skip

    def preparer(self, contexte: Contexte) -> None:
        """The lists of the day."""
        super().preparer(contexte)
        if not contexte.lit_dalo:
            del self.fields["au_titre_dalo"]
        for nom, libelle in ADRESSE.items():
            dit = f"Adresse du logement, {libelle[0].lower()}{libelle[1:]}"
            self.fields[f"{PREFIXE_ADRESSE}{nom}"] = Texte(label=dit, max_length=LONGUEUR_LIGNE)
            dsfr_input_class_attr(self[f"{PREFIXE_ADRESSE}{nom}"])
        self.fields["quartier_prioritaire"].choices = contexte.choix("ListeZUS", vide=False)
        self.fields["deja_loge"].choices = contexte.choix("ListeBooleen", sauf=("NONDOC",), vide=False)
        self.fields["accord"].choices = contexte.choix("ListeAccordCollectif")
        self.fields["reservataire"].choices = contexte.choix("ListeTypeReservataire")
        self.fields["convention_etat"].choices = [
            ("", "Sans objet"),
            *contexte.choix("ListeConventionReservationEtat", vide=False),
        ]
        self.fields["type_logement"].choices = contexte.choix("ListeTypeLogementRPLS")

    def clean_commune(self) -> str:
        """INSEE code of the commune. Raises ``ValidationError`` with the near names."""
        cadre = self.contexte_fait.cadre
        commune = lire_commune(self.cleaned_data["commune"], cadre, territoire=cadre.territoire)
        return commune.code if commune else ""

    def saisie(self, correction: Correction | None) -> AttributionSaisie:
        """What the act takes: the fields bear its names."""
        adresse = {nom: self.cleaned_data[f"{PREFIXE_ADRESSE}{nom}"] for nom in ADRESSE}
        autres = {MOTIF, "publics", *(f"{PREFIXE_ADRESSE}{nom}" for nom in ADRESSE)}
        valeurs = {nom: valeur for nom, valeur in self.cleaned_data.items() if nom not in autres}
        return AttributionSaisie(
            **valeurs,
            adresse=adresse,
            publics=tuple(self.cleaned_data["publics"]),
            correction=correction,
        )


class FormulaireDalo(FormulaireFait):
    """A status, or a wait called abnormal."""

    jour = DateSaisie(label="À partir du", absence="Indiquez depuis quand.")
    nature = Choix(
        label="Ce que vous consignez",
        absence="Dites s’il s’agit du statut ou du délai.",
        choices=[(nature.value, libelle) for nature, libelle in LIBELLES_DALO.items()],
        widget=forms.RadioSelect(),
    )
    statut = _liste("Statut", help_text="Seulement pour un statut DALO.", required=False)
    fin = DateSaisie(label="Jusqu’au", help_text="Rien\u00a0: jusqu’à nouvel ordre.")
    diagnostic_social = OuiNon(label="Diagnostic social", help_text="Seulement pour un statut DALO.")
    accompagnement_social = OuiNon(label="Accompagnement social", help_text="Seulement pour un statut DALO.")
    typologie = _liste("Logement préconisé", help_text="Seulement pour un statut DALO.", required=False)
    field_order = (
        "nature", "statut", "jour", "fin", "diagnostic_social", "accompagnement_social", "typologie", MOTIF,
    )  # fmt: skip

    def preparer(self, contexte: Contexte) -> None:
        """The statuses of the list."""
        self.fields["statut"].choices = [
            ("", "Sans objet"),
            *contexte.choix("ListeStatutDalo", vide=False),
        ]
        self.fields["typologie"].choices = [
            ("", "Sans objet"),
            *contexte.choix("ListeTypologieLogementDalo", vide=False),
        ]

    def saisie(self, correction: Correction | None) -> FaitDaloSaisi:
        """What the act takes."""
        dites = {nom: valeur for nom, valeur in self.cleaned_data.items() if nom != MOTIF}
        return FaitDaloSaisi(**dites, correction=correction)


class FormulaireType(Formulaire):
    """Which type of event; its own page asks the rest."""

    type = Choix(
        label="Type d’événement", absence="Choisissez le type d’événement.", widget=forms.RadioSelect()
    )

    def __init__(self, *args: Any, types: Sequence[TypeEvenement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [(t.code, t.libelle) for t in types]


class FormulaireRetrait(Formulaire):
    """Why a fact is taken back."""

    motif = Texte(
        label="Motif du retrait",
        absence="Dites en une phrase pourquoi vous le retirez.",
        max_length=TEXTE_MAX,
    )
