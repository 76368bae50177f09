"""Changing: ordinary at once, protected aside, conflicts told, rights by field, nothing repeated."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from sne.habilitations.rules import Role
from sne.journal.models import Entree, Valeur
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande, PlaceOuverte, Version
from sne.registre.demande.models.personne import Identite, Personne, TitreAnciennete
from sne.registre.demande.rules.refus import ControleEnCours, DejaOuverte, DepotIncomplet
from sne.registre.demande.selectors.etat import etat, get_contenu
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.lecture.selectors.fiche import Fiche, list_derniers_actes
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import ConflitDeRevision, Introuvable, NonHabilite
from sne.socle.identifiants import uuid7
from tests.registre import factories as f
from tests.registre.depot.test_deposer import CONJOINT, NAISSANCE

pytestmark = pytest.mark.django_db
PLUS_TARD = f.MAINTENANT + timedelta(hours=1)


@pytest.fixture
def fiche(agent: Acteur) -> Fiche:
    nir = f.nir_de(NAISSANCE)
    recepisse = f.deposer(
        f.contenu(cotitulaires=[CONJOINT]), acteur=agent, nirs={"demandeur": nir}, le=f.ANCIEN
    )
    return consulter_demande(recepisse.nud, acte=Acte(agent, f.MAINTENANT))


def avec_identite(contenu: Contenu, **traits: object) -> Contenu:
    demandeur = contenu.demandeur
    assert demandeur is not None
    identite = demandeur.identite.model_copy(update=traits)
    return contenu.model_copy(update={"demandeur": demandeur.model_copy(update={"identite": identite})})


def modifier(fiche: Fiche, contenu: Contenu, agent: Acteur, *, revision: int | None = None, **autres: object):
    resultat = modifier_demande(
        fiche.demande.id,
        contenu=contenu,
        revision=revision or fiche.demande.revision,
        acte=Acte(agent, PLUS_TARD),
        **autres,
    )
    connection.check_constraints()
    return resultat


def test_ordinary_change_makes_a_version_and_tells_before_and_after(fiche: Fiche, agent: Acteur) -> None:
    souhaits = fiche.contenu.souhaits.model_copy(update={"loyer_maximum": Decimal(650)})
    resultat = modifier(
        fiche,
        fiche.contenu.model_copy(update={"souhaits": souhaits}),
        agent,
        motif="À sa demande",
        document="Bulletin de paie d’octobre 2026",
    )
    assert (resultat.revision, resultat.champs, resultat.en_attente) == (2, ("souhaits.loyer_maximum",), ())
    version = Version.objects.get(demande=fiche.demande.id, numero=2)
    assert (version.motif, version.document) == ("À sa demande", "Bulletin de paie d’octobre 2026")
    entree = Entree.objects.get(demande=fiche.demande.id, verbe="MODIFIER")
    valeurs = {(v.champ, v.cote): v.valeur for v in Valeur.objects.filter(entree=entree.id)}
    assert valeurs["souhaits.loyer_maximum", "avant"] is None
    assert valeurs["souhaits.loyer_maximum", "apres"].startswith("650")
    assert Demande.objects.get(id=fiche.demande.id).loyer_maximum == 650


def test_same_tree_again_writes_nothing(fiche: Fiche, agent: Acteur) -> None:
    assert modifier(fiche, fiche.contenu, agent).revision == 1
    assert Version.objects.filter(demande=fiche.demande.id).count() == 1
    assert not Entree.objects.filter(demande=fiche.demande.id, verbe="MODIFIER").exists()


@pytest.mark.parametrize(
    ("trait", "valeur"),
    [
        ("nom_naissance", "Morel"),
        ("prenoms", "Karine"),
        ("date_naissance", NAISSANCE + timedelta(days=1)),
        ("civilite", "1"),
    ],
)
def test_protected_change_waits_and_the_old_identity_stays_in_force(
    fiche: Fiche, agent: Acteur, trait: str, valeur: object
) -> None:
    resultat = modifier(fiche, avec_identite(fiche.contenu, **{trait: valeur}), agent)
    assert resultat.en_attente == ("demandeur",)
    relue = consulter_demande(fiche.demande.nud, acte=Acte(agent, PLUS_TARD))
    assert getattr(relue.personnes[0].identite, trait) == getattr(fiche.personnes[0].identite, trait)
    assert getattr(relue.personnes[0].en_attente.identite, trait) == valeur
    assert Entree.objects.filter(demande=fiche.demande.id, verbe="PROPOSER_IDENTITE", revision=2).count() == 1


@pytest.mark.parametrize("nom", ["DUBREUIL", "Du Breuil", "Dubréuil", "Du-Breuil"])
def test_k_equal_name_applies_at_once_and_never_moves_the_anchor(
    fiche: Fiche, agent: Acteur, nom: str
) -> None:
    assert modifier(fiche, avec_identite(fiche.contenu, nom_naissance=nom), agent).en_attente == ()
    personne = Personne.objects.select_related("identite_courante").get(demande=fiche.demande.id, rang=0)
    assert (personne.identite_courante.nom_naissance, personne.identite_courante.voie) == (nom, "AUTOMATIQUE")


def test_ordinary_part_applies_while_the_protected_part_waits(fiche: Fiche, agent: Acteur) -> None:
    modifier(fiche, avec_identite(fiche.contenu, nom_naissance="Morel", nom_usage="Haddad"), agent)
    relue = consulter_demande(fiche.demande.nud, acte=Acte(agent, PLUS_TARD))
    assert (relue.personnes[0].identite.nom_naissance, relue.personnes[0].identite.nom_usage) == (
        "Dubreuil",
        "Haddad",
    )


def test_same_proposal_again_is_the_same_request(fiche: Fiche, agent: Acteur) -> None:
    voulu = avec_identite(fiche.contenu, nom_naissance="Morel")
    modifier(fiche, voulu, agent)
    encore = modifier(fiche, voulu, agent, revision=2)
    assert (encore.revision, encore.en_attente) == (2, ("demandeur",))
    assert Identite.objects.filter(demande=fiche.demande.id, voie="CONTROLE").count() == 1


def test_another_proposal_while_one_waits_is_refused(fiche: Fiche, agent: Acteur) -> None:
    modifier(fiche, avec_identite(fiche.contenu, nom_naissance="Morel"), agent)
    with pytest.raises(ControleEnCours, match="Élodie Dubreuil"):
        modifier(fiche, avec_identite(fiche.contenu, nom_naissance="Voleur"), agent, revision=2)


def test_name_replaced_in_small_steps_is_held_by_the_anchor(fiche: Fiche, agent: Acteur) -> None:
    """Each step is a letter from the step before, never from the anchor."""
    modifier(fiche, avec_identite(fiche.contenu, nom_naissance="DUBREUIL"), agent)
    resultat = modifier(fiche, avec_identite(fiche.contenu, nom_naissance="DUBREUIX"), agent, revision=2)
    assert resultat.en_attente == ("demandeur",)


def test_departure_of_a_coholder_waits(fiche: Fiche, agent: Acteur) -> None:
    sans = fiche.contenu.model_copy(update={"cotitulaires": ()})
    resultat = modifier(fiche, sans, agent)
    assert resultat.en_attente == ("cotitulaire:1",)
    assert modifier(fiche, sans, agent, revision=2).revision == 2
    relue = consulter_demande(fiche.demande.nud, acte=Acte(agent, PLUS_TARD))
    assert relue.personnes[1].en_attente.retrait
    assert Personne.objects.filter(demande=fiche.demande.id, retire_le=None).count() == 2


def test_new_coholder_has_a_title_of_today_and_the_demande_keeps_its_own(agent: Acteur) -> None:
    il_y_a_un_mois = f.MAINTENANT - timedelta(days=20)
    recepisse = f.deposer(acteur=agent, le=il_y_a_un_mois, date_reception=(il_y_a_un_mois).date())
    fiche = consulter_demande(recepisse.nud, acte=Acte(agent, f.MAINTENANT))
    arrive = f.contenu(cotitulaires=[CONJOINT]).cotitulaires
    modifier(fiche, fiche.contenu.model_copy(update={"cotitulaires": arrive}), agent)
    titres = list(TitreAnciennete.objects.filter(demande=fiche.demande.id).order_by("date_depot"))
    assert [t.acte for t in titres] == ["DEPOT", "ADJONCTION"]
    assert [t.date_depot for t in titres] == [recepisse.date_depot, f.AUJOURD_HUI]


def test_nir_filled_in_applies_and_takes_its_place(agent: Acteur) -> None:
    fiche = consulter_demande(f.deposer(acteur=agent).nud, acte=Acte(agent, f.MAINTENANT))
    nir = f.nir_de(NAISSANCE)
    resultat = modifier(fiche, fiche.contenu, agent, nirs={"demandeur": nir})
    assert (resultat.revision, resultat.en_attente) == (2, ())
    assert PlaceOuverte.objects.filter(demande=fiche.demande.id).count() == 1
    relue = consulter_demande(fiche.demande.nud, acte=Acte(agent, PLUS_TARD))
    assert relue.personnes[0].nir_masque == "2 87 03 •• ••• ••• ••"


def test_nir_of_another_open_demande_is_refused(fiche: Fiche, agent: Acteur) -> None:
    nir = f.nir_de(NAISSANCE)
    f.deposer(nirs={"demandeur": nir}, doublons_ecartes="Une autre personne.")
    sans_nir = consulter_demande(
        f.deposer(acteur=agent, doublons_ecartes="Une autre encore.").nud,
        acte=Acte(agent, f.MAINTENANT),
    )
    with pytest.raises(DejaOuverte):
        modifier(sans_nir, sans_nir.contenu, agent, nirs={"demandeur": nir})


def test_replaced_nir_waits_and_takes_no_place(fiche: Fiche, agent: Acteur) -> None:
    resultat = modifier(fiche, fiche.contenu, agent, nirs={"demandeur": f.nir_de(NAISSANCE)})
    assert resultat.en_attente == ("demandeur",)
    assert PlaceOuverte.objects.filter(demande=fiche.demande.id).count() == 1


def test_two_agents_never_overwrite_each_other(fiche: Fiche, agent: Acteur) -> None:
    modifier(fiche, avec_identite(fiche.contenu, nom_usage="Haddad"), agent)
    with pytest.raises(ConflitDeRevision, match="pendant votre saisie"):
        modifier(fiche, avec_identite(fiche.contenu, nom_usage="Autre"), f.creer_acteur(), revision=1)


def test_gt_edits_no_name(fiche: Fiche) -> None:
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    with pytest.raises(NonHabilite, match="nom de naissance"):
        modifier(fiche, avec_identite(fiche.contenu, nom_naissance="Morel"), gt)


@pytest.mark.parametrize("role", [Role.SUPPORT_N1, Role.DPO, Role.EXPLOITATION_NATIONALE])
def test_readers_write_nothing(fiche: Fiche, role: Role) -> None:
    with pytest.raises(NonHabilite):
        modifier(fiche, avec_identite(fiche.contenu, nom_usage="X"), f.creer_acteur(role))


def test_another_territory_sees_nothing(fiche: Fiche) -> None:
    ailleurs = f.creer_acteur(territoire="02B", guichet="GD2B1")
    with pytest.raises(Introuvable):
        consulter_demande(fiche.demande.nud, acte=Acte(ailleurs, f.MAINTENANT))
    with pytest.raises(Introuvable):
        modifier(fiche, fiche.contenu, ailleurs)
    with pytest.raises(Introuvable):
        etat(fiche.demande.nud, PLUS_TARD, acteur=ailleurs)


def test_another_guichet_of_the_territory_may_serve_the_file(fiche: Fiche) -> None:
    voisin = f.creer_acteur(guichet="G0991")
    assert modifier(fiche, avec_identite(fiche.contenu, nom_usage="Haddad"), voisin).revision == 2


def test_new_blocking_anomaly_is_refused(fiche: Fiche, agent: Acteur) -> None:
    vide = fiche.contenu.souhaits.model_copy(update={"types_logement": ()})
    with pytest.raises(DepotIncomplet):
        modifier(fiche, fiche.contenu.model_copy(update={"souhaits": vide}), agent)


def test_file_as_it_was_at_any_instant(fiche: Fiche, agent: Acteur) -> None:
    modifier(fiche, avec_identite(fiche.contenu, nom_usage="Haddad"), agent)
    avant = etat(fiche.demande.nud, f.MAINTENANT, acteur=agent)
    apres = etat(fiche.demande.nud, PLUS_TARD, acteur=agent)
    assert (avant.revision, avant.contenu.demandeur.identite.nom_usage) == (1, None)
    assert (apres.revision, apres.contenu.demandeur.identite.nom_usage) == (2, "Haddad")
    with pytest.raises(Introuvable):
        etat(fiche.demande.nud, f.ANCIEN - timedelta(seconds=1), acteur=agent)


def test_every_opening_is_a_journalled_read(fiche: Fiche, agent: Acteur) -> None:
    lectures = Entree.objects.filter(demande=fiche.demande.id, verbe="CONSULTER")
    assert [e.acteur["guichet"] for e in lectures] == ["G0993"]


def test_history_tells_changes_and_reads(fiche: Fiche, agent: Acteur) -> None:
    modifier(fiche, avec_identite(fiche.contenu, nom_naissance="Morel", nom_usage="Haddad"), agent)
    lue = consulter_demande(fiche.demande.nud, acte=Acte(agent, PLUS_TARD))
    historique = list_derniers_actes(lue)
    assert [ligne.verbe for ligne in historique] == [
        "CONSULTER",
        "PROPOSER_IDENTITE",
        "MODIFIER",
        "CONSULTER",
        "DEPOSER",
    ]
    attente = historique[1]
    assert attente.en_attente
    assert [(c.libelle, c.avant, c.apres) for c in attente.changements][:1] == [
        ("Nom de naissance", "Dubreuil", "Morel")
    ]


def test_nir_of_a_new_coholder_is_kept_and_takes_its_place(agent: Acteur) -> None:
    fiche = consulter_demande(f.deposer(acteur=agent).nud, acte=Acte(agent, f.MAINTENANT))
    arrive = f.contenu(cotitulaires=[CONJOINT]).cotitulaires
    nir = f.nir_de(NAISSANCE.replace(year=1985, month=2), sexe=1)
    modifier(
        fiche, fiche.contenu.model_copy(update={"cotitulaires": arrive}), agent, nirs={"cotitulaire:1": nir}
    )
    relue = consulter_demande(fiche.demande.nud, acte=Acte(agent, PLUS_TARD))
    assert relue.personnes[1].nir_masque.startswith("1 85 02")
    assert PlaceOuverte.objects.filter(demande=fiche.demande.id).count() == 1


def test_person_of_another_demande_is_a_newcomer_here(fiche: Fiche, agent: Acteur) -> None:
    """An id that came with the tree gives no hold on somebody else's row."""
    seul = consulter_demande(
        f.deposer(acteur=agent, doublons_ecartes="Une autre.").nud, acte=Acte(agent, f.MAINTENANT)
    )
    modifier(seul, seul.contenu.model_copy(update={"cotitulaires": fiche.contenu.cotitulaires}), agent)
    assert Personne.objects.filter(demande=seul.demande.id).count() == 2
    assert Personne.objects.filter(demande=fiche.demande.id).count() == 2


