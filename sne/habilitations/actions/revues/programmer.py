"""Deciding of the regular reviews of a territory: set, changed, stopped, by those who grant roles over all of it."""

from datetime import date
from typing import Any

from django.db import connection, transaction

from sne.habilitations import policies
from sne.habilitations.models import RythmeRevue
from sne.habilitations.parametres import ParametresHabilitations
from sne.habilitations.rules.rythmes import Rythme, exiger_change, exiger_en_cours, lire_rythme
from sne.habilitations.selectors.rythmes import get_etat_des_revues
from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Mandat
from sne.socle.horloge import jour

REFUS = "Vous ne pouvez pas régler les revues de ce territoire : demandez au gestionnaire territorial."


@transaction.atomic
def programmer_revues(territoire: str, *, mois: int, premiere: date, acte: Acte) -> None:
    """Have every role of the territory reviewed every ``mois`` calendar months, from ``premiere`` on.

    Raises ``NonHabilite``, ``Interdit`` (a wrong number of months or day, the same as now).
    """
    mandat, actuel = _ouvrir(territoire, acte.acteur)
    le = jour(acte.survenu_le)
    voulu = lire_rythme(
        mois, premiere, le=le, mois_max=get_parametres(le)[ParametresHabilitations].revue_periode_mois_max
    )
    exiger_change(actuel, voulu)
    _decider(territoire, voulu, actif=True, mandat=mandat, acte=acte)


@transaction.atomic
def arreter_revues(territoire: str, *, acte: Acte) -> None:
    """Stop them; a review under way goes on. Raises ``NonHabilite``, ``Interdit`` (there is none)."""
    mandat, actuel = _ouvrir(territoire, acte.acteur)
    rythme = exiger_en_cours(actuel)
    _decider(territoire, rythme, actif=False, mandat=mandat, acte=acte)


def _ouvrir(territoire: str, acteur: Acteur) -> tuple[Mandat, Rythme | None]:
    """Make decisions of one territory wait for each other; who decides, and what is decided now."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"rythme des revues|{territoire}"]
        )
    mandat = policies.mandat_pour_ouvrir_revue(acteur, territoire=territoire) if territoire else None
    return policies.require_mandat(mandat, REFUS), get_etat_des_revues(territoire).rythme


def _decider(territoire: str, rythme: Rythme, *, actif: bool, mandat: Mandat, acte: Acte) -> None:
    ligne = RythmeRevue.objects.create(
        territoire=territoire,
        actif=actif,
        mois=rythme.mois,
        premiere=rythme.premiere,
        auteur=acte.acteur.id,
        auteur_nom=acte.acteur.nom,
        survenu_le=acte.survenu_le,
    )
    faits: dict[str, Any] = {"rythme": str(ligne.id)}
    if actif:
        faits |= {"mois": rythme.mois, "premiere": rythme.premiere.isoformat()}
    inscrire(
        Entree(
            VerbeHabilitation.PROGRAMMER_REVUES if actif else VerbeHabilitation.ARRETER_REVUES,
            acte,
            territoire=territoire,
            role=mandat.role,
            faits=faits,
        )
    )
