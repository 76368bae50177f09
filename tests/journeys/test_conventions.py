"""An agreement from its opening to its first call, by two operators and a territorial manager, who then stops it."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from playwright.sync_api import Page, expect

from sne.conventions.actions import AppelFait, noter_appel
from sne.conventions.autorite import Autorite
from sne.conventions.selectors import AccesRefuse, par_cle
from sne.flux.actions.abonnements import demander_abonnement
from sne.flux.models import Abonnement, Livraison
from sne.flux.rules.types import Serie
from sne.notifications.models import MessageAgent
from sne.notifications.selectors import lire_chiffre
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.api.test_flux import lignes
from tests.conventions.factories import appelant, organisme
from tests.habilitations.factories import creer_exploitation, creer_gestionnaire
from tests.journeys.poste import Poste

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def certificat() -> x509.Certificate:
    """A certificate that signs itself, of a year."""
    cle = ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Aurette Habitat")])
    fait = x509.CertificateBuilder().subject_name(nom).issuer_name(nom).public_key(cle.public_key())
    fait = (
        fait.serial_number(1)
        .not_valid_before(maintenant())
        .not_valid_after(maintenant() + timedelta(days=365))
    )
    return fait.sign(cle, SHA256())


def remplir(page: Page, lien: str, bouton: str, *champs: tuple[str, str]) -> None:
    """Follow a link, fill the form in, send it."""
    page.get_by_role("link", name=lien, exact=True).click()
    for champ, valeur in champs:
        page.get_by_label(re.compile(f"^{champ}")).fill(valeur)
    page.get_by_role("button", name=bouton, exact=True).click()


def ouvrir_et_signer(poste: Poste, feuille: x509.Certificate) -> str:
    """National operation, until somebody else has to confirm the certificate; the address of the agreement."""
    page = poste.page
    poste.aller("/conventions/")
    remplir(
        page,
        "Ouvrir une convention",
        "Ouvrir",
        ("Éditeur", "Aurette Habitat"),
        ("Organisme", organisme()),
        ("Adresse", "interfaces@editeur.exemple.fr"),
    )
    for etape in ("Conformité passée à l’École", "Convention signée"):
        page.get_by_role("link", name="Noter une étape").click()
        page.get_by_text(etape).click()
        page.get_by_role("button", name="Noter").click()
    remplir(page, "Enregistrer un certificat", "Enregistrer", ("Certificat", "pas un certificat"))
    expect(page.locator("main")).to_contain_text("Il ne se lit pas")
    poste.examiner("convention-certificat")
    page.get_by_label(re.compile("^Certificat")).fill(feuille.public_bytes(Encoding.PEM).decode())
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("main")).to_contain_text("À confirmer par une autre personne")
    return page.url


def creer_une_cle(poste: Poste) -> str:
    """Two scopes, then a key of both; the key, as it is shown once."""
    page, portees = poste.page, ("demandes:lire", "demandes:ecrire", "flux:lire")
    for portee in portees:
        page.get_by_role("link", name="Ouvrir une portée").click()
        page.get_by_text(f"({portee})").click()
        page.get_by_role("button", name="Ouvrir", exact=True).click()
    page.get_by_role("link", name="Créer une clé").click()
    for portee in portees:
        page.get_by_text(f"({portee})").click()
    page.get_by_label(re.compile("^Premier jour sans la clé")).fill("24/05/2027")
    poste.examiner("convention-cle")
    page.get_by_role("button", name="Créer la clé").click()
    poste.titre("Clé créée")
    poste.examiner("convention-cle-creee")
    texte = page.locator("main code").inner_text()
    page.get_by_role("link", name="Je l’ai copiée").click()
    expect(page.get_by_role("link", name="Créer une clé")).to_be_visible()
    assert texte not in page.content()
    return texte


def a_l_ecole(poste: Poste) -> None:
    """A vendor opens its agreement by itself, reads its key once, and renews its certificate by the same link."""
    page = poste.page
    poste.aller("/ecole/convention/")
    poste.examiner("convention-ecole")
    for champ, valeur in (
        ("Éditeur", "Bac Logiciels"),
        ("Organisme", organisme()),
        ("Adresse", "e@editeur.exemple.fr"),
    ):
        page.get_by_label(re.compile(f"^{champ}")).fill(valeur)
    page.get_by_role("button", name="Demander une convention").click()
    expect(page.locator("h1")).to_contain_text("Message envoyé")
    poste.examiner("convention-ecole-envoyee")
    contexte = lire_chiffre(MessageAgent.objects.get(genre="ADRESSE_A_VERIFIER"), "contexte")
    assert contexte is not None
    for titre in ("Clé créée", "Certificat renouvelé"):
        poste.aller("/" + str(contexte["lien"]).split("/", 3)[3])
        poste.examiner("convention-ecole-verifier")
        page.get_by_role("button", name="Vérifier et voir ma clé").click()
        expect(page.locator("h1")).to_contain_text(titre)
        poste.examiner(f"convention-ecole-{titre[:3].lower()}")


def test_from_the_agreement_to_a_call_and_its_end(
    asseoir: Callable[..., Poste], settings: Any, tmp_path: Path
) -> None:
    feuille, (poste, deuxieme, du_territoire) = certificat(), (asseoir() for _ in range(3))
    comptes = (creer_exploitation(), creer_exploitation(), creer_gestionnaire())
    for place, compte in zip((poste, deuxieme, du_territoire), comptes, strict=True):
        place.se_connecter(compte)
    adresse = ouvrir_et_signer(poste, feuille)
    deuxieme.page.goto(adresse)
    deuxieme.page.get_by_role("button", name="Confirmer").click()
    expect(deuxieme.page.locator("main")).to_contain_text("Certificat confirmé.")

    du_territoire.aller("/conventions/")
    page = du_territoire.page
    page.get_by_role("link", name="Aurette Habitat").click()
    page.get_by_role("link", name="Ajouter un guichet").click()
    page.get_by_label(re.compile("^Guichet")).select_option("099-G0993")
    du_territoire.examiner("convention-guichet")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.locator("main")).to_contain_text("Guichet ajouté.")

    texte = suivre_les_appels(poste, adresse, feuille)

    remplir(page, "Suspendre", "Suspendre", ("Motif", "Saisies douteuses"))
    expect(page.locator("main")).to_contain_text("dans le territoire 099")
    du_territoire.examiner("convention-suspendue")
    with pytest.raises(AccesRefuse, match="suspendue"):
        par_cle(texte, survenu_le=maintenant())
    page.get_by_role("button", name=re.compile("^Révoquer")).first.click()
    expect(page.locator("main")).to_contain_text("Clé révoquée.")
    with pytest.raises(AccesRefuse, match="plus valable"):
        par_cle(texte, survenu_le=maintenant())

    autorite = Autorite.nouvelle("Autorité d’essai").emise
    (tmp_path / "autorite.pem").write_text(autorite.pem)
    (tmp_path / "autorite.cle").write_text(autorite.cle)
    settings.ECOLE, settings.ECOLE_AUTORITE = True, str(tmp_path)
    a_l_ecole(poste)


def suivre_les_appels(poste: Poste, adresse: str, feuille: x509.Certificate) -> str:
    """A key, the calls made with it and what the feed delivers, as the operator sees them; the key."""
    poste.page.goto(adresse)
    texte = creer_une_cle(poste)
    qui = appelant(texte, feuille.fingerprint(SHA256()))
    noter_appel(qui, AppelFait("GET /demandes/{nud}", 200, 12), survenu_le=maintenant())
    poste.page.reload()
    poste.examiner("convention")
    poste.page.get_by_role("link", name="Voir les appels").click()
    expect(poste.page.locator("main")).to_contain_text("a-1043")
    poste.examiner("convention-appels")
    lignes(["DEPOSER", "RADIER"])
    demander_abonnement(
        qui.identite.convention,
        "099",
        Serie.DEMANDES,
        "https://editeur.exemple.fr/rappel",
        acte=Acte(qui.acteur, maintenant()),
    )
    Livraison.objects.create(
        abonnement=Abonnement.objects.get(), numero=1, etat="ECHOUEE", essais=7, statut=500
    )
    poste.page.goto(adresse)
    poste.page.get_by_role("link", name="Suivre le flux").click()
    expect(poste.page.locator("main")).to_contain_text("En retard")
    poste.examiner("convention-flux")
    poste.page.get_by_role("button", name="Livrer de nouveau").click()
    expect(poste.page.locator("main")).to_contain_text("Ligne à livrer de nouveau.")
    poste.aller("/conventions/")
    poste.examiner("conventions")
    return texte
