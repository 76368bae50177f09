"""Documents of a demande: added, replaced, seen, qualified, opened; refused by person and by state; told."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from sne.documents.models import Document
from sne.documents.rules import DocumentIndisponible, EtatDocument
from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.demande.models.demande import Demande, Version
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.selectors.etat import etat
from sne.registre.enquete.rules.gel import DossierFige
from sne.registre.lecture.actions.consulter import consulter_piece, suivre_piece
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.pieces.actions.deposer import (
    exiger_recevable,
    joindre_piece,
    noter_piece_vue,
    remplacer_piece,
)
from sne.registre.pieces.actions.qualifier import qualifier_piece
from sne.registre.pieces.models import Piece, QualificationPiece
from sne.registre.pieces.rules.pieces_deposees import PieceDejaLa, PieceSaisie, Qualification
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.pieces import pieces as p

pytestmark = pytest.mark.django_db
SANTE = PieceSaisie("MOTIF_08", sante=True)


@pytest.fixture
def demande() -> Demande:
    return Demande.objects.get(id=f.deposer().demande_id)


def relire(demande: Demande) -> Demande:
    return Demande.objects.select_related("version_courante").get(id=demande.id)


def test_an_id_from_outside_adds_one_document(demande: Demande) -> None:
    agent, cles = f.creer_acteur(), [uuid.uuid4() for _ in range(3)]
    acte, fichiers = Acte(agent, f.MAINTENANT), [p.fichier(b"un"), p.fichier(b"deux")]
    for _ in range(2):
        assert joindre_piece(demande.id, p.IDENTITE, fichiers[0], acte=acte, cle=cles[0]) == cles[0]
        assert noter_piece_vue(demande.id, p.IMPOT, vue_le=f.AUJOURD_HUI, acte=acte, cle=cles[1]) == cles[1]
        assert remplacer_piece(cles[0], p.IDENTITE, fichiers[1], acte=acte, cle=cles[2]) == cles[2]
    assert set(Piece.objects.values_list("id", flat=True)) == set(cles)
    with pytest.raises(Interdit, match="déjà servi"):
        noter_piece_vue(
            demande.id,
            p.IMPOT,
            vue_le=f.AUJOURD_HUI,
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
            cle=cles[1],
        )


def dpo() -> Any:
    return f.creer_acteur(Role.DPO)


def ailleurs() -> Any:
    return f.creer_acteur(territoire="098", guichet="G0981")


def actes(demande: Demande) -> list[str]:
    return list(
        Entree.objects.filter(demande=demande.id).order_by("inscrit_le", "id").values_list("verbe", flat=True)
    )


def qualifier(piece: uuid.UUID, quoi: str = "VALIDE", motif: str = "", **autres: Any) -> uuid.UUID:
    return qualifier_piece(
        piece,
        quoi,
        motif=motif,
        acte=Acte(autres.pop("acteur", None) or f.creer_acteur(), autres.pop("le", f.MAINTENANT)),
    )


def remplacer(piece: uuid.UUID, **autres: Any) -> uuid.UUID:
    contenu = autres.pop("contenu", b"une autre page")
    return remplacer_piece(
        piece,
        autres.pop("saisie", p.IDENTITE),
        p.fichier(contenu),
        acte=Acte(autres.pop("acteur", None) or f.creer_acteur(), f.MAINTENANT),
    )


def voir(demande: Demande, vue_le: date = f.AUJOURD_HUI, **autres: Any) -> uuid.UUID:
    return noter_piece_vue(
        demande.id,
        autres.pop("saisie", p.IDENTITE),
        vue_le=vue_le,
        acte=Acte(autres.pop("acteur", None) or f.creer_acteur(), f.MAINTENANT),
    )


def test_a_document_makes_a_revision_that_names_it(demande: Demande) -> None:
    fichier = p.fichier()
    acteur = f.creer_acteur()
    piece_id = joindre_piece(demande.id, p.IDENTITE, fichier, acte=Acte(acteur, f.MAINTENANT))
    connection.check_constraints()
    suite = relire(demande)
    assert (suite.revision, suite.version_courante.pieces) == (2, [piece_id])
    assert suite.version_courante.motif == "Pièce d’identité"
    piece = Piece.objects.get(id=piece_id)
    personne = Personne.objects.get(demande=demande)
    assert (piece.revision, piece.personne_id, piece.document) == (2, personne.id, fichier.document)
    assert piece.depose_par["nom"] == acteur.nom
    assert Document.objects.get(id=fichier.document).rattache_le == f.MAINTENANT
    entree = Entree.objects.get(demande=demande.id, verbe="JOINDRE_PIECE")
    assert (entree.revision, entree.faits["pieces"], entree.faits["type"]) == (2, [str(piece_id)], "IDENTITE")


def test_every_later_revision_carries_the_documents(demande: Demande) -> None:
    piece_id = p.joindre(demande.id)
    contenu = f.contenu(motifs={"codes": ["01"]})
    modifier_demande(demande.id, contenu=contenu, revision=2, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    connection.check_constraints()
    assert relire(demande).version_courante.pieces == [piece_id]


def test_the_file_as_it_was_shows_its_documents(demande: Demande) -> None:
    avant = f.MAINTENANT + timedelta(hours=1)
    piece_id = p.joindre(demande.id, le=avant)
    acteur = f.creer_acteur()
    assert etat(demande.nud, avant - timedelta(minutes=1), acteur=acteur).pieces == ()
    assert etat(demande.nud, avant, acteur=acteur).pieces == (piece_id,)


def test_a_replacement_keeps_the_former(demande: Demande) -> None:
    ancienne = p.joindre(demande.id)
    nouvelle = remplacer(ancienne)
    connection.check_constraints()
    assert relire(demande).version_courante.pieces == [nouvelle]
    assert Piece.objects.get(id=nouvelle).remplace_id == ancienne
    assert Piece.objects.filter(id=ancienne).exists()
    assert Entree.objects.get(verbe="REMPLACER_PIECE").faits["remplace"] == str(ancienne)
    with pytest.raises(Introuvable):
        remplacer(ancienne, contenu=b"encore une")


def test_a_document_seen_is_noted_without_a_copy(demande: Demande) -> None:
    saisie = replace(p.IDENTITE, validite_fin=date(2030, 5, 1))
    piece = Piece.objects.get(id=voir(demande, saisie=saisie))
    connection.check_constraints()
    assert (piece.document, piece.vue_le, piece.validite_fin) == (None, f.AUJOURD_HUI, date(2030, 5, 1))
    assert actes(demande)[-1] == "NOTER_PIECE_VUE"
    with pytest.raises(Interdit, match="avenir") as refus:
        voir(demande, f.AUJOURD_HUI + timedelta(days=1))
    assert refus.value.champ == "vue_le"
    with pytest.raises(Interdit, match="sans copie"):
        qualifier(piece.id)
    with pytest.raises(Introuvable, match="sans copie"):
        consulter_piece(piece.id, acte=Acte(f.creer_acteur(), f.MAINTENANT))


def test_a_dependant_s_document_names_the_dependant() -> None:
    enfant = {"identifiant": "p1", "nom": "Dubreuil", "prenoms": "Nina", "date_naissance": "2016-03-12"}
    recu = f.deposer(f.contenu(foyer={"personnes_a_charge": [enfant]}))
    piece_id = p.joindre(recu.demande_id, PieceSaisie("FILIATION", reference="charge:p1", nature="LIVRET"))
    assert Piece.objects.get(id=piece_id).membre == "charge:p1"


@pytest.mark.parametrize("qualification", Qualification)
def test_what_is_said_of_a_document_is_added_and_the_last_counts(
    demande: Demande, qualification: Qualification
) -> None:
    piece_id = p.joindre(demande.id)
    qualifier(piece_id, qualification, "Illisible.")
    qualifier(piece_id, "VALIDE", le=f.MAINTENANT + timedelta(minutes=1))
    connection.check_constraints()
    assert list(
        QualificationPiece.objects.order_by("survenu_le").values_list("qualification", flat=True)
    ) == [
        qualification,
        "VALIDE",
    ]
    assert relire(demande).revision == 2
    assert actes(demande)[-2:] == ["QUALIFIER_PIECE", "QUALIFIER_PIECE"]


def test_opening_a_document_is_told_even_a_replaced_one(demande: Demande) -> None:
    ancienne = p.joindre(demande.id)
    remplacer(ancienne)
    lue = consulter_piece(ancienne, acte=Acte(dpo(), f.MAINTENANT), motif="Réclamation")
    assert lue.document == Piece.objects.get(id=ancienne).document
    entree = Entree.objects.get(verbe="CONSULTER_PIECE")
    assert entree.faits == {"piece": str(ancienne), "motif": "Réclamation"}


def test_a_file_taken_in_once_is_one_document(demande: Demande) -> None:
    fichier = p.fichier(b"carte")
    joindre_piece(demande.id, p.IDENTITE, fichier, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    for saisie in (p.IDENTITE, p.IMPOT):
        with pytest.raises(PieceDejaLa, match="vient d’être ajouté au dossier"):
            joindre_piece(demande.id, saisie, fichier, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert Piece.objects.count() == 1


def test_the_very_same_file_is_not_added_twice_for_the_same_thing(demande: Demande) -> None:
    premiere = p.joindre(demande.id, contenu=b"carte")
    with pytest.raises(PieceDejaLa, match="déjà dans le dossier"):
        p.joindre(demande.id, contenu=b"carte")
    p.joindre(demande.id, replace(p.IDENTITE, type_piece="MARIAGE", nature=""), contenu=b"carte")
    qualifier(premiere, "INEXPLOITABLE", "Floue.")
    p.joindre(demande.id, contenu=b"carte")
    connection.check_constraints()
    assert Piece.objects.count() == 3


@pytest.mark.parametrize(
    ("saisie", "champ", "phrase"),
    [
        (PieceSaisie("AILLEURS", reference="demandeur"), "type_piece", "dans la liste"),
        (PieceSaisie("RELEVE_BANCAIRE"), "type_piece", "ne permet ni de demander"),
        (PieceSaisie("CARTE_VITALE"), "type_piece", "seulement saisi, puis masqué"),
        (PieceSaisie("CASIER_JUDICIAIRE"), "type_piece", "Rendez-la"),
        (PieceSaisie("IDENTITE", reference="cotitulaire:4"), "reference", "n’est pas dans le dossier"),
        (PieceSaisie("IDENTITE"), "reference", "Choisissez la personne"),
        (replace(p.IDENTITE, nature="LIVRET"), "nature", "pas accepté"),
        (replace(p.IDENTITE, annee=2024), "annee", "Effacez l’année"),
        (replace(p.IMPOT, annee=None), "annee", "Indiquez l’année"),
        (replace(p.IMPOT, annee=2026), "annee", "de 2016 à 2025"),
        (replace(p.IMPOT, annee=2015), "annee", "de 2016 à 2025"),
        (replace(p.IDENTITE, validite_fin=date(2096, 1, 1)), "validite_fin", "pas possible"),
        (replace(p.IDENTITE, explication="x" * 301), "explication", "signes au plus"),
        (replace(p.IDENTITE, explication="2 87 03 99 123 456 78"), "explication", "sécurité sociale"),
    ],
)
def test_what_is_said_wrongly_is_refused_on_its_field(
    demande: Demande, saisie: PieceSaisie, champ: str, phrase: str
) -> None:
    with pytest.raises(Interdit, match=phrase) as refus:
        exiger_recevable(demande.id, saisie, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert refus.value.champ == champ
    with pytest.raises(Interdit):
        p.joindre(demande.id, saisie)
    assert Piece.objects.count() == 0


@pytest.mark.parametrize(
    ("qualification", "motif", "champ"),
    [
        ("SUPPRIMEE", "", "qualification"),
        ("INEXPLOITABLE", " ", "motif"),
        ("OBSOLETE", "x" * 301, "motif"),
        ("VALIDE", "2870399123456 78", "motif"),
    ],
)
def test_a_qualification_says_why(demande: Demande, qualification: str, motif: str, champ: str) -> None:
    piece_id = p.joindre(demande.id)
    with pytest.raises(Interdit) as refus:
        qualifier(piece_id, qualification, motif)
    assert refus.value.champ == champ


def test_who_may(demande: Demande) -> None:
    piece_id = p.joindre(demande.id)
    for acteur in (dpo(), f.creer_acteur(Role.SUPPORT_N1)):
        with pytest.raises(NonHabilite, match="ajouter ou remplacer"):
            p.joindre(demande.id, acteur=acteur)
        with pytest.raises(NonHabilite, match="ajouter ou remplacer"):
            voir(demande, acteur=acteur)
    with pytest.raises(NonHabilite, match="qualifier"):
        qualifier(piece_id, acteur=dpo())
    with pytest.raises(NonHabilite, match="ouvrir les pièces"):
        consulter_piece(piece_id, acte=Acte(f.creer_acteur(Role.SUPPORT_N1), f.MAINTENANT))


def test_another_territory_finds_nothing(demande: Demande) -> None:
    piece_id = p.joindre(demande.id)
    with pytest.raises(Introuvable):
        p.joindre(demande.id, acteur=ailleurs())
    for acte in (remplacer, qualifier):
        with pytest.raises(Introuvable):
            acte(piece_id, acteur=ailleurs())  # type: ignore[operator]
    with pytest.raises(Introuvable):
        consulter_piece(piece_id, acte=Acte(ailleurs(), f.MAINTENANT))
    with pytest.raises(Introuvable):
        qualifier(uuid.uuid4())


def test_a_file_of_another_territory_or_destroyed_is_not_attached(demande: Demande) -> None:
    with pytest.raises(Introuvable):
        p.joindre(demande.id, territoire="098")
    with pytest.raises(DocumentIndisponible):
        p.joindre(demande.id, etat=EtatDocument.INFECTE)
    p.joindre(demande.id, etat=EtatDocument.QUARANTAINE)
    assert relire(demande).revision == 2


def test_a_closed_demande_receives_nothing_and_is_read(demande: Demande) -> None:
    piece_id = p.joindre(demande.id)
    radier(demande)
    for acte in (lambda: p.joindre(demande.id), lambda: qualifier(piece_id), lambda: remplacer(piece_id)):
        with pytest.raises(Interdit, match="radiée"):
            acte()
    consulter_piece(piece_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))


def radier(demande: Demande) -> None:
    radier_demande(
        demande.id,
        FaitsRadiation(
            MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Courrier de renonciation"
        ),
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
    )


def test_a_frozen_file_receives_and_replaces_nothing(demande: Demande) -> None:
    piece_id = p.joindre(demande.id)
    figer(demande.id)
    with pytest.raises(DossierFige, match="Le remplacement d’une pièce attend"):
        remplacer(piece_id)
    p.joindre(demande.id, p.IMPOT)
    connection.check_constraints()
    assert len(relire(demande).version_courante.pieces) == 2


def test_health_needs_its_own_right_and_is_told_apart(demande: Demande) -> None:
    piece_id = p.joindre(demande.id, SANTE)
    assert Entree.objects.filter(demande=demande.id, verbe="MODIFIER_SANTE").count() == 1
    assert "type" not in Entree.objects.get(verbe="JOINDRE_PIECE").faits
    assert relire(demande).version_courante.motif == ""
    with pytest.raises(Introuvable):
        consulter_piece(piece_id, acte=Acte(dpo(), f.MAINTENANT))
    with pytest.raises(Interdit, match="en disant pourquoi"):
        consulter_piece(piece_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    consulter_piece(piece_id, acte=Acte(f.creer_acteur(), f.MAINTENANT), motif="Instruction")
    assert actes(demande)[-2:] == ["CONSULTER_PIECE", "CONSULTER_SANTE"]
    with pytest.raises(Introuvable):
        suivre_piece(piece_id, acteur=dpo())
    assert suivre_piece(piece_id, acteur=f.creer_acteur()).id == piece_id
    assert actes(demande)[-2:] == ["CONSULTER_PIECE", "CONSULTER_SANTE"]
    qualifier(piece_id)
    assert actes(demande)[-2:] == ["QUALIFIER_PIECE", "MODIFIER_SANTE"]
    with pytest.raises(NonHabilite, match="santé"):
        p.joindre(demande.id, SANTE, acteur=sans_sante())


def sans_sante() -> Any:
    """An agent who may handle documents, but no health."""
    acteur = f.creer_acteur()
    mandat = acteur.mandats[0]
    permissions = frozenset(x for x in mandat.permissions if not x.startswith("SANTE"))
    return replace(acteur, mandats=(replace(mandat, permissions=permissions),))


def test_no_entry_no_document(demande: Demande, monkeypatch: pytest.MonkeyPatch) -> None:
    piece_id = p.joindre(demande.id)
    fichier = p.fichier(b"seconde")

    def en_panne(*_: Any) -> None:
        raise RuntimeError("journal")

    monkeypatch.setattr(journal, "inscrire_en_lot", en_panne)
    acteur, le = f.creer_acteur(), f.MAINTENANT
    for acte in (
        lambda: joindre_piece(demande.id, p.IMPOT, fichier, acte=Acte(acteur, le)),
        lambda: remplacer_piece(piece_id, p.IDENTITE, fichier, acte=Acte(acteur, le)),
        lambda: voir(demande),
        lambda: qualifier(piece_id),
    ):
        with pytest.raises(RuntimeError):
            acte()
    with pytest.raises(RuntimeError):
        consulter_piece(piece_id, acte=Acte(acteur, le))
    assert (Piece.objects.count(), QualificationPiece.objects.count(), relire(demande).revision) == (1, 0, 2)
    assert Document.objects.get(id=fichier.document).rattache_le is None


def test_no_document_ever_holds_a_number_back() -> None:
    recu = f.deposer(f.contenu(motifs={"codes": ["05", "06"]}))
    assert recu.nud
    assert Version.objects.get(demande=recu.demande_id).pieces == []


def test_the_database_refuses_a_document_that_no_version_names(demande: Demande) -> None:
    autre = Demande.objects.get(
        id=f.deposer(f.contenu(demandeur=f.personne("Morel", "Ana")), doublons_ecartes="Autre.").demande_id
    )
    modele = Piece.objects.get(id=p.joindre(demande.id))
    connection.check_constraints()
    etrangere = Personne.objects.get(demande=autre)
    for champs in (
        {},
        {"personne_id": etrangere.id},
        {"demande_id": autre.id},
        {"territoire": "098"},
        {"revision": 9},
        {"remplace_id": modele.id, "demande_id": autre.id},
    ):
        piece = Piece.objects.get(id=modele.id)
        piece.id = uuid.uuid4()
        piece.document = p.fichier(uuid.uuid4().bytes).document
        for nom, valeur in champs.items():
            setattr(piece, nom, valeur)
        with pytest.raises(IntegrityError), connection.cursor() as curseur:
            curseur.execute("SAVEPOINT essai")
            try:
                piece.save(force_insert=True)
                curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
            finally:
                curseur.execute("ROLLBACK TO SAVEPOINT essai")
                curseur.execute("SET CONSTRAINTS ALL DEFERRED")
