"""Controls 11 to 13: the present dwelling, and the one that is owned."""

from collections.abc import Iterator
from datetime import date

from sne.registre.contenu.rules.arbre.logement import Sejour
from sne.registre.contenu.rules.controles.contexte import Constat, Contexte, constat
from sne.registre.contenu.rules.sans_objet import champs_sans_objet

SEJOURS = {
    "residence_sociale": "RS",
    "residence_hoteliere": "RHVS",
    "sous_location": "SLHT",
    "structure_hebergement": "SH",
    "centre_enfance": "CDEFCM",
}
"""Stay → the status of occupation that it details."""
NOMMES = frozenset({"structure_hebergement", "centre_enfance"})
HLM = "HLM"


def _sejours(contexte: Contexte) -> Iterator[tuple[str, Sejour]]:
    for nom in SEJOURS:
        yield nom, getattr(contexte.contenu.logement_actuel, nom)


def sejour_incomplet(contexte: Contexte) -> Iterator[Constat]:
    """Rule 11: since when, and where, for the statuses that ask it."""
    statuts = contexte.contenu.logement_actuel.statuts_occupation
    for nom, sejour in _sejours(contexte):
        if SEJOURS[nom] not in statuts:
            continue
        if sejour.depuis is None:
            yield constat(f"logement_actuel.{nom}.depuis", "indiquez la date d’arrivée.")
        if nom in NOMMES and getattr(sejour, "nom", None) is None:
            yield constat(f"logement_actuel.{nom}.nom", "indiquez-le.")


def bailleur_absent(contexte: Contexte) -> Iterator[Constat]:
    """Rule 11: a social tenant has a social landlord."""
    logement = contexte.contenu.logement_actuel
    if HLM in logement.statuts_occupation and logement.bailleur_social.nom is None:
        yield constat("logement_actuel.bailleur_social.nom", "indiquez-le.")


def detail_sans_statut(contexte: Contexte) -> Iterator[Constat]:
    """Rule 11: details of a status that is not declared; kept, for a message may bring one without the
    other.
    """
    logement = contexte.contenu.logement_actuel
    suite = "le statut d’occupation qui correspond n’est pas déclaré. Vérifiez l’un et l’autre."
    for nom, sejour in _sejours(contexte):
        if sejour != type(sejour)() and SEJOURS[nom] not in logement.statuts_occupation:
            yield constat(f"logement_actuel.{nom}", suite)
    bailleur = logement.bailleur_social
    if (bailleur.nom or bailleur.siren) and HLM not in logement.statuts_occupation:
        yield constat("logement_actuel.bailleur_social", suite)


def sejour_futur(contexte: Contexte) -> Iterator[Constat]:
    """Rule 11: nobody has lived somewhere since tomorrow."""
    for chemin, depuis in _debuts(contexte):
        if depuis > contexte.aujourd_hui:
            yield constat(chemin, "la date est dans le futur. Corrigez-la.")


def sejour_avant_naissance(contexte: Contexte) -> Iterator[Constat]:
    """Rule 11: nor since before their birth."""
    demandeur = contexte.contenu.demandeur
    naissance = demandeur.identite.date_naissance if demandeur else None
    for chemin, depuis in _debuts(contexte):
        if naissance is not None and depuis < naissance:
            yield constat(chemin, "la date précède la naissance du demandeur. Vérifiez-la.")


def _debuts(contexte: Contexte) -> Iterator[tuple[str, date]]:
    logement = contexte.contenu.logement_actuel
    dates = {f"logement_actuel.{nom}.depuis": sejour.depuis for nom, sejour in _sejours(contexte)}
    dates["logement_actuel.date_entree"] = logement.date_entree
    yield from ((chemin, depuis) for chemin, depuis in dates.items() if depuis is not None)


def logement_sans_objet(contexte: Contexte) -> Iterator[Constat]:
    """Rule 12: a shelter has no surface, an owner-occupier no rent; what came is kept."""
    for chemin in champs_sans_objet(contexte.contenu):
        if chemin.startswith("logement_actuel."):
            nom = chemin.rpartition(".")[2]
            if getattr(contexte.contenu.logement_actuel, nom) is not None:
                yield constat(
                    chemin, "sans objet pour le statut d’occupation déclaré. Vérifiez l’un et l’autre."
                )


def gratuit_avec_loyer(contexte: Contexte) -> Iterator[Constat]:
    """Rule 12: free housing, and a rent."""
    logement = contexte.contenu.logement_actuel
    if "LTG" in logement.statuts_occupation and (logement.loyer_mensuel or 0) > 0:
        yield constat(
            "logement_actuel.loyer_mensuel", "le logement est déclaré gratuit. Vérifiez l’un et l’autre."
        )


def logement_possede_incomplet(contexte: Contexte) -> Iterator[Constat]:
    """Rule 13: another dwelling owned has a type and a place."""
    possede = contexte.contenu.logement_possede
    if not possede.possede:
        return
    if possede.type is None:
        yield constat("logement_possede.type", "indiquez-le.")
    if possede.localite.commune is None and possede.localite.ville_etrangere is None:
        yield constat("logement_possede.localite.commune", "indiquez où se trouve ce logement.")
