"""A search by criteria, as software of a counter asks it: what it names, whether that is enough. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sne.registre.contenu.rules.arbre.sante import MOTIFS_DE_SANTE
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.joindre.rules.secret import VIOLENCES
from sne.socle.erreurs import Interdit

NOM_MIN = 2  # letters


@dataclass(frozen=True, slots=True)
class Jours:
    """Days from ``debut`` to ``fin``, both included; ``None``: not bounded on that side."""

    debut: date | None = None
    fin: date | None = None

    def __bool__(self) -> bool:
        return self.debut is not None or self.fin is not None

    def compte_au_plus(self, jours: int) -> bool:
        """Whether it is bounded on both sides, by so many days at most."""
        return self.debut is not None and self.fin is not None and (self.fin - self.debut).days < jours


TOUS = Jours()


@dataclass(frozen=True, slots=True)
class Criteres:
    """What is looked for: a demande must meet each criterion given. Empty, ``None``: not asked.

    ``renouvellement``, ``radiation``: of the last renewal, of the striking-off that holds. ``motif``: code of
    ``ListeMotifDemande``. ``commune_attribution``: of a dwelling allocated, by an allocation in force.
    ``delai_anormal``: the wait was called abnormal by the mediation commission. ``conditions_multiples``: allocated
    more than once under a condition precedent. ``nom`` and ``prenoms`` begin so, of one adult, used name too;
    ``pieces``: types of documents, all of them in the file.
    """

    nud: str = ""
    statut: Statut | None = None
    depot: Jours = TOUS
    renouvellement: Jours = TOUS
    radiation: Jours = TOUS
    motif: str = ""
    motif_radiation: MotifRadiation | None = None
    commune_souhaitee: str = ""
    commune_attribution: str = ""
    delai_anormal: bool | None = None
    conditions_multiples: bool | None = None
    association: str = ""
    nom: str = ""
    prenoms: str = ""
    date_naissance: date | None = None
    pieces: tuple[str, ...] = ()


def exiger_selectifs(criteres: Criteres, *, periode_max_jours: int) -> None:
    """Refuse a search that could bring a territory back. Raises ``Interdit`` on the criterion to correct."""
    for champ in ("depot", "renouvellement", "radiation"):
        jours: Jours = getattr(criteres, champ)
        if jours.debut and jours.fin and jours.fin < jours.debut:
            raise Interdit("La fin de cette période précède son début. Inversez les deux dates.", champ=champ)
    for champ in ("nom", "prenoms", "association"):
        if 0 < len(getattr(criteres, champ).strip()) < NOM_MIN:
            raise Interdit(f"Tapez au moins {NOM_MIN} lettres de ce nom.", champ=champ)
    if criteres.motif == VIOLENCES:
        raise Interdit(
            "Ce motif protège des ménages\u00a0: il ne se cherche pas. Cherchez la personne elle-même.",
            champ="motif",
        )
    if not any(_selectifs(criteres, periode_max_jours)):
        raise Interdit(
            "Cette recherche est trop large. Ajoutez un numéro, un nom, une date de naissance, une commune, ou une "
            f"période de {periode_max_jours} jours au plus."
        )


def _selectifs(criteres: Criteres, periode_max_jours: int) -> Iterator[object]:
    yield from (criteres.nud, criteres.nom.strip(), criteres.date_naissance, criteres.association.strip())
    yield from (criteres.commune_souhaitee, criteres.commune_attribution)
    yield from (criteres.delai_anormal, criteres.conditions_multiples)
    yield from (
        jours.compte_au_plus(periode_max_jours)
        for jours in (criteres.depot, criteres.renouvellement, criteres.radiation)
    )


def dit_la_sante(criteres: Criteres, *, pieces_de_sante: Collection[str]) -> bool:
    """Whether being found would say something of somebody's health."""
    return criteres.motif in MOTIFS_DE_SANTE or not set(criteres.pieces).isdisjoint(pieces_de_sante)


def dire_criteres(criteres: Criteres) -> str:
    """What was asked, as the journal keeps it: « nom DUBREUIL, depot 2026-11-01/2026-11-24 »."""
    return ", ".join(
        f"{champ} {_dire(valeur)}"
        for champ in Criteres.__dataclass_fields__
        if (valeur := getattr(criteres, champ)) or valeur is False
    )


def _dire(valeur: object) -> str:
    if isinstance(valeur, Jours):
        return f"{valeur.debut or ''}/{valeur.fin or ''}"
    return "+".join(valeur) if isinstance(valeur, tuple) else str(valeur)
