"""What an account follows, and by which proof; read again at each request, since a link is worth what it rests on."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from sne.cellules.routage import d_ici
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.rules.mandat_aide import StatutMandat
from sne.registre.demande.rules.rattachement import FinRattachement, PreuveRattachement
from sne.registre.demande.selectors.identites import vers_arbre
from sne.registre.demande.selectors.rattachements import is_d_un_autre
from sne.registre.modification.models import Brouillon
from sne.socle.acteur import Acteur
from sne.socle.replique import connection

# Each page of somebody who follows a demande begins by this read, and the ORM would take longer to compose it than the
# database to answer it.
LES_OUVERTS = """
SELECT r.id, r.territoire, r.demande_id, d.nud, r.personne_id, p.role, r.preuve, r.ecarts, r.survenu_le,
       r.identite_id IS NOT DISTINCT FROM p.identite_courante_id
FROM rattachement r JOIN demande d ON d.id = r.demande_id JOIN personne p ON p.id = r.personne_id
WHERE r.compte = %s AND r.fini_le IS NULL AND p.retire_le IS NULL ORDER BY r.survenu_le, r.id
"""


@dataclass(frozen=True, slots=True)
class Lien:
    """An open link. ``en_vigueur``: the identity that was compared is the one in force today."""

    id: uuid.UUID
    territoire: str
    demande_id: uuid.UUID
    nud: str
    personne_id: uuid.UUID
    role: str
    preuve: PreuveRattachement
    ecarts: tuple[str, ...]
    depuis: datetime
    en_vigueur: bool

    @property
    def fort(self) -> bool:
        """Whether the civil status that the State gives is still the one of the register."""
        return self.preuve is PreuveRattachement.PIVOT and self.en_vigueur

    @property
    def titulaire(self) -> bool:
        """Whether it is the applicant's, and not a co-holder's."""
        return self.role == "DEMANDEUR"


def list_liens(compte: uuid.UUID) -> tuple[Lien, ...]:
    """The open links of an account in this cell, the oldest first; a person who left the household follows nothing, nor
    does who had a place that was given back.
    """
    with connection.cursor() as curseur:
        curseur.execute(LES_OUVERTS, [compte])
        lignes = curseur.fetchall()
    d_une_cellule = d_ici({territoire for _, territoire, *_ in lignes}, fermes=True) if lignes else ()
    liens = tuple(
        Lien(
            id=cle,
            territoire=territoire,
            demande_id=demande,
            nud=nud,
            personne_id=personne,
            role=role,
            preuve=PreuveRattachement(preuve),
            ecarts=tuple(ecarts),
            depuis=depuis,
            en_vigueur=en_vigueur,
        )
        for cle, territoire, demande, nud, personne, role, preuve, ecarts, depuis, en_vigueur in lignes
        if territoire in d_une_cellule
    )
    anciens = Rattachement.objects.filter(id__in=[lien.id for lien in liens if not lien.en_vigueur])
    perdus = {ancien.id for ancien in anciens.select_related("identite", "personne") if is_d_un_autre(ancien)}
    return tuple(lien for lien in liens if lien.id not in perdus)


@dataclass(frozen=True, slots=True)
class Acces:
    """A way in that a person of a demande has, or had, as a counter reads it: never whose account it is."""

    id: uuid.UUID
    identite: Identite
    preuve: PreuveRattachement
    ecarts: tuple[str, ...]
    ouvert_le: datetime
    fini_le: datetime | None
    motif: FinRattachement | None


def list_acces(demande_id: uuid.UUID, acteur: Acteur) -> tuple[Acces, ...]:
    """Ways into a demande that this actor may read: the open ones first, then the last that ended."""
    lignes = (
        Rattachement.objects.filter(demande__in=Demande.objects.filter(policies.scope(acteur), id=demande_id))
        .select_related("personne__identite_courante")
        .order_by(F("fini_le").desc(nulls_first=True), "-survenu_le")
    )
    return tuple(
        Acces(
            id=ligne.id,
            identite=vers_arbre(ligne.personne.identite_courante),
            preuve=PreuveRattachement(ligne.preuve),
            ecarts=tuple(ligne.ecarts),
            ouvert_le=ligne.survenu_le,
            fini_le=ligne.fini_le,
            motif=FinRattachement(ligne.motif) if ligne.motif else None,
        )
        for ligne in lignes
    )


def list_sans_objet(comptes: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Those of these accounts that follow no demande, type none, sent none that is kept, and help nobody."""
    aidants = MandatAide.objects.filter(aidant__in=comptes).exclude(statut=StatutMandat.FINI)
    occupes = {
        *Rattachement.objects.filter(compte__in=comptes, fini_le=None).values_list("compte", flat=True),
        *Brouillon.objects.filter(auteur__in=comptes).values_list("auteur", flat=True),
        *DepotEnLigne.objects.filter(compte__in=comptes, contenu__isnull=False).values_list(
            "compte", flat=True
        ),
        *aidants.values_list("aidant", flat=True),
    }
    return [compte for compte in comptes if compte not in occupes]
