"""Events, decisions, allocations, DALO: who records what, how it is corrected, what is told, what each reader sees."""

import uuid
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction

from sne.habilitations.rules import Permission, Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.tentative import TentativeRefusee
from sne.registre.faits import policies
from sne.registre.faits.actions.faits import MODELES, retirer_fait
from sne.registre.faits.models import Attribution, DecisionCaleol, Evenement, FaitDalo
from sne.registre.faits.rules.faits import Correction, EtatFait, FaitRefuse, NatureFait
from sne.registre.faits.selectors.en_vigueur import bail_signe_le
from sne.registre.faits.selectors.faits import (
    AttributionLue,
    DecisionLue,
    EvenementLu,
    list_faits,
)
from sne.registre.lecture.selectors.historique import get_historique
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.faits.faits import (
    ACTIONS,
    AUTRE_BAILLEUR,
    AUTRE_SIREN,
    BAILLEUR,
    CCAS,
    ETAT,
    GUICHETS,
    HIER,
    SIREN,
    consigner,
    saisie,
)

pytestmark = pytest.mark.django_db
E, D, A, S = NatureFait
GT = Role.GESTIONNAIRE_TERRITORIAL
AU_GUICHET = {E: {BAILLEUR, CCAS, ETAT}, D: {BAILLEUR}, A: {BAILLEUR}, S: {ETAT}}


@pytest.fixture
def demande_id() -> uuid.UUID:
    return f.deposer().demande_id


def gt() -> Acteur:
    """A territorial manager."""
    return f.creer_acteur(GT)


def corrige(fait: uuid.UUID, motif: str = "Erreur de saisie.") -> Correction:
    """A correction of this fact."""
    return Correction(fait, motif)


def sans(*permissions: Permission, guichet: str = BAILLEUR) -> Acteur:
    """An agent of a counter who lacks some of the permissions of the role."""
    acteur = f.creer_acteur(guichet=guichet)
    (mandat,) = acteur.mandats
    return replace(acteur, mandats=(replace(mandat, permissions=mandat.permissions - set(permissions)),))


def lus(demande_id: uuid.UUID, acteur: Acteur | None = None) -> list[Any]:
    """Facts as this reader sees them."""
    return list(list_faits(demande_id, acteur=acteur or gt(), le=f.AUJOURD_HUI))


@pytest.mark.parametrize("nature", NatureFait)
def test_a_fact_is_recorded_and_told(demande_id: uuid.UUID, nature: NatureFait) -> None:
    cle = consigner(nature, demande_id)
    connection.check_constraints()
    ligne = MODELES[nature].objects.get(id=cle)
    assert (ligne.territoire, ligne.demande_id, ligne.revision) == ("099", demande_id, 1)
    assert ligne.consigne_par["nom"] == "Camille Rousset"
    entree = Entree.objects.get(demande=demande_id, verbe=f"CONSIGNER_{nature}")
    assert (entree.revision, entree.faits["fait"]) == (1, str(cle))
    assert Demande.objects.get(id=demande_id).revision == 1
    (lu,) = lus(demande_id)
    assert (lu.id, lu.nature, lu.etat) == (cle, nature, EtatFait.EN_VIGUEUR)


@pytest.mark.parametrize("guichet", [BAILLEUR, CCAS, ETAT])
@pytest.mark.parametrize("nature", NatureFait)
def test_kind_of_body_says_who_records(demande_id: uuid.UUID, nature: NatureFait, guichet: str) -> None:
    acteur = f.creer_acteur(guichet=guichet)
    if guichet in AU_GUICHET[nature]:
        assert consigner(nature, demande_id, acteur)
        return
    with pytest.raises(NonHabilite, match="Cela se consigne au guichet"):
        consigner(nature, demande_id, acteur)


@pytest.mark.parametrize("role", [Role.SUPPORT_N1, Role.DPO, Role.EXPLOITATION_NATIONALE])
@pytest.mark.parametrize("nature", NatureFait)
def test_readers_record_nothing(demande_id: uuid.UUID, nature: NatureFait, role: Role) -> None:
    with pytest.raises(NonHabilite, match="Votre rôle ne permet pas"):
        consigner(nature, demande_id, f.creer_acteur(role))


