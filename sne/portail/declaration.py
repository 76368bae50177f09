"""What a household declared, in words, part by part, with what it may change here and what only a counter can."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext, gettext_noop

from sne.demandeurs.rules.niveaux import Geste
from sne.portail.lignes import BlocDit, MembreDit, dire_blocs, dire_membres
from sne.portail.plan import VOLETS, Volet
from sne.registre.contenu.rules.arbre.personnes import Ressources
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.demande.selectors.versions import get_depuis
from sne.registre.rattachement.actions.ouvrir import Sienne
from sne.registre.rattachement.possible import exiger_geste
from sne.saisie.cadre import get_lecture
from sne.saisie.composition.adultes import prefixe_de
from sne.saisie.presentation import BLOCS
from sne.saisie.presentation.foyer import membres_du_foyer
from sne.saisie.presentation.identite import lignes_adresse
from sne.saisie.presentation.mots import Bloc, Lecture
from sne.socle.erreurs import refus_de, require
from sne.socle.horloge import aujourd_hui

RESERVE = gettext_noop("La personne qui a déposé la demande le change avec FranceConnect, ou un guichet.")
"""Said to a co-holder of what is not theirs to change."""
COMMUNES = ("foyer", "logement", "souhaits")
"""Parts that a co-holder reads: those of the household, not of the applicant."""
SIENNES = ("situation", "ressources")
"""Parts of each adult, of which a co-holder reads, and changes, their own."""
SANS_LIEUX = ("foyer", "ressources", "souhaits")
"""Parts without an address, an employer or a reason: those that are read where contacts are masked."""
REMPLACEES: Mapping[str, Geste] = {
    "adresse": Geste.CHANGER_ADRESSE,
    "situation": Geste.REMPLACER_LIEUX,
    "logement": Geste.REMPLACER_LIEUX,
}
"""Parts that tell where somebody is, and that who does not read them may all the same type anew; by which gesture."""
LIEUX: Mapping[str, tuple[str, ...]] = {
    "adresse": ("$.demandeur.adresse_courrier", "$.logement_actuel.adresse"),
    "situation": ("$.demandeur.situation_professionnelle", "$.cotitulaires[*].situation_professionnelle"),
    "logement": ("$.logement_actuel", "$.logement_possede"),
}
"""Where the content holds them."""
MOTS: Mapping[str, Callable[[Contenu, Lecture], list[Bloc]]] = {
    **BLOCS,
    "adresse": lambda contenu, lecture: [Bloc(lignes_adresse(contenu, lecture))],
}
"""The words of each part."""


SANS_REMPLACEE: Mapping[str, date | None] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Partie:
    """One part of the declaration. ``ouverte``: it is changed here; ``lue``: it is read here, else typed anew, and
    ``depuis`` tells when it was; ``repliee``: at a click, whoever else looks at the screen.
    """

    volet: Volet
    blocs: list[BlocDit]
    ouverte: bool
    lue: bool = True
    repliee: bool = False
    depuis: date | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """``membres``: everybody to be housed; ``identite``: the applicant's civil status, which a counter changes;
    ``entiere``: nothing that was declared is left out; ``titulaire``: read by who applied, and not by a co-holder.
    """

    parties: list[Partie]
    membres: list[MembreDit]
    identite: list[BlocDit]
    entiere: bool
    titulaire: bool


def exiger_volet(sienne: Sienne, code: str) -> None:
    """This session may change that part: as it reads it, or typed anew. Raises ``NonHabilite``."""
    if sienne.visite.lien.titulaire and code in REMPLACEES:
        exiger_geste(REMPLACEES[code], sienne.visite.presence)
    else:
        exiger_volet_lu(sienne, code)


def exiger_volet_lu(sienne: Sienne, code: str) -> None:
    """A page that shows what it changes: who does not read a part whole does not change it there; of a part of each
    adult, a co-holder reads theirs. Raises ``NonHabilite``.
    """
    require(sienne.visite.lien.titulaire or code in SIENNES, gettext(RESERVE))
    if code not in SANS_LIEUX:
        exiger_geste(Geste.LIRE_COORDONNEES, sienne.visite.presence)


def is_remplacee(sienne: Sienne, code: str) -> bool:
    """Whether this part is typed anew, since this session does not read it."""
    return code in REMPLACEES and not sienne.lieux_lisibles


def exiger_renouvellement_change(sienne: Sienne) -> None:
    """A co-holder renews what is unchanged: what is theirs is changed apart. Raises ``NonHabilite``."""
    require(sienne.visite.lien.titulaire, gettext(RESERVE))


def adulte_seul(sienne: Sienne, contenu: Contenu) -> str:
    """Prefix, in this content, of the only adult whom pages are opened for: the co-holder who reads them, or nobody
    when they are not in it; empty for who applied.
    """
    if sienne.visite.lien.titulaire:
        return ""
    personne = str(sienne.visite.lien.personne_id)
    siens = (prefixe_de(reference) for reference, a in adultes(contenu) if a.personne == personne)
    return next(siens, personne)


def lire_declaration(sienne: Sienne) -> Declaration | None:
    """What this session reads of what was declared: all, the parts of its level, or nothing."""
    if not sienne.lisible:
        return None
    lien = sienne.visite.lien
    cotitulaire = "" if lien.titulaire else str(lien.personne_id)
    remplacees = {
        code: get_depuis(sienne.demande.id, lieux)
        for code, lieux in LIEUX.items()
        if is_remplacee(sienne, code) and not refus_de(exiger_volet, sienne, code)
    }
    return composer_declaration(
        sienne.contenu,
        cotitulaire=cotitulaire,
        entiere=sienne.lieux_lisibles,
        remplacees=remplacees,
        protegee=sienne.visite.protegee,
    )


def composer_declaration(
    contenu: Contenu,
    *,
    cotitulaire: str = "",
    entiere: bool,
    remplacees: Mapping[str, date | None] = SANS_REMPLACEE,
    protegee: bool = False,
) -> Declaration:
    """The same of a content: for the applicant or this co-holder, with or without what tells where somebody is.

    ``remplacees``: parts that are typed anew here, and since when each says what it says.
    ``protegee``: addresses are to be kept from others.
    """
    lecture, titulaire = get_lecture(aujourd_hui()), not cotitulaire
    if not (entiere and titulaire):
        contenu = contenu.model_copy(update={"precisions": None})
    communes = COMMUNES + (SIENNES if entiere else ())
    lues = [c for c in VOLETS if (titulaire or c in communes) and (entiere or c in SANS_LIEUX)]
    lus = {c: contenu if titulaire or c not in SIENNES else _de(contenu, cotitulaire) for c in lues}
    return Declaration(
        parties=[
            Partie(
                VOLETS[c],
                dire_blocs(MOTS[c](lus[c], lecture)) if c in lues and c != "foyer" else [],
                ouverte=titulaire or c in SIENNES,
                lue=c in lues,
                repliee=protegee and c == "adresse",
                depuis=remplacees.get(c),
            )
            for c in VOLETS
            if c in lues or c in remplacees
        ],
        membres=dire_membres(membres_du_foyer(contenu, lecture)),
        identite=dire_blocs(map(_sans_numero, BLOCS["personne"](contenu, lecture))) if titulaire else [],
        entiere=titulaire and len(lues) == len(VOLETS),
        titulaire=titulaire,
    )


def _de(contenu: Contenu, personne: str) -> Contenu:
    """What of it is of this co-holder alone."""
    foyer = contenu.foyer.model_copy(update={"ressources_personnes_a_charge": Ressources()})
    seul = tuple(adulte for adulte in contenu.cotitulaires if adulte.personne == personne)
    return contenu.model_copy(update={"demandeur": None, "cotitulaires": seul, "foyer": foyer})


def _sans_numero(bloc: Bloc) -> Bloc:
    """Without the social security number, of which not even the last figures are shown here."""
    return Bloc(bloc.lignes[:-1], bloc.titre)
