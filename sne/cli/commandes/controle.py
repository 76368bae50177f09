"""``sne controle rejouer``: past operations through the control of identity, with thresholds to try."""

import datetime as dt
import math
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_type_hints

import click
from pydantic import ValidationError

from sne.cli.francais import Echec, Groupe
from sne.cli.sortie import PARIS, ecrire_json
from sne.cli.types import Fichier
from sne.referentiels.rules import parametres_par_defaut
from sne.registre.controle.parametres import PoidsDuScore, Seuils

CE_QUI_NE_SE_REJOUE_PAS = frozenset(
    {
        "decision_attendue_jours",
        "identite_rappel_1_jours",
        "identite_rappel_2_jours",
        "identite_escalade_jours",
        "identite_expiration_jours",
        "score_ligne_gt",
        "score_poids",
    }
)
"""Thresholds that change nothing of what a replay writes; the weights have an option of their own."""
AIDE = """\
Dit ce que la règle d’identité aurait retenu ou laissé passer, et le score de chaque dossier.

Ce sont les fonctions du service. Aucune base n’est lue. CSV (UTF-8, « , » ou « ; ») ou Parquet, selon le suffixe.

\b
--demandes    dls, territoire, guichet, date_depot ; facultatif : nom_codemandeur
--operations  operation, dls, horodatage, type (creation, modification, renouvellement,
              reactivation), canal (guichet, portail, webservice), guichet, champs ;
              facultatif : agent
--identites   operation, dls, avant_X et apres_X pour X parmi nom_naissance, nom_usage,
              prenoms, date_naissance, sexe, nir ; facultatif : issue (validee, refusee)
--sortie      operation, dls, horodatage, decision (automatique, en_attente, sans_objet),
              clauses, score, termes

Une ligne par opération professionnelle sur une demande dont l’identité a changé. Dans un CSV, les listes sont séparées
par des points-virgules. Le résumé, en JSON, est écrit sur la sortie standard. Voir docs/controle.md.
"""


