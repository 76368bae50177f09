"""Agreements: who may do what, what each step waits for, what is refused, what the journal keeps."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from sne.conventions.actions import (
    NouveauCertificat,
    NouvelleConvention,
    Pas,
    couvrir_guichet,
    creer_cle,
    decider_certificat,
    fermer_portee,
    noter_pas,
    ouvrir_convention,
    ouvrir_portee,
    prevenir_fins_de_cle,
    proposer_certificat,
    regler_cadence,
    regler_convention,
    retablir_convention,
    revoquer_certificat,
    revoquer_cle,
    suspendre_convention,
)
from sne.conventions.models import Arret, Certificat, Cle, Convention, PorteeOuverte
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.etapes import Etape
from sne.conventions.rules.portees import Portee
from sne.conventions.rules.reglages import Attestation, Reglages
from sne.conventions.selectors import get_page, list_appels, list_conventions
from sne.conventions.tasks import passer_la_nuit
from sne.conventions.verbes import VerbeConvention
from sne.habilitations.models import Compte
from sne.habilitations.rules import Permission, Role
from sne.habilitations.rules.carences import Lieu
from sne.habilitations.selectors import list_titulaires
from sne.habilitations.selectors.departs import list_collegues
from sne.journal.models import Entree
from sne.notifications.models import MessageAgent
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import aujourd_hui, maintenant
from tests.conventions.factories import (
    CERTIFICAT,
    GUICHET,
    TERRITOIRE,
    acte,
    acteur,
    certifier,
    cle_de,
    organisme,
    ouvrir,
    prete,
    signer,
)
from tests.habilitations import factories as f

pytestmark = pytest.mark.django_db
DEMAIN = timedelta(days=1)
PERSONNES: dict[Role, Callable[[], Compte]] = {
    Role.AGENT_GUICHET: f.creer_agent,
    Role.RESPONSABLE_GUICHET: f.creer_responsable,
    Role.GESTIONNAIRE_TERRITORIAL: f.creer_gestionnaire,
    Role.SUPPORT_N1: f.creer_support,
    Role.EXPLOITATION_NATIONALE: f.creer_exploitation,
    Role.DPO: f.creer_dpo,
    Role.AIDANT: f.creer_aidant,
    Role.COORDINATION_DEPARTEMENTALE: f.creer_coordination_departementale,
    Role.COORDINATION_REGIONALE: f.creer_coordination_regionale,
    Role.ASSOCIATION_HLM: f.creer_association_hlm,
    Role.UNION_HLM: f.creer_union_hlm,
    Role.POLE_METIER: f.creer_pole_metier,
    Role.GESTIONNAIRE_FICHIERS_PARTAGES: f.creer_gestionnaire_de_fichiers,
}
X, G = Role.EXPLOITATION_NATIONALE, Role.GESTIONNAIRE_TERRITORIAL


def _certificat(empreinte: bytes = b"9" * 32, jours: int = 90) -> NouveauCertificat:
    le = aujourd_hui()
    return NouveauCertificat(empreinte, "CN=essais", le - timedelta(days=10), le + timedelta(days=jours))


def _en_attente(convention: uuid.UUID) -> uuid.UUID:
    return proposer_certificat(convention, _certificat(), acte=acte(f.creer_exploitation()))


def _arret(convention: uuid.UUID) -> uuid.UUID:
    return suspendre_convention(
        convention, territoire=TERRITOIRE, motif="x", acte=acte(f.creer_gestionnaire())
    )


ACTES: dict[str, tuple[Callable[[uuid.UUID, Acte], Any], set[Role]]] = {
    "ouvrir": (
        lambda _, a: ouvrir_convention(
            NouvelleConvention("Autre", organisme(), "b@editeur.exemple.fr"), acte=a
        ),
        {X},
    ),
    "etape": (lambda c, a: noter_pas(c, Pas.CONFORMITE, le=aujourd_hui(), acte=a), {X}),
    "signature": (lambda c, a: noter_pas(c, Pas.SIGNATURE, le=aujourd_hui(), acte=a), {X}),
    "regler": (lambda c, a: regler_convention(c, Reglages(piece_vue=True), acte=a), {X}),
    "cadence": (lambda c, a: regler_cadence(c, Groupe.FLUX, 7, acte=a), {X}),
    "portee": (lambda c, a: ouvrir_portee(c, Portee.DALO_LIRE, acte=a), {X}),
    "fermer": (lambda c, a: fermer_portee(c, Portee.RECHERCHE, acte=a), {X}),
    "cle": (lambda c, a: creer_cle(c, [Portee.RECHERCHE], fin=aujourd_hui() + DEMAIN, acte=a), {X}),
    "certificat": (lambda c, a: proposer_certificat(c, _certificat(b"8" * 32), acte=a), {X}),
    "decider": (lambda c, a: decider_certificat(_en_attente(c), confirme=True, acte=a), {X}),
    "revoquer-certificat": (
        lambda c, a: revoquer_certificat(Certificat.objects.get(empreinte=CERTIFICAT).id, acte=a),
        {X, G},
    ),
    "revoquer-cle": (lambda c, a: revoquer_cle(Cle.objects.get().id, acte=a), {X, G}),
    "suspendre": (lambda c, a: suspendre_convention(c, motif="x", acte=a), {X}),
    "suspendre-ici": (lambda c, a: suspendre_convention(c, territoire=TERRITOIRE, motif="x", acte=a), {X, G}),
    "retablir": (lambda c, a: retablir_convention(_arret(c), acte=a), {X, G}),
    "guichet": (
        lambda c, a: couvrir_guichet(c, TERRITOIRE, "G0991", fin=aujourd_hui() + DEMAIN, acte=a),
        {X, G},
    ),
}


@pytest.fixture
def convention() -> uuid.UUID:
    cle = prete([Portee.RECHERCHE])
    cle_de(cle, [Portee.RECHERCHE])
    return cle


def test_who_may_do_what(convention: uuid.UUID) -> None:
    personnes = {role: acteur(creer()) for role, creer in PERSONNES.items()}
    for nom, (faire, permis) in ACTES.items():
        for role, qui in personnes.items():
            avant = Entree.objects.count()
            with transaction.atomic():
                try:
                    faire(convention, Acte(qui, maintenant()))
                    fait = True
                except (NonHabilite, Introuvable):
                    fait = False
                transaction.set_rollback(True)
            assert fait is (role in permis), (nom, role)
            assert Entree.objects.count() == avant


def test_who_sees_an_agreement(convention: uuid.UUID) -> None:
    lecteurs = {Role.EXPLOITATION_NATIONALE, G, Role.GESTIONNAIRE_FICHIERS_PARTAGES}
    for role, creer in PERSONNES.items():
        vues = [b.convention.id for b in list_conventions(acteur(creer()), le=aujourd_hui())]
        assert vues == ([convention] if role in lecteurs else []), role


def test_of_another_territory_nothing_is_seen_but_by_body() -> None:
    convention = prete([])
    ailleurs = acteur(f.creer_gestionnaire("974"))
    with pytest.raises(Introuvable):
        get_page(convention, ailleurs, le=aujourd_hui())
    with pytest.raises(Introuvable):
        revoquer_certificat(Certificat.objects.get().id, acte=Acte(ailleurs, maintenant()))
    with pytest.raises(Introuvable):
        list_appels(convention, ailleurs, le=aujourd_hui())
    for faire, phrase in (
        (lambda a: revoquer_cle(uuid.uuid4(), acte=a), "clé"),
        (lambda a: revoquer_certificat(uuid.uuid4(), acte=a), "certificat"),
        (lambda a: retablir_convention(uuid.uuid4(), acte=a), "suspension"),
    ):
        with pytest.raises(Introuvable, match=phrase):
            faire(Acte(ailleurs, maintenant()))


def test_a_manager_stops_only_at_home(convention: uuid.UUID) -> None:
    gt = acte(f.creer_gestionnaire())
    with pytest.raises(Introuvable, match="aucun guichet"):
        suspendre_convention(convention, territoire="974", motif="x", acte=gt)
    with pytest.raises(Interdit, match="Motif"):
        suspendre_convention(convention, territoire=TERRITOIRE, motif=" ", acte=gt)
    suspendre_convention(convention, territoire=TERRITOIRE, motif="x", acte=gt)
    with pytest.raises(Interdit, match="déjà suspendue"):
        suspendre_convention(convention, territoire=TERRITOIRE, motif="x", acte=gt)
    exploitant = acte(f.creer_exploitation())
    ailleurs = suspendre_convention(convention, territoire="974", motif="x", acte=exploitant)
    with pytest.raises(Introuvable, match="votre territoire"):
        retablir_convention(ailleurs, acte=gt)
    page = get_page(convention, gt.acteur, le=aujourd_hui())
    assert (page.etape, [a.territoire for a in page.arrets]) == (Etape.SUSPENDUE, [TERRITOIRE])
    assert get_page(convention, exploitant.acteur, le=aujourd_hui()).etape is Etape.OUVERTE
    assert Arret.objects.count() == 2


def test_steps_come_one_after_the_other() -> None:
    exploitant, autre = f.creer_exploitation(), f.creer_exploitation()
    cle, qui = ouvrir(exploitant), acte(exploitant)

    def etape() -> Etape:
        return get_page(cle, qui.acteur, le=aujourd_hui()).etape

    assert etape() is Etape.CONFORMITE
    with pytest.raises(Interdit, match="conformité"):
        noter_pas(cle, Pas.SIGNATURE, le=aujourd_hui(), acte=qui)
    with pytest.raises(Interdit, match="à venir"):
        noter_pas(cle, Pas.CONFORMITE, le=aujourd_hui() + DEMAIN, acte=qui)
    noter_pas(cle, Pas.CONFORMITE, le=aujourd_hui(), acte=qui)
    assert etape() is Etape.SIGNATURE
    with pytest.raises(Interdit, match="signée"):
        proposer_certificat(cle, _certificat(), acte=qui)
    noter_pas(cle, Pas.SIGNATURE, le=aujourd_hui(), acte=qui)
    assert etape() is Etape.GUICHETS
    couvrir_guichet(cle, TERRITOIRE, GUICHET, acte=acte(f.creer_gestionnaire()))
    assert etape() is Etape.CERTIFICAT
    with pytest.raises(Interdit, match="Aucun certificat"):
        ouvrir_portee(cle, Portee.RECHERCHE, acte=qui)
    certifier(cle, exploitant, autre)
    assert etape() is Etape.PORTEES
    ouvrir_portee(cle, Portee.RECHERCHE, acte=qui)
    assert etape() is Etape.OUVERTE
    with pytest.raises(Interdit, match="déjà ouverte"):
        ouvrir_portee(cle, Portee.RECHERCHE, acte=qui)
    fermer_portee(cle, Portee.RECHERCHE, acte=qui)
    with pytest.raises(Interdit, match="pas ouverte"):
        fermer_portee(cle, Portee.RECHERCHE, acte=qui)


def test_at_the_ecole_there_is_neither_signature_nor_certificate(settings: Any) -> None:
    settings.ECOLE = True
    exploitant = f.creer_exploitation()
    cle = ouvrir(exploitant)
    couvrir_guichet(cle, TERRITOIRE, GUICHET, acte=acte(exploitant))
    ouvrir_portee(cle, Portee.RECHERCHE, acte=acte(exploitant))
    assert cle_de(cle, [Portee.RECHERCHE]).startswith("sne_ecole_")
    assert get_page(cle, acteur(exploitant), le=aujourd_hui()).etape is Etape.OUVERTE
    Convention.objects.update(adresse_verifiee_le=None)
    f.dire(VerbeConvention.REGLER_CONVENTION, convention=cle)
    assert get_page(cle, acteur(exploitant), le=aujourd_hui()).etape is Etape.ADRESSE


def test_a_certificate_takes_two_persons() -> None:
    exploitant, autre = f.creer_exploitation(), f.creer_exploitation()
    convention = signer(exploitant)
    cle = proposer_certificat(convention, _certificat(), acte=acte(exploitant))
    with pytest.raises(Interdit, match="Une autre personne"):
        decider_certificat(cle, confirme=True, acte=acte(exploitant))
    with pytest.raises(Interdit, match="pas en vigueur"):
        revoquer_certificat(cle, acte=acte(autre))
    with pytest.raises(Interdit, match="déjà enregistré"):
        proposer_certificat(convention, _certificat(), acte=acte(autre))
    decider_certificat(cle, confirme=False, acte=acte(autre))
    with pytest.raises(Interdit, match="déjà été donnée"):
        decider_certificat(cle, confirme=True, acte=acte(f.creer_exploitation()))
    nouveau = proposer_certificat(convention, _certificat(), acte=acte(autre))
    with pytest.raises(DatabaseError, match="deux_personnes"), transaction.atomic():
        Certificat.objects.filter(pk=nouveau).update(
            issue="CONFIRME", decideur=autre.id, decide_par={}, clos_le=maintenant()
        )
    for mauvais, phrase in (
        (replace(_certificat(), empreinte=b"court"), "Empreinte"),
        (_certificat(b"7" * 32, jours=0), "plus valable"),
        (replace(_certificat(b"7" * 32), debut=_certificat().fin), "plus valable"),
    ):
        with pytest.raises(Interdit, match=phrase):
            proposer_certificat(convention, mauvais, acte=acte(autre))


def test_keys_are_two_and_a_year_at_most(convention: uuid.UUID) -> None:
    qui = acte(f.creer_exploitation())
    for portees, jours, phrase in (
        ([], 30, "Portées"),
        ([Portee.DALO_LIRE], 30, "Portées"),
        ([Portee.RECHERCHE], 0, "Fin"),
        ([Portee.RECHERCHE], 366, "Fin"),
    ):
        with pytest.raises(Interdit, match=phrase):
            creer_cle(convention, portees, fin=aujourd_hui() + timedelta(days=jours), acte=qui)
    une = Cle.objects.get()
    assert "sne_" not in repr(
        creer_cle(convention, [Portee.RECHERCHE], fin=aujourd_hui() + timedelta(days=365), acte=qui)
    )
    with pytest.raises(Interdit, match="déjà 2 clés"):
        creer_cle(convention, [Portee.RECHERCHE], fin=aujourd_hui() + DEMAIN, acte=qui)
    revoquer_cle(une.id, acte=qui)
    with pytest.raises(Interdit, match="déjà révoquée"):
        revoquer_cle(une.id, acte=qui)
    assert cle_de(convention, [Portee.RECHERCHE])
    with pytest.raises(DatabaseError, match="fin est déjà écrite"), transaction.atomic():
        Cle.objects.filter(pk=une.id).update(revoquee_par=None, revoquee_le=None)


def test_a_vendor_is_told_at_sixty_thirty_and_seven_days(convention: uuid.UUID) -> None:
    depart, dits = maintenant(), []
    for jours in range(200):
        with time_machine.travel(depart + timedelta(days=jours)):
            dits += [200 - jours] * prevenir_fins_de_cle(maintenant())
    assert dits == [60, 30, 7]
    assert MessageAgent.objects.filter(genre="CLE_A_ECHOIR").count() == 3
    assert [
        e.faits["jours"]
        for e in Entree.objects.filter(verbe="PREVENIR_FIN_DE_CLE").order_by("inscrit_le", "survenu_le")
    ] == [60, 30, 7]


def test_after_an_outage_one_notice_says_the_nearest_delay(convention: uuid.UUID) -> None:
    with time_machine.travel(maintenant() + timedelta(days=139)):
        assert passer_la_nuit(0) == 0
    with time_machine.travel(maintenant() + timedelta(days=195)):
        assert [passer_la_nuit(0), passer_la_nuit(0)] == [1, 0]
        assert Cle.objects.get().avis_jours == 7


def test_what_has_to_be_done_soon_is_said(convention: uuid.UUID) -> None:
    qui = acteur(f.creer_gestionnaire())
    assert list_conventions(qui, le=aujourd_hui())[0].retards == ()
    bientot = aujourd_hui() + timedelta(days=180)
    (ligne,) = list_conventions(qui, le=bientot)
    assert [r.partition("\u00a0")[0] for r in ligne.retards] == ["Dernière clé"]
    assert ligne.etape_dite == "Ouverte"
    page = get_page(convention, qui, le=aujourd_hui())
    assert (page.etape_dite, page.portees_dites) == ("Ouverte", ((Portee.RECHERCHE, "chercher une demande"),))
    assert [(g.territoire, g.fin, g.suspendu) for g in page.guichets] == [(TERRITOIRE, None, False)]


def test_a_software_is_nobody_to_hand_work_to(convention: uuid.UUID) -> None:
    agent, le = f.creer_agent(), aujourd_hui()
    assert list_collegues(agent.id, [Lieu(TERRITOIRE, GUICHET)], le=le) == ()
    titulaires = list_titulaires(Permission.DEMANDE_DEPOSER, territoire=TERRITOIRE, le=le)
    assert [t.personne for t in titulaires] == [agent.id]


def test_settings_are_told_once(convention: uuid.UUID) -> None:
    qui = acte(f.creer_exploitation())
    voulus = Reglages(attestation=Attestation.SUR_DEMANDE, preuve_gardee=True)
    for _ in range(2):
        regler_convention(convention, voulus, acte=qui)
    dites = Entree.objects.filter(verbe="REGLER_CONVENTION", faits__has_key="reglages")
    assert [e.faits["reglages"]["attestation"] for e in dites] == ["SUR_DEMANDE"]


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"editeur": " "}, "editeur"),
        ({"editeur": "x" * 71}, "editeur"),
        ({"organisme": "000000000"}, "organisme"),
        ({"courriel": "sans-arobase"}, "courriel"),
    ],
)
def test_an_agreement_names_its_vendor_its_body_and_an_address(champs: dict[str, str], champ: str) -> None:
    nouvelle = replace(NouvelleConvention("Éditeur", organisme(), "a@editeur.exemple.fr"), **champs)
    with pytest.raises(Interdit) as refus:
        ouvrir_convention(nouvelle, acte=acte(f.creer_exploitation()))
    assert refus.value.champ == champ
    assert not Convention.objects.exists()


def test_every_write_is_told_or_refused_by_the_database(convention: uuid.UUID) -> None:
    """What changes a row without an entry is refused at commit."""
    for modele, champs in (
        (PorteeOuverte, {"fermee_par": uuid.uuid4(), "fermee_le": maintenant()}),
        (Cle, {"revoquee_par": uuid.uuid4(), "revoquee_le": maintenant()}),
        (Cle, {"avis_jours": 60}),
        (Certificat, {"revoque_par": uuid.uuid4(), "revoque_le": maintenant()}),
    ):
        with pytest.raises(DatabaseError, match="journal"), transaction.atomic():
            modele.objects.update(**champs)
            connection.check_constraints()
