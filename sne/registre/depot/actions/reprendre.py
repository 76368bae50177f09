"""Taking over applications of a former system in batches: the same rules and the same rows, one statement a batch."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from django.db import IntegrityError, transaction

from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.parametres import ParametresContenu
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.anomalie import Anomalie, Niveau
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.completude import manques_pour_enregistrer
from sne.registre.contenu.rules.controles import controler
from sne.registre.contenu.rules.controles.contexte import Porte
from sne.registre.contenu.selectors.references import references_du
from sne.registre.demande.actions.dire import entree_de
from sne.registre.demande.actions.ecrire import Lignes, ecrire
from sne.registre.demande.actions.lignes import copier_version, normaliser_nirs, traces_nir
from sne.registre.demande.actions.reviser import numeroter
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.dates import echeances
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.refus import DejaOuverte, DepotIncomplet
from sne.registre.depot import policies
from sne.registre.depot.actions.construire import Dates, Depot, construire
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.vie.rules.radiation import reactivable_jusqu_au
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require
from sne.socle.identifiants import uuid7

HEURE_DU_GUICHET = time(10, 0)


@dataclass(frozen=True, slots=True)
class Reprise:
    """One application of a former system: its deposit, its renewals in order, and how it ended if it did.

    ``depot.date_reception`` is the initial deposit, whatever its age. ``statut`` is the one at ``statut_le``.
    """

    depot: Depot
    renouvellements: tuple[date, ...] = ()
    statut: Statut = Statut.ACTIVE
    statut_le: date | None = None


class IssueReprise(StrEnum):
    """What became of one line."""

    ENREGISTREE = "ENREGISTREE"
    REFUSEE = "REFUSEE"
    DEJA_FAITE = "DEJA_FAITE"


@dataclass(frozen=True, slots=True)
class LigneReprise:
    """The report of one line: its number, empty when it is refused, and why it is; no value that was handed over."""

    demande_id: uuid.UUID
    issue: IssueReprise
    nud: str
    anomalies: tuple[Anomalie, ...]


def reprendre_demandes(reprises: Sequence[Reprise], *, acteur: Acteur) -> dict[str, str]:
    """Write a batch, all or nothing; returns the number of each demande by its id (text).

    The blocking rules of imports apply to each content on its deposit day. Raises ``NonHabilite``, ``DepotIncomplet``,
    and ``IntegrityError`` when a household would be open twice in a territory.
    """
    _exiger_reprenables(reprises, acteur)
    lots = [lignes_de_reprise(reprise, acteur=acteur) for reprise in reprises]
    with transaction.atomic():
        return {str(cle): nud for cle, nud in ecrire(lots).items()}


def reprendre_par_ligne(reprises: Sequence[Reprise], *, acteur: Acteur) -> tuple[LigneReprise, ...]:
    """Write what may be of a batch, and say of each line, in their order, what became of it.

    A line refused keeps no other out; one that is there already, from the same author, is said done: a job that was cut
    is run again whole. As fast as :func:`reprendre_demandes` when nothing is refused by the database; each line that it
    refuses costs a few more statements. Raises ``NonHabilite``.
    """
    _exiger_reprenables(reprises, acteur)
    siennes = Demande.objects.filter(
        id__in=[r.depot.id for r in reprises], versions__numero=1, versions__auteur=acteur.id
    )
    faites: dict[uuid.UUID, str] = dict(siennes.values_list("id", "nud"))
    a_ecrire: list[tuple[int, Lignes]] = []
    refusees: dict[int, tuple[Anomalie, ...]] = {}
    for rang, reprise in enumerate(reprises):
        try:
            if reprise.depot.id not in faites:
                a_ecrire.append((rang, lignes_de_reprise(reprise, acteur=acteur)))
        except DepotIncomplet as refus:
            refusees[rang] = tuple(refus.anomalies)
    ecrites = _ecrire_ce_qui_tient(a_ecrire, refusees)
    return tuple(
        _ligne(r.depot.id, faites.get(r.depot.id, ""), ecrites.get(rang, ""), refusees.get(rang, ()))
        for rang, r in enumerate(reprises)
    )


def _ligne(cle: uuid.UUID, deja: str, ecrite: str, anomalies: tuple[Anomalie, ...]) -> LigneReprise:
    if deja:
        return LigneReprise(cle, IssueReprise.DEJA_FAITE, deja, ())
    issue = IssueReprise.ENREGISTREE if ecrite else IssueReprise.REFUSEE
    return LigneReprise(cle, issue, ecrite, anomalies)


def _exiger_reprenables(reprises: Sequence[Reprise], acteur: Acteur) -> None:
    for territoire in sorted({r.depot.territoire for r in reprises}):
        require(
            policies.can_reprendre(acteur, territoire=territoire),
            f"Vous ne pouvez pas reprendre des demandes dans le territoire {territoire}.",
        )


def _ecrire_ce_qui_tient(
    lots: Sequence[tuple[int, Lignes]], refusees: dict[int, tuple[Anomalie, ...]]
) -> dict[int, str]:
    """Numbers of what could be written, by rank: a batch that the database refuses is cut in two, down to the line."""
    try:
        with transaction.atomic():
            nuds = ecrire([lot for _, lot in lots])
            return {rang: nuds[lot.demande.id] for rang, lot in lots}
    except IntegrityError as exc:
        if len(lots) > 1:
            milieu = len(lots) // 2
            debut = _ecrire_ce_qui_tient(lots[:milieu], refusees)
            return debut | _ecrire_ce_qui_tient(lots[milieu:], refusees)
        refusees[lots[0][0]] = (_collision(exc),)
        return {}


def _collision(exc: IntegrityError) -> Anomalie:
    """Why the database refused one line. Raises what is no collision: a fault of ours."""
    if "place_unique" in str(exc):
        refus = DejaOuverte(champ="demandeur.identite.nir")
        return Anomalie(refus.code, Niveau.BLOQUANT, refus.champ, refus.phrase)
    if "demande_pkey" in str(exc):
        phrase = "Cet identifiant d’envoi a déjà servi à une autre demande. Envoyez-en un nouveau."
        return Anomalie("IDENTIFIANT", Niveau.BLOQUANT, "", phrase)
    raise exc


def lignes_de_reprise(reprise: Reprise, *, acteur: Acteur) -> Lignes:
    """Every row and entry of one application, unsaved, once the rules accept it. Raises ``DepotIncomplet``."""
    depot = reprise.depot
    jour = depot.date_reception
    parametres = get_parametres(jour)
    numeros = normaliser_nirs(depot.nirs, depot.contenu)
    contenu = arbre.avec_nirs(depot.contenu, traces_nir(numeros))
    _refuser_incomplet(contenu, jour=jour, territoire=depot.territoire, parametres=parametres)
    depot = Depot(
        id=depot.id,
        territoire=depot.territoire,
        guichet=depot.guichet,
        contenu=contenu,
        date_reception=jour,
        nirs=numeros,
        piece_vue=depot.piece_vue,
    )
    dates = Dates(
        depot=jour, enregistrement=jour, expiration=echeances(jour, parametres[ParametresDemande]).expiration
    )
    lignes = construire(
        depot,
        dates=dates,
        acte=Acte(acteur, _instant(jour)),
        verbe=VerbeDepot.REPRENDRE,
        statut=reprise.statut,
    )
    _derouler(lignes, reprise, acteur=acteur)
    return lignes


def _refuser_incomplet(contenu: Contenu, *, jour: date, territoire: str, parametres: Parametres) -> None:
    anomalies: list[Anomalie] = [
        *manques_pour_enregistrer(contenu),
        *controler(
            contenu,
            aujourd_hui=jour,
            porte=Porte.IMPORT,
            references=references_du(jour, territoire),
            limites=parametres[ParametresContenu],
            niveaux=(Niveau.BLOQUANT,),
        ),
    ]
    if anomalies:
        raise DepotIncomplet(anomalies)


def _derouler(lignes: Lignes, reprise: Reprise, *, acteur: Acteur) -> None:
    """One more version and entry for each renewal, then for the end: the past of the file is whole."""
    demande = lignes.demande
    statut_final = demande.statut
    demande.statut = Statut.ACTIVE
    premiere = lignes.filles[Version][0]
    assert isinstance(premiere, Version)
    premiere.statut = Statut.ACTIVE
    for jour in reprise.renouvellements:
        demande.date_dernier_renouvellement = jour
        demande.date_expiration = echeances(jour, get_parametres(jour)[ParametresDemande]).expiration
        _nouvelle_version(lignes, premiere, jour, acteur=acteur, faits={"acte": "RENOUVELER"})
    if statut_final != Statut.ACTIVE and reprise.statut_le is not None:
        demande.statut = statut_final
        faits = {"acte": str(statut_final)}
        if statut_final == Statut.RADIEE:
            faits["radiation"] = str(uuid7())
        _nouvelle_version(lignes, premiere, reprise.statut_le, acteur=acteur, faits=faits)
        if statut_final == Statut.RADIEE:
            lignes.ajouter(_radiation(demande, faits["radiation"], reprise.statut_le, acteur=acteur))


def _radiation(demande: Demande, cle: str, jour: date, *, acteur: Acteur) -> Radiation:
    """The only end that a former system hands over: nobody renewed."""
    base = demande.date_dernier_renouvellement or demande.date_depot
    return Radiation(
        id=uuid.UUID(cle),
        territoire=demande.territoire,
        demande_id=demande.id,
        revision=demande.revision,
        motif=MotifRadiation.RADREN.value,
        date_radiation=jour,
        reactivable_jusqu_au=reactivable_jusqu_au(
            MotifRadiation.RADREN, jour, base=base, delais=get_parametres(base)[ParametresDemande]
        ),
        auteur=acteur.id,
        guichet=acteur.guichet,
        survenu_le=_instant(jour),
    )


def _nouvelle_version(
    lignes: Lignes, premiere: Version, jour: date, *, acteur: Acteur, faits: Mapping[str, str]
) -> None:
    demande = lignes.demande
    version = copier_version(premiere, survenu_le=_instant(jour))
    numeroter(demande, version, {})
    lignes.ajouter(version)
    lignes.entrees.append(
        entree_de(
            VerbeDepot.REPRENDRE,
            demande,
            acte=Acte(acteur, _instant(jour)),
            faits={"version": str(version.id), **faits},
        )
    )


def _instant(jour: date) -> datetime:
    return datetime.combine(jour, HEURE_DU_GUICHET, tzinfo=horloge.PARIS)
