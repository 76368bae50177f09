"""Putting a demande back as it was: one person asks, from an enquiry; another answers, and it is done or nothing is.

Entries of the request and of a refusal name no demande: counters read the history of those.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction

from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors import list_comptes_de
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.registre import policies
from sne.registre.actions.enquetes import inscrire_element, inscrire_lien, lock_enquete
from sne.registre.actions.gels import finir_gel
from sne.registre.actions.mettre_a_part import mettre_a_part
from sne.registre.actions.retablir import ecrire_retour
from sne.registre.actions.revision import lock_demande, valeurs_de
from sne.registre.models import (
    DecisionIdentite,
    DecisionRestauration,
    Demande,
    DemandeEnquetee,
    DossierEnquete,
    Gel,
    LeveeGel,
    RequeteRestauration,
)
from sne.registre.rules import contenu as arbre
from sne.registre.rules.cycle_de_vie import OUVERTES, Statut
from sne.registre.rules.decision_identite import IssueIdentite, MotifRefusIdentite
from sne.registre.rules.enquete import DecisionLevee, NatureElement, lire_texte
from sne.registre.rules.pieces_retablies import lire_pieces_gardees
from sne.registre.rules.refus import Introuvable
from sne.registre.rules.restauration import (
    IssueRestauration,
    exiger_autre_que_l_auteur,
    exiger_retablissable,
    lire_blocs,
    lire_reponse,
    phrase_du_retour,
)
from sne.registre.selectors.identites import en_attente, list_identites
from sne.registre.selectors.restauration import (
    INCONNUE,
    Retour,
    calculer_retour,
    get_version,
    is_retour_demande,
)
from sne.socle.acteur import Acteur
from sne.socle.erreurs import ConflitDeRevision, Interdit, require
from sne.socle.identifiants import uuid7
from sne.socle.templatetags.socle_tags import instant_fr, numero

ECARTEE = "La demande est rétablie comme elle était auparavant"
GEL_D_UNE_AUTRE = (
    "Ce dossier est figé par une autre enquête. Faites lever ce gel d’abord, ou demandez le retour depuis cette "
    "enquête."
)


@dataclass(frozen=True, slots=True)
class Retablie:
    """What was done. ``nouvelle``: number of the demande set apart; ``ailleurs``: demandes to join with this."""

    demande_id: uuid.UUID
    revision: int
    nouvelle: str
    jours_rendus: int
    ailleurs: tuple[str, ...]


@transaction.atomic
def demander_restauration(
    enquete_id: uuid.UUID,
    demande_id: uuid.UUID,
    *,
    vers: int,
    motif: str,
    a_part: bool,
    acteur: Acteur,
    survenu_le: datetime,
    garder: Collection[str] = (),
    pieces: Collection[str] = (),
) -> uuid.UUID:
    """Ask that a demande of this enquiry be put back as version ``vers`` left it; the request's id. Nothing changes.

    ``a_part``: whoever came in since is to have a demande of their own; ``garder``: codes of what stays as it is today;
    ``pieces``: ids of the documents handed in since that stay, among those that the actor may read.
    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (of another enquiry, ended, asked already, nothing to change).
    """
    demande = lock_demande(demande_id, acteur=acteur)
    enquete = lock_enquete(enquete_id, acteur=acteur)
    require(
        policies.can_demander_restauration(acteur, territoire=demande.territoire),
        sans_droit(Permission.RESTAURATION_DEMANDER),
    )
    if not DemandeEnquetee.objects.filter(enquete=enquete, demande=demande).exists():
        raise Interdit("Cette demande n’est pas de cette enquête. Ajoutez-la d’abord.")
    blocs = lire_blocs(garder)
    motif = lire_texte(motif, requis=True, champ="motif")
    retour = calculer_retour(demande, get_version(demande, vers), garder=blocs)
    lisibles = [
        u
        for u in retour.ulterieures
        if policies.can_lire_piece(acteur, territoire=demande.territoire, sante=u.sante)
    ]
    gardees = lire_pieces_gardees(pieces, lisibles, a_part=a_part)
    _exiger_possible(retour.en_gardant(gardees), enquete, a_part=a_part)
    if is_retour_demande(demande.id):
        raise Interdit("Un retour à un état antérieur attend déjà une décision pour cette demande.")
    requete = RequeteRestauration(
        id=uuid7(),
        territoire=demande.territoire,
        demande=demande,
        enquete=enquete,
        vers=vers,
        a_part=a_part,
        garder=[bloc.value for bloc in blocs],
        pieces=list(gardees),
        motif=motif,
        auteur=acteur.id,
        demandee_par=_qui(acteur, Permission.RESTAURATION_DEMANDER, demande.territoire),
        survenu_le=survenu_le,
    )
    requete.save(force_insert=True)
    faits = {"requete": str(requete.id), "enquete": str(enquete.id), "vers": vers}
    _journaliser_a_part(Verbe.DEMANDER_RESTAURATION, requete, faits, acteur=acteur, survenu_le=survenu_le)
    cle: uuid.UUID = requete.id
    return cle


@transaction.atomic
def refuser_restauration(requete_id: uuid.UUID, *, motif: str, acteur: Acteur, survenu_le: datetime) -> None:
    """Refuse a request, and say why; nothing else changes. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    requete, demande, _ = _ouvrir(requete_id, acteur=acteur)
    reponse, motif = lire_reponse(IssueRestauration.REFUSEE, motif)
    decision = _decision(requete, demande, reponse, motif, acteur=acteur, survenu_le=survenu_le)
    decision.save(force_insert=True)
    faits = {"restauration": str(decision.id), "requete": str(requete.id)}
    _journaliser_a_part(Verbe.REFUSER_RESTAURATION, requete, faits, acteur=acteur, survenu_le=survenu_le)


