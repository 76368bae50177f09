"""Renewing: one more year, the same number and seniority, within its window, once per draft, by whoever may."""

from datetime import date, timedelta
from decimal import Decimal
from unittest import mock

import pytest
from django.db import connection

from sne.habilitations.rules import SYSTEME, Permission, Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Identite, Personne, TitreAnciennete
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.refus import ControleEnCours, DepotIncomplet
from sne.registre.demande.selectors.etat import etat
from sne.registre.depot.actions.reprendre import Reprise, reprendre_demandes
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.lecture.selectors.fiche import Fiche, list_derniers_actes
from sne.registre.modification.actions.brouillons import abandonner_brouillon, enregistrer_brouillon
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie, reconcilier
from sne.registre.modification.models import Brouillon
from sne.registre.modification.rules.fusion import Cote
from sne.registre.modification.selectors.brouillons import get_brouillon, get_renouvellement, list_brouillons
from sne.registre.vie.actions.renouveler import (
    Renouvellement,
    essayer_renouvellement,
    ouvrir_renouvellement,
    renouveler_demande,
)
from sne.registre.vie.rules.renouvellement import ConfirmationAttendue, RenouvellementFerme
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from sne.socle.erreurs import ConflitDeRevision, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.factories import midi
from tests.registre.modification.test_modifier import avec_identite

pytestmark = pytest.mark.django_db
DEPOT = date(2025, 12, 10)
ANNEE = date(2027, 11, 23)  # last day of a year that starts on 24 November 2026


def deposee_le(jour: date = DEPOT, **autres: object) -> Fiche:
    """A demande deposited on that day, as an agent of the tests' day reads it."""
    agent = f.creer_acteur()
    recepisse = f.deposer(acteur=agent, le=midi(jour), date_reception=jour, **autres)
    return consulter_demande(recepisse.nud, acte=Acte(agent, f.MAINTENANT))


@pytest.fixture
def agent() -> Acteur:
    return f.creer_acteur(guichet="G0991")


@pytest.fixture
def fiche() -> Fiche:
    return deposee_le()


def renouveler(
    fiche: Fiche, agent: Acteur, *, contenu: Contenu | None = None, **autres: object
) -> Renouvellement:
    options = {"survenu_le": f.MAINTENANT, "sans_changement": True, "nirs": {}, "revision": 1} | autres
    acte = Acte(agent, options.pop("survenu_le"))
    saisie = Saisie(contenu or fiche.contenu, options.pop("revision"), options.pop("nirs"))
    resultat = renouveler_demande(fiche.demande.id, saisie=saisie, acte=acte, **options)
    connection.check_constraints()
    return resultat


def avec_loyer(fiche: Fiche, montant: int = 650) -> Contenu:
    souhaits = fiche.contenu.souhaits.model_copy(update={"loyer_maximum": Decimal(montant)})
    return fiche.contenu.model_copy(update={"souhaits": souhaits})


def test_one_more_year_from_today_under_the_same_number(fiche: Fiche, agent: Acteur) -> None:
    assert renouveler(fiche, agent) == Renouvellement(
        fiche.demande.id, fiche.demande.nud, 2, f.AUJOURD_HUI, ANNEE
    )
    demande = Demande.objects.get(id=fiche.demande.id)
    assert (demande.statut, demande.date_dernier_renouvellement, demande.date_expiration) == (
        "ACTIVE",
        f.AUJOURD_HUI,
        ANNEE,
    )
    assert (demande.nud, demande.date_depot, demande.guichet_gestionnaire) == (
        fiche.demande.nud,
        DEPOT,
        "G0993",
    )
    assert [t.date_depot for t in TitreAnciennete.objects.filter(demande=demande)] == [DEPOT]


def test_renewal_is_one_version_and_one_entry_of_its_own(fiche: Fiche, agent: Acteur) -> None:
    renouveler(fiche, agent, contenu=avec_loyer(fiche), sans_changement=False)
    version = Version.objects.get(demande=fiche.demande.id, numero=2)
    assert (version.date_expiration, version.date_dernier_renouvellement) == (ANNEE, f.AUJOURD_HUI)
    entree = Entree.objects.get(demande=fiche.demande.id, verbe="RENOUVELER")
    assert entree.revision == 2
    assert {nom: fait for nom, fait in entree.faits.items() if nom != "engagements"} == {
        "version": str(version.id),
        "numero": fiche.demande.nud,
        "champs": ["souhaits.loyer_maximum"],
        "date_expiration": "2027-11-23",
        "sans_changement": False,
    }
    lue = consulter_demande(fiche.demande.nud, acte=Acte(agent, f.MAINTENANT))
    acte = next(ligne for ligne in list_derniers_actes(lue) if ligne.verbe == "RENOUVELER")
    assert (acte.libelle, acte.guichet) == ("Demande renouvelée", "G0991")
    assert [(c.champ, c.avant, c.apres) for c in acte.changements] == [
        ("souhaits.loyer_maximum", None, "650")
    ]


