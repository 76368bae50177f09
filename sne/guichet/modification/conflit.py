"""What two people changed differently in one file, for the page of choices, whatever the act."""

from collections.abc import Mapping
from dataclasses import dataclass

from sne.guichet.lecture import dossier
from sne.guichet.lecture.actes import dernier_changement
from sne.registre.contenu.rules.arbre import difference
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.lecture.selectors.fiche import Fiche, list_derniers_actes
from sne.registre.modification.actions.reconcilier import Reconciliation
from sne.registre.modification.rules.fusion import Cote
from sne.saisie.brut import VUE
from sne.saisie.cadre import get_lecture
from sne.saisie.comparaison import confronter
from sne.saisie.envoi import dire_ce_qui_manque
from sne.saisie.forms.pages import PAGES, page_du_chemin
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.forms import ErreurDeChamp
from sne.socle.horloge import aujourd_hui

CONFLIT = (
    "Ce dossier a changé pendant votre saisie. {auteur}Rien n’est perdu\u00a0: vos réponses sont à droite, "
    "celles du dossier à gauche. Choisissez ligne par ligne, puis enregistrez."
)
REUNIS = "{auteur}Les deux changements ne se gênaient pas\u00a0: ils sont réunis."


@dataclass(frozen=True, slots=True)
class FaceAFace:
    """An entry made on ``lu`` beside the file as it stands, and the sides chosen so far."""

    fiche: Fiche
    lu: Contenu
    reconciliation: Reconciliation
    choix: Mapping[str, Cote]

    @property
    def manque(self) -> tuple[ErreurDeChamp, ...]:
        """The error of the person who saved with lines left to choose."""
        return dire_ce_qui_manque(self.reconciliation.restent)


def contexte_conflit(face: FaceAFace) -> dict[str, object]:
    """What the page of choices shows of both sides; each act adds its title, and what it sends along."""
    fiche, le = face.fiche, aujourd_hui()
    meles = tuple(c.chemin for c in difference(face.lu, fiche.contenu))
    return {
        "bandeau": dossier.bandeau(fiche, le),
        "conflit": CONFLIT.format(auteur=auteur(fiche, meles)),
        "lignes": confronter(
            face.reconciliation.fusion.conflits, fiche.contenu, get_lecture(le), choix=face.choix
        ),
        VUE: fiche.demande.revision,
    }


def reunis(fiche: Fiche, chemins: tuple[str, ...]) -> str:
    """What is said when another change was put together with this one."""
    return REUNIS.format(auteur=auteur(fiche, chemins))


def auteur(fiche: Fiche, chemins: tuple[str, ...]) -> str:
    """« Le guichet G0991 a modifié les souhaits à 10 h 31. »"""
    objets = dict.fromkeys(PAGES[code].objet for c in chemins if (code := page_du_chemin(c)) in PAGES)
    return dernier_changement(list_derniers_actes(fiche), quoi=" et ".join(objets) or "le dossier")


def contenu_lu(fiche: Fiche, revision: int, acteur: Acteur) -> Contenu | None:
    """The file at a revision that a form carried, as this actor may see it; ``None`` when it was tampered with."""
    if revision == fiche.demande.revision:
        return fiche.contenu
    try:
        return get_contenu(fiche.demande.id, revision, acteur=acteur)
    except Introuvable:
        return None
