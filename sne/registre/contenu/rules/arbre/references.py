"""How one member of the household is named in one tree: ``demandeur``, ``cotitulaire:1``, ``charge:a``,
``garde:1``.
"""

import uuid
from collections.abc import Iterator, Mapping
from datetime import date

from sne.registre.contenu.rules.arbre.foyer import EnfantEnGarde, PersonneACharge
from sne.registre.contenu.rules.arbre.personnes import Contact, Cotitulaire, Demandeur, Identite, Nir
from sne.registre.contenu.rules.arbre.racine import Contenu

DEMANDEUR = "demandeur"
Adulte = Demandeur | Cotitulaire
Membre = Demandeur | Cotitulaire | PersonneACharge | EnfantEnGarde


def cotitulaire(rang: int) -> str:
    """Reference of the co-holder of this rank, counted from 1."""
    return f"cotitulaire:{rang}"


def charge(identifiant: str) -> str:
    """Reference of the dependant with this key."""
    return f"charge:{identifiant}"


def garde(rang: int) -> str:
    """Reference of the child in custody of this rank, counted from 1."""
    return f"garde:{rang}"


def adultes(contenu: Contenu) -> Iterator[tuple[str, Adulte]]:
    """The applicant, then the co-holders, each with their reference; nobody for an association."""
    if contenu.demandeur is not None:
        yield DEMANDEUR, contenu.demandeur
    for rang, personne in enumerate(contenu.cotitulaires, start=1):
        yield cotitulaire(rang), personne


def membres(contenu: Contenu) -> Iterator[tuple[str, Membre]]:
    """Everyone of the household, each with their reference: adults, dependants, children in custody."""
    yield from adultes(contenu)
    for personne in contenu.foyer.personnes_a_charge:
        yield charge(personne.identifiant), personne
    for rang, enfant in enumerate(contenu.foyer.enfants_en_garde, start=1):
        yield garde(rang), enfant


def membre(contenu: Contenu, reference: str) -> Membre | None:
    """The member that a reference names, or ``None`` when nobody answers to it."""
    return dict(membres(contenu)).get(reference)


def date_naissance(membre_: Membre) -> date | None:
    """Birth date of any member, wherever it is kept."""
    return membre_.identite.date_naissance if isinstance(membre_, Adulte) else membre_.date_naissance


def chemins(contenu: Contenu) -> dict[str, str]:
    """Path in the tree of every member, by reference: ``cotitulaire:1`` → ``cotitulaires[0]``."""
    trouves = {DEMANDEUR: "demandeur"} if contenu.demandeur is not None else {}
    trouves |= {cotitulaire(r): f"cotitulaires[{r - 1}]" for r in range(1, len(contenu.cotitulaires) + 1)}
    for rang, personne in enumerate(contenu.foyer.personnes_a_charge):
        trouves[charge(personne.identifiant)] = f"foyer.personnes_a_charge[{rang}]"
    for rang in range(len(contenu.foyer.enfants_en_garde)):
        trouves[garde(rang + 1)] = f"foyer.enfants_en_garde[{rang}]"
    return trouves


def chemin_de(reference: str, contenu: Contenu) -> str:
    """Path of one member in the tree. Raises ``KeyError`` for nobody."""
    return chemins(contenu)[reference]


def _avec(contenu: Contenu, changements: Mapping[str, Mapping[str, object]]) -> Contenu:
    """A copy of the tree where the adults named by reference have these attributes replaced."""
    demandeur = contenu.demandeur
    if demandeur is not None:
        demandeur = demandeur.model_copy(update=changements.get(DEMANDEUR, {}))
    cotitulaires = tuple(
        personne.model_copy(update=changements.get(cotitulaire(rang), {}))
        for rang, personne in enumerate(contenu.cotitulaires, start=1)
    )
    return contenu.model_copy(update={"demandeur": demandeur, "cotitulaires": cotitulaires})


def avec_personnes(contenu: Contenu, personnes: Mapping[str, uuid.UUID | str | None]) -> Contenu:
    """The same tree, each adult named by reference now pointing at this row of the register, or at none."""
    return _avec(
        contenu,
        {reference: {"personne": None if cle is None else str(cle)} for reference, cle in personnes.items()},
    )


def avec_identites(contenu: Contenu, identites: Mapping[str, Identite]) -> Contenu:
    """The same tree with other identities, by reference: the one in force in place of the one asked for."""
    return _avec(contenu, {reference: {"identite": identite} for reference, identite in identites.items()})


def avec_contact(contenu: Contenu, reference: str, contact: Contact) -> Contenu:
    """The same tree with other ways to reach the adult named by reference."""
    return _avec(contenu, {reference: {"contact": contact}})


def avec_nirs(contenu: Contenu, nirs: Mapping[str, Nir | None]) -> Contenu:
    """The same tree with the state and fingerprint of the NIR of the adults named by reference."""
    connus = dict(adultes(contenu))
    return avec_identites(
        contenu,
        {
            ref: connus[ref].identite.model_copy(update={"nir": nir})
            for ref, nir in nirs.items()
            if ref in connus
        },
    )
