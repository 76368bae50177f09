"""The acts that clients repeat, each through the product's own door."""

import time
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from http import HTTPStatus
from itertools import count
from random import Random

import typst
from django.db import connection, transaction

from sne.api.reponse import repondre
from sne.api.ressources.flux import LIGNES_MAX, dire_lignes
from sne.attestations import rendu
from sne.attestations.actions import emettre_attestation, ouvrir_attestation
from sne.attestations.rules import DonneesAttestation, completer_exemple, presenter, tirer_reference
from sne.bench import foyers
from sne.bench.adresses import Tapeur
from sne.bench.chantier import LOT
from sne.bench.equipe import Poste
from sne.bench.melange import GUICHETS
from sne.bench.pgbench import MesureImpossible
from sne.bench.web import Navigateur
from sne.flux.selectors.lignes import get_etat, get_premier_garde, list_lignes
from sne.guichet.pieces.presentation import presenter_attendues, presenter_pieces
from sne.habilitations.models import Compte
from sne.habilitations.selectors import acteur_de
from sne.referentiels.selectors import get_parametres, get_pieces
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.demande.actions.ecrire import Lignes, ecrire
from sne.registre.demande.selectors.etat import etat
from sne.registre.depot.actions.construire import Depot
from sne.registre.depot.actions.deposer import deposer_demande
from sne.registre.depot.actions.reprendre import Reprise, lignes_de_reprise, reprendre_demandes
from sne.registre.doublons.parametres import ParametresDoublons
from sne.registre.doublons.selectors.proches import PersonneCherchee, list_proches
from sne.registre.faits.selectors.dossier_de_pieces import get_dossier_de_pieces
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.modification.actions.brouillons import ouvrir_brouillon
from sne.registre.modification.actions.modifier import modifier_demande
from sne.saisie.brut import LU
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.chiffrement import empreinte_nir
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.identifiants import uuid7
from sne.socle.typographie import POLICES
from sne.suivi.actions.activite import service_du_suivi
from sne.suivi.actions.entonnoir import calculer_entonnoirs
from sne.suivi.rules.activite import mois_entre
from sne.suivi.rules.entonnoir import ReglesEntonnoir, calibrer, dresser
from sne.suivi.rules.recapitulatif import SeuilsAlerte, recapituler
from sne.suivi.selectors import list_activite
from sne.suivi.selectors.entonnoir import get_entonnoir, list_comptages, list_siens

VERSIONS = 50  # of the file read at an instant


class ChercherAdresse:
    """An address of our own index, typed with one slip: what the port takes, statements and words."""

    def __init__(self, poste: Poste) -> None:
        self.tapeur = Tapeur(poste.premier_rang)

    def preparer(self, nombre: int) -> None:
        """Nothing is needed."""

    def agir(self) -> None:
        """Look it up."""
        self.tapeur.chercher()


class Deposer:
    """Register a household through the action: every rule, right and look-up, the journal, one transaction."""

    def __init__(self, poste: Poste) -> None:
        self.acteur = foyers.agent()
        self._rangs = count(poste.premier_rang)
        self._prets: list[Depot] = []

    def preparer(self, nombre: int) -> None:
        instant = maintenant()
        self._prets += [foyers.depot(next(self._rangs), instant) for _ in range(nombre - len(self._prets))]

    def agir(self) -> None:
        instant = maintenant()
        depot = self._prets.pop() if self._prets else foyers.depot(next(self._rangs), instant)
        deposer_demande(depot, acte=Acte(self.acteur, instant))


class _Guichet:
    """Somebody signed in to the web. Options: ``port``, ``courriel`` of the account, ``cookies`` of its session;
    ``territoire`` where they register, that of the measures unless it is said.
    """

    def __init__(self, poste: Poste) -> None:
        compte = Compte.objects.get(courriel=poste.options["courriel"])
        self.territoire: str = poste.options.get("territoire", foyers.TERRITOIRE)
        self.acteur = acteur_de(
            compte,
            guichet=GUICHETS[self.territoire],
            territoire=self.territoire,
            le=aujourd_hui(),
            correlation=uuid7(),
        )
        self.navigateur = Navigateur(poste.options["port"], dict(poste.options["cookies"]))