def test_a_trial_says_what_would_be_and_writes_nothing(fiche: Fiche, agent: Acteur) -> None:
    saisie, acte = Saisie(avec_loyer(fiche), 1, {}), Acte(agent, f.MAINTENANT)
    entrees = Entree.objects.count()
    assert not essayer_renouvellement(fiche.demande.id, saisie, acte=acte)
    assert (Entree.objects.count(), Demande.objects.get().revision) == (entrees, 1)


def test_state_before_renewal_is_still_there(fiche: Fiche, agent: Acteur) -> None:
    renouveler(fiche, agent)
    avant = etat(fiche.demande.nud, f.MAINTENANT - timedelta(hours=1), acteur=agent)
    assert (avant.revision, avant.date_expiration) == (1, date(2026, 12, 9))


def test_nothing_changed_is_a_confirmation(fiche: Fiche, agent: Acteur) -> None:
    with pytest.raises(ConfirmationAttendue, match="Confirmez avec la personne"):
        renouveler(fiche, agent, sans_changement=False)
    assert Demande.objects.get(id=fiche.demande.id).revision == 1
    renouveler(fiche, agent)
    assert Entree.objects.get(demande=fiche.demande.id, verbe="RENOUVELER").faits["sans_changement"] is True


@pytest.mark.parametrize(
    ("depot", "renouvelable"),
    [
        (date(2026, 1, 25), False),  # valid until 24 January: the window opens tomorrow
        (date(2026, 1, 24), True),
        (date(2025, 11, 24), True),  # expired yesterday
        (date(2025, 10, 25), True),  # thirteen months tomorrow: the last day
        (date(2025, 10, 24), True),  # thirteen months today, and nobody struck it off yet
        (date(2025, 5, 24), True),  # eighteen months today
        (date(2025, 5, 23), False),
    ],
)
def test_window(agent: Acteur, depot: date, renouvelable: bool) -> None:
    fiche = deposee_le(depot)
    if renouvelable:
        assert renouveler(fiche, agent).date_expiration == ANNEE
        return
    with pytest.raises(RenouvellementFerme):
        renouveler(fiche, agent)
    assert Demande.objects.get(id=fiche.demande.id).revision == 1
    with pytest.raises(RenouvellementFerme):
        ouvrir_renouvellement(fiche.demande.id, acte=Acte(agent, f.MAINTENANT))


def test_second_renewal_waits_for_the_next_window(fiche: Fiche, agent: Acteur) -> None:
    renouveler(fiche, agent)
    with pytest.raises(RenouvellementFerme, match="Le renouvellement ouvre le 24/09/2027"):
        renouveler(fiche, agent, revision=2)
    un_an_apres = midi(date(2027, 11, 1))
    assert renouveler(fiche, agent, revision=2, survenu_le=un_an_apres).date_expiration == date(2028, 10, 31)


def test_expired_comes_back_active(agent: Acteur) -> None:
    nud = _reprendre(DEPOT, statut=Statut.EXPIREE, statut_le=date(2026, 11, 1))
    fiche = consulter_demande(nud, acte=Acte(agent, f.MAINTENANT))
    renouveler(fiche, agent, revision=2)
    assert Demande.objects.get(nud=nud).statut == "ACTIVE"


def test_taken_over_and_renewed_here_have_the_same_dates(fiche: Fiche, agent: Acteur) -> None:
    """A renewal of a former system counts as one made here on that day."""
    renouveler(fiche, agent)
    ici = Demande.objects.get(id=fiche.demande.id)
    ailleurs = Demande.objects.get(nud=_reprendre(DEPOT, renouvellements=(f.AUJOURD_HUI,)))
    colonnes = ("statut", "revision", "date_depot", "date_dernier_renouvellement", "date_expiration")
    assert [getattr(ici, c) for c in colonnes] == [getattr(ailleurs, c) for c in colonnes]


def _reprendre(depot: date, **suite: object) -> str:
    permissions = frozenset({str(Permission.DEMANDE_DEPOSER)})
    mandat = Mandat("REPRISE", permissions, Perimetre("099"))
    systeme = Acteur(id=SYSTEME, nom="Reprise", canal=Canal.SYSTEME, mandats=(mandat,))
    reprise = Reprise(
        f.depot(f.contenu(demandeur=f.personne("Aubry", "Louise")), date_reception=depot), **suite
    )
    return next(iter(reprendre_demandes([reprise], acteur=systeme).values()))


