"""Separations of the tests: a couple, who leaves it, one call each."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from sne.habilitations.rules import Role
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.models.separation import Separation
from sne.registre.separation.actions.examiner_separation import examiner_separation
from sne.registre.separation.actions.separer import separer_demande
from sne.registre.separation.rules import FaitsSeparation, IssueSeparation, Reserve
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from tests.registre import factories as f

NAISSANCE = {"demandeur": date(1987, 3, 14), "cotitulaire:1": date(1985, 6, 2)}
ANCIEN = f.MAINTENANT - timedelta(days=300)
AILLEURS = {
    "etranger": False,
    "numero": "3",
    "voie": "quai des Brumes",
    "code_postal": "99240",
    "commune": "99002",
}
PAUL = {
    "identite": {"civilite": "1", "nom_naissance": "Morel", "prenoms": "Paul", "date_naissance": "1985-06-02"}
}


def couple(lien: str = "M", **autres: Any) -> Contenu:
    """Élodie Dubreuil, and Paul Morel her co-holder."""
    contact = {"courriel": "Foyer@exemple.fr", "telephone_portable": "06 11 22 33 44"}
    paul = f.personne(**PAUL, lien_demandeur=lien)
    brut = {"demandeur": f.personne(contact=contact), "cotitulaires": [paul]} | autres
    return f.contenu(**brut)


def seul(adulte: dict[str, Any] | None = None, **autres: Any) -> Contenu:
    """What Paul hands in for himself, from another address."""
    adulte = adulte or f.personne(**PAUL)
    return f.contenu(demandeur=adulte | {"adresse_courrier": AILLEURS}, **autres)


def personne_de(demande_id: uuid.UUID, role: str = "COTITULAIRE") -> str:
    return str(Personne.objects.get(demande=demande_id, role=role, retire_le=None).id)


def deposer_couple() -> Demande:
    """The couple, married, registered long ago, both numbers known."""
    nirs = {ref: f.nir_de(jour, 1 if "co" in ref else 2) for ref, jour in NAISSANCE.items()}
    return Demande.objects.get(id=f.deposer(couple(), le=ANCIEN, nirs=nirs).demande_id)


def separer(
    demande: Demande,
    contenu: Contenu | None = None,
    *,
    acteur: Acteur | None = None,
    role: str = "COTITULAIRE",
    survenu_le: datetime = f.MAINTENANT,
    depot: dict[str, Any] | None = None,
    accord: bool = True,
    **faits: Any,
) -> Demande:
    """The demande of who leaves; a second person agreed that they inherit, unless there was more to look at."""
    faits = {"personne": None, "preuve": "JUGDIV", "document": "RG 26/0412"} | faits
    faits["personne"] = faits["personne"] or personne_de(demande.id, role)
    recepisse = separer_demande(
        demande.id,
        FaitsSeparation(**faits),
        f.depot(contenu or seul(), **(depot or {})),
        acte=Acte(acteur or f.creer_acteur(), survenu_le),
    )
    connection.check_constraints()
    separation = Separation.objects.get(nouvelle=recepisse.demande_id)
    if accord and separation.a_decider == [Reserve.DEUXIEME_PERSONNE]:
        heriter(separation, survenu_le=survenu_le)
    return Demande.objects.get(id=recepisse.demande_id)


def separer_puis_heriter(demande: Demande) -> Demande:
    """Who left ten days ago, and inherits since five days ago."""
    le = f.MAINTENANT - timedelta(days=10)
    nouvelle = separer(demande, survenu_le=le, depot={"date_reception": le.date()}, accord=False)
    heriter(Separation.objects.get(nouvelle=nouvelle), survenu_le=f.MAINTENANT - timedelta(days=5))
    return Demande.objects.get(id=nouvelle.id)


def heriter(separation: Separation, *, survenu_le: datetime = f.MAINTENANT) -> None:
    """The territorial manager agrees."""
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    examiner_separation(separation.id, issue=IssueSeparation.HERITEE, acte=Acte(gt, survenu_le))
    connection.check_constraints()
