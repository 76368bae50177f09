"""Taking over a former system in batches: the rules of imports, every past act as a revision, all or nothing."""

from dataclasses import replace
from datetime import date
from unittest import mock

import pytest
from django.db import IntegrityError, connection

from sne.habilitations.rules import SYSTEME, Role, mandat
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande, PlaceOuverte, Version
from sne.registre.demande.models.personne import Personne, SecretNir
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.depot.actions.construire import PieceVue
from sne.registre.depot.actions.reprendre import (
    IssueReprise,
    Reprise,
    reprendre_demandes,
    reprendre_par_ligne,
)
from sne.registre.pieces.models import Piece
from sne.socle.acteur import Acteur, Canal, Perimetre
from sne.socle.chiffrement import dechiffrer
from sne.socle.erreurs import NonHabilite
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
DEPOT, RENOUVELLEMENT, FIN = date(2024, 2, 29), date(2025, 2, 10), date(2026, 3, 10)


def systeme(territoire: str = "099") -> Acteur:
    return Acteur(
        id=SYSTEME,
        nom="Reprise",
        canal=Canal.SYSTEME,
        mandats=(mandat(Role.AGENT_GUICHET, Perimetre(territoire)),),
    )


def reprise(nom: str = "Dubreuil", *, nir: str = "", **autres) -> Reprise:
    contenu = f.contenu(demandeur=f.personne(nom))
    nirs = {"demandeur": nir} if nir else {}
    return Reprise(f.depot(contenu, date_reception=DEPOT, nirs=nirs), **autres)


def test_the_end_of_the_document_seen_there_is_watched_here():
    vue = PieceVue("CNI", DEPOT, fin=date(2027, 1, 5))
    depot = f.depot(f.contenu(), date_reception=DEPOT, piece_vue=vue)
    reprendre_demandes([Reprise(depot, renouvellements=(RENOUVELLEMENT,))], acteur=systeme())
    connection.check_constraints()
    (piece,) = Piece.objects.filter(demande=depot.id)
    assert (piece.revision, piece.type_piece, piece.validite_fin) == (1, "IDENTITE", vue.fin)
    assert [v.pieces for v in Version.objects.filter(demande=depot.id)] == [[piece.id]] * 2
    assert Entree.objects.filter(demande=depot.id).count() == 2


def test_each_past_act_is_a_revision_a_version_and_an_entry():
    lot = [
        reprise(),
        reprise("Morel", renouvellements=(RENOUVELLEMENT,), statut=Statut.RADIEE, statut_le=FIN),
    ]
    numeros = reprendre_demandes(lot, acteur=systeme())
    connection.check_constraints()
    simple, menee = (Demande.objects.get(id=r.depot.id) for r in lot)
    assert numeros == {str(d.id): d.nud for d in (simple, menee)}
    assert (simple.revision, simple.statut, simple.date_expiration) == (1, "ACTIVE", date(2025, 2, 27))
    assert (menee.revision, menee.statut, menee.date_expiration) == (3, "RADIEE", date(2026, 2, 9))
    versions = Version.objects.filter(demande=menee).order_by("numero")
    assert [(v.numero, v.statut, v.date_dernier_renouvellement) for v in versions] == [
        (1, "ACTIVE", None),
        (2, "ACTIVE", RENOUVELLEMENT),
        (3, "RADIEE", RENOUVELLEMENT),
    ]
    entrees = Entree.objects.filter(demande=menee.id).order_by("inscrit_le")
    assert [(e.revision, e.faits["numero"], e.faits.get("acte", "")) for e in entrees] == [
        (1, menee.nud, ""),
        (2, menee.nud, "RENOUVELER"),
        (3, menee.nud, "RADIEE"),
    ]


def test_number_is_kept_encrypted_and_an_ended_application_holds_no_place():
    numero = f.nir_de(date(1987, 3, 14))
    lot = [reprise(nir=numero), reprise("Morel", nir=numero, statut=Statut.RADIEE, statut_le=FIN)]
    reprendre_demandes(lot, acteur=systeme())
    assert PlaceOuverte.objects.get().demande_id == lot[0].depot.id
    for un in lot:
        personne = Personne.objects.get(demande_id=un.depot.id)
        secret = SecretNir.objects.get(personne=personne)
        assert dechiffrer(bytes(secret.chiffre), lie_a=personne.id.bytes).decode() == numero


