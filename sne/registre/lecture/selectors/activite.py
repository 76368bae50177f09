"""What one agent has to find again: files just opened, identity changes asked for, the number of a draft."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sne.registre.contenu.rules.identite import Voie
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.demande.selectors.identites import get_base
from sne.registre.identite.policies import is_du_guichet
from sne.registre.identite.selectors.a_decider import list_questionnees
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class DossierBref:
    """A file in one line."""

    nud: str
    nom: str
    prenoms: str
    date_naissance: date
    civilite: str
    commune: str  # INSEE code of the first commune wished, empty when none


@dataclass(frozen=True, slots=True)
class ChangementDemande:
    """An identity change that the actor asked for. ``issue``: empty while it waits, else the decision's.

    ``suivi``: at the counter that they act for now, whose page tells the rest. ``question``: an answer is awaited.
    """

    id: uuid.UUID
    suivi: bool
    nud: str
    nom: str
    prenoms: str
    traits: tuple[str, ...]  # French names of what changes
    retrait: bool
    survenu_le: datetime
    issue: str
    question: bool


def get_nud(demande_id: uuid.UUID, acteur: Acteur) -> str:
    """Number of a demande of the actor's perimeter; empty when there is none yet under this id."""
    trouve = Demande.objects.filter(policies.scope(acteur), id=demande_id).values_list("nud", flat=True)
    return trouve.first() or ""


def list_dossiers_brefs(nuds: Sequence[str], acteur: Acteur) -> tuple[DossierBref, ...]:
    """The files of these numbers within the perimeter, in the order given."""
    demandes = Demande.objects.filter(policies.scope(acteur), nud__in=list(nuds))
    personnes = Personne.objects.filter(demande__in=demandes, rang=0).select_related(
        "demande", "identite_courante"
    )
    brefs = {personne.demande.nud: _bref(personne) for personne in personnes}
    return tuple(brefs[nud] for nud in nuds if nud in brefs)


def list_changements_demandes(
    acteur: Acteur, *, depuis: datetime, au_plus: int = 10
) -> tuple[ChangementDemande, ...]:
    """Identity changes submitted to a decision by this actor since ``depuis``, the newest first."""
    demandes = Demande.objects.filter(policies.scope(acteur))
    lignes = list(
        Identite.objects.filter(
            voie=Voie.CONTROLE, auteur=acteur.id, survenu_le__gte=depuis, demande__in=demandes
        )
        .select_related("demande", "decision", "personne__identite_courante")
        .order_by("-survenu_le", "-id")[:au_plus]
    )
    personnes = [ligne.personne_id for ligne in lignes]
    connues = list(Identite.objects.filter(personne__in=personnes).select_related("decision"))
    questions = list_questionnees([ligne.id for ligne in lignes])
    return tuple(_changement(ligne, acteur, connues, question=ligne.id in questions) for ligne in lignes)


def _bref(personne: Personne) -> DossierBref:
    identite, souhaitees = personne.identite_courante, personne.demande.communes_souhaitees
    return DossierBref(
        nud=personne.demande.nud,
        nom=identite.nom_naissance,
        prenoms=identite.prenoms,
        date_naissance=identite.date_naissance,
        civilite=identite.civilite,
        commune=souhaitees[0] if souhaitees else "",
    )


TRAITS = {
    "nom_naissance": "nom de naissance",
    "prenoms": "prénoms",
    "date_naissance": "date de naissance",
    "civilite": "civilité",
    "nir_empreinte": "numéro de sécurité sociale",
}


def _changement(
    ligne: Identite, acteur: Acteur, connues: Collection[Identite], *, question: bool
) -> ChangementDemande:
    """``connues``: every identity of the persons concerned; so that a change that is applied still says what it
    changed.
    """
    en_vigueur, base = ligne.personne.identite_courante, get_base(connues, ligne)
    differents = [nom for nom in TRAITS if getattr(ligne, nom) != getattr(base, nom)]
    en_attente = not hasattr(ligne, "decision")
    return ChangementDemande(
        id=ligne.id,
        suivi=is_du_guichet(acteur, territoire=ligne.territoire, guichet=ligne.guichet),
        nud=ligne.demande.nud,
        nom=en_vigueur.nom_naissance,
        prenoms=en_vigueur.prenoms,
        traits=tuple(TRAITS[nom] for nom in differents),
        retrait=ligne.retrait,
        survenu_le=ligne.survenu_le,
        issue="" if en_attente else ligne.decision.issue,
        question=en_attente and question,
    )
