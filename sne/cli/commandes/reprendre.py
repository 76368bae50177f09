"""``sne reprendre``: the file of a former system, taken over line by line."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Commande, Echec
from sne.cli.sortie import ecrire, option_json, progression
from sne.cli.types import Fichier

FORMES = {".ndjson": "NDJSON", ".csv": "CSV", ".parquet": "PARQUET"}
ENVELOPPES = {".gz": "gzip", ".zst": "zstd"}
MORCEAU = 1 << 18  # bytes
SANS_FIN = 1 << 50  # the operator's own file: only its lines are bounded
LIBELLES = {"ENREGISTREE": "Enregistrées", "DEJA_FAITE": "Déjà faites", "REFUSEE": "Refusées"}


@click.command(cls=Commande, short_help="Reprend les demandes d’un ancien système.")
@click.argument("fichier", type=Fichier(lu=True))
@click.option("--territoire", required=True, metavar="CODE", help="Territoire des demandes.")
@click.option(
    "--guichet", default="", metavar="CODE", help="Guichet des lignes qui n’en disent pas, et des tableaux."
)
@click.option("--rapport", required=True, type=Fichier(), help="Fichier du rapport, une ligne par ligne.")
@option_json
def reprendre(fichier: Path, territoire: str, guichet: str, rapport: Path, en_json: bool) -> None:
    """Reprend FICHIER (.ndjson, .csv ou .parquet, en .gz ou .zst), une demande par ligne.

    Le rapport dit, ligne par ligne, ce qui est enregistré, déjà fait ou refusé, et pourquoi. Une ligne refusée n’en
    arrête aucune autre. Relancée, la commande ne refait pas ce qui est fait. Statut 1 s’il y a une ligne refusée.
    """
    forme, enveloppe = _forme(fichier)
    charger_django()
    from sne.api.reprises import acteur_de_la_reprise, reprendre_fichier
    from sne.imports.lecture import Bornes, lire_lignes
    from sne.imports.parametres import ParametresImports
    from sne.imports.rules.formats import Compression, FichierRefuse, Format
    from sne.referentiels.selectors import get_parametres
    from sne.socle.horloge import aujourd_hui

    ligne_max = get_parametres(aujourd_hui())[ParametresImports].import_ligne_octets_max
    lues = lire_lignes(
        _morceaux(fichier),
        Format(forme),
        Compression(enveloppe),
        Bornes(deplies=SANS_FIN, ligne=ligne_max, lignes=SANS_FIN),
    )
    acteur, issues = acteur_de_la_reprise(territoire), Counter[str]()
    try:
        with rapport.open("wb") as sortie, progression("Demandes reprises") as avancer:
            for dite in reprendre_fichier(lues, territoire=territoire, guichet=guichet, acteur=acteur):
                sortie.write(dite.model_dump_json(exclude_none=True).encode() + b"\n")
                issues[dite.issue] += 1
                avancer(1)
    except FichierRefuse as refus:
        raise Echec(str(refus)) from refus
    except OSError as exc:
        raise Echec(
            "Le fichier ou son rapport ne peut pas être lu ou écrit jusqu’au bout. Relancez."
        ) from exc
    ecrire({nom: issues[nom] for nom in LIBELLES}, LIBELLES, en_json=en_json)
    if issues["REFUSEE"]:
        raise Echec(f"Lignes refusées : voir {rapport}. Corrigez-les, puis relancez la commande.")


def _forme(fichier: Path) -> tuple[str, str]:
    """Form and wrapping, by the suffixes of the name. Raises ``Echec``."""
    enveloppe = ENVELOPPES.get(fichier.suffix, "")
    suffixe = fichier.with_suffix("").suffix if enveloppe else fichier.suffix
    if suffixe not in FORMES:
        raise Echec(f"Le nom doit finir par {', '.join(FORMES)}, suivi ou non de {' ou '.join(ENVELOPPES)}.")
    return FORMES[suffixe], enveloppe


def _morceaux(fichier: Path) -> Iterator[bytes]:
    with fichier.open("rb") as flux:
        while octets := flux.read(MORCEAU):
            yield octets
