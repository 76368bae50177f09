"""Somebody whose civil status the State gives finds their demande, and nobody else does."""

import json
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sne.demandeurs.models import CompteDemandeur
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.oidc.rules.identite import IdentitePivot
from sne.registre.attente.models import Attente
from sne.registre.avis.models import AvisChangement
from sne.registre.avis.rules.changement import phrase
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.rules.rattachement import FinRattachement
from sne.registre.enquete.actions.enquetes import clore_enquete
from sne.registre.joindre.selectors.langues import get_langue_du_foyer, list_refuses_du_foyer
from sne.registre.lecture.selectors.historique_demandeur import get_lecteur
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.rattachement.actions import rattacher as actions
from sne.registre.rattachement.actions.annoncer import annoncer_rattachement
from sne.registre.rattachement.actions.rattacher import (
    Issue,
    Reponse,
    detacher,
    rattacher,
    rattacher_par_numero,
)
from sne.registre.rattachement.policies import demandeur
from sne.registre.rattachement.selectors.liens import list_liens
from sne.registre.rattachement.tasks import annoncer
from sne.registre.rattachement.verbes import VerbeRattachement
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import enqueter, figer, gt
from tests.registre.restauration.detournements import retablir, voler

pytestmark = pytest.mark.django_db
COMPTE, AUTRE_COMPTE = uuid.uuid4(), uuid.uuid4()
NEE = {"lieu_naissance": {"commune": "76540"}}
PIVOT: dict[str, Any] = {
    "sub": "s",
    "given_name": "Élodie Anne",
    "given_name_array": ["Élodie", "Anne"],
    "family_name": "DUBREUIL",
    "birthdate": "1987-03-14",
    "gender": "female",
    "birthplace": "76540",
    "birthcountry": "99100",
}


def pivot(**autres: Any) -> IdentitePivot:
    return IdentitePivot.model_validate_json(json.dumps(PIVOT | autres))


def deposer(**autres: Any) -> Demande:
    le = autres.pop("le", a.ANCIEN)
    nee = a.contenu(demandeur={"identite": NEE}, **autres)
    ecartes = "Une autre personne du même nom"
    return Demande.objects.get(id=a.deposer(nee, le=le, doublons_ecartes=ecartes).demande_id)


def signer(compte: uuid.UUID = COMPTE, **autres: Any) -> Reponse:
    reponse = rattacher(pivot(**autres), compte=compte, survenu_le=f.MAINTENANT)
    connection.check_constraints()
    return reponse


def donner_le_numero(numero: str, compte: uuid.UUID = COMPTE, **autres: Any) -> Issue:
    return rattacher_par_numero(numero, pivot(**autres), compte=compte, survenu_le=f.MAINTENANT).issue


def verbes(demande: Demande) -> list[str]:
    """Of the links of this demande, by name."""
    dits = Entree.objects.filter(demande=demande.id, verbe__in=["RATTACHER", "DETACHER"])
    return sorted(dits.values_list("verbe", flat=True))


def test_la_personne_trouve_sa_demande_et_une_seule_fois() -> None:
    demande = deposer()
    deposer(nom="Castaing")
    assert signer() == signer() == Reponse(Issue.RELIEE, (demande.id,))
    (lien,) = list_liens(COMPTE)
    assert (lien.nud, lien.role, lien.fort, lien.ecarts) == (demande.nud, "DEMANDEUR", True, ())
    assert verbes(demande) == ["RATTACHER"]
    entree = Entree.objects.get(demande=demande.id, verbe="RATTACHER")
    assert entree.acteur["id"] == str(COMPTE)


@pytest.mark.parametrize(
    "autres",
    [
        {"family_name": "Castaing"},
        {"given_name": "Béatrice", "given_name_array": ["Béatrice"]},
        {"birthdate": "1987-03-15"},
        {"gender": "male"},
        {"birthplace": "76351"},
        {"birthplace": None, "birthcountry": None},
    ],
)
def test_rien_n_est_relie_ni_dit_si_un_trait_manque(autres: dict[str, Any]) -> None:
    deposer()
    assert signer(**autres) == Reponse(Issue.NUMERO)
    assert not Rattachement.objects.exists()