@transaction.atomic
def restaurer(
    requete_id: uuid.UUID, *, revision: int, motif: str, acteur: Acteur, survenu_le: datetime
) -> Retablie:
    """Accept a request: the demande is as it was, whoever came in has their own, the file is frozen no more.

    ``revision``: of the demande, as the person who accepts has read it. Seniority, validity, renewals, facts and
    decisions do not move. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (one's own request, answered, ended),
    ``ConflitDeRevision`` (it changed since it was read), ``DejaOuverte`` (who came in is registered elsewhere).
    """
    requete, demande, enquete = _ouvrir(requete_id, acteur=acteur)
    reponse, motif = lire_reponse(IssueRestauration.ACCEPTEE, motif)
    if demande.revision != revision:
        raise ConflitDeRevision(
            "Ce dossier a changé depuis que vous l’avez lu. Relisez la comparaison, puis décidez."
        )
    retour = calculer_retour(demande, get_version(demande, requete.vers), garder=lire_blocs(requete.garder))
    gardees = lire_pieces_gardees(list(map(str, requete.pieces)), retour.ulterieures, a_part=requete.a_part)
    retour = retour.en_gardant(gardees)
    _exiger_possible(retour, enquete, a_part=requete.a_part)
    decision = _decision(requete, demande, reponse, motif, acteur=acteur, survenu_le=survenu_le)
    decision.revision = demande.revision + 1
    entrees = _lever_le_gel(requete, demande, acteur=acteur, survenu_le=survenu_le)
    jours = sum(int(str(entree.faits["jours_rendus"])) for entree in entrees)  # one freeze at most
    entrees += _ecarter_les_propositions(demande, acteur=acteur, survenu_le=survenu_le)
    version = ecrire_retour(
        retour,
        motif=phrase_du_retour(instant_fr(retour.version.survenu_le)),
        dates=_expiration(demande, jours),
        acteur=acteur,
        survenu_le=survenu_le,
    )
    if requete.a_part and retour.a_part is not None:
        decision.arrivee = retour.a_part.arrivee.numero
        decision.nouvelle = mettre_a_part(
            demande, retour.a_part, restauration=decision.id, acteur=acteur, survenu_le=survenu_le
        )
    decision.save(force_insert=True)
    faits = {
        "version": str(version.id),
        "numero": demande.nud,
        "restauration": str(decision.id),
        "vers": requete.vers,
    }
    _journaliser(retour, faits, entrees, acteur=acteur, survenu_le=survenu_le)
    _completer_l_enquete(enquete, retour, decision, acteur=acteur, survenu_le=survenu_le)
    nouvelle = decision.nouvelle.nud if decision.nouvelle else ""
    return Retablie(demande.id, demande.revision, nouvelle, jours, retour.places_ailleurs)


