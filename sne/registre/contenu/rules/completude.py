"""What is still missing: to be given a number, then to be examined by a commission.

The first set is short by law: nothing else may refuse or delay the number (CCH R441-2-3). The second is
shown to the counter item by item. The document seen, the guichet and the date of reception are not in the
tree: the action that registers asks for them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sne.registre.contenu.rules.anomalie import Anomalie, Niveau
from sne.registre.contenu.rules.arbre.champs import libelle
from sne.registre.contenu.rules.arbre.lieux import Adresse
from sne.registre.contenu.rules.arbre.personnes import Cotitulaire, Demandeur
from sne.registre.contenu.rules.arbre.racine import Contenu, Titulaire
from sne.registre.contenu.rules.arbre.references import adultes, chemins
from sne.registre.contenu.rules.arbre.souhaits import Souhaits
from sne.registre.contenu.rules.controles.logement import HLM, NOMMES, SEJOURS
from sne.registre.contenu.rules.controles.souhaits import HANDICAP
from sne.socle.signes import INSECABLE

IDENTITE_MINIMALE = ("civilite", "nom_naissance", "prenoms", "date_naissance", "nationalite")


def manques_pour_enregistrer(contenu: Contenu) -> tuple[Anomalie, ...]:
    """Blocking anomalies, one per field that must be filled before the number is given; empty when it may
    be.
    """
    lire = _association if contenu.titulaire is Titulaire.ASSOCIATION else _personnes
    return tuple(
        Anomalie("A_RENSEIGNER", Niveau.BLOQUANT, chemin, f"{libelle(chemin)}{INSECABLE}: {remede}.")
        for chemin, remede in [*lire(contenu), *_souhaits(contenu.souhaits)]
    )


def _association(contenu: Contenu) -> Iterator[tuple[str, str]]:
    association = contenu.association
    if association is None or association.nom is None:
        yield "association.nom", "indiquez-le"
    yield from _adresse("association.adresse_courrier", association.adresse_courrier if association else None)


def _personnes(contenu: Contenu) -> Iterator[tuple[str, str]]:
    yield from _adulte("demandeur", contenu.demandeur or Demandeur())
    yield from _adresse(
        "demandeur.adresse_courrier", contenu.demandeur.adresse_courrier if contenu.demandeur else None
    )
    for rang, cotitulaire in enumerate(contenu.cotitulaires):
        yield from _adulte(f"cotitulaires[{rang}]", cotitulaire)
        if cotitulaire.lien_demandeur is None:
            yield f"cotitulaires[{rang}].lien_demandeur", "choisissez-le"


def _adulte(chemin: str, adulte: Demandeur | Cotitulaire) -> Iterator[tuple[str, str]]:
    """Civil status of one adult; the family situation of the applicant only: a co-holder's may wait."""
    for nom in IDENTITE_MINIMALE:
        if getattr(adulte.identite, nom) is None:
            yield f"{chemin}.identite.{nom}", REMEDES[nom]
    if isinstance(adulte, Demandeur) and adulte.situation_familiale is None:
        yield f"{chemin}.situation_familiale", "choisissez-la"


REMEDES = {
    "civilite": "choisissez-la",
    "nom_naissance": "indiquez-le",
    "prenoms": "indiquez-les, comme à l’état civil",
    "date_naissance": "indiquez-la, au format JJ/MM/AAAA",
    "nationalite": "choisissez-la",
}


def _adresse(chemin: str, adresse: Adresse | None) -> Iterator[tuple[str, str]]:
    """An address whose parts are then checked by the controls; someone without a home gives a
    domiciliation.
    """
    if adresse is None or adresse == Adresse():
        yield chemin, "indiquez où écrire, chez un proche ou un organisme de domiciliation s’il le faut"


def _souhaits(souhaits: Souhaits) -> Iterator[tuple[str, str]]:
    if not souhaits.types_logement:
        yield "souhaits.types_logement", "choisissez au moins un type"
    if not any(lieu.commune for lieu in souhaits.localisations):
        yield "souhaits.localisations", "choisissez au moins une commune"
    if souhaits.accepte_autres_communes is None:
        yield "souhaits.accepte_autres_communes", "répondez par oui ou par non"


@dataclass(frozen=True, slots=True)
class Element:
    """One item of the list « à compléter »: where, its French name, whether it is done."""

    chemin: str
    libelle: str
    fait: bool


def elements_pour_instruire(contenu: Contenu) -> tuple[Element, ...]:
    """Every item that a commission needs, done or not, in the order of the form; none for an association.

    Supporting documents are followed elsewhere.
    """
    return tuple(Element(chemin, libelle(chemin), fait) for chemin, fait in _a_instruire(contenu))


def nombre_manquant(contenu: Contenu) -> int:
    """How many of those items are still to be said."""
    return sum(not fait for _, fait in _a_instruire(contenu))


def _a_instruire(contenu: Contenu) -> Iterator[tuple[str, bool]]:
    """Where each item is, and whether it is done."""
    if contenu.titulaire is not Titulaire.ASSOCIATION:
        yield from _des_adultes(contenu)
        yield from _du_foyer(contenu)
        yield from _du_logement(contenu)
        yield from _des_motifs(contenu)


def _des_adultes(contenu: Contenu) -> Iterator[tuple[str, bool]]:
    lieux = chemins(contenu)
    for reference, adulte in adultes(contenu):
        chemin = lieux[reference]
        yield f"{chemin}.identite.nir", adulte.identite.nir is not None
        yield (
            f"{chemin}.situation_professionnelle.statut",
            adulte.situation_professionnelle.statut is not None,
        )
        yield (
            f"{chemin}.revenus_fiscaux.n_moins_2.montant",
            adulte.revenus_fiscaux.n_moins_2.montant is not None,
        )
        yield f"{chemin}.ressources.recues", bool(adulte.ressources.recues)


def _remplis(valeurs: Iterable[object]) -> bool:
    return all(valeur is not None for valeur in valeurs)


def _du_foyer(contenu: Contenu) -> Iterator[tuple[str, bool]]:
    for rang, personne in enumerate(contenu.foyer.personnes_a_charge):
        complet = _remplis((personne.nom, personne.prenoms, personne.date_naissance, personne.lien_parente))
        yield f"foyer.personnes_a_charge[{rang}]", complet
    for rang, enfant in enumerate(contenu.foyer.enfants_en_garde):
        yield f"foyer.enfants_en_garde[{rang}]", _remplis((enfant.date_naissance, enfant.mode_garde))


def _du_logement(contenu: Contenu) -> Iterator[tuple[str, bool]]:
    logement, possede = contenu.logement_actuel, contenu.logement_possede
    yield "logement_actuel.statuts_occupation", bool(logement.statuts_occupation)
    for nom, statut in SEJOURS.items():
        if statut in logement.statuts_occupation:
            yield f"logement_actuel.{nom}.depuis", getattr(logement, nom).depuis is not None
            if nom in NOMMES:
                yield f"logement_actuel.{nom}.nom", getattr(logement, nom).nom is not None
    if HLM in logement.statuts_occupation:
        yield "logement_actuel.bailleur_social.nom", logement.bailleur_social.nom is not None
    yield "logement_possede.possede", possede.possede is not None
    if possede.possede:
        situe = possede.localite.commune is not None or possede.localite.ville_etrangere is not None
        yield "logement_possede.localite", possede.type is not None and situe


def _des_motifs(contenu: Contenu) -> Iterator[tuple[str, bool]]:
    yield "motifs.codes", bool(contenu.motifs.codes)
    if HANDICAP in contenu.motifs.codes:
        yield "handicaps", bool(contenu.handicaps)
