"""Two households of the territory who may sign in at the simulated FranceConnect: the file that it reads."""

import json
from collections.abc import Iterator

from sne.demo.generation.menages import Generateur, Menage
from sne.registre.demande.rules.cycle_de_vie import Statut

COMBIEN = 2
FICTIVES = "99"  # communes that exist in the demonstration only: the State knows no birth there


def fichier_des_usagers(generateur: Generateur, taille: int) -> str:
    """Applicants of open demandes whose birth is wholly known, with the very traits of their file (JSON)."""
    usagers = _usagers(generateur, taille)
    trouves = [usager for usager, _ in zip(usagers, range(COMBIEN), strict=False)]
    return json.dumps(trouves, ensure_ascii=False, indent=2)


def _usagers(generateur: Generateur, taille: int) -> Iterator[dict[str, object]]:
    """The last ranks first: stories are told of the first ones."""
    for rang in reversed(range(taille)):
        menage = generateur.menage(rang)
        demandeur = menage.contenu.demandeur
        if menage.vie.statut != Statut.ACTIVE or demandeur is None:
            continue
        lieu = demandeur.identite.lieu_naissance
        connue = lieu is not None and lieu.commune and not lieu.commune.startswith(FICTIVES)
        if connue and not demandeur.identite.date_naissance_presumee:
            yield {
                "code": f"dossier-{rang}",
                "cas": "Titulaire d’une demande de la démonstration",
                "traits": _traits(menage),
            }


def _traits(menage: Menage) -> list[str]:
    demandeur = menage.contenu.demandeur
    assert demandeur is not None
    identite = demandeur.identite
    assert identite.lieu_naissance is not None
    genre = "male" if identite.civilite == "1" else "female"
    nee = identite.date_naissance.isoformat() if identite.date_naissance else ""
    prenoms = (identite.prenoms or "").replace(",", "")  # a provider separates them by spaces
    return [prenoms, identite.nom_naissance or "", nee, genre, identite.lieu_naissance.commune or ""]
