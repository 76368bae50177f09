"""An earlier reception date that waits, in words for the person who reads the file."""

from django.urls import reverse

from sne.registre.lecture.possible import ActeDuDossier, Possibles
from sne.registre.lecture.selectors.fiche import Fiche
from sne.socle.templatetags.socle_tags import date_fr


def date_en_attente(fiche: Fiche) -> str:
    """Which date was asked for, and which one counts meanwhile; empty when nothing waits."""
    if fiche.requete_anteriorite is None:
        return ""
    demandee = date_fr(fiche.requete_anteriorite.date_demandee)
    return (
        f"Date de réception demandée\u00a0: {demandee}. Le gestionnaire territorial décide. "
        f"La date du {date_fr(fiche.demande.date_anciennete)} fait foi jusque-là."
    )


def ou_decider(fiche: Fiche, possibles: Possibles) -> str:
    """Where the person who decides on that date does it; empty for the others."""
    if fiche.requete_anteriorite is None or not possibles[ActeDuDossier.DECIDER_DATE].possible:
        return ""
    return reverse("anteriorite", args=[fiche.requete_anteriorite.id])
