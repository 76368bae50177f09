"""The household of every measure: two adults, three children, eight communes of Haute-Corse; all fictional.

Names, birth dates and numbers change with the rank; everything else stays, so that two measures write the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from stdnum.fr import nir as stdnum_nir

from sne.habilitations.rules import SYSTEME, Role, mandat
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.depot.actions.construire import Depot, PieceVue
from sne.registre.depot.actions.reprendre import Reprise
from sne.socle.acteur import Acteur, Canal, Perimetre
from sne.socle.horloge import jour
from sne.socle.identifiants import uuid7

TERRITOIRE, GUICHET = "02B", "GD2B1"
NOMS_DES_COMMUNES = (
    "Bastia",
    "Biguglia",
    "Calvi",
    "Canale-di-Verde",
    "Corte",
    "Furiani",
    "Lucciana",
    "Patrimonio",
)
COMMUNES = ("2B033", "2B037", "2B050", "2B057", "2B096", "2B120", "2B148", "2B205")
VOEUX: Mapping[str, tuple[str, ...]] = {
    TERRITOIRE: NOMS_DES_COMMUNES,
    "099": (
        *("Aurette-la-Ville", "Les Ormeaux", "Clairval", "Montfleury"),
        *("Vaugrand", "Port-Aurette", "Fontenelle", "Belroche"),
    ),
    "111": (
        *("Nanterre", "Colombes", "Courbevoie", "Aubervilliers"),
        *("Drancy", "Créteil", "Argenteuil", "Sarcelles"),
    ),
    "974": (
        *("Saint-Denis", "Saint-Paul", "Saint-Pierre", "Le Tampon"),
        *("Saint-André", "Saint-Louis", "Saint-Benoît", "Le Port"),
    ),
}
"""The eight communes that the household asks for, wherever measures register."""
PREMIER_PAYS_LIBRE, PAYS_LIBRES, RANGS = 523, 476, 999  # countries of birth that INSEE never gave
PREMIERE_NAISSANCE, JOURS_DE_NAISSANCE = date(1950, 1, 1), 18_262
SYLLABES = "ba cor dui fal ghe jau lem mir nou pra ris sto tel vau xen zor".split(" ")  # noqa: SIM905 - short
JUSTIFICATION = "Ce sont d’autres personnes : les pièces d’identité ont été comparées."


@dataclass(frozen=True, slots=True)
class Adulte:
    """What changes from one adult to another. ``nir``: 15 signs, right key, of a birthplace that does not exist."""

    nom: str
    prenoms: str
    naissance: date
    nir: str
    telephone: str


def adulte(rang: int, *, sexe: int) -> Adulte:
    """The woman (``sexe`` 2) or the man (1) of the household of that rank."""
    naissance = PREMIERE_NAISSANCE + timedelta(days=(rang * 7919 + sexe * 104_729) % JOURS_DE_NAISSANCE)
    pays = PREMIER_PAYS_LIBRE + rang // RANGS % PAYS_LIBRES
    corps = f"{sexe}{naissance:%y%m}99{pays}{rang % RANGS + 1:03d}"
    return Adulte(
        nom=_mot(rang * 31 + sexe),
        prenoms=_mot(rang * 17 + sexe + 5),
        naissance=naissance,
        nir=corps + str(stdnum_nir.calc_check_digits(corps)),
        telephone=f"06{(rang * 2 + sexe) % 100_000_000:08d}",
    )


def contenu(rang: int) -> Contenu:
    """The whole content of the household of that rank: about 3 KB once stored."""
    femme, homme = adulte(rang, sexe=2), adulte(rang, sexe=1)
    return Contenu.model_validate(
        {
            "titulaire": "PERSONNE",
            "demandeur": {**_personne(femme, "2"), "adresse_courrier": _adresse()},
            "cotitulaires": [{**_personne(homme, "1"), "lien_demandeur": "M"}],
            "foyer": {"personnes_a_charge": [_enfant(rang_enfant, femme.nom) for rang_enfant in range(3)]},
            "logement_actuel": {
                "adresse": _adresse(),
                "statuts_occupation": ["LP"],
                "date_entree": "2019-09-01",
                "loyer_mensuel": "720.00",
                "aide_logement_mensuelle": "112.00",
                "nombre_habitants": 5,
                "categorie": "A",
                "type": "T2",
                "surface": "38",
            },
            "logement_possede": {"possede": False},
            "motifs": {"codes": ["13", "09"]},
            "souhaits": {
                "categorie": "A",
                "types_logement": ["T4", "T5"],
                "localisations": [{"commune": code} for code in COMMUNES],
                "accepte_autres_communes": True,
                "accepte_rez_de_chaussee": True,
                "accepte_sans_ascenseur": False,
                "avec_stationnement": True,
                "loyer_maximum": "750.00",
            },
            "precisions": "Nous vivons à cinq dans un deux-pièces au quatrième étage sans ascenseur. " * 5,
        }
    )


def depot(rang: int, instant: datetime) -> Depot:
    """A deposit ready to be registered; close demandes are looked for, found or not, and set aside with a sentence."""
    recu = jour(instant)
    return Depot(
        id=uuid7(),
        territoire=TERRITOIRE,
        guichet=GUICHET,
        contenu=contenu(rang),
        date_reception=recu,
        nirs={"demandeur": adulte(rang, sexe=2).nir, "cotitulaire:1": adulte(rang, sexe=1).nir},
        piece_vue=PieceVue("CNI", recu),
        doublons_ecartes=JUSTIFICATION,
    )


def saisie(rang: int, *, territoire: str = TERRITOIRE) -> dict[str, dict[str, list[str]]]:
    """The same household as typed on the screens, step by step: what a draft keeps before its last step."""
    femme, homme = adulte(rang, sexe=2), adulte(rang, sexe=1)
    foyer = {"cotitulaires-nombre": "1", "enfants-nombre": "3", "cotitulaires-1-lien_demandeur": "M"}
    foyer |= {f"cotitulaires-1-{nom}": valeur for nom, valeur in _etat_civil_tape(homme, "1").items()}
    for n in range(1, 4):
        enfant = _enfant(n - 1, femme.nom)
        foyer |= {f"enfants-{n}-{nom}": enfant[nom] for nom in ("nom", "prenoms", "sexe", "lien_parente")}
        foyer[f"enfants-{n}-date_naissance"] = f"0{n}/05/{enfant['date_naissance'][:4]}"
    etapes: dict[str, dict[str, str | list[str]]] = {
        "personne": {
            **_etat_civil_tape(femme, "2"),
            "pays_adresse": "france",
            "numero": "12",
            "voie": "rue des Embruns",
            "code_postal": "20200",
            "commune": "Bastia",
            "telephone_portable": femme.telephone,
            "courriel": f"{femme.prenoms.lower()}@exemple.fr",
        },
        "foyer": {**foyer},
        "souhaits": {
            "types_logement": ["T4", "T5"],
            "categorie": "A",
            "accepte_autres_communes": "oui",
            "loyer_maximum": "750",
            **{f"commune_{n}": nom for n, nom in enumerate(VOEUX[territoire], start=1)},
        },
        "doublons": {"justification": JUSTIFICATION},
    }
    return {
        code: {nom: valeur if isinstance(valeur, list) else [valeur] for nom, valeur in brut.items()}
        | {"continuer": ["oui"]}
        for code, brut in etapes.items()
    }


def verification(recu: date) -> dict[str, str]:
    """What is typed on the last step."""
    tape = recu.strftime("%d/%m/%Y")
    return {
        "piece_type": "CNI",
        "piece_vue_le": tape,
        "date_reception": tape,
        "anteriorite_motif": "",
        "relu": "on",
        "continuer": "oui",
    }


def reprise(rang: int, instant: datetime) -> Reprise:
    """The same household coming from a former system, with one renewal."""
    recu = jour(instant) - timedelta(days=400 + rang % 300)
    ancien = depot(rang, instant - timedelta(days=400 + rang % 300))
    return Reprise(ancien, (recu + timedelta(days=360),))


def agent() -> Acteur:
    """An agent of the guichet, without any account behind."""
    return Acteur(
        id=uuid7(),
        nom="Agent de mesure",
        canal=Canal.GUICHET,
        mandats=(mandat(Role.AGENT_GUICHET, Perimetre(TERRITOIRE, GUICHET)),),
        guichet=GUICHET,
        territoire=TERRITOIRE,
        correlation=uuid7(),
    )


def reprise_de_masse() -> Acteur:
    """The service itself, with an agent's rights over the territory: who takes over a former system."""
    return Acteur(
        id=SYSTEME,
        nom="Reprise de mesure",
        canal=Canal.SYSTEME,
        mandats=(mandat(Role.AGENT_GUICHET, Perimetre(TERRITOIRE)),),
    )


