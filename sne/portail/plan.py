"""What a household reads and changes by itself: a second plan over the pages of entry, with its own words.

The fields, their rules and what they make are those of ``saisie``; this says which pages are opened here, how their
fields are asked of the person who reads, and what of a page stays as the file has it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_noop

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.brut import Brut
from sne.saisie.forms.champs import Cadre
from sne.saisie.forms.pages import PAGES, Page, PageAdresse
from sne.saisie.forms.propose import TextePropose


@dataclass(frozen=True, slots=True)
class Volet:
    """One part of the declaration. ``code``: its page of ``saisie``; ``gabarit``: of its fields, when the household's
    differs; ``garde``: the group of rows that stays as the file has it; ``gardes``: the fields that do.
    """

    code: str
    intitule: str
    gabarit: str = ""
    garde: str = ""
    gardes: frozenset[str] = frozenset()

    @property
    def titre(self) -> str:
        """In the language of the page."""
        return gettext(self.intitule)

    @property
    def page(self) -> type[Page]:
        return A_PART.get(self.code) or PAGES[self.code]

    @property
    def champs(self) -> str:
        """Template of the fields."""
        return self.gabarit or self.page.gabarit

    def completer(self, brut: Brut, contenu: Contenu, cadre: Cadre) -> Brut:
        """What was posted, with what this page leaves as it is; what somebody posted there all the same is kept, for
        the register to refuse.
        """
        if not (self.garde or self.gardes):
            return brut
        tel_quel = self.page.saisie(contenu, cadre)
        gardes = {nom for nom in tel_quel if self.garde and nom.startswith(f"{self.garde}-")} | self.gardes
        return {nom: saisi for nom, saisi in tel_quel.items() if nom in gardes} | brut


A_PART: Mapping[str, type[Page]] = {PageAdresse.code: PageAdresse}
"""Pages that a demande is not filed by."""
VOLETS: Mapping[str, Volet] = {
    volet.code: volet
    for volet in (
        Volet(PageAdresse.code, gettext_noop("Votre adresse"), "portail/menage/champs_adresse.html"),
        Volet("foyer", gettext_noop("Votre foyer"), "portail/menage/champs_foyer.html", "cotitulaires"),
        Volet("situation", gettext_noop("Votre travail")),
        Volet("ressources", gettext_noop("Vos revenus")),
        Volet("logement", gettext_noop("Votre logement actuel")),
        Volet("motifs", gettext_noop("Pourquoi vous demandez un logement")),
        Volet("souhaits", gettext_noop("Le logement que vous souhaitez")),
        Volet(
            "preferences",
            gettext_noop("Comment nous vous écrivons"),
            "portail/menage/champs_preferences.html",
            # Nothing is sent yet of each event; who helps is said at a counter, with them.
            gardes=frozenset({"notification_evenements", "accompagne", "courriel_accompagnant"}),
        ),
    )
}
LIBELLES: Mapping[str, str] = {
    "possede": "Possédez-vous un autre logement\u00a0?",
    "accepte_autres_communes": "Si rien ne se présente dans ces villes, accepteriez-vous une autre ville\u00a0?",
    "accepte_rez_de_chaussee": "Accepteriez-vous un rez-de-chaussée\u00a0?",
    "accepte_sans_ascenseur": "Accepteriez-vous un immeuble sans ascenseur\u00a0?",
    "accepte_quartier_prioritaire": "Accepteriez-vous un quartier prioritaire de la ville\u00a0?",
    "avec_stationnement": "Souhaitez-vous une place de stationnement\u00a0?",
    "colocation": "Souhaitez-vous une colocation\u00a0?",
    "date_entree": "Vous y habitez depuis le",
    "nombre_habitants": "Combien de personnes y habitent, avec vous\u00a0?",
    "avis_renouvellement_electronique": "Voulez-vous recevoir par courriel le rappel de renouveler\u00a0?",
    "notification_sms": "Pouvons-nous vous écrire par SMS\u00a0?",
    "lien_parente": "Qui est-ce pour vous\u00a0?",
    "lien_demandeur": "Qui est-ce pour vous\u00a0?",
    "habite_ailleurs": "J’habite à une autre adresse",
    "sans_nir": "Pas de numéro de sécurité sociale",
    "accompagne": "Une personne ou un service vous aide-t-il\u00a0?",
    "concernes": "Qui est concerné\u00a0?",
}
"""Labels that speak to the household, by field; the others say a thing and not a person."""


AIDES: Mapping[str, str] = {
    "sans_nir": "Un numéro pourra être ajouté plus tard.",
    "concernes": "Seulement si le logement doit en tenir compte.",
}
"""Help that speaks to the household, by field."""
RANG = re.compile(r"(.*?)( \d+)?", re.DOTALL)
LIEUX = frozenset({"pays"})
"""Lists of names of places, which stay as they are written in France."""
CONTEXTES = (
    "Cotitulaire",
    "Enfant",
    "Enfant accueilli",
    "Personne à charge",
    "Personnes à charge",
    "Demandeur",
    "ressource",
    "pension versée",
    "Logement actuel",
    "Logement possédé",
    "Fiche sans personne",
)
"""What an error of a field is told of, besides somebody’s name."""
ABSENCES: Mapping[str, str] = {"accepte_autres_communes": "Choisissez Oui ou Non."}
"""What is said of a field left empty, by field."""


def adresser(page: Page, montre: Callable[[str], bool] | None = None) -> Page:
    """The same page, whose words speak to who reads it, in their language; before it is checked, for those of its
    errors. ``montre``: whether the field of this name is shown, where some are not.
    """
    for formulaire in page.montres:
        formulaire.contexte = ", ".join(map(dire, formulaire.contexte.split(", ")))
        for nom, champ in formulaire.fields.items():
            if montre is None or montre(formulaire.add_prefix(nom)):
                _dire_le_champ(nom, champ, formulaire[nom])
    return page


def _dire_le_champ(nom: str, champ: forms.Field, dit: BoundField) -> None:
    """Its words, in the language of the page."""
    champ.label = dit.label = dire(LIBELLES.get(nom) or dit.label)
    champ.help_text = dit.help_text = dire(AIDES.get(nom) or dit.help_text)
    if nom == "nir" or "inputmode" in champ.widget.attrs:  # digits, e-mails: from left to right everywhere
        champ.widget.attrs["dir"] = "ltr"
    if exemple := champ.widget.attrs.get("placeholder"):
        champ.widget.attrs["placeholder"] = dire(exemple)
    if nom in ABSENCES:
        champ.error_messages["required"] = ABSENCES[nom]
    if isinstance(champ, forms.ChoiceField) and nom not in LIEUX:
        proposes = cast("list[tuple[str, str]]", champ.choices)
        champ.choices = [(code, dire(libelle)) for code, libelle in proposes]
    if isinstance(champ, TextePropose):
        champ.proposant = replace(champ.proposant, bouton=dire(champ.proposant.bouton))


def dire(texte: object) -> str:
    """A text of a field in the language of the page; a rank at its end stays."""
    lu = RANG.fullmatch(str(texte))
    assert lu is not None  # anything fits
    tete, rang = lu.groups()
    return f"{gettext(tete) if tete else ''}{rang or ''}"
