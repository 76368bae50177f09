"""Who of the territory may sign in at the simulated FranceConnect, a case each: the file that it reads."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Self

from sne.demo.generation.menages import Generateur, Menage
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.demande.rules.cycle_de_vie import Statut

FICTIVES = "99"  # communes that exist in the demonstration only: the State knows no birth there


@dataclass(frozen=True, slots=True)
class Civil:
    """A civil status as a provider gives it: first names between spaces, INSEE code of the birthplace."""

    prenoms: str
    nom: str
    nee: str
    genre: str
    lieu: str

    @classmethod
    def de(cls, identite: Identite) -> "Self | None":
        """That of a file, when the State could know it whole."""
        lieu = identite.lieu_naissance.commune if identite.lieu_naissance else ""
        if not lieu or lieu.startswith(FICTIVES) or identite.date_naissance is None:
            return None
        prenoms = (identite.prenoms or "").replace(",", "")
        genre = "male" if identite.civilite == "1" else "female"
        return cls(prenoms, identite.nom_naissance or "", identite.date_naissance.isoformat(), genre, lieu)


@dataclass(frozen=True, slots=True)
class Cas:
    """Why somebody is there, and who they are in a household; ``None`` where that household shows no such case."""

    code: str
    libelle: str
    qui: Callable[[Menage], Civil | None]


def civil_du_titulaire(menage: Menage, statut: Statut = Statut.ACTIVE) -> Civil | None:
    """The applicant of a demande that stands so, as the State knows them; ``None`` where it could not."""
    demandeur = menage.contenu.demandeur
    if menage.vie.statut != statut or demandeur is None or demandeur.identite.date_naissance_presumee:
        return None
    return Civil.de(demandeur.identite)


def _prenom_de_plus(menage: Menage) -> Civil | None:
    civil = civil_du_titulaire(menage)
    return replace(civil, prenoms=f"{civil.prenoms} Dominique") if civil else None


def _marie(menage: Menage) -> Civil | None:
    """The State knows another birth name than the file, which wrote the name in use in its place."""
    civil, demandeur = civil_du_titulaire(menage), menage.contenu.demandeur
    if civil is None or demandeur is None or not demandeur.identite.nom_usage:
        return None
    return replace(civil, nom=demandeur.identite.nom_usage)


def _cotitulaire(menage: Menage) -> Civil | None:
    cotitulaires = menage.contenu.cotitulaires
    return Civil.de(cotitulaires[0].identite) if cotitulaires and civil_du_titulaire(menage) else None


CAS = (
    Cas("titulaire", "Titulaire d’une demande de la démonstration", civil_du_titulaire),
    Cas("autre-titulaire", "Titulaire d’une autre demande de la démonstration", civil_du_titulaire),
    Cas("prenom", "Titulaire, un prénom de plus à l’état civil que dans la demande", _prenom_de_plus),
    Cas("usage", "Titulaire, connu de l’État sous le nom d’usage de la demande", _marie),
    Cas("cotitulaire", "Cotitulaire d’une demande", _cotitulaire),
    Cas(
        "expiree",
        "Titulaire d’une demande expirée",
        lambda menage: civil_du_titulaire(menage, Statut.EXPIREE),
    ),
    Cas("radiee", "Titulaire d’une demande radiée", lambda menage: civil_du_titulaire(menage, Statut.RADIEE)),
)


def fichier_des_usagers(generateur: Generateur, taille: int) -> str:
    """One person a case, each of a household of their own, with the traits of their file or nearly (JSON)."""
    trouves = list(_usagers(generateur, taille))
    return json.dumps(trouves, ensure_ascii=False, indent=2)


def _usagers(generateur: Generateur, taille: int) -> Iterator[dict[str, object]]:
    """The last ranks first: stories are told of the first ones."""
    restent = list(CAS)
    for rang in reversed(range(taille)):
        menage = generateur.menage(rang)
        for cas in restent:
            civil = cas.qui(menage)
            if civil is not None:
                restent.remove(cas)
                traits = [civil.prenoms, civil.nom, civil.nee, civil.genre, civil.lieu]
                yield {"code": f"{cas.code}-{rang}", "cas": cas.libelle, "traits": traits}
                break
        if not restent:
            return
