"""A change asked of a counter: who may ask it, its life, and that it is done by another act or not at all."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, connection, transaction

from sne.demandeurs.rules.niveaux import Niveau
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.referentiels.selectors import get_pieces
from sne.registre.attente.models import Attente
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.identite.rules.decision import exiger_pieces_vues
from sne.registre.identite.selectors.pieces_du_changement import list_pieces_du_changement
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.pieces.actions.deposer import remplacer_piece
from sne.registre.pieces.actions.qualifier import qualifier_piece
from sne.registre.pieces.models import Piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie, Qualification, type_recevable
from sne.registre.rattachement.selectors.liens import Lien
from sne.registre.requete.actions.annoncer import annoncer_requete
from sne.registre.requete.actions.demander import deposer_requete, retirer_requete, suivre_requetes
from sne.registre.requete.actions.documenter import (
    documenter_requete,
    exiger_papier_recevable,
    ouvrir_au_document,
)
from sne.registre.requete.actions.traiter import (
    conclure_requete,
    demander_document,
    ouvrir_requete,
    prendre_requete,
    refuser_requete,
    rendre_requete,
)
from sne.registre.requete.models import RequeteDemandeur
from sne.registre.requete.possible import exiger_requerable
from sne.registre.requete.rules.requete import (
    DOCUMENTS,
    LIBELLES,
    MOTIFS,
    PAPIERS,
    GenreRequete,
    MotifRefus,
    StatutRequete,
    type_de_piece,
)
from sne.registre.requete.selectors.requetes import DocumentEnvoye, etat_vise, list_requetes
from sne.registre.requete.tasks import annoncer
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.portail.test_renouveler import KARIM
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.pieces.pieces import fichier
from tests.registre.rattachement.test_suivre import relier, visiter

NOM, USAGE = GenreRequete.NOM_NAISSANCE, GenreRequete.NOM_USAGE
AGENT = uuid.uuid4()
NIR = f.nir_de(date(1987, 3, 14))


def test_every_kind_and_reason_has_its_words() -> None:
    assert set(LIBELLES) == set(DOCUMENTS) == set(GenreRequete)
    assert set(MOTIFS) == set(MotifRefus)


def demander(
    lien: Lien, genre: GenreRequete = USAGE, valeur: str = "Martin", niveau: Niveau = Niveau.FC, **autres: Any
) -> uuid.UUID:
    cle: uuid.UUID = autres.pop("formulaire", uuid.uuid4())
    deposer_requete(visiter(lien, niveau), genre, formulaire=cle, valeur=valeur, survenu_le=f.MAINTENANT)
    connection.check_constraints()
    return cle


def envoyer(lien: Lien, cle: uuid.UUID, papier: str = "IDENTITE", niveau: Niveau = Niveau.FC) -> None:
    recu = fichier(uuid.uuid4().bytes)
    documenter_requete(visiter(lien, niveau), cle, papier, [recu], survenu_le=f.MAINTENANT)
    connection.check_constraints()


def suite(lien: Lien) -> DocumentEnvoye:
    """How the only document of the only request stands, as who sent it reads it."""
    (lue,) = list_requetes(visiter(lien))
    (document,) = lue.documents
    return document


def acte(acteur: Acteur | None = None) -> Acte:
    return Acte(acteur or replace(f.creer_acteur(), id=AGENT), f.MAINTENANT)


def changer(lien: Lien, **identite: str) -> None:
    revision = Demande.objects.get(id=lien.demande_id).revision
    contenu = a.contenu(demandeur={"identite": identite})
    modifier_demande(lien.demande_id, contenu=contenu, revision=revision, acte=acte(), motif="Pièce vue")


def changer_le_foyer(lien: Lien) -> None:
    """Another adult signs for the demande."""
    revision = Demande.objects.get(id=lien.demande_id).revision
    contenu = a.contenu(cotitulaires=[KARIM])
    modifier_demande(lien.demande_id, contenu=contenu, revision=revision, acte=acte(), motif="Vu au guichet")


def statut(cle: uuid.UUID) -> str:
    return RequeteDemandeur.objects.get(id=cle).statut


def attentes(lien: Lien) -> int:
    connection.check_constraints()
    return Attente.objects.filter(demande=lien.demande_id, nature="REQUETE").count()


@pytest.mark.django_db
class TestDemander:
    """The household's side."""

    def test_it_is_kept_told_and_awaited_and_changes_nothing(self) -> None:
        lien = relier(jours=10)
        cle = uuid.uuid4()
        for _ in range(2):  # the form is posted twice
            demander(lien, formulaire=cle)
        (requete,) = RequeteDemandeur.objects.all()
        assert requete.reference.startswith("D-2026-")
        assert "Martin" not in str(requete.__dict__)
        assert (requete.prendre_avant - f.AUJOURD_HUI).days == 14  # ten working days
        (dite,) = Entree.objects.filter(demande=lien.demande_id, verbe="DEPOSER_REQUETE")
        assert dite.faits == {"requete": str(cle), "genre": "NOM_USAGE"}
        assert Demande.objects.get(id=lien.demande_id).revision == 1
        assert attentes(lien) == 1
        (lue,) = list_requetes(visiter(lien))
        assert (lue.quoi, lue.valeur, lue.statut, lue.ouverte) == ("Nom d’usage", "Martin", "DEPOSEE", True)
        autre = replace(visiter(lien), compte=uuid.uuid4())
        assert [r.valeur for r in list_requetes(autre)] == [""]

    def test_one_of_a_kind_at_a_time(self) -> None:
        lien = relier(jours=10)
        demander(lien)
        with pytest.raises(Interdit, match="déjà demandé") as refus:
            demander(lien, valeur="Durand")
        assert refus.value.champ == "genre"
        demander(lien, NOM)
        with pytest.raises(IntegrityError), transaction.atomic():
            premiere = RequeteDemandeur.objects.get(genre=USAGE)
            premiere.pk = uuid.uuid4()
            premiere.save(force_insert=True)

    @pytest.mark.parametrize(
        ("valeur", "dit"),
        [
            ("", "ce que votre demande doit dire"),
            ("x" * 201, "200 signes"),
            (NIR, "Retirez le numéro"),
        ],
    )
    def test_what_is_written(self, valeur: str, dit: str) -> None:
        with pytest.raises(Interdit, match=dit) as refus:
            demander(relier(jours=10), valeur=valeur)
        assert refus.value.champ == "texte"

    def test_somebody_who_signs_alone_is_not_offered_that_another_leaves(self) -> None:
        lien, depart = relier(jours=10), GenreRequete.DEPART_COTITULAIRE
        assert depart not in suivre_requetes(visiter(lien)).genres
        with pytest.raises(Interdit, match="seul à signer") as refus:
            demander(lien, depart, valeur="Paul")
        assert refus.value.champ == "genre"
        changer_le_foyer(lien)
        assert depart in suivre_requetes(visiter(lien)).genres
        demander(lien, depart, valeur="Karim")

    def test_a_number_is_never_written(self) -> None:
        lien = relier(jours=10)
        demander(lien, GenreRequete.NIR, valeur=NIR)
        assert [lue.valeur for lue in list_requetes(visiter(lien))] == [""]

    def test_levels(self) -> None:
        lien = relier(jours=10)
        demander(lien, niveau=Niveau.CODE)
        for genre, niveau in (
            (NOM, Niveau.CODE_PARTAGE),
            (NOM, Niveau.FC_AIDANT),
            (GenreRequete.DEPART_COTITULAIRE, Niveau.CODE),
        ):
            with pytest.raises(NonHabilite):
                demander(lien, genre, niveau=niveau)
        with pytest.raises(NonHabilite):
            retirer_requete(
                visiter(lien, Niveau.FC_AIDANT),
                RequeteDemandeur.objects.get().id,
                survenu_le=f.MAINTENANT,
            )

    def test_of_a_demande_that_ended_nothing_is_asked(self) -> None:
        lien = relier(jours=10)
        demande = Demande.objects.get(id=lien.demande_id)
        demande.statut = Statut.RADIEE
        with pytest.raises(Interdit, match="arrêtée"):
            exiger_requerable(visiter(lien), demande, USAGE)
        with pytest.raises(Introuvable):
            demander(replace(lien, demande_id=uuid.uuid4()))

    def test_it_is_taken_back_once_and_by_nobody_of_another_demande(self) -> None:
        lien = relier(jours=10)
        cle = demander(lien)
        retirer_requete(visiter(lien), cle, survenu_le=f.MAINTENANT)
        assert (statut(cle), attentes(lien)) == ("RETIREE", 0)
        with pytest.raises(Interdit, match="terminée"):
            retirer_requete(visiter(lien), cle, survenu_le=f.MAINTENANT)
        with pytest.raises(Introuvable):
            retirer_requete(visiter(lien), uuid.uuid4(), survenu_le=f.MAINTENANT)
        demander(lien)  # asked again


