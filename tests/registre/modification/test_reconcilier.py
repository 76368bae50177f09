"""Two people change one file: what does not collide is put together under the lock, what collides is refused."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from prometheus_client.registry import REGISTRY

from sne.habilitations.rules import SYSTEME, Permission
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.rules.arbre.foyer import PersonneACharge
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import avec_identites
from sne.registre.contenu.rules.arbre.souhaits import Localisation
from sne.registre.demande.models.demande import Demande, PlaceOuverte, Version
from sne.registre.demande.models.personne import SecretNir
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.refus import DepotIncomplet
from sne.registre.demande.selectors.etat import get_contenu
from sne.registre.depot.actions.reprendre import Reprise, reprendre_demandes
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.lecture.selectors.fiche import Fiche
from sne.registre.modification.actions import reconcilier as actions_saisie
from sne.registre.modification.actions.modifier import Modification, modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie, reconcilier
from sne.registre.modification.rules.fusion import Cote
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from sne.socle.erreurs import ConflitDeRevision, Interdit
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
PLUS_TARD = f.MAINTENANT + timedelta(hours=1)
NAISSANCE = date(1987, 3, 14)
CONJOINT = f.personne("Haddad", "Karim", identite={"civilite": "1"}) | {"lien_demandeur": "C"}


@pytest.fixture
def collegue() -> Acteur:
    return f.creer_acteur(guichet="G0991")


@pytest.fixture
def fiche(agent: Acteur) -> Fiche:
    return lire(f.deposer(acteur=agent).nud, agent)


def lire(nud: str, acteur: Acteur) -> Fiche:
    return consulter_demande(nud, acte=Acte(acteur, PLUS_TARD))


def modifier(fiche: Fiche, contenu: Contenu, acteur: Acteur, **autres: Any) -> Modification:
    """Save ``contenu``, typed on the revision that ``fiche`` shows."""
    resultat = modifier_demande(
        fiche.demande.id,
        contenu=contenu,
        revision=fiche.demande.revision,
        acte=Acte(acteur, PLUS_TARD),
        **autres,
    )
    connection.check_constraints()
    return resultat


def avec_loyer(contenu: Contenu, loyer: int) -> Contenu:
    return contenu.model_copy(
        update={"souhaits": contenu.souhaits.model_copy(update={"loyer_maximum": Decimal(loyer)})}
    )


def avec_courriel(contenu: Contenu, courriel: str) -> Contenu:
    assert contenu.demandeur is not None
    contact = contenu.demandeur.contact.model_copy(update={"courriel": courriel})
    return contenu.model_copy(update={"demandeur": contenu.demandeur.model_copy(update={"contact": contact})})


def avec_enfants(contenu: Contenu, *prenoms: str) -> Contenu:
    enfants = tuple(
        PersonneACharge(identifiant=f"p{rang}", nom="Dubreuil", prenoms=prenom, date_naissance=NAISSANCE)
        for rang, prenom in enumerate(prenoms, start=1)
    )
    return contenu.model_copy(
        update={"foyer": contenu.foyer.model_copy(update={"personnes_a_charge": enfants})}
    )


def test_what_does_not_collide_is_put_together(
    fiche: Fiche, agent: Acteur, collegue: Acteur, django_capture_on_commit_callbacks: Any
) -> None:
    avant = REGISTRY.get_sample_value("sne_fusions_total") or 0
    with django_capture_on_commit_callbacks(execute=True):
        modifier(fiche, avec_loyer(fiche.contenu, 900), collegue)
        resultat = modifier(fiche, avec_courriel(fiche.contenu, "elodie@exemple.fr"), agent)
    assert REGISTRY.get_sample_value("sne_fusions_total") == avant + 1, (
        "the second alone met another’s change"
    )
    assert (resultat.revision, resultat.champs, resultat.meles) == (
        3,
        ("demandeur.contact.courriel",),
        ("souhaits.loyer_maximum",),
    )
    assert lire(fiche.demande.nud, agent).contenu == avec_loyer(
        avec_courriel(fiche.contenu, "elodie@exemple.fr"), 900
    )


def test_one_person_alone_mixes_nothing(fiche: Fiche, agent: Acteur) -> None:
    assert modifier(fiche, avec_loyer(fiche.contenu, 900), agent).meles == ()


def test_two_children_typed_apart_are_both_there(fiche: Fiche, agent: Acteur, collegue: Acteur) -> None:
    modifier(fiche, avec_enfants(fiche.contenu, "Lina"), collegue)
    modifier(fiche, avec_enfants(fiche.contenu, "Adam"), agent)
    charges = lire(fiche.demande.nud, agent).contenu.foyer.personnes_a_charge
    assert {p.identifiant: p.prenoms for p in charges} == {"p1": "Lina", "p2": "Adam"}


def test_what_collides_writes_nothing(fiche: Fiche, agent: Acteur, collegue: Acteur) -> None:
    modifier(fiche, avec_loyer(fiche.contenu, 900), collegue)
    with pytest.raises(ConflitDeRevision, match="pendant votre saisie"):
        modifier(fiche, avec_courriel(avec_loyer(fiche.contenu, 700), "elodie@exemple.fr"), agent)
    assert Demande.objects.get(id=fiche.demande.id).revision == 2
    assert lire(fiche.demande.nud, agent).contenu == avec_loyer(fiche.contenu, 900)


@pytest.mark.parametrize("revision", [0, 7])
def test_a_revision_that_never_was_is_refused(fiche: Fiche, agent: Acteur, revision: int) -> None:
    with pytest.raises(ConflitDeRevision, match="n’est pas connue"):
        modifier_demande(
            fiche.demande.id, contenu=fiche.contenu, revision=revision, acte=Acte(agent, PLUS_TARD)
        )


def test_the_same_co_holder_typed_twice_is_one_person(fiche: Fiche, agent: Acteur, collegue: Acteur) -> None:
    """Each agent typed the husband, one of them with his number."""
    conjoint = f.contenu(cotitulaires=[CONJOINT]).cotitulaires
    voulu = fiche.contenu.model_copy(update={"cotitulaires": conjoint})
    modifier(fiche, voulu, collegue)
    nir = f.nir_de(NAISSANCE, sexe=1)
    modifier(fiche, voulu, agent, nirs={"cotitulaire:1": nir})
    relue = lire(fiche.demande.nud, agent)
    assert [p.reference for p in relue.personnes] == ["demandeur", "cotitulaire:1"]
    assert relue.personnes[1].nir_masque.startswith("1 87 03")
    assert SecretNir.objects.filter(personne=relue.personnes[1].personne_id).count() == 1


def test_a_number_typed_follows_its_person(fiche: Fiche, agent: Acteur, collegue: Acteur) -> None:
    """Two co-holders added apart: the second one's number must not reach the first."""
    ines = f.personne("Haddad", "Inès", identite={"date_naissance": "1990-05-03"}) | {"lien_demandeur": "L"}
    un, autre = (f.contenu(cotitulaires=[qui]).cotitulaires for qui in (CONJOINT, ines))
    modifier(fiche, fiche.contenu.model_copy(update={"cotitulaires": un}), collegue)
    voulu = fiche.contenu.model_copy(update={"cotitulaires": autre})
    modifier(fiche, voulu, agent, nirs={"cotitulaire:1": f.nir_de(date(1990, 5, 3))})
    masques = {p.identite.prenoms: p.nir_masque for p in lire(fiche.demande.nud, agent).personnes}
    assert masques == {"Élodie": "", "Karim": "", "Inès": "2 90 05 •• ••• ••• ••"}


