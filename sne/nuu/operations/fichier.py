"""A demande of the register as the interface gives it: its file, and what is not content."""

from collections.abc import Mapping, Sequence
from typing import Any

from sne.nuu.operations.contexte import Contexte, nom_de_fichier
from sne.nuu.rules.ecriture import AnomalieFilaire, Emission, ecrire_message
from sne.nuu.rules.enveloppe import Fichier
from sne.registre.lecture.selectors.fiche import Fiche


def emission(fiche: Fiche, *, reference: str = "", anomalies: Sequence[AnomalieFilaire] = ()) -> Emission:
    """What is given of this file, as this actor may see it."""
    return Emission(fiche.contenu, dossier_de(fiche), {"reference_interne": reference or None}, anomalies)


def dossier_de(fiche: Fiche) -> Mapping[str, Any]:
    """What the register says of the demande, under the dictionary's names."""
    demande = fiche.demande
    dossier: dict[str, Any] = {
        "guichet": demande.guichet_gestionnaire,
        "numero_unique": demande.nud,
        "date_depot": demande.date_depot,
        "renouvellement": {"date": demande.date_dernier_renouvellement},
    }
    if fiche.radiation is not None:
        radiation = fiche.radiation
        dossier["radiation"] = {
            "date": radiation.date_radiation,
            "motif": radiation.motif,
            "sous_motif_irrecevabilite": radiation.sous_motif or None,
            "date_courrier_sans_reponse": radiation.date_courrier if radiation.motif == "RADCON" else None,
        }
    return dossier


def fichier_de(
    fiche: Fiche,
    contexte: Contexte,
    *,
    type_fichier: str,
    version: str,
    anomalies: Sequence[AnomalieFilaire] = (),
    recue: str = "",
) -> Fichier:
    """The file of an answer; the agreement is known to have been given this revision. ``recue``: its reference."""
    demande = fiche.demande
    reference = recue or contexte.convention.reference(demande.id, demande.territoire)
    contexte.convention.noter(
        demande.id, demande.territoire, revision=demande.revision, reference=recue, le=contexte.instant
    )
    ecrit = ecrire_message(
        [emission(fiche, reference=reference, anomalies=anomalies)],
        type_fichier=type_fichier,
        date_fichier=contexte.date_fichier,
        version=version,
        repli=contexte.repli,
    )
    return xml(ecrit, demande.guichet_gestionnaire, contexte)


def xml(
    ecrit: str,
    guichet: str,
    contexte: Contexte,
    *,
    nom: str = "nomFichierDemande",
    element: str = "fichierDemande",
) -> Fichier:
    """A file of text, under its two children of the answer."""
    return Fichier(nom_de_fichier(guichet, contexte.instant), nom, element, ecrit.encode("utf-8"))
