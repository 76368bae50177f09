"""The households of a new bac, fictional, thirty of them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NOMS = (
    *(
        "Albaret",
        "Bessonnat",
        "Cazeneuve",
        "Delcourt",
        "Escudier",
        "Fontvieille",
        "Garrouste",
        "Hautefeuille",
    ),
    *("Imbault", "Jouvenel", "Kerbrat", "Lachassagne"),
)
PRENOMS = (
    *("Agathe", "Basile", "Cléo", "Damien", "Elvire", "Félix", "Gaëlle", "Hippolyte", "Iris", "Joachim"),
    *("Katell", "Léonie"),
)
JUMEAUX = 400  # days: old enough for its identity to be controlled


@dataclass(frozen=True, slots=True)
class Menage:
    """One household. ``depuis_jours``: how long ago it was registered; ``nouveau_nom``: asked since, and waiting."""

    nom: str
    prenoms: str
    naissance: str
    raison: str
    depuis_jours: int = 5
    types_logement: tuple[str, ...] = ("T3",)
    jumeau: bool = False
    radiee: bool = False
    nouveau_nom: str = ""
    autres: Mapping[str, Any] = field(default_factory=dict)

    def contenu(self, commune: str, code_postal: str) -> dict[str, Any]:
        """Its application in this commune, as a message would write it."""
        identite = {
            "civilite": "2",
            "nom_naissance": self.nom,
            "prenoms": self.prenoms,
            "date_naissance": self.naissance,
            "nationalite": "1",
        }
        adresse = {
            "etranger": False,
            "numero": "7",
            "voie": "rue du Lavoir",
            "code_postal": code_postal,
            "commune": commune,
        }
        personne = {"identite": identite, "situation_familiale": "C", "adresse_courrier": adresse}
        souhaits = {
            "types_logement": list(self.types_logement),
            "localisations": [{"commune": commune}],
            "accepte_autres_communes": True,
        }
        return {"titulaire": "PERSONNE", "demandeur": personne, "souhaits": souhaits, **self.autres}


def _ordinaires() -> list[Menage]:
    return [
        Menage(
            nom,
            prenom,
            f"19{70 + n}-0{1 + n % 9}-14",
            "dossier sans histoire",
            types_logement=(f"T{1 + n % 5}",),
        )
        for n, (nom, prenom) in enumerate(zip(NOMS, PRENOMS, strict=True))
    ]


LONG = "Montmorency de la Rochefoucauld-Bellegarde d’Entrecasteaux"
PACK: tuple[Menage, ...] = (
    *_ordinaires(),
    Menage("Sauveterre", "Paul", "1990-05-02", "jumeaux : le premier"),
    Menage("Sauveterre", "Pauline", "1990-05-02", "jumeaux : le second, justifié", jumeau=True),
    Menage(LONG, "Anne-Sophie Marie Eulalie", "1982-11-30", "nom plus large que le message"),
    Menage("Etcheverry-Larralde", "Maïalen Itziar", "1979-02-11", "noms composés"),
    Menage("Hoareau", "Expédit", "1968-07-19", "prénom de La Réunion"),
    Menage("Casalta", "Ghjulia", "1991-09-03", "née en Corse"),
    Menage("Ferrandi", "Petru", "1961-12-25", "née en Corse"),
    *(
        Menage(nom, "Camille", f"1975-0{n}-21", "validité près de finir", depuis_jours=350)
        for n, nom in enumerate(("Quenneville", "Rabastens", "Soubeyran"), 1)
    ),
    *(
        Menage(
            nom, "Dominique", f"1966-0{n}-08", "changement d’état civil en attente", 200, nouveau_nom=nouveau
        )
        for n, (nom, nouveau) in enumerate((("Tavernier", "Zylberstein"), ("Urbain", "Yvetot")), 1)
    ),
    *(
        Menage(nom, "Claude", f"1958-0{n}-17", "radiée à sa demande", 90, radiee=True)
        for n, nom in enumerate(("Valdenaire", "Wattrelos", "Xaintrailles"), 1)
    ),
    *(
        Menage(nom, "Andrea", f"1984-0{n}-27", "grand logement", types_logement=("T5",))
        for n, nom in enumerate(("Yourcenard", "Zaccaria", "Oriol"), 1)
    ),
)
"""``raison`` says what each one tells."""
