"""The persons of the register who may be the one who signed in, compared by the rule; the identity in force alone."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import F, TextField, Value
from django.db.models.functions import Replace

from sne.cellules.routage import d_ici
from sne.oidc.rules.identite import IdentitePivot
from sne.referentiels.selectors import get_geographie
from sne.registre.contenu.rules import nir as nirs
from sne.registre.contenu.rules.arbre.personnes import Identite as Declaree
from sne.registre.contenu.rules.normalisation import normaliser
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.lieux import Lieu, lire_lieu
from sne.registre.controle.rules.rapprochement import (
    EtatCivil,
    Rapprochement,
    Verdict,
    rapprocher,
    separer_prenoms,
)
from sne.registre.controle.rules.traits import FEMME, HOMME, SEXES
from sne.registre.demande.models.personne import Identite, Personne

SEXES_DU_PIVOT = {"male": HOMME, "female": FEMME}


@dataclass(frozen=True, slots=True)
class Candidat:
    """An adult of a demande, the identity that was compared, and what came of it."""

    territoire: str
    demande_id: uuid.UUID
    personne_id: uuid.UUID
    identite_id: uuid.UUID
    rapprochement: Rapprochement


def lire_pivot(pivot: IdentitePivot) -> EtatCivil:
    """Who the provider says this is. A 1 January of somebody born abroad is a date that nobody knew."""
    prenoms = pivot.given_name_array or separer_prenoms(pivot.given_name)
    premier_janvier = (pivot.birthdate.month, pivot.birthdate.day) == (1, 1)
    connu = pivot.birthplace is not None or pivot.birthcountry
    lieu = lire_lieu(pivot.birthplace or "", pivot.birthcountry or "", get_geographie()) if connu else Lieu()
    return EtatCivil(
        nom=pivot.family_name,
        usage=pivot.preferred_username,
        prenoms=tuple(prenoms),
        naissance=pivot.birthdate,
        incomplete=premier_janvier and pivot.ne_a_l_etranger is not False,
        sexe=SEXES_DU_PIVOT.get(pivot.gender or "", ""),
        lieu=lieu,
    )


def lire_inscrite(ligne: Identite) -> EtatCivil:
    """Who the register says a person is."""
    return EtatCivil(
        nom=ligne.nom_naissance,
        usage=ligne.nom_usage,
        prenoms=separer_prenoms(ligne.prenoms),
        naissance=ligne.date_naissance,
        incomplete=ligne.date_naissance_presumee,
        sexe=SEXES.get(nirs.sexe(ligne.civilite), ""),
        lieu=lire_lieu(ligne.naissance_commune, ligne.naissance_pays, get_geographie()),
    )


def lire_declaree(identite: Declaree) -> EtatCivil:
    """Who somebody says they are, in an application that is not registered yet."""
    return EtatCivil(
        nom=identite.nom_naissance or "",
        usage=identite.nom_usage or "",
        prenoms=separer_prenoms(identite.prenoms or ""),
        naissance=identite.date_naissance or date.min,
        incomplete=bool(identite.date_naissance_presumee),
        sexe=SEXES.get(nirs.sexe(identite.civilite or ""), ""),
        lieu=lire_lieu(
            identite.lieu_naissance.commune or "", identite.lieu_naissance.pays or "", get_geographie()
        ),
    )


def list_certains(connue: EtatCivil, seuils: Seuils) -> tuple[Candidat, ...]:
    """Adults, anywhere in this cell, who are this person without doubt.

    From the identities of that day to the person of each: persons are not looked for by the identity in force.
    """
    nom = normaliser(connue.nom).replace(" ", "")
    proches = (
        Identite.objects.filter(
            territoire__in=d_ici(get_geographie().territoires, fermes=True),
            date_naissance=connue.naissance,
            personne__identite_courante=F("id"),
            personne__retire_le=None,
        )
        .annotate(nom_colle=Replace("nom_norm", Value(" "), Value(""), output_field=TextField()))
        .filter(nom_colle=nom)
        .select_related("personne")
        .order_by("personne__role", "personne__rang")
    )
    compares = (_comparer(inscrite.personne, inscrite, connue, seuils) for inscrite in proches)
    return tuple(c for c in compares if c.rapprochement.verdict is Verdict.FORT)


def list_adultes_compares(demande_id: uuid.UUID, connue: EtatCivil, seuils: Seuils) -> tuple[Candidat, ...]:
    """Every adult of this demande, compared."""
    adultes = Personne.objects.filter(demande=demande_id, retire_le=None)
    return tuple(
        _comparer(adulte, adulte.identite_courante, connue, seuils)
        for adulte in adultes.select_related("identite_courante").order_by("role", "rang")
    )


def _comparer(adulte: Personne, inscrite: Identite, connue: EtatCivil, seuils: Seuils) -> Candidat:
    return Candidat(
        territoire=adulte.territoire,
        demande_id=adulte.demande_id,
        personne_id=adulte.id,
        identite_id=inscrite.id,
        rapprochement=rapprocher(connue, lire_inscrite(inscrite), seuils),
    )
