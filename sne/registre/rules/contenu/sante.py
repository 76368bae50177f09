"""Health data of a tree: what a reader without the right to it must not see, wherever it hides.

Handicap sheets, the reasons « handicap » and « raisons de santé », the free text of another reason, and
the incomes that tell a disability (RGPD, art. 9; décret 2017-917, art. 3).
"""

from sne.registre.rules.contenu.personnes import Ressources
from sne.registre.rules.contenu.racine import Contenu

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
