"""``sne doublons``: looking for the same household twice, in the register or in a labelled file."""

import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sne.cli.connexion import charger_django
from sne.cli.francais import Echec, Groupe
from sne.cli.sortie import PARIS, ecrire_json, ecrire_lignes, option_json
from sne.cli.types import Choix, Entier, Fichier
from sne.registre.doublons.parametres import ParametresDoublons

if TYPE_CHECKING:
    from sne.registre.doublons.rules.evaluation import Mesure, Paire
    from sne.registre.doublons.rules.ressemblance import Adulte


class Seuil(click.ParamType[float]):
    """A threshold of the score, 0 to 10.5."""

    name = "N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            seuil = float(str(value).replace(",", "."))
        except ValueError:
            seuil = -1
        if not 0 <= seuil <= 10.5:
            self.fail("donnez un nombre entre 0 et 10,5, par exemple 4.5.", param, ctx)
        return seuil


@click.group(cls=Groupe)
def doublons() -> None:
    """Demandes qui sont peut-être du même foyer."""


@doublons.command()
@click.option("--territoire", "territoires", multiple=True, metavar="TTT", help="Seulement ce territoire.")
@option_json
def balayer(territoires: tuple[str, ...], en_json: bool) -> None:
    """Cherche les demandes proches de chaque territoire, et les range par ensembles à décider.

    Peut être arrêtée et relancée : la recherche reprend où elle en était. Ce qui attend ou a été décidé n’est pas
    rouvert, sauf si une identité a changé depuis.

    Cherche aussi qui a été sur une demande dont l’identité a été remplacée, et en a une autre depuis : une enquête
    s’ouvre pour le gestionnaire territorial, les guichets n’en voient rien.
    """
    charger_django()
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from sne.referentiels.selectors import get_territoire
    from sne.registre.doublons.selectors.balayage import list_balayages
    from sne.registre.doublons.tasks import balayer_les_territoires
    from sne.socle.horloge import maintenant

    for code in territoires:
        if get_territoire(code) is None:
            raise Echec(
                f"Territoire inconnu : {code}. Trois signes sont attendus, par exemple 059, 02A ou 111."
            )
    colonnes = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed}"))
    console = Console(stderr=True)
    with Progress(*colonnes, console=console, transient=True, disable=not console.is_terminal) as barre:
        tache = barre.add_task("demandes", total=None)
        balayer_les_territoires(
            maintenant(), territoires=territoires, avancer=lambda n: barre.advance(tache, n)
        )
    balayages = list_balayages(territoires)
    if en_json:
        ecrire_json({"balayages": balayages})
        return
    ecrire_lignes(
        [
            ("Demandes comparées", sum(b.demandes for b in balayages)),
            ("Nouvelles paires proches", sum(b.paires for b in balayages)),
            ("Ensembles ouverts", sum(b.ensembles for b in balayages)),
            ("Anciens titulaires reconnus ailleurs", sum(b.anciens_titulaires for b in balayages)),
            ("Paires laissées à la prochaine recherche", sum(b.reportees for b in balayages)),
            ("Dates et téléphones trop partagés", sum(b.cles_communes for b in balayages)),
            ("Paires non comparées pour cela, au plus", sum(b.paires_ecartees for b in balayages)),
        ]
    )


AIDE = """\
Mesure, sur un fichier étiqueté, les doublons trouvés, manqués et les fausses alertes.

Mêmes clés et même score que le registre, qui n’est ni lu ni changé : aucune base n’est nécessaire.

\b
Fichier des demandes (CSV en UTF-8, « , » ou « ; », première ligne : noms des colonnes) :
  id, nom_naissance, prenoms, date_naissance      obligatoires
  nom_usage, nir, telephone, role, territoire     facultatives
  Les autres colonnes ne sont pas lues. Les lignes d’un même id sont les adultes d’une même demande
  (role : DEMANDEUR ou COTITULAIRE). Date : AAAA-MM-JJ ou JJ/MM/AAAA ; elle peut être vide.
  Le NIR est comparé sans sa clé, espaces ôtées.
Fichier des paires :
  id_a, id_b, meme (ou same)                      1 : même foyer, 0 : foyers différents

\b
Objet écrit par --json :
  demandes, adultes           nombres lus
  paires_memes, paires_differentes   étiquettes lues
  cle_commune, cles_communes  limite, et nombre de dates ou de téléphones au-delà
  non_etiquetees              « ignorer » ou « fausses »
  secondes                    durée de la comparaison
  mesures                     une par seuil, du plus petit au plus grand :
    seuil, proposees, trouvees, manquees, fausses_alertes, non_etiquetees,
    rappel, precision, f1     entre 0 et 1, null si rien à diviser
"""


