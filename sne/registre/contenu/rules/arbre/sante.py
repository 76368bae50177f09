"""Health data of a tree: what a reader without the right to it must not see, wherever it hides.

Handicap sheets, the reasons « handicap » and « raisons de santé », the free text of another reason, and
the incomes that tell a disability (RGPD, art. 9; décret 2017-917, art. 3).
"""

from dataclasses import dataclass

from sne.registre.contenu.rules.arbre.difference import Changement, difference
from sne.registre.contenu.rules.arbre.foyer import Foyer
from sne.registre.contenu.rules.arbre.personnes import Cotitulaire, Demandeur, Ressources
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.contenu.rules.arbre.souhaits import Motifs

MOTIFS_DE_SANTE = frozenset({"07", "08"})
RESSOURCES_DE_SANTE = frozenset({"AAH", "AEEH", "AJPP", "PINV"})


def sans_sante(contenu: Contenu) -> Contenu:
    """The tree as it is shown without the right to read health. For reading only: never write it back."""
    motifs = contenu.motifs.model_copy(
        update={
            "codes": tuple(code for code in contenu.motifs.codes if code not in MOTIFS_DE_SANTE),
            "autre_motif": None,
        }
    )
    demandeur = contenu.demandeur
    if demandeur is not None:
        demandeur = demandeur.model_copy(update={"ressources": _sans(demandeur.ressources)})
    foyer = contenu.foyer.model_copy(
        update={"ressources_personnes_a_charge": _sans(contenu.foyer.ressources_personnes_a_charge)}
    )
    return contenu.model_copy(
        update={
            "handicaps": (),
            "motifs": motifs,
            "demandeur": demandeur,
            "cotitulaires": tuple(
                c.model_copy(update={"ressources": _sans(c.ressources)}) for c in contenu.cotitulaires
            ),
            "foyer": foyer,
        }
    )


def _sans(ressources: Ressources) -> Ressources:
    recues = tuple(r for r in ressources.recues if r.nature not in RESSOURCES_DE_SANTE)
    return ressources.model_copy(update={"recues": recues})


def porte_sante(contenu: Contenu) -> bool:
    """Whether the tree says anything of somebody's health: whether :func:`sans_sante` would take anything out."""
    motifs, titulaires = contenu.motifs, (*filter(None, (contenu.demandeur,)), *contenu.cotitulaires)
    ressources = (*(t.ressources for t in titulaires), contenu.foyer.ressources_personnes_a_charge)
    return bool(
        contenu.handicaps
        or motifs.autre_motif is not None
        or not MOTIFS_DE_SANTE.isdisjoint(motifs.codes)
        or any(recue.nature in RESSOURCES_DE_SANTE for r in ressources for recue in r.recues)
    )


def avec_sante_de(contenu: Contenu, source: Contenu) -> Contenu:
    """The tree ``contenu``, written by a person who could not read health data, with the health data of ``source`` put
    back. The applicant is recognised by role, co-holders by ``personne``. Health data that ``contenu`` holds itself are
    kept too: the caller refuses them before.
    """
    connus = {a.personne: a.ressources for _, a in adultes(source) if a.personne}
    demandeur = contenu.demandeur
    if demandeur is not None and source.demandeur is not None:
        ressources = _completee(demandeur.ressources, source.demandeur.ressources)
        demandeur = demandeur.model_copy(update={"ressources": ressources})
    codes, charges = contenu.motifs.codes, contenu.foyer.ressources_personnes_a_charge
    for rang, code in enumerate(source.motifs.codes):
        if code in MOTIFS_DE_SANTE:
            codes = (*codes[:rang], code, *codes[rang:])
    motifs = contenu.motifs.model_copy(update={"codes": codes, "autre_motif": source.motifs.autre_motif})
    charges = _completee(charges, source.foyer.ressources_personnes_a_charge)
    return contenu.model_copy(
        update={
            "handicaps": source.handicaps,
            "motifs": motifs,
            "demandeur": demandeur,
            "cotitulaires": tuple(_completer(c, connus) for c in contenu.cotitulaires),
            "foyer": contenu.foyer.model_copy(update={"ressources_personnes_a_charge": charges}),
        }
    )


def _completer(adulte: Cotitulaire, connus: dict[str, Ressources]) -> Cotitulaire:
    ressources = _completee(adulte.ressources, connus.get(adulte.personne or "", Ressources()))
    return adulte.model_copy(update={"ressources": ressources})


def _completee(ressources: Ressources, source: Ressources) -> Ressources:
    recues = ressources.recues
    for rang, recue in enumerate(source.recues):
        if recue.nature in RESSOURCES_DE_SANTE:
            recues = (*recues[:rang], recue, *recues[rang:])
    return ressources.model_copy(update={"recues": recues})


@dataclass(frozen=True, slots=True)
class Partage:
    """Changes told to everyone who reads the file, and paths where health changed, told apart and without values."""

    ordinaires: tuple[Changement, ...]
    sante: tuple[str, ...]


def partager(avant: Contenu, apres: Contenu) -> Partage:
    """Split the changes between two trees; one path is in both parts when it mixes both, as a list of incomes."""
    ordinaires = difference(sans_sante(avant), sans_sante(apres))
    seules = difference(_sante_seule(avant), _sante_seule(apres))
    sante = [c.chemin for c in seules if (c.avant or c.apres) and c not in ordinaires]
    dits = {c.chemin for c in ordinaires} | set(sante)
    # What only moves among the others, as the rank of a reason, changes neither part by itself.
    sante += [c.chemin for c in difference(avant, apres) if c.chemin not in dits]
    return Partage(ordinaires, tuple(sante))


def _sante_seule(contenu: Contenu) -> Contenu:
    """The tree with nothing but health data, and the persons they belong to."""
    demandeur = contenu.demandeur
    if demandeur is not None:
        demandeur = Demandeur(personne=demandeur.personne, ressources=_seules(demandeur.ressources))
    charges = _seules(contenu.foyer.ressources_personnes_a_charge)
    codes = tuple(code for code in contenu.motifs.codes if code in MOTIFS_DE_SANTE)
    return Contenu(
        titulaire=contenu.titulaire,
        demandeur=demandeur,
        cotitulaires=tuple(
            Cotitulaire(personne=c.personne, ressources=_seules(c.ressources)) for c in contenu.cotitulaires
        ),
        foyer=Foyer(ressources_personnes_a_charge=charges),
        motifs=Motifs(codes=codes, autre_motif=contenu.motifs.autre_motif),
        handicaps=contenu.handicaps,
    )


def _seules(ressources: Ressources) -> Ressources:
    return Ressources(recues=tuple(r for r in ressources.recues if r.nature in RESSOURCES_DE_SANTE))