class Tableau(Fichier):
    """A file whose suffix says how it is read or written."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        from sne.rejeu.fichiers import CSV, SUFFIXES
        from sne.socle import moteur

        chemin = super().convert(value, param, ctx)
        if chemin.suffix.lower() not in SUFFIXES:
            self.fail(f"« {chemin.name} » : le nom doit finir par .csv ou .parquet.", param, ctx)
        if chemin.suffix.lower() != CSV and not moteur.est_installe():
            self.fail(f"« {chemin.name} » : {moteur.ABSENT} Un fichier .csv se lit partout.", param, ctx)
        return chemin


class Valeur(click.ParamType[Any]):
    """A value of one threshold, of the type of its parameter."""

    def __init__(self, genre: type) -> None:
        self.genre = genre
        self.name = {int: "N", float: "NOMBRE", dt.time: "HH:MM"}[genre]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        texte = str(value).replace(",", ".")
        try:
            valeur = texte if self.genre is dt.time else self.genre(texte)
        except ValueError:
            self.fail("donnez un nombre.", param, ctx)
        if isinstance(valeur, float) and not math.isfinite(valeur):
            self.fail("donnez un nombre.", param, ctx)
        return valeur


class Poids(click.ParamType[tuple[str, float]]):
    """``NOM=VALEUR``."""

    name = "NOM=VALEUR"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float]:
        nom, _, texte = str(value).partition("=")
        if nom not in PoidsDuScore.model_fields:
            self.fail(
                f"« {nom} » n’est pas un poids. Choisissez : {', '.join(PoidsDuScore.model_fields)}.",
                param,
                ctx,
            )
        try:
            genre = PoidsDuScore.model_fields[nom].annotation
            return nom, int(texte) if genre is int else float(texte.replace(",", "."))
        except ValueError:
            self.fail("donnez un nombre après le signe égal.", param, ctx)


def _livres() -> Seuils:
    return parametres_par_defaut(dt.datetime.now(PARIS).date())[Seuils]


def options_des_seuils(commande: Callable[..., Any]) -> Callable[..., Any]:
    """One option for each threshold, named as its parameter, whose value it has when it is not given."""
    livres, genres = _livres(), get_type_hints(Seuils)
    for nom in reversed(Seuils.model_fields):
        if nom not in CE_QUI_NE_SE_REJOUE_PAS:
            valeur = getattr(livres, nom)
            ecrite = f"{valeur:%H:%M}" if isinstance(valeur, dt.time) else valeur
            ecrite = f"{valeur:g}".replace(".", ",") if isinstance(valeur, float) else ecrite
            commande = click.option(
                f"--{nom.replace('_', '-')}",
                nom,
                type=Valeur(genres[nom]),
                help=f"{ecrite} par défaut.",
            )(commande)
    return commande


@click.group(cls=Groupe)
def controle() -> None:
    """Contrôle des changements d’identité."""


@controle.command(help=AIDE)
@click.option("--demandes", type=Tableau(lu=True), required=True, metavar="F", help="Une ligne par demande.")
@click.option(
    "--operations", type=Tableau(lu=True), required=True, metavar="F", help="Une ligne par opération."
)
@click.option(
    "--identites", type=Tableau(lu=True), required=True, metavar="F", help="Une ligne par changement."
)
@click.option(
    "--sortie", type=Tableau(), required=True, metavar="F", help="Le résultat ; remplacé s’il existe."
)
@options_des_seuils
@click.option("--poids", multiple=True, type=Poids(), help="Un poids du score. Peut être répétée.")
def rejouer(
    *,
    demandes: Path,
    operations: Path,
    identites: Path,
    sortie: Path,
    poids: tuple[tuple[str, float], ...],
    **seuils: Any,
) -> None:
    from sne.rejeu import sortie as sorties
    from sne.rejeu.colonnes import FichierInvalide
    from sne.rejeu.execution import Rejeu
    from sne.rejeu.fichiers import CSV, ecrire
    from sne.rejeu.lecture import lire_demandes, lire_identites, lire_operations

    choisis = _seuils(seuils, dict(poids))
    if sortie.resolve() in {f.resolve() for f in (demandes, operations, identites)}:
        raise Echec(f"« {sortie.name} » est aussi un fichier à lire. Donnez un autre nom à --sortie.")
    debut = time.perf_counter()
    try:
        rejeu = Rejeu(lire_demandes(demandes), lire_identites(identites), choisis)
        rejeu.recevoir(lire_operations(operations, rejeu.demandes), fichier_des_identites=identites.name)
        etapes, bilan = rejeu.derouler()
        en_csv = sortie.suffix.lower() == CSV
        ecrire(sortie, sorties.types(etapes), sorties.lignes(etapes, en_csv=en_csv))
    except FichierInvalide as exc:
        raise Echec(str(exc)) from exc
    except OSError as exc:
        raise Echec(f"« {exc.filename or sortie} » ne peut pas être lu ou écrit : {exc.strerror}.") from exc
    ecrire_json(sorties.resume(bilan, choisis, secondes=time.perf_counter() - debut))


def _seuils(donnes: Mapping[str, Any], poids: Mapping[str, float]) -> Seuils:
    """The delivered parameters, with what the options say. Raises :class:`Echec` on figures that do not hold."""
    livres = _livres().model_dump()
    voulus = {nom: valeur for nom, valeur in donnes.items() if valeur is not None}
    voulus["score_poids"] = {**livres["score_poids"], **poids}
    try:
        return Seuils(**{**livres, **voulus})
    except ValidationError as exc:
        lieu = ".".join(map(str, exc.errors()[0]["loc"]))
        if not lieu:
            raise Echec(exc.errors()[0]["msg"].removeprefix("Value error, ")) from exc
        poids_faux = lieu.removeprefix("score_poids.")
        option = f"--{lieu.replace('_', '-')}" if poids_faux == lieu else f"--poids {poids_faux}"
        raise Echec(f"{option} : cette valeur n’est pas permise. Voir docs/controle.md.") from exc
