"""Full attestations, hand-overs and batches: success, refusal by person and by state, once, all or nothing."""

import dataclasses
import hashlib
import uuid
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from sne.attestations import rendu, selectors
from sne.attestations.actions import consigner_remises, emettre_attestation, imprimer_lot, ouvrir_lot
from sne.attestations.models import (
    Attestation,
    AttestationARemettre,
    AttestationATraiter,
    Lot,
    PartDeLot,
    Remise,
)
from sne.attestations.rules import AttestationAEtablir, CanalRemise, FichierDifferent, Modele
from sne.attestations.selectors import FiltreRegistre
from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.registre.depot.actions.deposer import Recepisse
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.attestations.test_rendu_complete import texte
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
PLUS_TARD = f.MAINTENANT + timedelta(hours=1)
NOMS = ("Abelin", "Bastide", "Castan")


@pytest.fixture
def agent() -> Acteur:
    return f.creer_acteur()


@pytest.fixture
def recepisse(agent: Acteur) -> Recepisse:
    return f.deposer(acteur=agent)


@pytest.fixture
def emises(agent: Acteur) -> list[Attestation]:
    """One simplified attestation for each of three households."""
    return [
        emettre_attestation(
            f.deposer(
                f.contenu(
                    demandeur=f.personne(nom, identite={"date_naissance": f"19{60 + 9 * rang}-05-1{rang}"})
                )
            ).demande_id,
            acte=Acte(agent, f.MAINTENANT),
        )
        for rang, nom in enumerate(NOMS)
    ]


def references(attestations: Sequence[Attestation]) -> list[str]:
    return [a.reference for a in attestations]


def faits(verbe: str) -> list[dict[str, object]]:
    return [e.faits for e in Entree.objects.filter(verbe=verbe).order_by("inscrit_le", "id")]


class TestComplete:
    """What a full attestation gathers."""

    def test_counter_landlords_commission_and_documents_of_the_day(
        self, recepisse: Recepisse, agent: Acteur
    ) -> None:
        emise = emettre_attestation(
            recepisse.demande_id, acte=Acte(agent, f.MAINTENANT), modele=Modele.INTEGRALE
        )
        connection.check_constraints()
        lu = texte(selectors.refaire(emise))
        for attendu in (
            "CCAS d’Aurette-la-Ville 1 place de la Mairie 99000 Aurette-la-Ville",
            "Élodie Dubreuil 12 rue des Tanneurs 99240 Les Ormeaux",
            "Aurette-la-Ville Habitat Val-d’Aurette, Logis d’Aurette, Aurette Logement",
            "à partir du 24 novembre 2028 2 ans Commission de médiation du Val-d’Aurette",
            "radiée le 24 décembre 2027",
            "Types de logement souhaités T3",
            "Avis d’impôt 2025 sur les revenus de 2024",
            "Copie de la carte Vitale",
        ):
            assert attendu in lu
        assert emise.donnees["modele"] == "INTEGRALE"

    def test_health_never_reaches_the_attestation(self, agent: Acteur) -> None:
        contenu = f.contenu(
            motifs={"codes": ["07"]}, handicaps=[{"personne": "demandeur", "besoin_particulier": "fauteuil"}]
        )
        recepisse = f.deposer(contenu, acteur=agent)
        emise = emettre_attestation(
            recepisse.demande_id, acte=Acte(agent, f.MAINTENANT), modele=Modele.INTEGRALE
        )
        assert "fauteuil" not in str(emise.donnees)
        assert "andicap" not in str(emise.donnees["resume"])

    def test_each_kind_has_its_own_chain(self, recepisse: Recepisse, agent: Acteur) -> None:
        for modele in (Modele.SIMPLIFIEE, Modele.INTEGRALE):
            emettre_attestation(recepisse.demande_id, acte=Acte(agent, f.MAINTENANT), modele=modele)
        assert Attestation.objects.filter(remplace=None).count() == 2

    def test_renewal_attestation_waits_for_a_renewal(self, recepisse: Recepisse, agent: Acteur) -> None:
        with pytest.raises(Interdit, match="n’a pas encore été renouvelée"):
            emettre_attestation(
                recepisse.demande_id, acte=Acte(agent, f.MAINTENANT), modele=Modele.RENOUVELLEMENT
            )

    def test_each_departement_asked_for_has_its_commission(self) -> None:
        francilien = f.creer_acteur(territoire="111", guichet="G1111")
        souhaits = {
            "types_logement": ["T2"],
            "localisations": [{"commune": "93066"}, {"commune": "75118"}],
            "accepte_autres_communes": False,
        }
        recepisse = f.deposer(
            f.contenu(souhaits=souhaits), acteur=francilien, territoire="111", guichet="G1111"
        )
        emise = emettre_attestation(
            recepisse.demande_id, acte=Acte(francilien, f.MAINTENANT), modele=Modele.INTEGRALE
        )
        lues = [(c["nom"], c["saisissable_le"]) for c in emise.donnees["commissions"]]
        assert lues == [
            ("Commission fictive de médiation de Paris", "2035-11-24"),
            ("Commission fictive de médiation de la Seine-Saint-Denis", "2029-11-24"),
        ]
        assert "RÉGIONAL" in texte(selectors.refaire(emise))