def _ouvrir(requete_id: uuid.UUID, *, acteur: Acteur) -> tuple[RequeteRestauration, Demande, DossierEnquete]:
    """A request that waits for somebody else's answer, its demande and its enquiry, locked.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    lisibles = RequeteRestauration.objects.filter(policies.scope_des_enquetes(acteur))
    requete = lisibles.filter(id=requete_id).first()
    if requete is None:
        raise Introuvable(INCONNUE)
    demande = lock_demande(requete.demande_id, acteur=acteur)
    require(
        policies.can_restaurer(acteur, territoire=demande.territoire),
        sans_droit(Permission.RESTAURATION_DECIDER),
    )
    exiger_autre_que_l_auteur(requete.auteur, list_comptes_de(acteur.id))
    if DecisionRestauration.objects.filter(requete=requete).exists():
        raise Interdit("Une autre personne a déjà répondu.")
    return requete, demande, lock_enquete(requete.enquete_id, acteur=acteur)


def _exiger_possible(retour: Retour, enquete: DossierEnquete, *, a_part: bool) -> None:
    """Refuse what cannot be, or what would change nothing. Raises ``Interdit``."""
    demande = retour.demande
    exiger_retablissable(Statut(demande.statut), a_part=a_part)
    if Gel.objects.filter(demande=demande, leve_le=None).exclude(enquete=enquete).exists():
        raise Interdit(GEL_D_UNE_AUTRE)
    pareil = not arbre.difference(retour.maintenant, retour.cible)
    if pareil and set(demande.version_courante.pieces) == set(retour.pieces):
        raise Interdit(
            "La demande est déjà comme elle était à cette date. Choisissez-en une autre.", champ="vers"
        )
    if a_part and retour.a_part is None:
        raise Interdit(
            "Personne d’autre n’est entré dans cette demande depuis cette date\u00a0: il n’y a pas d’autre foyer à "
            "enregistrer. Décochez cette ligne.",
            champ="a_part",
        )


def _decision(
    requete: RequeteRestauration,
    demande: Demande,
    issue: IssueRestauration,
    motif: str,
    *,
    acteur: Acteur,
    survenu_le: datetime,
) -> DecisionRestauration:
    return DecisionRestauration(
        id=uuid7(),
        territoire=requete.territoire,
        demande=demande,
        revision=demande.revision,
        requete=requete,
        issue=issue.value,
        motif=motif,
        auteur=requete.auteur,
        decideur=acteur.id,
        decide_par=_qui(acteur, Permission.RESTAURATION_DECIDER, requete.territoire),
        survenu_le=survenu_le,
    )


def _lever_le_gel(
    requete: RequeteRestauration, demande: Demande, *, acteur: Acteur, survenu_le: datetime
) -> list[Entree]:
    """The freeze ends by the same two persons: the household must be able to say where it is reached today."""
    gel = Gel.objects.filter(demande=demande, leve_le=None).first()
    if gel is None:
        return []
    siens = list_comptes_de(acteur.id)
    levee = LeveeGel.objects.filter(gel=gel, decidee_le=None).exclude(auteur__in=siens).first()
    nouvelle = levee is None
    if levee is None:
        levee = LeveeGel(
            id=uuid7(),
            gel=gel,
            precision=requete.motif,
            auteur=requete.auteur,
            demandee_par=requete.demandee_par,
            demandee_le=requete.survenu_le,
        )
    levee.decision, levee.decideur, levee.decidee_le = DecisionLevee.ACCEPTEE.value, acteur.id, survenu_le
    levee.decidee_par = _qui(acteur, Permission.GEL_LEVER, demande.territoire)
    reponse = ["decision", "decideur", "decidee_par", "decidee_le"]
    levee.save(**({"force_insert": True} if nouvelle else {"update_fields": reponse}))
    jours = finir_gel(demande, gel, survenu_le=survenu_le)
    faits = {"gel": str(gel.id), "levee": str(levee.id), "jours_rendus": jours}
    return [_entree(Verbe.LEVER_GEL, demande, faits, acteur=acteur, survenu_le=survenu_le)]


def _expiration(demande: Demande, jours: int) -> dict[str, date]:
    """The days of the freeze are given back, as by any lifting."""
    if not jours or Statut(demande.statut) not in OUVERTES:
        return {}
    return {"date_expiration": demande.date_expiration + timedelta(days=jours)}


def _ecarter_les_propositions(demande: Demande, *, acteur: Acteur, survenu_le: datetime) -> list[Entree]:
    """Changes of identity that wait on a demande put back are refused with it. Raises ``Interdit`` on one's own."""
    entrees, siens = [], list_comptes_de(acteur.id)
    for attente in en_attente(list_identites(demande.id)).values():
        if attente.auteur in siens:
            raise Interdit(
                "Vous avez saisi un changement d’identité qui attend sur cette demande. Une autre personne doit "
                "décider."
            )
        refus = DecisionIdentite(
            id=uuid7(),
            territoire=demande.territoire,
            demande=demande,
            revision=demande.revision + 1,
            identite_id=attente.identite_id,
            auteur=attente.auteur,
            decideur=acteur.id,
            decide_par=_qui(acteur, Permission.RESTAURATION_DECIDER, demande.territoire),
            issue=IssueIdentite.REFUSEE.value,
            motif=MotifRefusIdentite.AUTRE.value,
            precision=ECARTEE,
            survenu_le=survenu_le,
        )
        refus.save(force_insert=True)
        faits: dict[str, object] = {
            "decision": str(refus.id),
            "identite": str(attente.identite_id),
            "personne": str(attente.personne_id),
            "retrait": attente.retrait,
            "issue": refus.issue,
            "motif": refus.motif,
        }
        entrees.append(_entree(Verbe.REFUSER_IDENTITE, demande, faits, acteur=acteur, survenu_le=survenu_le))
    return entrees


