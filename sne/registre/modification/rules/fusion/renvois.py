"""References to people while lists are merged: the new rank of each person, and children to whom both sides gave the
same key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sne.registre.contenu.rules.appariement import meme_enfant
from sne.registre.contenu.rules.arbre.handicap import Handicap
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import charge, cotitulaire, garde, membres
from sne.registre.modification.rules.fusion.listes import Jeton, Origine, Reperage

PAR_RANG = {"cotitulaires": cotitulaire, "foyer.enfants_en_garde": garde}
"""Lists whose people are named by their rank, counted from 1."""


@dataclass(slots=True)
class Renvois:
    """For each of the three trees, its references by rank → those of the merged tree, or none for somebody who left."""

    nouveaux: dict[Origine, dict[str, str | None]] = field(default_factory=dict)

    def noter(self, lieu: str, reperage: Reperage, ordre: Sequence[Jeton]) -> None:
        """Remember where the rows of a merged list went."""
        if lieu not in PAR_RANG:
            return
        nommer = PAR_RANG[lieu]
        places = {jeton: nommer(rang) for rang, jeton in enumerate(ordre, start=1)}
        for origine, jetons in zip(Origine, (reperage.base, reperage.dossier, reperage.saisie), strict=True):
            suite = {nommer(rang): places.get(jeton) for rang, jeton in enumerate(jetons, start=1)}
            self.nouveaux.setdefault(origine, {}).update(suite)

    def fiches(self, contenu: Contenu, origine: Origine) -> tuple[Handicap, ...]:
        """Sheets of one of the three trees, pointing at the people of the merged one, or at nobody once they left."""
        suite = self.nouveaux.get(origine, {})
        return tuple(
            fiche.model_copy(update={"personne": suite.get(fiche.personne, fiche.personne)})
            if fiche.personne is not None
            else fiche
            for fiche in contenu.handicaps
        )

    def references(self, saisie: Contenu, fusionne: Contenu, noms: Mapping[str, str]) -> dict[str, str]:
        """Reference of each person of the entry → theirs in the merged tree. ``noms``: keys that were changed."""
        presents = dict(membres(fusionne))
        anciens = {charge(nouveau): charge(ancien) for ancien, nouveau in noms.items()}
        suite = self.nouveaux.get(Origine.SAISIE, {})
        trouves = {anciens.get(ref, ref): suite.get(ref, ref) for ref, _ in membres(saisie)}
        return {ref: nouvelle for ref, nouvelle in trouves.items() if nouvelle in presents}


def distinguer_charges(base: Contenu, dossier: Contenu, saisie: Contenu) -> dict[str, str]:
    """Keys to change in the entry, old → new: a new dependant takes the key that the same child received in the file
    meanwhile; when the file gave the entry's key to another child, the entry's child takes a new one.
    """
    anciennes = {p.identifiant for p in base.foyer.personnes_a_charge}
    ajoutees = [p for p in dossier.foyer.personnes_a_charge if p.identifiant not in anciennes]
    saisies = [p for p in saisie.foyer.personnes_a_charge if p.identifiant not in anciennes]
    prises = anciennes | {p.identifiant for p in (*ajoutees, *saisies)}
    libres = (cle for n in range(1, len(prises) + len(saisies) + 1) if (cle := f"p{n}") not in prises)
    noms: dict[str, str] = {}
    for personne in saisies:
        jumelle = next((a for a in ajoutees if a == personne or meme_enfant(a, personne)), None)
        if jumelle is not None:
            ajoutees.remove(jumelle)
            noms[personne.identifiant] = jumelle.identifiant
        elif any(p.identifiant == personne.identifiant for p in dossier.foyer.personnes_a_charge):
            noms[personne.identifiant] = next(libres)
    return {ancien: nouveau for ancien, nouveau in noms.items() if ancien != nouveau}


def renommer_charges(contenu: Contenu, noms: Mapping[str, str]) -> Contenu:
    """The tree with other keys for some dependants, and sheets that follow."""
    if not noms:
        return contenu
    references = {charge(ancien): charge(nouveau) for ancien, nouveau in noms.items()}
    charges = tuple(
        p.model_copy(update={"identifiant": noms.get(p.identifiant, p.identifiant)})
        for p in contenu.foyer.personnes_a_charge
    )
    fiches = tuple(
        f.model_copy(update={"personne": references.get(f.personne or "", f.personne)})
        for f in contenu.handicaps
    )
    foyer = contenu.foyer.model_copy(update={"personnes_a_charge": charges})
    return contenu.model_copy(update={"foyer": foyer, "handicaps": fiches})
