"""Registering: success, refusal by person, by state, idempotence, and nothing left behind when the journal fails."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from sne.habilitations.rules import Role
from sne.journal.models import Entree, Valeur
from sne.registre.demande.models.demande import Demande, PlaceOuverte, RequeteAnteriorite, Version
from sne.registre.demande.models.personne import Identite, Personne, SecretNir, TitreAnciennete
from sne.registre.demande.rules.refus import DejaOuverte, DepotIncomplet, DoublonAJustifier
from sne.registre.depot.actions import deposer as module
from sne.registre.depot.actions.construire import PieceVue
from sne.registre.doublons.actions.signaler import Reconnues
from sne.registre.lecture.selectors.historique_demandeur import Demandee, get_lecteur, get_page
from sne.registre.modification.actions.brouillons import ouvrir_brouillon
from sne.registre.modification.selectors.brouillons import get_brouillon
from sne.registre.pieces.actions.echeances import guetter_pieces
from sne.registre.pieces.models import Piece
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
NAISSANCE = date(1987, 3, 14)
CONJOINT = f.personne(
    "Haddad", "Karim", identite={"civilite": "1", "date_naissance": "1985-02-02"}, lien_demandeur="C"
)


def compter() -> tuple[int, ...]:
    tables = (Demande, Personne, Identite, TitreAnciennete, Version, SecretNir, PlaceOuverte)
    return tuple(t.objects.count() for t in tables)


def test_depot_gives_a_number_of_its_territory_month_and_guichet() -> None:
    recepisse = f.deposer()
    connection.check_constraints()
    assert recepisse.nud[:7] == "0991126"
    assert recepisse.nud[13:] == "G0993"
    assert len(recepisse.nud) == 18
    assert recepisse.date_depot == f.AUJOURD_HUI


def test_depot_writes_one_row_per_person_and_one_version() -> None:
    nirs = {"demandeur": f.nir_de(NAISSANCE), "cotitulaire:1": f.nir_de(date(1985, 2, 2), sexe=1)}
    avant = compter()
    f.deposer(f.contenu(cotitulaires=[CONJOINT]), nirs=nirs)
    connection.check_constraints()
    assert tuple(b - a for a, b in zip(avant, compter(), strict=True)) == (1, 2, 2, 2, 1, 2, 2)


def test_depot_is_told_by_an_entry_naming_its_revision_and_never_a_nir() -> None:
    nir = f.nir_de(NAISSANCE)
    recepisse = f.deposer(nirs={"demandeur": nir})
    entree = Entree.objects.get(demande=recepisse.demande_id)
    assert (entree.verbe, entree.revision, entree.faits["numero"]) == ("DEPOSER", 1, recepisse.nud)
    valeurs = {v.champ: v.valeur for v in Valeur.objects.filter(entree=entree.id)}
    assert valeurs["demandeur.identite.nom_naissance"] == "Dubreuil"
    version = Version.objects.get(demande=recepisse.demande_id)
    for texte in (str(entree.faits), str(valeurs), str(version.contenu), str(version.contenu_protege)):
        assert nir[:13] not in texte


def test_same_draft_registered_twice_gives_the_same_number() -> None:
    acteur, depot = f.creer_acteur(), f.depot()
    premier = module.deposer_demande(depot, acte=Acte(acteur, f.MAINTENANT))
    second = module.deposer_demande(depot, acte=Acte(acteur, f.MAINTENANT))
    assert second == replace(premier, deja=True)
    assert Demande.objects.filter(id=depot.id).count() == 1


def test_draft_ends_with_its_registration_and_stays_when_it_is_refused() -> None:
    acteur = f.creer_acteur()
    brouillon = ouvrir_brouillon({"personne": {}}, acte=Acte(acteur, f.MAINTENANT), territoire="099")
    with pytest.raises(DepotIncomplet):
        f.deposer(acteur=acteur, id=brouillon, piece_vue=None)
    assert get_brouillon(brouillon, acteur).id == brouillon
    f.deposer(acteur=acteur, id=brouillon)
    with pytest.raises(Introuvable):
        get_brouillon(brouillon, acteur)


def test_outside_the_union_a_residence_document_was_seen_or_the_agent_says_why_not() -> None:
    etranger = f.contenu(demandeur=f.personne(identite={"nationalite": "3"}))
    with pytest.raises(DepotIncomplet) as refus:
        f.deposer(etranger)
    (anomalie,) = refus.value.anomalies
    assert anomalie.chemin == "piece_vue"
    assert "Choisissez le titre de séjour ou le récépissé" in anomalie.phrase
    vues = {}
    for piece in (
        PieceVue("RECEPISSE", f.AUJOURD_HUI),
        PieceVue("PASSEPORT", f.AUJOURD_HUI, dispense_titre=True),
    ):
        recepisse = f.deposer(etranger, piece_vue=piece, doublons_ecartes="Une autre personne.")
        version = Version.objects.get(demande=recepisse.demande_id)
        entree = Entree.objects.get(demande=recepisse.demande_id, verbe="DEPOSER")
        vues[piece.type] = (version.piece_vue, entree.faits.get("dispense_titre"))
    assert vues == {
        "RECEPISSE": ({"type": "RECEPISSE", "vue_le": "2026-11-24"}, None),
        "PASSEPORT": (
            {"type": "PASSEPORT", "vue_le": "2026-11-24", "dispense_titre": "EEE_SUISSE"},
            "EEE_SUISSE",
        ),
    }


def test_end_of_validity_read_on_the_document_seen_is_watched() -> None:
    vue = PieceVue("CNI", f.AUJOURD_HUI, fin=f.AUJOURD_HUI + timedelta(days=20))
    recepisse = f.deposer(piece_vue=vue)
    (piece,) = Piece.objects.filter(demande=recepisse.demande_id)
    assert (piece.type_piece, piece.document, piece.validite_fin) == ("IDENTITE", None, vue.fin)
    assert Demande.objects.get(id=recepisse.demande_id).version_courante.pieces == [piece.id]
    assert (piece.revision, piece.personne_id) == (1, Personne.objects.get(demande=recepisse.demande_id).id)
    demande = Demande.objects.get(id=recepisse.demande_id)
    (ligne,) = get_page(demande, get_lecteur(demande, str(piece.personne_id)), Demandee()).lignes
    assert ligne.phrase.endswith(
        "a enregistré votre demande. Un de vos documents a été vu, sans copie gardée."
    )
    assert guetter_pieces("099", survenu_le=f.MAINTENANT) == 1
    sejour = PieceVue(
        "PASSEPORT", f.AUJOURD_HUI, dispense_titre=True, fin=f.AUJOURD_HUI + timedelta(days=900)
    )
    etranger = f.contenu(demandeur=f.personne("Zimmer", identite={"nationalite": "3"}))
    autre = f.deposer(etranger, piece_vue=sejour, doublons_ecartes="Une autre personne.")
    assert Piece.objects.get(demande=autre.demande_id).type_piece == "SEJOUR"
    assert guetter_pieces("099", survenu_le=f.MAINTENANT) == 0


@pytest.mark.parametrize("type_piece", ["TITRE_SEJOUR", "RECEPISSE"])
def test_a_residence_document_that_has_ended_comes_with_a_reason(type_piece: str) -> None:
    etranger = f.contenu(demandeur=f.personne(identite={"nationalite": "3"}))
    vue = PieceVue(type_piece, f.AUJOURD_HUI, fin=f.AUJOURD_HUI - timedelta(days=1))
    with pytest.raises(DepotIncomplet) as refus:
        f.deposer(etranger, piece_vue=replace(vue, explication="  "))
    (anomalie,) = refus.value.anomalies
    assert (anomalie.chemin, anomalie.code) == ("piece_vue", "TITRE_PERIME")
    assert "a pris fin le 23/11/2026" in anomalie.phrase
    recepisse = f.deposer(etranger, piece_vue=replace(vue, explication="Renouvellement demandé"))
    assert Piece.objects.get(demande=recepisse.demande_id).explication == "Renouvellement demandé"


def test_a_residence_document_that_has_ended_holds_back_nobody_else() -> None:
    hier = f.AUJOURD_HUI - timedelta(days=1)
    f.deposer(piece_vue=PieceVue("CNI", f.AUJOURD_HUI, fin=hier))
    etranger = f.contenu(demandeur=f.personne("Zimmer", identite={"nationalite": "3"}))
    f.deposer(etranger, piece_vue=PieceVue("PASSEPORT", f.AUJOURD_HUI, dispense_titre=True, fin=hier))
    dernier_jour = PieceVue("TITRE_SEJOUR", f.AUJOURD_HUI, fin=f.AUJOURD_HUI)
    autre = f.contenu(demandeur=f.personne("Nguyen", "Lan", identite={"nationalite": "3"}))
    f.deposer(autre, piece_vue=dernier_jour, doublons_ecartes="Une autre personne.")


def test_impossible_end_of_validity_registers_nothing() -> None:
    avant = compter()
    with pytest.raises(Interdit, match="Relisez-la sur la pièce"):
        f.deposer(piece_vue=PieceVue("CNI", f.AUJOURD_HUI, fin=date(1926, 1, 1)))
    assert compter() == avant


def test_same_draft_of_another_author_is_refused() -> None:
    depot = f.depot()
    module.deposer_demande(depot, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    with pytest.raises(NonHabilite):
        module.deposer_demande(depot, acte=Acte(f.creer_acteur(), f.MAINTENANT))


@pytest.mark.parametrize(
    "role", [Role.SUPPORT_N1, Role.DPO, Role.EXPLOITATION_NATIONALE, Role.GESTIONNAIRE_TERRITORIAL]
)
def test_roles_that_do_not_register_are_refused(role: Role) -> None:
    avant = compter()
    with pytest.raises(NonHabilite, match="ce guichet"):
        f.deposer(acteur=f.creer_acteur(role))
    assert compter() == avant


def test_another_guichet_than_ones_own_is_refused() -> None:
    with pytest.raises(NonHabilite):
        f.deposer(guichet="G0991")


def test_same_nir_in_the_other_role_is_refused() -> None:
    nir = f.nir_de(NAISSANCE)
    f.deposer(nirs={"demandeur": nir})
    inverse = f.contenu(
        demandeur=f.personne("Haddad", "Karim", identite={"civilite": "1", "date_naissance": "1985-02-02"}),
        cotitulaires=[f.personne(lien_demandeur="C")],
    )
    with pytest.raises(DejaOuverte, match="demande active"):
        f.deposer(inverse, nirs={"cotitulaire:1": nir})


def test_same_nir_that_the_look_up_misses_is_refused_by_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once under two birth dates wait for no one: the place of a number is taken once."""
    nir = f.nir_de(NAISSANCE)
    f.deposer(nirs={"demandeur": nir})
    monkeypatch.setattr(module, "verifier_doublons", lambda *_, **__: Reconnues())
    with pytest.raises(DejaOuverte) as refus:
        f.deposer(nirs={"demandeur": nir})
    assert refus.value.champ == "demandeur.identite.nir"
    assert Demande.objects.count() == 1


