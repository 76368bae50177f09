"""Role × door × trait: a counter proposes, others decide, and nobody who decides ever types a name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.rules import Role
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite, Personne
from sne.registre.depot.actions.deposer import deposer_demande
from sne.registre.identite.actions.decider import refuser_identite, valider_identite
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal
from sne.socle.erreurs import Introuvable, NonHabilite, Refus
from sne.socle.horloge import maintenant
from tests.habilitations.factories import connecter, creer_gestionnaire, creer_responsable
from tests.registre import factories as f
from tests.registre.depot.test_deposer import CONJOINT, NAISSANCE
from tests.registre.identite.changements_identite import demander, ouvrir

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT + timedelta(days=30)  # within the weeks in which a demande of ANCIEN is renewed
VIEUX = LE - timedelta(days=330)


def trait(**valeurs: Any) -> Callable[[Contenu], Contenu]:
    """The wanted tree with other values of the applicant's identity."""

    def changer(contenu: Contenu) -> Contenu:
        assert contenu.demandeur is not None
        identite = contenu.demandeur.identite.model_copy(update=valeurs)
        return contenu.model_copy(
            update={"demandeur": contenu.demandeur.model_copy(update={"identite": identite})}
        )

    return changer


def du_conjoint(contenu: Contenu) -> Contenu:
    (seul,) = contenu.cotitulaires
    identite = seul.identite.model_copy(update={"nom_naissance": "Zimmer"})
    return contenu.model_copy(update={"cotitulaires": (seul.model_copy(update={"identite": identite}),)})


TRAITS: dict[str, Callable[[Contenu], Contenu]] = {
    "nom": trait(nom_naissance="Zimmer"),
    "une lettre": trait(nom_naissance="Dubreuill"),
    "prénoms": trait(prenoms="Karla"),
    "naissance": trait(date_naissance=date(1979, 1, 30)),
    "sexe": trait(civilite="1"),
    "nom d’usage": trait(nom_usage="Haddad"),
    "nom du cotitulaire": du_conjoint,
    "départ du cotitulaire": lambda contenu: contenu.model_copy(update={"cotitulaires": ()}),
    "nir": lambda contenu: contenu,
}


def modifier(demande: Demande, saisie: Saisie, acteur: Acteur) -> None:
    modifier_demande(
        demande.id,
        contenu=saisie.contenu,
        revision=saisie.revision,
        nirs=saisie.nirs,
        acte=Acte(acteur, LE),
    )


def renouveler(demande: Demande, saisie: Saisie, acteur: Acteur) -> None:
    renouveler_demande(demande.id, saisie=saisie, acte=Acte(acteur, LE))


PORTES = {"modification": modifier, "renouvellement": renouveler}
QUI_SAISIT = {Role.AGENT_GUICHET, Role.RESPONSABLE_GUICHET}


@pytest.mark.parametrize("porte", PORTES)
@pytest.mark.parametrize("nom", TRAITS)
@pytest.mark.parametrize("role", sorted(f.LECTEURS))
def test_who_may_ask_for_a_trait_through_a_door(role: Role, nom: str, porte: str) -> None:
    agent = f.creer_acteur()
    recu = f.deposer(f.contenu(cotitulaires=[CONJOINT]), acteur=agent, le=VIEUX)
    demande = Demande.objects.get(id=recu.demande_id)
    avant = _identites(demande)
    nirs = {"demandeur": f.nir_de(NAISSANCE)} if nom == "nir" else {}
    saisie = Saisie(TRAITS[nom](get_fiche(demande, agent).contenu), 1, nirs)
    acteur = f.creer_acteur(role)
    if role in QUI_SAISIT:
        PORTES[porte](demande, saisie, acteur)
        return
    with pytest.raises(NonHabilite):
        PORTES[porte](demande, saisie, acteur)
    assert _identites(demande) == avant
    assert Demande.objects.get(id=demande.id).revision == 1


