"""Communes proposed for a name or a postal code, and near names for one that is not known. Asked of nobody outside."""

from collections.abc import Iterable, Mapping

from sne.referentiels.rules import CommuneChoix, Geographie, Trouvee
from sne.referentiels.rules.normalisation import normaliser_lieu
from sne.referentiels.rules.resolution import Ambigue, proches
from sne.saisie.propositions.choix import Choix
from sne.saisie.propositions.dites import Ou, Proposition, Propositions, proposees

LIGNES_MAX = 6
SIGNES_MIN = 3
"""Of a name that is looked for in the whole country."""


def proposer_communes(valeurs: Mapping[str, str], *, geographie: Geographie, ou: Ou) -> Propositions:
    """Those of the postal code typed beside it; else of that name, near it in the territory, in the country."""
    texte, code_postal = valeurs["commune"], valeurs["code_postal"].replace(" ", "")
    nom = normaliser_lieu(texte)
    servies = geographie.communes_du_code_postal(code_postal)
    trouvees: Iterable[CommuneChoix] = [c for c in servies if nom in c.nom_normalise] or servies
    if not servies:
        trouvees = _nommees(texte, nom, geographie, ou.pour.territoire)
    return propositions_de("commune", texte, trouvees, code_postal=code_postal)


def proposer_souhaits(valeurs: Mapping[str, str], *, geographie: Geographie, ou: Ou) -> Propositions:
    """Those of the territory whose name has a word that begins so, or their postal code; else near names."""
    ((champ, texte),) = valeurs.items()
    nom, communes = normaliser_lieu(texte), geographie.communes(ou.pour.territoire)
    trouvees = [c for c in communes if _commence(c, nom)] or proches(nom, communes)
    return propositions_de(champ, texte, trouvees)


def _commence(commune: CommuneChoix, nom: str) -> bool:
    codes = tuple(code for code in commune.codes_postaux if code.startswith(nom.replace(" ", "")))
    return bool(nom and (codes or f" {nom}" in f" {commune.nom_normalise}"))


def _nommees(texte: str, nom: str, geographie: Geographie, territoire: str) -> Iterable[CommuneChoix]:
    resolution = geographie.resoudre_partout(texte)
    if isinstance(resolution, Trouvee):
        yield resolution.commune
    elif isinstance(resolution, Ambigue):
        yield from resolution.candidates
    if territoire in geographie.territoires:
        yield from proches(nom, geographie.communes(territoire))
    if len(nom) >= SIGNES_MIN:
        yield from geographie.commencant(nom, au_plus=LIGNES_MAX)


def propositions_de(
    champ: str, pour: str, communes: Iterable[CommuneChoix], *, code_postal: str = ""
) -> Propositions:
    """A line for each commune, and for each of its postal codes unless one was typed."""
    lignes = [ligne for commune in dict.fromkeys(communes) for ligne in _lignes(champ, commune, code_postal)]
    return proposees(champ, pour, tuple(lignes[:LIGNES_MAX]))


def _lignes(champ: str, commune: CommuneChoix, code_postal: str) -> Iterable[tuple[Proposition, Choix]]:
    """Beside a field for the postal code, the commune and the code; alone, both in one text."""
    codes = [code_postal] if code_postal in commune.codes_postaux else [*commune.codes_postaux]
    for code in codes if champ == "commune" else [""]:
        libelle = f"{commune.nom} ({code})" if code else commune.libelle
        valeurs = {"commune": commune.nom, "code_postal": code} if code else {champ: libelle}
        yield Proposition(libelle, valeurs), Choix(valeurs)
