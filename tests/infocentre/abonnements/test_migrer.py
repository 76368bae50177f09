"""The seed's calendar, replayed: two versions from 15/04/2024, one from 15/05/2024, and every subscription follows."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from sne.habilitations.models import Compte, Habilitation
from sne.infocentre.abonnements.actions.decider import arreter_abonnement, changer_abonnement
from sne.infocentre.abonnements.actions.migrer import (
    porter_abonnements,
    proposer_migrations,
    rappeler_retraits,
    repondre_migration,
)
from sne.infocentre.abonnements.models import MigrationAbonnement
from sne.infocentre.abonnements.possible import exiger_sans_orphelin
from sne.infocentre.abonnements.rules.issues import Issue
from sne.infocentre.abonnements.rules.migration import Migration
from sne.infocentre.abonnements.rules.places import Place
from sne.infocentre.abonnements.selectors import rapports
from sne.infocentre.abonnements.selectors.abonnements import lire_abonnement, list_vivants
from sne.infocentre.abonnements.selectors.envois import list_envois
from sne.infocentre.abonnements.selectors.migrations import get_migration
from sne.infocentre.rapports.models import Correspondance, RapportDecision, RapportVersion
from sne.infocentre.rapports.selectors.versions import get_rapport
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, NonHabilite
from sne.socle.horloge import debut_du_jour
from tests.habilitations.factories import creer_gestionnaire, dire_les_retraits
from tests.infocentre.abonnements.monde import (
    AU_JOUR_DEUX,
    ICI,
    abonner_ici,
    acteur,
    compter,
    ecrits,
    le,
    nuit,
    suspendre,
)

pytestmark = pytest.mark.django_db
DEBUT, PUBLICATION, RETRAIT = le(2024, 3, 1), le(2024, 4, 15), le(2024, 5, 15)


@pytest.fixture(autouse=True)
def activite() -> None:
    for n in range(1, 13):
        compter(date(2023, n, 1), EVENEMENTS=3, DEPOTS=40, ATTRIBUTIONS=5, DECISIONS=2)
    for n in (1, 2, 3):
        compter(date(2024, n, 1), EVENEMENTS=1, DEPOTS=20, ATTRIBUTIONS=4, DECISIONS=2)


@pytest.fixture
def sans_categorie(monkeypatch: pytest.MonkeyPatch) -> None:
    """The new version no longer shows what a filter is on."""
    vrai = rapports.get_connus

    def connus(version: Any, place: Any, **autres: Any) -> Any:
        lus = vrai(version, place, **autres)
        if version.numero == 1:
            return lus
        return replace(lus, filtres={c: v for c, v in lus.filtres.items() if c != "categorie"})

    for module in ("actions.decider", "actions.envoyer", "actions.migrer"):
        monkeypatch.setattr(f"sne.infocentre.abonnements.{module}.get_connus", connus)


def repondre(cle: uuid.UUID, compte: Compte, reponse: Migration, instant: datetime) -> None:
    repondre_migration(cle, reponse, acte=Acte(acteur(compte, instant), instant))
    connection.check_constraints()


def version_de(cle: uuid.UUID) -> int:
    return lire_abonnement(cle).reglage.version


def etats(cle: uuid.UUID) -> list[str]:
    return list(
        MigrationAbonnement.objects.filter(abonnement=cle)
        .order_by("survenu_le", "id")
        .values_list("etat", flat=True)
    )


def fins(cle: uuid.UUID) -> dict[str, Issue | None]:
    return {e.occurrence: e.etat for e in list_envois(cle)}


def test_six_subscriptions_through_the_seeds_calendar(
    gt: Compte, operateur: Compte, sans_categorie: None
) -> None:
    """Accepted, kept, stopped, without an answer, whose author left, whose filter has no equivalent: all end well."""
    part = creer_gestionnaire(courriel="part@exemple.fr", le=DEBUT)
    acceptee, gardee, arretee, muette = (abonner_ici(gt, DEBUT) for _ in range(4))
    orpheline = abonner_ici(part, DEBUT)
    filtree = abonner_ici(gt, DEBUT, filtres=(("categorie", "OPH"),))
    tous = (acceptee, gardee, arretee, muette, orpheline, filtree)
    nuit(le(2024, 4, 2))
    assert {version_de(c) for c in tous} == {1}
    assert not MigrationAbonnement.objects.exists()
    Habilitation.objects.filter(compte=part).update(
        fin=date(2024, 4, 10), retiree_par=part.id, retiree_le=le(2024, 4, 10)
    )
    dire_les_retraits(part)

    nuit(le(2024, 4, 14, 22))
    assert not MigrationAbonnement.objects.exists()
    nuit(PUBLICATION)
    assert [etats(c) for c in tous] == [["PROPOSEE"]] * 5 + [["A_REPRENDRE"]]
    repondre(acceptee, gt, Migration.ACCEPTEE, le(2024, 4, 16))
    repondre(gardee, gt, Migration.GARDEE, le(2024, 4, 16))
    repondre(arretee, gt, Migration.ARRETEE, le(2024, 4, 16))
    with pytest.raises(Interdit, match="filtre"):
        repondre(filtree, gt, Migration.ACCEPTEE, le(2024, 4, 16))
    assert version_de(acceptee) == 2

    for jour in (30,):
        nuit(le(2024, 4, jour))
    for jour in (2, 8, 14):
        nuit(le(2024, 5, jour))
    assert [version_de(c) for c in (acceptee, gardee, muette)] == [2, 1, 1]
    rappels = [c["quoi"] for _, c in ecrits("ABONNEMENT_RAPPEL")]
    for dit in ("dans 15\u00a0jours", "dans 7\u00a0jours", "demain"):
        assert sum(dit in quoi for quoi in rappels) == 4, dit  # kept, silent, author left, without equivalent

    nuit(le(2024, 5, 15, 0))
    assert [version_de(c) for c in (acceptee, gardee, muette, orpheline, filtree)] == [2] * 5
    assert etats(gardee)[-1] == etats(muette)[-1] == etats(orpheline)[-1] == "AUTOMATIQUE"
    assert etats(filtree) == ["A_REPRENDRE"]
    assert etats(arretee) == ["PROPOSEE", "ARRETEE"]
    vivants = list_vivants()
    lues = get_rapport("TB06").courantes(RETRAIT)
    assert {a.reglage.version for a in vivants} <= {v.numero for v in lues}
    assert {a.id for a in vivants} == {*tous} - {arretee}

    nuit(le(2024, 6, 2))
    assert {fins(cle)["2024-06"] for cle in (acceptee, gardee, muette, orpheline)} == {Issue.ENVOYE}
    assert "2024-06" not in fins(arretee)
    _regler(filtree, gt)


def _regler(filtree: uuid.UUID, gt: Compte) -> None:
    """Nothing left without its filter; once somebody has set it, the move is accepted and it leaves again."""
    assert fins(filtree)["2024-06"] is Issue.ECHEC
    assert "categorie" in str([c["quoi"] for _, c in ecrits("ABONNEMENT_EN_ECHEC")])
    lu = lire_abonnement(filtree)
    assert lu.reglage.filtres == (("categorie", "OPH"),)
    instant = le(2024, 6, 3)
    changer_abonnement(
        filtree,
        replace(lu.reglage, filtres=(("type_organisme", "BAILLEUR"),)),
        acte=Acte(acteur(gt, instant), instant),
    )
    connection.check_constraints()
    assert etats(filtree) == ["A_REPRENDRE", "ACCEPTEE"]
    nuit(le(2024, 7, 2))
    assert fins(filtree)["2024-07"] is Issue.ENVOYE


def test_the_difference_is_on_its_own_last_edition_and_equal_on_what_is_kept(gt: Compte) -> None:
    cle = abonner_ici(gt, DEBUT)
    nuit(le(2024, 4, 2))
    nuit(PUBLICATION)
    migration = get_migration(cle)
    assert migration is not None
    assert migration.difference is not None
    gardees, perdues = migration.difference["gardees"], migration.difference["perdues"]
    assert gardees
    assert {g["ecarts"] for g in gardees} == {0}
    assert len(gardees) + len(perdues) == 31
    evenements = next(p["valeurs"] for p in perdues if p["libelle"] == "Évènements")
    assert "30" in {valeur for _, valeur in evenements}
    assert [a for a, _ in ecrits("ABONNEMENT_VERSION")] == ["gt@exemple.fr"]
    assert "15\u00a0mai 2024" in ecrits("ABONNEMENT_VERSION")[0][1]["quoi"]
    nuit(le(2024, 4, 16))
    assert MigrationAbonnement.objects.count() == 1


def test_an_outage_over_the_withdrawal_still_moves_everybody(gt: Compte) -> None:
    cle = abonner_ici(gt, DEBUT)
    nuit(le(2024, 5, 20))
    assert etats(cle) == ["PROPOSEE", "AUTOMATIQUE"]
    assert version_de(cle) == 2
    assert fins(cle) == {"2024-03": Issue.ENVOYE, "2024-04": Issue.ENVOYE, "2024-05": Issue.ENVOYE}


def test_one_that_asked_to_stay_is_left_alone_until_a_withdrawal_is_decided(
    gt: Compte, monkeypatch: pytest.MonkeyPatch
) -> None:
    cle = abonner_ici(gt, DEBUT, epinglee=True)
    nuit(PUBLICATION)
    assert etats(cle) == ["PROPOSEE"]  # its withdrawal is decided already
    nuit(RETRAIT)
    lu = lire_abonnement(cle)
    assert (lu.reglage.version, lu.reglage.epinglee) == (2, False)


def test_ones_own_whose_right_is_suspended_is_proposed_without_figures(gt: Compte, operateur: Compte) -> None:
    cle = abonner_ici(gt, DEBUT, place=Place(ICI.lieu, compte=gt.id))
    suspendre(gt, DEBUT)
    nuit(PUBLICATION)
    migration = get_migration(cle)
    assert migration is not None
    assert (migration.etat, migration.difference) == (Migration.PROPOSEE, None)
    assert lire_abonnement(cle).vivant
    assert ecrits() == []


def test_what_is_answered_is_answered(gt: Compte) -> None:
    cle = abonner_ici(gt, DEBUT)
    with pytest.raises(Interdit, match="Aucun changement"):
        repondre(cle, gt, Migration.ACCEPTEE, DEBUT)
    nuit(PUBLICATION)
    repondre(cle, gt, Migration.GARDEE, PUBLICATION)
    with pytest.raises(Interdit, match="déjà gardée"):
        repondre(cle, gt, Migration.GARDEE, PUBLICATION)
    repondre(cle, gt, Migration.ACCEPTEE, PUBLICATION + timedelta(hours=1))
    with pytest.raises(Interdit, match="Aucun changement"):
        repondre(cle, gt, Migration.ARRETEE, PUBLICATION + timedelta(hours=2))
    derniere = get_migration(cle)
    assert derniere is not None
    assert derniere.etat is Migration.ACCEPTEE


def test_choosing_the_new_version_is_accepting_it(gt: Compte) -> None:
    cle = abonner_ici(gt, DEBUT)
    nuit(PUBLICATION)
    changer_abonnement(cle, replace(AU_JOUR_DEUX, version=2), acte=Acte(acteur(gt, PUBLICATION), PUBLICATION))
    connection.check_constraints()
    assert etats(cle) == ["PROPOSEE", "ACCEPTEE"]


def test_a_stopped_one_is_neither_proposed_nor_moved(gt: Compte) -> None:
    cle = abonner_ici(gt, DEBUT)
    arreter_abonnement(cle, acte=Acte(acteur(gt, DEBUT), DEBUT + timedelta(hours=1)))
    nuit(RETRAIT)
    assert etats(cle) == []


def test_a_withdrawal_that_would_leave_one_behind_is_refused(en_owner: None, gt: Compte) -> None:
    """By the act, and by the database when the act is not asked."""
    cle = abonner_ici(gt, DEBUT)
    ancienne = RapportVersion.objects.get(rapport="TB06", numero=1)
    exiger_sans_orphelin(ancienne.id, RETRAIT)
    liens = list(Correspondance.objects.filter(ancienne=ancienne))
    assert liens
    with connection.cursor() as curseur:
        curseur.execute("ALTER TABLE correspondance DISABLE TRIGGER USER")
        curseur.execute("DELETE FROM correspondance")
        curseur.execute("ALTER TABLE correspondance ENABLE TRIGGER USER")
    with pytest.raises(Interdit, match="1 abonnement suit cette version"):
        exiger_sans_orphelin(ancienne.id, RETRAIT)
    retrait = {
        "version": ancienne,
        "nature": "RETIRER",
        "prend_effet_le": debut_du_jour(date(2024, 5, 16)),
        "auteur": uuid.UUID("00000000-0000-7000-8000-000000000001"),
        "proposee_le": DEBUT,
        "clos_le": DEBUT,
        "issue": "VALIDEE",
    }
    with pytest.raises(IntegrityError, match="rien ne dit laquelle suivre"), transaction.atomic():
        RapportDecision.objects.create(**retrait)
    fin = DEBUT + timedelta(hours=1)
    arreter_abonnement(cle, acte=Acte(acteur(gt, fin), fin))
    exiger_sans_orphelin(ancienne.id, RETRAIT)


def test_nobody_else_moves(gt: Compte) -> None:
    for agir in (proposer_migrations, porter_abonnements, rappeler_retraits):
        with pytest.raises(NonHabilite):
            agir(acte=Acte(acteur(gt, DEBUT), DEBUT))


def test_the_database_keeps_each_answer_once_and_told(gt: Compte) -> None:
    cle = abonner_ici(gt, DEBUT)
    nuit(PUBLICATION)
    ligne = MigrationAbonnement.objects.get(abonnement=cle)
    ligne.pk = uuid.uuid4()
    with pytest.raises(IntegrityError, match="une_fois"), transaction.atomic():
        ligne.save(force_insert=True)
    ligne.etat = "GARDEE"
    with pytest.raises(IntegrityError), transaction.atomic():
        ligne.save(force_insert=True)
        connection.check_constraints()