def test_protected_change_waits_and_the_renewal_counts(fiche: Fiche, agent: Acteur) -> None:
    renouveler(fiche, agent, contenu=avec_identite(fiche.contenu, nom_naissance="Morel"))
    lue = consulter_demande(fiche.demande.nud, acte=Acte(agent, f.MAINTENANT))
    assert lue.demande.date_expiration == ANNEE
    assert lue.personnes[0].identite.nom_naissance == "Dubreuil"
    assert lue.personnes[0].en_attente.identite.nom_naissance == "Morel"
    assert Identite.objects.get(demande=fiche.demande.id, voie="CONTROLE").survenu_le == f.MAINTENANT
    assert Entree.objects.filter(demande=fiche.demande.id, verbe="PROPOSER_IDENTITE", revision=2).count() == 1


def test_another_proposal_while_one_waits_renews_nothing(fiche: Fiche, agent: Acteur) -> None:
    modifier_demande(
        fiche.demande.id,
        contenu=avec_identite(fiche.contenu, nom_naissance="Morel"),
        revision=1,
        acte=Acte(agent, f.MAINTENANT),
    )
    with pytest.raises(ControleEnCours):
        renouveler(fiche, agent, contenu=avec_identite(fiche.contenu, nom_naissance="Autre"), revision=2)
    assert Demande.objects.get(id=fiche.demande.id).date_dernier_renouvellement is None


def test_nir_given_at_renewal_is_kept(fiche: Fiche, agent: Acteur) -> None:
    renouveler(fiche, agent, nirs={"demandeur": f.nir_de(date(1987, 3, 14))})
    lue = consulter_demande(fiche.demande.nud, acte=Acte(agent, f.MAINTENANT))
    assert lue.personnes[0].nir_masque == "2 87 03 •• ••• ••• ••"


def test_new_blocking_anomaly_is_refused(fiche: Fiche, agent: Acteur) -> None:
    sans_type = fiche.contenu.souhaits.model_copy(update={"types_logement": ()})
    with pytest.raises(DepotIncomplet):
        renouveler(fiche, agent, contenu=fiche.contenu.model_copy(update={"souhaits": sans_type}))


def test_somebody_changed_the_file_meanwhile(fiche: Fiche, agent: Acteur) -> None:
    """What does not collide with their change is put together; the same field on both sides is a conflict."""
    modifier_demande(fiche.demande.id, contenu=avec_loyer(fiche), revision=1, acte=Acte(agent, f.MAINTENANT))
    souhaits = fiche.contenu.souhaits.model_copy(update={"loyer_maximum": Decimal(500)})
    with pytest.raises(ConflitDeRevision):
        renouveler(fiche, agent, contenu=fiche.contenu.model_copy(update={"souhaits": souhaits}))
    fait = renouveler(fiche, agent)
    assert (fait.revision, fait.meles) == (3, ("souhaits.loyer_maximum",))
    relue = consulter_demande(fiche.demande.nud, acte=Acte(agent, f.MAINTENANT))
    assert relue.contenu == avec_loyer(fiche)


def test_collision_refused_as_a_modification_is(fiche: Fiche, agent: Acteur) -> None:
    """Same refusal, same words; nothing is written; the side chosen is then renewed on what was seen."""
    modifier_demande(fiche.demande.id, contenu=avec_loyer(fiche), revision=1, acte=Acte(agent, f.MAINTENANT))
    souhaits = fiche.contenu.souhaits.model_copy(update={"loyer_maximum": Decimal(500)})
    contenu = fiche.contenu.model_copy(update={"souhaits": souhaits})
    with pytest.raises(ConflitDeRevision) as renouvele:
        renouveler(fiche, agent, contenu=contenu)
    with pytest.raises(ConflitDeRevision) as modifie:
        modifier_demande(fiche.demande.id, contenu=contenu, revision=1, acte=Acte(agent, f.MAINTENANT))
    assert renouvele.value.phrase == modifie.value.phrase
    assert Version.objects.filter(demande=fiche.demande.id).count() == 2
    reunie = reconcilier(
        Saisie(contenu, 1),
        base=fiche.contenu,
        dossier=avec_loyer(fiche),
        revision=2,
        le=f.AUJOURD_HUI,
        choix={"souhaits.loyer_maximum": Cote.SAISIE},
    )
    assert renouveler(fiche, agent, contenu=reunie.saisie.contenu, revision=2).meles == ()
    relue = consulter_demande(fiche.demande.nud, acte=Acte(agent, f.MAINTENANT))
    assert relue.contenu.souhaits.loyer_maximum == 500


@pytest.mark.parametrize("role", [Role.SUPPORT_N1, Role.DPO, Role.EXPLOITATION_NATIONALE])
def test_readers_renew_nothing(fiche: Fiche, role: Role) -> None:
    lecteur = f.creer_acteur(role)
    with pytest.raises(NonHabilite, match="renouveler"):
        renouveler(fiche, lecteur)
    with pytest.raises(NonHabilite):
        ouvrir_renouvellement(fiche.demande.id, acte=Acte(lecteur, f.MAINTENANT))