@pytest.mark.parametrize("nom", ["nom", "une lettre", "départ du cotitulaire"])
def test_whoever_decides_types_no_name_even_as_an_agent(nom: str) -> None:
    """Two roles in one account: the wider one does not lend its decisions to the other's entries."""
    agent, gt = f.creer_acteur(), f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    double = replace(agent, mandats=(*agent.mandats, *gt.mandats))
    recu = f.deposer(f.contenu(cotitulaires=[CONJOINT]), acteur=double, le=VIEUX)
    demande = Demande.objects.get(id=recu.demande_id)
    contenu = get_fiche(demande, agent).contenu
    with pytest.raises(NonHabilite, match="ne permet pas de modifier"):
        modifier(demande, Saisie(TRAITS[nom](contenu), 1, {}), double)


def _identites(demande: Demande) -> list[Any]:
    return list(
        Personne.objects.filter(demande=demande)
        .order_by("rang")
        .values_list("identite_courante", "retire_le")
    )


@pytest.mark.decision("D-2024-02")
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("acte", ["valider", "refuser"])
def test_who_decides_and_only_of_what_was_asked(role: Role, acte: str) -> None:
    """Whoever may put it in force puts in force what the counter typed: no value comes with the decision."""
    ligne = demander(f.creer_acteur())
    acteur = f.creer_acteur(role)
    if role is not Role.GESTIONNAIRE_TERRITORIAL:
        with pytest.raises((Introuvable, NonHabilite)):
            _decider(acte, ligne, acteur)
        return
    ouvrir(ligne, acteur)
    _decider(acte, ligne, acteur)
    attendu = ligne.nom_naissance if acte == "valider" else "Dubreuil"
    (personne,) = Personne.objects.select_related("identite_courante").filter(demande=ligne.demande_id)
    assert personne.identite_courante.nom_naissance == attendu


def _decider(acte: str, ligne: Identite, acteur: Acteur) -> None:
    if acte == "valider":
        valider_identite(ligne.id, acte=Acte(acteur, f.MAINTENANT + timedelta(hours=1)))
    else:
        refuser_identite(
            ligne.id,
            motif="DOUBLON",
            precision="",
            acte=Acte(acteur, f.MAINTENANT + timedelta(hours=1)),
        )


@pytest.mark.parametrize("canal", Canal)
def test_a_territorial_manager_registers_nobody_through_any_channel(canal: Canal) -> None:
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, canal=canal)
    with pytest.raises(Refus):
        deposer_demande(f.depot(), acte=Acte(gt, f.MAINTENANT))
    assert not Demande.objects.exists()


@pytest.mark.decision("D-2024-01")
@pytest.mark.parametrize("champ", ["nom_naissance", "prenoms", "date_naissance", "civilite", "nom_usage"])
def test_on_screen_a_territorial_manager_changes_no_name(champ: str) -> None:
    """The form of the counter, posted by the manager: refused, whatever else it holds."""
    nud = f.deposer(le=maintenant() - timedelta(days=200)).nud
    valeurs = {
        "civilite": "2",
        "nom_naissance": "Dubreuil",
        "nom_usage": "",
        "prenoms": "Élodie",
        "date_naissance": "14/03/1987",
        "nationalite": "1",
        "situation_familiale": "C",
        "revision": "1",
        "motif": "À sa demande",
    } | {champ: {"date_naissance": "30/01/1979", "civilite": "1"}.get(champ, "Zimmer")}
    client = connecter(Client(), creer_gestionnaire())
    reponse = client.post(reverse("demande-modifier", args=[nud, "personne"]), valeurs)
    assert reponse.status_code != 302
    demande = Demande.objects.get(nud=nud)
    assert demande.revision == 1
    assert Identite.objects.filter(demande=demande).count() == 1


@pytest.mark.decision("D-2024-01")
def test_the_page_of_the_decision_takes_no_name() -> None:
    """What a decider sends besides their decision is nothing to it."""
    ligne = demander(f.creer_acteur())
    for compte in (creer_gestionnaire(), creer_responsable()):
        client = connecter(Client(), compte)
        client.post(
            reverse("identite", args=[ligne.id]),
            {"decision": "question", "precision": "Quand ?", "nom_naissance": "Zimmer", "prenoms": "Karla"},
        )
    assert set(Identite.objects.values_list("nom_naissance", flat=True)) == {"Dubreuil", "Morel"}