class DemanderUneAide(_Guichet):
    """A page of entry whose button was pressed: kept, an address asked about, the page made again."""

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        pages = foyers.saisie(poste.premier_rang) | {"motifs": {"motif_1": ["13"]}}
        self.page = {n: v for n, v in pages["personne"].items() if n != "continuer"} | {"chercher": "voie"}
        acte = Acte(self.acteur, maintenant())
        self.adresse = f"/brouillons/{ouvrir_brouillon(pages, acte=acte, territoire=foyers.TERRITOIRE)}"
        self.lu = count(1)

    def preparer(self, nombre: int) -> None:
        """Nothing is needed: the same draft is saved again."""

    def agir(self) -> None:
        adresse = f"{self.adresse}/personne/"
        statut, suite, page = self.navigateur.demander("POST", adresse, self.page | {LU: str(next(self.lu))})
        if statut != HTTPStatus.OK or "Continuez à la main" not in page.decode():
            raise MesureImpossible(f"page refusée ({statut} {suite})")


class DeposerParLeWeb(_Guichet):
    """Register a household through the web: the last page of a draft, posted by somebody signed in.

    The draft is as the screens leave it: its last page of entry is posted too, beforehand.
    """

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        self.verification = foyers.verification(aujourd_hui())
        self._rangs = count(poste.premier_rang)
        self._prets: list[uuid.UUID] = []

    def preparer(self, nombre: int) -> None:
        self._prets += [self._brouillon() for _ in range(nombre - len(self._prets))]

    def _brouillon(self) -> uuid.UUID:
        pages = foyers.saisie(next(self._rangs), territoire=self.territoire)
        souhaits = pages.pop("souhaits")
        brouillon = ouvrir_brouillon(pages, acte=Acte(self.acteur, maintenant()), territoire=self.territoire)
        statut, suite, page = self.navigateur.demander(
            "POST", f"/brouillons/{brouillon}/souhaits/", souhaits | {LU: "1"}
        )
        if statut != HTTPStatus.FOUND:
            raise MesureImpossible(f"page refusée ({statut} {suite}) {page.decode()[:2000]}")
        return brouillon

    def agir(self) -> None:
        brouillon = self._prets.pop() if self._prets else self._brouillon()
        statut, suite, page = self.navigateur.demander(
            "POST", f"/brouillons/{brouillon}/verifier/", self.verification | {LU: "2"}
        )
        if statut != HTTPStatus.FOUND or not suite.endswith("/enregistree/"):
            raise MesureImpossible(f"enregistrement refusé ({statut} {suite}) {page.decode()[:2000]}")


class Reprendre:
    """Take over a batch of a former system, with the rules of imports."""

    def __init__(self, poste: Poste) -> None:
        self.acteur = foyers.reprise_de_masse()
        self._lots = self._enumerer(poste.premier_rang)
        self._prets: list[list[Reprise]] = []

    def _enumerer(self, premier: int) -> Iterator[list[Reprise]]:
        for debut in count(premier, LOT):
            yield [foyers.reprise(rang, maintenant()) for rang in range(debut, debut + LOT)]

    def preparer(self, nombre: int) -> None:
        self._prets += [next(self._lots) for _ in range(nombre - len(self._prets))]

    def agir(self) -> None:
        reprendre_demandes(self._prets.pop() if self._prets else next(self._lots), acteur=self.acteur)


class EcrireLot:
    """The write alone of a takeover: the same batches, built and checked beforehand."""

    def __init__(self, poste: Poste) -> None:
        self.acteur = foyers.reprise_de_masse()
        self._rangs = count(poste.premier_rang)
        self._prets: list[list[Lignes]] = []

    def preparer(self, nombre: int) -> None:
        self._prets += [self._lot() for _ in range(nombre - len(self._prets))]

    def _lot(self) -> list[Lignes]:
        instant = maintenant()
        return [
            lignes_de_reprise(foyers.reprise(next(self._rangs), instant), acteur=self.acteur)
            for _ in range(LOT)
        ]

    def agir(self) -> None:
        lot = self._prets.pop() if self._prets else self._lot()
        with transaction.atomic():
            ecrire(lot)


