"""A demande of the register as the interface gives it: its file, and what is not content."""

from collections.abc import Mapping, Sequence
from typing import Any

from sne.conventions.actions import noter_emission
from sne.nuu.operations.contexte import Contexte, nom_de_fichier
from sne.nuu.operations.message import Message, Traite
from sne.nuu.rules.ecriture import AnomalieFilaire, Emission, ecrire_message
from sne.nuu.rules.enveloppe import Fichier
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.policies import can_lire_dalo
from sne.registre.faits.selectors.en_vigueur import Indicateurs, get_dalo, get_indicateurs
from sne.registre.lecture.selectors.fiche import Fiche
from sne.socle.acte import Acte
from sne.socle.horloge import PARIS, jour


def dossier_de(fiche: Fiche, *, acte: Acte) -> Mapping[str, Any]:
    """What the register says of the demande to this actor, under the dictionary's names."""
    demande = fiche.demande
    dossier: dict[str, Any] = {
        "guichet": demande.guichet_gestionnaire,
        "numero_unique": demande.nud,
        "date_depot": demande.date_depot,
        "renouvellement": {"date": demande.date_dernier_renouvellement},
    }
    dossier |= _indicateurs(get_indicateurs(fiche.source, acteur=acte.acteur, instant=acte.survenu_le))
    dalo = get_dalo(fiche.source, acteur=acte.acteur, le=jour(acte.survenu_le))
    if dalo is not None:
        dossier["dalo"] = {
            "statut": dalo.statut,
            "date_decision": dalo.debut,
            "diagnostic_social": dalo.diagnostic_social,
            "accompagnement_social": dalo.accompagnement_social,
            "typologie_preconisee": dalo.typologie or None,
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


def _indicateurs(lus: Indicateurs) -> Mapping[str, Any]:
    return {
        "indicateurs": {
            "delai_anormalement_long": lus.delai_anormal,
            "attributions_sous_condition_multiples": lus.conditions_multiples,
            "calcule_le": lus.calcule_le.astimezone(PARIS),
        }
    }


def fichier_de(
    fiche: Fiche,
    contexte: Contexte,
    *,
    acte: Acte,
    type_fichier: str,
    version: str,
    anomalies: Sequence[AnomalieFilaire] = (),
    recue: str = "",
) -> Fichier:
    """The file of an answer; the agreement is known to have been given this revision. ``recue``: its reference."""
    ecrit = ecrire_message(
        [donner(fiche, contexte, acte=acte, anomalies=anomalies, recue=recue)],
        type_fichier=type_fichier,
        date_fichier=contexte.date_fichier,
        version=version,
        repli=contexte.repli,
    )
    return xml(ecrit, fiche.demande.guichet_gestionnaire, contexte)


def fichier_neuf(contenu: Contenu, dossier: Mapping[str, Any], fait: Traite, message: Message) -> Fichier:
    """The file of a demande that has just been registered: what was sent is all that is known of it, and its act noted
    that the agreement knows it.
    """
    contexte, acteur = message.contexte, message.acte.acteur
    lit_dalo = can_lire_dalo(acteur, territoire=acteur.territoire)
    indicateurs = Indicateurs(False if lit_dalo else None, False, message.acte.survenu_le)
    dit = {**dossier, "guichet": acteur.guichet, "numero_unique": fait.nud, **_indicateurs(indicateurs)}
    ecrit = ecrire_message(
        [Emission(contenu, dit, {"reference_interne": message.reference or None}, fait.attend)],
        type_fichier=message.lu.type_fichier,
        date_fichier=contexte.date_fichier,
        version=message.lu.version,
        repli=contexte.repli,
    )
    return xml(ecrit, acteur.guichet, contexte)


def donner(
    fiche: Fiche,
    contexte: Contexte,
    *,
    acte: Acte,
    anomalies: Sequence[AnomalieFilaire] = (),
    recue: str = "",
) -> Emission:
    """What is given of this file, noted as given to this agreement."""
    demande, convention = fiche.demande, contexte.identite.convention
    reference = noter_emission(
        convention,
        demande.id,
        territoire=demande.territoire,
        acte=acte,
        revision=demande.revision,
        reference=recue or None,
    )
    return Emission(
        fiche.contenu,
        dossier_de(fiche, acte=acte),
        {"reference_interne": reference or None},
        anomalies,
    )


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
