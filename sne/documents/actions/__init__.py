"""Writes of the documents: take one in, at once or in several goes, attach it, erase it. They touch no store."""

from sne.documents.actions.effacer import (
    Marques,
    demander_effacement,
    effacer_delaisses,
    effacer_sans_document,
    oter_parties_sans_octets,
    oublier_objet,
    retirer_sans_octets,
    verrouiller_documents,
)
from sne.documents.actions.objets import basculer, changer_cles, engager_copie, terminer_copie
from sne.documents.actions.quarantaine import noter_essai, noter_verdict
from sne.documents.actions.rattacher import rattacher_document
from sne.documents.actions.recevoir import (
    Contenu,
    Entete,
    ajouter_parties,
    conclure_reception,
    inscrire_reception,
    noter_poses,
)
from sne.documents.actions.televersements import (
    compter_morceau,
    conclure_televersement,
    delaisser_televersement,
    inscrire_morceau,
    oter_morceau,
    oublier_expires,
    oublier_televersement,
    ouvrir_televersement,
)

__all__ = [
    "Contenu",
    "Entete",
    "Marques",
    "ajouter_parties",
    "basculer",
    "changer_cles",
    "compter_morceau",
    "conclure_reception",
    "conclure_televersement",
    "delaisser_televersement",
    "demander_effacement",
    "effacer_delaisses",
    "effacer_sans_document",
    "engager_copie",
    "inscrire_morceau",
    "inscrire_reception",
    "noter_essai",
    "noter_poses",
    "noter_verdict",
    "oter_morceau",
    "oter_parties_sans_octets",
    "oublier_expires",
    "oublier_objet",
    "oublier_televersement",
    "ouvrir_televersement",
    "rattacher_document",
    "retirer_sans_octets",
    "terminer_copie",
    "verrouiller_documents",
]