class _Lecteur:
    """A reader: nothing to make ready between slices."""

    def preparer(self, nombre: int) -> None:
        """Nothing."""


class ProposerParLeWeb(_Lecteur):
    """An address looked up as the script of a page asks for it. Options: ``port``, ``cookies`` of a session."""

    def __init__(self, poste: Poste) -> None:
        self.tapeur = Tapeur(poste.premier_rang)
        self.navigateur = Navigateur(poste.options["port"], dict(poste.options["cookies"]))

    def agir(self) -> float:
        """The time of the request alone: drawing what is typed is the client's."""
        tape, _ = self.tapeur.tirer()
        debut = time.perf_counter()
        statut, _, corps = self.navigateur.demander(
            "POST", "/propositions/", {"chercher": "voie", "voie": tape}
        )
        if statut != HTTPStatus.OK or b"propositions" not in corps:
            raise MesureImpossible(f"proposition refusée ({statut})")
        return (time.perf_counter() - debut) * 1000


class LireEtat(_Lecteur):
    """A file of fifty versions as it was at an instant drawn among them."""

    def __init__(self, poste: Poste) -> None:
        self.acteur = foyers.agent()
        self.demande_id, self.nud = dossier_de_versions(poste.premier_rang, acteur=self.acteur)
        self.hasard = Random(poste.premier_rang)  # noqa: S311 - draws instants, nothing secret

    def agir(self) -> None:
        instant = maintenant() - timedelta(minutes=self.hasard.randrange(1, VERSIONS))
        etat(self.nud, instant, acteur=self.acteur)


class LireVersion(LireEtat):
    """The version row alone of the same file: the least that such a read can cost."""

    def agir(self) -> None:
        instant = maintenant() - timedelta(minutes=self.hasard.randrange(1, VERSIONS))
        with connection.cursor() as curseur:
            curseur.execute(
                "SELECT contenu, contenu_protege, identites FROM version WHERE demande_id = %s AND survenu_le <= %s "
                "ORDER BY survenu_le DESC, numero DESC LIMIT 1",
                [self.demande_id, instant],
            )
            curseur.fetchone()


class ListerPieces(_Lecteur):
    """The page of the documents of a file, except its drawing: the file opened, what is there, what is missing."""

    def __init__(self, poste: Poste) -> None:
        self.acteur = foyers.agent()
        self.hasard = Random(poste.premier_rang)  # noqa: S311 - draws files, nothing secret
        with connection.cursor() as curseur:
            curseur.execute(
                "SELECT d.nud FROM demande d WHERE d.territoire = %s AND EXISTS "
                "(SELECT FROM piece p WHERE p.territoire = d.territoire AND p.demande_id = d.id) LIMIT 1000",
                [self.acteur.territoire],
            )
            self.numeros = [ligne[0] for ligne in curseur.fetchall()]

    def agir(self) -> None:
        le = aujourd_hui()
        fiche = consulter_demande(self.hasard.choice(self.numeros), acte=Acte(self.acteur, maintenant()))
        lus = get_dossier_de_pieces(fiche.demande.id, fiche.contenu, acteur=self.acteur, le=le)
        catalogue = get_pieces(le)
        presenter_attendues(lus, fiche.contenu, catalogue, nud=fiche.demande.nud)
        presenter_pieces(lus.pieces, fiche.contenu, catalogue, le=le)


class ConsulterSansPieces(ListerPieces):
    """The file opened and nothing else: what the same page costs before its documents."""

    def agir(self) -> None:
        consulter_demande(self.hasard.choice(self.numeros), acte=Acte(self.acteur, maintenant()))