@pytest.mark.parametrize("nature", NatureFait)
def test_territorial_manager_records_every_fact(demande_id: uuid.UUID, nature: NatureFait) -> None:
    bailleur = {"bailleur": SIREN} if nature in {D, A} else {}
    assert consigner(nature, demande_id, gt(), **bailleur)


@pytest.mark.parametrize("nature", NatureFait)
def test_another_territory_finds_nothing(demande_id: uuid.UUID, nature: NatureFait) -> None:
    ailleurs = f.creer_acteur(territoire="02B", guichet="GD2B1")
    with pytest.raises(Introuvable):
        consigner(nature, demande_id, ailleurs)
    with pytest.raises(Introuvable):
        list_faits(demande_id, acteur=ailleurs, le=f.AUJOURD_HUI)


@pytest.mark.parametrize("nature", NatureFait)
def test_journal_failure_leaves_nothing_behind(demande_id: uuid.UUID, nature: NatureFait) -> None:
    with (
        mock.patch.object(journal, "inscrire_en_lot", side_effect=RuntimeError("journal")),
        pytest.raises(RuntimeError),
    ):
        consigner(nature, demande_id)
    assert not MODELES[nature].objects.exists()


@pytest.mark.parametrize(
    ("nature", "autres", "champ"),
    [
        (E, {"jour": HIER}, "jour"),
        (E, {"caracteristiques": {}}, "caracteristiques.moyen"),
        (E, {"type": "RADIATION"}, "type"),
        (D, {"code": "ATTR_RANG"}, "rang"),
        (D, {"code": "ATTR_SUSP"}, "pieces_manquantes"),
        (A, {"reservataire": ""}, "reservataire"),
        (A, {"rpls": ""}, "commune"),
        (S, {"statut": ""}, "statut"),
        (S, {"jour": f.AUJOURD_HUI + timedelta(days=1)}, "jour"),
    ],
)
def test_a_fact_ill_said_is_refused_on_its_field(
    demande_id: uuid.UUID, nature: NatureFait, autres: dict[str, Any], champ: str
) -> None:
    with pytest.raises(Interdit) as refus:
        consigner(nature, demande_id, **autres)
    assert refus.value.champ == champ
    assert not MODELES[nature].objects.exists()


@pytest.mark.parametrize("nature", NatureFait)
def test_a_correction_is_a_new_row_and_says_why(demande_id: uuid.UUID, nature: NatureFait) -> None:
    ancien = consigner(nature, demande_id)
    nouveau = consigner(nature, demande_id, correction=corrige(ancien))
    etats = {fait.id: (fait.etat, fait.motif) for fait in lus(demande_id)}
    assert etats == {
        ancien: (EtatFait.CORRIGE, "Erreur de saisie."),
        nouveau: (EtatFait.EN_VIGUEUR, ""),
    }
    with pytest.raises(Interdit, match="Une correction existe déjà"):
        consigner(nature, demande_id, correction=corrige(ancien))
    with pytest.raises(Interdit, match="pas dans ce dossier"):
        consigner(nature, demande_id, correction=corrige(f.inconnu()))
    with pytest.raises(FaitRefuse, match="pourquoi"):
        consigner(nature, demande_id, correction=corrige(nouveau, " "))


@pytest.mark.parametrize("nature", NatureFait)
def test_a_fact_is_taken_back(demande_id: uuid.UUID, nature: NatureFait) -> None:
    cle = consigner(nature, demande_id)
    acteur = gt()
    retrait = retirer_fait(demande_id, nature, corrige(cle), acte=Acte(acteur, f.MAINTENANT))
    connection.check_constraints()
    (lu,) = lus(demande_id)
    assert (lu.id, lu.etat, lu.motif) == (cle, EtatFait.RETIRE, "Erreur de saisie.")
    entree = Entree.objects.filter(verbe=f"CONSIGNER_{nature}").order_by("-inscrit_le")[0]
    assert entree.faits == {"fait": str(retrait), "remplace": str(cle), "retrait": True}
    with pytest.raises(Interdit, match="Une correction existe déjà"):
        retirer_fait(demande_id, nature, corrige(retrait), acte=Acte(acteur, f.MAINTENANT))


def test_another_landlord_corrects_nothing(demande_id: uuid.UUID) -> None:
    cle = consigner(D, demande_id)
    voisin = f.creer_acteur(guichet=AUTRE_BAILLEUR)
    with pytest.raises(NonHabilite, match="autre bailleur"):
        consigner(D, demande_id, voisin, correction=corrige(cle))
    assert consigner(D, demande_id, f.creer_acteur(guichet="G0992"), correction=corrige(cle))