def test_same_nir_in_another_territory_is_free() -> None:
    nir = f.nir_de(NAISSANCE)
    f.deposer(nirs={"demandeur": nir})
    corse = f.contenu(
        souhaits={
            "types_logement": ["T3"],
            "localisations": [{"commune": "2B033"}],
            "accepte_autres_communes": True,
        }
    )
    acteur = f.creer_acteur(territoire="02B", guichet="GD2B1")
    recepisse = f.deposer(corse, acteur=acteur, territoire="02B", guichet="GD2B1", nirs={"demandeur": nir})
    assert recepisse.nud.startswith("02B1126")


def test_close_demande_must_be_explained_then_passes() -> None:
    f.deposer()
    with pytest.raises(DoublonAJustifier) as refus:
        f.deposer()
    assert refus.value.proches[0].raisons[:2] == ("même date de naissance", "même nom")
    assert f.deposer(doublons_ecartes="Ce sont deux cousines.").nud


def test_missing_fields_are_all_named_and_nothing_is_written() -> None:
    avant = compter()
    with pytest.raises(DepotIncomplet) as refus:
        f.deposer(f.contenu(souhaits={}), piece_vue=None)
    chemins = {a.chemin for a in refus.value.anomalies}
    assert {"piece_vue", "souhaits.accepte_autres_communes"} <= chemins
    assert compter() == avant


