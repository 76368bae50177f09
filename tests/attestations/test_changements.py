"""No paper in the household's hands says other persons: what is put in force replaces it, and the check says so."""

from datetime import timedelta
from typing import Any

import pytest

from sne.attestations.actions import emettre_attestation
from sne.attestations.models import Attestation, AttestationARemettre
from sne.attestations.rules import EtatVerification, Modele
from sne.attestations.selectors import verifier_reference
from sne.journal.handlers import abonnes
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from tests.attestations.test_envois import COURRIEL, executer
from tests.registre import factories as f
from tests.registre.separation.separations import PAUL, couple, separer, seul

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]
ANCIEN = f.MAINTENANT - timedelta(days=60)
VIOLENCES = {"codes": ["06"]}


def suivre(*verbes: str) -> None:
    """Every entry, or those of these verbs, delivered to whoever of the attestations asked for it, twice."""
    siens = [a for a in abonnes() if a.nom.startswith("attestations")]
    entrees = Entree.objects.exclude(demande=None).order_by("inscrit_le", "id")
    for entree in entrees.filter(verbe__in=verbes) if verbes else entrees:
        for abonne in siens:
            if entree.verbe not in abonne.verbes:
                continue
            for _ in range(2):
                executer(
                    abonne.tache,
                    entree_id=str(entree.id),
                    demande_id=str(entree.demande),
                    territoire="099",
                    verbe=entree.verbe,
                    revision=entree.revision,
                )


def dubreuil(nom: str = "Dubreuil", *, contact: dict[str, str] | None = None, **autres: Any) -> Contenu:
    return f.contenu(demandeur=f.personne(nom, contact=COURRIEL if contact is None else contact), **autres)


def deposer(contenu: Contenu | None = None) -> Demande:
    """Registered, with its attestation, sent."""
    demande = Demande.objects.get(id=f.deposer(contenu or dubreuil(), le=ANCIEN).demande_id)
    suivre()
    return demande


def modifier(demande: Demande, contenu: Contenu) -> None:
    revision = Demande.objects.get(id=demande.id).revision
    modifier_demande(
        demande.id, contenu=contenu, revision=revision, acte=Acte(f.creer_acteur(), f.MAINTENANT)
    )


def valider(demande: Demande) -> None:
    """The decision of somebody on the change that waits."""
    f.decider(Identite.objects.get(demande=demande, voie="CONTROLE"))


def noms() -> list[str]:
    return [a.donnees["nom_naissance"] for a in Attestation.objects.order_by("survenu_le", "id")]


def etat(attestation: Attestation) -> EtatVerification:
    return verifier_reference(attestation.reference, aujourd_hui=f.AUJOURD_HUI).etat


def test_an_identity_decided_replaces_the_attestation_which_is_sent() -> None:
    demande = deposer()
    modifier(demande, dubreuil("Zimmer"))
    suivre()
    assert noms() == ["Dubreuil"]  # nothing is in force yet
    valider(demande)
    suivre()
    assert noms() == ["Dubreuil", "Zimmer"]
    avant, apres = Attestation.objects.order_by("survenu_le", "id")
    assert (etat(avant), etat(apres)) == (EtatVerification.REMPLACEE, EtatVerification.VALABLE)
    assert Message.objects.filter(origine=apres.origine, canal="COURRIEL").count() == 1


def test_a_change_applied_at_once_does_too() -> None:
    """A usage name is nobody's to decide."""
    demande = deposer()
    contenu = f.contenu(demandeur=f.personne(contact=COURRIEL, identite={"nom_usage": "Morel"}))
    modifier(demande, contenu)
    suivre()
    avant, apres = Attestation.objects.order_by("survenu_le", "id")
    assert (avant.donnees["nom_usage"], apres.donnees["nom_usage"]) == ("", "Morel")
    assert etat(avant) is EtatVerification.REMPLACEE


