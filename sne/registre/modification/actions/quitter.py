"""An adult leaves a demande: their row, their place, the next revision without them; the entry is the caller's."""

import uuid

from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.foyer_restant import rester
from sne.registre.demande.actions import lignes as construction
from sne.registre.demande.actions import places
from sne.registre.demande.actions.reviser import reviser
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne, SecretNir
from sne.registre.pieces.selectors.pieces import list_pieces_sans
from sne.socle.acte import Acte


def quitter(
    demande: Demande,
    personne_id: uuid.UUID,
    *,
    avant: Contenu,
    acte: Acte,
    motif: str,
    document: str = "",
) -> Contenu:
    """Write the next revision of a demande already locked, without this person; returns its content.

    ``avant``: the content now. When the applicant leaves, the first co-holder takes their place.
    """
    reste = rester(avant, str(personne_id))
    partante = Personne.objects.get(id=personne_id)
    partante.retire_le = acte.survenu_le
    partante.save(update_fields=["retire_le"])
    if partante.role == "DEMANDEUR" and reste.demandeur is not None:
        Personne.objects.filter(id=str(reste.demandeur.personne)).update(role="DEMANDEUR", rang=0)
    liberer_les_places(demande, partante)
    restantes = Personne.objects.select_related("identite_courante").in_bulk(
        [a.personne for _, a in arbre.adultes(reste)]
    )
    version = construction.construire_version(
        reste,
        identites=[restantes[uuid.UUID(a.personne)].identite_courante for _, a in arbre.adultes(reste)],
        demande=demande,
        acte=acte,
    )
    version.motif, version.document = motif, document
    version.pieces = list_pieces_sans(demande, personne_id)
    reviser(demande, version, construction.colonnes_projetees(reste))
    return reste


def liberer_les_places(demande: Demande, partante: Personne) -> None:
    """The places that the numbers of somebody who leaves held are free."""
    traces = SecretNir.objects.filter(personne=partante).values_list("nir_empreinte", flat=True)
    places.liberer(demande, map(bytes, traces))
