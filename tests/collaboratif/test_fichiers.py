"""Files of a space: versions that stay, what is said of each, links outside, what is frozen of them."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from sne.collaboratif.espaces.actions import regler_drapeau
from sne.collaboratif.espaces.rules import TABLEURS
from sne.collaboratif.espaces.selectors import lecteur_de
from sne.collaboratif.fichiers import actions
from sne.collaboratif.fichiers.lecture import get_fichier, get_lien, get_version, list_fichiers, list_liens
from sne.collaboratif.fichiers.models import FichierEspace, LienDocument, VersionFichier
from sne.collaboratif.fichiers.rules import Dit, lire_adresse
from sne.documents.lecture.tels_quels import tel_quel
from sne.documents.rules import DocumentIndisponible
from sne.espace_pro.espaces import fichiers as screens
from sne.site_pro.models import BrouillonPage
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from sne.socle.horloge import maintenant
from sne.textes.rules import rendre
from tests.documents.conftest import dossier
from tests.documents.factories import pdf
from tests.documents.lecture.honnetes import pdf_de_typst

T = "territoire-099"
DOCS = "https://docs.numerique.gouv.fr/docs/9f/"


__all__ = ["dossier"]


def archive(*noms: str) -> bytes:
    """A ZIP archive whose parts have these names."""
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w") as sortie:
        for nom in noms:
            mime = "application/vnd.oasis.opendocument.spreadsheet" if nom == "mimetype" else "<x/>"
            sortie.writestr(zipfile.ZipInfo(nom), mime)  # of no hour: the same bytes each time
    return octets.getvalue()


XLSX = ("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("octets", "attendu"),
    [
        (archive(*XLSX), "application/x-xlsx"),
        (archive("mimetype", "content.xml"), "application/x-ods"),
        (archive(*XLSX, "xl/vbaProject.bin"), ""),
        (archive("mimetype", "Basic/script.xml"), ""),
        (archive("a.txt"), ""),
        ("Guichet;Nombre\nG0993;4\n".encode("utf-8-sig"), "text/csv"),
        ("Une note, écrite à la main.\n".encode(), "text/plain"),
        ("é".encode("latin-1"), ""),
        (b"a\x00b", ""),
        (b" <script>1</script>", ""),
        (b"#!/bin/sh", ""),
        (b"%PDF-1.7", ""),
    ],
)
def test_a_spreadsheet_or_a_text_is_told_by_its_bytes(octets: bytes, attendu: str) -> None:
    assert tel_quel(octets) == attendu


def test_spreadsheets_wait_for_a_switch_then_are_handed_over_as_they_are(gens, livres, lire, poster) -> None:
    responsable, agent = gens.client("responsable"), gens.client("agent")
    ici = f"/espaces/espace/{T}/fichiers/deposer/"

    def tableur(nom: str, octets: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile(nom, octets, content_type="application/pdf")

    assert "Tableur" not in lire(responsable, ici)
    refus = poster(responsable, ici, 200, nom="Bilan", fichier=tableur("b.xlsx", archive(*XLSX)))
    assert "traitement de texte ou d’un tableur" in refus
    regler_drapeau(TABLEURS, ["role:RESPONSABLE_GUICHET"], du=maintenant(), acte=gens.acte("pole"))
    assert "Tableur (XLSX, ODS)" in lire(responsable, ici)
    macro = tableur("b.xlsx", archive(*XLSX, "xl/vbaProject.bin"))
    assert "traitement de texte ou d’un tableur" in poster(responsable, ici, 200, nom="Bilan", fichier=macro)
    adresse = poster(responsable, ici, nom="Bilan", fichier=tableur("b.xlsx", archive(*XLSX)))
    poster(responsable, f"{adresse}remplacer/", fichier=tableur("b.pdf", b"Guichet;4\n"), note="En CSV")
    for numero, suffixe, octets in ((1, "xlsx", archive(*XLSX)), (2, "csv", b"Guichet;4\n")):
        version = VersionFichier.objects.get(numero=numero)
        recu = agent.get(f"/espaces/version/{version.id}/")
        assert b"".join(recu.streaming_content) == octets
        assert recu["Content-Type"] == "application/octet-stream"
        assert recu["Content-Disposition"] == f'attachment; filename="version-{numero}.{suffixe}"'
    assert poster(responsable, ici, nom="Note", fichier=envoi())


def envoi(pages: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile("note.pdf", pdf(pages), content_type="application/pdf")


def test_a_file_and_its_versions(gens, livres, lire, poster) -> None:
    responsable, agent, dehors = map(gens.client, ("responsable", "agent", "agent2"))
    ici = f"/espaces/espace/{T}/fichiers/"
    assert "Aucun fichier" in lire(agent, ici)
    assert agent.get(f"{ici}deposer/").status_code == 403
    assert "choisissez un fichier" in poster(responsable, f"{ici}deposer/", 200, nom="Note")
    mal = SimpleUploadedFile("x.pdf", b"rien", content_type="application/pdf")
    assert 'id="erreurs"' in poster(responsable, f"{ici}deposer/", 200, nom="Note", fichier=mal)
    adresse = poster(responsable, f"{ici}deposer/", nom="Note d’accueil", dossier="Accueil", fichier=envoi())
    assert "Note d’accueil" in lire(agent, ici)
    assert "Note d’accueil" in lire(agent, "/aide/chercher/?q=note+accueil")
    assert "Note d’accueil" not in lire(dehors, "/aide/chercher/?q=note+accueil")
    un = VersionFichier.objects.get()
    assert poster(responsable, f"{adresse}remplacer/", fichier=envoi(2), note="Plus courte") == adresse
    deux = VersionFichier.objects.get(numero=2)
    lue = lire(agent, adresse)
    assert "Remplacé le" in lue
    assert "Plus courte" in lue
    for version in (un, deux):
        reponse = agent.get(f"/espaces/version/{version.id}/")
        assert b"".join(reponse.streaming_content).startswith(b"%PDF")
        assert reponse["Content-Disposition"] == f'attachment; filename="version-{version.numero}.pdf"'
        assert reponse["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in reponse["Content-Security-Policy"]
        assert "no-store" in reponse["Cache-Control"]
        assert dehors.get(f"/espaces/version/{version.id}/").status_code == 404
    assert poster(responsable, f"/espaces/version/{un.id}/relue/") == adresse
    assert poster(responsable, f"/espaces/version/{un.id}/relue/") == adresse
    assert poster(responsable, f"/espaces/version/{deux.id}/remarquer/", texte="Une coquille") == adresse
    lue = lire(agent, adresse)
    assert "Version 1 relue par Odile Marsac." in lue
    assert "Version 2 relue" not in lue
    assert "Une coquille" in lue
    assert "J’ai relu" not in lue
    brouillon = poster(responsable, f"{adresse}proposer/")
    assert "Note d’accueil" in lire(responsable, brouillon)
    assert FichierEspace.objects.get().brouillon is not None


GUIDE = """#set text(lang: "fr", size: 11pt)
= Accueillir une personne
Odile Marsac, du guichet G0993, reçoit toute personne et lui remet son numéro.

