"""What a person hands in, and how it is brought to the present revision when somebody else saved meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.parametres import ParametresContenu
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.appariement import appliquer as apparier_au_dossier
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.identite import nir_sans_saisie
from sne.registre.demande.actions.lignes import normaliser_nirs, traces_nir
from sne.registre.modification.rules.fusion import Conflit, Cote, Fusion, fusionner


@dataclass(frozen=True, slots=True)
class Saisie:
    """What a person hands in. ``contenu`` is the whole wanted tree, as the file gave it (adults with their
    ``personne``); ``revision`` the one it was read at; ``nirs`` raw numbers by reference, where one was typed.
    """

    contenu: Contenu
    revision: int
    nirs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """An entry merged into the file as it is now: ``saisie`` is what to hand in at the present revision.

    ``restent``: collisions where nobody has chosen a side yet; the register refuses the entry while one is left.
    """

    fusion: Fusion
    saisie: Saisie
    restent: tuple[Conflit, ...]


def reconcilier(
    saisie: Saisie,
    *,
    base: Contenu,
    dossier: Contenu,
    revision: int,
    le: date,
    choix: Mapping[str, Cote] = MappingProxyType({}),
) -> Reconciliation:
    """Merge an entry made on ``base`` into ``dossier``, the content of ``revision``. Raises ``DepotIncomplet`` (NIR).

    ``choix``: side kept at each collision, by its key; the file's value is kept where nothing was chosen. A typed NIR
    is compared by its fingerprint, and is handed in again only where it is the value kept. ``le``: the day whose dated
    limits say how many places may be wished.
    """
    contenu = apparier_au_dossier(saisie.contenu, base)
    connus = {a.personne: a.identite.nir for _, a in arbre.adultes(base) if a.personne}
    traces = traces_nir(normaliser_nirs(saisie.nirs, contenu))
    nirs = {
        ref: traces.get(ref) or nir_sans_saisie(connus.get(a.personne or ""), a.identite.nir)
        for ref, a in arbre.adultes(contenu)
    }
    maxima = {"souhaits.localisations": get_parametres(le)[ParametresContenu].localisations_max_ecran}
    fusion = fusionner(base, dossier, arbre.avec_nirs(contenu, nirs), choix=choix, maxima=maxima)
    gardes = {ref: a.identite.nir for ref, a in arbre.adultes(fusion.contenu)}
    suivis = {fusion.references.get(ref, ""): (saisie.nirs[ref], trace) for ref, trace in traces.items()}
    retenus = {ref: numero for ref, (numero, trace) in suivis.items() if gardes.get(ref) == trace}
    restent = tuple(conflit for conflit in fusion.conflits if conflit.cle not in choix)
    reunie = replace(saisie, contenu=fusion.contenu, revision=revision, nirs=retenus)
    return Reconciliation(fusion, reunie, restent)
