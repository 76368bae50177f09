"""Documents of a few households of the demonstration, through the true reception: some to verify, one that does not
match, one unusable and replaced, one asked for.

A dozen files, whatever the size: each is read in its closed process, and a first start must stay short.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sne.demo.comptes import TERRITOIRE
from sne.demo.generation.comptoir import IDENTITE, IMPOT, Guichet, accueillir, titulaire
from sne.demo.generation.menages import Generateur
from sne.habilitations.rules import Role
from sne.registre.contenu.rules.arbre.references import DEMANDEUR
from sne.registre.faits.actions.evenements import consigner_evenement
from sne.registre.faits.rules.evenements import EvenementSaisi
from sne.registre.faits.rules.pieces_demandees import nommer
from sne.registre.pieces.actions.deposer import noter_piece_vue
from sne.registre.pieces.actions.expliquer import expliquer_piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.pieces.selectors.pieces import has_pieces
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour

RECUL = timedelta(days=6)


def complet(g: Guichet) -> None:
    """Everything is there: identity and tax notice verified, payslips to look at."""
    g.qualifier(g.remettre(IDENTITE, g.identite(), "carte.jpg", nature="CNI"), "VALIDE")
    g.qualifier(g.remettre(IMPOT, g.avis(), "avis.pdf"), "VALIDE")
    g.remettre("RESSOURCES_SALAIRE", g.bulletins(), "bulletins.pdf")


def nom_qui_differe(g: Guichet) -> None:
    """The notice bears another name than the file; the household said why, somebody has to judge."""
    piece = g.remettre(IMPOT, g.avis(nom="MARTIN-DUVAL"), "avis-impot.pdf")
    dite = "L’avis porte le nom de mon ancien conjoint, que je n’utilise plus."
    expliquer_piece(piece, dite, acte=Acte(g.acteur, g.puis()))


def floue_puis_remplacee(g: Guichet) -> None:
    """An unusable photo, then a better one to verify."""
    floue = g.remettre(IDENTITE, g.identite(floue=True), "photo.jpg", nature="CNI")
    g.qualifier(floue, "INEXPLOITABLE", "La photo est floue : le nom ne se lit pas.")
    g.remettre(IDENTITE, g.identite(), "photo-2.jpg", nature="CNI", remplace=floue)


def demandee(g: Guichet) -> None:
    """An identity seen, and the tax notice asked for."""
    le = g.puis()
    noter_piece_vue(
        g.menage.id,
        PieceSaisie(IDENTITE, DEMANDEUR, nature="PASSEPORT", validite_fin=jour(le + timedelta(days=20))),
        vue_le=jour(le),
        acte=Acte(g.acteur, le),
    )
    le = g.puis()
    avant = jour(le) + timedelta(days=21)
    saisie = EvenementSaisi(
        "DEMANDE_PJ",
        jour(le),
        {"pieces": nommer(IMPOT, DEMANDEUR), "reponse_avant": avant.isoformat()},
    )
    consigner_evenement(g.menage.id, saisie, acte=Acte(g.acteur, le))


def a_reprendre(g: Guichet) -> None:
    """A notice set aside, that nothing replaced yet; the identity to verify."""
    g.qualifier(
        g.remettre(IMPOT, g.avis(), "avis-coupe.pdf"), "INEXPLOITABLE", "Il manque la seconde page de l’avis."
    )
    g.remettre(IDENTITE, g.identite(), "identite.jpg", nature="CNI")


def a_verifier(g: Guichet) -> None:
    """A notice that waits."""
    g.remettre(IMPOT, g.avis(), "avis.pdf")


SCENES: tuple[Callable[[Guichet], None], ...] = (
    complet, nom_qui_differe, floue_puis_remplacee, demandee, a_reprendre, a_verifier,
)  # fmt: skip


def deposer_pieces(generateur: Generateur, taille: int, *, maintenant: datetime) -> int:
    """Play each scene at the counter of the first account, on a file without documents; how many were played.

    None when some were before: a larger territory is completed, its documents are not.
    Where no file can be read (a machine that cannot close the reading process in), the demonstration has none.
    """
    if has_pieces(TERRITOIRE):
        return 0
    agent = titulaire(Role.AGENT_GUICHET, maintenant=maintenant)
    jouees = 0
    guichets = accueillir(generateur, taille, acteur=agent, instant=maintenant - RECUL)
    for scene, guichet in zip(SCENES, guichets, strict=False):
        try:
            scene(guichet)
        except Interdit:
            break
        jouees += 1
    return jouees
