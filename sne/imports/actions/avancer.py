"""Doing the lines of an import, a batch at a time: each act with its report, in one transaction."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from sne.conventions.actions import AppelDit, GuichetHorsConvention, acteur_de
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import Portee
from sne.conventions.selectors import AccesRefuse, Identite, par_lignes
from sne.imports.actions.controler import controler, interrompre
from sne.imports.actions.tranches import lire_lignes_de
from sne.imports.models import Import, LigneImport
from sne.imports.rules.etats import OUVERTS, Etat, Issue
from sne.imports.rules.lignes import LigneIllisible, Operation, lire_operation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import maintenant, vrai
from sne.socle.identifiants import uuid7


@dataclass(frozen=True, slots=True)
class Resultat:
    """What a line did: the demande, at which revision."""

    issue: Issue
    nud: str
    revision: int | None = None


class LigneRefusee(Exception):
    """What a line asks for is refused. ``anomalies``: codes and places, without a value."""

    def __init__(self, anomalies: list[dict[str, str]], nud: str = "") -> None:
        super().__init__(len(anomalies))
        self.anomalies, self.nud = anomalies, nud


class Annule(Exception):
    """The import was stopped while a line was being done: the line is undone."""


@dataclass(frozen=True, slots=True)
class Contexte:
    """What a line needs. ``identifiant``: of what it makes; ``noter``: keep its result, with its act."""

    identite: Identite
    acte: Acte
    identifiant: uuid.UUID
    essai: bool
    noter: Callable[[Resultat], None]


Executer = Callable[[Operation, Contexte], None]
"""Does what a line asks for and notes it. Raises ``LigneRefusee``, with everything undone."""


def avancer(convention_id: uuid.UUID, territoire: str, executer: Executer) -> bool:
    """One step of the oldest import of an agreement there that is not over; whether something is left to do.

    ``territoire`` empty: of any. Nothing is lost when the process dies: a line without its report did nothing.
    """
    la = {"territoire": territoire} if territoire else {}
    ouverts = Import.objects.filter(convention=convention_id, etat__in=[e.value for e in OUVERTS], **la)
    recu = ouverts.select_related("convention").order_by("depose_le", "id").first()
    if recu is None:
        return False
    instant = _instant(recu)
    if recu.etat == Etat.RECU:
        controler(recu, survenu_le=instant)
        return True
    try:
        identite, acteur = _qui(recu, vrai())
    except (AccesRefuse, GuichetHorsConvention) as refus:
        _interrompre(recu, refus.phrase, instant)
        return True
    if Portee.IMPORTS_ECRIRE not in identite.portees:
        _interrompre(recu, "La portée imports:ecrire n’est plus ouverte. Faites-la rouvrir.", instant)
        return True
    Import.objects.filter(id=recu.id, etat=Etat.CONTROLE.value).update(etat=Etat.EN_COURS.value)
    try:
        _passer_tranche(recu, identite, acteur, executer)
    except Annule:
        return True
    _noter_etape(recu)
    return True


def _instant(recu: Import) -> datetime:
    """Now, and never before it was sent: the clock of who sends to the École may be ahead of that of its worker."""
    return max(maintenant(), recu.depose_le)


def _tenir(recu: Import, *etats: Etat) -> Import | None:
    tenu = Import.objects.select_for_update(of=("self",)).select_related("convention").filter(id=recu.id)
    return tenu.filter(etat__in=[e.value for e in etats]).first()


@transaction.atomic
def _interrompre(recu: Import, motif: str, instant: datetime) -> None:
    tenu = _tenir(recu, *OUVERTS)
    if tenu:
        interrompre(tenu, motif, survenu_le=instant)


def _qui(recu: Import, instant: datetime) -> tuple[Identite, Acteur]:
    """Who acts now: what ended since the file came is refused. Raises ``AccesRefuse``, ``GuichetHorsConvention``."""
    identite = par_lignes(recu.cle, recu.certificat, survenu_le=instant)
    ici = f"{recu.territoire}/{recu.guichet}"
    return identite, acteur_de(identite, AppelDit(Groupe.ECRITURE, ici, recu.agent, uuid7()))


def _passer_tranche(recu: Import, identite: Identite, acteur: Acteur, executer: Executer) -> None:
    lignes = lire_lignes_de(recu, recu.tranche)
    vues = _Vues(recu, lignes)
    for numero, texte in lignes:
        if numero in vues.dites:
            continue
        try:
            operation = lire_operation(texte)
        except LigneIllisible as exc:
            _ecrire(recu, [_rapport(recu, numero, "", Issue.REFUSEE, anomalies=[{"code": str(exc)}])])
            continue
        if operation.cle in vues.faites:
            vues.redites.append(_redite(recu, numero, operation.cle, vues))
            continue
        _passer(recu, numero, operation, (identite, acteur), executer, vues=vues)
    _ecrire(recu, vues.redites)  # they did nothing: the batch tells them at once


def _redite(recu: Import, numero: int, cle: str, vues: "_Vues") -> LigneImport:
    nud, revision = vues.faites[cle]
    return _rapport(recu, numero, cle, Issue.DEJA_FAITE, nud=nud, revision=revision)


def _passer(
    recu: Import,
    numero: int,
    operation: Operation,
    qui: tuple[Identite, Acteur],
    executer: Executer,
    *,
    vues: "_Vues",
) -> None:
    notes: list[Resultat] = []

    def noter(resultat: Resultat) -> None:
        if not Import.objects.filter(id=recu.id, etat=Etat.EN_COURS.value).exists():
            raise Annule
        faite = (resultat.nud, resultat.revision)
        _ecrire(
            recu, [_rapport(recu, numero, operation.cle, resultat.issue, nud=faite[0], revision=faite[1])]
        )
        notes.append(resultat)

    identifiant = uuid.uuid5(recu.id, operation.cle)
    contexte = Contexte(qui[0], Acte(qui[1], _instant(recu)), identifiant, recu.essai, noter)
    try:
        executer(operation, contexte)
    except LigneRefusee as refus:
        dite = _rapport(recu, numero, operation.cle, Issue.REFUSEE, nud=refus.nud, anomalies=refus.anomalies)
        _ecrire(recu, [dite])
        return
    [resultat] = notes
    vues.faites[operation.cle] = (resultat.nud, resultat.revision)


class _Vues:
    """``dites``: lines of this batch already in the report of this start; ``faites``: what keys of it did before.

    ``redites``: the reports of lines whose key was done, to be written.
    """

    def __init__(self, recu: Import, lignes: list[tuple[int, str | None]]) -> None:
        numeros = [numero for numero, _ in lignes]
        du_tour = LigneImport.objects.filter(import_recu=recu, tour=recu.tour, ligne__in=numeros)
        self.dites = frozenset(du_tour.values_list("ligne", flat=True))
        passees = LigneImport.objects.filter(import_recu=recu, cle__in=[_cle(texte) for _, texte in lignes])
        if recu.essai:
            passees = passees.filter(tour=recu.tour)
        faites = passees.exclude(issue=Issue.REFUSEE.value)
        self.redites: list[LigneImport] = []
        self.faites: dict[str, tuple[str, int | None]] = {
            cle: (nud, revision) for cle, nud, revision in faites.values_list("cle", "nud", "revision")
        }


def _cle(texte: str | None) -> str:
    try:
        return lire_operation(texte).cle
    except LigneIllisible:
        return ""


def _rapport(recu: Import, numero: int, cle: str, issue: Issue, **dits: Any) -> LigneImport:
    """What became of a line. ``dits``: ``nud``, ``revision``, ``anomalies``."""
    dits = {"nud": "", "anomalies": []} | dits
    return LigneImport(import_recu=recu, ligne=numero, tour=recu.tour, cle=cle, issue=issue.value, **dits)


def _ecrire(recu: Import, lignes: Sequence[LigneImport]) -> None:
    """The report of lines; that of an earlier start gives way."""
    with transaction.atomic():
        if recu.tour > 1:
            LigneImport.objects.filter(import_recu=recu, ligne__in=[x.ligne for x in lignes]).delete()
        LigneImport.objects.bulk_create(lignes)


@transaction.atomic
def _noter_etape(recu: Import) -> None:
    """The batch is over: the next one, or the end."""
    tenu = _tenir(recu, Etat.EN_COURS)
    if tenu is None:
        return
    tenu.tranche += 1
    if not tenu.tranches.filter(recue=False, rang=tenu.tranche).exists():
        tenu.etat, tenu.fini_le = Etat.TERMINE.value, _instant(recu)
    tenu.save(update_fields=["tranche", "etat", "fini_le"])
