"""The present dwelling, another that is owned, the reasons to ask for one, to the tree and back."""

from typing import Any

from sne.referentiels.rules import Geographie
from sne.registre.contenu.rules.arbre.logement import BailleurSocial, LogementActuel, LogementPossede
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.souhaits import Motifs
from sne.registre.contenu.rules.controles.logement import NOMMES, SEJOURS
from sne.saisie.brut import Brut
from sne.saisie.composition.lieux import localite, saisie_localite
from sne.saisie.composition.textes import Valeurs, en_brut

DIRECTS = (
    "date_entree",
    "nombre_habitants",
    "categorie",
    "type",
    "surface",
    "loyer_mensuel",
    "aide_logement_mensuelle",
)
MAX_MOTIFS_ECRAN = 3


def avec_logement(contenu: Contenu, valeurs: Valeurs, possede: Valeurs) -> Contenu:
    """The content with the dwelling where they live (its address stays) and the one they own."""
    statuts = [valeurs.get("statut"), *(valeurs.get("autres_statuts") or ())]
    logement = LogementActuel(
        adresse=contenu.logement_actuel.adresse,
        statuts_occupation=tuple(dict.fromkeys(filter(None, statuts))),
        bailleur_social=BailleurSocial(nom=valeurs.get("bailleur_nom"), siren=valeurs.get("bailleur_siren")),
        **{sejour: _sejour(sejour, valeurs) for sejour in SEJOURS},
        **{nom: valeurs.get(nom) for nom in DIRECTS},
    )
    bien = LogementPossede(
        possede=possede.get("possede"),
        type=possede.get("type_possede"),
        localite=localite(contenu.logement_possede.localite, possede),
    )
    return contenu.model_copy(update={"logement_actuel": logement, "logement_possede": bien})


def _sejour(sejour: str, valeurs: Valeurs) -> dict[str, Any]:
    details = {"depuis": valeurs.get(f"{sejour}_depuis")}
    return details | {"nom": valeurs.get(f"{sejour}_nom")} if sejour in NOMMES else details


def saisie_logement(contenu: Contenu, geographie: Geographie) -> Brut:
    """What would be typed to obtain both dwellings."""
    logement, bien = contenu.logement_actuel, contenu.logement_possede
    valeurs: dict[str, Any] = {nom: getattr(logement, nom) for nom in DIRECTS}
    valeurs |= {"statut": next(iter(logement.statuts_occupation), None)}
    valeurs |= {"autres_statuts": logement.statuts_occupation[1:]}
    valeurs |= {
        "bailleur_nom": logement.bailleur_social.nom,
        "bailleur_siren": logement.bailleur_social.siren,
    }
    for sejour in SEJOURS:
        details = getattr(logement, sejour).model_dump()
        valeurs |= {f"{sejour}_{nom}": valeur for nom, valeur in details.items()}
    valeurs |= {"possede": bien.possede, "type_possede": bien.type}
    return en_brut(valeurs | saisie_localite(bien.localite, geographie))


def avec_motifs(contenu: Contenu, valeurs: Valeurs) -> Contenu:
    """The content with its reasons; those that the screen does not show stay, at the end."""
    choisis = [*valeurs.get("codes", ())]
    suite = [code for code in contenu.motifs.codes[MAX_MOTIFS_ECRAN:] if code not in choisis]
    motifs = Motifs(
        codes=(*choisis, *suite),
        date_jugement_expulsion=valeurs.get("date_jugement_expulsion"),
        autre_motif=valeurs.get("autre_motif"),
    )
    return contenu.model_copy(update={"motifs": motifs})


def saisie_motifs(contenu: Contenu) -> Brut:
    """What would be typed to obtain the reasons."""
    motifs = contenu.motifs
    valeurs: dict[str, Any] = {
        "date_jugement_expulsion": motifs.date_jugement_expulsion,
        "autre_motif": motifs.autre_motif,
    }
    for rang, code in enumerate(motifs.codes[:MAX_MOTIFS_ECRAN], start=1):
        valeurs[f"motif_{rang}"] = code
    return en_brut(valeurs)
