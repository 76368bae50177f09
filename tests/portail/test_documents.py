"""Adding a document online: from the phone, without script, through the reception of the counters."""

import io
import re
from datetime import timedelta
from html import unescape

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from sne.documents.balayage import balayer
from sne.documents.models import Document, Televersement
from sne.documents.ouverture import ouvrir
from sne.documents.rules import Part
from sne.journal.models import Entree
from sne.portail.middleware import OCTETS_MAX
from sne.registre.demande.models.demande import Demande
from sne.registre.pieces.actions.qualifier import qualifier_piece
from sne.registre.pieces.models import Piece
from sne.registre.pieces.possible import exiger_place_en_ligne
from sne.registre.pieces.rules.pieces_deposees import Qualification
from sne.registre.pieces.selectors.documents import get_delais
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.acte import Acte
from sne.socle.acteur import Canal
from sne.socle.erreurs import Interdit
from tests.documents.factories import pdf
from tests.portail.conftest import ELODIE, servie_par_le_portail
from tests.portail.test_code import entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_renouveler import deposer, texte
from tests.registre import factories as f

pytestmark = pytest.mark.django_db


def photo(couleur: str = "white", nom: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    octets = io.BytesIO()
    Image.new("RGB", (800, 1100), couleur).save(octets, "JPEG")
    return SimpleUploadedFile(nom, octets.getvalue(), "image/jpeg")


def liste(porte: Client, demande: Demande) -> str:
    return texte(porte.get(f"/ma-demande/{demande.nud}/documents/"))


def adresse(porte: Client, demande: Demande, code: str = "AVIS_IMPOSITION_N2") -> str:
    """The link of the first document of this kind that may be added."""
    liens = re.findall(r'href="([^"]+/documents/ajouter/[^"]+)"', liste(porte, demande))
    return next(unescape(lien) for lien in liens if f"type={code}&" in lien or f"type={code}&amp;" in lien)


def test_several_photos_are_received_read_then_said_good(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    entrer(porte, demande)
    ou = adresse(porte, demande)
    page = texte(porte.get(ou))
    assert 'enctype="multipart/form-data"' in page
    assert not Piece.objects.exists()
    reponse = porte.post(ou, {"fichiers": [photo("white", "recto.jpg"), photo("black", "verso.jpg")]})
    assert reponse.headers["Location"] == f"/ma-demande/{demande.nud}/documents/?fait=oui"
    (piece,) = Piece.objects.filter(demande=demande)
    assert (piece.type_piece, piece.canal, piece.guichet) == ("AVIS_IMPOSITION_N2", "PGP", "")
    assert piece.personne_id is not None
    document = Document.objects.get(id=piece.document)
    assert (document.mime, document.nombre_pages) == ("application/pdf", 2)
    assert couleurs(document) == [(255, 255, 255), (0, 0, 0)]
    assert "Reçu. Vérification en cours." in liste(porte, demande)
    dits = Entree.objects.filter(demande=demande.id, verbe="JOINDRE_PIECE")
    assert {(d.acteur["canal"], d.acteur["role"]) for d in dits} == {("PGP", "DEMANDEUR_CODE")}
    agent = Acte(f.creer_acteur(), f.MAINTENANT)
    qualifier_piece(piece.id, Qualification.VALIDE, motif="", acte=agent)
    assert "Lisible" in liste(porte, demande)
    qualifier_piece(piece.id, Qualification.INEXPLOITABLE, motif="Photo floue", acte=agent)
    lue = liste(porte, demande)
    assert "À remplacer" in lue
    assert "Reprendre la photo" in lue
    assert "est inexploitable\u00a0: Photo floue." in lue
    assert adresse(porte, demande)


@pytest.mark.parametrize(
    ("fichiers", "phrase"),
    [
        ([], "choisissez au moins une photo"),
        ([SimpleUploadedFile("lettre.docx", b"PK rien", "application/msword")], "lettre.docx"),
        ([SimpleUploadedFile("vide.jpg", b"", "image/jpeg")], "vide.jpg"),
    ],
)
def test_what_cannot_be_taken_says_why(
    porte: Client, fc: Fournisseur, fichiers: list[SimpleUploadedFile], phrase: str
) -> None:
    demande = deposer()
    entrer(porte, demande)
    page = texte(porte.post(adresse(porte, demande), {"fichiers": fichiers}))
    assert phrase in page
    assert not Piece.objects.exists()
    assert not Document.objects.exclude(etat="EFFACE").exists()


def couleurs(document: Document) -> list[tuple[int, ...]]:
    """The colour in the middle of each of its pages."""
    octets = b"".join(ouvrir(document.id, territoire="099", part=Part.ORIGINAL, filigrane=None).octets)
    pages = pypdfium2.PdfDocument(octets)
    images = [page.render().to_pil() for page in pages]
    return [image.getpixel((image.width // 2, image.height // 2)) for image in images]


def lignes(page: str) -> list[tuple[str, str]]:
    """Files that wait on the page: each with its key, in order."""
    noms = re.findall(r"<bdi data-reg-nom>([^<]+)</bdi>", page)
    return list(zip(noms, re.findall(r'name="televersements" value="([^"]+)"', page), strict=True))


def test_photos_are_put_in_order_turned_and_taken_back_without_a_script(
    porte: Client, fc: Fournisseur
) -> None:
    demande = deposer()
    entrer(porte, demande)
    ou = adresse(porte, demande)
    noire, blanche, rouge = (
        photo("black", "noire.jpg"),
        photo("white", "blanche.jpg"),
        photo("red", "rouge.jpg"),
    )
    page = texte(porte.post(ou, {"fichiers": [noire, blanche, rouge], "garder": "oui"}))
    assert not Piece.objects.exists()
    (noire_, blanche_, rouge_) = lignes(page)
    cles = [noire_[1], blanche_[1], rouge_[1]]
    page = texte(porte.post(ou, {"televersements": cles, f"tour-{cles[1]}": "90", "monter": cles[1]}))
    assert lignes(page) == [blanche_, noire_, rouge_]
    assert 'value="90" selected' in page
    page = texte(porte.post(ou, {"televersements": cles, "retirer": cles[2]}))
    assert lignes(page) == [noire_, blanche_]
    encore = photo("black", "encore.jpg")
    page = texte(porte.post(ou, {"televersements": cles[:2], "fichiers": [encore], "garder": "oui"}))
    assert "C’est le même fichier que noire.jpg\u00a0: il ne compte qu’une fois." in page
    dites = {"televersements": [cles[1], cles[0], lignes(page)[2][1]], f"tour-{cles[1]}": "90"}
    assert "fait=oui" in porte.post(ou, dites).headers["Location"]
    document = Document.objects.get(id=Piece.objects.get().document)
    assert couleurs(document) == [(255, 255, 255), (0, 0, 0)]
    assert lignes(texte(porte.get(ou))) == []


def test_a_file_refused_leaves_the_others_there_and_the_same_one_is_known(
    porte: Client, fc: Fournisseur
) -> None:
    demande = deposer()
    entrer(porte, demande)
    ou = adresse(porte, demande)
    lettre = SimpleUploadedFile("lettre.docx", b"PK rien", "application/msword")
    page = texte(porte.post(ou, {"fichiers": [photo(nom="a.jpg"), photo("black", "b.jpg"), lettre]}))
    assert "lettre.docx\u00a0: " in page
    assert not Piece.objects.exists()
    cles = [cle for _, cle in lignes(page)]
    assert len(cles) == 2
    assert "fait=oui" in porte.post(ou, {"televersements": cles}).headers["Location"]
    page = texte(porte.post(ou, {"fichiers": [photo(nom="a.jpg"), photo("black", "b.jpg")]}))
    assert "est déjà" in page
    assert Piece.objects.count() == 1


def test_only_what_is_expected_is_asked(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    entrer(porte, demande)
    for fausse in ("type=CASIER&qui=&annee=", "type=IDENTITE&qui=cotitulaire:1&annee=", ""):
        reponse = porte.post(
            f"/ma-demande/{demande.nud}/documents/ajouter/?{fausse}", {"fichiers": [photo()]}
        )
        assert reponse.headers["Location"] == f"/ma-demande/{demande.nud}/documents/"
    assert porte.get("/ma-demande/0990000000000G0000/documents/ajouter/").status_code == 404
    assert not Piece.objects.exists()


def test_other_pages_and_strangers_send_short_forms_only(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    ou = f"/ma-demande/{demande.nud}/documents/ajouter/"

    def envoyer(page: str) -> int:
        gros = SimpleUploadedFile("gros.jpg", b"x" * (OCTETS_MAX + 1), "image/jpeg")
        return int(porte.post(page, {"fichiers": [gros]}).status_code)

    assert envoyer(ou) == 413
    entrer(porte, demande)
    assert envoyer(ou) == 302
    assert envoyer(f"/ma-demande/{demande.nud}/contacts/") == 413
    assert envoyer("/rien/") == 413


def test_so_many_a_day(porte: Client, fc: Fournisseur, monkeypatch: pytest.MonkeyPatch) -> None:
    demande = deposer()
    se_connecter(porte, fc, ELODIE)
    ou = adresse(porte, demande)
    porte.post(ou, {"fichiers": [photo()]})
    (piece,) = Piece.objects.all()
    entree = Entree.objects.get(verbe="JOINDRE_PIECE")
    assert (piece.auteur, entree.acteur["role"]) == (piece.auteur, "DEMANDEUR")
    acteur = f.creer_acteur()
    en_ligne = acteur.__class__(id=acteur.id, nom="", canal=Canal.PGP, mandats=())
    exiger_place_en_ligne(demande, acteur, instant=f.MAINTENANT)
    exiger_place_en_ligne(demande, en_ligne, instant=f.MAINTENANT)
    monkeypatch.setattr("sne.registre.pieces.possible.get_parametres", lambda _le: Une())
    with pytest.raises(Interdit, match="depuis hier"):
        exiger_place_en_ligne(demande, en_ligne, instant=f.MAINTENANT)
    assert "depuis hier" in texte(porte.post(ou, {"fichiers": [photo("red")]}))
    exiger_place_en_ligne(demande, en_ligne, instant=f.MAINTENANT + timedelta(days=1))


class Une:
    """One file a day."""

    pieces_en_ligne_par_jour = 1

    def __getitem__(self, _groupe: object) -> "Une":
        return self


@pytest.mark.django_db(transaction=True)
def test_the_rights_of_the_portal_are_enough(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    with servie_par_le_portail():
        se_connecter(porte, fc, ELODIE)
        ou = adresse(porte, demande)
        avis = SimpleUploadedFile("a.pdf", pdf(), "application/pdf")
        page = texte(porte.post(ou, {"fichiers": [avis, photo(), photo("red")], "garder": "oui"}))
        cles = [cle for _, cle in lignes(page)]
        assert len(lignes(texte(porte.post(ou, {"retirer": cles[2]})))) == 2
        assert "fait=oui" in porte.post(ou, {"televersements": cles[:2]}).headers["Location"]
        avis.seek(0)
        assert "est déjà" in texte(porte.post(ou, {"fichiers": [avis, photo()]}))
        assert "Reçu. Vérification en cours." in liste(porte, demande)
    assert Piece.objects.count() == 1
    assert Televersement.objects.filter(expire_le__gte=f.MAINTENANT).count() == 2  # those refused just now
    balayer(survenu_le=f.MAINTENANT + timedelta(days=3), delais=get_delais(f.MAINTENANT.date()))
    assert not Televersement.objects.exists()
    assert Document.objects.exclude(etat="EFFACE").count() == 1
