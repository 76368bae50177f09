"""``sne demande``: one application, as it was."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Groupe
from sne.cli.sortie import ecrire_json, ecrire_lignes, option_json
from sne.cli.types import Instant
from sne.socle.acte import Acte

if TYPE_CHECKING:
    from sne.registre.demande.selectors.etat import EtatDemande

LIBELLES = {
    "nud": "Numéro unique",
    "instant": "Instant demandé",
    "survenu_le": "État depuis le",
    "revision": "Révision",
    "statut": "Statut",
    "date_depot": "Date de dépôt",
    "date_dernier_renouvellement": "Dernier renouvellement",
    "date_expiration": "Expiration",
    "guichet_gestionnaire": "Guichet gestionnaire",
}
NIR = {"identite": {"nir": {"empreinte"}}}
SANS_EMPREINTE: dict[str, Any] = {
    "demandeur": NIR,
    "cotitulaires": {"__all__": NIR},
}  # a number leaves no trace


@click.group(cls=Groupe)
def demande() -> None:
    """Demandes de logement social."""


@demande.command()
@click.argument("nud", metavar="NUD")
@click.option("--a", "instant", type=Instant(), help="Instant voulu ; maintenant par défaut.")
@option_json
def etat(nud: str, instant: dt.datetime | None, en_json: bool) -> None:
    """Écrit la demande telle qu’elle était à un instant (un jour seul désigne sa fin, à Paris).

    La lecture est inscrite au journal. Les données de santé ne sont pas écrites.
    """
    charger_django()
    from sne.habilitations.rules import acteur_systeme
    from sne.registre.demande.selectors.etat import etat as lire_etat
    from sne.registre.lecture.actions.consulter import consulter_demande
    from sne.socle.horloge import maintenant

    acteur, present = acteur_systeme("Commande sne"), maintenant()
    fiche = consulter_demande(nud, acte=Acte(acteur, present), motif="sne demande etat")
    trouve = lire_etat(fiche.demande.nud, instant or present, acteur=acteur)
    if en_json:
        contenu = trouve.contenu.model_dump(mode="json", exclude_defaults=True, exclude=SANS_EMPREINTE)
        ecrire_json({**{cle: getattr(trouve, cle) for cle in LIBELLES}, "contenu": contenu})
    else:
        ecrire_lignes(lignes(trouve))


def lignes(etat: "EtatDemande") -> Iterator[tuple[str, object]]:
    """The state as (label, value), for a person; the content by its French titles."""
    from sne.registre.contenu.rules.arbre.champs import libelle, valeurs
    from sne.registre.contenu.rules.arbre.personnes import Nir

    yield from ((titre, getattr(etat, cle)) for cle, titre in LIBELLES.items())
    for chemin, _, valeur in valeurs(etat.contenu):
        if not chemin.endswith(".personne"):
            yield libelle(chemin), valeur.etat.lower() if isinstance(valeur, Nir) else valeur
