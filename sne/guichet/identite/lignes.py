"""One change of identity in one line of the queue: what is asked, since when, how pressing it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sne.guichet.lecture.dossier import Badge
from sne.registre.controle.rules.score import Alerte
from sne.registre.controle.rules.termes import decimal
from sne.registre.demande.rules.dates import anciennete
from sne.registre.identite.rules.decision import titre_du_changement
from sne.registre.identite.rules.echanges import Rappel
from sne.registre.identite.selectors.a_decider import ChangementBref, Ordre
from sne.socle.horloge import jour

QUESTION = Badge("Question au guichet", "info")
FIGE = Badge("Figé", "info")
VIOLENCES = Badge("Motif violences ajouté depuis peu", "warning")
RAPPELS = {
    Rappel.PREMIER: Badge("Premier rappel"),
    Rappel.SECOND: Badge("Deuxième rappel", "warning"),
    Rappel.ESCALADE: Badge("Attend depuis trop longtemps", "warning"),
}
"""How pressing a change has become; a day or two old, it bears nothing."""
ALERTES = {
    Alerte.AUCUNE: "dans l’ordre d’arrivée",
    Alerte.REGARDER: "à regarder",
    Alerte.JOUR: "à regarder aujourd’hui",
}


@dataclass(frozen=True, slots=True)
class LigneDeChangement:
    """One line of the queue."""

    changement: ChangementBref
    quoi: str
    anciennete: str
    attend: str
    lecture: str
    en_retard: bool
    badges: Sequence[Badge]


def presenter_ligne(changement: ChangementBref, *, le: date) -> LigneDeChangement:
    """Word one line of the queue."""
    jours = (le - jour(changement.survenu_le)).days
    return LigneDeChangement(
        changement=changement,
        quoi=titre_du_changement(changement.en_vigueur, changement.demandee, retrait=changement.retrait),
        anciennete=anciennete(changement.depot, max(le, changement.depot)),
        attend=f"{jours}\u00a0jour{'s' if jours > 1 else ''}" if jours else "Aujourd’hui",
        lecture=rang_de_lecture(changement),
        en_retard=le > changement.attendue_le,
        badges=[
            badge
            for badge in (
                RAPPELS.get(changement.rappel),
                changement.fige and FIGE,
                changement.question and QUESTION,
                changement.violences and VIOLENCES,
            )
            if badge
        ],
    )


def rang_de_lecture(changement: ChangementBref) -> str:
    """« À regarder aujourd’hui (0,52) »; a file without score is read when it comes."""
    mots = ALERTES[changement.alerte].capitalize()
    return mots if changement.score is None else f"{mots} ({decimal(changement.score)})"


def lire_ordre(options: Mapping[str, str]) -> Ordre:
    """The order of the queue that the address says; the oldest first when it says none."""
    demande = options.get("ordre", "")
    return Ordre(demande) if demande in set(Ordre) else Ordre.AGE