def test_landlord_is_the_counters_own_or_the_one_said(demande_id: uuid.UUID) -> None:
    assert DecisionCaleol.objects.get(id=consigner(D, demande_id)).bailleur == SIREN
    consigner(D, demande_id, bailleur=SIREN)
    with pytest.raises(FaitRefuse, match="son organisme"):
        consigner(D, demande_id, bailleur=AUTRE_SIREN)
    for inconnu in ("", "999000094"):
        with pytest.raises(FaitRefuse, match="bailleur manque"):
            consigner(A, demande_id, gt(), bailleur=inconnu)
    assert (
        Attribution.objects.get(id=consigner(A, demande_id, gt(), bailleur=AUTRE_SIREN)).bailleur
        == AUTRE_SIREN
    )


def test_decision_with_a_condition_and_publics(demande_id: uuid.UUID) -> None:
    avant = f.AUJOURD_HUI + timedelta(days=15)
    consigner(
        D,
        demande_id,
        code="ATTR_SUSP",
        pieces_manquantes=("IDENTITE", "IDENTITE"),
        pieces_avant=avant,
        publics=("DALO", "CIA"),
    )
    (lu,) = lus(demande_id)
    assert isinstance(lu.detail, DecisionLue)
    assert (lu.detail.pieces_manquantes, lu.detail.pieces_avant) == (("IDENTITE",), avant)
    assert [p.code for p in lu.detail.publics] == ["DALO", "CIA"]
    assert lu.detail.rpls == "A1B2C3D4E5"


def test_allocation_without_identifier_names_the_dwelling(demande_id: uuid.UUID) -> None:
    logement = {"commune": "99001", "type_logement": "T3", "surface": Decimal(64), "loyer": Decimal("412.50")}
    consigner(A, demande_id, rpls="", **logement)
    (lu,) = lus(demande_id)
    assert isinstance(lu.detail, AttributionLue)
    assert (lu.detail.commune, lu.detail.loyer, lu.detail.rpls) == ("99001", Decimal("412.50"), "")


def test_the_register_knows_of_the_lease_still_in_force(demande_id: uuid.UUID) -> None:
    assert bail_signe_le(demande_id) is None
    consigner(A, demande_id, bail_signe=False, bail_signe_le=None)
    assert bail_signe_le(demande_id) is None
    signe = consigner(A, demande_id)
    assert bail_signe_le(demande_id) == f.AUJOURD_HUI
    retirer_fait(demande_id, A, corrige(signe), acte=Acte(gt(), f.MAINTENANT))
    assert bail_signe_le(demande_id) is None


def test_event_of_the_territory(demande_id: uuid.UUID) -> None:
    venu = {"lieu": "Mairie", "venu": "OUI"}
    consigner(E, demande_id, type="ATELIER_LOGEMENT", caracteristiques=venu)
    (lu,) = lus(demande_id)
    assert isinstance(lu.detail, EvenementLu)
    assert (lu.detail.type, lu.detail.caracteristiques) == (
        "ATELIER_LOGEMENT",
        {"lieu": "Mairie", "venu": True},
    )


def test_an_event_keeps_its_number_and_its_comment_is_bounded(demande_id: uuid.UUID) -> None:
    premier = consigner(E, demande_id, commentaire="  Rappeler mardi. ")
    autre = consigner(E, demande_id)
    numeros = {x.id: x.numero for x in Evenement.objects.all()}
    assert numeros[premier] != numeros[autre]
    corrigee = consigner(E, demande_id, correction=corrige(premier), commentaire="x" * 500)
    retiree = retirer_fait(demande_id, E, corrige(corrigee), acte=Acte(gt(), f.MAINTENANT))
    assert {Evenement.objects.get(id=x).numero for x in (premier, corrigee, retiree)} == {numeros[premier]}
    lu = next(x for x in lus(demande_id) if x.id == premier)
    assert lu.detail.commentaire == "Rappeler mardi."
    for trop in ("x" * 501, f"Le numéro est {f.nir_de(f.AUJOURD_HUI)}", "a\x07b"):
        with pytest.raises(FaitRefuse) as refus:
            consigner(E, demande_id, commentaire=trop)
        assert refus.value.champ == "commentaire"