@pytest.mark.django_db
class TestDocumenter:
    """The document that goes with it."""

    def test_it_is_one_of_the_demande_told_and_awaited_and_changes_nothing_else(self) -> None:
        lien = relier(jours=10)
        cle = demander(lien)
        avant = Identite.objects.filter(demande=lien.demande_id).count()
        envoyer(lien, cle)
        (piece,) = Piece.objects.filter(demande=lien.demande_id)
        assert (piece.type_piece, piece.personne_id) == ("IDENTITE", lien.personne_id)
        assert RequeteDemandeur.objects.get(id=cle).pieces == [piece.id]
        (dite,) = Entree.objects.filter(demande=lien.demande_id, verbe="DOCUMENTER_REQUETE")
        assert (dite.faits, dite.revision) == ({"requete": str(cle), "pieces": [str(piece.id)]}, 2)
        assert (statut(cle), attentes(lien)) == ("DEPOSEE", 1)
        assert Identite.objects.filter(demande=lien.demande_id).count() == avant
        autre = replace(visiter(lien), compte=uuid.uuid4())
        assert [r.documents for r in list_requetes(autre)] == [()]

    def test_read_set_aside_then_replaced(self) -> None:
        lien = relier(jours=10)
        cle = demander(lien)
        envoyer(lien, cle, "FILIATION")
        (piece,) = RequeteDemandeur.objects.get(id=cle).pieces
        assert not suite(lien).lisible
        qualifier_piece(piece, Qualification.VALIDE, acte=acte())
        assert (suite(lien).lisible, suite(lien).ecarte) == (True, False)
        qualifier_piece(piece, Qualification.INEXPLOITABLE, motif="Photo floue", acte=acte())
        (lue,) = list_requetes(visiter(lien))
        assert (lue.a_reprendre, lue.envoyable, suite(lien).motif) == (True, True, "Photo floue")
        saisie = PieceSaisie("FILIATION", reference="demandeur")
        autre = remplacer_piece(piece, saisie, fichier(b"net"), acte=acte())
        assert (suite(lien).ecarte, suite(lien).lisible) == (False, False)
        assert [p.id for p in ouvrir_requete(cle, acte=acte()).pieces or ()] == [autre]

    def test_what_waited_for_it_goes_on(self) -> None:
        lien = relier(jours=10)
        cle = demander(lien)
        prendre_requete(cle, acte=acte())
        demander_document(cle, precision="Le livret.", acte=acte())
        envoyer(lien, cle)
        assert statut(cle) == "PRISE"
        demander_document(cle, precision="L’autre page.", acte=acte())
        rendre_requete(cle, acte=acte())
        envoyer(lien, cle)
        assert statut(cle) == "DEPOSEE"
        connection.check_constraints()

    def test_what_may_be_sent_is_of_the_order(self) -> None:
        catalogue = get_pieces(f.AUJOURD_HUI)
        for papiers in PAPIERS.values():
            for titulaire in (True, False):
                for papier in papiers:
                    type_recevable(type_de_piece(papier, titulaire=titulaire), catalogue)
        assert set(GenreRequete) - set(PAPIERS) == {GenreRequete.NIR, GenreRequete.DATE_DEPOT}
        assert type_de_piece("SEJOUR", titulaire=False) == "SEJOUR_AUTRES"
        assert type_de_piece("FILIATION", titulaire=False) == "FILIATION"

    def test_a_card_that_bears_the_number_is_never_taken(self) -> None:
        lien = relier(jours=10)
        cle = demander(lien, GenreRequete.NIR)
        with pytest.raises(Interdit, match="Apportez-le au guichet"):
            envoyer(lien, cle)
        with pytest.raises(Interdit, match="Apportez-le au guichet"):
            ouvrir_au_document(visiter(lien), cle, survenu_le=f.MAINTENANT)
        assert not Piece.objects.exists()

    def test_by_who_asked_until_it_has_ended_and_as_one_of_the_list(self) -> None:
        lien = relier(jours=10)
        cle = demander(lien)
        autre = replace(visiter(lien), compte=uuid.uuid4())
        for visite, inconnue in ((autre, cle), (visiter(lien), uuid.uuid4())):
            with pytest.raises(Introuvable):
                ouvrir_au_document(visite, inconnue, survenu_le=f.MAINTENANT)
        with pytest.raises(NonHabilite):
            envoyer(lien, cle, niveau=Niveau.FC_AIDANT)
        for papier in ("SEPARATION", "RELEVE_BANCAIRE", ""):
            with pytest.raises(Interdit, match="Choisissez un document") as refus:
                exiger_papier_recevable(visiter(lien), cle, papier, survenu_le=f.MAINTENANT)
            assert refus.value.champ == "papier"
        exiger_papier_recevable(visiter(lien), cle, "FILIATION", survenu_le=f.MAINTENANT)
        retirer_requete(visiter(lien), cle, survenu_le=f.MAINTENANT)
        with pytest.raises(Interdit, match="terminée"):
            envoyer(lien, cle)

    def test_who_may_not_read_documents_is_shown_none(self) -> None:
        lien = relier(jours=10)
        cle, lecteur = demander(lien), f.creer_acteur()
        envoyer(lien, cle)
        sans = tuple(replace(m, permissions=m.permissions - {"PIECE_LIRE"}) for m in lecteur.mandats)
        assert ouvrir_requete(cle, acte=acte(replace(lecteur, mandats=sans))).pieces is None
        assert len(ouvrir_requete(cle, acte=acte(lecteur)).pieces or ()) == 1

    def test_no_decision_rests_on_it_before_it_is_read(self) -> None:
        lien = relier(jours=10)
        cle = demander(lien, NOM, "Castaing")
        envoyer(lien, cle)
        changer(lien, nom_naissance="Castaing")
        ligne = Identite.objects.filter(demande=lien.demande_id).latest("survenu_le", "id")
        pieces = list_pieces_du_changement(ligne, acteur=acte().acteur, le=f.AUJOURD_HUI)
        assert [p.id for p in pieces] == RequeteDemandeur.objects.get(id=cle).pieces
        with pytest.raises(Interdit, match="Ouvrez d’abord"):
            exiger_pieces_vues(pieces)


