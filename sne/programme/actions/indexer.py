"""A decision is found by everybody from the moment it is put: it names no person."""

from sne.habilitations.rules import TOUS
from sne.programme.models import Decision
from sne.programme.rules.decisions import ETATS, Etat
from sne.recherche.actions import Publication, publier
from sne.socle.horloge import jour

GENRE = "DECISION"
BASE = "/aide/decisions/"


def indexer(decision: Decision) -> None:
    """Write its entry as it stands, in the caller's transaction."""
    depuis = decision.inscrit_le
    dit = ETATS[Etat(decision.issue)] if decision.issue else "Mise au vote"
    options = " ".join(decision.options.order_by("lettre").values_list("texte", flat=True))
    publier(
        Publication(
            genre=GENRE,
            cible=decision.id,
            url=f"{BASE}{decision.code}/",
            acces=[TOUS],
            titre=decision.titre,
            reponse=f"{dit}. {decision.conclusion}".strip(),
            mots=decision.code,
            corps=f"{decision.contexte} {options}",
            themes=["outil"],
            visible_du=depuis,
            verifie_le=decision.prise_le or jour(depuis),
        )
    )