def test_a_correction_cannot_take_another_number(demande_id: uuid.UUID) -> None:
    ligne = orphelin(
        Evenement,
        demande_id,
        type="CONTACT",
        caracteristiques={},
        numero=2**40,
        jour=f.AUJOURD_HUI,
        consigne_par={},
        remplace_id=consigner(E, demande_id),
        motif="Non.",
    )
    with pytest.raises(IntegrityError, match="evenement_meme_numero"), transaction.atomic():
        ligne.save(force_insert=True)
        connection.check_constraints()


@pytest.mark.parametrize("nature", NatureFait)
def test_an_id_from_outside_makes_one_fact_and_one_receipt(demande_id: uuid.UUID, nature: NatureFait) -> None:
    agent, cle = f.creer_acteur(guichet=GUICHETS[nature]), uuid.uuid4()
    envoi = partial(ACTIONS[nature], saisie=saisie(nature), cle=cle)
    assert [envoi(demande_id, acte=Acte(agent, f.MAINTENANT)) for _ in range(2)] == [cle, cle]
    assert MODELES[nature]._default_manager.filter(demande=demande_id).count() == 1
    retrait = uuid.uuid4()
    retirer = partial(
        retirer_fait, demande_id, nature, corrige(cle), cle=retrait, acte=Acte(agent, f.MAINTENANT)
    )
    assert [retirer(), retirer()] == [retrait, retrait]
    assert [x.etat for x in lus(demande_id)] == [EtatFait.RETIRE]
    voisine = f.deposer(doublons_ecartes="Une autre personne.").demande_id
    autre = f.creer_acteur(guichet=GUICHETS[nature])
    for acteur, demande in ((autre, demande_id), (agent, voisine)):
        with pytest.raises(Interdit, match="déjà servi"):
            envoi(demande, acte=Acte(acteur, f.MAINTENANT))


def test_an_allocation_says_where_for_whom_and_dalo_to_those_who_may_know(demande_id: uuid.UUID) -> None:
    adresse = {"numero": "12 bis", "voie": "rue  des Tanneurs", "etage": "", "code_postal": "1000"}
    dite = {"adresse": adresse, "commune": "99001", "quartier_prioritaire": "ZUSOUI", "au_titre_dalo": True}
    cle = consigner(A, demande_id, f.creer_acteur(guichet=BAILLEUR), **dite | {"au_titre_dalo": None})
    gardee = {"numero": "12 bis", "voie": "rue des Tanneurs", "code_postal": "01000"}
    (lu,) = lus(demande_id)
    assert (lu.detail.adresse, lu.detail.commune, lu.detail.rpls) == (gardee, "99001", "A1B2C3D4E5")
    assert (lu.detail.quartier_prioritaire, lu.detail.au_titre_dalo) == ("ZUSOUI", None)
    sans_dalo = sans(Permission.DALO_LIRE)
    with pytest.raises(NonHabilite, match="au titre du DALO"):
        consigner(A, demande_id, sans_dalo, **dite)
    dalo = consigner(A, demande_id, gt(), bailleur=SIREN, correction=corrige(cle), **dite)
    tue = consigner(A, demande_id, sans_dalo, correction=corrige(dalo), **dite | {"au_titre_dalo": None})
    assert Attribution.objects.get(id=tue).au_titre_dalo is True
    en_vigueur = [
        next(x for x in lus(demande_id, acteur) if x.etat is EtatFait.EN_VIGUEUR)
        for acteur in (gt(), sans_dalo)
    ]
    assert [x.detail.au_titre_dalo for x in en_vigueur] == [True, None]


def test_a_dalo_status_says_what_the_commission_recommends(demande_id: uuid.UUID) -> None:
    consigner(S, demande_id, diagnostic_social=True, accompagnement_social=False, typologie="03")
    (lu,) = lus(demande_id)
    assert (lu.detail.diagnostic_social, lu.detail.accompagnement_social) == (True, False)
    assert lu.detail.typologie == "03"


def test_newest_first(demande_id: uuid.UUID) -> None:
    natures = [A, S, E]
    for nature in natures:
        consigner(nature, demande_id)
    assert [fait.nature for fait in lus(demande_id)][-1] is S


