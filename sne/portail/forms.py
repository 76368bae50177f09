"""Forms of the portal, but those of a demande: references, objections, codes, e-mails, contacts, requests."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy, gettext_noop
from dsfr.utils import dsfr_input_class_attr

from sne.attestations.rules import ReferenceInvalide, lire_reference
from sne.demandeurs.rules.codes import lire_code, lire_mots
from sne.demandeurs.rules.niveaux import NatureContact
from sne.documents.boite import Boite
from sne.documents.forms import FormulaireFichiers
from sne.documents.rules.mesures import poids
from sne.portail.lignes import dire_mot
from sne.portail.refus import dire_refus
from sne.referentiels.rules import Ambigue, CommuneChoix, Trouvee
from sne.referentiels.selectors import get_geographie
from sne.registre.avis.rules.changement import phrase
from sne.registre.avis.rules.opposition import CONTACT_MAX
from sne.registre.contenu.rules.controles.contacts import proposer_domaine
from sne.registre.demande.rules import numero_unique
from sne.registre.rattachement.rules.contacts import lire_contact
from sne.registre.requete.rules.requete import LIBELLES, VALEUR_MAX, GenreRequete
from sne.socle.erreurs import Refus
from sne.socle.forms import Cases, Choix, Formulaire, Texte
from sne.socle.langues import LANGUES
from sne.socle.requete import identifiant
from sne.socle.saisie import DateIllisible, lire_date

COMMUNES_DITES = 8
CONTACT_TAPE_MAX, CODE_TAPE_MAX = 254, 20
TEL_QUEL = "tel_quel"
"""Name of the button that keeps an address as it was typed; its value is that address."""
RIEN_DE_COCHE = gettext_noop("Cochez au moins une ligne, ou revenez sans rien faire.")
"""Said by the register, which speaks French: named here, it is translated."""
AUTRE_REFERENCE = gettext_noop("Recopiez les 12 signes imprimés sous le code à scanner.")


class FormulaireDuMenage(Formulaire):
    """What an act refuses is told in the language of the page."""

    def refuser(self, refus: Refus) -> None:
        self.add_error(refus.champ if refus.champ in self.fields else None, dire_refus(refus.phrase))


class FormulaireReference(Formulaire):
    """The reference printed under the code; spaces, hyphens and case do not matter."""

    reference = Texte(
        label=gettext_lazy("Référence de l’attestation"),
        help_text=gettext_lazy(
            "12 lettres et chiffres, imprimés sous le code à scanner. Exemple : 7KMR-W3XQ-9TFA"
        ),
        max_length=40,
        absence=gettext_lazy("Tapez les 12 signes imprimés sous le code à scanner."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_reference(self) -> Any:
        """The twelve signs."""
        try:
            return lire_reference(self.cleaned_data["reference"])
        except ReferenceInvalide as exc:
            francais = (get_language() or "fr").startswith("fr")
            raise forms.ValidationError(str(exc) if francais else gettext(AUTRE_REFERENCE)) from exc


class FormulaireCommune(Formulaire):
    """Where somebody lives or wishes to live: a town, or its postcode."""

    commune = Texte(
        label=gettext_lazy("Ville ou code postal"),
        absence=gettext_lazy("Tapez le nom d’une ville, ou son code postal."),
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )

    def clean_commune(self) -> CommuneChoix:
        """The commune, without doubt; where several answer, they are named as they may be typed."""
        saisie = self.cleaned_data["commune"]
        match get_geographie().resoudre_partout(saisie):
            case Trouvee(commune):
                return commune
            case Ambigue(candidates):
                raise forms.ValidationError(
                    gettext("Plusieurs villes répondent\u00a0: %(villes)s.") % {"villes": _nommer(candidates)}
                )
        raise forms.ValidationError(
            gettext("Cette ville n’est pas connue. Vérifiez son nom, ou tapez son code postal.")
        )


class FormulaireLangue(Formulaire):
    """The language of messages, each under the name that its speakers give it."""

    langue = Choix(
        label=gettext_lazy("Nous vous écrivons en"),
        choices=[(langue.code, langue.nom) for langue in LANGUES],
        absence=gettext_lazy("Choisissez une langue."),
        widget=forms.RadioSelect(),
    )


class Contact(Texte):
    """An e-mail or a mobile, read as it is compared."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=CONTACT_TAPE_MAX,
            absence=gettext_lazy("Tapez une adresse électronique ou un téléphone portable."),
            widget=forms.TextInput(attrs={"autocomplete": "email", "spellcheck": "false", "dir": "ltr"}),
            **options,
        )

    def clean(self, value: Any) -> str:
        lu = lire_contact(super().clean(value))
        if not lu:
            raise forms.ValidationError(
                gettext("Tapez une adresse électronique entière, ou un téléphone portable.")
            )
        return lu


