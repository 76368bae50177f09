"""How a service fares, in a word and a sentence: in service, in trouble, off; what is not known is said so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sne.connecteurs.rules.disjoncteur import INCONNU, Etat
from sne.connecteurs.rules.reponses import NOMS, Motif, Service


class Sante(StrEnum):
    """In a word."""

    EN_SERVICE = "En service"
    PERTURBE = "Perturbé"
    ETEINT = "Éteint"
    INCONNU = "Jamais interrogé"


SANS_ADRESSE = "Cette installation n’a pas l’adresse de ce service."
ETEINT_ICI = "L’exploitant l’a éteint pour votre territoire."
INDEX = "Les adresses sont cherchées dans l’index tenu par ce service, chargé le {}."
SANS_INDEX = "L’index des adresses tenu par ce service est vide."
PAS_ENCORE = "Personne n’en a encore eu besoin."
RAISONS: Mapping[Motif, str] = {
    Motif.ETEINT: "",
    Motif.LENT: "Il met trop de temps à répondre.",
    Motif.INDISPONIBLE: "Il ne répond pas.",
    Motif.ILLISIBLE: "Ses réponses ne peuvent pas être lues.",
    Motif.REFUSE: "Il refuse nos questions.",
    Motif.TROP: "Il demande à être moins interrogé.",
}


@dataclass(frozen=True, slots=True)
class ServiceVu:
    """``depuis``: since when it is in trouble, if it is; ``dernier_succes``: when it last answered, if it ever did."""

    service: Service
    sante: Sante
    raison: str
    depuis: datetime | None
    dernier_succes: datetime | None

    @property
    def nom(self) -> str:
        """Its name, as people call it."""
        return NOMS[self.service]


def voir(service: Service, etat: Etat | None, *, adresse: bool, eteint_ici: bool) -> ServiceVu:
    """What is said of it. Off comes first: nothing is asked then, and what is remembered is no news."""
    etat = etat or INCONNU
    if not adresse or eteint_ici:
        raison = ETEINT_ICI if adresse else SANS_ADRESSE
        return ServiceVu(service, Sante.ETEINT, raison, None, etat.dernier_succes)
    if etat.perturbe_depuis:
        raison = RAISONS[etat.dernier_motif] if etat.dernier_motif else ""
        return ServiceVu(service, Sante.PERTURBE, raison, etat.perturbe_depuis, etat.dernier_succes)
    if etat.dernier_succes is None:
        return ServiceVu(service, Sante.INCONNU, PAS_ENCORE, None, None)
    return ServiceVu(service, Sante.EN_SERVICE, "", None, etat.dernier_succes)


def voir_index(charge_le: date | None, *, eteint_ici: bool) -> ServiceVu:
    """What is said of addresses when our own index answers: the day it was last loaded, if it was."""
    if eteint_ici or charge_le is None:
        return ServiceVu(Service.BAN, Sante.ETEINT, ETEINT_ICI if eteint_ici else SANS_INDEX, None, None)
    return ServiceVu(Service.BAN, Sante.EN_SERVICE, INDEX.format(f"{charge_le:%d/%m/%Y}"), None, None)
