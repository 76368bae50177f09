"""What the control of identity writes beside a revision: why a change applies or waits, and what the revision touched.

One place for every door. A deposit writes neither: it is the first statement, there is nothing to compare it with.
"""

import uuid
from datetime import timedelta

from sne.referentiels.selectors import get_fuseau
from sne.registre.controle import models
from sne.registre.controle.models import ExamenIdentite
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.decision import Verdict, memes_traits
from sne.registre.controle.rules.operations import PROTEGES, Operation, TypeOperation
from sne.registre.controle.rules.score import est_risque
from sne.registre.controle.rules.termes import calculer
from sne.registre.controle.rules.tirage import est_tiree, part_relue
from sne.registre.controle.rules.traits import Traits
from sne.registre.controle.selectors.controle import count_autres_dossiers, get_seuils, list_operations
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.selectors.identites import ancre, en_attente, list_identites, vers_arbre
from sne.socle import horloge
from sne.socle.chiffrement import cle_pour
from sne.socle.horloge import debut_du_jour

TIRAGE = "relecture d’une identité"
"""What the key that draws is for."""


def noter_examen(ligne: Identite, verdict: Verdict, *, seuils: Seuils) -> None:
    """Keep what the rule said of an identity, with the thresholds of that day, and whether it is to be read again."""
    ExamenIdentite(
        territoire=ligne.territoire,
        demande_id=ligne.demande_id,
        identite=ligne,
        decision=verdict.decision.value,
        clauses=[clause.value for clause in verdict.clauses],
        phrase=verdict.phrase,
        seuils=seuils.de_la_decision(),
        tiree=est_tiree(ligne.id, part_relue(verdict, seuils), cle=cle_pour(TIRAGE)),
        survenu_le=ligne.survenu_le,
    ).save(force_insert=True)


def noter_operation(demande: Demande, acte: Operation, *, auteur: uuid.UUID, agent: str = "") -> None:
    """Keep which fields the revision just written touched, and the score that ranks the file when its identity differs
    from the anchor.

    ``demande`` is at that revision, its identities are written. ``agent``: whom the software of ``auteur`` names. A
    revision that touches no watched field is not kept.
    """
    if not acte.champs and acte.type is TypeOperation.MODIFICATION:
        return
    operation = models.Operation(
        territoire=demande.territoire,
        demande=demande,
        revision=demande.revision,
        type=acte.type.value,
        canal=str(acte.canal),
        guichet=acte.guichet,
        auteur=auteur,
        agent=agent,
        champs=sorted(champ.value for champ in acte.champs),
        survenu_le=acte.horodatage,
    )
    if acte.professionnelle:
        _chiffrer(operation, demande, acte)
    operation.save(force_insert=True)


def _chiffrer(operation: models.Operation, demande: Demande, acte: Operation) -> None:
    """Risk and score of an act of a professional, once the identity asked for last is not the anchor's."""
    en_vigueur = demande.version_courante.identites
    if not en_vigueur:  # an association
        return
    lignes = {ligne.id: ligne for ligne in list_identites(demande.id)}
    demandeur, *autres = (lignes[cle] for cle in en_vigueur)
    attente = en_attente(lignes.values()).get(demandeur.personne_id)
    reference = Traits.de(vers_arbre(ancre(lignes.values(), demandeur.personne_id)))
    voulue = Traits.de(attente.identite if attente and not attente.retrait else vers_arbre(demandeur))
    if memes_traits(reference, voulue):
        return
    le = horloge.jour(acte.horodatage)
    seuils, anciennete = get_seuils(le), (le - demande.date_anciennete).days
    codemandeur = autres[0].nom_naissance if autres else ""
    if not PROTEGES.isdisjoint(acte.champs):
        operation.risque = est_risque(
            reference, voulue, anciennete_jours=anciennete, codemandeur=codemandeur, seuils=seuils
        )
    # A day more: the rule counts the days of the window on the territory's own clock.
    depuis = debut_du_jour(le - timedelta(days=seuils.score_fenetre_jours + 1))
    score = calculer(
        reference,
        voulue,
        [*list_operations(demande.id, depuis=depuis), acte],
        anciennete_jours=anciennete,
        autres_dossiers=count_autres_dossiers(operation, acte, depuis_jours=seuils.score_agent_jours),
        codemandeur=codemandeur,
        seuils=seuils,
        fuseau=get_fuseau(demande.territoire),
    )
    operation.score = score.total
    operation.termes = [
        {"code": t.code, "libelle": t.libelle, "detail": t.detail, "valeur": t.valeur} for t in score.termes
    ]