class Naissance(Texte):
    """A birth date, read as a day of the calendar."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Votre date de naissance"),
            help_text=gettext_lazy("Jour, mois, année. Exemple : 14/03/1987"),
            max_length=30,
            absence=gettext_lazy("Tapez votre date de naissance."),
            widget=forms.TextInput(attrs={"autocomplete": "bday", "spellcheck": "false", "dir": "ltr"}),
        )

    def clean(self, value: Any) -> date:
        try:
            return lire_date(super().clean(value))
        except DateIllisible as exc:
            raise forms.ValidationError(
                gettext("Tapez le jour, le mois et l’année, par exemple 14/03/1987.")
            ) from exc


class FormulaireNumero(Formulaire):
    """The unique number, as it is printed; what it is worth is said by the register."""

    numero = Texte(
        label=gettext_lazy("Votre numéro de demande"),
        help_text=gettext_lazy("Il a 18 caractères et figure sur votre attestation."),
        max_length=40,
        absence=gettext_lazy("Tapez votre numéro de demande."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
    )


class FormulaireDemandeDeCode(FormulaireNumero):
    """The number, and a contact that is on file: whether they go together is said to nobody."""

    contact = Contact(
        label=gettext_lazy("Une adresse électronique ou un téléphone portable de votre demande"),
        help_text=gettext_lazy("Nous y envoyons un code à 6 chiffres. Exemple : 06 12 34 56 78"),
    )

    def clean_numero(self) -> str:
        """Eighteen signs that may be a number."""
        saisi = str(self.cleaned_data["numero"])
        try:
            numero_unique.lire(saisi)
        except numero_unique.NumeroInvalide as exc:
            raise forms.ValidationError(
                gettext("Ce numéro n’est pas complet. Recopiez ses 18 caractères.")
            ) from exc
        return saisi


class FormulaireNouveauContact(Formulaire):
    """An e-mail or a mobile, in place of the one on file."""

    contact = Contact(
        label=gettext_lazy("Votre nouvelle adresse électronique, ou votre nouveau téléphone portable"),
        help_text=gettext_lazy("Nous y envoyons un code à 6 chiffres. Exemple : 06 12 34 56 78"),
    )


class FormulaireNumeroPerdu(Formulaire):
    """A contact on file and a birth date: whether they go together is said to nobody."""

    contact = Contact(
        label=gettext_lazy("Une adresse électronique ou un téléphone portable de votre demande"),
        help_text=gettext_lazy("Nous y envoyons votre numéro. Exemple : 06 12 34 56 78"),
    )
    naissance = Naissance()


class FormulaireCourriel(Formulaire):
    """An e-mail that a code will prove, and who reads it."""

    courriel = Texte(
        label=gettext_lazy("Votre adresse électronique"),
        help_text=gettext_lazy("Nous y envoyons un code à 6 chiffres. Exemple : nom@exemple.fr"),
        max_length=CONTACT_TAPE_MAX,
        absence=gettext_lazy("Tapez votre adresse électronique."),
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false", "dir": "ltr"}
        ),
    )
    nature = forms.ChoiceField(
        label=gettext_lazy("Qui lit cette boîte ?"),
        choices=[
            (NatureContact.PERSONNEL, gettext_lazy("Moi")),
            (NatureContact.PARTAGE, gettext_lazy("Moi et d’autres")),
            (NatureContact.AIDANT, gettext_lazy("Une personne qui m’aide")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Dites qui lit cette boîte.")},
    )

    def clean_courriel(self) -> str:
        """As it is compared."""
        lu = lire_contact(self.cleaned_data["courriel"])
        if "@" not in lu:
            raise forms.ValidationError(gettext("Tapez une adresse électronique entière."))
        return lu

    @property
    def proposee(self) -> str:
        """The address that was probably meant; empty when the one typed looks right, or was kept by a button."""
        courriel = self.cleaned_data["courriel"]
        domaine = proposer_domaine(courriel)
        if not domaine or self.data.get(TEL_QUEL) == courriel:
            return ""
        return f"{courriel.rpartition('@')[0]}@{domaine}"


class FormulaireDepart(FormulaireCourriel):
    """The same of somebody who has no number: with their birth date, what they began is found again."""

    field_order = ("courriel", "naissance", "nature", "mots")

    naissance = Naissance()
    mots = Texte(
        label=gettext_lazy("Vos deux mots, si nous vous en avons donné"),
        max_length=60,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}
        ),
    )

    def clean_mots(self) -> str:
        """As they are compared."""
        return lire_mots(self.cleaned_data["mots"])


class ChampDeCode(Texte):
    """The six digits that were received; spaces do not matter."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            max_length=CODE_TAPE_MAX,
            absence=gettext_lazy("Tapez le code à 6 chiffres que vous avez reçu."),
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "one-time-code",
                    "inputmode": "numeric",
                    "spellcheck": "false",
                    "dir": "ltr",
                }
            ),
        )

    def clean(self, value: Any) -> str:
        """Six digits. Raises ``ValidationError``."""
        lu = lire_code(super().clean(value))
        if not lu:
            raise forms.ValidationError(gettext("Le code a 6 chiffres. Recopiez-le."))
        return lu


