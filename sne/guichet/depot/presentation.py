"""An earlier reception date that waits, in words for the person who reads the file."""

from django.urls import reverse

from sne.habilitations.rules import Permission
from sne.registre.demande.rules.cycle_de_vie import OUVERTES
from sne.registre.lecture.selectors.fiche import Fiche
from sne.socle.acteur import Acteur
from sne.socle.templatetags.socle_tags import date_fr


def date_en_attente(fiche: Fiche) -> str:
    """Which date was asked for, and which one counts meanwhile; empty when nothing waits."""
    if fiche.anteriorite_demandee is None:
        return ""
    demandee = date_fr(fiche.anteriorite_demandee)
    return (
        f"Date de réception demandée\u00a0: {demandee}. Le gestionnaire territorial décide. "
        f"La date du {date_fr(fiche.demande.date_anciennete)} fait foi jusque-là."
    )


def ou_decider(fiche: Fiche, acteur: Acteur) -> str:
    """Where the person who decides on that date does it; empty for the others."""
    decide = acteur.peut(Permission.ANTERIORITE_DECIDER, fiche.demande.territoire)
    if fiche.requete_anteriorite is None or fiche.demande.statut not in OUVERTES or not decide:
        return ""
    return reverse("anteriorite", args=[fiche.requete_anteriorite])
