"""A counter takes a demande away, alone: in one go, in small steps, in another order, at another hour."""

from datetime import time

from sne.habilitations.models import Compte
from sne.registre.demande.models.personne import Identite
from sne.registre.identite.selectors.a_decider import get_lecture
from sne.socle.horloge import aujourd_hui
from tests.menaces.fins import Fin
from tests.menaces.scene import CONTACT_INTRUS, INTRUS, NAISSANCE, Scene, importer, une_association
from tests.registre import factories as f
from tests.registre.restauration.detournements import actuel

ATTENTE = "en attente de décision"


def test_exact_sequence(scene: Scene, agent: Compte) -> None:
    contacts = scene.tout_prendre(agent)
    assert "peuvent être modifiés à partir du 02/12/2026" in contacts
    assert {"NOM", "PRENOMS", "NAISSANCE", "SEXE"} <= scene.clauses()
    scene.en_vigueur(agent)
    pris = actuel(scene.demande_id)
    assert [p.prenoms for p in pris.foyer.personnes_a_charge] == ["Otto"]
    assert pris.souhaits.loyer_maximum == 1900
    scene.defaite(agent)


def test_step_by_step_by_two_letters(scene: Scene, agent: Compte) -> None:
    assert "Changement appliqué" in scene.saisir(agent, "personne", nom_naissance="Dubreuxx")
    scene.jour(40)
    assert ATTENTE in scene.saisir(agent, "personne", nom_naissance="Dubrxxxx")
    assert scene.clauses() == {"NOM", "DEJA_AUTOMATIQUE"}
    scene.retirer(agent)
    scene.jour(320)
    scene.renouveler(agent)
    scene.jour(370)
    assert ATTENTE in scene.saisir(agent, "personne", nom_naissance="Dubrxxxx")
    assert scene.clauses() == {"NOM"}
    scene.empechee(agent, nom="Dubreuxx")


def test_same_surname(scene: Scene, agent: Compte) -> None:
    cousin = INTRUS | {"nom_naissance": "Dubreuil"}
    assert ATTENTE in scene.saisir(agent, "personne", **cousin)
    assert scene.clauses() == {"PRENOMS", "NAISSANCE", "SEXE"}
    scene.empechee(agent)


def test_birth_date_first(scene: Scene, agent: Compte) -> None:
    assert ATTENTE in scene.saisir(agent, "personne", date_naissance="14/03/1979")
    assert scene.clauses() == {"NAISSANCE"}
    scene.jour(3)
    assert "attend déjà une décision" in scene.saisir(agent, "personne", nom_naissance="Zimmer")
    assert Identite.objects.filter(demande=scene.demande_id, voie="CONTROLE").count() == 1
    scene.empechee(agent)


def test_contacts_first(scene: Scene, agent: Compte) -> None:
    assert "Changement appliqué" in scene.saisir(agent, "coordonnees", **CONTACT_INTRUS)
    scene.jour(31)
    assert ATTENTE in scene.saisir(agent, "personne", **INTRUS)
    assert not {"CONTACT_RECENT", "ALTERNANCE"} & scene.clauses()
    scene.en_vigueur(agent)
    scene.defaite(agent)


def test_usage_name_first(scene: Scene, agent: Compte) -> None:
    assert "Changement appliqué" in scene.saisir(agent, "personne", nom_usage="Zimmer")
    scene.jour(91)
    assert "Changement appliqué" in scene.saisir(agent, "personne", nom_naissance="Zimmer")
    scene.jour(92)
    assert ATTENTE in scene.saisir(agent, "personne", **INTRUS)
    assert {"PRENOMS", "NAISSANCE", "SEXE", "DEJA_AUTOMATIQUE"} <= scene.clauses()
    scene.defaite(agent)


def test_nir_planted_first(vide: Scene, agent: Compte) -> None:
    vide.choisir(importer())
    assert "Changement appliqué" in vide.saisir(agent, "personne", nir=f.nir_de(NAISSANCE))
    vide.jour(20)
    assert ATTENTE in vide.saisir(agent, "personne", **INTRUS)
    vide.en_vigueur(agent)
    vide.defaite(agent)


def test_nir_of_somebody_else(scene: Scene, agent: Compte) -> None:
    assert ATTENTE in scene.saisir(agent, "personne", nir=f.nir_de(NAISSANCE))
    assert scene.clauses() == {"NIR"}
    scene.empechee(agent)


def test_at_night(scene: Scene, agent: Compte) -> None:
    scene.jour(1, time(2, 0))
    scene.tout_prendre(agent)
    lecture = get_lecture(scene.demande_id, le=aujourd_hui())
    assert lecture is not None
    assert "En dehors des heures habituelles" in " ".join(terme.detail for terme in lecture.termes)
    scene.empechee(agent)


def test_association_named_anew(vide: Scene, agent: Compte) -> None:
    """Name, SIREN and contacts at once: no person is on the demande, so no rule of identities looks at it."""
    vide.choisir(importer(une_association()))
    voulu = {"nom": "Zimmer", "siren": "552100554", "courriel": CONTACT_INTRUS["courriel"]}
    assert "Changement appliqué" in vide.saisir(agent, "association", **voulu)
    association = actuel(vide.demande_id).association
    assert association is not None
    assert association.nom == "Zimmer"
    vide.restaurer(vide.s_opposer())
    assert actuel(vide.demande_id) == vide.avant
    vide.conclue = Fin.DEFAIT