def test_le_numero_ouvre_ce_que_personne_ne_sait() -> None:
    """Nobody wrote where she was born: the number is asked, and another number opens nothing."""
    demande = Demande.objects.get(id=a.deposer().demande_id)
    autre = deposer(nom="Castaing")
    assert signer().issue is Issue.NUMERO
    for numero in ("", "099", autre.nud, f"{demande.nud[:-1]}9"):
        assert donner_le_numero(numero) is Issue.NUMERO
    assert donner_le_numero(demande.nud, family_name="Petit") is Issue.NUMERO
    assert donner_le_numero(demande.nud) is Issue.RELIEE
    assert [lien.demande_id for lien in list_liens(COMPTE)] == [demande.id]


def test_deux_demandes_semblables_demandent_le_numero() -> None:
    une = deposer()
    deposer(courriel="autre@exemple.fr", mobile="0677889900")
    assert signer() == Reponse(Issue.NUMERO)
    assert donner_le_numero(une.nud) is Issue.RELIEE


def test_un_nom_propose_n_ouvre_rien_a_qui_le_porte() -> None:
    """An agent proposes another name: who bears it finds nothing, whose demande it is finds it."""
    demande = deposer()
    modifier_demande(
        demande.id,
        contenu=a.contenu(nom="Zimmer", demandeur={"identite": NEE}),
        revision=1,
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )
    assert Identite.objects.filter(demande=demande.id, voie="CONTROLE").exists()
    assert signer(family_name="Zimmer") == Reponse(Issue.NUMERO)
    assert donner_le_numero(demande.nud, family_name="Zimmer") is Issue.NUMERO
    assert signer() == Reponse(Issue.RELIEE, (demande.id,))


def test_une_demande_en_verification_ne_se_relie_pas() -> None:
    demande = deposer()
    figer(demande.id)
    lecteur = get_lecteur(Demande.objects.get(id=demande.id), str(Personne.objects.get(demande=demande).id))
    assert not lecteur.comptes
    assert signer() == Reponse(Issue.VERIFICATION)
    assert list_liens(COMPTE) == ()


def test_une_identite_changee_entre_la_recherche_et_le_verrou_ne_relie_rien() -> None:
    deposer()
    with mock.patch.object(actions, "list_adultes_compares", return_value=()):
        assert signer() == Reponse(Issue.NUMERO)
    assert not Rattachement.objects.exists()


def test_un_seul_compte_par_personne() -> None:
    deposer()
    signer()
    assert signer(AUTRE_COMPTE) == Reponse(Issue.NUMERO)
    assert list_liens(AUTRE_COMPTE) == ()


def test_une_identite_changee_affaiblit_le_lien_jusqu_a_la_prochaine_connexion() -> None:
    """Another identity of the same person is in force: the link is worth less at once, and whole once they sign in."""
    demande = deposer(le=f.MAINTENANT)
    signer()
    (avant,) = list_liens(COMPTE)
    modifier_demande(
        demande.id,
        contenu=a.contenu(demandeur={"identite": NEE | {"prenoms": "Élodie Anne"}}),
        revision=1,
        acte=Acte(f.creer_acteur(), f.MAINTENANT + timedelta(hours=1)),
    )
    (present,) = list_liens(COMPTE)
    assert (present.id, avant.fort, present.fort) == (avant.id, True, False)
    assert signer().issue is Issue.RELIEE
    (apres,) = list_liens(COMPTE)
    assert apres.fort
    assert Rattachement.objects.get(id=avant.id).motif == FinRattachement.IDENTITE_CHANGEE
    assert verbes(demande) == ["DETACHER", "RATTACHER", "RATTACHER"]


VOLEUR = {
    "sub": "v",
    "given_name": "Karl",
    "given_name_array": ["Karl"],
    "family_name": "ZIMMER",
    "birthdate": "1979-01-30",
    "gender": "male",
}


