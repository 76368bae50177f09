"""How a subscription is set: what is sent, of what, when, to whom."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms

from sne.infocentre.abonnements.rules.calendrier import JOUR_MAX, Calendrier, Rythme, lire_calendrier
from sne.infocentre.abonnements.rules.decisions import Reglage
from sne.infocentre.abonnements.rules.periodes import LIBELLES as PERIODES
from sne.infocentre.abonnements.rules.periodes import lire_periode
from sne.infocentre.abonnements.selectors.rapports import CATEGORIE, FILTRES, GRAIN, TYPE
from sne.infocentre.fichiers.formats import Format
from sne.infocentre.rapports.rules.grains import Grain
from sne.socle.forms import Cases, Choix, Formulaire

TOUS = "Tous"
RYTHMES = [
    (Rythme.MOIS.value, "Chaque mois"),
    (Rythme.SEMAINE.value, "Chaque semaine"),
    (Rythme.TRIMESTRE.value, "Chaque trimestre"),
    (Rythme.ANNEE.value, "Chaque année, en janvier"),
    (Rythme.PUBLICATION.value, "À chaque nouvelle version du rapport, ou millésime de RPLS"),
]
FORMATS = [
    (Format.XLSX.value, "Tableur (XLSX)"),
    (Format.ODS.value, "Tableur libre (ODS)"),
    (Format.CSV.value, "Texte (CSV)"),
    (Format.PARQUET.value, "Parquet"),
]
CHAMPS_DES_FILTRES = {GRAIN: "par", TYPE: "type", CATEGORIE: "categorie"}
CROISSANT, DECROISSANT = "croissant", "decroissant"


def _filtre(code: str) -> Choix:
    """The values of a filter; all of them when none is chosen."""
    nom, valeurs = FILTRES[code]
    usuel = {GRAIN: Grain.GUICHET.value}.get(code, "")
    choix = [("", valeurs.get(usuel, TOUS)), *((v, mots) for v, mots in valeurs.items() if v != usuel)]
    return Choix(label=nom, required=False, widget=forms.Select(), choices=choix)


class FormulaireAbonnement(Formulaire):
    """``pour``: whose it is; it does not change once it is open."""

    pour = Choix(label="Pour qui", widget=forms.RadioSelect(), absence="Choisissez pour qui part l’envoi.")
    roles = forms.MultipleChoiceField(
        label="Qui le reçoit dans le lieu",
        help_text="Les personnes qui tiennent ces rôles le jour de l’envoi. Sans effet pour vous seul.",
        required=False,
        widget=Cases(en_ligne=False),
        error_messages={"invalid_choice": "Ce rôle n’est pas dans la liste. Choisissez-en un autre."},
    )
    rythme = Choix(
        label="Quand", widget=forms.Select(), choices=RYTHMES, absence="Choisissez quand l’envoi part."
    )
    jour = Choix(
        label="Quel jour",
        help_text="Du mois, de 1 à 28\u00a0; chaque semaine\u00a0: de 1 (lundi) à 7 (dimanche).",
        widget=forms.Select(),
        choices=[(str(n), str(n)) for n in range(1, JOUR_MAX + 1)],
        absence="Choisissez un jour.",
    )
    periode = Choix(
        label="Période",
        widget=forms.Select(),
        choices=[(p.value, libelle) for p, libelle in PERIODES.items()],
        absence="Choisissez la période sur laquelle porte l’envoi.",
    )
    format = Choix(
        label="Fichier joint",
        widget=forms.Select(),
        choices=FORMATS,
        absence="Choisissez le format du fichier.",
    )
    par = _filtre(GRAIN)
    type = _filtre(TYPE)
    categorie = _filtre(CATEGORIE)
    tri = Choix(label="Trier par", required=False, widget=forms.Select())
    ordre = Choix(
        label="Ordre",
        required=False,
        widget=forms.Select(),
        choices=[(CROISSANT, "Du plus petit au plus grand"), (DECROISSANT, "Du plus grand au plus petit")],
    )
    sauf_vide = forms.BooleanField(label="Ne rien envoyer quand il n’y a eu aucune activité", required=False)
    epinglee = forms.BooleanField(
        label="Rester sur cette version du rapport tant qu’elle n’est pas retirée", required=False
    )

    def __init__(
        self,
        *args: Any,
        places: Sequence[tuple[str, str]],
        roles: Sequence[tuple[str, str]],
        colonnes: Sequence[tuple[str, str]],
        grains: Collection[str],
        **kwargs: Any,
    ) -> None:
        """``places``: for whom it may be opened, empty once it is; ``colonnes``, ``grains``: those of the version."""
        super().__init__(*args, **kwargs)
        par = self.fields["par"]
        par.choices = [(code, nom) for code, nom in par.choices if not code or code in grains]
        self.fields["roles"].choices = roles
        self.fields["tri"].choices = [("", "Le nom des lignes"), *colonnes]
        if places:
            self.fields["pour"].choices = places
        else:
            del self.fields["pour"]

    def reglage(self, rapport: str, version: int) -> Reglage:
        """What was chosen. Raises ``Interdit`` on the field (a day that its rhythm does not have)."""
        dit = self.cleaned_data
        filtres = tuple((code, dit[champ]) for code, champ in CHAMPS_DES_FILTRES.items() if dit[champ])
        signe = "-" if dit["ordre"] == DECROISSANT else ""
        return Reglage(
            rapport=rapport,
            version=version,
            periode=lire_periode(dit["periode"]),
            calendrier=lire_calendrier(dit["rythme"], int(dit["jour"])),
            format=dit["format"],
            filtres=filtres,
            tri=f"{signe}{dit['tri']}" if dit["tri"] else "",
            roles=tuple(dit["roles"]),
            epinglee=dit["epinglee"],
            sauf_vide=dit["sauf_vide"],
        )


def initiales(reglage: Reglage) -> dict[str, Any]:
    """A setting as the form shows it."""
    return {
        **_jour(reglage.calendrier),
        "roles": list(reglage.roles),
        "periode": reglage.periode.value,
        "format": reglage.format,
        **{champ: dict(reglage.filtres).get(code, "") for code, champ in CHAMPS_DES_FILTRES.items()},
        "tri": reglage.tri.removeprefix("-"),
        "ordre": DECROISSANT if reglage.tri.startswith("-") else CROISSANT,
        "sauf_vide": reglage.sauf_vide,
        "epinglee": reglage.epinglee,
    }


def depuis_le_rapport(demande: Mapping[str, str]) -> dict[str, Any]:
    """What the page of a report was showing, with the usual rest: each month on the 5th, the last twelve months."""
    garde = {champ: demande.get(champ, "") for champ in (*CHAMPS_DES_FILTRES.values(), "tri", "ordre")}
    if garde["par"] == Grain.GUICHET:
        garde["par"] = ""
    return {
        "rythme": Rythme.MOIS.value,
        "jour": "5",
        "periode": next(iter(PERIODES)).value,
        "format": Format.XLSX.value,
        **garde,
    }


def _jour(calendrier: Calendrier) -> dict[str, str]:
    return {"rythme": calendrier.rythme.value, "jour": str(calendrier.jour or 1)}