class TestRemise:
    """Recording that an attestation was given."""

    def test_hand_over_leaves_the_worklist_and_is_told(
        self, emises: list[Attestation], agent: Acteur
    ) -> None:
        assert AttestationARemettre.objects.count() == 3
        faites = consigner_remises(
            references(emises[:2]), canal=CanalRemise.COURRIER, acte=Acte(agent, PLUS_TARD)
        )
        connection.check_constraints()
        assert faites == 2
        assert AttestationARemettre.objects.get().attestation_id == emises[2].id
        remise = Remise.objects.get(attestation=emises[0])
        assert (remise.canal, remise.guichet, remise.survenu_le) == ("COURRIER", "G0993", PLUS_TARD)
        assert remise.remise_par == agent.instantane(Role.AGENT_GUICHET)
        dits = {(x["attestation"], x["remise_par"]) for x in faits("REMETTRE_ATTESTATION")}
        assert dits == {(str(a.id), "COURRIER") for a in emises[:2]}

    def test_button_pressed_twice_records_once_another_day_or_way_again(
        self, emises: list[Attestation], agent: Acteur
    ) -> None:
        def consigner(canal: CanalRemise, jours: int = 0) -> int:
            le = PLUS_TARD + timedelta(days=jours)
            return consigner_remises([emises[0].reference], canal=canal, acte=Acte(agent, le))

        faites = [
            consigner(CanalRemise.GUICHET),
            consigner(CanalRemise.GUICHET),
            consigner(CanalRemise.COURRIER),
            consigner(CanalRemise.GUICHET, jours=1),
        ]
        assert faites == [1, 0, 1, 1]

    def test_replaced_attestation_is_not_handed_over_nor_listed(
        self, emises: list[Attestation], agent: Acteur
    ) -> None:
        lendemain = f.MAINTENANT + timedelta(days=1)
        nouvelle = emettre_attestation(emises[0].demande_id, acte=Acte(agent, lendemain))
        with pytest.raises(Interdit, match="a été remplacée"):
            consigner_remises(references(emises), canal=CanalRemise.GUICHET, acte=Acte(agent, lendemain))
        assert Remise.objects.count() == 0
        attendus = {nouvelle.id, emises[1].id, emises[2].id}
        assert set(AttestationARemettre.objects.values_list("attestation", flat=True)) == attendus

    def test_out_of_perimeter_and_without_right(self, emises: list[Attestation]) -> None:
        ailleurs = f.creer_acteur(territoire="02B", guichet="GD2B1")
        with pytest.raises(Introuvable):
            consigner_remises(references(emises), canal=CanalRemise.GUICHET, acte=Acte(ailleurs, PLUS_TARD))
        support = f.creer_acteur(Role.SUPPORT_N1)
        with pytest.raises(NonHabilite):
            consigner_remises(references(emises), canal=CanalRemise.GUICHET, acte=Acte(support, PLUS_TARD))

    def test_journal_failure_leaves_nothing_behind(self, emises: list[Attestation], agent: Acteur) -> None:
        muet = dataclasses.replace(agent, nom="nul \x00")
        with pytest.raises(Exception, match=r"u0000|unsupported"), transaction.atomic():
            consigner_remises(references(emises), canal=CanalRemise.GUICHET, acte=Acte(muet, PLUS_TARD))
        assert Remise.objects.count() == 0
        assert AttestationARemettre.objects.count() == 3