def test_contact_with_a_warning_comes_in_and_a_blocking_rule_refuses_the_batch():
    avertie = reprise()
    precise = avertie.depot.contenu.model_copy(
        update={"motifs": avertie.depot.contenu.motifs.model_copy(update={"codes": ("01", "02", "03", "04")})}
    )
    avertie = replace(avertie, depot=replace(avertie.depot, contenu=precise))
    assert len(reprendre_demandes([avertie], acteur=systeme())) == 1

    ailleurs = f.contenu(
        souhaits={
            "types_logement": ["T3"],
            "localisations": [{"commune": "2B033"}],
            "accepte_autres_communes": True,
        }
    )
    refusee = Reprise(f.depot(ailleurs, date_reception=DEPOT))
    with pytest.raises(DepotIncomplet) as refus:
        reprendre_demandes([reprise("Morel"), refusee], acteur=systeme())
    assert [a.code for a in refus.value.anomalies] == ["COMMUNE_HORS_TERRITOIRE"]
    assert Demande.objects.count() == 1


def test_only_the_system_over_the_whole_territory():
    for acteur in (systeme("02B"), f.creer_acteur()):
        with pytest.raises(NonHabilite):
            reprendre_demandes([reprise()], acteur=acteur)
    assert reprendre_demandes([], acteur=systeme()) == {}


def test_each_line_says_what_became_of_it_and_a_cut_job_is_run_again_whole():
    numero = f.nir_de(date(1987, 3, 14))
    ailleurs = reprise("Ailleurs", nir=f.nir_de(date(1987, 3, 14)))
    souhaits = ailleurs.depot.contenu.souhaits
    loin = souhaits.model_copy(
        update={
            "localisations": tuple(x.model_copy(update={"commune": "2B033"}) for x in souhaits.localisations)
        }
    )
    contenu = ailleurs.depot.contenu.model_copy(update={"souhaits": loin})
    ailleurs = replace(ailleurs, depot=replace(ailleurs.depot, contenu=contenu))
    premiere, double, derniere = reprise(nir=numero), reprise("Morel", nir=numero), reprise("Petit")
    homonyme = replace(reprise("Autre"), depot=replace(reprise("Autre").depot, id=derniere.depot.id))
    lot = [premiere, ailleurs, double, derniere, homonyme]
    rapport = reprendre_par_ligne(lot, acteur=systeme())
    connection.check_constraints()
    assert [(x.issue.value, [a.code for a in x.anomalies]) for x in rapport[:4]] == [
        ("ENREGISTREE", []),
        ("REFUSEE", ["COMMUNE_HORS_TERRITOIRE"]),
        ("REFUSEE", ["DEJA_OUVERTE"]),
        ("ENREGISTREE", []),
    ]
    assert [a.code for a in rapport[4].anomalies] == ["IDENTIFIANT"]
    nuds = {d.id: d.nud for d in Demande.objects.all()}
    assert {x.demande_id: x.nud for x in rapport if x.nud} == nuds
    encore = reprendre_par_ligne([premiere, double, reprise("Neuf")], acteur=systeme())
    assert [x.issue for x in encore] == [
        IssueReprise.DEJA_FAITE,
        IssueReprise.REFUSEE,
        IssueReprise.ENREGISTREE,
    ]
    assert encore[0].nud == nuds[premiere.depot.id]
    assert reprendre_par_ligne([], acteur=systeme()) == ()
    with pytest.raises(NonHabilite):
        reprendre_par_ligne([premiere], acteur=f.creer_acteur())


def test_what_is_no_collision_is_a_fault_of_ours():
    faute = IntegrityError("demande_revision")
    with (
        mock.patch("sne.registre.depot.actions.reprendre.ecrire", side_effect=faute),
        pytest.raises(IntegrityError),
    ):
        reprendre_par_ligne([reprise()], acteur=systeme())
