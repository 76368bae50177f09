"""What a file offers is what its acts accept: every act, in every state, for every role, is asked and then tried."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from sne.habilitations.rules import Role
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.identite.actions.permettre_contact import permettre_contact
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.lecture.selectors.actes_possibles import (
    ActeDuDossier,
    acte_possible,
    actes_possibles,
)
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.separation.actions.lever_protection import lever_protection
from sne.registre.vie.actions.annuler import annuler_enregistrement, retablir_demande
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.selectors.radiation import list_motifs
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Refus
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.identite.changements_identite import modifier
from tests.registre.separation.separations import deposer_couple, separer

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT
RENONCIATION = FaitsRadiation(
    MotifRadiation.RADABA, date_courrier=date(2026, 11, 20), document="Lettre du 20/11"
)
PHRASE = "Vu avec la personne au guichet"


def gt() -> Acteur:
    return f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)


def active() -> Demande:
    return deposer_couple()


def double() -> Demande:
    """Registered today beside the household's first demande."""
    f.deposer(le=LE - timedelta(days=90))
    return Demande.objects.get(id=f.deposer(doublons_ecartes="vu trop tard").demande_id)


def annulee() -> Demande:
    gardee = f.deposer(le=LE - timedelta(days=90))
    doublee = f.deposer(doublons_ecartes="vu trop tard")
    annuler_enregistrement(doublee.demande_id, gardee=gardee.nud, precision=PHRASE, acte=Acte(gt(), LE))
    return Demande.objects.get(id=doublee.demande_id)


def radiee() -> Demande:
    demande = active()
    radier_demande(demande.id, RENONCIATION, acte=Acte(f.creer_acteur(), LE))
    return demande


def gelee() -> Demande:
    demande = active()
    figer(demande.id)
    return demande


def contacts_retenus() -> Demande:
    """A name of an old demande changed three days ago: its contacts wait."""
    demande = active()
    traits = {"nom_naissance": "Dubreuill"}
    modifier(demande.id, f.creer_acteur(), traits=traits, le=LE - timedelta(days=3))
    return demande


def protegee() -> Demande:
    """Her reason said, then taken out by a counter."""
    demande = active()
    for autres in ({"motifs": {"codes": ("06",)}}, {"motifs": {"codes": ("01",)}}):
        fiche = consulter_demande(demande.nud, acte=Acte(f.creer_acteur(), LE))
        voulu = fiche.contenu.model_copy(
            update={"motifs": fiche.contenu.motifs.model_copy(update=autres["motifs"])}
        )
        modifier_demande(
            demande.id, contenu=voulu, revision=fiche.demande.revision, acte=Acte(f.creer_acteur(), LE)
        )
    return demande


ETATS: Mapping[str, Callable[[], Demande]] = {
    fabrique.__name__: fabrique for fabrique in (active, double, annulee, radiee, gelee, contacts_retenus)
}


def tenter(acte: ActeDuDossier, fiche: Fiche, acteur: Acteur) -> Refus | None:
    """Do it, with all that it asks besides, and undo it; what refuses it."""
    cle, par = fiche.demande.id, Acte(acteur, LE)
    demande = Demande.objects.get(id=cle)
    gardee = Demande.objects.exclude(id=cle).values_list("nud", flat=True).first() or ""
    saisie = Saisie(fiche.contenu, fiche.demande.revision, {})
    essais: dict[ActeDuDossier, Callable[[], object]] = {
        ActeDuDossier.MODIFIER: lambda: modifier_demande(
            cle, contenu=fiche.contenu, revision=fiche.demande.revision, acte=par
        ),
        ActeDuDossier.RENOUVELER: lambda: renouveler_demande(
            cle, saisie=saisie, acte=par, sans_changement=True
        ),
        ActeDuDossier.SEPARER: lambda: separer(
            demande, acteur=acteur, depot={"guichet": acteur.guichet}, personne=_qui_part(demande)
        ),
        ActeDuDossier.RADIER: lambda: radier_demande(cle, RENONCIATION, acte=par),
        ActeDuDossier.RETABLIR: lambda: retablir_demande(cle, precision=PHRASE, acte=par),
        ActeDuDossier.ANNULER: lambda: annuler_enregistrement(cle, gardee=gardee, precision=PHRASE, acte=par),
        ActeDuDossier.LEVER_PROTECTION: lambda: lever_protection(cle, precision=PHRASE, acte=par),
        ActeDuDossier.PERMETTRE_CONTACT: lambda: permettre_contact(
            cle, motif="PLUS_D_ACCES", precision=PHRASE, acte=par
        ),
    }
    repere = transaction.savepoint_create()
    try:
        essais[acte]()
    except Refus as refus:
        return refus
    finally:
        transaction.savepoint_rollback(repere)
    return None


def _qui_part(demande: Demande) -> str:
    personnes = demande.personnes.filter(retire_le=None).order_by("-rang")
    return str(personnes.values_list("id", flat=True).first())


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("etat", list(ETATS))
def test_what_is_offered_is_done_and_what_is_not_is_refused_in_the_same_words(etat: str, role: Role) -> None:
    demande = ETATS[etat]()
    acteur = f.creer_acteur(role)
    fiche = consulter_demande(demande.nud, acte=Acte(acteur, LE))
    possibles = actes_possibles(fiche, acteur, le=LE.date())
    assert list(possibles) == list(ActeDuDossier)
    sans_ce_motif = MotifRadiation.RADABA not in list_motifs(acteur, territoire="099", le=LE.date())
    for acte, reponse in possibles.items():
        refus = tenter(acte, fiche, acteur)
        if acte is ActeDuDossier.RADIER and reponse.possible and sans_ce_motif:
            continue  # for other reasons only
        assert (refus.phrase if refus else "") == reponse.refus, (acte, refus)
    connection.check_constraints()


def test_every_act_is_possible_somewhere() -> None:
    """Else the matrix would compare refusals alone."""
    trouves = set()
    for fabrique in (*ETATS.values(), protegee):
        repere = transaction.savepoint_create()
        demande = fabrique()
        for acteur in (f.creer_acteur(), gt()):
            fiche = consulter_demande(demande.nud, acte=Acte(acteur, LE))
            reponses = actes_possibles(fiche, acteur, le=LE.date()).values()
            trouves |= {reponse.acte for reponse in reponses if reponse.possible}
        transaction.savepoint_rollback(repere)
    assert trouves == set(ActeDuDossier)


def test_one_act_has_the_answer_that_it_has_among_all() -> None:
    fiche = consulter_demande(radiee().nud, acte=Acte(gt(), LE))
    acteur = f.creer_acteur()
    tous = actes_possibles(fiche, acteur, le=LE.date())
    assert {a: acte_possible(a, fiche, acteur, le=LE.date()) for a in ActeDuDossier} == tous
