"""The random households that present themselves: all fictional, each the same for the same seed and rank."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from stdnum.fr import nir as stdnum_nir

from sne.registre.contenu.rules.arbre.racine import Contenu

TERRITOIRE = "099"
COMMUNES = ("99001", "99002", "99003", "99004", "99005", "99006", "99007")
CODES_POSTAUX = ("99000", "99240", "99200", "99120", "99260", "99310", "99150")
SYLLABES = (
    "ba",
    "cor",
    "dui",
    "fal",
    "ghe",
    "jau",
    "lem",
    "mir",
    "nou",
    "pra",
    "ris",
    "sto",
    "tel",
    "vau",
    "xen",
    "zor",
)
FEMME, HOMME = "2", "1"
PREMIER_PAYS_LIBRE, PAYS_LIBRES, RANGS = 523, 476, 999  # countries of birth that INSEE never gave
PREMIERE_NAISSANCE, JOURS_DE_NAISSANCE = date(1945, 1, 1), 18_000
LOYER_DE_DEPART = 400


@dataclass(frozen=True, slots=True)
class Adulte:
    """One adult. ``nir``: with its right key, of a birthplace that does not exist."""

    civilite: str
    nom: str
    prenoms: str
    naissance: date
    nir: str


@dataclass(frozen=True, slots=True)
class Foyer:
    """One household. ``donne_ses_nirs``: its adults show their social-security number."""

    rang: int
    adultes: tuple[Adulte, ...]
    enfants: int
    donne_ses_nirs: bool
    courriel: str
    voie: int
    lieu: int

    @property
    def nirs(self) -> dict[str, str]:
        """Numbers handed in, by person."""
        if not self.donne_ses_nirs:
            return {}
        references = ("demandeur", "cotitulaire:1")
        return dict(zip(references, (a.nir for a in self.adultes), strict=False))


def tirer(rang: int, hasard: Random) -> Foyer:
    """The household of that rank."""
    civilites = [FEMME, HOMME] if hasard.random() < 0.4 else [hasard.choice((FEMME, HOMME))]
    hasard.shuffle(civilites)
    return Foyer(
        rang=rang,
        adultes=tuple(_adulte(rang, civilite, hasard) for civilite in civilites),
        enfants=hasard.choice((0, 0, 1, 2, 3)),
        donne_ses_nirs=hasard.random() < 0.8,
        courriel=f"foyer.{rang}@exemple.fr" if hasard.random() < 0.7 else "",
        voie=hasard.randint(1, 99),
        lieu=hasard.randrange(len(COMMUNES)),
    )


def identifiant(rang: int, numero: int) -> uuid.UUID:
    """The identifier of the ``numero``-th demande of a household: of version 7, ordered by rank, the same each time."""
    return uuid.UUID(int=(rang << 80) | (7 << 76) | (2 << 62) | numero)


def contenu(foyer: Foyer) -> Contenu:
    """What the household says when it registers."""
    demandeur, *autres = (_personne(foyer, adulte) for adulte in foyer.adultes)
    demandeur["adresse_courrier"] = {
        "etranger": False,
        "numero": str(foyer.voie),
        "voie": "rue des Tanneurs",
        "code_postal": CODES_POSTAUX[foyer.lieu],
        "commune": COMMUNES[foyer.lieu],
    }
    return Contenu.model_validate(
        {
            "titulaire": "PERSONNE",
            "demandeur": demandeur,
            "cotitulaires": [{**autre, "lien_demandeur": "M"} for autre in autres],
            "foyer": {"personnes_a_charge": [_enfant(foyer, n) for n in range(foyer.enfants)]},
            "souhaits": {
                "types_logement": [f"T{min(5, len(foyer.adultes) + foyer.enfants)}"],
                "localisations": [{"commune": COMMUNES[foyer.lieu]}],
                "accepte_autres_communes": foyer.rang % 2 == 0,
                "loyer_maximum": str(LOYER_DE_DEPART),
            },
        }
    )


def changer(actuel: Contenu, fois: int) -> Contenu:
    """The same household, whose means changed: another rent each time."""
    loyer = Decimal(LOYER_DE_DEPART + fois)
    return actuel.model_copy(update={"souhaits": actuel.souhaits.model_copy(update={"loyer_maximum": loyer})})


def _adulte(rang: int, civilite: str, hasard: Random) -> Adulte:
    naissance = PREMIERE_NAISSANCE + timedelta(days=hasard.randrange(JOURS_DE_NAISSANCE))
    pays = PREMIER_PAYS_LIBRE + rang // RANGS % PAYS_LIBRES
    corps = f"{civilite}{naissance:%y%m}99{pays}{rang % RANGS + 1:03d}"
    return Adulte(
        civilite=civilite,
        nom=_mot(rang * 31 + int(civilite)),
        prenoms=_mot(hasard.randrange(65_536)),
        naissance=naissance,
        nir=corps + str(stdnum_nir.calc_check_digits(corps)),
    )


def _personne(foyer: Foyer, adulte: Adulte) -> dict[str, Any]:
    contact: dict[str, str] = {
        "telephone_portable": f"06{(foyer.rang * 2 + int(adulte.civilite)) % 100_000_000:08d}"
    }
    if foyer.courriel:
        contact["courriel"] = foyer.courriel
    return {
        "identite": {
            "civilite": adulte.civilite,
            "nom_naissance": adulte.nom,
            "prenoms": adulte.prenoms,
            "date_naissance": adulte.naissance,
            "nationalite": "1",
        },
        "situation_familiale": "M" if len(foyer.adultes) > 1 else "C",
        "contact": contact,
    }


def _enfant(foyer: Foyer, rang: int) -> dict[str, Any]:
    return {
        "identifiant": str(rang + 1),
        "nom": foyer.adultes[0].nom,
        "prenoms": ("Lisa", "Noé", "Ghjulia")[rang],
        "date_naissance": f"20{10 + rang}-05-0{rang + 1}",
        "sexe": "M" if rang == 1 else "F",
        "lien_parente": "E",
    }


def _mot(graine: int) -> str:
    """A pronounceable word, another one for each of 65 536 seeds."""
    melange = graine * 40_503 % 65_536
    return "".join(SYLLABES[melange >> decalage & 15] for decalage in (0, 4, 8, 12)).capitalize()