def test_wrong_nir_is_refused_without_repeating_it() -> None:
    with pytest.raises(DepotIncomplet) as refus:
        f.deposer(nirs={"demandeur": "2 87 03 99 000 001 00"})
    assert "clé" in str(refus.value)
    assert "287" not in str(refus.value).replace(" ", "")


def test_reception_within_the_limit_is_the_deposit_date() -> None:
    reception = f.AUJOURD_HUI - timedelta(days=30)
    recepisse = f.deposer(date_reception=reception, anteriorite_motif="Courrier tamponné")
    demande = Demande.objects.get(id=recepisse.demande_id)
    assert (demande.date_depot, demande.date_enregistrement) == (reception, f.AUJOURD_HUI)
    assert not recepisse.anteriorite_en_attente
    assert recepisse.nud[3:7] == "1026"
    assert not RequeteAnteriorite.objects.exists()


def test_older_reception_is_registered_today_and_asked_to_a_gt() -> None:
    reception = f.AUJOURD_HUI - timedelta(days=31)
    with pytest.raises(DepotIncomplet, match="gestionnaire territorial"):
        f.deposer(date_reception=reception)
    recepisse = f.deposer(date_reception=reception, anteriorite_motif="Courrier tamponné du 24 octobre")
    connection.check_constraints()
    titre = TitreAnciennete.objects.get(demande=recepisse.demande_id)
    assert titre.date_depot == recepisse.date_depot == f.AUJOURD_HUI
    assert recepisse.anteriorite_en_attente
    assert RequeteAnteriorite.objects.get(demande=recepisse.demande_id).date_demandee == reception