def test_gt_renews_and_types_no_name(fiche: Fiche) -> None:
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    with pytest.raises(NonHabilite, match="nom d’usage"):
        renouveler(fiche, gt, contenu=avec_identite(fiche.contenu, nom_usage="Haddad"))
    assert renouveler(fiche, gt, contenu=avec_loyer(fiche)).revision == 2


def test_another_territory_sees_nothing(fiche: Fiche) -> None:
    ailleurs = f.creer_acteur(territoire="02B", guichet="GD2B1")
    with pytest.raises(Introuvable):
        renouveler(fiche, ailleurs)
    with pytest.raises(Introuvable):
        ouvrir_renouvellement(fiche.demande.id, acte=Acte(ailleurs, f.MAINTENANT))


def test_journal_failure_leaves_nothing_behind(fiche: Fiche, agent: Acteur) -> None:
    brouillon = ouvrir_renouvellement(fiche.demande.id, acte=Acte(agent, f.MAINTENANT))
    with (
        mock.patch.object(journal, "inscrire_en_lot", side_effect=RuntimeError("journal")),
        pytest.raises(RuntimeError),
    ):
        renouveler(fiche, agent, contenu=avec_identite(fiche.contenu, nom_usage="X"), brouillon_id=brouillon)
    assert Demande.objects.get(id=fiche.demande.id).revision == 1
    assert Version.objects.filter(demande=fiche.demande.id).count() == 1
    assert Personne.objects.get(demande=fiche.demande.id).identite_courante.nom_usage == ""
    assert Brouillon.objects.filter(id=brouillon).exists()


def test_draft_renews_once_however_often_it_is_handed_in(fiche: Fiche, agent: Acteur) -> None:
    brouillon = ouvrir_renouvellement(fiche.demande.id, acte=Acte(agent, f.MAINTENANT))
    premier = renouveler(fiche, agent, brouillon_id=brouillon)
    assert renouveler(fiche, agent, brouillon_id=brouillon) == premier
    assert Version.objects.get(id=brouillon).numero == 2
    assert Entree.objects.filter(demande=fiche.demande.id, verbe="RENOUVELER").count() == 1
    assert get_renouvellement(fiche.demande.id, agent) is None


def test_draft_of_somebody_else_is_neither_ended_nor_answered(fiche: Fiche, agent: Acteur) -> None:
    collegue = f.creer_acteur(guichet="G0991")
    sien = ouvrir_renouvellement(fiche.demande.id, acte=Acte(collegue, f.MAINTENANT))
    renouveler(fiche, agent)
    assert get_renouvellement(fiche.demande.id, collegue).id == sien
    with pytest.raises(RenouvellementFerme):
        renouveler(fiche, collegue, brouillon_id=sien)


def test_version_that_renewed_nothing_answers_for_no_draft(agent: Acteur) -> None:
    """A version's identifier given as a draft's: nothing is said to be renewed."""
    recepisse = f.deposer(acteur=agent, guichet="G0991")
    fiche = consulter_demande(recepisse.nud, acte=Acte(agent, f.MAINTENANT))
    with pytest.raises(RenouvellementFerme):
        renouveler(fiche, agent, brouillon_id=Version.objects.get(demande=fiche.demande.id).id)


def test_draft_is_opened_once_and_kept_apart_from_registrations(fiche: Fiche, agent: Acteur) -> None:
    brouillon = ouvrir_renouvellement(fiche.demande.id, acte=Acte(agent, f.MAINTENANT))
    assert ouvrir_renouvellement(fiche.demande.id, acte=Acte(agent, f.MAINTENANT)) == brouillon
    enregistrer_brouillon(
        brouillon, {"souhaits": {"loyer_maximum": ["700"]}}, acte=Acte(agent, f.MAINTENANT), lu=1
    )
    ouvert = get_renouvellement(fiche.demande.id, agent)
    assert (ouvert.id, ouvert.demande_id, ouvert.revision) == (brouillon, fiche.demande.id, 1)
    assert ouvert.donnees == {"souhaits": {"loyer_maximum": ["700"]}}
    assert list_brouillons(agent) == ()
    with pytest.raises(Introuvable):
        get_brouillon(brouillon, agent)
    abandonner_brouillon(brouillon, acteur=agent)
    assert get_renouvellement(fiche.demande.id, agent) is None


def test_gt_without_a_guichet_fills_a_renewal_draft(fiche: Fiche) -> None:
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    brouillon = ouvrir_renouvellement(fiche.demande.id, acte=Acte(gt, f.MAINTENANT))
    enregistrer_brouillon(brouillon, {}, acte=Acte(gt, f.MAINTENANT), lu=1)
    assert get_renouvellement(fiche.demande.id, gt).guichet == ""
