"""The households of a new bac, fictional, thirty of them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sne.registre.demande.rules.radiation import MotifRadiation

NOMS = (
    "Albaret",
    "Bessonnat",
    "Cazeneuve",
    "Delcourt",
    "Escudier",
    "Fontvieille",
    "Garrouste",
    "Hautefeuille",
)
PRENOMS = ("Agathe", "Basile", "Cléo", "Damien", "Elvire", "Félix", "Gaëlle", "Hippolyte")
ADRESSES: Mapping[str, Mapping[str, str]] = {
    "outre-mer": {"numero": "4", "voie": "chemin des Filaos", "code_postal": "97400", "commune": "97411"},
    "corse": {"numero": "11", "voie": "cours Napoléon", "code_postal": "20000", "commune": "2A004"},
}
"""Elsewhere than in a bac."""
CONJOINT: Mapping[str, Any] = {
    "identite": {
        "civilite": "1",
        "nom_naissance": "Montferrand",
        "prenoms": "Sacha",
        "date_naissance": "1980-04-19",
        "nationalite": "1",
    },
    "lien_demandeur": "C",
    "situation_familiale": "C",
}
"""Who is left by the household that a separation is told of."""


@dataclass(frozen=True, slots=True)
class Menage:
    """One household. ``depuis_jours``: how long ago it was registered; ``nouveau_nom``: asked since, and waiting;
    ``adresse``: elsewhere than in the bac; ``radiee``: why it was struck off; ``separee``: somebody left it, for an
    address that must stay secret; ``volee``: another guichet took it, two managers put it back; ``dalo``: recognised by
    the commission.
    """

    nom: str
    prenoms: str
    naissance: str
    raison: str
    depuis_jours: int = 5
    types_logement: tuple[str, ...] = ("T3",)
    jumeau: bool = False
    radiee: MotifRadiation | None = None
    expiree: bool = False
    separee: bool = False
    nouveau_nom: str = ""
    adresse: Mapping[str, Any] = field(default_factory=dict)
    association: bool = False
    volee: bool = False
    dalo: bool = False

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
            **self.adresse,
        }
        personne = {"identite": identite, "situation_familiale": "C", "adresse_courrier": adresse}
        souhaits = {
            "types_logement": list(self.types_logement),
            "localisations": [{"commune": commune}],
            "accepte_autres_communes": True,
        }
        if self.association:
            dite = {"nom": self.nom, "siren": "999000094", "adresse_courrier": adresse}
            return {"titulaire": "ASSOCIATION", "association": dite, "souhaits": souhaits}
        couple = {"cotitulaires": [CONJOINT]} if self.separee else {}
        return {"titulaire": "PERSONNE", "demandeur": personne, "souhaits": souhaits, **couple}


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
    Menage("Hoareau", "Expédit", "1968-07-19", "adresse de La Réunion", adresse=ADRESSES["outre-mer"]),
    Menage("Casalta", "Ghjulia", "1991-09-03", "adresse de Corse", adresse=ADRESSES["corse"]),
    Menage("Toits d’Encre", "", "", "association", association=True),
    Menage("Pelletier", "Alix", "1983-06-11", "séparée, adresse secrète", 60, separee=True),
    Menage("Ferrandi", "Petru", "1961-12-25", "expirée, à renouveler encore", 370, expiree=True),
    *(
        Menage(nom, "Camille", f"1975-0{n}-21", "validité près de finir", depuis_jours=350)
        for n, nom in enumerate(("Quenneville", "Rabastens"), 1)
    ),
    *(
        Menage(
            nom, "Dominique", f"1966-0{n}-08", "changement d’état civil en attente", 200, nouveau_nom=nouveau
        )
        for n, (nom, nouveau) in enumerate((("Tavernier", "Zylberstein"), ("Urbain", "Yvetot")), 1)
    ),
    Menage("Valdenaire", "Claude", "1958-01-17", "radiée à sa demande", 90, radiee=MotifRadiation.RADABA),
    Menage("Wattrelos", "Claude", "1958-02-17", "radiée, sans réponse", 90, radiee=MotifRadiation.RADCON),
    Menage(
        "Xaintrailles", "Claude", "1958-03-17", "radiée, non renouvelée", 420, radiee=MotifRadiation.RADREN
    ),
    Menage("Imbault", "Claude", "1958-04-17", "radiée, logée", 90, radiee=MotifRadiation.RADATT),
    Menage("Jouvenel", "Claude", "1958-05-17", "radiée, irrecevable", 90, radiee=MotifRadiation.RADIRR),
    Menage("Kerbrat", "Katell", "1987-03-09", "prise par un autre guichet, puis rendue", volee=True),
    Menage("Lachassagne", "Léonie", "1972-08-15", "reconnue prioritaire (DALO)", 60, dalo=True),
    *(
        Menage(nom, "Andrea", f"1984-0{n}-27", "grand logement", types_logement=("T5",))
        for n, nom in enumerate(("Yourcenard", "Zaccaria"), 1)
    ),
)
"""``raison`` says what each one tells."""
