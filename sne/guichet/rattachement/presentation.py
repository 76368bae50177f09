"""A way into a file online, in words."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sne.registre.demande.rules.rattachement import FinRattachement, PreuveRattachement
from sne.registre.rattachement.selectors.liens import Acces
from sne.saisie.presentation.identite import nom_complet
from sne.socle.templatetags.socle_tags import date_fr, heure_fr

PREUVES: Mapping[PreuveRattachement, str] = {
    PreuveRattachement.DEPOT: "Demande déposée par la personne en ligne",
    PreuveRattachement.PIVOT: "FranceConnect, état civil identique à celui du dossier",
    PreuveRattachement.NUMERO: "Numéro de la demande et code reçu à une adresse du dossier",
    PreuveRattachement.GUICHET: "Ouvert par un guichet",
}
FINS: Mapping[FinRattachement, str] = {
    FinRattachement.PERSONNE: "fermé par la personne",
    FinRattachement.IDENTITE_CHANGEE: "remplacé, l’état civil du dossier a changé",
    FinRattachement.SUB_REMPLACE: "remplacé par un autre accès de la même personne",
    FinRattachement.GUICHET: "fermé par un guichet",
    FinRattachement.CONTESTE: "contesté",
}


@dataclass(frozen=True, slots=True)
class AccesMontre:
    """One line of the page. ``a_verifier``: the State writes the civil status of this person in another way."""

    id: uuid.UUID
    nom: str
    preuve: str
    ouvert: str
    fin: str
    a_verifier: bool


def presenter(acces: Acces) -> AccesMontre:
    """The line of one way in."""
    fin = f"le {date_fr(acces.fini_le)}, {FINS[acces.motif]}" if acces.fini_le and acces.motif else ""
    return AccesMontre(
        id=acces.id,
        nom=nom_complet(acces.identite),
        preuve=PREUVES[acces.preuve],
        ouvert=f"le {date_fr(acces.ouvert_le)} à {heure_fr(acces.ouvert_le)}",
        fin=fin,
        a_verifier=bool(acces.ecarts),
    )
