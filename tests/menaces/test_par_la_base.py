"""SQL as the runtime role, whose connection the tests use: what is refused, and what is told when it is not."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.registre.controle.models import ExamenIdentite
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import DecisionIdentite, Identite, Personne, TitreAnciennete
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.enquete.verbes import VerbeEnquete
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.habilitations.factories import connecter
from tests.menaces.scene import CONTACT_INTRUS, INTRUS, Scene, importeur
from tests.registre.restauration.detournements import actuel

ATTENTE = "en attente de décision"


def test_by_sql(scene: Scene, agent: Compte) -> None:
    assert ATTENTE in scene.saisir(agent, "personne", **INTRUS)
    ligne, depot = scene.attente(), Identite.objects.get(demande=scene.demande_id, voie="DEPOT")
    faux = Identite.objects.get(id=depot.id)
    faux.pk, faux.nom_naissance = uuid.uuid4(), "Zimmer"
    faux.save(force_insert=True)
    titre = TitreAnciennete.objects.get(demande=scene.demande_id)
    for table, colonne in (
        ("identite", "nom_naissance = 'Zimmer'"),
        ("examen_identite", "decision = 'AUTOMATIQUE'"),
        ("titre_anciennete", "date_depot = '2001-01-01'"),
        ("version", "contenu = '{}'"),
        ("journal_entree", "acteur = '{}'"),
    ):
        _refusee(f"UPDATE {table} SET {colonne}", "permission denied")
        _refusee(f"DELETE FROM {table}", "permission denied")
    for cible in (ligne.id, faux.id):
        with pytest.raises(DatabaseError, match="personne n’a validé"), transaction.atomic():
            Personne.objects.filter(id=ligne.personne_id).update(identite_courante=cible)
            connection.check_constraints()
    with pytest.raises(DatabaseError, match="aucune entrée de journal"), transaction.atomic():
        DecisionIdentite(
            territoire="099",
            demande_id=scene.demande_id,
            revision=1,
            identite=ligne,
            auteur=ligne.auteur,
            decideur=uuid.uuid4(),
            decide_par={},
            issue="VALIDEE",
            survenu_le=maintenant(),
        ).save(force_insert=True)
        connection.check_constraints()
    for champs in ({"date_depot": date(2001, 1, 1)}, {"precedent_id": titre.id}):
        with pytest.raises(DatabaseError), transaction.atomic():
            copie = TitreAnciennete.objects.get(id=titre.id)
            copie.pk = uuid.uuid4()
            for nom, valeur in champs.items():
                setattr(copie, nom, valeur)
            copie.save(force_insert=True)
            connection.check_constraints()
    with pytest.raises(DatabaseError), transaction.atomic():
        Demande.objects.filter(id=scene.demande_id).update(date_depot=date(2001, 1, 1))
        connection.check_constraints()
    scene.empechee(agent)


def test_by_sql_as_the_service_writes(scene: Scene, agent: Compte) -> None:
    """A whole revision forged: identity, examination, contacts, version, and an entry of any act that makes one."""
    for verbe in (VerbeDepot.REPRENDRE, VerbeEnquete.LEVER_GEL):
        with pytest.raises(DatabaseError, match="sans que personne soit prévenu"), transaction.atomic():
            _forger(scene, verbe)
    with pytest.raises(DatabaseError, match="ne dit pas cette identité"), transaction.atomic():
        _forger(scene, VerbeDemande.MODIFIER, dite=False)
    _forger(scene, VerbeDemande.MODIFIER)
    pris = actuel(scene.demande_id)
    assert pris.demandeur is not None
    assert pris.demandeur.identite.nom_naissance == "Zimmer"
    versions = reverse("demande-versions", args=[scene.nud])
    assert (
        connecter(Client(), agent).get(versions, follow=True).status_code == 200
    )  # a forged one is read too
    scene.avertir()
    scene.defaite(agent)


def _forger(scene: Scene, verbe: Verbe, *, dite: bool = True) -> None:
    demande = Demande.objects.select_related("version_courante").get(id=scene.demande_id)
    personne = Personne.objects.select_related("identite_courante").get(demande=demande)
    identite, version = personne.identite_courante, demande.version_courante
    identite.pk, identite.voie, identite.nom_naissance = uuid.uuid4(), "AUTOMATIQUE", "Zimmer"
    identite.save(force_insert=True)
    ExamenIdentite(
        territoire="099",
        demande=demande,
        identite=identite,
        decision="AUTOMATIQUE",
        phrase="x",
        seuils={},
        survenu_le=maintenant(),
    ).save(force_insert=True)
    version.pk, version.numero, version.survenu_le = uuid.uuid4(), demande.revision + 1, maintenant()
    version.identites = [identite.pk] if dite else version.identites
    version.contenu["demandeur"]["contact"]["courriel"] = CONTACT_INTRUS["courriel"]
    version.save(force_insert=True)
    revision = {"revision": version.numero, "version_courante": version.pk}
    Demande.objects.filter(id=demande.id).update(**revision)
    Personne.objects.filter(id=personne.id).update(identite_courante=identite.pk)
    faits: dict[str, Any] = {"version": str(version.pk)}
    journal.inscrire(
        Entree(
            verbe=verbe,
            acte=Acte(importeur(), maintenant()),
            territoire="099",
            demande_id=demande.id,
            revision=version.numero,
            faits=faits,
        )
    )
    connection.check_constraints()


def _refusee(ordre: str, dit: str) -> None:
    with pytest.raises(DatabaseError, match=dit), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre)
