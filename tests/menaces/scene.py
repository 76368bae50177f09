"""One old file, its household, and who wants it: acts posted as a browser posts them, then what is left of the file."""

import re
import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import resolve, reverse

from sne.habilitations.models import Compte
from sne.habilitations.rules import SYSTEME, Role, mandat
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite, TitreAnciennete
from sne.registre.demande.selectors.attestation import get_donnees
from sne.registre.depot.actions.reprendre import Reprise, reprendre_demandes
from sne.registre.enquete.models.enquete import DossierEnquete, Gel
from sne.registre.enquete.models.restauration import RequeteRestauration
from sne.socle.acteur import Acteur, Canal, Perimetre
from sne.socle.horloge import PARIS, maintenant
from tests.documents.factories import pdf
from tests.guichet.parcours import texte
from tests.guichet.test_modification import modifier
from tests.guichet.test_recherche import chercher
from tests.guichet.vie.renouvellements import commencer, confirmer
from tests.habilitations.factories import connecter, creer_gestionnaire
from tests.menaces.fins import FIN, Fin
from tests.registre import factories as f
from tests.registre.avis import avis
from tests.registre.restauration.detournements import actuel

DEPOT, RENOUVELE = date(2019, 3, 4), date(2026, 11, 2)
NAISSANCE = date(1987, 3, 14)
VICTIME = ("Dubreuil", "Élodie")
INTRUS = {"civilite": "1", "nom_naissance": "Zimmer", "prenoms": "Karl", "date_naissance": "30/01/1979"}
CONTACT_INTRUS = {"courriel": "karl@rare.example", "telephone_portable": "0699887766"}
LINA = {
    "identifiant": "l",
    "nom": "Dubreuil",
    "prenoms": "Lina",
    "date_naissance": "2016-03-12",
    "sexe": "F",
    "lien_parente": "E",
}
TOLD = (
    "PERMETTRE_CONTACT",
    "MODIFIER",
    "RENOUVELER",
    "REACTIVER",
    "AJOUTER_PIECE",
    "VALIDER_IDENTITE",
    "SEPARER",
)


def importeur() -> Acteur:
    """The system that takes over former applications."""
    mandats = (mandat(Role.AGENT_GUICHET, Perimetre("099")),)
    return Acteur(id=SYSTEME, nom="Reprise", canal=Canal.SYSTEME, mandats=mandats)


def menage(**autres: Any) -> Contenu:
    """Élodie Dubreuil, her daughter, and where they are reached."""
    contact = {"courriel": avis.AVANT, "telephone_portable": avis.MOBILE}
    foyer = {"personnes_a_charge": [LINA]}
    return f.contenu(**({"demandeur": f.personne(contact=contact), "foyer": foyer} | autres))


def une_association() -> Contenu:
    """An association that is reached where the household is."""
    qui = menage().demandeur
    assert qui is not None
    dite = {
        "nom": "Toits d’Aurette",
        "siren": "732829320",
        "contact": qui.contact,
        "adresse_courrier": qui.adresse_courrier,
    }
    return Contenu.model_validate(
        {"titulaire": "ASSOCIATION", "association": dite, "souhaits": menage().souhaits}
    )


def importer(contenu: Contenu | None = None, *, nir: str = "", **autres: Any) -> str:
    """A demande of 2019, taken over from the former system and renewed since; its number."""
    nirs = {"demandeur": nir} if nir else {}
    depot = f.depot(contenu or menage(), date_reception=DEPOT, nirs=nirs)
    champs: dict[str, Any] = {
        "renouvellements": tuple(RENOUVELE.replace(year=annee) for annee in range(2019, 2027))
    } | autres
    (nud,) = reprendre_demandes([Reprise(depot, **champs)], acteur=importeur()).values()
    connection.check_constraints()
    return nud


