"""Field × channel × role, as data: who may write which part of the content, through which door.

``docs/acces.md`` is generated from it (``python -m sne.registre.contenu.rules.acces``). What the table does not allow
is refused. It is about what a person *asks*: they may ask to change a protected trait, which still waits for a decision
when it differs from the anchor (``identite``).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sne.demandeurs.rules.niveaux import Niveau
from sne.habilitations.rules import ROLES, Role
from sne.registre.contenu.rules.arbre.champs import Feuille, champs, generique
from sne.registre.contenu.rules.arbre.difference import Changement, deplier
from sne.socle.acteur import Canal

DEMANDEUR = "DEMANDEUR"
COTITULAIRE = "COTITULAIRE"
CONTACT_PROUVE = "CONTACT_PROUVE"
AUTRES_ROLES: Mapping[str, str] = MappingProxyType(
    {
        DEMANDEUR: "Demandeur, sur le portail",
        COTITULAIRE: "Cotitulaire, sur le portail, de ce qui est de lui",
        CONTACT_PROUVE: "Adulte de la demande qui a tapé les codes, sur le portail",
    }
)
"""Actors who hold no role of the service: the applicant online, a co-holder of what is theirs, an adult who proves a
contact of theirs, for that one act.
"""


def role_de(niveau: Niveau, *, titulaire: bool = True) -> str:
    """The role of an applicant online, or of a co-holder, by the level of their session: what the table does not name
    may write nothing.
    """
    role = DEMANDEUR if titulaire else COTITULAIRE
    return role if niveau is Niveau.FC else f"{role}_{niveau}"


DECLARANTS: Mapping[str, str] = MappingProxyType(
    {
        role_de(Niveau.CODE): "Demandeur, par un code",
        role_de(Niveau.CODE_PARTAGE): "Demandeur, par un code que d’autres lisent",
        role_de(Niveau.FC_MOINS): "Demandeur, sous un autre état civil",
        role_de(Niveau.FC_AIDANT): "Aidant du demandeur",
    }
)
"""The other levels that change what is declared."""


class Famille(StrEnum):
    """Parts of the content that share the same rights."""

    TITULAIRE = "TITULAIRE"
    ETAT_CIVIL = "ETAT_CIVIL"
    NOM_USAGE = "NOM_USAGE"
    NIR = "NIR"
    ASSOCIATION = "ASSOCIATION"
    AJOUT_COTITULAIRE = "AJOUT_COTITULAIRE"
    RETRAIT_COTITULAIRE = "RETRAIT_COTITULAIRE"
    SANTE = "SANTE"
    CONTACT = "CONTACT"
    ADRESSE = "ADRESSE"
    TRAVAIL = "TRAVAIL"
    REVENUS = "REVENUS"
    COMPLEMENT = "COMPLEMENT"
    LOGEMENT = "LOGEMENT"
    MOTIFS = "MOTIFS"
    PREFERENCES = "PREFERENCES"
    DECLARATION = "DECLARATION"


PHRASES: Mapping[Famille, str] = MappingProxyType(
    {
        Famille.TITULAIRE: "ce qui fait que la demande est celle d’une personne ou d’une association",
        Famille.ETAT_CIVIL: "l’état civil, la nationalité",
        Famille.NOM_USAGE: "le nom d’usage",
        Famille.NIR: "le numéro de sécurité sociale",
        Famille.ASSOCIATION: "le nom et le numéro SIREN de l’association",
        Famille.AJOUT_COTITULAIRE: "ajouter un cotitulaire",
        Famille.RETRAIT_COTITULAIRE: "retirer ou remplacer un cotitulaire",
        Famille.SANTE: "les fiches handicap",
        Famille.CONTACT: "téléphones et courriels, l’adresse d’une association",
        Famille.ADRESSE: "l’adresse de courrier du demandeur",
        Famille.TRAVAIL: "le travail de chaque adulte",
        Famille.REVENUS: "les revenus déclarés de chaque adulte",
        Famille.COMPLEMENT: "les revenus des personnes à charge et le logement demandé",
        Famille.LOGEMENT: "le logement actuel, un autre logement possédé",
        Famille.MOTIFS: "les motifs et les précisions",
        Famille.PREFERENCES: "comment le foyer est prévenu, qui l’accompagne",
        Famille.DECLARATION: "tout le reste de la déclaration",
    }
)

_GUICHET = frozenset(Famille) - {Famille.TITULAIRE}
_COMPLETER = frozenset({Famille.REVENUS, Famille.COMPLEMENT})
_FOYER = _COMPLETER | {Famille.DECLARATION}
_DECLARER = _FOYER | {Famille.TRAVAIL, Famille.LOGEMENT}
_ORDINAIRES = _DECLARER | {Famille.MOTIFS, Famille.PREFERENCES}
_RIEN: frozenset[Famille] = frozenset()

ECRITURES: Mapping[tuple[Canal, str], frozenset[Famille]] = MappingProxyType(
    {
        (Canal.GUICHET, Role.AGENT_GUICHET): _GUICHET,
        (Canal.GUICHET, Role.RESPONSABLE_GUICHET): _GUICHET,
        # Decides on names, and therefore types none.
        (Canal.GUICHET, Role.GESTIONNAIRE_TERRITORIAL): _ORDINAIRES
        | {Famille.SANTE, Famille.CONTACT, Famille.ADRESSE},
        (Canal.GUICHET, Role.SUPPORT_N1): _RIEN,
        (Canal.GUICHET, Role.EXPLOITATION_NATIONALE): _RIEN,
        (Canal.GUICHET, Role.DPO): _RIEN,
        (Canal.GUICHET, Role.AIDANT): _RIEN,
        # Who reads figures reads no application.
        (Canal.GUICHET, Role.COORDINATION_DEPARTEMENTALE): _RIEN,
        (Canal.GUICHET, Role.COORDINATION_REGIONALE): _RIEN,
        (Canal.GUICHET, Role.ASSOCIATION_HLM): _RIEN,
        (Canal.GUICHET, Role.UNION_HLM): _RIEN,
        (Canal.GUICHET, Role.POLE_METIER): _RIEN,
        (Canal.GUICHET, Role.SUPPORT_N2): _RIEN,
        (Canal.GUICHET, Role.GESTIONNAIRE_FICHIERS_PARTAGES): _RIEN,
        (Canal.GUICHET, Role.EDITEUR): _RIEN,  # nobody signs in by it
        # Civil status, NIR and co-holders ask for a proof that the portal does not take; contacts, for codes.
        (Canal.PGP, DEMANDEUR): _ORDINAIRES | {Famille.SANTE, Famille.ADRESSE},
        # Of themselves alone: the row is that of the adult whom their role names.
        (Canal.PGP, COTITULAIRE): frozenset({Famille.TRAVAIL, Famille.REVENUS}),
        # A reason silences the messages, a preference sends them elsewhere: neither by a code, nor by a helper.
        **{(Canal.PGP, role): _DECLARER | {Famille.ADRESSE} for role in DECLARANTS},
        # Another adult reads that code: what is of one of them, or tells where they live, is not changed by it.
        (Canal.PGP, role_de(Niveau.CODE_PARTAGE)): _FOYER,
        # What shows no place, no employer, no reason: a helper changes no page that they may not read.
        (Canal.PGP, Role.AIDANT): _COMPLETER,
        (Canal.PGP, CONTACT_PROUVE): frozenset({Famille.CONTACT}),
        # Messages have no place for a NIR; REST has one.
        (Canal.INTERFACE, Role.EDITEUR): _GUICHET,
    }
)


ECRITURES_A_LA_CREATION: Mapping[tuple[Canal, str], frozenset[Famille]] = MappingProxyType(
    # Nobody has an identity yet that one could take: whoever files says who they are. Associations go to a counter.
    {**ECRITURES, (Canal.PGP, DEMANDEUR): _GUICHET - {Famille.RETRAIT_COTITULAIRE, Famille.ASSOCIATION}}
)
"""The same, of a new application."""


def famille(changement: Changement) -> Famille:
    """The part of the content that one change touches."""
    chemin = generique(changement.chemin)
    if chemin == "cotitulaires[]":
        return Famille.RETRAIT_COTITULAIRE if changement.retrait else Famille.AJOUT_COTITULAIRE
    return famille_du_champ(chemin)


ETATS_CIVILS = ("demandeur.identite", "cotitulaires[].identite")
ASSOCIATIONS = ("association.nom", "association.siren")
LIEUX = (
    (
        re.compile(
            r"((demandeur|cotitulaires\[\]|association)\.contact|association\.adresse_courrier)(\.|$)"
        ),
        Famille.CONTACT,
    ),
    (re.compile(r"demandeur\.adresse_courrier(\.|$)"), Famille.ADRESSE),
    (re.compile(r"(demandeur|cotitulaires\[\])\.situation_professionnelle(\.|$)"), Famille.TRAVAIL),
    (re.compile(r"(demandeur|cotitulaires\[\])\.(ressources|revenus_fiscaux)(\.|$)"), Famille.REVENUS),
    (re.compile(r"(foyer\.ressources_personnes_a_charge|souhaits)(\.|$)"), Famille.COMPLEMENT),
)
"""Places inside a part of the tree that are of one family."""
PARTIES = {
    "handicaps": Famille.SANTE,
    "motifs": Famille.MOTIFS,
    "precisions": Famille.MOTIFS,
    "preferences": Famille.PREFERENCES,
    "logement_actuel": Famille.LOGEMENT,
    "logement_possede": Famille.LOGEMENT,
    "accompagnant": Famille.PREFERENCES,
}
"""Parts of the tree that are of one family whole."""
FIN_DE_FAMILLE = {"nir": Famille.NIR, "nom_usage": Famille.NOM_USAGE}


@cache
def famille_du_champ(chemin: str) -> Famille:
    """The part of the content that a generic path belongs to."""
    if chemin == "titulaire":
        return Famille.TITULAIRE
    if any(chemin == racine or chemin.startswith(f"{racine}.") for racine in ETATS_CIVILS):
        return FIN_DE_FAMILLE.get(chemin.rpartition(".")[2], Famille.ETAT_CIVIL)
    if chemin in ASSOCIATIONS:
        return Famille.ASSOCIATION
    partie = PARTIES.get(re.split(r"[.\[]", chemin, maxsplit=1)[0])
    if partie is not None:
        return partie
    return next((famille for motif, famille in LIEUX if motif.match(chemin)), Famille.DECLARATION)


def champs_interdits(
    changements: Iterable[Changement], *, canal: Canal, role: str, sous: str = ""
) -> tuple[str, ...]:
    """Paths of the changes that this role may not make through this channel, in their order.

    An unknown pair may write nothing. A block that came or went is refused whole when one of its fields is. ``sous``:
    how every path that the role writes begins, where it is of one adult (``cotitulaires[0].``).
    """
    permises = ECRITURES.get((canal, role), _RIEN)
    return tuple(
        c.chemin for c in changements if not (c.chemin.startswith(sous) and _familles(c) <= permises)
    )


def champs_remplis_interdits(feuilles: Iterable[Feuille], *, canal: Canal, role: str) -> tuple[str, ...]:
    """Paths filled in a new application that this role may not fill through this channel, in order.

    The answer is that of :func:`champs_interdits` for a change from an empty tree of the same titulaire, found without
    computing that change.
    """
    permises = ECRITURES_A_LA_CREATION.get((canal, role), _RIEN) | {Famille.TITULAIRE}
    return tuple(
        chemin for chemin, champ, _ in feuilles if famille_a_la_creation(champ.chemin) not in permises
    )


@cache
def famille_a_la_creation(chemin: str) -> Famille:
    """The part that a generic path belongs to in a new application: a co-holder who comes is one act."""
    return Famille.AJOUT_COTITULAIRE if chemin.startswith("cotitulaires[]") else famille_du_champ(chemin)


def _familles(changement: Changement) -> frozenset[Famille]:
    """A co-holder who comes or goes is one act; a block that comes or goes is every field in it."""
    if generique(changement.chemin) == "cotitulaires[]":
        return frozenset({famille(changement)})
    return frozenset(famille(feuille) for feuille in deplier(changement))


def page() -> str:
    """``docs/acces.md``: the table, what a new application changes of it, then the fields of each part."""
    lignes = [
        "<!-- Generated by python -m sne.registre.contenu.rules.acces from its tables: edit them, not this page. -->",
        "# Who may write what in an application",
        "",
        "Field × channel × role. An empty cell is a refusal, and so is whatever is not in the table: the system",
        "itself writes no content. Changing a protected trait (birth name, first names, birth date, civility, NIR,",
        "departure of a co-holder) may be *asked* where the table says so, and then waits for a decision when it is",
        "not the identity of reference. Somebody with several roles may write what any of them may; but somebody who",
        "decides on changes of name in a territory may type none there, even with another role.",
        "",
        *_tableau(ECRITURES, list(ECRITURES)),
        "",
        "In a new application, where nobody has an identity that one could take, these may fill more:",
        "",
        *_tableau(
            ECRITURES_A_LA_CREATION, [a for a in ECRITURES if ECRITURES_A_LA_CREATION[a] != ECRITURES[a]]
        ),
    ]
    for partie in Famille:
        chemins = [
            c.chemin for c in champs().values() if famille_du_champ(c.chemin) is partie and not c.conteneur
        ]
        if chemins and partie is not Famille.DECLARATION:
            lignes += [
                "",
                f"## {PHRASES[partie][0].upper()}{PHRASES[partie][1:]}",
                "",
                *(f"- `{chemin}`" for chemin in chemins),
            ]
    return "\n".join(lignes) + "\n"


def _tableau(
    ecritures: Mapping[tuple[Canal, str], frozenset[Famille]], acteurs: list[tuple[Canal, str]]
) -> Iterator[str]:
    noms = {role: profil.nom for role, profil in ROLES.items()} | dict(AUTRES_ROLES) | dict(DECLARANTS)
    titres = ["Partie du contenu", *(f"{noms[role]} ({canal})" for canal, role in acteurs)]
    yield f"| {' | '.join(titres)} |"
    yield f"|{'---|' * len(titres)}"
    for partie in Famille:
        cases = ("oui" if partie in ecritures[acteur] else "" for acteur in acteurs)
        yield f"| {PHRASES[partie]} | {' | '.join(cases)} |"


if __name__ == "__main__":  # pragma: no cover - a test compares the page with its generator
    Path("docs/acces.md").write_text(page(), encoding="utf-8")