class ChercherDoublons(_Lecteur):
    """The look-up of a registration: two adults, one in three of whom is already there."""

    def __init__(self, poste: Poste) -> None:
        self.hasard = Random(poste.premier_rang)  # noqa: S311 - draws households, nothing secret
        self.seuil = float(get_parametres(aujourd_hui())[ParametresDoublons].seuil_doublon_justification)

    def agir(self) -> None:
        rang = self.hasard.randrange(60_000)
        cherches = [
            PersonneCherchee(
                nom=a.nom,
                prenoms=a.prenoms,
                date_naissance=a.naissance,
                nir_empreinte=empreinte_nir(a.nir),
                telephone=f"+33{a.telephone[1:]}",
            )
            for a in (foyers.adulte(rang, sexe=2), foyers.adulte(rang, sexe=1))
        ]
        list_proches(cherches, territoire=foyers.TERRITOIRE, seuil=self.seuil)


class LireCle(_Lecteur):
    """One row by its primary key: the least that a query can cost."""

    def __init__(self, poste: Poste) -> None:
        with connection.cursor() as curseur:
            curseur.execute("SELECT id FROM demande LIMIT 1000")
            self.cles = [ligne[0] for ligne in curseur.fetchall()]
        self.hasard = Random(poste.premier_rang)  # noqa: S311 - draws keys, nothing secret

    def agir(self) -> None:
        with connection.cursor() as curseur:
            curseur.execute("SELECT nud, statut FROM demande WHERE id = %s", [self.hasard.choice(self.cles)])
            curseur.fetchone()


class EmettreAttestation:
    """Issue an attestation through the action, for a file that has none yet."""

    def __init__(self, poste: Poste) -> None:
        self.acteur = foyers.agent()
        self._rangs = count(poste.premier_rang)
        self._prets: list[uuid.UUID] = []

    def preparer(self, nombre: int) -> None:
        self._prets += [self._demande() for _ in range(nombre - len(self._prets))]

    def _demande(self) -> uuid.UUID:
        instant = maintenant()
        return deposer_demande(
            foyers.depot(next(self._rangs), instant), acte=Acte(self.acteur, instant)
        ).demande_id

    def agir(self) -> None:
        demande = self._prets.pop() if self._prets else self._demande()
        emettre_attestation(demande, acte=Acte(self.acteur, maintenant()))


class RemettreAttestation(EmettreAttestation):
    """Hand over an attestation already issued: drawn again, checked against its hash, told to the journal."""

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        self._references: list[str] = []

    def preparer(self, nombre: int) -> None:
        self._references += [self._emettre() for _ in range(nombre - len(self._references))]

    def _emettre(self) -> str:
        return emettre_attestation(self._demande(), acte=Acte(self.acteur, maintenant())).reference

    def agir(self) -> None:
        reference = self._references.pop() if self._references else self._emettre()
        ouvrir_attestation(reference, acte=Acte(self.acteur, maintenant()))


class Dessiner:
    """Draw an attestation from its data: laid out, QR code, compiler, PDF/A finish; another person each time."""

    def __init__(self, poste: Poste) -> None:
        self._rangs = count(poste.premier_rang)
        self._prets: list[DonneesAttestation] = []

    def preparer(self, nombre: int) -> None:
        self._prets += [self._donnees() for _ in range(nombre - len(self._prets))]

    def _donnees(self) -> DonneesAttestation:
        personne = foyers.adulte(next(self._rangs), sexe=2)
        return completer_exemple(
            {"nom_naissance": personne.nom, "prenoms": personne.prenoms, "reference": tirer_reference()}
        )

    def agir(self) -> None:
        rendu.rendre(self._prets.pop() if self._prets else self._donnees())