@pytest.mark.parametrize("arrivant", ["inconnu", "identifiant inventé", "cotitulaire"])
def test_nobody_becomes_the_applicant_by_the_id_that_comes_with_them(
    fiche: Fiche, agent: Acteur, arrivant: str
) -> None:
    """The applicant is matched by role: another identity there is a proposal, whatever id it carries, or none."""
    demandeur, conjoint = fiche.contenu.demandeur, fiche.contenu.cotitulaires[0]
    assert demandeur is not None
    personne = {"inconnu": None, "identifiant inventé": str(uuid7()), "cotitulaire": conjoint.personne}[
        arrivant
    ]
    voulu = avec_identite(fiche.contenu, nom_naissance="AUTRE", prenoms="Vincent")
    assert voulu.demandeur is not None
    voulu = voulu.model_copy(update={"demandeur": voulu.demandeur.model_copy(update={"personne": personne})})
    assert modifier(fiche, voulu, agent).en_attente == ("demandeur",)
    relue = consulter_demande(fiche.demande.nud, acte=Acte(agent, PLUS_TARD))
    assert relue.contenu.demandeur == demandeur
    assert [c.personne for c in relue.contenu.cotitulaires] == [conjoint.personne]
    assert Personne.objects.filter(demande=fiche.demande.id).count() == 2