def _etat_civil_tape(qui: Adulte, civilite: str) -> dict[str, str]:
    return {
        "civilite": civilite,
        "nom_naissance": qui.nom,
        "prenoms": qui.prenoms,
        "date_naissance": qui.naissance.strftime("%d/%m/%Y"),
        "nationalite": "1",
        "situation_familiale": "M",
        "nir": qui.nir,
    }


def _personne(qui: Adulte, civilite: str) -> dict[str, Any]:
    return {
        "identite": {
            "civilite": civilite,
            "nom_naissance": qui.nom,
            "prenoms": qui.prenoms,
            "date_naissance": qui.naissance,
            "nationalite": "1",
        },
        "situation_familiale": "M",
        "contact": {"telephone_portable": qui.telephone, "courriel": f"{qui.prenoms.lower()}@exemple.fr"},
        "situation_professionnelle": {
            "statut": "CDI",
            "profession": "Infirmière" if civilite == "2" else "Infirmier",
            "employeur": "Centre hospitalier fictif de Bastia",
            "lieu_travail": {"etranger": False, "commune": "2B033", "code_postal": "20200"},
        },
        "revenus_fiscaux": {
            "n_moins_1": {"annee": 2025, "montant": "18500"},
            "n_moins_2": {"annee": 2024, "montant": "17900"},
        },
        "ressources": {"recues": [{"nature": "SAL", "montant_mensuel": "1650.00"}]},
    }


def _adresse() -> dict[str, Any]:
    return {
        "etranger": False,
        "numero": "12",
        "voie": "rue des Embruns",
        "batiment": "B",
        "code_postal": "20200",
        "commune": "2B033",
    }


def _enfant(rang: int, nom: str) -> dict[str, Any]:
    return {
        "identifiant": str(rang + 1),
        "nom": nom,
        "prenoms": ("Lisa", "Marie", "Ghjulia")[rang],
        "date_naissance": f"201{rang * 3}-05-0{rang + 1}",
        "sexe": "F",
        "lien_parente": "E",
    }


def _mot(graine: int) -> str:
    """A pronounceable word, another one for each of 65 536 seeds."""
    rangs = (graine * 40_503 % 65_536, graine % 65_536)
    indices = (rangs[0] & 15, rangs[0] >> 4 & 15, rangs[0] >> 8 & 15, rangs[0] >> 12 & 15)
    return "".join(SYLLABES[i] for i in indices).capitalize()