== Les pièces
- La carte d’identité
- Le dossier 099 0318 016982 99001
"""


def test_a_page_made_from_a_file_carries_its_text_and_names_nobody(
    gens, livres, lire, poster, monkeypatch
) -> None:
    responsable = gens.client("responsable")
    ici = f"/espaces/espace/{T}/fichiers/deposer/"
    guide = SimpleUploadedFile("guide.pdf", pdf_de_typst(GUIDE), content_type="application/pdf")
    adresse = poster(responsable, ici, nom="Guide d’Odile Marsac", fichier=guide)
    page = lire(responsable, poster(responsable, f"{adresse}proposer/"))
    contenu = BrouillonPage.objects.get().contenu
    assert contenu["corps"].startswith(
        "## Accueillir une personne\n\n[…], du guichet […], reçoit toute personne"
    )
    assert "### Les pièces\n\n- La carte d’identité\n- Le dossier […]" in contenu["corps"]
    assert "Marsac" not in str(contenu)
    assert rendre(contenu["corps"]).plan
    assert "4 passages retirés" in page

    image = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(image, "PNG")
    photo = SimpleUploadedFile("photo.png", image.getvalue(), content_type="image/png")
    adresse = poster(responsable, ici, nom="Une photo", fichier=photo)
    page = lire(responsable, poster(responsable, f"{adresse}proposer/"))
    assert "Aucun texte n’a pu être lu dans ce fichier" in page

    def muet(*_: object, **__: object) -> None:
        raise DocumentIndisponible("Réessayez plus tard.")

    monkeypatch.setattr(screens, "lire_lignes_de", muet)
    page = lire(responsable, poster(responsable, f"{adresse}proposer/"))
    assert "Aucun texte n’a pu être lu dans ce fichier" in page


def test_a_link_outside_is_frozen_here(gens, livres, lire, poster, monkeypatch) -> None:
    responsable, agent = gens.client("responsable"), gens.client("agent")
    ici = f"/espaces/espace/{T}/fichiers/"
    assert "collez l’adresse" in poster(
        responsable, f"{ici}lier/", 200, titre="Ordre du jour", url="https://ailleurs.fr/"
    )
    assert poster(responsable, f"{ici}lier/", titre="Ordre du jour", url=DOCS) == ici
    lien = LienDocument.objects.get()
    page = lire(agent, ici)
    assert "Les droits de ce document se règlent dans Docs." in page
    assert 'target="_blank" rel="noopener noreferrer">ouvrir dans Docs' in page
    assert "Figer ici" not in page
    figer = f"/espaces/lien/{lien.id}/figer/"
    assert "collez le texte exporté" in poster(responsable, figer, 200, corps=" ")
    adresse = poster(responsable, figer, corps="## Ordre du jour\n1. Bilan")
    assert poster(responsable, figer, fichier=envoi()) == adresse
    assert "figée depuis Docs" in lire(agent, adresse)
    une = VersionFichier.objects.get(numero=1)
    assert "Bilan" in lire(agent, f"/espaces/version/{une.id}/")
    assert VersionFichier.objects.get(numero=2).document is not None
    vrais = actions.get_parametres
    for module in (actions, screens):
        monkeypatch.setattr(module, "get_parametres", lambda le: vrais(le).avec(docs_hotes=[]))
    assert "ouvrir dans Docs" in lire(agent, ici)
    assert "Lier un document" not in lire(responsable, ici)
    with pytest.raises(Interdit, match="pour le moment"):
        actions.lier(livres[T].id, titre="x", url=DOCS, acte=gens.acte("responsable"))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://docs.numerique.gouv.fr/",
        "https://docs.numerique.gouv.fr@mal.fr/",
        "https://a:b@docs.numerique.gouv.fr/",
        "javascript:x",
        "https://docs numerique/",
    ],
)
def test_links_that_are_refused(url) -> None:
    with pytest.raises(Interdit) as refus:
        lire_adresse(url, hotes=["docs.numerique.gouv.fr"])
    assert refus.value.champ == "url"


def test_what_does_not_open(gens, livres) -> None:
    inconnu, acte = gens.compte("gt").id, gens.acte("gt")
    lecteur = lecteur_de(gens.acteur("gt"), le=maintenant())
    for faire in (
        lambda: actions.deposer(inconnu, nom="x", document=inconnu, acte=acte),
        lambda: actions.deposer(livres[T].id, nom="x", document=inconnu, acte=acte),
        lambda: actions.remplacer(inconnu, document=inconnu, acte=acte),
        lambda: actions.figer(inconnu, texte="x", acte=acte),
        lambda: actions.donner_avis(inconnu, Dit.RELU, acte=acte),
        lambda: get_fichier(inconnu, lecteur),
        lambda: get_version(inconnu, lecteur),
        lambda: get_lien(inconnu, lecteur),
        lambda: list_fichiers(livres["territoire-02a"], lecteur),
        lambda: list_liens(livres["territoire-02a"], lecteur),
    ):
        with pytest.raises(Introuvable):
            faire()
    with pytest.raises(NonHabilite):
        actions.lier(livres[T].id, titre="x", url=DOCS, acte=gens.acte("agent"))
    lien = actions.lier(livres[T].id, titre="x", url=DOCS, acte=acte)
    version = actions.figer(lien.id, texte="Un texte", acte=acte)
    with pytest.raises(Interdit) as refus:
        actions.donner_avis(version.id, Dit.REMARQUE, texte="", acte=acte)
    assert refus.value.champ == "texte"
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionFichier.objects.create(
            fichier=version.fichier, numero=9, origine="FICHIER", auteur=inconnu, survenu_le=maintenant()
        )