def test_two_numbers_typed_for_one_person_collide(fiche: Fiche, agent: Acteur, collegue: Acteur) -> None:
    premier, second = f.nir_de(NAISSANCE), f.nir_de(NAISSANCE)
    modifier(fiche, fiche.contenu, collegue, nirs={"demandeur": premier})
    with pytest.raises(ConflitDeRevision):
        modifier(fiche, fiche.contenu, agent, nirs={"demandeur": second})
    modifier(fiche, fiche.contenu, agent, nirs={"demandeur": premier})
    saisie = Saisie(fiche.contenu, 1, {"demandeur": second})
    dossier = get_contenu(fiche.demande.id, 2, acteur=agent)
    (conflit,) = reconcilier(
        saisie, base=fiche.contenu, dossier=dossier, revision=2, le=f.AUJOURD_HUI
    ).fusion.conflits
    assert conflit.chemins == ("demandeur.identite.nir",)
    for cote, attendu in ((Cote.DOSSIER, {}), (Cote.SAISIE, {"demandeur": second})):
        choisie = reconcilier(
            saisie,
            base=fiche.contenu,
            dossier=dossier,
            revision=2,
            le=f.AUJOURD_HUI,
            choix={conflit.cle: cote},
        )
        assert (choisie.saisie.nirs, choisie.saisie.revision) == (attendu, 2)


