"""The answer of a second person: the demande is put back, or the request is refused and nothing else changes."""

import uuid
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from sne.habilitations.rules import Permission
from sne.journal import actions as journal
from sne.journal.rules import Entree
from sne.registre.contenu.rules import arbre
from sne.registre.demande.actions.dire import entrees_du_changement
from sne.registre.enquete.actions.enquetes import inscrire_element, inscrire_lien, lock_enquete
from sne.registre.enquete.models.enquete import DossierEnquete
from sne.registre.enquete.models.restauration import DecisionRestauration
from sne.registre.enquete.rules.enquete import NatureElement
from sne.registre.enquete.rules.restauration import IssueRestauration
from sne.registre.restauration.actions.demander import exiger_possible
from sne.registre.restauration.actions.ecrire import ecrire_retour
from sne.registre.restauration.actions.inscription import journaliser_a_part
from sne.registre.restauration.actions.mettre_a_part import mettre_a_part
from sne.registre.restauration.actions.requete import lock_requete, terminer
from sne.registre.restauration.actions.suites import (
    ecarter_les_propositions,
    expiration,
    lever_le_gel,
    oublier_l_arret,
    rendre_l_anciennete,
)
from sne.registre.restauration.possible import exiger_restauration_decidable
from sne.registre.restauration.rules.pieces import lire_pieces_gardees
from sne.registre.restauration.rules.retour import (
    lire_blocs,
    lire_reponse,
    phrase_du_retour,
)
from sne.registre.restauration.selectors import Retour, calculer_retour, get_version
from sne.registre.restauration.verbes import VerbeRestauration
from sne.socle.acte import Acte
from sne.socle.erreurs import ConflitDeRevision
from sne.socle.templatetags.socle_tags import instant_fr, numero


@dataclass(frozen=True, slots=True)
class Retablie:
    """What was done. ``nouvelle``: number of the demande set apart; ``ailleurs``: demandes to join with this."""

    demande_id: uuid.UUID
    revision: int
    nouvelle: str
    jours_rendus: int
    ailleurs: tuple[str, ...]


