"""Reading: counted by day when it shows no demande, told to the journal before the first number when it does."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import F

from sne.habilitations.rules import Permission
from sne.infocentre.rapports.models import LectureRapport
from sne.infocentre.rapports.parametres import ParametresRapports
from sne.infocentre.rapports.possible import exiger_ouvrir
from sne.infocentre.rapports.rules.derriere import derriere
from sne.infocentre.rapports.rules.formules import Definition
from sne.infocentre.rapports.selectors.catalogue import get_lectures
from sne.infocentre.rapports.selectors.detail import (
    DossiersDerriere,
    LigneChoisie,
    get_ligne,
    list_dossiers_derriere,
)
from sne.infocentre.rapports.selectors.tableau import Demandee
from sne.infocentre.rapports.selectors.versions import VersionLue
from sne.infocentre.rapports.verbes import VerbeRapport
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import jour

SANS_DOSSIER = "Aucune demande n’est derrière ce chiffre : il ne s’ouvre pas."


@dataclass(frozen=True, slots=True)
class Detail:
    """What is behind it."""

    ligne: LigneChoisie
    dossiers: DossiersDerriere


def noter_lecture(version: VersionLue, *, acte: Acte) -> None:
    """One more opening of this version by this account on that day: one row, neither place nor period."""
    _, nouvelle = LectureRapport.objects.get_or_create(
        version_id=version.id, compte=acte.acteur.id, jour=jour(acte.survenu_le)
    )
    if not nouvelle:
        LectureRapport.objects.filter(
            version=version.id, compte=acte.acteur.id, jour=jour(acte.survenu_le)
        ).update(nombre=F("nombre") + 1)


def oublier_lectures(*, le: date) -> int:
    """Take away the openings older than they are kept for, without any entry: they name no household; how many went."""
    mois = get_parametres(le)[ParametresRapports].rapport_lectures_mois
    anciennes = LectureRapport.objects.filter(jour__lt=le - relativedelta(months=mois))
    return anciennes.delete()[0]


@transaction.atomic
def consulter_detail(demandee: Demandee, definition: Definition, ligne: str, *, acte: Acte) -> Detail:
    """The demandes behind the figure of one column on one line, once the journal says who opens which.

    Raises ``Introuvable`` (out of the perimeter, no such line, nothing to open), ``NonHabilite``.
    """
    mesures = derriere(definition, get_lectures(jour(acte.survenu_le)))
    portee = exiger_ouvrir(acte.acteur, demandee.portee.lieu, mesures.mesures if mesures else frozenset())
    if mesures is None:
        raise Introuvable(SANS_DOSSIER)
    demandee = replace(demandee, portee=portee)
    choisie = get_ligne(demandee, ligne)
    dossiers = list_dossiers_derriere(mesures, demandee, choisie)
    territoire = portee.territoires[0] if len(portee.territoires) == 1 else ""
    faits: dict[str, Any] = {
        "rapport": demandee.version.rapport,
        "version": demandee.version.numero,
        "lieu": portee.lieu.cle,
        "du": f"{demandee.periode.du:%Y-%m}",
        "au": f"{demandee.periode.au:%Y-%m}",
        "colonne": definition.code,
        "ligne": ligne,
        "lignes": len(dossiers.demandes),
    }
    if demandee.connu_le:
        faits["connu_le"] = demandee.connu_le.isoformat()
    inscrire_detail(territoire, faits, acte=acte)
    return Detail(choisie, dossiers)


def inscrire_detail(territoire: str, faits: dict[str, Any], *, acte: Acte) -> None:
    """Tell the journal who opens which list; ``territoire``: empty for several."""
    mandat = acte.acteur.mandat_pour(Permission.RAPPORT_DETAIL, territoire)
    role = mandat.role if mandat else ""
    inscrire(Entree(VerbeRapport.CONSULTER_DETAIL, acte, territoire=territoire, role=role, faits=faits))