class CompilerNu(Dessiner):
    """The compiler alone, on the same template: data laid out and code drawn beforehand."""

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        self._entrees: list[tuple[dict[str, str], datetime]] = []
        self.compilateur = typst.Compiler(
            rendu.DOSSIER / f"simplifiee_v{rendu.VERSIONS['simplifiee']}.typ",
            root=rendu.DOSSIER,
            font_paths=[POLICES],
            ignore_system_fonts=True,
        )

    def preparer(self, nombre: int) -> None:
        self._entrees += [self._presentees() for _ in range(nombre - len(self._entrees))]

    def _presentees(self) -> tuple[dict[str, str], datetime]:
        donnees = self._donnees()
        entrees = {"donnees": presenter(donnees), "qr": rendu.dessiner_qr(donnees.adresse_verification)}
        return entrees, donnees.horodatage

    def agir(self) -> None:
        entrees, horodatage = self._entrees.pop() if self._entrees else self._presentees()
        self.compilateur.compile(
            sys_inputs=entrees, format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=horodatage
        )


class DresserEntonnoirs(_Lecteur):
    """The funnel of every territory of the nation: counts of the quarter, what is expected, each counter judged."""

    def __init__(self, _: Poste) -> None:
        self.le = aujourd_hui()
        self.regles = ReglesEntonnoir.depuis(get_parametres(self.le))

    def agir(self) -> None:
        comptages = list_comptages(self.le, self.regles)
        calibrage = calibrer(comptages, self.regles)
        for territoire, siens in comptages.items():
            dresser(siens, calibrage, self.regles, territoire=territoire)


class OuvrirEntonnoir(_Lecteur):
    """The funnel of one territory as its first reader of the morning gets it: the night drew it."""

    def __init__(self, _: Poste) -> None:
        self.le = aujourd_hui()
        calculer_entonnoirs(acte=Acte(service_du_suivi(), maintenant()))
        self.territoire = next(iter(list_comptages(self.le, ReglesEntonnoir.depuis(get_parametres(self.le)))))

    def agir(self) -> None:
        regles = ReglesEntonnoir.depuis(get_parametres(self.le))
        siens = list_siens(self.le, regles, territoire=self.territoire)
        get_entonnoir(siens, regles, territoire=self.territoire, le=self.le)


class RecapitulerDeuxAns(_Lecteur):
    """The lines of the recap of every counter of the nation over two years, each beside its territory."""

    def __init__(self, _: Poste) -> None:
        self.a = aujourd_hui().replace(day=1)
        self.de = ajouter_mois(self.a, -23)
        seuils = SeuilsAlerte.depuis(get_parametres(self.a))
        self.seuils = dict.fromkeys(mois_entre(self.de, self.a), seuils)

    def agir(self) -> None:
        recapituler(list_activite(None, de=self.de, a=self.a), {}, seuils=self.seuils)


class LirePageDuFlux(_Lecteur):
    """Five hundred lines of the feed of a territory, anywhere in it, as the interface says them. Option: ``lignes``."""

    def __init__(self, poste: Poste) -> None:
        self.hasard = Random(poste.premier_rang)  # noqa: S311 - pages drawn, the same at each run
        self.lignes = poste.options["lignes"]

    def agir(self) -> None:
        apres = self.hasard.randrange(self.lignes - LIGNES_MAX)
        get_premier_garde("099", "demandes", apres=apres, le=aujourd_hui())
        lues = list_lignes("099", "demandes", apres=apres, limite=LIGNES_MAX)
        repondre(dire_lignes(lues, "099"))
        get_etat("099", "demandes")


def dossier_de_versions(rang: int, *, acteur: Acteur) -> tuple[uuid.UUID, str]:
    """A demande changed once a minute until it has ``VERSIONS`` versions; its id and number."""
    debut = maintenant() - timedelta(minutes=VERSIONS)
    depot = foyers.depot(rang, debut)
    recepisse = deposer_demande(depot, acte=Acte(acteur, debut))
    for revision in range(1, VERSIONS):
        instant = debut + timedelta(minutes=revision)
        actuel = etat(recepisse.nud, instant, acteur=acteur).contenu
        souhaits = actuel.souhaits.model_copy(update={"loyer_maximum": Decimal(500 + revision)})
        modifier_demande(
            recepisse.demande_id,
            contenu=actuel.model_copy(update={"souhaits": souhaits}),
            revision=revision,
            acte=Acte(acteur, instant),
        )
    return recepisse.demande_id, recepisse.nud