@transaction.atomic
def refuser_restauration(requete_id: uuid.UUID, *, motif: str, acte: Acte) -> None:
    """Refuse a request, and say why; nothing else changes. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    decision, _ = _ouvrir(requete_id, IssueRestauration.REFUSEE, acte=acte)
    requete = decision.requete
    _, decision.motif = lire_reponse(IssueRestauration.REFUSEE, motif)
    decision.save(force_insert=True)
    faits = {"restauration": str(decision.id), "requete": str(requete.id)}
    journaliser_a_part(VerbeRestauration.REFUSER_RESTAURATION, requete, faits, acte=acte)


@transaction.atomic
def restaurer(requete_id: uuid.UUID, *, revision: int, motif: str, acte: Acte) -> Retablie:
    """Accept a request: the demande is as it was, the person who had come in has their own, the freeze ends.

    ``revision``: of the demande, as the person who accepts has read it. Validity, renewals, facts and decisions do not
    move; seniority does when the request asks for that of then. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``
    (one's own request, answered, ended), ``ConflitDeRevision`` (it changed since it was read), ``DejaOuverte`` (the
    person who came in already has another open demande).
    """
    decision, enquete = _ouvrir(requete_id, IssueRestauration.ACCEPTEE, acte=acte)
    requete, demande = decision.requete, decision.demande
    _, decision.motif = lire_reponse(IssueRestauration.ACCEPTEE, motif)
    if demande.revision != revision:
        raise ConflitDeRevision(
            "Ce dossier a changé depuis que vous l’avez lu. Relisez la comparaison, puis décidez."
        )
    retour = calculer_retour(demande, get_version(demande, requete.vers), garder=lire_blocs(requete.garder))
    gardees = lire_pieces_gardees(list(map(str, requete.pieces)), retour.ulterieures, a_part=requete.a_part)
    retour = retour.en_gardant(gardees)
    exiger_possible(retour, enquete, a_part=requete.a_part, anciennete=requete.anciennete)
    decision.revision = demande.revision + 1
    entrees = lever_le_gel(requete, demande, acte=acte)
    jours = sum(int(str(entree.faits["jours_rendus"])) for entree in entrees)  # one freeze at most
    entrees += ecarter_les_propositions(demande, acte=acte)
    dates: dict[str, date | None] = {**expiration(demande, jours)}
    if requete.anciennete:
        dates |= rendre_l_anciennete(demande, retour.anciennete, acte=acte)
    version = ecrire_retour(
        retour,
        motif=phrase_du_retour(instant_fr(retour.version.survenu_le)),
        dates=dates,
        acte=acte,
    )
    oublier_l_arret(demande, vers=requete.vers, acte=acte)
    if requete.a_part and retour.a_part is not None:
        decision.arrivee = retour.a_part.arrivee.numero
        decision.nouvelle = mettre_a_part(demande, retour.a_part, restauration=decision.id, acte=acte)
    decision.save(force_insert=True)
    faits = {
        "version": str(version.id),
        "numero": demande.nud,
        "restauration": str(decision.id),
        "vers": requete.vers,
    }
    if requete.anciennete:
        faits |= {"anciennete": True, "depuis": retour.anciennete.isoformat()}
    _journaliser(retour, faits, entrees, acte=acte)
    _completer_l_enquete(enquete, retour, decision, acte=acte)
    nouvelle = decision.nouvelle.nud if decision.nouvelle else ""
    return Retablie(demande.id, demande.revision, nouvelle, jours, retour.places_ailleurs)


def _ouvrir(
    requete_id: uuid.UUID, issue: IssueRestauration, *, acte: Acte
) -> tuple[DecisionRestauration, DossierEnquete]:
    """The answer of another person to a request that waits, not saved; its demande and its enquiry are locked.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    requete, demande = lock_requete(requete_id, acteur=acte.acteur)
    exiger_restauration_decidable(requete, acte.acteur)
    decision = terminer(requete, demande, issue, permission=Permission.RESTAURATION_DECIDER, acte=acte)
    return decision, lock_enquete(requete.enquete_id, acteur=acte.acteur)


def _journaliser(
    retour: Retour,
    faits: dict[str, object],
    autres: list[Entree],
    *,
    acte: Acte,
) -> None:
    """In the history of the file: that it was put back, from what to what; not why, nor who had come in."""
    demande = retour.demande
    partage = arbre.partager(retour.maintenant, retour.cible)
    faits = {**faits, "champs": [c.chemin for c in partage.ordinaires]}
    entrees = entrees_du_changement(VerbeRestauration.RESTAURER, demande, partage, acte=acte, faits=faits)
    entrees += [replace(autre, revision=demande.revision) for autre in autres]
    journal.inscrire_en_lot(entrees)


def _completer_l_enquete(
    enquete: DossierEnquete,
    retour: Retour,
    decision: DecisionRestauration,
    *,
    acte: Acte,
) -> None:
    """What was done is among what was found, and the demande set apart among those of the enquiry."""
    quoi = phrase_du_retour(instant_fr(retour.version.survenu_le))
    phrases = [f"{quoi}\u00a0: {numero(retour.demande.nud)}."]
    if decision.nouvelle is not None:
        phrases.append(f"L’autre foyer a sa propre demande, {numero(decision.nouvelle.nud)}.")
        inscrire_lien(enquete, decision.nouvelle.id, acte=acte)
    for prise in retour.sous_un_autre_nom:
        phrases.append(
            f"Qui avait pris la place d’une personne rétablie en est parti\u00a0: {numero(prise.nud)}."
        )
        if not enquete.demandes.filter(demande=prise).exists():
            inscrire_lien(enquete, prise.id, acte=acte)
    if retour.places_ailleurs:
        nuds = ", ".join(map(numero, retour.places_ailleurs))
        phrases.append(
            f"Une personne rétablie est aussi sur une autre demande ouverte, à réunir avec celle-ci\u00a0: {nuds}."
        )
    texte = " ".join(phrases)
    inscrire_element(enquete, NatureElement.NOTE, texte=texte, reference=None, acte=acte)
