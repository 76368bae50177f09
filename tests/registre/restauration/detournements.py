"""Takeovers of the tests: what a thief obtains on somebody else's demande, one call each, and the way back."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.sante import partager
from sne.registre.controle.rules.decision import Decision
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.modification.actions.revision.ecrire import ecrire
from sne.registre.modification.actions.revision.preparer import preparer
from sne.registre.restauration.actions.decider import Retablie, restaurer
from sne.registre.restauration.actions.demander import demander_restauration
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.registre import factories as f
from tests.registre.enquete.enquetes import enqueter, gt

DEPOT = f.MAINTENANT - timedelta(days=300)
VOL = f.MAINTENANT - timedelta(days=90)
NAISSANCE = date(1987, 3, 14)
VOLEUR = f.personne(
    "Zimmer",
    "Karl",
    identite={"civilite": "1", "date_naissance": "1979-01-30"},
    contact={"courriel": "karl@rare.example", "telephone_portable": "06 99 88 77 66"},
)


def actuel(demande_id: uuid.UUID) -> Contenu:
    """The content in force, health included."""
    return get_contenu(demande_id, revision_de(demande_id), acteur=f.creer_acteur())


def revision_de(demande_id: uuid.UUID) -> int:
    revision: int = Demande.objects.values_list("revision", flat=True).get(id=demande_id)
    return revision


@transaction.atomic
def detourner(
    demande_id: uuid.UUID,
    voulu: Contenu,
    *,
    nirs: Mapping[str, str] | None = None,
    le: datetime = VOL,
    acteur: Acteur | None = None,
) -> None:
    """Put this content in force through the counter's door, as if nothing of it had waited for a decision."""
    acteur = acteur or f.creer_acteur()
    demande = lock_demande(demande_id, acteur=acteur)
    avant = actuel(demande_id)
    saisie = Saisie(voulu, demande.revision, nirs or {})
    projet = preparer(demande, saisie, acte=Acte(acteur, le))
    plan = projet.plan
    identites = {
        ref: plan.proposees[str(a.personne)]
        for ref, a in arbre.adultes(plan.contenu)
        if a.personne in plan.proposees
    }
    contenu = arbre.avec_identites(plan.contenu, identites)
    plan = replace(
        plan,
        contenu=contenu,
        appliquees={**plan.appliquees, **plan.proposees},
        proposees={},
        verdicts={p: replace(v, decision=Decision.AUTOMATIQUE) for p, v in plan.verdicts.items()},
    )
    projet = replace(
        projet,
        plan=plan,
        changements=arbre.difference(avant, contenu),
        partage=partager(avant, contenu),
    )
    ecrire(projet, verbe=VerbeDemande.MODIFIER)


def voler(
    demande_id: uuid.UUID, *, le: datetime = VOL, nirs: Mapping[str, str] | None = None, **blocs: Any
) -> None:
    """Karl Zimmer takes the place of the applicant, with what else he changes."""
    contenu = actuel(demande_id)
    brut = contenu.model_dump(mode="json")
    personne, adresse = brut["demandeur"]["personne"], brut["demandeur"]["adresse_courrier"]
    brut |= {"demandeur": {"adresse_courrier": adresse} | VOLEUR | {"personne": personne}} | blocs
    detourner(demande_id, Contenu.model_validate(brut), nirs=nirs, le=le)
    connection.check_constraints()


def demander(
    demande_id: uuid.UUID,
    vers: int = 1,
    *,
    enquete: uuid.UUID | None = None,
    acteur: Acteur | None = None,
    a_part: bool = True,
    **autres: Any,
) -> uuid.UUID:
    """Ask that a demande be put back, from an enquiry opened at once; the request's id."""
    acteur = acteur or gt()
    champs: dict[str, Any] = {"motif": "Le titulaire n’a rien demandé"} | autres
    acte = Acte(acteur, champs.pop("survenu_le", f.MAINTENANT))
    requete = demander_restauration(
        enquete or enqueter(demande_id, acteur=acteur),
        demande_id,
        vers=vers,
        a_part=a_part,
        acte=acte,
        **champs,
    )
    connection.check_constraints()
    return requete


def accepter(
    requete: uuid.UUID, demande_id: uuid.UUID, *, acteur: Acteur | None = None, **autres: Any
) -> Retablie:
    """Another manager accepts a request, as the demande is now."""
    champs: dict[str, Any] = {
        "motif": "",
        "revision": revision_de(demande_id),
    } | autres
    acte = Acte(acteur or gt(), champs.pop("survenu_le", f.MAINTENANT))
    faite = restaurer(requete, acte=acte, **champs)
    connection.check_constraints()
    return faite


def retablir(demande_id: uuid.UUID, vers: int = 1, **autres: Any) -> Retablie:
    """Ask and accept, by two persons."""
    return accepter(demander(demande_id, vers, **autres), demande_id)


def deposer_elodie(*, ecartes: bool = False, le: datetime = DEPOT, **autres: Any) -> Demande:
    """Élodie Dubreuil's demande, of three hundred days, with her number; ``ecartes``: she is not the other one."""
    contact = {"courriel": "elodie@exemple.fr", "telephone_portable": "06 11 22 33 44"}
    contenu = f.contenu(**({"demandeur": f.personne(contact=contact)} | autres))
    dit = "Une autre personne" if ecartes else ""
    depose = f.deposer(contenu, le=le, nirs={"demandeur": f.nir_de(NAISSANCE)}, doublons_ecartes=dit)
    return Demande.objects.get(id=depose.demande_id)


ENFANT_DU_VOLEUR = {
    "identifiant": "z",
    "nom": "Zimmer",
    "prenoms": "Otto",
    "date_naissance": "2015-05-05",
    "sexe": "M",
}