@doublons.command(help=AIDE)
@click.option(
    "--demandes",
    type=Fichier(lu=True),
    required=True,
    metavar="F",
    help="CSV, une ligne par adulte.",
)
@click.option(
    "--paires",
    type=Fichier(lu=True),
    required=True,
    metavar="F",
    help="CSV des paires étiquetées.",
)
@click.option(
    "--seuil",
    "seuils",
    multiple=True,
    type=Seuil(),
    help="Score à partir duquel une paire est proposée. Peut être répétée ; sans elle, les seuils en vigueur.",
)
@click.option(
    "--cle-commune",
    type=Entier(1, 1_000_000),
    help="Nombre d’adultes au-delà duquel une date ou un téléphone ne suffit plus ; sinon celui en vigueur.",
)
@click.option(
    "--non-etiquetees",
    type=Choix("ignorer", "fausses"),
    help="Paires trouvées sans étiquette : laissées à part, ou fausses alertes. Sans cette option : fausses alertes "
    "si le fichier ne donne que des paires du même foyer, laissées à part sinon.",
)
@option_json
def evaluer(
    *,
    demandes: Path,
    paires: Path,
    seuils: tuple[float, ...],
    cle_commune: int | None,
    non_etiquetees: str | None,
    en_json: bool,
) -> None:
    from sne.referentiels.rules.parametres import parametres_par_defaut
    from sne.registre.doublons.rules.evaluation import mesurer
    from sne.registre.doublons.rules.ressemblance import rapprocher

    parametres = parametres_par_defaut(dt.datetime.now(PARIS).date())
    adultes, etiquettes = _lire(demandes, paires)
    differentes = sum(not meme for meme in etiquettes.values())
    choix = non_etiquetees or ("ignorer" if differentes else "fausses")
    limite = cle_commune or parametres[ParametresDoublons].doublon_cle_commune
    debut = time.perf_counter()
    trouvees = rapprocher(adultes, au_dela=limite)
    duree = time.perf_counter() - debut
    voulus = seuils or (
        parametres[ParametresDoublons].seuil_doublon_proposition,
        parametres[ParametresDoublons].seuil_doublon_justification,
    )
    mesures = [
        mesurer(trouvees, etiquettes, seuil=seuil, non_etiquetees_fausses=choix == "fausses")
        for seuil in sorted(set(voulus))
    ]
    comptes = {
        "demandes": len({adulte.demande for adulte in adultes}),
        "adultes": len(adultes),
        "paires_memes": len(etiquettes) - differentes,
        "paires_differentes": differentes,
        "cle_commune": limite,
        "cles_communes": trouvees.cles_communes,
        "non_etiquetees": choix,
        "secondes": round(duree, 3),
    }
    if en_json:
        ecrire_json({**comptes, "mesures": mesures})
        return
    ecrire_lignes([("Demandes lues", comptes["demandes"]), ("Paires du même foyer", comptes["paires_memes"])])
    for mesure in mesures:
        click.echo()
        ecrire_lignes(_en_mots(mesure))


def _lire(demandes: Path, paires: Path) -> "tuple[list[Adulte], dict[Paire, bool]]":
    from sne.registre.doublons.rules.evaluation import FichierInvalide, lire_adultes, lire_paires

    try:
        adultes = lire_adultes(_lignes(demandes), fichier=demandes.name)
        connus = frozenset(adulte.demande for adulte in adultes)
        return adultes, lire_paires(_lignes(paires), fichier=paires.name, connus=connus)
    except FichierInvalide as exc:
        raise Echec(str(exc)) from exc


def _lignes(fichier: Path) -> list[str]:
    try:
        return fichier.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as exc:
        ligne = exc.object[: exc.start].count(b"\n") + 1
        raise Echec(
            f"{fichier.name}, ligne {ligne} : ce n’est pas de l’UTF-8. Enregistrez le fichier en UTF-8."
        ) from exc


def _en_mots(mesure: "Mesure") -> list[tuple[str, object]]:
    def part(valeur: float | None) -> str:
        return "sans objet" if valeur is None else f"{valeur:.4f}".replace(".", ",")

    return [
        ("Seuil", f"{mesure.seuil:g}".replace(".", ",")),
        ("Paires proposées", mesure.proposees),
        ("Doublons trouvés", mesure.trouvees),
        ("Doublons manqués", mesure.manquees),
        ("Fausses alertes", mesure.fausses_alertes),
        ("Sans étiquette", mesure.non_etiquetees),
        ("Rappel", part(mesure.rappel)),
        ("Précision", part(mesure.precision)),
        ("F1", part(mesure.f1)),
    ]