def test_qui_avait_pris_la_place_n_ouvre_plus_rien_une_fois_la_demande_rendue() -> None:
    """Neither the file, nor the words in which its household is written to; the person comes in as before."""
    demande, vol = deposer(), f.MAINTENANT - timedelta(days=2)
    voler(demande.id, le=vol)
    vu = {"ouvert_le": vol, "vu_le": vol, "langue_depuis": vol}
    CompteDemandeur.objects.create(id=AUTRE_COMPTE, **vu, langue="tr", avis_refuses=["DOCUMENTS"])
    entre = rattacher_par_numero(demande.nud, pivot(**VOLEUR), compte=AUTRE_COMPTE, survenu_le=vol)
    assert (entre.issue, len(list_liens(AUTRE_COMPTE))) == (Issue.RELIEE, 1)
    assert (get_langue_du_foyer(demande.id), len(list_refuses_du_foyer(demande.id))) == ("tr", 1)
    assert signer() == Reponse(Issue.NUMERO)
    enquete = enqueter(demande.id)
    retablir(demande.id, enquete=enquete)
    assert not list_liens(AUTRE_COMPTE)
    assert (get_langue_du_foyer(demande.id), len(list_refuses_du_foyer(demande.id))) == ("fr", 0)
    assert signer() == Reponse(Issue.VERIFICATION)
    fin = {"issue": "CHANGEMENT_EXPLIQUE", "motif": "CONTACTS_CONFIRMES", "precision": ""}
    clore_enquete(enquete, **fin, acte=Acte(gt(), f.MAINTENANT))
    assert signer() == Reponse(Issue.RELIEE, (demande.id,))
    (lien,) = list_liens(COMPTE)
    assert lien.fort
    assert Rattachement.objects.get(compte=AUTRE_COMPTE).motif == FinRattachement.IDENTITE_CHANGEE


def test_le_lien_d_avant_le_vol_tient_encore_une_fois_la_demande_rendue() -> None:
    demande = deposer()
    rattacher(pivot(), compte=COMPTE, survenu_le=f.MAINTENANT - timedelta(days=5))
    voler(demande.id, le=f.MAINTENANT - timedelta(days=2))
    retablir(demande.id)
    (lien,) = list_liens(COMPTE)
    assert (lien.demande_id, lien.fort) == (demande.id, False)


