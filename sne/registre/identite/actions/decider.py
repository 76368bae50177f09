"""A change of identity that waits is decided: when it is validated, a revision puts it in force; when it is refused,
nothing changes.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from sne.habilitations.actions.deux_personnes import exiger_sans_reponse, signer
from sne.habilitations.rules import Permission
from sne.journal import actions as journal
from sne.journal.rules import Verbe
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes, avec_identites
from sne.registre.contenu.rules.arbre.sante import partager
from sne.registre.contenu.rules.identite import Voie
from sne.registre.contenu.rules.texte import lire_texte
from sne.registre.controle.selectors.controle import get_seuils
from sne.registre.demande.actions import lignes as construction
from sne.registre.demande.actions import places
from sne.registre.demande.actions.dire import dire, entrees_du_changement
from sne.registre.demande.actions.reviser import reviser
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import DecisionIdentite, Identite, Personne
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.personne import IssueIdentite
from sne.registre.demande.selectors.etat import assembler
from sne.registre.demande.selectors.identites import get_base, list_identites, vers_arbre
from sne.registre.enquete.rules.gel import exiger_non_gele
from sne.registre.enquete.selectors.gels import get_gel
from sne.registre.identite import policies
from sne.registre.identite.possible import exiger_a_sa_portee
from sne.registre.identite.rules.decision import (
    appliquer,
    est_reservee,
    exiger_decidable,
    exiger_pieces_vues,
    exiger_qu_il_en_reste,
    lire_refus,
)
from sne.registre.identite.rules.echanges import exiger_enquete_close
from sne.registre.identite.selectors.a_decider import get_lecture
from sne.registre.identite.selectors.echanges import is_en_enquete
from sne.registre.identite.selectors.pieces_du_changement import list_pieces_du_changement
from sne.registre.identite.verbes import VerbeIdentite
from sne.registre.modification.actions.quitter import quitter
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable
from sne.socle.lignes import trouver

VALIDE = "Changement d’identité validé"
DEPART_VALIDE = "Départ d’un cotitulaire validé"
Trace = bytes | memoryview | None
"""Fingerprint of a number, as a column gives it."""


@dataclass(frozen=True, slots=True)
class Cas:
    """A change that waits, its demande locked; who answers it, when."""

    demande: Demande
    ligne: Identite
    acte: Acte


@transaction.atomic
def valider_identite(identite_id: uuid.UUID, *, acte: Acte, precision: str = "") -> None:
    """Put a change of identity, or a departure, in force: the next revision says it. Seniority does not move.

    Raises ``Introuvable`` (out of the perimeter, or not of this role), ``NonHabilite`` (the GT's alone),
    ``Interdit`` (one's own entry, an answer given, reported and not closed, a demande that has ended, the departure of
    who is alone there by now, documents not opened, none at all),
    ``DossierFige``, ``DejaOuverte``.
    """
    cas = ouvrir(identite_id, acte=acte)
    exiger_enquete_close(ouverte=is_en_enquete(cas.ligne))
    precision = lire_texte(precision, requis=False)
    exiger_decidable(Statut(cas.demande.statut))
    if cas.ligne.retrait:
        exiger_qu_il_en_reste(Personne.objects.filter(demande=cas.demande, retire_le=None).count())
    exiger_non_gele(get_gel(cas.demande.id), ce_qui_attend="La décision sur ce changement d’identité")
    pieces = list_pieces_du_changement(cas.ligne, acteur=acte.acteur, le=horloge.jour(acte.survenu_le))
    exiger_pieces_vues(pieces)
    vues = [piece.id for piece in pieces if piece.ouverte_le is not None]
    avant = assembler(cas.demande.version_courante)
    apres = _faire_partir(cas, avant) if cas.ligne.retrait else _mettre_en_vigueur(cas, avant)
    decision = _repondre(cas, IssueIdentite.VALIDEE, precision=precision, pieces=vues)
    _journaliser(cas, decision, VerbeIdentite.VALIDER_IDENTITE, avant=avant, apres=apres)


@transaction.atomic
def refuser_identite(identite_id: uuid.UUID, *, motif: str, precision: str, acte: Acte) -> None:
    """Refuse a change of identity, with a coded reason; the identity in force stays. No revision is made.

    Raises ``Introuvable`` (out of the perimeter, or not of this role), ``NonHabilite`` (the GT's alone),
    ``Interdit`` (one's own entry, an answer given, reported and not closed, a reason ill said).
    """
    cas = ouvrir(identite_id, acte=acte)
    exiger_enquete_close(ouverte=is_en_enquete(cas.ligne))
    lu, precision = lire_refus(motif, precision)
    clore_sans_effet(
        cas, IssueIdentite.REFUSEE, verbe=VerbeIdentite.REFUSER_IDENTITE, motif=lu.value, precision=precision
    )


def ouvrir(identite_id: uuid.UUID, *, acte: Acte) -> Cas:
    """The change, its demande locked, for somebody who may decide on it, as long as nobody has.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    siennes = policies.scope_des_identites(acte.acteur, le=horloge.jour(acte.survenu_le))
    if not Identite.objects.filter(siennes, id=identite_id, voie=Voie.CONTROLE).exists():
        raise Introuvable("Aucun changement à décider dans votre périmètre sous cet identifiant.")
    cas = lire_attente(identite_id, acte=acte)
    reserve = _est_reserve(cas.ligne, le=horloge.jour(acte.survenu_le))
    exiger_a_sa_portee(cas.ligne, acte.acteur, auteur=cas.ligne.auteur, reserve=reserve)
    return cas


def lire_attente(identite_id: uuid.UUID, *, acte: Acte) -> Cas:
    """A change that nobody decided yet, its demande locked, for the person who may read the demande.

    Raises ``Introuvable``, ``Interdit`` once it is decided.
    """
    trouvees = Identite.objects.filter(id=identite_id, voie=Voie.CONTROLE)
    demande_id = trouver(
        trouvees.values_list("demande", flat=True), "Aucun changement d’identité sous cet identifiant."
    )
    demande = lock_demande(demande_id, acteur=acte.acteur)
    ligne = Identite.objects.select_related("demande__version_courante", "examen").get(id=identite_id)
    exiger_sans_reponse(DecisionIdentite(identite=ligne))
    return Cas(demande, ligne, acte)


def _est_reserve(ligne: Identite, *, le: date) -> bool:
    lecture, examen = get_lecture(ligne.demande_id, le=le), getattr(ligne, "examen", None)
    return est_reservee(examen.clauses if examen else (), lecture.score if lecture else 0.0, get_seuils(le))


def _mettre_en_vigueur(cas: Cas, avant: Contenu) -> Contenu:
    """Put the identity asked for in force; traits changed meanwhile by another act stay as they are.

    Returns the new content.
    """
    personne = Personne.objects.select_related("identite_courante").get(id=cas.ligne.personne_id)
    demandee, base = vers_arbre(cas.ligne), vers_arbre(get_base(list_identites(cas.demande.id), cas.ligne))
    courante = appliquer(vers_arbre(personne.identite_courante), base=base, demandee=demandee)
    ancienne = personne.identite_courante.nir_empreinte
    personne.identite_courante = _ligne_en_vigueur(cas, courante, demandee)
    personne.save(update_fields=["identite_courante"])
    _deplacer_la_place(cas.demande, ancienne, personne.identite_courante.nir_empreinte)
    references = {a.personne: reference for reference, a in adultes(avant)}
    apres = avec_identites(avant, {references[str(personne.id)]: courante})
    _avancer(cas, apres, personne.identite_courante)
    return apres


def _ligne_en_vigueur(cas: Cas, courante: arbre.Identite, demandee: arbre.Identite) -> Identite:
    """The row to put in force: the validated one, or a new one when other traits changed meanwhile.

    The anchor is the validated row in both cases.
    """
    if courante == demandee:
        return cas.ligne
    ligne = construction.construire_identite(
        courante,
        personne_id=cas.ligne.personne_id,
        demande=cas.demande,
        acte=cas.acte,
        voie=Voie.AUTOMATIQUE,
        revision=cas.demande.revision + 1,
    )
    ligne.save(force_insert=True)
    return ligne


def _deplacer_la_place(demande: Demande, ancienne: Trace, nouvelle: Trace) -> None:
    """The place that a number holds in the territory follows the person. Raises ``DejaOuverte``."""
    avant, apres = (set() if trace is None else {bytes(trace)} for trace in (ancienne, nouvelle))
    if avant != apres:
        places.liberer(demande, avant)
        places.tenir(demande, apres, champ="decision")


def _avancer(cas: Cas, apres: Contenu, courante: Identite) -> None:
    """The next revision, that names the identity now in force."""
    demande, precedente = cas.demande, cas.demande.version_courante
    version = construction.copier_version(precedente, survenu_le=cas.acte.survenu_le)
    connues = Identite.objects.in_bulk(precedente.identites)
    version.identites = [
        courante.id if connues[cle].personne_id == courante.personne_id else cle
        for cle in precedente.identites
    ]
    version.auteur, version.motif, version.document = cas.acte.acteur.id, VALIDE, ""
    reviser(demande, version, construction.colonnes_projetees(apres))


def _faire_partir(cas: Cas, avant: Contenu) -> Contenu:
    return quitter(
        cas.demande,
        cas.ligne.personne_id,
        avant=avant,
        acte=cas.acte,
        motif=DEPART_VALIDE,
    )


def clore_sans_effet(
    cas: Cas, issue: IssueIdentite, *, verbe: Verbe, motif: str = "", precision: str = ""
) -> None:
    """End a change without putting it in force: the answer, and the entry that names it."""
    _journaliser(cas, _repondre(cas, issue, motif=motif, precision=precision), verbe)


def _repondre(
    cas: Cas,
    issue: IssueIdentite,
    *,
    motif: str = "",
    precision: str = "",
    pieces: list[uuid.UUID] | None = None,
) -> DecisionIdentite:
    decision = DecisionIdentite(
        territoire=cas.demande.territoire,
        demande=cas.demande,
        revision=cas.demande.revision,
        identite=cas.ligne,
        auteur=cas.ligne.auteur,
        issue=issue.value,
        motif=motif,
        precision=precision,
        pieces=pieces or [],
    )
    signer(
        decision, permission=Permission.ETAT_CIVIL_DECIDER, territoire=cas.demande.territoire, acte=cas.acte
    )
    decision.save(force_insert=True)
    return decision


def _journaliser(
    cas: Cas,
    decision: DecisionIdentite,
    verbe: Verbe,
    *,
    avant: Contenu | None = None,
    apres: Contenu | None = None,
) -> None:
    """One entry: which request, how it ended; validated, the version made, before and after."""
    validee = avant is not None and apres is not None
    partage = partager(avant, apres) if avant is not None and apres is not None else None
    demande = cas.demande
    faits: dict[str, object] = {
        "decision": str(decision.id),
        "identite": str(cas.ligne.id),
        "personne": str(cas.ligne.personne_id),
        "retrait": cas.ligne.retrait,
        "issue": decision.issue,
        **({"motif": decision.motif} if decision.motif else {}),
        # A refusal makes no version: the one in force has a reason of its own, which is not this one.
        **({"version": str(demande.version_courante_id), "numero": demande.nud} if validee else {}),
    }
    if partage is None:
        dire(verbe, demande, acte=cas.acte, faits=faits)
    else:
        journal.inscrire_en_lot(entrees_du_changement(verbe, demande, partage, acte=cas.acte, faits=faits))
