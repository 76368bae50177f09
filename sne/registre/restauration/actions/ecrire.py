"""Writing a demande as it was: persons, identities, places, documents, version; nothing of the past is touched."""

import contextlib
from collections.abc import Mapping
from datetime import date

from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.references import Adulte
from sne.registre.contenu.rules.identite import Voie
from sne.registre.demande.actions import lignes as construction
from sne.registre.demande.actions import places
from sne.registre.demande.actions.lignes import OUVERTES
from sne.registre.demande.actions.reviser import reviser
from sne.registre.demande.models.demande import Version
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.demande.rules.personne import EtatCourriel
from sne.registre.demande.rules.refus import DejaOuverte
from sne.registre.restauration.selectors import Retour
from sne.socle.acte import Acte
from sne.socle.identifiants import uuid7

TRAITS = (
    "civilite",
    "nom_naissance",
    "nom_usage",
    "prenoms",
    "date_naissance",
    "date_naissance_presumee",
    "naissance_commune",
    "naissance_pays",
    "nationalite",
    "nir_etat",
    "nir_empreinte",
)
"""What an identity says of a person."""


def ecrire_retour(retour: Retour, *, motif: str, dates: Mapping[str, date | None], acte: Acte) -> Version:
    """The next revision of a demande already locked, as it was; its entry is the caller's to inscribe.

    ``dates``: columns that the same decision moves besides. Status and renewals stay as they are.
    """
    demande = retour.demande
    identites = _ecrire_personnes(retour, acte=acte)
    _tenir_les_places(retour)
    version = construction.construire_version(retour.cible, identites=identites, demande=demande, acte=acte)
    version.motif, version.pieces, version.piece_vue = motif, list(retour.pieces), retour.version.piece_vue
    return reviser(demande, version, {**construction.colonnes_projetees(retour.cible), **dates})


def _ecrire_personnes(retour: Retour, *, acte: Acte) -> list[Identite]:
    """Put back the people of that version with the identity they had, and make those who came in since leave.

    Returns the identities, in the order of the persons.
    """
    rangees = {str(p.id): p for p in Personne.objects.filter(demande=retour.demande)}
    alors = {str(i.personne_id): i for i in Identite.objects.filter(id__in=retour.version.identites)}
    identites = []
    for rang, (_, adulte) in enumerate(arbre.adultes(retour.cible)):
        cle = str(adulte.personne)
        identites.append(
            _ecrire_personne(
                rangees.pop(cle),
                adulte,
                alors[cle],
                rang=rang,
                revision=retour.demande.revision + 1,
                acte=acte,
            )
        )
    for partante in rangees.values():
        if partante.retire_le is None:
            partante.retire_le = acte.survenu_le
            partante.save(update_fields=["retire_le"])
    return identites


def _ecrire_personne(
    personne: Personne,
    adulte: Adulte,
    alors: Identite,
    *,
    rang: int,
    revision: int,
    acte: Acte,
) -> Identite:
    """``rang``: who applied comes back as the applicant, and whoever had taken the role over is a co-holder again."""
    champs: dict[str, object] = {**construction.cles_de_contact(adulte), "retire_le": None}
    champs |= {"role": "COTITULAIRE" if rang else "DEMANDEUR", "rang": rang}
    if personne.courriel != champs["courriel"]:  # what is known of one address says nothing of another
        champs["courriel_etat"] = EtatCourriel.NON_VERIFIEE
    identite = alors
    if personne.identite_courante_id != alors.id:
        identite = Identite(
            id=uuid7(),
            territoire=alors.territoire,
            demande_id=alors.demande_id,
            personne_id=alors.personne_id,
            revision=revision,
            **{trait: getattr(alors, trait) for trait in TRAITS},
            voie=Voie.RESTAURATION,
            auteur=acte.acteur.id,
            guichet=acte.acteur.guichet,
            survenu_le=acte.survenu_le,
        )
        identite.save(force_insert=True)
        champs["identite_courante"] = identite
    changes = [nom for nom, valeur in champs.items() if getattr(personne, nom) != valeur]
    for nom in changes:
        setattr(personne, nom, champs[nom])
    if changes:
        personne.save(update_fields=changes)
    return identite


def _tenir_les_places(retour: Retour) -> None:
    """The places of people who came in since become free; people who come back hold theirs again, unless another
    demande holds it.
    """
    demande = retour.demande
    traces = {
        bytes.fromhex(a.identite.nir.empreinte)
        for _, a in arbre.adultes(retour.cible)
        if a.identite.nir and a.identite.nir.empreinte
    }
    places.liberer(demande, sauf=traces)
    if demande.statut in OUVERTES:
        for trace in sorted(traces):
            # Refused, the household has registered again meanwhile: both demandes are to be brought together.
            with contextlib.suppress(DejaOuverte):
                places.tenir(demande, [trace])