def _journaliser(
    retour: Retour,
    faits: dict[str, object],
    autres: list[Entree],
    *,
    acteur: Acteur,
    survenu_le: datetime,
) -> None:
    """In the history of the file: that it was put back, from what to what; not why, nor who had come in."""
    demande = retour.demande
    partage = arbre.partager(retour.maintenant, retour.cible)
    faits = {**faits, "champs": [c.chemin for c in partage.ordinaires]}
    entree = _entree(Verbe.RESTAURER, demande, faits, acteur=acteur, survenu_le=survenu_le)
    entrees = [replace(entree, valeurs=valeurs_de(partage.ordinaires))]
    if partage.sante:
        entrees.append(replace(entree, verbe=Verbe.MODIFIER_SANTE, faits={"champs": list(partage.sante)}))
    entrees += [replace(autre, revision=demande.revision) for autre in autres]
    journal.inscrire_en_lot(entrees)


def _completer_l_enquete(
    enquete: DossierEnquete,
    retour: Retour,
    decision: DecisionRestauration,
    *,
    acteur: Acteur,
    survenu_le: datetime,
) -> None:
    """What was done is among what was found, and the demande set apart among those of the enquiry."""
    quoi = phrase_du_retour(instant_fr(retour.version.survenu_le))
    phrases = [f"{quoi}\u00a0: {numero(retour.demande.nud)}."]
    if decision.nouvelle is not None:
        phrases.append(f"L’autre foyer a sa propre demande, {numero(decision.nouvelle.nud)}.")
        inscrire_lien(enquete, decision.nouvelle.id, acteur=acteur, survenu_le=survenu_le)
    if retour.places_ailleurs:
        nuds = ", ".join(map(numero, retour.places_ailleurs))
        phrases.append(
            f"Une personne rétablie est aussi sur une autre demande ouverte, à réunir avec celle-ci\u00a0: {nuds}."
        )
    texte = " ".join(phrases)
    inscrire_element(
        enquete, NatureElement.NOTE, texte=texte, reference=None, acteur=acteur, survenu_le=survenu_le
    )


def _qui(acteur: Acteur, permission: Permission, territoire: str) -> dict[str, object]:
    mandat = acteur.mandat_pour(permission, territoire)
    return acteur.instantane(mandat.role if mandat else "")


def _entree(
    verbe: Verbe, demande: Demande, faits: dict[str, object], *, acteur: Acteur, survenu_le: datetime
) -> Entree:
    return Entree(
        verbe=verbe,
        acteur=acteur,
        survenu_le=survenu_le,
        territoire=demande.territoire,
        demande_id=demande.id,
        revision=demande.revision,
        faits=faits,
    )


def _journaliser_a_part(
    verbe: Verbe,
    requete: RequeteRestauration,
    faits: Mapping[str, object],
    *,
    acteur: Acteur,
    survenu_le: datetime,
) -> None:
    """Between those who look at the file: no demande is named."""
    journal.inscrire(
        Entree(verbe=verbe, acteur=acteur, survenu_le=survenu_le, territoire=requete.territoire, faits=faits)
    )