def test_how_many_places_fit_together_is_a_dated_parameter(
    fiche: Fiche, monkeypatch: pytest.MonkeyPatch
) -> None:
    du_jour = get_parametres(f.AUJOURD_HUI)
    un, autre = (avec_communes(fiche.contenu, code) for code in ("99002", "99003"))
    for maximum, heurts in ((3, 0), (2, 1)):
        limite = du_jour.avec(localisations_max_ecran=maximum)
        monkeypatch.setattr(actions_saisie, "get_parametres", lambda _, limite=limite: limite)
        reunie = reconcilier(Saisie(un, 1), base=fiche.contenu, dossier=autre, revision=2, le=f.AUJOURD_HUI)
        assert len(reunie.restent) == heurts


def avec_communes(contenu: Contenu, *codes: str) -> Contenu:
    """The same wishes, and these communes."""
    lieux = (*contenu.souhaits.localisations, *(Localisation(commune=code) for code in codes))
    souhaits = contenu.souhaits.model_copy(update={"localisations": lieux})
    return contenu.model_copy(update={"souhaits": souhaits})


def test_a_wrong_number_is_named_before_anything_is_merged(
    fiche: Fiche, agent: Acteur, collegue: Acteur
) -> None:
    modifier(fiche, avec_loyer(fiche.contenu, 900), collegue)
    with pytest.raises(DepotIncomplet, match="sécurité sociale"):
        modifier(fiche, fiche.contenu, agent, nirs={"demandeur": "287039900000100"})


def test_who_cannot_read_health_erases_none(agent: Acteur) -> None:
    """The tree an actor without the right was shown comes back without health: the file keeps its own."""
    fiche_handicap = [{"personne": "demandeur", "reconnu": True, "etat": "EVO"}]
    motifs = {"codes": ["01", "07"], "autre_motif": None}
    nud = f.deposer(f.contenu(handicaps=fiche_handicap, motifs=motifs), acteur=agent).nud
    complete = lire(nud, agent).contenu
    (mandat,) = agent.mandats
    permissions = mandat.permissions - {str(Permission.SANTE_LIRE)}
    aveugle = replace(agent, mandats=(replace(mandat, permissions=permissions),))
    vue = lire(nud, aveugle)
    assert vue.contenu.handicaps == ()
    resultat = modifier(vue, avec_loyer(vue.contenu, 900), aveugle)
    assert resultat.champs == ("souhaits.loyer_maximum",)
    assert lire(nud, agent).contenu == avec_loyer(complete, 900)
    assert Version.objects.get(demande=vue.demande.id, numero=2).contenu_protege is not None


def test_the_known_number_typed_again_with_another_change(agent: Acteur) -> None:
    """A new identity row, and still one secret and one place."""
    nir = f.nir_de(NAISSANCE)
    fiche = lire(f.deposer(acteur=agent, nirs={"demandeur": nir}).nud, agent)
    assert fiche.contenu.demandeur is not None
    identite = fiche.contenu.demandeur.identite.model_copy(update={"nom_usage": "Haddad"})
    voulu = avec_identites(fiche.contenu, {"demandeur": identite})
    assert modifier(fiche, voulu, agent, nirs={"demandeur": nir}).champs == ("demandeur.identite.nom_usage",)
    assert SecretNir.objects.filter(personne=fiche.personnes[0].personne_id).count() == 1
    assert PlaceOuverte.objects.filter(demande=fiche.demande.id).count() == 1


def test_a_struck_off_demande_is_not_changed(agent: Acteur) -> None:
    permissions = frozenset({str(Permission.DEMANDE_DEPOSER)})
    mandat = Mandat("REPRISE", permissions, Perimetre("099"))
    systeme = replace(agent, id=SYSTEME, canal=Canal.SYSTEME, mandats=(mandat,))
    reprise = Reprise(
        f.depot(date_reception=date(2024, 3, 1)), statut=Statut.RADIEE, statut_le=date(2025, 6, 1)
    )
    (nud,) = reprendre_demandes([reprise], acteur=systeme).values()
    fiche = lire(nud, agent)
    with pytest.raises(Interdit, match="n’est plus ouverte"):
        modifier(fiche, avec_loyer(fiche.contenu, 900), agent)