class Scene:
    """A file, on a day; ``conclue`` is how the test said that it ended."""

    def __init__(self, temps: time_machine.Traveller, test: str) -> None:
        self._temps, self._fin = temps, FIN[test].fin
        self.conclue: Fin | None = None

    def choisir(self, nud: str) -> None:
        """Look at this file; what it is now is what must be left of it."""
        self.nud = nud
        self.demande_id: uuid.UUID = Demande.objects.get(nud=nud).id
        self.revision = Demande.objects.get(nud=nud).revision
        self.avant, self.titres = actuel(self.demande_id), self._titres()
        self.pieces = self._pieces()

    def jour(self, apres: int, heure: time = time(10, 30)) -> None:
        """So many days after the day of the tests."""
        le = (f.MAINTENANT + timedelta(days=apres)).date()
        self._temps.move_to(datetime.combine(le, heure, tzinfo=PARIS), tick=False)

    def saisir(self, compte: Compte, bloc: str, nud: str = "", **champs: str) -> str:
        """A page of the file changed by this account, and what the service then tells; the page that follows."""
        page = modifier(connecter(Client(), compte), nud or self.nud, bloc, **champs)
        connection.check_constraints()
        self.avertir()
        return page

    def joindre(self, compte: Compte) -> None:
        """The identity document of somebody else, in place of the former."""
        client = connecter(Client(), compte)
        adresse = reverse("piece-ajouter", args=[self.nud]) + "?type=IDENTITE&qui=demandeur"
        champs = {"qui": "demandeur", "nature": "CNI", "fichiers": [SimpleUploadedFile("k.pdf", pdf(1))]}
        reponse = client.post(adresse, champs)
        assert reponse.status_code == 302, texte(reponse)
        connection.check_constraints()
        self.avertir()

    def tout_prendre(self, compte: Compte) -> str:
        """Civil status, then contacts, documents, household and wishes; what was said of the contacts."""
        page = self.saisir(compte, "personne", **INTRUS)
        assert "en attente de décision" in page, page
        contacts = self.saisir(compte, "coordonnees", **CONTACT_INTRUS)
        self.joindre(compte)
        self.saisir(compte, "foyer", enfants__1__nom="Zimmer", enfants__1__prenoms="Otto")
        self.saisir(compte, "souhaits", loyer_maximum="1900")
        return contacts

    def retirer(self, compte: Compte) -> None:
        """Whoever asked for a change takes it back."""
        reponse = connecter(Client(), compte).post(reverse("changement-retirer", args=[self.attente().id]))
        assert reponse.status_code == 302, texte(reponse)

    def renouveler(self, compte: Compte) -> None:
        """One more year, nothing else changed."""
        client = connecter(Client(), compte)
        commencer(client, self.nud)
        reponse = confirmer(client, self.nud)
        assert reponse.status_code == 302, texte(reponse)
        connection.check_constraints()

    def avertir(self) -> None:
        """What the worker sends once acts are sealed."""
        avis.avertir(*TOLD, le=maintenant())

    def attente(self) -> Identite:
        """The one change of identity that waits."""
        ligne: Identite = Identite.objects.get(
            demande=self.demande_id, voie="CONTROLE", decision__isnull=True
        )
        return ligne

    def clauses(self) -> set[str]:
        """Why it waits."""
        return set(self.attente().examen.clauses)

    def _pieces(self) -> set[uuid.UUID]:
        """Documents that count."""
        return set(Demande.objects.get(id=self.demande_id).version_courante.pieces)

    def _titres(self) -> list[Any]:
        lignes = TitreAnciennete.objects.filter(demande=self.demande_id).order_by("id")
        return list(lignes.values("id", "personne", "date_depot", "acte"))

    def en_vigueur(
        self,
        compte: Compte,
        nom: str = VICTIME[0],
        prenoms: str = VICTIME[1],
        naissance: str = "14/03/1987",
        avec_intrus: bool = False,
    ) -> None:
        """Who holds the file: on the page, in the search, on an attestation; and since when."""
        client = connecter(Client(), compte)
        page = texte(client.get(reverse("demande", args=[self.nud])))
        titre = re.search(r"<h1.*?</h1>", page, re.DOTALL)
        assert titre is not None
        assert f"{nom} {prenoms}" in titre[0]
        assert f"dépôt le {DEPOT:%d/%m/%Y}" in page
        lien = reverse("demande", args=[self.nud])
        assert lien in chercher(client, f"{nom} {prenoms} {naissance}")
        assert (lien in chercher(client, "Zimmer Karl 30/01/1979")) is avec_intrus
        donnees = get_donnees(self.demande_id, acteur=f.creer_acteur())
        assert (donnees.nom_naissance, donnees.prenoms, donnees.date_depot) == (nom, prenoms, DEPOT)
        avant, venus = self._titres()[: len(self.titres)], self._titres()[len(self.titres) :]
        assert avant == self.titres
        assert all(
            titre["date_depot"] >= f.AUJOURD_HUI for titre in venus
        )  # who comes in counts from that day

    def empechee(self, compte: Compte, **qui: str) -> None:
        """Prevented: the household holds its file everywhere."""
        self.en_vigueur(compte, **qui)
        self.conclue = Fin.EMPECHE

    def s_opposer(self) -> uuid.UUID:
        """The household presses the button of the message sent to its former address; the enquiry's id."""
        champs = {"formulaire": str(uuid.uuid4()), "codes": self._codes(), "contact": "06 12 12 12 12"}
        reponse = Client().post(reverse("s-opposer", args=[avis.jeton()]), champs)
        assert reponse.status_code == 302, texte(reponse)
        assert Gel.objects.filter(demande=self.demande_id, leve_le=None).exists()
        cle: uuid.UUID = DossierEnquete.objects.get().id
        return cle

    def _codes(self) -> list[str]:
        page = Client().get(reverse("s-opposer", args=[avis.jeton()])).content.decode()
        return re.findall(r'name="codes"[^>]*value="([^"]+)"', page)[:1]

    def restaurer(self, enquete: uuid.UUID, *, a_part: bool = False) -> str:
        """Two managers put the file back as it was; number of the demande set apart, if any."""
        un, autre = (connecter(Client(), creer_gestionnaire()) for _ in range(2))
        choisir = reverse("retablir-choisir", args=[enquete, self.nud]) + f"?vers={self.revision}"
        champs = {"motif": "Acte de naissance lu"} | ({"a_part": "on"} if a_part else {})
        reponse = un.post(choisir, champs)
        assert reponse.status_code == 302, texte(reponse)
        decider = reverse("retablir-decider", args=[RequeteRestauration.objects.get().id])
        revision = str(Demande.objects.get(id=self.demande_id).revision)
        reponse = autre.post(decider, {"issue": "ACCEPTEE", "revision": revision})
        assert reponse.status_code == 302, texte(reponse)
        connection.check_constraints()
        nees = Demande.objects.exclude(id=self.demande_id).order_by("id").values_list("nud", flat=True)
        return str(nees.last() or "") if a_part else ""

    def defaite(self, compte: Compte, *, a_part: bool = False, enquete: uuid.UUID | None = None) -> str:
        """Detected by the household, or by who opened this enquiry, and undone by two persons: identity, contacts,
        household, documents and title.
        """
        nouvelle = self.restaurer(enquete or self.s_opposer(), a_part=a_part)
        self.en_vigueur(compte)
        assert actuel(self.demande_id) == self.avant
        assert self._pieces() == self.pieces
        assert not Gel.objects.filter(demande=self.demande_id, leve_le=None).exists()
        self.conclue = Fin.DEFAIT
        return nouvelle

    def verifier(self) -> None:
        """The test ended as the table says."""
        assert self.conclue is self._fin, (self.conclue, self._fin)


def nud_de(reponse: Any) -> str:
    """Number of the file that an answer leads to."""
    return str(resolve(reponse.headers["Location"]).kwargs["nud"])
