"""What narrows a work list: a form sent by address, whose values name nobody."""

from typing import Any

from django import forms

from sne.referentiels.rules import Geographie
from sne.registre.listes.rules.listes import (
    PARTAGES,
    PERSONNES_ET_PLUS,
    Colonne,
    Filtre,
    Liste,
    Partage,
    etats_en_mots,
)
from sne.saisie.forms.champs import OUI_NON, Cadre
from sne.saisie.forms.commune import lire_commune
from sne.socle.forms import Choix, DateSaisie, Formulaire, Texte

TOUS = "Tous"
PERSONNES = [(str(n), str(n)) for n in range(1, PERSONNES_ET_PLUS)]


class FormulaireGarder(Formulaire):
    """Under which name a list is kept, and for whom."""

    nom = Texte(
        label="Nom de la liste",
        help_text="Ne nommez aucune personne",
        max_length=60,
        absence="Donnez un nom à la liste.",
    )
    partage = Choix(label="Qui la voit", widget=forms.Select(), absence="Choisissez qui voit la liste.")

    def __init__(self, *args: Any, partages: list[Partage], **kwargs: Any) -> None:
        """``partages``: those that this person may choose."""
        super().__init__(*args, **kwargs)
        self.fields["partage"].choices = [(str(p), PARTAGES[p]) for p in partages]

    def clean_partage(self) -> Partage:
        """Who sees it."""
        return Partage(self.cleaned_data["partage"])


def vers_adresse(filtre: Filtre, geographie: Geographie) -> dict[str, str]:
    """The filters as the address of a list says them."""
    commune = geographie.commune(filtre.commune) if filtre.commune else None
    dits = {
        "guichet": filtre.guichet,
        "etat": filtre.etat,
        "tri": filtre.tri.lower(),
        "ordre": "inverse" if filtre.inverse else "",
        "commune": commune.libelle if commune else "",
        "depot_du": f"{filtre.depot_du:%d/%m/%Y}" if filtre.depot_du else "",
        "depot_au": f"{filtre.depot_au:%d/%m/%Y}" if filtre.depot_au else "",
        "mutation": {True: "oui", False: "non", None: ""}[filtre.mutation],
        "personnes": str(filtre.personnes or ""),
        "type_logement": filtre.type_logement,
    }
    return {nom: valeur for nom, valeur in dits.items() if valeur}


class FormulaireListe(Formulaire):
    """Filters and order of a list. A wrong value is said, and narrows nothing."""

    guichet = Choix(label="Guichet", required=False, widget=forms.Select())
    etat = Choix(label="État", required=False, widget=forms.Select())
    ordre = Choix(label="Ordre", required=False, widget=forms.Select())
    commune = Texte(label="Commune souhaitée", help_text="Nom ou code postal")
    depot_du = DateSaisie(label="Déposée depuis le")
    depot_au = DateSaisie(label="Déposée jusqu’au")
    mutation = Choix(label="Déjà locataire du parc social", required=False, widget=forms.Select())
    personnes = Choix(label="Personnes à loger", required=False, widget=forms.Select())
    type_logement = Choix(label="Type de logement", required=False, widget=forms.Select())

    def __init__(
        self, *args: Any, liste: Liste, cadre: Cadre, guichets: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        """``guichets``: those to choose among, an empty code first for the whole territory; one is no choice."""
        super().__init__(*args, **kwargs)
        self.cadre = cadre
        self.triables = {str(colonne).lower(): colonne for colonne in liste.triables}
        self.fields["etat"].choices = [("", TOUS), *etats_en_mots(liste)]
        self.fields["ordre"].choices = list(zip(("", "inverse"), liste.ordres, strict=True))
        self.fields["mutation"].choices = [("", "Peu importe"), *OUI_NON]
        plus = (str(PERSONNES_ET_PLUS), f"{PERSONNES_ET_PLUS} et plus")
        self.fields["personnes"].choices = [("", "Peu importe"), *PERSONNES, plus]
        self.fields["type_logement"].choices = cadre.choix("ListeTypeLogement", vide=TOUS)
        self.defaut = guichets[0][0]
        if len(guichets) > 1:
            self.fields["guichet"].choices = guichets
        else:
            del self.fields["guichet"]

    def clean_commune(self) -> str:
        """INSEE code of the commune typed."""
        trouvee = lire_commune(self.cleaned_data["commune"], self.cadre, territoire=self.cadre.territoire)
        return trouvee.code if trouvee else ""

    def clean(self) -> dict[str, Any]:
        """A period ends after it starts."""
        donnees: dict[str, Any] = super().clean() or {}
        du, au = donnees.get("depot_du"), donnees.get("depot_au")
        if du and au and au < du:
            self.add_error(
                "depot_au", "Cette date est avant le début de la période. Corrigez l’une des deux."
            )
        return donnees

    def filtre(self) -> Filtre:
        """The filters chosen; each wrong one left out."""
        self.is_valid()
        lus = self.cleaned_data
        return Filtre(
            guichet=lus.get("guichet") or self.defaut,
            etat=lus.get("etat", ""),
            commune=lus.get("commune", ""),
            depot_du=lus.get("depot_du"),
            depot_au=lus.get("depot_au"),
            mutation={"oui": True, "non": False}.get(lus.get("mutation", "")),
            personnes=int(lus["personnes"]) if lus.get("personnes") else None,
            type_logement=lus.get("type_logement", ""),
            tri=str(self.tri or ""),
            inverse=lus.get("ordre") == "inverse",
        )

    @property
    def tri(self) -> Colonne | None:
        """The column whose order a header asked for; ``None``: the one that the list goes by."""
        return self.triables.get(self.data.get("tri", ""))

    @property
    def resserre(self) -> bool:
        """Whether something beyond the counter and the order was asked for, or badly asked for."""
        return any(self.data.get(nom) for nom in self.fields if nom not in ("guichet", "ordre"))