class FormulaireDuCode(Formulaire):
    """The code that opens a demande."""

    code = ChampDeCode(gettext_lazy("Votre code à 6 chiffres"))


class FormulaireDesCodes(Formulaire):
    """One code for each contact, as each is called."""

    def __init__(self, *args: Any, noms: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rang, nom in enumerate(noms):
            self.fields[f"code{rang}"] = ChampDeCode(gettext("Code reçu à %(contact)s") % {"contact": nom})
            dsfr_input_class_attr(self[f"code{rang}"])

    @property
    def codes(self) -> tuple[str, ...]:
        """What was typed, in the order of the contacts."""
        return tuple(self.cleaned_data[nom] for nom in self.fields)


class FormulaireDocument(FormulaireFichiers):
    """The photos or files of one document, sent with the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self["fichiers"].label = gettext("Photos ou fichiers")

    @staticmethod
    def consigne(boite: Boite, *, seul: bool) -> str:  # noqa: ARG004 - as its base
        """What is accepted, said before anything is chosen."""
        return gettext(
            "PDF, JPEG, PNG ou HEIC. Plusieurs photos à la fois\u00a0: %(nombre)s au plus, %(poids)s en tout."
        ) % {"nombre": boite.accueil.au_plus, "poids": poids(boite.limites.octets)}

    @property
    def pages(self) -> list[tuple[uuid.UUID, int]]:
        """Files sent ahead, in the order of the page, each with its clockwise turn in degrees; one may be moved up."""
        cles = self.envois if self.is_bound else []
        monte = identifiant(self.data.get("monter", "")) if self.is_bound else None
        if monte in cles[1:]:
            rang = cles.index(monte)
            cles[rang - 1 : rang + 1] = monte, cles[rang - 1]
        return [(cle, self._tour(cle)) for cle in cles]

    def _tour(self, cle: uuid.UUID) -> int:
        dit = self.data.get(f"tour-{cle}", "")
        return int(dit) if dit in {"90", "180", "270"} else 0

    @property
    def garde(self) -> bool:
        """Files are only to be kept, so as to put them in order."""
        return self.is_bound and "garder" in self.data

    @property
    def range(self) -> bool:
        """The button only puts in order what is sent, and sends nothing."""
        return self.is_bound and bool({"garder", "monter", "retirer"} & self.data.keys())

    def clean(self) -> None:
        """At least one file, and no more than are taken at once."""
        if not self.envoyes and not self.envois:
            self.add_error("fichiers", gettext("Choisissez au moins une photo ou un fichier."))
        if self.en_trop:
            self.add_error("fichiers", gettext("Il y a trop de fichiers. Envoyez-en moins à la fois."))


PAPIERS: Mapping[str, Any] = {
    "IDENTITE": gettext_lazy("Carte d’identité ou passeport"),
    "SEJOUR": gettext_lazy("Titre de séjour"),
    "FILIATION": gettext_lazy("Livret de famille ou acte de naissance"),
    "SEPARATION": gettext_lazy("Jugement, convention, ou accord écrit de la personne qui part"),
}
"""Papers that are sent in photo, as households call them."""


class FormulairePapier(FormulaireDocument):
    """The same of one of these papers: who somebody is, what proves a change asked of a counter."""

    papier = forms.ChoiceField(
        label=gettext_lazy("Quel document envoyez-vous\u00a0?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez un document.")},
    )
    field_order = ("papier", "fichiers")

    def __init__(self, *args: Any, papiers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papier"].choices = [(papier, PAPIERS[papier]) for papier in papiers]
        self.fields["papier"].initial = papiers[0] if len(papiers) == 1 else None


def _nommer(communes: Sequence[CommuneChoix]) -> str:
    """« Bastia (2B033) », as it may be typed, a few at most."""
    noms = [f"{c.nom} ({c.code})" for c in communes[:COMMUNES_DITES]]
    return ", ".join((*noms, "…") if len(communes) > COMMUNES_DITES else noms)


class FormulaireContestation(FormulaireDuMenage):
    """Where to reach somebody; what may be kept is said by the register, so that nothing is refused twice."""

    formulaire = forms.CharField(widget=forms.HiddenInput)
    contact = Texte(
        label=gettext_lazy("Où pouvons-nous vous joindre\u00a0?"),
        help_text=gettext_lazy(
            "Un téléphone ou une adresse électronique que personne d’autre ne lit. Aucun guichet ne le verra."
        ),
        max_length=10 * CONTACT_MAX,
    )

    def refuser(self, refus: Refus) -> None:
        self.full_clean()
        self.errors.clear()
        super().refuser(refus)


class FormulaireOpposition(FormulaireContestation):
    """The same, with one box for each change that a notice told."""

    field_order = ("formulaire", "codes", "contact")

    codes = forms.MultipleChoiceField(
        label=gettext_lazy("Dites-nous ce qui n’est pas vous"), widget=Cases(en_ligne=False), required=False
    )

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(code, dire_mot(phrase(code)) or phrase(code)) for code in codes]


class FormulaireRequete(FormulaireDuMenage):
    """What a counter is asked to change; what may be kept is said by the register."""

    field_order = ("formulaire", "genre", "texte")

    formulaire = forms.CharField(widget=forms.HiddenInput)
    genre = Choix(
        label=gettext_lazy("Que faut-il changer\u00a0?"),
        widget=forms.RadioSelect(),
        absence=gettext_lazy("Choisissez ce qu’il faut changer."),
    )
    texte = Texte(
        label=gettext_lazy("Que doit dire votre demande\u00a0?"),
        help_text=gettext_lazy(
            "Écrivez-le comme sur votre document. N’écrivez jamais votre numéro de sécurité sociale\u00a0: pour lui, "
            "laissez vide."
        ),
        max_length=10 * VALEUR_MAX,
    )

    def __init__(self, *args: Any, genres: Sequence[GenreRequete], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["genre"].choices = [(str(genre), gettext(LIBELLES[genre])) for genre in genres]
