"""One household from its rank: the whole content of its application, its numbers, its dates, its counter."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from sne.demo.generation.calendrier import Vie, tirer_vie
from sne.demo.generation.foyers import SITUATION_DU_LIEN, Enfant, Foyer, tirer_foyer
from sne.demo.generation.identites import Adulte
from sne.demo.generation.logements import adresse, logement_actuel, motifs, tirer_logement
from sne.demo.generation.numeros import courriel_fictif, nir_fictif, telephone_fictif
from sne.demo.generation.souhaits import handicap, souhaits
from sne.demo.generation.travail import (
    Travail,
    ressources,
    revenus_fiscaux,
    situation_professionnelle,
    tirer_travail,
)
from sne.demo.generation.urnes import Urne, une_fois_sur
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.parametres import ParametresDemande

GRAINE = "val-d-aurette-1"
ORIGINE_DES_CLES = 1_767_225_600_000  # milliseconds: 1 January 2026; any fixed instant will do
PART_AVEC_NIR, PART_HANDICAP, PART_ACCOMPAGNEE, PART_PORTAIL = 0.92, 0.05, 0.06, 0.25
PRECISIONS = (
    "Le logement doit rester proche de l’école des enfants.",
    "Horaires décalés : logement proche d’une ligne de bus souhaité.",
    "La famille garde ses attaches dans la commune.",
    "Disponible pour une visite à tout moment.",
)


@dataclass(frozen=True, slots=True)
class Lieu:
    """A commune of the fictional département: INSEE code, postal code, weight (population)."""

    code: str
    code_postal: str
    population: int


@dataclass(frozen=True, slots=True)
class Decor:
    """What households are drawn against: the day, the places, the counters (busiest first), the legal durations."""

    jour: date
    lieux: tuple[Lieu, ...]
    guichets: tuple[str, ...]
    portail: str
    durees: ParametresDemande

    def communes(self) -> Urne[Lieu]:
        """Communes, weighted by population."""
        return Urne((lieu, lieu.population) for lieu in self.lieux)

    def codes(self) -> Urne[str]:
        """Their INSEE codes, weighted the same way."""
        return Urne((lieu.code, lieu.population) for lieu in self.lieux)


@dataclass(frozen=True, slots=True)
class Menage:
    """A household and the life of its application. ``nirs``: raw fictional numbers by person reference."""

    rang: int
    id: uuid.UUID
    guichet: str
    contenu: Contenu
    nirs: Mapping[str, str]
    piece: str
    vie: Vie


class Generateur:
    """Draws households by rank against one setting."""

    def __init__(self, decor: Decor, *, graine: str = GRAINE) -> None:
        self.decor, self.graine = decor, graine
        self._lieux, self._codes = decor.communes(), decor.codes()
        poids = [(code, 1 / (rang + 3)) for rang, code in enumerate(decor.guichets)]
        du_portail = sum(p for _, p in poids) * PART_PORTAIL / (1 - PART_PORTAIL)
        self._guichets = Urne([*poids, (decor.portail, du_portail)])

    def cle(self, rang: int) -> uuid.UUID:
        """Identifier of the application of that rank: a UUIDv7 that depends on seed and rank only."""
        aleas = Random(f"{self.graine}/cle/{rang}").getrandbits(74)  # noqa: S311 - nothing secret here
        bits = (ORIGINE_DES_CLES + rang) << 80 | 7 << 76 | (aleas >> 62) << 64 | 2 << 62 | aleas & (2**62 - 1)
        return uuid.UUID(int=bits)

    def vie(self, rang: int) -> Vie:
        """The dates of that rank alone: cheap, to write in the order of the years."""
        return tirer_vie(self._hasard("dates", rang), self.decor.jour, durees=self.decor.durees)

    def menage(self, rang: int) -> Menage:
        """The household of that rank."""
        vie = self.vie(rang)
        hasard = self._hasard("foyer", rang)
        foyer = tirer_foyer(hasard, vie.depot, self._codes)
        contenu = Contenu.model_validate(self._contenu(hasard, foyer, rang=rang, jour=vie.depot))
        return Menage(
            rang=rang,
            id=self.cle(rang),
            guichet=self._guichets.tirer(hasard),
            contenu=contenu,
            nirs=_nirs(hasard, foyer, rang=rang),
            piece=_piece(hasard, foyer.demandeur),
            vie=vie,
        )

    def _hasard(self, usage: str, rang: int) -> Random:
        return Random(f"{self.graine}/{usage}/{rang}")  # noqa: S311 - nothing secret here

    def _contenu(self, hasard: Random, foyer: Foyer, *, rang: int, jour: date) -> dict[str, Any]:
        lieu = self._lieux.tirer(hasard)
        commune = (lieu.code, lieu.code_postal)
        logement = tirer_logement(hasard, foyer, jour)
        malade = une_fois_sur(hasard, PART_HANDICAP)
        travaux = [tirer_travail(hasard, adulte, jour) for adulte in foyer.adultes]
        adultes = [self._adulte(hasard, foyer, travaux, rang=i, jour=jour) for i in range(len(travaux))]
        revenus = sum(
            float(ligne["montant_mensuel"]) for a in adultes for ligne in a["ressources"].get("recues", ())
        )
        contact, preferences = _contact(hasard, foyer.demandeur, rang)
        adultes[0]["contact"] = contact
        adultes[0]["adresse_courrier"] = adresse(hasard, logement, commune=commune, hote=_hote(hasard, foyer))
        return {
            "titulaire": "PERSONNE",
            "demandeur": adultes[0],
            "cotitulaires": [{**a, "lien_demandeur": foyer.lien} for a in adultes[1:]],
            "foyer": _foyer(foyer),
            "logement_actuel": logement_actuel(hasard, logement),
            "logement_possede": {"possede": False},
            "motifs": motifs(hasard, foyer, logement, handicap=malade),
            "souhaits": souhaits(
                hasard, foyer, communes=self._codes, habitee=lieu.code, ressources=round(revenus)
            ),
            "handicaps": [handicap(hasard)] if malade else [],
            "preferences": preferences,
            "precisions": hasard.choice(PRECISIONS) if une_fois_sur(hasard, 0.08) else None,
            "accompagnant": {"accompagne": True} if une_fois_sur(hasard, PART_ACCOMPAGNEE) else {},
        }

    def _adulte(
        self, hasard: Random, foyer: Foyer, travaux: Sequence[Travail], *, rang: int, jour: date
    ) -> dict[str, Any]:
        lieu, travail = self._lieux.tirer(hasard), travaux[rang]
        return {
            "identite": _identite(hasard, foyer, foyer.adultes[rang]),
            "situation_familiale": SITUATION_DU_LIEN.get(foyer.lien, foyer.situation),
            "situation_professionnelle": situation_professionnelle(travail, (lieu.code, lieu.code_postal)),
            "revenus_fiscaux": revenus_fiscaux(hasard, travail, jour.year),
            "ressources": ressources(hasard, foyer, travaux, rang=rang, jour=jour),
        }


def _identite(hasard: Random, foyer: Foyer, adulte: Adulte) -> dict[str, Any]:
    conjoint = next((a for a in foyer.adultes if a is not adulte), None)
    usage = None
    if adulte.sexe == "F" and foyer.lien == "M" and conjoint is not None and une_fois_sur(hasard, 0.65):
        usage = conjoint.nom if une_fois_sur(hasard, 0.85) else f"{adulte.nom} {conjoint.nom}"
    return {
        "civilite": adulte.civilite,
        "nom_naissance": adulte.nom,
        "nom_usage": usage,
        "prenoms": adulte.prenoms,
        "date_naissance": adulte.naissance,
        "date_naissance_presumee": True if adulte.presumee else None,
        "lieu_naissance": adulte.lieu,
        "nationalite": adulte.nationalite,
    }


def _contact(hasard: Random, adulte: Adulte, rang: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Ways to reach the applicant, and the preferences that they allow."""
    contact: dict[str, Any] = {}
    telephone = telephone_fictif(rang)
    if telephone is not None:
        numero, mobile = telephone
        contact["telephone_portable" if mobile else "telephone_domicile"] = numero
    if une_fois_sur(hasard, 0.75):
        contact["courriel"] = courriel_fictif(adulte.prenoms.split(",")[0], adulte.nom, rang)
    preferences = {
        "notification_sms": "telephone_portable" in contact and une_fois_sur(hasard, 0.8),
        "avis_renouvellement_electronique": "courriel" in contact and une_fois_sur(hasard, 0.7),
    }
    return contact, preferences