@pytest.mark.django_db
class TestTraiter:
    """The counter's side."""

    def test_done_by_another_act_or_not_at_all(self) -> None:
        lien = relier(jours=10)
        cle, agent = demander(lien), f.creer_acteur()
        lue = ouvrir_requete(cle, acte=acte(agent))
        ouvrir_requete(cle, acte=acte(agent))
        assert Entree.objects.filter(demande=lien.demande_id, verbe="LIRE_REQUETE").count() == 1
        assert (lue.lue.valeur, lue.prendre) == ("Martin", "")
        assert "Prenez d’abord" in lue.traiter
        with pytest.raises(Interdit, match="Prenez d’abord"):
            conclure_requete(cle, acte=acte(agent))
        prendre_requete(cle, acte=acte(agent))
        with pytest.raises(Interdit, match="Rien n’a encore changé"):
            conclure_requete(cle, acte=acte(agent))
        demander_document(cle, precision="Le livret de famille.", acte=acte(agent))
        assert statut(cle) == "DOCUMENT_DEMANDE"
        changer(lien, nom_usage="Martin")
        assert ouvrir_requete(cle, acte=acte(agent)).faire == ""
        conclure_requete(cle, acte=acte(agent))
        assert (statut(cle), attentes(lien)) == ("FAITE", 0)
        with pytest.raises(Interdit, match="terminée"):
            conclure_requete(cle, acte=acte(agent))

    def test_a_change_that_waits_for_its_decision_is_not_done(self) -> None:
        lien = relier(jours=10)
        cle, agent = demander(lien, NOM, "Castaing"), f.creer_acteur()
        prendre_requete(cle, acte=acte(agent))
        changer(lien, nom_naissance="Castaing")
        assert Attente.objects.filter(demande=lien.demande_id, nature="IDENTITE").exists()
        with pytest.raises(Interdit, match="attend une décision"):
            conclure_requete(cle, acte=acte(agent))

    def test_one_agent_holds_it(self) -> None:
        lien = relier(jours=10)
        cle, autre = demander(lien), replace(f.creer_acteur(), id=uuid.uuid4())
        prendre_requete(cle, acte=acte())
        with pytest.raises(Interdit, match="Un autre agent"):
            refuser_requete(cle, motif=MotifRefus.DEJA_EXACT, precision="Rien.", acte=acte(autre))
        assert ouvrir_requete(cle, acte=acte()).agent

    def test_another_of_the_counter_takes_it_over_and_it_is_given_back(self) -> None:
        lien = relier(jours=10)
        cle, autre = demander(lien), replace(f.creer_acteur(), id=uuid.uuid4())
        ailleurs = replace(f.creer_acteur(guichet="G0994"), id=uuid.uuid4())
        prendre_requete(cle, acte=acte())
        with pytest.raises(Interdit, match="déjà"):
            prendre_requete(cle, acte=acte())
        with pytest.raises(Interdit, match="Un autre agent"):
            prendre_requete(cle, acte=acte(ailleurs))
        prendre_requete(cle, acte=acte(autre))
        with pytest.raises(Interdit, match="Un autre agent"):
            rendre_requete(cle, acte=acte())
        demander_document(cle, precision="Le livret de famille.", acte=acte(autre))
        rendre_requete(cle, acte=acte(autre))
        assert statut(cle) == "DOCUMENT_DEMANDE"  # the household is still to bring it
        prendre_requete(cle, acte=acte(ailleurs))
        assert statut(cle) == "DOCUMENT_DEMANDE"
        connection.check_constraints()
        autre_requete = demander(lien, NOM)
        prendre_requete(autre_requete, acte=acte())
        rendre_requete(autre_requete, acte=acte())
        assert statut(autre_requete) == "DEPOSEE"
        with pytest.raises(Interdit, match="Prenez d’abord"):
            rendre_requete(autre_requete, acte=acte())

    def test_kept_for_too_long_it_goes_back_by_itself(self) -> None:
        lien = relier(jours=10)
        cle = demander(lien)
        prendre_requete(cle, acte=acte())
        requete = RequeteDemandeur.objects.get(id=cle)
        assert (requete.tenue_jusqu_au - f.AUJOURD_HUI).days == 14  # ten working days
        assert Attente.objects.get(demande=lien.demande_id, nature="REQUETE").avant == requete.tenue_jusqu_au
        apres = f.MAINTENANT + timedelta(days=15)
        with time_machine.travel(apres):
            (lue,) = list_requetes(visiter(lien))
            assert (lue.a_prendre, lue.en_retard) == (True, False)
            assert lue.prendre_avant > apres.date()  # counted again from the day when it went back to all
        with pytest.raises(Interdit, match="Prenez d’abord"):
            demander_document(cle, precision="Un acte.", acte=Acte(acte().acteur, apres))
        ailleurs = replace(f.creer_acteur(guichet="G0994"), id=uuid.uuid4())
        assert ouvrir_requete(cle, acte=Acte(ailleurs, apres)).agent == ""
        prendre_requete(cle, acte=Acte(ailleurs, apres))
        assert statut(cle) == "PRISE"

    def test_refused_with_a_reason_and_a_sentence(self) -> None:
        lien = relier(jours=10)
        cle = demander(lien)
        prendre_requete(cle, acte=acte())
        with pytest.raises(Interdit, match="ce qu’elle peut faire"):
            refuser_requete(cle, motif=MotifRefus.DOCUMENT_ABSENT, precision=" ", acte=acte())
        with pytest.raises(Interdit, match="quel document"):
            demander_document(cle, precision="", acte=acte())
        refuser_requete(cle, motif=MotifRefus.DOCUMENT_ABSENT, precision="Revenez avec lui.", acte=acte())
        (lue,) = list_requetes(visiter(lien))
        assert (lue.refus, lue.precision) == ("Le document demandé n’est pas venu.", "Revenez avec lui.")
        assert (lue.ouverte, attentes(lien)) == (False, 0)

    def test_who_may_not_change_the_file_answers_nothing(self) -> None:
        lien = relier(jours=10)
        cle, lecteur = demander(lien), f.creer_acteur()
        mandats = tuple(replace(m, permissions=frozenset({"DEMANDE_LIRE"})) for m in lecteur.mandats)
        lecteur = replace(lecteur, mandats=mandats)
        with pytest.raises(NonHabilite):
            ouvrir_requete(cle, acte=acte(lecteur))
        with pytest.raises(NonHabilite):
            prendre_requete(cle, acte=acte(lecteur))
        with pytest.raises(NonHabilite):
            demander_document(cle, precision="Le livret.", acte=acte(lecteur))
        with pytest.raises(NonHabilite):  # the household does not answer itself
            prendre_requete(cle, acte=acte(visiter(lien).acteur))
        with pytest.raises(Introuvable):
            ouvrir_requete(uuid.uuid4(), acte=acte())
        with pytest.raises(Introuvable):
            ouvrir_requete(cle, acte=acte(f.creer_acteur(territoire="02A", guichet="02A01")))

    @pytest.mark.parametrize("genre", [GenreRequete.DEPART_COTITULAIRE, GenreRequete.DATE_DEPOT])
    def test_what_each_kind_is_about(self, genre: GenreRequete) -> None:
        lien = relier(jours=10)
        demande = Demande.objects.get(id=lien.demande_id)
        attendu = {"DATE_DEPOT": demande.date_anciennete.isoformat(), "DEPART_COTITULAIRE": "0"}
        assert etat_vise(demande, lien.personne_id, genre) == attendu[genre]

    def test_what_ended_does_not_move(self) -> None:
        lien = relier(jours=10)
        cle = demander(lien)
        retirer_requete(visiter(lien), cle, survenu_le=f.MAINTENANT)
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            RequeteDemandeur.objects.filter(id=cle).update(statut=StatutRequete.DEPOSEE, clos_le=None)
            connection.check_constraints()


