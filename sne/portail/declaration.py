"""What a household declared, in words, part by part, with what it may change here and what only a counter can."""

from dataclasses import dataclass

from sne.demandeurs.rules.niveaux import Geste
from sne.portail.plan import VOLETS, Volet
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.rattachement.actions.ouvrir import Sienne
from sne.registre.rattachement.possible import exiger_geste
from sne.saisie.cadre import get_lecture
from sne.saisie.presentation import BLOCS
from sne.saisie.presentation.foyer import Membre, membres_du_foyer
from sne.saisie.presentation.mots import Bloc
from sne.socle.horloge import aujourd_hui

COMMUNES = ("foyer", "logement", "souhaits")
"""Parts that a co-holder reads: those of the household, not of the applicant."""
SANS_LIEUX = ("foyer", "ressources", "souhaits")
"""Parts without an address, an employer or a reason: those that are read where contacts are masked."""


@dataclass(frozen=True, slots=True)
class Partie:
    """One part of the declaration, read again."""

    volet: Volet
    blocs: list[Bloc]


@dataclass(frozen=True, slots=True)
class Declaration:
    """``membres``: everybody to be housed; ``identite``: the applicant's civil status, which a counter changes;
    ``entiere``: nothing that was declared is left out.
    """

    parties: list[Partie]
    membres: list[Membre]
    identite: list[Bloc]
    entiere: bool


def exiger_volet(sienne: Sienne, code: str) -> None:
    """A page shows what it changes: who does not read a part whole does not change it. Raises ``NonHabilite``."""
    if code not in SANS_LIEUX:
        exiger_geste(Geste.LIRE_COORDONNEES, sienne.visite.presence)


def lire_declaration(sienne: Sienne) -> Declaration | None:
    """What this session reads of what was declared: all, the parts of its level, or nothing."""
    if not sienne.lisible:
        return None
    return composer_declaration(
        sienne.contenu, titulaire=sienne.visite.lien.titulaire, entiere=sienne.lieux_lisibles
    )


def composer_declaration(contenu: Contenu, *, titulaire: bool, entiere: bool) -> Declaration:
    """The same of a content: for the applicant or a co-holder, with or without what tells where somebody is."""
    lecture = get_lecture(aujourd_hui())
    if not (entiere and titulaire):
        contenu = contenu.model_copy(update={"precisions": None})
    lues = [c for c in VOLETS if (titulaire or c in COMMUNES) and (entiere or c in SANS_LIEUX)]
    return Declaration(
        parties=[Partie(VOLETS[c], [] if c == "foyer" else BLOCS[c](contenu, lecture)) for c in lues],
        membres=membres_du_foyer(contenu, lecture),
        identite=[_sans_numero(b) for b in BLOCS["personne"](contenu, lecture)] if titulaire else [],
        entiere=len(lues) == len(VOLETS),
    )


def _sans_numero(bloc: Bloc) -> Bloc:
    """Without the social security number, of which not even the last figures are shown here."""
    return Bloc(bloc.lignes[:-1], bloc.titre)