def test_qui_suit_sa_demande_en_ligne_tient_une_seconde_cle() -> None:
    """A name that would not fit the State's waits, even a change that would have passed alone."""
    demande = deposer(le=f.MAINTENANT)
    modifie = {"contenu": a.contenu(nom="Dubreui", demandeur={"identite": NEE}), "revision": 1}
    with transaction.atomic():
        sans = modifier_demande(demande.id, **modifie, acte=Acte(f.creer_acteur(), f.MAINTENANT))
        assert not sans.en_attente
        transaction.set_rollback(True)
    signer()
    avec = modifier_demande(demande.id, **modifie, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert avec.en_attente
    (lien,) = list_liens(COMPTE)
    assert lien.fort


def test_un_lien_se_defait_et_le_dit() -> None:
    demande = deposer()
    signer()
    (lien,) = list_liens(COMPTE)
    moi = demandeur(COMPTE, territoire=demande.territoire, demande=demande.id)
    ailleurs = replace(moi, mandats=())
    with pytest.raises(Introuvable):
        detacher(
            lien.id, de=lien.demande_id, motif=FinRattachement.PERSONNE, acte=Acte(ailleurs, f.MAINTENANT)
        )
    with pytest.raises(Introuvable):
        detacher(
            uuid.uuid4(), de=lien.demande_id, motif=FinRattachement.PERSONNE, acte=Acte(moi, f.MAINTENANT)
        )
    for _ in range(2):
        detacher(lien.id, de=lien.demande_id, motif=FinRattachement.PERSONNE, acte=Acte(moi, f.MAINTENANT))
    connection.check_constraints()
    assert list_liens(COMPTE) == ()
    assert verbes(demande) == ["DETACHER", "RATTACHER"]


def test_qui_ne_change_pas_la_demande_ne_ferme_pas_l_acces() -> None:
    """Somebody who reads the file, and holds no right to change it."""
    deposer()
    signer()
    (lien,) = list_liens(COMPTE)
    lecteur = f.creer_acteur()
    lecteur = replace(
        lecteur,
        mandats=tuple(replace(m, permissions=frozenset({"DEMANDE_LIRE"})) for m in lecteur.mandats),
    )
    with pytest.raises(NonHabilite):
        detacher(lien.id, de=lien.demande_id, motif=FinRattachement.GUICHET, acte=Acte(lecteur, f.MAINTENANT))
    detacher(
        lien.id, de=lien.demande_id, motif=FinRattachement.GUICHET, acte=Acte(f.creer_acteur(), f.MAINTENANT)
    )
    assert list_liens(COMPTE) == ()


def test_toutes_les_adresses_l_apprennent_une_fois() -> None:
    demande = deposer()
    signer()
    entree = Entree.objects.get(demande=demande.id, verbe=VerbeRattachement.RATTACHER)
    for _ in range(2):
        annoncer(entree_id=str(entree.id), territoire=demande.territoire)
    messages = Message.objects.filter(demande=demande.id, genre="RATTACHEMENT")
    assert sorted(m.canal for m in messages) == ["COURRIEL", "LETTRE"]


@pytest.mark.parametrize(("violences", "raison"), [(True, "PROTEGEE"), (False, "PROTECTION_NEUVE")])
def test_d_une_demande_protegee_le_gestionnaire_le_dit_et_rien_ne_part(violences: bool, raison: str) -> None:
    """Said at the deposit, or just before the link by somebody who may be taking it over."""
    demande = deposer(**({"motifs": a.VIOLENCES} if violences else {}))
    if not violences:
        protegee = a.contenu(demandeur={"identite": NEE}, motifs=a.VIOLENCES)
        acte = Acte(f.creer_acteur(), f.MAINTENANT)
        modifier_demande(demande.id, contenu=protegee, revision=1, acte=acte)
    signer()
    entree = Entree.objects.get(demande=demande.id, verbe=VerbeRattachement.RATTACHER)
    for _ in range(2):
        annoncer(entree_id=str(entree.id), territoire=demande.territoire)
    connection.check_constraints()
    assert not Message.objects.filter(demande=demande.id, genre="RATTACHEMENT").exists()
    (avis,) = AvisChangement.objects.filter(origine=entree.id)
    assert (avis.raison, avis.par, avis.porte_le) == (raison, "en ligne, sur le portail", None)
    assert [phrase(code) for code in avis.codes] == [
        "Accès en ligne\u00a0: ouvert à quelqu’un dont l’État a vérifié l’identité"
    ]
    assert Attente.objects.filter(demande=demande.id, nature="AVIS_A_PORTER", id=avis.id).exists()


def test_rien_a_annoncer_d_une_entree_qui_n_est_plus() -> None:
    service = demandeur(COMPTE, territoire="099", demande=uuid.uuid4())
    annoncer_rattachement(uuid.uuid4(), acte=Acte(service, f.MAINTENANT))
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "ordre", ["DELETE FROM rattachement", "UPDATE rattachement SET compte = gen_random_uuid()"]
)
def test_un_lien_ne_s_efface_ni_ne_change_de_compte(ordre: str) -> None:
    deposer()
    signer()
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre)


def test_la_base_refuse_un_lien_sans_entree() -> None:
    demande = deposer()
    personne = demande.personnes.get()
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        Rattachement.objects.create(
            territoire=demande.territoire,
            demande=demande,
            personne=personne,
            identite_id=personne.identite_courante_id,
            compte=COMPTE,
            preuve="PIVOT",
            survenu_le=f.MAINTENANT,
        )
        connection.check_constraints()
