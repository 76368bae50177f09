"""The present dwelling, another that is owned, the reasons to ask for one, to the tree and back."""

from sne.referentiels.rules import Geographie
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.brut import Brut
from sne.saisie.composition.chemins import poser, tirer
from sne.saisie.composition.lieux import localite, saisie_localite
from sne.saisie.composition.textes import Valeurs, en_brut
from sne.saisie.forms.logement import FormulaireLogement, FormulaireMotifs

MAX_MOTIFS_ECRAN = 3


def avec_logement(contenu: Contenu, valeurs: Valeurs, possede: Valeurs) -> Contenu:
    """The content with the dwelling where they live (its address stays) and the one they own."""
    statuts = [valeurs.get("statut"), *(valeurs.get("autres_statuts") or ())]
    occupation = {"statuts_occupation": tuple(dict.fromkeys(filter(None, statuts)))}
    bien = poser(contenu.logement_possede, {**possede, "type": possede.get("type_possede")})
    lieu = localite(bien.localite, possede)
    return contenu.model_copy(
        update={
            "logement_actuel": poser(contenu.logement_actuel, {**valeurs, **occupation}),
            "logement_possede": bien.model_copy(update={"localite": lieu}),
        }
    )


def saisie_logement(contenu: Contenu, geographie: Geographie) -> Brut:
    """What would be typed to obtain both dwellings."""
    logement, bien = contenu.logement_actuel, contenu.logement_possede
    premier, *autres = logement.statuts_occupation or (None,)
    return en_brut(
        tirer(logement, FormulaireLogement)
        | {"statut": premier, "autres_statuts": tuple(autres)}
        | {"possede": bien.possede, "type_possede": bien.type}
        | saisie_localite(bien.localite, geographie)
    )


def avec_motifs(contenu: Contenu, valeurs: Valeurs) -> Contenu:
    """The content with its reasons; those that the screen does not show stay, at the end."""
    choisis = [*valeurs.get("codes", ())]
    suite = [code for code in contenu.motifs.codes[MAX_MOTIFS_ECRAN:] if code not in choisis]
    motifs = poser(contenu.motifs, {**valeurs, "codes": (*choisis, *suite)})
    return contenu.model_copy(update={"motifs": motifs})


def saisie_motifs(contenu: Contenu) -> Brut:
    """What would be typed to obtain the reasons."""
    motifs = contenu.motifs
    rangs = enumerate(motifs.codes[:MAX_MOTIFS_ECRAN], start=1)
    return en_brut(tirer(motifs, FormulaireMotifs) | {f"motif_{rang}": code for rang, code in rangs})
