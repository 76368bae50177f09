"""Writes of the documents: take one in, attach it, note what the antivirus says, erase. They touch no store."""

from sne.documents.actions.effacer import (
    Marques,
    demander_effacement,
    effacer_delaisses,
    oter_parties_sans_octets,
    oublier_objet,
)
from sne.documents.actions.quarantaine import noter_verdict
from sne.documents.actions.rattacher import rattacher_document
from sne.documents.actions.recevoir import (
    Contenu,
    Entete,
    ajouter_parties,
    conclure_reception,
    inscrire_reception,
    noter_pose,
)

__all__ = [
    "Contenu",
    "Entete",
    "Marques",
    "ajouter_parties",
    "conclure_reception",
    "demander_effacement",
    "effacer_delaisses",
    "inscrire_reception",
    "noter_pose",
    "noter_verdict",
    "oter_parties_sans_octets",
    "oublier_objet",
    "rattacher_document",
]
