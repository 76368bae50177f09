"""What a line of an import does: the act that its operation names, by the words and the rules of the interface."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from pydantic import ValidationError

from sne.api.contenu import emettre, fusionner, garder_telephones, relire
from sne.api.corps import Illisible, exiger_peu_profond
from sne.api.erreurs import Detail, ErreurApi, pointer, titre_de, traduire
from sne.api.ressources.demandes import CONTENU, lire_depot
from sne.api.schemas.commun import Recu
from sne.api.schemas.demandes import DemandeRecue
from sne.api.schemas.faits import EvenementRecu
from sne.api.schemas.imports import ModificationDeLigne, RadiationDeLigne, RenouvellementDeLigne
from sne.conventions.rules.portees import Portee
from sne.imports.actions import Contexte, LigneRefusee, Resultat
from sne.imports.rules.etats import Issue
from sne.imports.rules.lignes import Operation
from sne.registre.contenu.rules.arbre.messages import chemin_pointe
from sne.registre.demande.actions.tentatives import d_un_bloc
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.demande.selectors.existence import get_demande_id, get_revision
from sne.registre.depot.actions.deposer import deposer_demande, essayer_depot
from sne.registre.faits.actions.evenements import consigner_evenement, essayer_evenement
from sne.registre.faits.rules.evenements import EvenementSaisi
from sne.registre.modification.actions.modifier import essayer_modification, modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.vie.actions.radier import essayer_radiation, radier_demande
from sne.registre.vie.actions.renouveler import essayer_renouvellement, renouveler_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.selectors.changements import list_en_attente
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Refus

Faire = Callable[[Any, str, Contexte], Resultat]


@dataclass(frozen=True, slots=True)
class _Sorte:
    """One operation. ``prefixe``: where the content of a demande is in its body."""

    corps: type[Recu]
    portee: Portee
    faire: Faire
    prefixe: str = ""


def executer(operation: Operation, contexte: Contexte) -> None:
    """Do one line, and note it in the transaction of its act. Raises ``LigneRefusee``, with everything undone."""
    sorte = SORTES.get(operation.operation)
    if sorte is None:
        raise LigneRefusee([{"code": "OPERATION_INCONNUE"}])
    if sorte.portee not in contexte.identite.portees:
        raise LigneRefusee([_dire(Detail("PORTEE_MANQUANTE", titre_de("", HTTPStatus.FORBIDDEN), ""))])
    try:
        exiger_peu_profond(operation.corps)
        corps = sorte.corps.model_validate(dict(operation.corps))
    except Illisible:
        raise LigneRefusee([{"code": "LIGNE_ILLISIBLE"}]) from None
    except ValidationError as exc:
        raise LigneRefusee(dire_forme(exc)) from None
    try:
        with d_un_bloc():
            contexte.noter(sorte.faire(corps, operation.nud, contexte))
    except Refus as refus:
        erreur = traduire(refus, prefixe=sorte.prefixe)
        raise LigneRefusee([_dire(d) for d in erreur.details], operation_nud(operation, refus)) from None
    except ErreurApi as erreur:
        raise LigneRefusee([_dire(d) for d in erreur.details]) from None


def operation_nud(operation: Operation, refus: Refus) -> str:
    """The number of the demande, once it is known that the caller may know of it."""
    return operation.nud if traduire(refus).http == HTTPStatus.CONFLICT else ""


def dire_forme(exc: ValidationError) -> list[dict[str, str]]:
    """What a body may not be, without a value of it."""
    lues = exc.errors(include_url=False, include_input=False, include_context=False)
    return [
        _dire(
            Detail(
                code := f"FORME_{lue['type'].upper()}",
                titre_de(code, HTTPStatus.UNPROCESSABLE_ENTITY),
                "",
                pointer(chemin_pointe(lue["loc"])) if lue["type"] != "extra_forbidden" else "",
            )
        )
        for lue in lues[:50]
    ]


def _dire(detail: Detail) -> dict[str, str]:
    dite = {"code": detail.code, "titre": detail.titre}
    return dite | ({"pointeur": detail.pointeur} if detail.pointeur else {})


def _deposer(corps: DemandeRecue, _: str, ici: Contexte) -> Resultat:
    depot = lire_depot(corps, ici.identifiant, ici.identite, ici.acte)
    if ici.essai:
        essayer_depot(depot, acte=ici.acte)
        return Resultat(Issue.ENREGISTREE, "")
    recepisse = deposer_demande(depot, acte=ici.acte)
    return Resultat(Issue.ENREGISTREE, recepisse.nud, 1)


def _modifier(corps: ModificationDeLigne, nud: str, ici: Contexte) -> Resultat:
    demande_id, acteur = _trouver(nud, ici)
    base = get_contenu(demande_id, corps.revision, acteur=acteur)
    voulu = relire(fusionner(emettre(base), corps.correctif), base)
    if ici.essai:
        attend = essayer_modification(demande_id, Saisie(voulu, corps.revision), acte=ici.acte)
        return Resultat(Issue.EN_ATTENTE if attend else Issue.MODIFIEE, nud)
    faite = modifier_demande(
        demande_id, contenu=voulu, revision=corps.revision, motif=corps.motif or "", acte=ici.acte
    )
    return Resultat(Issue.EN_ATTENTE if faite.en_attente else Issue.MODIFIEE, nud, faite.revision)


def _renouveler(corps: RenouvellementDeLigne, nud: str, ici: Contexte) -> Resultat:
    demande_id, acteur = _trouver(nud, ici)
    base = get_contenu(demande_id, corps.revision, acteur=acteur)
    voulu = garder_telephones(corps.contenu, base) if corps.contenu else base
    saisie = Saisie(voulu, corps.revision, corps.nirs)
    if ici.essai:
        attend = essayer_renouvellement(
            demande_id, saisie, acte=ici.acte, sans_changement=corps.sans_changement
        )
        return Resultat(Issue.EN_ATTENTE if attend else Issue.MODIFIEE, nud)
    faite = renouveler_demande(
        demande_id,
        saisie=saisie,
        sans_changement=corps.sans_changement,
        brouillon_id=ici.identifiant,
        acte=ici.acte,
    )
    attend = bool(list_en_attente(demande_id, acteur=acteur))
    return Resultat(Issue.EN_ATTENTE if attend else Issue.MODIFIEE, nud, faite.revision)


def _radier(corps: RadiationDeLigne, nud: str, ici: Contexte) -> Resultat:
    demande_id, acteur = _trouver(nud, ici)
    if get_revision(demande_id, acteur=acteur) != corps.revision:
        raise LigneRefusee([{"code": "REVISION_DEPASSEE", "pointeur": "/revision"}], nud)
    faits = FaitsRadiation(
        corps.motif, corps.sous_motif, corps.date_courrier, corps.document or "", corps.date_radiation
    )
    if ici.essai:
        essayer_radiation(demande_id, faits, acte=ici.acte)
        return Resultat(Issue.MODIFIEE, nud)
    faite = radier_demande(demande_id, faits, acte=ici.acte, cle=ici.identifiant)
    if faite.revision != corps.revision + 1:  # somebody wrote since: the act is undone with the block
        raise LigneRefusee([{"code": "REVISION_DEPASSEE", "pointeur": "/revision"}], nud)
    return Resultat(Issue.MODIFIEE, nud, faite.revision)


def _consigner(corps: EvenementRecu, nud: str, ici: Contexte) -> Resultat:
    demande_id, acteur = _trouver(nud, ici)
    saisi = EvenementSaisi(
        type=corps.type,
        jour=corps.jour,
        caracteristiques=corps.caracteristiques,
        commentaire=corps.commentaire or "",
    )
    if ici.essai:
        essayer_evenement(demande_id, saisi, acte=ici.acte)
        return Resultat(Issue.ENREGISTREE, nud)
    consigner_evenement(demande_id, saisi, acte=ici.acte, cle=ici.identifiant)
    return Resultat(Issue.ENREGISTREE, nud, get_revision(demande_id, acteur=acteur))


def _trouver(nud: str, ici: Contexte) -> tuple[uuid.UUID, Acteur]:
    """The demande that the line names. Raises ``Introuvable``."""
    return get_demande_id(nud, ici.acte.acteur), ici.acte.acteur


SORTES: Mapping[str, _Sorte] = {
    "deposer": _Sorte(DemandeRecue, Portee.DEMANDES_ECRIRE, _deposer, CONTENU),
    "modifier": _Sorte(ModificationDeLigne, Portee.DEMANDES_ECRIRE, _modifier, "/correctif"),
    "renouveler": _Sorte(RenouvellementDeLigne, Portee.DEMANDES_ECRIRE, _renouveler, CONTENU),
    "radier": _Sorte(RadiationDeLigne, Portee.DEMANDES_RADIER, _radier),
    "evenement": _Sorte(EvenementRecu, Portee.EVENEMENTS_ECRIRE, _consigner),
}