def test_what_names_nobody_else_replaces_nothing() -> None:
    demande = deposer()
    modifier(demande, dubreuil(contact={**COURRIEL, "courriel": "autre@exemple.fr"}))
    suivre()
    assert noms() == ["Dubreuil"]


def test_a_refused_one_replaces_nothing() -> None:
    demande = deposer()
    modifier(demande, dubreuil("Zimmer"))
    f.decider(Identite.objects.get(demande=demande, voie="CONTROLE"), issue="REFUSEE")
    suivre()
    assert noms() == ["Dubreuil"]


def test_an_entry_delivered_again_when_the_demande_has_moved_on_issues_nothing() -> None:
    demande = deposer()
    modifier(demande, dubreuil("Zimmer"))
    suivre()
    valider(demande)
    suivre("VALIDER_IDENTITE")
    usage = f.personne("Zimmer", contact=COURRIEL, identite={"nom_usage": "Morel"})
    modifier(demande, f.contenu(demandeur=usage))
    messages = Message.objects.count()
    suivre("VALIDER_IDENTITE")
    assert (noms(), Message.objects.count()) == (["Dubreuil", "Zimmer"], messages)
    suivre()
    assert noms() == ["Dubreuil", "Zimmer", "Zimmer"]
    assert Attestation.objects.latest("id").donnees["nom_usage"] == "Morel"


def test_who_left_is_on_no_paper_in_force() -> None:
    demande = deposer(couple("C"))
    complete = emettre_attestation(
        demande.id, acte=Acte(f.creer_acteur(), f.MAINTENANT), modele=Modele.INTEGRALE
    )
    separer(demande, seul())
    suivre()
    assert etat(complete) is EtatVerification.REMPLACEE
    nouvelle = Attestation.objects.get(remplace=complete)
    assert "Morel" not in str(nouvelle.donnees["resume"])


def test_a_protected_household_is_sent_nothing_and_the_counter_hands_it_over() -> None:
    demande = deposer(dubreuil(motifs=VIOLENCES))
    avant = Message.objects.count()
    modifier(demande, dubreuil("Zimmer", motifs=VIOLENCES))
    valider(demande)
    suivre()
    assert noms() == ["Dubreuil", "Zimmer"]
    nouvelle = Attestation.objects.get(remplace__isnull=False)
    assert Message.objects.count() == avant
    attente = AttestationARemettre.objects.get(attestation=nouvelle)
    assert (attente.canal_prevu, attente.guichet) == ("GUICHET", "G0993")
    assert etat(Attestation.objects.get(remplace=None)) is EtatVerification.REMPLACEE


def test_every_paper_in_force_is_replaced_the_full_one_at_the_counter() -> None:
    demande = deposer(couple("C"))
    complete = emettre_attestation(
        demande.id, acte=Acte(f.creer_acteur(), f.MAINTENANT), modele=Modele.INTEGRALE
    )
    cotitulaire = Identite.objects.filter(demande=demande, personne__role="COTITULAIRE").get()
    paul = f.personne(**PAUL, lien_demandeur="C")
    paul["identite"]["nom_usage"] = "Zimmer"
    modifier(demande, couple("C", cotitulaires=[paul]))
    assert Identite.objects.filter(personne=cotitulaire.personne).count() == 2
    suivre()
    assert etat(complete) is EtatVerification.REMPLACEE
    simplifiee = Attestation.objects.get(modele=Modele.SIMPLIFIEE)  # it names the holder alone
    assert etat(simplifiee) is EtatVerification.VALABLE
    nouvelle = Attestation.objects.get(remplace=complete)
    assert (nouvelle.modele, nouvelle.canal_prevu) == ("INTEGRALE", "GUICHET")


def test_income_changed_leaves_the_full_one() -> None:
    demande = deposer()
    emettre_attestation(demande.id, acte=Acte(f.creer_acteur(), f.MAINTENANT), modele=Modele.INTEGRALE)
    modifier(demande, dubreuil(precisions="Au rez-de-chaussée"))
    suivre()
    assert Attestation.objects.filter(remplace__isnull=False).count() == 0
