"""What changed between two revisions, field by field, as somebody reads it."""

from dataclasses import dataclass

from sne.site_pro.models import RevisionPage
from sne.site_pro.rules.pages import ACCES, PUBLICS
from sne.textes.rules import Passage, Sens, comparer, sans_signes


@dataclass(frozen=True, slots=True)
class Difference:
    """A field, its lines, and whether anything of it changed."""

    nom: str
    lignes: tuple[tuple[Passage, ...], ...]

    @property
    def change(self) -> bool:
        return any(passage.sens is not Sens.GARDE for ligne in self.lignes for passage in ligne)


def differences_de(avant: RevisionPage | None, apres: RevisionPage) -> tuple[Difference, ...]:
    """Every field of the two, the text last; without ``avant``, all of it is added."""
    dits_avant, dits_apres = _dits(avant), _dits(apres)
    lus = sans_signes(dits_avant["Texte"]), sans_signes(dits_apres["Texte"])
    if lus[0] != lus[1]:  # else only signs of layout changed: they are shown as typed
        dits_avant["Texte"], dits_apres["Texte"] = lus
    return tuple(Difference(nom, comparer(dits_avant[nom], dits_apres[nom])) for nom in dits_apres)


def _dits(revision: RevisionPage | None) -> dict[str, str]:
    if revision is None:
        return dict.fromkeys(
            ("Titre", "Réponse courte", "Mots-clés", "Pour qui", "Qui peut la lire", "Texte"), ""
        )
    return {
        "Titre": revision.titre,
        "Réponse courte": revision.reponse,
        "Mots-clés": revision.mots,
        "Pour qui": ", ".join(PUBLICS[p] for p in revision.publics),
        "Qui peut la lire": ", ".join(ACCES[a] for a in revision.acces),
        "Texte": revision.corps,
    }
