"""What a territorial manager looks at: who helps how many persons, who helps nobody, whose address a person gave."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sne.habilitations.selectors.aidants import list_adresses
from sne.journal.selectors import list_exerces
from sne.referentiels.selectors import get_parametres
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.mandat_aide import StatutMandat
from sne.registre.mandat import policies
from sne.registre.mandat.parametres import ParametresMandat
from sne.registre.mandat.verbes import VerbeMandat
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class AidantSuivi:
    """Somebody who accepted, and for how many persons; ``trop``: more than one person is expected to help."""

    nom: str
    actives: int
    trop: bool


@dataclass(frozen=True, slots=True)
class OrganismeSuivi:
    """One body: how many persons it helps; for how many nothing was done yet; how many are reached, on their file, at
    an address of the same domain as that of who accepted to help them.
    """

    nom: str
    actives: int
    sans_acte: int
    au_domaine: int
    aidants: tuple[AidantSuivi, ...]

    @property
    def a_regarder(self) -> bool:
        """Whether something of it is to be asked to the body."""
        return bool(self.au_domaine) or any(aidant.trop for aidant in self.aidants)


def list_organismes_suivis(acteur: Acteur, *, le: date) -> tuple[OrganismeSuivi, ...]:
    """Every body that helps somebody that day in the territory acted for, by name; none for who does not manage it."""
    if not policies.can_suivre(acteur):
        return ()
    actifs = MandatAide.objects.filter(
        territoire=acteur.territoire, statut=StatutMandat.ACTIF.value, clos_le=None, jusqu_au__gte=le
    ).exclude(organisme="")
    lignes = list(actifs.select_related("personne").order_by("organisme_nom", "organisme", "id"))
    exerces = list_exerces(
        {ligne.demande_id for ligne in lignes},
        {ligne.id for ligne in lignes},
        sauf={VerbeMandat.ACCEPTER_MANDAT, VerbeMandat.OFFRIR_MANDAT},
    )
    adresses = list_adresses({ligne.aidant for ligne in lignes if ligne.aidant})
    domaines = {cle: courriel.rpartition("@")[2] for cle, courriel in adresses.items()}
    au_plus = get_parametres(le)[ParametresMandat].mandat_actifs_par_aidant_max
    return tuple(
        OrganismeSuivi(
            nom=siennes[-1].organisme_nom,
            actives=len(siennes),
            sans_acte=sum(ligne.id not in exerces for ligne in siennes),
            au_domaine=sum(_au_domaine(ligne, domaines) for ligne in siennes),
            aidants=_aidants(siennes, au_plus),
        )
        for _, groupe in groupby(lignes, key=lambda ligne: ligne.organisme)
        if (siennes := list(groupe))
    )


def _au_domaine(ligne: MandatAide, domaines: Mapping[uuid.UUID, str]) -> bool:
    _, _, domaine = ligne.personne.courriel.lower().rpartition("@")
    return bool(domaine) and domaine == domaines.get(ligne.aidant or uuid.UUID(int=0))


def _aidants(lignes: Iterable[MandatAide], au_plus: int) -> tuple[AidantSuivi, ...]:
    """Who accepted, the one who helps most persons first."""
    noms = {ligne.aidant: str((ligne.aidant_par or {}).get("nom", "")) for ligne in lignes}
    combien = Counter(ligne.aidant for ligne in lignes)
    suivis = [AidantSuivi(noms[qui], nombre, nombre > au_plus) for qui, nombre in combien.items()]
    return tuple(sorted(suivis, key=lambda aidant: (-aidant.actives, aidant.nom)))
