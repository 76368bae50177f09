"""What a revision lacks and what is remarked of it: soon after each act, once, and for a register that is upgraded."""

import pytest
from django.db import DatabaseError, connection, transaction

from sne.registre.contenu.rules.anomalie import Anomalie, Niveau
from sne.registre.contenu.rules.completude import elements_pour_instruire
from sne.registre.contenu.rules.controles import CONTROLES
from sne.registre.contenu.rules.remarques import LIBELLES, codes_des_remarques, en_mots
from sne.registre.demande import tasks
from sne.registre.demande.actions import examiner
from sne.registre.demande.actions.examiner import examiner_demandes
from sne.registre.demande.models.demande import Demande
from sne.registre.listes.rules.listes import CodeListe, Filtre
from sne.registre.listes.selectors.lecture import Demandee, LigneDeListe, list_dossiers
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from tests.registre import factories as f

AGENT = f.creer_acteur()
TRES_AGEE = f.personne(identite={"date_naissance": "1900-01-01"})


DE_SANTE = frozenset(
    {
        "HANDICAP_SANS_FICHE",
        "FICHE_SANS_PERSONNE",
        "FICHE_REPETEE",
        "FICHE_D_UNE_AUTRE_DATE",
        "NATURE_DISCORDANTE",
        "FICHE_SANS_HANDICAP",
        "AIDE_CONTRADICTOIRE",
    }
)


def lignes(code: CodeListe) -> list[LigneDeListe]:
    return list(list_dossiers(Demandee(code, Filtre("G0993"), AGENT, f.AUJOURD_HUI)).lignes)


def examiner_tout(au_plus: int = 100) -> int:
    lues = examiner_demandes(au_plus=au_plus)
    connection.check_constraints()
    return lues


def test_every_control_has_words_or_is_of_health() -> None:
    codes = {c.code for c in CONTROLES}
    assert set(LIBELLES) | DE_SANTE == codes
    assert not set(LIBELLES) & DE_SANTE
    assert all(c in DE_SANTE for c in codes if "HANDICAP" in c or c.startswith("FICHE_"))


def test_codes_once_each_without_health() -> None:
    anomalies = [
        Anomalie(code, Niveau.AVERTISSEMENT, "x", "X.")
        for code in ("ANNEE_FISCALE", "HANDICAP_SANS_FICHE", "ANNEE_FISCALE", "TITRE_DE_SEJOUR")
    ]
    assert codes_des_remarques(anomalies) == ("ANNEE_FISCALE", "TITRE_DE_SEJOUR")
    assert en_mots(("ANNEE_FISCALE", "AUTREFOIS")) == "Année fiscale à vérifier, AUTREFOIS"
    assert en_mots(()) == ""


@pytest.mark.django_db
def test_what_is_missing_is_known_at_once() -> None:
    contenu = f.contenu()
    f.deposer(contenu)
    (ligne,) = lignes(CodeListe.INCOMPLETES)
    assert ligne.elements_manquants == sum(not e.fait for e in elements_pour_instruire(contenu)) > 0


@pytest.mark.django_db
def test_remarks_come_soon_after_and_leave_with_their_cause() -> None:
    recepisse = f.deposer(f.contenu(demandeur=TRES_AGEE), acteur=AGENT)
    assert lignes(CodeListe.QUALIFIER) == []
    assert [examiner_tout(), examiner_tout()] == [1, 0]
    (ligne,) = lignes(CodeListe.QUALIFIER)
    assert "NAISSANCE_TROP_ANCIENNE" in ligne.remarques
    jeune = f.personne(identite={"date_naissance": "1987-03-14"}, situation_familiale="C")
    modifier_demande(
        recepisse.demande_id,
        contenu=f.contenu(demandeur=jeune),
        revision=1,
        acte=Acte(AGENT, f.MAINTENANT),
    )
    assert Demande.objects.get().remarques is None
    examiner_tout()


@pytest.mark.django_db
def test_a_register_that_is_upgraded_is_examined_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examiner, "LOT", 2)
    for rang in range(5):
        naissance = {"date_naissance": f"196{rang}-05-1{rang}"}
        f.deposer(f.contenu(demandeur=f.personne("ABCDE"[rang] * 4, identite=naissance)))
    assert [examiner_tout(3), examiner_tout(3), examiner_tout(3)] == [3, 2, 0]
    assert Demande.objects.filter(remarques=None).count() == 0


@pytest.mark.django_db
def test_a_newer_revision_is_left_for_the_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    recepisse = f.deposer(acteur=AGENT)
    vrai = examiner.remarquer

    def pendant(*args: object, **kwargs: object) -> tuple[str, ...]:
        monkeypatch.setattr(examiner, "remarquer", vrai)
        autre = f.contenu(demandeur=f.personne(situation_familiale="M"))
        modifier_demande(recepisse.demande_id, contenu=autre, revision=1, acte=Acte(AGENT, f.MAINTENANT))
        return ("TITRE_DE_SEJOUR",)

    monkeypatch.setattr(examiner, "remarquer", pendant)
    examiner_tout()
    assert Demande.objects.get().remarques is None
    assert examiner_tout() == 1
    assert "TITRE_DE_SEJOUR" not in Demande.objects.get().remarques


@pytest.mark.django_db
def test_the_task_examines() -> None:
    f.deposer()
    assert tasks.examiner(timestamp=0) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE demande SET remarques = '{X}'",  # once for each revision
        "UPDATE demande SET elements_manquants = 0",
        "UPDATE demande SET remarques = NULL",
    ],
)
def test_the_database_lets_it_be_written_once_and_alone(ordre: str) -> None:
    f.deposer()
    examiner_tout()
    with pytest.raises(DatabaseError, match="révision"), transaction.atomic():
        connection.cursor().execute(ordre)
        connection.check_constraints()


@pytest.mark.django_db
def test_nothing_else_may_change_with_it() -> None:
    f.deposer()
    with pytest.raises(DatabaseError, match="révision"), transaction.atomic():
        connection.cursor().execute("UPDATE demande SET remarques = '{}', nb_personnes = 9")
        connection.check_constraints()
