"""What two pages of one draft say, when one was saved since the other was opened: merged, or chosen line by line.

The trees that the pages make are merged as those of a file are; the draft then holds what would be typed to say it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sne.registre.contenu.parametres import ParametresContenu
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes, avec_nirs
from sne.registre.demande.actions.lignes import normaliser_nirs, traces_nir
from sne.registre.modification.rules.fusion import Conflit, Cote, Fusion, fusionner
from sne.saisie.brut import CONTINUER, Brut, sont_controles
from sne.saisie.en_cours import SaisieEnCours
from sne.saisie.presentation.foyer import noms_des_membres


@dataclass(frozen=True, slots=True)
class Envoi:
    """A page as a browser sent it. ``lu``: the number of the draft that it was opened at, 0 when it does not say.

    ``retraits``: rows taken out of it. ``vue``: the number of the draft that was shown beside it when sides were
    chosen, or 0; ``choix``: the side kept at each collision, by its key.
    """

    code: str
    brut: Brut
    lu: int
    retraits: Sequence[tuple[str, int]] = ()
    vue: int = 0
    choix: Mapping[str, Cote] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reunion:
    """What is to be saved once no collision is left (``restent``); every collision with the draft as it stands."""

    donnees: dict[str, Brut]
    present: Contenu
    conflits: tuple[Conflit, ...]
    restent: tuple[Conflit, ...]


def est_depasse(saisie: SaisieEnCours, envoi: Envoi) -> bool:
    """Whether saving this page as it is would write over what was saved since, or speak of somebody else.

    A page that was left alone since is saved as typed, right or wrong; one that speaks of people by their rank, if they
    are still the same.
    """
    code = envoi.code
    if envoi.lu == saisie.brouillon.numero or saisie.donnees.get(code) == envoi.brut:
        return False
    lue = saisie.lue_au(envoi.lu)
    if lue.brut(code) != saisie.brut(code):
        return True
    return bool(saisie.toutes[code].suit) and noms_des_membres(lue.contenu) != noms_des_membres(
        saisie.contenu
    )


def reunir(saisie: SaisieEnCours, envoi: Envoi) -> Reunion:
    """A page without an error, put together with the draft as it stands."""
    lue = saisie.lue_au(envoi.lu)
    mienne = lue.essayer(lue.donnees_avec(envoi.code, envoi.brut, retraits=envoi.retraits))
    base, dite, choix = _contenu(lue), _contenu(mienne), envoi.choix
    if envoi.vue:
        vue = saisie.lue_au(envoi.vue)
        tranchee = _fusionner(saisie, base, _contenu(vue), dite, choix)
        if not _restent(tranchee, choix):
            base, dite, choix = _contenu(vue), tranchee.contenu, {}
    present = _contenu(saisie)
    fusion = _fusionner(saisie, base, present, dite, choix)
    numeros = _numeros(saisie) | _numeros(mienne)
    return Reunion(
        _ecrire(saisie, lue, envoi, fusion.contenu, numeros),
        present,
        fusion.conflits,
        _restent(fusion, choix),
    )


def _fusionner(
    saisie: SaisieEnCours, base: Contenu, present: Contenu, dite: Contenu, choix: Mapping[str, Cote]
) -> Fusion:
    maxima = {"souhaits.localisations": saisie.parametres[ParametresContenu].localisations_max_ecran}
    return fusionner(base, present, dite, choix=choix, maxima=maxima)


def _restent(fusion: Fusion, choix: Mapping[str, Cote]) -> tuple[Conflit, ...]:
    return tuple(conflit for conflit in fusion.conflits if conflit.cle not in choix)


def _contenu(saisie: SaisieEnCours) -> Contenu:
    """What the pages make, where a number typed is known by its fingerprint: it can be compared, and found again."""
    return avec_nirs(saisie.saisi, traces_nir(normaliser_nirs(saisie.nirs, saisie.saisi)))


def _numeros(saisie: SaisieEnCours) -> dict[str, str]:
    """Numbers typed, by fingerprint."""
    traces = traces_nir(normaliser_nirs(saisie.nirs, saisie.saisi))
    return {trace.empreinte: saisie.nirs[ref] for ref, trace in traces.items() if trace.empreinte}


def _ecrire(
    saisie: SaisieEnCours, lue: SaisieEnCours, envoi: Envoi, contenu: Contenu, numeros: Mapping[str, str]
) -> dict[str, Brut]:
    """What would be typed to say ``contenu``: on this page; on every right one, when rows of others moved with it."""

    def taper(code: str) -> Brut:
        brut = saisie.toutes[code].saisie(contenu, saisie.cadre) | dict(_nirs_tapes(code, contenu, numeros))
        controlee = code == envoi.code and CONTINUER in envoi.brut
        if controlee or sont_controles(saisie.donnees.get(code, {})):
            brut |= {CONTINUER: ["oui"]}
        return brut

    donnees = saisie.donnees_avec(envoi.code, taper(envoi.code) | dict(_fautives(saisie, lue, envoi)))
    if _contenu(saisie.essayer(donnees)) == contenu:
        return donnees
    justes = {code for code in saisie.pages if code != envoi.code and saisie.valide(code)}
    return donnees | {code: taper(code) for code in justes}


def _nirs_tapes(code: str, contenu: Contenu, numeros: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """The fields of a page where a number was typed: a tree never gives it back."""
    for reference, adulte in adultes(contenu):
        _, _, rang = reference.partition(":")
        page, champ = ("foyer", f"cotitulaires-{rang}-nir") if rang else ("personne", "nir")
        numero = numeros.get((adulte.identite.nir and adulte.identite.nir.empreinte) or "")
        if page == code and numero:
            yield champ, [numero]


def _fautives(saisie: SaisieEnCours, lue: SaisieEnCours, envoi: Envoi) -> Iterator[tuple[str, list[str]]]:
    """What is wrong on the page as it was saved since, which no tree holds: kept, to be put right, unless this page
    says something else there.
    """
    avant, present = lue.brut(envoi.code), saisie.brut(envoi.code)
    page = saisie.construire(envoi.code, present, controler=True)
    for formulaire in page.formulaires:
        for nom in map(formulaire.add_prefix, formulaire.errors):
            if nom in present and (nom not in avant or envoi.brut.get(nom) == avant[nom]):
                yield nom, present[nom]
