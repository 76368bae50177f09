"""What a partner sends back of a file that it was given narrower: what it did not touch stays as the file has it. Pure.

A partner's message holds less than the file: names are cut, wide amounts left out, some fields have no place. What it
sends is therefore compared with what it was given (``echo``), never with the file: a leaf equal to its echo is
unchanged, whatever the file holds there (echo rule). What its message says nothing of, because the container is absent,
is unchanged too; an empty one is emptied (image rule).
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any, cast

from sne.registre.contenu.rules.appariement import appliquer, meme_enfant
from sne.registre.contenu.rules.arbre.foyer import PersonneACharge
from sne.registre.contenu.rules.arbre.handicap import Handicap
from sne.registre.contenu.rules.arbre.logement import BailleurSocial
from sne.registre.contenu.rules.arbre.noeud import Noeud
from sne.registre.contenu.rules.arbre.personnes import Cotitulaire, LieuNaissance
from sne.registre.contenu.rules.arbre.racine import Accompagnant, Contenu
from sne.registre.contenu.rules.arbre.references import adultes, avec_personnes
from sne.registre.modification.rules.fusion import Cote, fusionner
from sne.registre.modification.rules.fusion.renvois import renommer_charges

INDIVISIBLES: tuple[type[Noeud], ...] = (BailleurSocial, LieuNaissance, Accompagnant)
"""Blocks that the message carries in part: with another name, the number that it cannot carry is no longer theirs."""

CLES: Mapping[type[Noeud], Callable[[Any], object]] = {
    Cotitulaire: lambda p: p.personne,
    PersonneACharge: lambda p: p.identifiant,
    Handicap: lambda f: f.personne or f.date_naissance,
}


def restituer(dossier: Contenu, *, echo: Contenu, recu: Contenu, muets: frozenset[str]) -> Contenu:
    """The whole tree that ``recu`` asks for, to be handed in at the revision that ``dossier`` is the content of.

    ``echo``: ``dossier`` as the partner was given it, read again; rows of its people are those of ``dossier``, in
    order. ``muets``: concrete paths of ``recu`` of which the message says nothing.
    """
    echo = _porter_les_cles(echo, dossier)
    recu = _reconnaitre(recu, echo)
    recu = cast(Contenu, _combler(recu, echo, "", muets))
    fusion = fusionner(echo, dossier, recu, indivisibles=INDIVISIBLES, par_defaut=Cote.SAISIE)
    return fusion.contenu


def _porter_les_cles(echo: Contenu, dossier: Contenu) -> Contenu:
    """The same echo, whose people bear the keys of the file."""
    echo = avec_personnes(echo, {reference: adulte.personne for reference, adulte in adultes(dossier)})
    cles = [p.identifiant for p in dossier.foyer.personnes_a_charge]
    siens = [p.identifiant for p in echo.foyer.personnes_a_charge]
    echo = renommer_charges(echo, dict(zip(siens, cles, strict=True)))
    fiches = tuple(
        fiche.model_copy(update={"personne": sienne.personne})
        for fiche, sienne in zip(echo.handicaps, dossier.handicaps, strict=True)
    )
    return echo.model_copy(update={"handicaps": fiches})


def _reconnaitre(recu: Contenu, echo: Contenu) -> Contenu:
    """The same message, whose people bear the keys of the echo; the others have new ones."""
    recu = appliquer(_memes_cotitulaires(recu, echo), echo)
    noms = _charges_reconnues(recu.foyer.personnes_a_charge, echo.foyer.personnes_a_charge)
    recu = renommer_charges(recu, noms)
    references = _references(recu, echo)
    libres = list(echo.handicaps)
    fiches = []
    for fiche in recu.handicaps:
        sienne = next((f for f in libres if f.date_naissance == fiche.date_naissance), None)
        if sienne is not None:
            libres.remove(sienne)
        personne = fiche.personne or (references.get(sienne.personne or "") if sienne else None)
        fiches.append(fiche.model_copy(update={"personne": personne}))
    return recu.model_copy(update={"handicaps": tuple(fiches)})


def _memes_cotitulaires(recu: Contenu, echo: Contenu) -> Contenu:
    """Co-holders sent back as they were given, whatever little is said of them."""
    libres = list(echo.cotitulaires)
    lignes = []
    for ligne in recu.cotitulaires:
        meme = next((c for c in libres if c.model_copy(update={"personne": None}) == ligne), None)
        if meme is not None:
            libres.remove(meme)
        lignes.append(ligne if meme is None else meme)
    return recu.model_copy(update={"cotitulaires": tuple(lignes)})


def _references(recu: Contenu, echo: Contenu) -> dict[str, str]:
    """Reference of somebody in the echo → theirs in the message: co-holders are named by their rank."""
    ou = {adulte.personne: reference for reference, adulte in adultes(recu) if adulte.personne}
    trouvees = {ref: ou[a.personne] for ref, a in adultes(echo) if a.personne in ou}
    autres = {f.personne: f.personne for f in echo.handicaps if f.personne and ":" in f.personne}
    return {
        ref: nouvelle for ref, nouvelle in autres.items() if not ref.startswith("cotitulaire:")
    } | trouvees


def _charges_reconnues(
    recues: Sequence[PersonneACharge], connues: Sequence[PersonneACharge]
) -> dict[str, str]:
    """Key in the message → key in the file, or a new one: the very same row first, then the same child."""
    libres = list(connues)
    noms: dict[str, str] = {}
    for ressemble in (_identiques, meme_enfant):
        for recue in recues:
            trouvee = next((c for c in libres if ressemble(recue, c)), None)
            if recue.identifiant not in noms and trouvee is not None:
                noms[recue.identifiant] = trouvee.identifiant
                libres.remove(trouvee)
    prises = {c.identifiant for c in connues}
    neuves = (cle for n in count(1) if (cle := f"p{n}") not in prises)
    return {recue.identifiant: noms.get(recue.identifiant) or next(neuves) for recue in recues}


def _identiques(une: PersonneACharge, autre: PersonneACharge) -> bool:
    return une == autre.model_copy(update={"identifiant": une.identifiant})


def _combler(noeud: Noeud, echo: Noeud, base: str, muets: frozenset[str]) -> Noeud:
    """The block with the echo's values where the message says nothing."""
    valeurs: dict[str, Any] = {}
    for nom in type(noeud).model_fields:
        ici, autre, chemin = getattr(noeud, nom), getattr(echo, nom), f"{base}{nom}"
        if chemin in muets or (ici is None and any(m.startswith(f"{chemin}.") for m in muets)):
            valeurs[nom] = autre
        elif isinstance(ici, Noeud) and not ici.feuille and autre is not None:
            valeurs[nom] = _combler(ici, autre, f"{chemin}.", muets)
        elif isinstance(ici, tuple) and ici and type(ici[0]) in CLES:
            cle = CLES[type(ici[0])]
            connus = {cle(ligne): ligne for ligne in autre}
            valeurs[nom] = tuple(
                _combler(ligne, connus[cle(ligne)], f"{chemin}[{rang}].", muets)
                if cle(ligne) in connus
                else ligne
                for rang, ligne in enumerate(ici)
            )
    return noeud.model_copy(update=valeurs)
