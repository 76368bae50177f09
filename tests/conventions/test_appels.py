"""A software calls: what lets it in, what refuses it at the very next call, who it is for the register."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings

from sne.conventions.actions import (
    AgentIllisible,
    AppelDit,
    AppelFait,
    CadenceDepassee,
    GuichetHorsConvention,
    PorteeManquante,
    appeler,
    appels,
    couvrir_guichet,
    fermer_portee,
    ligne_d_appel,
    noter_appel,
    noter_emission,
    purger_appels,
    regler_cadence,
    retablir_convention,
    revoquer_certificat,
    revoquer_cle,
    suspendre_convention,
)
from sne.conventions.models import Appel, Arret, Certificat, Cle, Convention
from sne.conventions.rules import cles
from sne.conventions.rules.cadences import Groupe
from sne.conventions.rules.portees import PORTEES, Portee, permissions_de, sans_certificat
from sne.conventions.selectors import AccesRefuse, get_echange, par_certificat, par_cle
from sne.habilitations.actions import retirer_habilitation
from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules import ROLES, MotifRetrait, Permission, Role
from sne.journal.models import Entree
from sne.socle.acte import Acte
from sne.socle.acteur import Canal
from sne.socle.erreurs import Interdit, NonHabilite
from sne.socle.horloge import aujourd_hui, maintenant
from tests.conventions.factories import (
    CERTIFICAT,
    GUICHET,
    TERRITOIRE,
    acte,
    appelant,
    certifier,
    cle_de,
    prete,
    signer,
)
from tests.habilitations.factories import creer_exploitation, creer_gestionnaire

pytestmark = pytest.mark.django_db


def _ici(texte: str) -> None:
    par_cle(texte, survenu_le=maintenant())


def test_the_actor_is_the_software_at_its_guichet_in_its_scopes():
    convention = Convention.objects.select_related("compte").get(pk=prete())
    qui = appelant(cle_de(convention.id)).acteur
    assert (qui.id, qui.canal, qui.guichet, qui.territoire) == (
        convention.compte_id,
        Canal.INTERFACE,
        GUICHET,
        TERRITOIRE,
    )
    assert [(m.role, m.permissions) for m in qui.mandats] == [
        (Role.EDITEUR, frozenset(map(str, ROLES[Role.EDITEUR].permissions)))
    ]
    assert qui.instantane() == {
        "id": str(convention.compte_id),
        "nom": "Logiciel Aurette Habitat, agent a-1043",
        "role": "EDITEUR",
        "guichet": GUICHET,
        "canal": "INTERFACE",
        "agent": "a-1043",
    }
    sans_agent = appelant(cle_de(convention.id), agent="").acteur
    assert (sans_agent.nom, "agent" in sans_agent.instantane()) == ("Logiciel Aurette Habitat", False)


def test_each_permission_of_the_role_is_in_one_scope():
    rangees = [p for contenu in PORTEES.values() for p in contenu.permissions]
    assert sorted(rangees) == sorted(ROLES[Role.EDITEUR].permissions)
    assert set(PORTEES) == set(Portee)


@pytest.mark.parametrize("portee", Portee)
def test_a_key_gives_its_scopes_and_asks_for_a_certificate_where_it_must(portee):
    convention = prete({portee, Portee.RECHERCHE, Portee.DEMANDES_LIRE})
    texte = cle_de(convention, [portee])
    seule, avec = par_cle(texte, survenu_le=maintenant()), appelant(texte)
    assert seule.portees == sans_certificat([portee])
    assert (avec.portees, avec.acteur.mandats[0].permissions) == (
        {portee},
        permissions_de(frozenset({portee})),
    )
    avec.exiger(portee)
    autre = next(p for p in Portee if p is not portee)
    with pytest.raises(PorteeManquante, match="la portée"):
        avec.exiger(autre)
    if not seule.portees:
        with pytest.raises(PorteeManquante, match="un certificat"):
            appeler(seule, AppelDit(Groupe.LECTURE, GUICHET), survenu_le=maintenant()).exiger(portee)


def test_a_certificate_alone_gives_every_scope_of_the_agreement():
    prete([Portee.DEMANDES_ECRIRE])
    identite = par_certificat(CERTIFICAT, survenu_le=maintenant())
    assert identite.portees == {Portee.DEMANDES_ECRIRE}


def test_what_is_not_a_key_is_refused_alike():
    convention = prete()
    texte = cle_de(convention)
    mal_copiee = texte[:-1] + ("a" if texte[-1] != "a" else "b")
    jamais_creee = cles.composer(cles.Environnement.PRODUCTION, "a" * 8, "b" * 32)
    phrases = set()
    for presentee in ("", "sne_prod_", mal_copiee, jamais_creee):
        with pytest.raises(AccesRefuse) as refus:
            _ici(presentee)
        phrases.add(refus.value.phrase)
    assert len(phrases) == 1
    with pytest.raises(AccesRefuse, match="pas enregistré"):
        par_certificat(b"x" * 32, survenu_le=maintenant())


def test_the_key_is_kept_nowhere():
    texte = cle_de(prete())
    ligne = Cle.objects.values_list().get()
    assert texte.split("_")[3] not in repr(ligne)
    assert texte not in repr(list(Entree.objects.filter(verbe="CREER_CLE").values_list()))


def test_production_and_ecole_refuse_each_other():
    texte = cle_de(prete())
    with override_settings(ECOLE=True):
        with pytest.raises(AccesRefuse, match="Production"):
            _ici(texte)
        with pytest.raises(AccesRefuse, match="Production"):
            par_certificat(CERTIFICAT, survenu_le=maintenant())
    with pytest.raises(AccesRefuse, match="École"):
        _ici(cles.composer(cles.Environnement.ECOLE, "a" * 8, "b" * 32))


def _revoquer(convention: uuid.UUID, exploitant: Compte) -> None:
    revoquer_cle(Cle.objects.get().id, acte=acte(exploitant))


def _suspendre(convention: uuid.UUID, exploitant: Compte) -> None:
    suspendre_convention(convention, motif="Clé volée", acte=acte(exploitant))


def _suspendre_ici(convention: uuid.UUID, _: Compte) -> None:
    suspendre_convention(
        convention, territoire=TERRITOIRE, motif="Saisies douteuses", acte=acte(creer_gestionnaire())
    )


def _decouvrir(convention: uuid.UUID, _: Compte) -> None:
    tenue = Habilitation.objects.get(compte__convention=convention)
    retirer_habilitation(tenue.id, motif=MotifRetrait.SECURITE, acte=acte(creer_gestionnaire()))


def _fermer(convention: uuid.UUID, exploitant: Compte) -> None:
    for portee in Portee:
        fermer_portee(convention, portee, acte=acte(exploitant))


def _retirer_le_certificat(_: uuid.UUID, exploitant: Compte) -> None:
    revoquer_certificat(Certificat.objects.get().id, acte=acte(exploitant))


@pytest.mark.parametrize(
    "fin", [_revoquer, _suspendre, _suspendre_ici, _decouvrir, _fermer, _retirer_le_certificat]
)
def test_a_right_that_ends_is_refused_at_the_next_call(fin):
    convention = prete()
    texte = cle_de(convention)
    assert appelant(texte).acteur.peut(Permission.DEMANDE_DEPOSER, TERRITOIRE, GUICHET)
    fin(convention, creer_exploitation())
    try:
        reste = appelant(texte).acteur.peut(Permission.DEMANDE_DEPOSER, TERRITOIRE, GUICHET)
    except (AccesRefuse, GuichetHorsConvention):
        reste = False
    assert reste is False


def test_a_key_and_a_certificate_end_on_their_day():
    convention = prete()
    texte = cle_de(convention, jours=30)
    with (
        time_machine.travel(maintenant() + timedelta(days=30)),
        pytest.raises(AccesRefuse, match="plus valable"),
    ):
        _ici(texte)
    with time_machine.travel(maintenant() + timedelta(days=366)), pytest.raises(AccesRefuse, match="ce jour"):
        par_certificat(CERTIFICAT, survenu_le=maintenant())


def test_a_stop_is_lifted_by_who_may_set_it():
    convention, exploitant = prete(), creer_exploitation()
    texte = cle_de(convention)
    _suspendre(convention, exploitant)
    with pytest.raises(AccesRefuse, match="suspendue"):
        _ici(texte)
    arret = Arret.objects.get()
    with pytest.raises(NonHabilite):
        retablir_convention(arret.id, acte=acte(creer_gestionnaire()))
    retablir_convention(arret.id, acte=acte(exploitant))
    assert appelant(texte).portees == set(Portee)
    with pytest.raises(Interdit, match="déjà levée"):
        retablir_convention(arret.id, acte=acte(exploitant))


def test_before_its_signature_nothing_may_be_called():
    exploitant = creer_exploitation()
    convention = signer(exploitant)
    certifier(convention, exploitant, creer_exploitation())
    avant = Convention.objects.filter(pk=convention)
    par_certificat(CERTIFICAT, survenu_le=maintenant())
    for champs, phrase in (
        ({"signee_le": None}, "pas signée"),
        ({"signee_le": None, "conforme_le": None}, "conformité"),
        ({"signee_le": None, "conforme_le": None, "adresse_verifiee_le": None}, "adresse"),
    ):
        avant.update(**champs)
        with pytest.raises(AccesRefuse, match=phrase):
            par_certificat(CERTIFICAT, survenu_le=maintenant())


def test_key_and_certificate_are_of_one_agreement():
    texte = cle_de(prete(empreinte=b"1" * 32))
    prete(empreinte=b"2" * 32)
    instant = maintenant()
    with pytest.raises(AccesRefuse, match="même convention"):
        par_cle(texte, survenu_le=instant, certificat=b"2" * 32)


def test_the_guichet_is_one_of_the_agreement():
    convention = prete()
    identite = par_certificat(CERTIFICAT, survenu_le=maintenant())
    for nomme in (GUICHET, f"{TERRITOIRE}/{GUICHET}"):
        assert (
            appeler(identite, AppelDit(Groupe.LECTURE, nomme), survenu_le=maintenant()).acteur.guichet
            == GUICHET
        )
    for ailleurs in ("G0001", "098/G0993", "x"):
        with pytest.raises(GuichetHorsConvention, match="pas de votre convention"):
            appeler(identite, AppelDit(Groupe.LECTURE, ailleurs), survenu_le=maintenant())
    partout = appeler(identite, AppelDit(Groupe.FLUX), survenu_le=maintenant()).acteur
    assert (partout.guichet, len(partout.mandats)) == ("", 1)
    deux = replace(identite, postes=(*identite.postes, replace(identite.postes[0], territoire="098")))
    with pytest.raises(GuichetHorsConvention, match="plusieurs territoires"):
        appeler(deux, AppelDit(Groupe.LECTURE, GUICHET), survenu_le=maintenant())
    assert convention


@pytest.mark.parametrize("agent", ["a" * 65, "anne.leroy@exemple.fr", "Anne Leroy", "é", "a\n"])
def test_an_agent_is_a_pseudonym(agent):
    prete()
    identite = par_certificat(CERTIFICAT, survenu_le=maintenant())
    with pytest.raises(AgentIllisible, match="sans adresse"):
        appeler(identite, AppelDit(Groupe.LECTURE, GUICHET, agent), survenu_le=maintenant())


def test_a_rate_is_of_one_agreement_and_one_group():
    convention = prete(empreinte=b"1" * 32)
    prete(empreinte=b"2" * 32)
    regler_cadence(convention, Groupe.RECHERCHE, 3, acte=acte(creer_exploitation()))
    instant = maintenant() + timedelta(minutes=1)
    une, autre = (par_certificat(e * 32, survenu_le=instant) for e in (b"1", b"2"))
    recherche = AppelDit(Groupe.RECHERCHE, GUICHET)
    restants = [appeler(une, recherche, survenu_le=instant).cadence.restant for _ in range(3)]
    assert restants == [2, 1, 0]
    with pytest.raises(CadenceDepassee) as refus:
        appeler(une, recherche, survenu_le=instant)
    assert refus.value.cadence.entetes() == {
        "RateLimit-Limit": "3",
        "RateLimit-Remaining": "0",
        "RateLimit-Reset": str(int((instant + timedelta(minutes=1)).timestamp()) + (instant.microsecond > 0)),
        "Retry-After": "20",
    }
    appeler(une, AppelDit(Groupe.LECTURE, GUICHET), survenu_le=instant)
    appeler(autre, recherche, survenu_le=instant)
    assert appeler(une, recherche, survenu_le=instant + timedelta(seconds=20)).cadence.restant == 0
    regler_cadence(convention, Groupe.RECHERCHE, None, acte=acte(creer_exploitation()))
    assert appeler(une, recherche, survenu_le=instant + timedelta(seconds=25)).cadence.limite > 3
    with pytest.raises(Interdit, match="Appels par minute"):
        regler_cadence(convention, Groupe.RECHERCHE, 0, acte=acte(creer_exploitation()))


def test_a_call_is_logged_without_a_body_and_forgotten():
    convention = prete()
    qui = appelant(cle_de(convention))
    fait = AppelFait("GET /demandes/{nud}", 200, 12, qui.acteur.correlation)
    for de in (qui, qui.identite):
        noter_appel(de, fait, survenu_le=maintenant())
    assert list(Appel.objects.order_by("id").values_list("guichet", "agent", "statut")) == [
        (GUICHET, "a-1043", 200),
        ("", "", 200),
    ]
    assert purger_appels(maintenant() + timedelta(days=30)) == 0
    assert purger_appels(maintenant() + timedelta(days=31)) == 2


def test_a_line_is_written_with_what_is_registered_where_the_log_is(monkeypatch):
    qui, instant = appelant(cle_de(prete())), maintenant()
    fait = AppelFait("numUniqueParametres", 200, 12, qui.acteur.correlation, "192.0.2.7")
    ligne = ligne_d_appel(qui, fait, survenu_le=instant)
    ligne.save(force_insert=True)
    noter_appel(qui, fait, survenu_le=instant)
    sienne, autre = Appel.objects.order_by("id").values()
    assert sienne | {"id": autre["id"]} == autre
    monkeypatch.setattr(appels, "plusieurs", lambda: True)
    monkeypatch.setattr(appels, "ici", lambda: "b")
    assert ligne_d_appel(qui, fait, survenu_le=instant) is None


def test_a_day_of_use_is_noted_once():
    convention = prete()
    texte = cle_de(convention)
    appelant(texte)
    cle, compte = Cle.objects.get(), Compte.objects.get(convention=convention)
    assert (cle.utilisee_le, compte.derniere_utilisation) == (
        aujourd_hui(),
        pytest.approx(maintenant(), abs=timedelta(minutes=1)),
    )


def test_an_agreement_keeps_its_own_reference_and_the_revision_that_it_was_given():
    une, autre = (Convention.objects.get(pk=prete(empreinte=e * 32)) for e in (b"1", b"2"))
    demande, instant = uuid.uuid4(), maintenant()
    qui = appeler(
        par_certificat(b"1" * 32, survenu_le=instant), AppelDit(Groupe.ECRITURE, GUICHET), survenu_le=instant
    ).acteur
    sien = Acte(qui, instant)
    noter_emission(une, demande, territoire=TERRITOIRE, reference="D-88231", acte=sien)
    noter_emission(une, demande, territoire=TERRITOIRE, revision=4, acte=sien)
    lu = get_echange(une.id, demande, territoire=TERRITOIRE)
    assert (lu.reference, lu.revision, lu.emise_le) == ("D-88231", 4, instant)
    assert get_echange(autre.id, demande, territoire=TERRITOIRE).reference == ""
    with pytest.raises(NonHabilite, match="pas la vôtre"):
        noter_emission(autre, demande, territoire=TERRITOIRE, reference="x", acte=sien)
    with pytest.raises(Interdit, match="Référence"):
        noter_emission(une, demande, territoire=TERRITOIRE, reference="x" * 51, acte=sien)


def test_a_guichet_is_covered_by_its_manager_once_it_is_signed():
    exploitant, gestionnaire = creer_exploitation(), creer_gestionnaire()
    convention = signer(exploitant)
    Convention.objects.filter(pk=convention).update(signee_le=None)
    with pytest.raises(Interdit, match="signée"):
        couvrir_guichet(convention, TERRITOIRE, GUICHET, acte=acte(gestionnaire))