class TestLot:
    """Several attestations in one file."""

    def test_batch_keeps_order_hashes_and_is_told_for_each(
        self, emises: list[Attestation], agent: Acteur
    ) -> None:
        lot = imprimer_lot(references(emises[::-1]), acte=Acte(agent, PLUS_TARD))
        connection.check_constraints()
        assert (lot.nombre, lot.guichet, lot.jour) == (3, "G0993", date(2026, 11, 24))
        parts = selectors.list_parts_imprimees(lot)
        assert [p.nom.split()[0] for p in parts] == list(NOMS[::-1])
        assert len({p.empreinte for p in parts}) == 3
        assert {x["attestation"] for x in faits("OUVRIR_ATTESTATION")} == {str(a.id) for a in emises}
        assert AttestationARemettre.objects.count() == 3  # printing is not handing over

    def test_file_is_made_again_byte_for_byte(self, emises: list[Attestation], agent: Acteur) -> None:
        lot = imprimer_lot(references(emises), acte=Acte(agent, PLUS_TARD))
        remis = ouvrir_lot(lot.id, acte=Acte(f.creer_acteur(guichet="G0991"), PLUS_TARD))
        assert hashlib.sha256(remis.contenu).digest() == bytes(Lot.objects.get().empreinte)
        assert remis.nom == "attestations-2026-11-24-3.pdf"
        connection.check_constraints()
        assert len(faits("OUVRIR_ATTESTATION")) == 6

    def test_part_that_would_print_otherwise_is_named(
        self, emises: list[Attestation], agent: Acteur, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lot = imprimer_lot(references(emises), acte=Acte(agent, PLUS_TARD))
        monkeypatch.setattr(rendu, "empreinte_de_part", lambda *_: bytes(32))
        with pytest.raises(FichierDifferent, match="ne dit plus ce que le lot a imprimé"):
            selectors.refaire_lot(lot)
        monkeypatch.undo()
        lot.empreinte = bytes(32)
        with pytest.raises(FichierDifferent, match="Prévenez l’exploitation nationale"):
            selectors.refaire_lot(lot)
        lot.moteur = "typst 0.1"
        with pytest.raises(FichierDifferent, match="Imprimez-en un nouveau"):
            selectors.refaire_lot(lot)

    def test_number_perimeter_right_and_engine(
        self, emises: list[Attestation], agent: Acteur, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for voulues in ([], [f"{rang:012d}" for rang in range(51)]):
            with pytest.raises(Interdit, match="Cochez de 1 à 50"):
                imprimer_lot(voulues, acte=Acte(agent, PLUS_TARD))
        with pytest.raises(Introuvable):
            imprimer_lot([*references(emises), "222222222222"], acte=Acte(agent, PLUS_TARD))
        with pytest.raises(NonHabilite):
            imprimer_lot(references(emises), acte=Acte(f.creer_acteur(Role.SUPPORT_N1), PLUS_TARD))
        monkeypatch.setattr(rendu, "MOTEUR", "typst 9")
        with pytest.raises(Interdit, match="version antérieure du service"):
            imprimer_lot(references(emises), acte=Acte(agent, PLUS_TARD))
        assert Lot.objects.count() == 0

    def test_one_territory_at_a_time(self, emises: list[Attestation], agent: Acteur) -> None:
        corse = f.creer_acteur(territoire="02B", guichet="GD2B1")
        souhaits = {
            "types_logement": ["T2"],
            "localisations": [{"commune": "2B033"}],
            "accepte_autres_communes": False,
        }
        contenu = f.contenu(souhaits=souhaits)
        recepisse = f.deposer(contenu, acteur=corse, territoire="02B", guichet="GD2B1")
        emise = emettre_attestation(recepisse.demande_id, acte=Acte(corse, f.MAINTENANT))
        deux = dataclasses.replace(agent, mandats=(*agent.mandats, *corse.mandats))
        with pytest.raises(Interdit, match="un seul territoire"):
            imprimer_lot([emise.reference, emises[0].reference], acte=Acte(deux, PLUS_TARD))

    def test_batch_of_another_territory_is_not_found(self, emises: list[Attestation], agent: Acteur) -> None:
        lot = imprimer_lot(references(emises), acte=Acte(agent, PLUS_TARD))
        for inconnu, acteur in (
            (uuid.uuid4(), agent),
            (lot.id, f.creer_acteur(territoire="02B", guichet="GD2B1")),
        ):
            with pytest.raises(Introuvable):
                ouvrir_lot(inconnu, acte=Acte(acteur, PLUS_TARD))

    def test_database_refuses_a_batch_that_does_not_count_its_parts(
        self, emises: list[Attestation], agent: Acteur
    ) -> None:
        lot = imprimer_lot(references(emises), acte=Acte(agent, PLUS_TARD))
        connection.check_constraints()
        lot.pk, lot.nombre = uuid.uuid4(), 2
        with pytest.raises(IntegrityError, match="ne compte pas ses parts"), transaction.atomic():
            lot.save(force_insert=True)
            connection.check_constraints()

    def test_database_refuses_a_part_and_a_hand_over_that_no_entry_tells(
        self, emises: list[Attestation], agent: Acteur
    ) -> None:
        lot = imprimer_lot(references(emises), acte=Acte(agent, PLUS_TARD))
        consigner_remises(
            references(emises), canal=CanalRemise.COURRIER, acte=Acte(agent, PLUS_TARD), lot=lot.id
        )
        connection.check_constraints()
        part, remise = PartDeLot.objects.get(lot=lot, rang=1), Remise.objects.filter(lot=lot)[0]
        for ligne in (part, remise):
            ligne.pk = uuid.uuid4()
        with pytest.raises(IntegrityError, match="aucune entrée de journal"), transaction.atomic():
            remise.save(force_insert=True)
            connection.check_constraints()
        with pytest.raises(IntegrityError, match="part_de_lot_rang"), transaction.atomic():
            part.save(force_insert=True)

    @pytest.mark.parametrize("table", ["attestation_lot", "attestation_part_de_lot", "attestation_remise"])
    def test_runtime_role_rewrites_none(self, table: str) -> None:
        with connection.cursor() as curseur:
            curseur.execute(
                "SELECT has_table_privilege(%s, 'UPDATE') OR has_table_privilege(%s, 'DELETE')",
                [table, table],
            )
            assert curseur.fetchone() == (False,)


def test_register_lists_and_counts_by_counter_and_way(emises: list[Attestation], agent: Acteur) -> None:
    assert selectors.compter_a_remettre(FiltreRegistre("099", "G0993"), acteur=agent) == 3
    assert selectors.compter_a_remettre(FiltreRegistre("099", "G0991"), acteur=agent) == 0
    assert selectors.compter_a_remettre(FiltreRegistre("099", canal_prevu="COURRIER"), acteur=agent) == 0
    ailleurs = f.creer_acteur(territoire="02B", guichet="GD2B1")
    assert selectors.compter_a_remettre(FiltreRegistre(), acteur=ailleurs) == 0


def test_case_without_commission_is_queued_with_its_reason(
    recepisse: Recepisse, agent: Acteur, monkeypatch: pytest.MonkeyPatch
) -> None:
    tot = f.MAINTENANT.replace(year=2008)
    ancienne = f.deposer(
        f.contenu(demandeur=f.personne("Castan", identite={"date_naissance": "1950-01-01"})),
        le=tot,
        date_reception=tot.date(),
    )
    with pytest.raises(AttestationAEtablir, match="La commission de médiation d’un département"):
        emettre_attestation(ancienne.demande_id, acte=Acte(agent, tot), modele=Modele.INTEGRALE)
    connection.check_constraints()
    assert AttestationATraiter.objects.get().motif == "COMMISSION_INCONNUE"
