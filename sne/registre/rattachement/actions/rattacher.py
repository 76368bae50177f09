"""Link an account to the demandes of a person whose civil status the State has just given; and end a link.

Nothing is shown of a demande before the link: what cannot be linked gives one answer, whatever the reason.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from django.db import transaction

from sne.cellules.routage import cellule_de, dans, du_territoire, lister_joignables
from sne.demandeurs.rules.codes import Cible
from sne.oidc.rules.identite import IdentitePivot
from sne.referentiels.selectors import get_parametres
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.rapprochement import EtatCivil, Verdict
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.rules import numero_unique
from sne.registre.demande.rules.rattachement import FinRattachement, PreuveRattachement
from sne.registre.demande.selectors.rattachements import is_d_un_autre
from sne.registre.enquete.selectors.enquetes import is_sous_enquete
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.joindre.selectors.protection import is_protegee
from sne.registre.rattachement import policies
from sne.registre.rattachement.possible import exiger_acces_fermable
from sne.registre.rattachement.selectors.candidats import (
    Candidat,
    lire_pivot,
    list_adultes_compares,
    list_certains,
)
from sne.registre.rattachement.selectors.contacts import list_contacts
from sne.registre.rattachement.verbes import VerbeRattachement
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import require
from sne.socle.lignes import trouver

ACCES_REFUSE = (
    "Vous ne pouvez pas ouvrir cette demande ici. Votre guichet vérifie votre état civil avec vous."
)


class Issue(StrEnum):
    """What the person is told. ``NUMERO``: nothing is linked, whether anything was found is not said."""

    RELIEE = "RELIEE"
    NUMERO = "NUMERO"
    VERIFICATION = "VERIFICATION"


@dataclass(frozen=True, slots=True)
class Reponse:
    """The best that came of it, and the demandes that the account follows by this sign-in."""

    issue: Issue
    demandes: tuple[uuid.UUID, ...] = ()


def rattacher(pivot: IdentitePivot, *, compte: uuid.UUID, survenu_le: datetime) -> Reponse:
    """Link the account to every demande of the country whose adult is this person without doubt.

    Two of one territory ask for the number: one of them may be somebody else's. Idempotent: signing in again links
    nothing twice. A cell that is away is asked at the next sign-in.
    """
    liees, _ = lister_joignables(lambda: _rattacher_ici(pivot, compte=compte, survenu_le=survenu_le))
    return _resumer(liees)


def rattacher_ici(pivot: IdentitePivot, *, compte: uuid.UUID, survenu_le: datetime) -> Reponse:
    """The same of the demandes of this cell, in the midst of an act of it."""
    return _resumer(_rattacher_ici(pivot, compte=compte, survenu_le=survenu_le))


def _rattacher_ici(
    pivot: IdentitePivot, *, compte: uuid.UUID, survenu_le: datetime
) -> list[tuple[Issue, uuid.UUID]]:
    connue, seuils = lire_pivot(pivot), _seuils(survenu_le)
    certains = sorted(list_certains(connue, seuils), key=lambda c: (c.territoire, c.demande_id))
    issues = []
    for _, groupe in groupby(certains, key=lambda c: c.territoire):
        seuls = list(groupe)
        if len(seuls) == 1:
            issues.append(
                (_relier(seuls[0], connue, compte=compte, survenu_le=survenu_le), seuls[0].demande_id)
            )
    return issues


def rattacher_par_numero(
    saisi: str, pivot: IdentitePivot, *, compte: uuid.UUID, survenu_le: datetime
) -> Reponse:
    """Link the account to the demande of this number when one of its adults is this person, up to what nobody knows.

    A number that names nothing, or somebody else, gives the same answer.
    """
    try:
        nud = numero_unique.lire(saisi).canonique
    except numero_unique.NumeroInvalide:
        return Reponse(Issue.NUMERO)
    with dans(du_territoire(nud)):
        return _rattacher_par_numero(nud, pivot, compte=compte, survenu_le=survenu_le)


def _rattacher_par_numero(
    nud: str, pivot: IdentitePivot, *, compte: uuid.UUID, survenu_le: datetime
) -> Reponse:
    demande_id = Demande.objects.filter(nud=nud).values_list("id", flat=True).first()
    if demande_id is None:
        return Reponse(Issue.NUMERO)
    connue = lire_pivot(pivot)
    siens = [
        c
        for c in list_adultes_compares(demande_id, connue, _seuils(survenu_le))
        if c.rapprochement.verdict in (Verdict.FORT, Verdict.MOYEN)
    ]
    if len(siens) != 1:
        return Reponse(Issue.NUMERO)
    return _resumer([(_relier(siens[0], connue, compte=compte, survenu_le=survenu_le), demande_id)])


def rattacher_par_code(
    cible: Cible, pivot: IdentitePivot, *, compte: uuid.UUID, survenu_le: datetime
) -> Reponse:
    """Link the account to the demande that a code has just opened, when an adult reached where it went is this person,
    even if one trait is written in another way: the link is then worth less.
    """
    with dans(cellule_de(cible.territoire)):
        return _rattacher_par_code(cible, pivot, compte=compte, survenu_le=survenu_le)


def _rattacher_par_code(
    cible: Cible, pivot: IdentitePivot, *, compte: uuid.UUID, survenu_le: datetime
) -> Reponse:
    connue = lire_pivot(pivot)
    demande = Demande.objects.select_related("version_courante").filter(id=cible.demande).first()
    if demande is None or is_protegee(demande):
        return Reponse(Issue.NUMERO)
    joints = {c.personne for c in list_contacts(demande) if c.adresse == cible.contact}
    siens = [
        c
        for c in list_adultes_compares(demande.id, connue, _seuils(survenu_le))
        if c.personne_id in joints and c.rapprochement.verdict is not Verdict.NUL
    ]
    if len(siens) != 1:
        return Reponse(Issue.NUMERO)
    faible = siens[0].rapprochement.verdict is Verdict.FAIBLE
    preuve = PreuveRattachement.NUMERO if faible else PreuveRattachement.PIVOT
    issue = _relier(siens[0], connue, compte=compte, survenu_le=survenu_le, preuve=preuve)
    return _resumer([(issue, demande.id)])


def _resumer(issues: Sequence[tuple[Issue, uuid.UUID]]) -> Reponse:
    reliees = tuple(demande for issue, demande in issues if issue is Issue.RELIEE)
    if reliees:
        return Reponse(Issue.RELIEE, reliees)
    en_verification = any(issue is Issue.VERIFICATION for issue, _ in issues)
    return Reponse(Issue.VERIFICATION if en_verification else Issue.NUMERO)


@transaction.atomic
def _relier(
    candidat: Candidat,
    connue: EtatCivil,
    *,
    compte: uuid.UUID,
    survenu_le: datetime,
    preuve: PreuveRattachement = PreuveRattachement.PIVOT,
) -> Issue:
    """One link, once the demande is locked and the person compared again as they now are."""
    acteur = policies.demandeur(compte, territoire=candidat.territoire, demande=candidat.demande_id)
    acte = Acte(acteur, survenu_le)
    demande = lock_demande(candidat.demande_id, acteur=acteur)
    require(policies.can_rattacher(acteur, demande), ACCES_REFUSE)
    present = _present(candidat, connue, survenu_le)
    if present is None:
        return Issue.NUMERO
    ouverts = list(
        Rattachement.objects.filter(personne=present.personne_id, fini_le=None).select_related(
            "identite", "personne"
        )
    )
    for lien in (lien for lien in ouverts if lien.compte == compte):
        if lien.preuve == preuve and lien.identite_id == present.identite_id:
            return Issue.RELIEE
    autres = [lien for lien in ouverts if lien.preuve == PreuveRattachement.PIVOT and lien.compte != compte]
    if not all(map(is_d_un_autre, autres)):
        return Issue.NUMERO  # followed by another account: a counter sees with the person whose it is
    if get_gel(demande.id) or is_sous_enquete(demande.id):
        return Issue.VERIFICATION
    for lien in (*autres, *(lien for lien in ouverts if lien.compte == compte)):
        finir(lien, demande, FinRattachement.IDENTITE_CHANGEE, acte=acte)
    lien = Rattachement(
        territoire=demande.territoire,
        demande=demande,
        personne_id=present.personne_id,
        identite_id=present.identite_id,
        compte=compte,
        preuve=preuve,
        ecarts=[] if preuve is PreuveRattachement.PIVOT else list(present.rapprochement.ecarts),
        survenu_le=acte.survenu_le,
    )
    ouvrir(lien, demande, acte=acte)
    return Issue.RELIEE


def _present(candidat: Candidat, connue: EtatCivil, survenu_le: datetime) -> Candidat | None:
    """The same adult as they are now, if they still are this person as surely."""
    attendu = candidat.personne_id, candidat.rapprochement
    compares = list_adultes_compares(candidat.demande_id, connue, _seuils(survenu_le))
    return next((c for c in compares if (c.personne_id, c.rapprochement) == attendu), None)


def ouvrir(lien: Rattachement, demande: Demande, *, acte: Acte) -> None:
    """Write a link of a locked demande, and tell it."""
    lien.save(force_insert=True)
    faits = {"rattachement": str(lien.id), "preuve": str(lien.preuve)}
    dire(VerbeRattachement.RATTACHER, demande, acte=acte, faits=faits)


@transaction.atomic
def detacher(rattachement_id: uuid.UUID, *, de: uuid.UUID, motif: FinRattachement, acte: Acte) -> None:
    """End a link of this demande, for a reason; ended already, nothing.

    Raises ``Introuvable``, out of the actor's perimeter too, ``NonHabilite``.
    """
    demande = lock_demande(de, acteur=acte.acteur)
    exiger_acces_fermable(demande, acte.acteur)
    lien = trouver(
        Rattachement.objects.filter(id=rattachement_id, demande=demande),
        "Aucun accès en ligne sous cette référence.",
    )
    if lien.fini_le is None:
        finir(lien, demande, motif, acte=acte)


def finir(lien: Rattachement, demande: Demande, motif: FinRattachement, *, acte: Acte) -> None:
    """End an open link of a locked demande, and tell it."""
    lien.fini_le, lien.motif = acte.survenu_le, motif
    lien.save(update_fields=["fini_le", "motif"])
    faits = {"rattachement": str(lien.id), "motif": str(motif)}
    dire(VerbeRattachement.DETACHER, demande, acte=acte, faits=faits)


def _seuils(survenu_le: datetime) -> Seuils:
    return get_parametres(horloge.jour(survenu_le))[Seuils]
