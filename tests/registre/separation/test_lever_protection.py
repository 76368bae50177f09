"""A demande spoken of to nobody: one answer everywhere, until another person than who took the reason out lifts it."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.registre.avis.models import AvisChangement
from sne.registre.demande.actions.reviser import avancer
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.separation import Separation
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.enquete.rules.gel import DossierFige
from sne.registre.joindre.selectors.protection import is_protegee, list_protegees, list_violences_ajoutees
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.lecture.selectors.historique import lire_historique
from sne.registre.lecture.selectors.historique_demandeur import Demandee, get_lecteur, get_page, list_adultes
from sne.registre.separation.actions.lever_protection import lever_protection
from sne.registre.separation.selectors import get_separation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.guichet.parcours import requetes
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import figer
from tests.registre.separation.separations import deposer_couple, separer, seul

pytestmark = pytest.mark.django_db
ENTENDUE = "Entendue seule au guichet le 24 novembre"


def relire(demande: Demande) -> Demande:
    return Demande.objects.get(id=demande.id)


def lever(demande: Demande, acteur: Acteur, precision: str = ENTENDUE) -> Demande:
    lever_protection(demande.id, precision=precision, acte=Acte(acteur, f.MAINTENANT))
    connection.check_constraints()
    return relire(demande)


@pytest.fixture
def retiree(agent: Acteur) -> Demande:
    """Violence was said at the deposit; an agent took it out since."""
    recepisse = a.deposer(a.contenu(motifs=a.VIOLENCES))
    a.changer(recepisse.demande_id, a.contenu(), acteur=agent, le=f.MAINTENANT - 2 * a.JOUR)
    return Demande.objects.get(id=recepisse.demande_id)


def test_taking_the_reason_out_lifts_nothing_anywhere(retiree: Demande, agent: Acteur, gt: Acteur) -> None:
    assert get_fiche(retiree, agent).a_proteger
    assert is_protegee(retiree)
    a.changer(retiree.id, a.contenu(a.APRES), revision=2)
    assert Message.objects.count() == 0
    lever(retiree, gt)
    assert not get_fiche(relire(retiree), agent).a_proteger
    a.changer(retiree.id, a.contenu(), revision=4)
    assert AvisChangement.objects.filter(raison="").exists()


def test_nor_does_it_let_the_household_left_learn_anything(agent: Acteur, gt: Acteur) -> None:
    premiere = deposer_couple()
    nouvelle = separer(premiere, seul(motifs=a.VIOLENCES), acteur=agent)
    a.changer(nouvelle.id, seul(), revision=nouvelle.revision, acteur=agent)
    assert get_fiche(relire(premiere), agent).liens == ()
    assert get_separation(Separation.objects.get().id, gt).secrete
    lever(nouvelle, gt)
    assert [lien.nud for lien in get_fiche(relire(premiere), agent).liens] == [nouvelle.nud]


def test_an_address_said_secret_is_lifted_too(agent: Acteur, gt: Acteur) -> None:
    nouvelle = separer(deposer_couple(), seul(), secrete=True, acteur=agent)
    with pytest.raises(Interdit, match="Une autre personne"):
        lever(nouvelle, replace(gt, id=agent.id))
    assert not is_protegee(lever(nouvelle, gt))


def test_said_again_it_protects_anew(retiree: Demande, gt: Acteur) -> None:
    lever(retiree, gt)
    a.changer(retiree.id, a.contenu(motifs=a.VIOLENCES), revision=3)
    assert is_protegee(retiree)
    assert list_violences_ajoutees([retiree.id]) == {retiree.id: f.MAINTENANT}


def test_the_act_is_a_revision_that_says_who_and_why(retiree: Demande, gt: Acteur) -> None:
    apres = lever(retiree, gt, f" {ENTENDUE} ")
    assert (apres.statut, apres.revision) == ("ACTIVE", 3)
    version = Version.objects.get(demande=retiree, numero=3)
    assert (version.protection_levee, version.auteur, version.motif) == (True, gt.id, ENTENDUE)
    entree = Entree.objects.get(demande=retiree.id, verbe="LEVER_PROTECTION")
    assert (entree.revision, entree.faits["numero"]) == (3, retiree.nud)


def test_who_applies_reads_it_and_nobody_else_of_the_household(gt: Acteur) -> None:
    couple = deposer_couple()
    avec = f.contenu(motifs=a.VIOLENCES).motifs
    contenu = get_fiche(couple, gt).contenu
    a.changer(couple.id, contenu.model_copy(update={"motifs": avec}))
    a.changer(couple.id, contenu, revision=2)
    lever(couple, gt)
    lus = {
        adulte.titulaire: [
            ligne
            for ligne in get_page(
                relire(couple), get_lecteur(relire(couple), adulte.personne), Demandee()
            ).lignes
            if ligne.verbe == "LEVER_PROTECTION"
        ]
        for adulte in list_adultes(relire(couple))
    }
    assert lus[False] == []
    assert [(x.phrase, x.contestable) for x in lus[True]] == [
        ("Le gestionnaire du territoire a noté que votre demande n’est plus à tenir secrète.", True)
    ]
    support = f.creer_acteur(Role.SUPPORT_N1)
    caches = consulter_demande(couple.nud, acte=Acte(support, f.MAINTENANT), motif="A-118").verbes_caches
    assert "LEVER_PROTECTION" in caches
    assert "LEVER_PROTECTION" in [x.verbe for x in lire_historique(couple.id, sauf=frozenset())]


@pytest.mark.parametrize("role", sorted(f.LECTEURS - {Role.GESTIONNAIRE_TERRITORIAL}))
def test_only_a_territorial_manager_may(retiree: Demande, role: Role) -> None:
    with pytest.raises(NonHabilite, match="gestionnaire du territoire"):
        lever(retiree, f.creer_acteur(role))


def test_out_of_sight_there_is_nothing(gt: Acteur) -> None:
    ailleurs = Demande(id=f.inconnu())
    with pytest.raises(Introuvable):
        lever(ailleurs, gt)


def test_refusals_say_what_to_do(retiree: Demande, agent: Acteur, gt: Acteur) -> None:
    with pytest.raises(Interdit, match="Une autre personne doit lever"):
        lever(retiree, replace(gt, id=agent.id))
    with pytest.raises(Interdit, match="Dites en une phrase"):
        lever(retiree, gt, " ")
    a.changer(retiree.id, a.contenu(motifs=a.VIOLENCES), revision=2)
    with pytest.raises(Interdit, match="encore dans la demande"):
        lever(relire(retiree), gt)
    ordinaire = relire(Demande(id=f.deposer(f.contenu(demandeur=f.personne("Zimmer"))).demande_id))
    with pytest.raises(Interdit, match="n’est pas protégée"):
        lever(ordinaire, gt)


def test_a_frozen_file_waits(retiree: Demande, gt: Acteur) -> None:
    figer(retiree.id)
    with pytest.raises(DossierFige, match="La levée de la protection attend"):
        lever(retiree, gt)


def test_the_base_refuses_what_no_act_says(retiree: Demande, agent: Acteur, gt: Acteur) -> None:
    for auteur in (gt, agent):
        with pytest.raises(IntegrityError, match="ne se lève pas ainsi"), transaction.atomic():
            avancer(
                relire(retiree),
                statut=Statut.ACTIVE,
                acte=Acte(auteur, f.MAINTENANT),
                protection_levee=True,
            )
            connection.check_constraints()


def test_a_list_costs_one_statement(agent: Acteur) -> None:
    secrete = separer(deposer_couple(), seul(), secrete=True, acteur=agent).id
    retiree = Demande.objects.get(
        id=f.deposer(f.contenu(demandeur=f.personne("Roy"), motifs=a.VIOLENCES)).demande_id
    )
    libre = f.deposer(f.contenu(demandeur=f.personne("Zimmer"))).demande_id
    trouvees: list[frozenset[object]] = []
    nombre = requetes(lambda: trouvees.append(list_protegees([retiree.id, secrete, libre])))
    assert (nombre, trouvees) == (1, [frozenset({retiree.id, secrete})])