@pytest.mark.django_db
def test_the_household_is_told_each_step_and_nothing_of_the_change() -> None:
    lien = relier(jours=10)
    cle, refusee = demander(lien), demander(lien, NOM, "Castaing")
    demander(lien, GenreRequete.DATE_DEPOT, "2019")
    for une in (cle, refusee):
        prendre_requete(une, acte=acte())
    demander_document(cle, precision="Le livret de famille.", acte=acte())
    changer(lien, nom_usage="Martin")
    conclure_requete(cle, acte=acte())
    refuser_requete(refusee, motif=MotifRefus.DEJA_EXACT, precision="Rien à faire.", acte=acte())
    verbes = ["DEPOSER_REQUETE", "COMPLETER_REQUETE", "FAIRE_REQUETE", "REFUSER_REQUETE"]
    for entree in Entree.objects.filter(verbe__in=verbes).order_by("inscrit_le", "id"):
        for _ in range(2):
            annoncer(entree_id=str(entree.id), territoire=lien.territoire)
    lus = [
        get_contenu(m.id) for m in Message.objects.filter(genre="REQUETE_SUIVI").order_by("inscrit_le", "id")
    ]
    etats = [lu.contexte["etat"] for lu in lus if lu]
    assert sorted(etats) == sorted(
        [*["est envoyée"] * 3, "attend un document", "est faite", "n’est pas acceptée"]
    )
    suites = [lu.contexte["suite"] for lu in lus if lu and lu.contexte["etat"] == "est envoyée"]
    assert sum("Envoyez en photo depuis « Ma demande »" in suite for suite in suites) == 2
    assert sum("Apportez au guichet l’attestation" in suite for suite in suites) == 1
    assert not [lu for lu in lus if lu and {"Martin", "Castaing"} & set(str(lu.contexte).split())]


@pytest.mark.django_db
def test_of_a_protected_demande_nothing_is_written() -> None:
    lien = relier(jours=10)
    demander(lien)
    protegee = a.contenu(motifs=a.VIOLENCES)
    modifier_demande(lien.demande_id, contenu=protegee, revision=1, acte=acte())
    entree = Entree.objects.get(demande=lien.demande_id, verbe="DEPOSER_REQUETE")
    assert annoncer_requete(entree.id, acte=acte()) == 0