def test_who_may_not_read_dalo_sees_neither_the_fact_nor_the_act(demande_id: uuid.UUID) -> None:
    consigner(S, demande_id)
    consigner(D, demande_id, publics=("DALO", "HANDICAP", "CIA"))
    verbes = {}
    for nom, lecteur in {"agent": f.creer_acteur(), "sans": sans(Permission.DALO_LIRE)}.items():
        verbes[nom] = {ligne.verbe for ligne in get_historique(demande_id, acteur=lecteur).lignes}
    assert verbes["agent"] - verbes["sans"] == {"CONSIGNER_DALO"}
    (decision,) = lus(demande_id, sans(Permission.DALO_LIRE, Permission.SANTE_LIRE))
    assert [p.code for p in decision.detail.publics] == ["CIA"]
    (decision,) = lus(demande_id, sans(Permission.DALO_LIRE))
    assert [p.code for p in decision.detail.publics] == ["HANDICAP", "CIA"]
    support = f.creer_acteur(Role.SUPPORT_N1)
    assert [fait.nature for fait in lus(demande_id, support)] == [D]


def test_nobody_says_what_they_may_not_read(demande_id: uuid.UUID) -> None:
    with pytest.raises(NonHabilite, match="de ce public"):
        consigner(D, demande_id, sans(Permission.DALO_LIRE), publics=("DALO",))
    with pytest.raises(NonHabilite, match="de ce public"):
        consigner(D, demande_id, sans(Permission.SANTE_ECRIRE), publics=("HANDICAP",))
    with pytest.raises(NonHabilite, match="lire le DALO"):
        consigner(S, demande_id, sans(Permission.DALO_LIRE, guichet=ETAT))


def test_a_correction_keeps_what_its_author_may_not_read(demande_id: uuid.UUID) -> None:
    cle = consigner(D, demande_id, publics=("DALO", "CIA"))
    nouveau = consigner(D, demande_id, sans(Permission.DALO_LIRE), publics=("ACD",), correction=corrige(cle))
    assert DecisionCaleol.objects.get(id=nouveau).publics == ["ACD", "DALO"]


def test_policies_read_the_counter_acted_for() -> None:
    """Somebody who is of two bodies records for the one they act for."""
    acteur = f.creer_acteur(guichet=BAILLEUR)
    ailleurs = replace(acteur, guichet=ETAT)
    for qui, attendu in ((acteur, True), (ailleurs, False)):
        permis = policies.can_consigner(qui, D, territoire="099", organisme=policies.ORGANISME_DU_FAIT[D])
        assert permis is attendu


def orphelin(modele: Any, demande_id: uuid.UUID, **champs: Any) -> Any:
    """A row that no entry tells of."""
    return modele(
        territoire="099",
        demande_id=demande_id,
        revision=1,
        auteur=demande_id,
        survenu_le=f.MAINTENANT,
        **champs,
    )


def test_rows_without_their_entry_are_refused_by_the_database(demande_id: uuid.UUID) -> None:
    commun = {"jour": f.AUJOURD_HUI, "consigne_par": {}}
    lignes = [
        orphelin(Evenement, demande_id, type="CONTACT", caracteristiques={}, numero=2**40, **commun),
        orphelin(FaitDalo, demande_id, nature="STATUT", statut="ACTIF", **commun),
        orphelin(
            TentativeRefusee,
            demande_id,
            acte="CONSIGNER_DALO",
            code="INTERDIT",
            phrase="Non.",
            tente_par={},
        ),
    ]
    for ligne in lignes:
        with pytest.raises(IntegrityError, match="aucune entrée de journal"), transaction.atomic():
            ligne.save(force_insert=True)
            connection.check_constraints()


def test_a_fact_corrects_one_of_the_same_demande(demande_id: uuid.UUID) -> None:
    ailleurs = consigner(E, f.deposer(doublons_ecartes="Une autre personne.").demande_id)
    ligne = orphelin(
        Evenement,
        demande_id,
        type="CONTACT",
        caracteristiques={},
        numero=Evenement.objects.get(id=ailleurs).numero,
        jour=f.AUJOURD_HUI,
        consigne_par={},
        remplace_id=ailleurs,
        motif="Non.",
    )
    with pytest.raises(IntegrityError, match="evenement_de_son_dossier"), transaction.atomic():
        ligne.save(force_insert=True)
        connection.check_constraints()