def _hote(hasard: Random, foyer: Foyer) -> str:
    return f"{hasard.choice(('M.', 'Mme'))} {foyer.demandeur.nom}"


def _foyer(foyer: Foyer) -> dict[str, Any]:
    attendu = foyer.naissance_prevue
    return {
        "personnes_a_charge": [_a_charge(e, str(i + 1)) for i, e in enumerate(foyer.a_charge)],
        "enfants_en_garde": [
            {"date_naissance": e.naissance, "sexe": e.sexe, "mode_garde": e.garde} for e in foyer.en_garde
        ],
        "enfants_a_naitre": {"nombre": 1, "date_prevue": attendu} if attendu else {},
    }


def _a_charge(enfant: Enfant, identifiant: str) -> dict[str, Any]:
    return {
        "identifiant": identifiant,
        "nom": enfant.nom,
        "prenoms": enfant.prenom,
        "date_naissance": enfant.naissance,
        "sexe": enfant.sexe,
        "lien_parente": "E",
    }


def _nirs(hasard: Random, foyer: Foyer, *, rang: int) -> dict[str, str]:
    references = ("demandeur", "cotitulaire:1")
    return {
        reference: nir_fictif(
            adulte.civilite, adulte.naissance, rang=rang, cotitulaire=i == 1, presumee=adulte.presumee
        )
        for i, (reference, adulte) in enumerate(zip(references, foyer.adultes, strict=False))
        if une_fois_sur(hasard, PART_AVEC_NIR)
    }


def _piece(hasard: Random, adulte: Adulte) -> str:
    if adulte.nationalite == "3":
        return "TITRE_SEJOUR"
    return "CNI" if une_fois_sur(hasard, 0.8) else "PASSEPORT"


def par_dates(generateur: Generateur, rangs: Iterable[int]) -> list[int]:
    """Ranks in the order of their deposit dates, so that numbers grow with the years."""
    return sorted(rangs, key=lambda rang: generateur.vie(rang).depot)