def test_future_reception_is_refused() -> None:
    with pytest.raises(DepotIncomplet, match="futur"):
        f.deposer(date_reception=f.AUJOURD_HUI + timedelta(days=1))


def test_journal_failure_leaves_nothing_behind() -> None:
    """An actor whose snapshot the journal refuses: nothing of the deposit stays."""
    avant = compter()
    acteur = f.creer_acteur()
    object.__setattr__(acteur, "nom", "nul \x00")  # no JSON text in PostgreSQL
    with pytest.raises(Exception, match=r"u0000|unsupported"):
        f.deposer(acteur=acteur)
    assert compter() == avant


def test_eight_corsican_communes_two_adults_three_children() -> None:
    communes = ["2B033", "2B037", "2B050", "2B057", "2B096", "2B120", "2B148", "2B205"]
    foyer = {
        "personnes_a_charge": [
            {
                "identifiant": str(n),
                "nom": "Casanova",
                "prenoms": p,
                "date_naissance": f"201{n}-05-01",
                "sexe": "F",
                "lien_parente": "E",
            }
            for n, p in enumerate(["Lisa", "Maria", "Ghjulia"])
        ]
    }
    contenu = f.contenu(
        cotitulaires=[CONJOINT],
        foyer=foyer,
        souhaits={
            "types_logement": ["T4", "T5"],
            "localisations": [{"commune": c} for c in communes],
            "accepte_autres_communes": False,
        },
    )
    acteur = f.creer_acteur(territoire="02B", guichet="GD2B1")
    recepisse = f.deposer(contenu, acteur=acteur, territoire="02B", guichet="GD2B1")
    demande = Demande.objects.get(id=recepisse.demande_id)
    assert demande.communes_souhaitees == communes
    assert demande.nb_personnes == 5