def test_co_holder_does_not_become_the_applicant_without_a_decision(fiche: Fiche, agent: Acteur) -> None:
    """The applicant left out and the co-holder in their place: both wait, nobody moves."""
    demandeur, conjoint = fiche.contenu.demandeur, fiche.contenu.cotitulaires[0]
    assert demandeur is not None
    seul = demandeur.model_copy(update={"personne": conjoint.personne, "identite": conjoint.identite})
    voulu = fiche.contenu.model_copy(update={"demandeur": seul, "cotitulaires": ()})
    modifier(fiche, voulu, agent)
    relue = consulter_demande(fiche.demande.nud, acte=Acte(agent, PLUS_TARD))
    assert relue.contenu.demandeur == demandeur
    assert [c.identite for c in relue.contenu.cotitulaires] == [conjoint.identite]
    assert {p.reference: p.en_attente is not None for p in relue.personnes} == {
        "demandeur": True,
        "cotitulaire:1": True,
    }


def test_content_that_a_revision_left(fiche: Fiche, agent: Acteur) -> None:
    modifier(fiche, avec_identite(fiche.contenu, nom_usage="Haddad"), agent)
    assert get_contenu(fiche.demande.id, 1, acteur=agent) == fiche.contenu
    assert get_contenu(fiche.demande.id, 2, acteur=agent).demandeur.identite.nom_usage == "Haddad"
    for revision, acteur in ((3, agent), (1, f.creer_acteur(territoire="02B", guichet="GD2B1"))):
        with pytest.raises(Introuvable):
            get_contenu(fiche.demande.id, revision, acteur=acteur)
