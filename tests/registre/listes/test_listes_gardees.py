"""Lists kept under a name: whose, seen by whom, dropped by whom; a shared one outlives its author's stay."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree, Valeur
from sne.registre.listes.actions.listes import enregistrer_liste, supprimer_liste
from sne.registre.listes.models import ListeEnregistree
from sne.registre.listes.rules.listes import PARTAGES, CodeListe, Filtre, Partage
from sne.registre.listes.selectors.enregistrees import list_enregistrees
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable, NonHabilite
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
AGENT, COLLEGUE = f.creer_acteur(), f.creer_acteur()
RESPONSABLE = f.creer_acteur(Role.RESPONSABLE_GUICHET)
VOISIN = f.creer_acteur(Role.RESPONSABLE_GUICHET, guichet="G0991")
GT = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
LOIN = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="02A")
FILTRE = Filtre("G0993", commune="99002", inverse=True)


def garder(
    nom: str = "A", partage: Partage = Partage.PRIVEE, *, acteur: Acteur = AGENT, filtre: Filtre = FILTRE
) -> uuid.UUID:
    cle = enregistrer_liste(nom, CodeListe.ECHEANCE, filtre, partage=partage, acte=Acte(acteur, f.MAINTENANT))
    connection.check_constraints()
    return cle


def vues(acteur: Acteur) -> list[str]:
    return [x.nom for x in list_enregistrees(acteur)]


def test_ones_own_is_seen_by_nobody_else() -> None:
    garder()
    (gardee,) = list_enregistrees(AGENT)
    assert (gardee.filtre, gardee.code, gardee.auteur, gardee.supprimable) == (
        FILTRE,
        CodeListe.ECHEANCE,
        "",
        True,
    )
    assert [vues(a) for a in (COLLEGUE, RESPONSABLE, GT)] == [[], [], []]


def test_the_same_name_is_replaced_not_doubled() -> None:
    premiere = garder()
    assert garder(filtre=Filtre(etat="ACTIVE"), partage=Partage.GUICHET) == premiere
    (gardee,) = list_enregistrees(AGENT)
    assert (gardee.filtre, gardee.partage) == (Filtre(etat="ACTIVE"), Partage.GUICHET)
    garder(acteur=COLLEGUE)
    assert ListeEnregistree.objects.count() == 2


@pytest.mark.parametrize(
    ("partage", "acteur", "lecteurs"),
    [
        (Partage.GUICHET, AGENT, [AGENT, COLLEGUE, RESPONSABLE, GT]),
        (Partage.TERRITOIRE, GT, [AGENT, COLLEGUE, RESPONSABLE, VOISIN, GT]),
    ],
)
def test_who_sees_a_shared_list(partage: Partage, acteur: Acteur, lecteurs: list[Acteur]) -> None:
    garder(partage=partage, acteur=acteur, filtre=Filtre())
    tous = (AGENT, COLLEGUE, RESPONSABLE, VOISIN, GT, LOIN)
    assert [a for a in tous if vues(a)] == lecteurs


def test_a_filter_never_reaches_out_of_the_perimeter() -> None:
    garder(partage=Partage.TERRITOIRE, acteur=GT, filtre=Filtre("G0991", commune="99002"))
    (chez_l_agent,), (chez_le_voisin,) = list_enregistrees(AGENT), list_enregistrees(VOISIN)
    assert chez_l_agent.filtre == Filtre(commune="99002")
    assert chez_le_voisin.filtre == Filtre("G0991", commune="99002")
    assert chez_l_agent.auteur == GT.nom


def test_a_list_of_a_counter_keeps_no_counter() -> None:
    garder(partage=Partage.GUICHET)
    assert ListeEnregistree.objects.get().filtre == {"commune": "99002", "inverse": True}


@pytest.mark.parametrize(
    ("acteur", "partage"),
    [
        (AGENT, Partage.TERRITOIRE),
        (GT, Partage.GUICHET),
        (f.creer_acteur(Role.SUPPORT_N1), Partage.PRIVEE),
        (f.creer_acteur(Role.DPO), Partage.TERRITOIRE),
    ],
)
def test_sharing_needs_the_right_in_that_place(acteur: Acteur, partage: Partage) -> None:
    with pytest.raises(NonHabilite, match="partager une liste"):
        garder(partage=partage, acteur=acteur)
    assert ListeEnregistree.objects.count() == 0


def test_it_outlives_its_author_and_the_manager_of_the_place_drops_it() -> None:
    """The author is known by a name kept with it, and by no account."""
    cle = garder(partage=Partage.GUICHET)
    assert vues(COLLEGUE) == ["A"]
    with pytest.raises(NonHabilite, match="responsable du guichet"):
        supprimer_liste(cle, acte=Acte(COLLEGUE, f.MAINTENANT))
    for acteur in (VOISIN, LOIN):
        with pytest.raises(Introuvable):
            supprimer_liste(cle, acte=Acte(acteur, f.MAINTENANT))
    supprimer_liste(cle, acte=Acte(RESPONSABLE, f.MAINTENANT))
    assert vues(COLLEGUE) == []


def test_a_guichet_manager_does_not_drop_a_list_of_the_territory() -> None:
    cle = garder(partage=Partage.TERRITOIRE, acteur=GT, filtre=Filtre())
    with pytest.raises(NonHabilite):
        supprimer_liste(cle, acte=Acte(RESPONSABLE, f.MAINTENANT))
    autre_gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    supprimer_liste(cle, acte=Acte(autre_gt, f.MAINTENANT))


def test_keeping_and_dropping_are_told_without_the_name() -> None:
    cle = garder("Madame X")
    supprimer_liste(cle, acte=Acte(AGENT, f.MAINTENANT))
    assert set(Entree.objects.values_list("verbe", flat=True)) == {"ENREGISTRER_LISTE", "SUPPRIMER_LISTE"}
    for entree in Entree.objects.all():
        assert (
            entree.faits.items()
            >= {
                "enregistree": str(cle),
                "liste": "ECHEANCE",
                "partage": "PRIVEE",
                "filtre": FILTRE.en_json(),
            }.items()
        )
    assert not Valeur.objects.exists()


def test_journal_failure_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def tomber(*_: object) -> None:
        raise RuntimeError("journal en panne")

    monkeypatch.setattr(journal, "inscrire", tomber)
    with pytest.raises(RuntimeError):
        garder()
    assert ListeEnregistree.objects.count() == 0


def test_every_share_has_words() -> None:
    assert set(PARTAGES) == set(Partage)


@pytest.mark.parametrize(
    "colonne", ["auteur = gen_random_uuid()", "nom = 'B'", "partage = 'TOUS'", "liste = 'X'"]
)
def test_the_database_refuses_what_the_action_would_not_do(colonne: str) -> None:
    garder()
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(f"UPDATE liste_enregistree SET {colonne}")


def test_who_opens_no_list_is_shown_their_own_alone() -> None:
    garder("Du territoire", Partage.TERRITOIRE, acteur=GT)
    assert vues(f.creer_acteur(Role.SUPPORT_N1, territoire="", guichet="")) == []
