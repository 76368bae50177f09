"""The two lists of a landlord, matching by month, and that no process that serves reads a dwelling."""

from datetime import date

import psycopg
import pytest
from django.db import connection

from sne.habilitations.rules import Role
from sne.infocentre.rapports.actions import bailleurs
from sne.infocentre.rpls.policies import can_lire_listes
from sne.infocentre.rpls.possible import exiger_lire_listes
from sne.infocentre.rpls.selectors import list_attributions_a_verifier, list_baux_sans_attribution
from sne.registre.faits.actions.attributions import consigner_attribution
from sne.registre.faits.rules.faits import NatureFait
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable
from tests.infocentre.rpls.extraits import SIREN, charger, extrait, logement
from tests.registre import factories as f
from tests.registre.faits.faits import BAILLEUR, saisie

CONNU, INCONNU, SANS_MENAGE = "A000000001", "Z999999999", "A000000002"


def attribuer(rpls: str, nom: str = "Abélard", *, bail: date = f.AUJOURD_HUI) -> object:
    """A household that a landlord houses; the lease is of November 2026 unless said otherwise."""
    recepisse = f.deposer(f.contenu(demandeur=f.personne(nom)), le=f.ANCIEN)
    # Within the transaction of the owner's tests: what keeps refusals has one of its own.
    consigner_attribution.__wrapped__(  # type: ignore[attr-defined]
        recepisse.demande_id,
        saisie(NatureFait.ATTRIBUTION, rpls=rpls, jour=bail, bail_signe_le=bail),
        acte=Acte(f.creer_acteur(guichet=BAILLEUR), f.MAINTENANT),
    )
    return recepisse.demande_id


def sceller() -> int:
    """The seal of the load, which its own transaction cannot set."""
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO journal_position SELECT 70, 0, e.id, e.inscrit_le, e.empreinte "
            "FROM journal_entree e JOIN rpls_chargement c ON c.entree = e.id"
        )
    return 70


def apparie(rpls: str, bail: date, scellement: int | None = None) -> bool | None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT rpls_apparie(%s, %s, %s)", [rpls, bail, scellement])
        lu: bool | None = curseur.fetchone()[0]
        return lu


@pytest.mark.usefixtures("en_owner")
def test_what_rpls_knows_and_nobody_bears_and_the_other_way() -> None:
    attribuer(CONNU)
    perdue = attribuer(INCONNU, "Brunehaut")
    assert list_attributions_a_verifier(SIREN, "099", 2026) == ()  # no vintage: nothing is unknown yet
    charger(extrait(logement(1, bail="12/2026"), logement(2, bail="11/2026"), logement(3, mode="2", bail="")))
    [bail] = list_baux_sans_attribution(SIREN, "099", 2026)
    assert (bail.rpls, bail.mois) == (SANS_MENAGE, date(2026, 11, 1))
    [fautive] = list_attributions_a_verifier(SIREN, "099", 2026)
    assert (fautive.demande_id, fautive.rpls, fautive.motif) == (perdue, INCONNU, "INCONNU")


@pytest.mark.usefixtures("en_owner")
def test_two_leases_of_one_month_and_one_vacant_dwelling() -> None:
    doubles = {attribuer(CONNU), attribuer(CONNU, "Brunehaut")}
    attribuer("A000000003", "Cunégonde")
    charger(extrait(logement(1, bail="11/2026"), logement(3, mode="2", bail="")))
    lues = list_attributions_a_verifier(SIREN, "099", 2026)
    assert ({a.demande_id for a in lues}, {a.motif for a in lues}) == (doubles, {"DOUBLE"})


@pytest.mark.usefixtures("en_owner")
def test_matched_within_a_month_and_unknown_while_no_vintage_says_it() -> None:
    assert apparie(CONNU, date(2026, 11, 24)) is None
    charger(extrait(logement(1, bail="11/2026"), logement(2, mode="2", bail="")))
    sceau = sceller()
    assert [apparie(CONNU, date(2026, mois, 24)) for mois in (9, 10, 11, 12)] == [False, True, True, True]
    assert apparie(SANS_MENAGE, date(2026, 11, 24)) is False
    assert (apparie(CONNU, date(2026, 11, 24), sceau), apparie(CONNU, date(2026, 11, 24), sceau - 1)) == (
        True,
        None,
    )
    touchee = attribuer(CONNU)
    with connection.cursor() as curseur:
        curseur.execute("SELECT * FROM rpls_demandes_touchees(%s, %s)", [sceau - 1, sceau])
        assert curseur.fetchall() == [(touchee, sceau)]
        curseur.execute("SELECT * FROM rpls_demandes_touchees(%s, %s)", [sceau, sceau + 5])
        assert curseur.fetchall() == []


@pytest.mark.django_db
def test_a_landlord_reads_its_own_lists_and_nobody_else_s() -> None:
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    sien = f.creer_acteur(Role.RESPONSABLE_GUICHET, guichet="G0991", organisme=SIREN)
    autre = f.creer_acteur(Role.RESPONSABLE_GUICHET, guichet="G1006", organisme="999000045")
    peuvent = {
        (nom, territoire): can_lire_listes(qui, siren=SIREN, territoire=territoire)
        for nom, qui in {"gt": gt, "sien": sien, "autre": autre, "agent": f.creer_acteur()}.items()
        for territoire in ("099", "02B", "")
    }
    assert {cle for cle, peut in peuvent.items() if peut} == {("gt", "099"), ("sien", "099")}
    assert not can_lire_listes(gt, siren="", territoire="099")
    exiger_lire_listes(sien, siren=SIREN, territoire="099")
    with pytest.raises(Introuvable):
        exiger_lire_listes(autre, siren=SIREN, territoire="099")


@pytest.mark.django_db
def test_a_lease_is_not_said_to_lack_an_allocation_that_another_cell_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bailleurs, "cellule_de", lambda _: "nord")
    acte = Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), f.MAINTENANT)
    with pytest.raises(Interdit, match="ces listes seraient fausses"):
        bailleurs.consulter_listes(SIREN, "099", 2026, acte=acte)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ordre", ["SELECT FROM rpls_bail", "INSERT INTO rpls_attribution VALUES (2027, 1, '999000011', '099', 1)"]
)
def test_no_process_that_serves_reads_a_dwelling_nor_writes_a_figure(url_runtime: str, ordre: str) -> None:
    with psycopg.connect(url_runtime) as base, pytest.raises(psycopg.errors.InsufficientPrivilege):
        base.execute(ordre)
