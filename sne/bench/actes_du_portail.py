"""What a household does on the portal, by the pages of its own server; how its file is looked for."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from http import HTTPStatus
from itertools import count
from random import Random

from django.conf import settings
from django.db import connection

from sne.bench import foyers
from sne.bench.equipe import Poste
from sne.bench.pgbench import MesureImpossible
from sne.bench.web import Fil, Navigateur, formulaire
from sne.demandeurs.actions import prouver_courriel
from sne.demandeurs.actions.sessions import Venue, accueillir
from sne.demandeurs.rules.codes import CourrielProuve, Depart
from sne.oidc.rules.identite import FRANCE, IdentitePivot
from sne.portail.nouvelle.en_cours import PARCOURS, TOUT, VUES, DemandeEnLigne
from sne.referentiels.selectors import get_parametres
from sne.registre.controle.parametres import Seuils
from sne.registre.depot.actions.deposer import deposer_demande
from sne.registre.depot_en_ligne.policies import deposant
from sne.registre.modification.actions.brouillons import ouvrir_brouillon
from sne.registre.modification.selectors.brouillons import get_brouillon
from sne.registre.rattachement.actions.rattacher import Issue, rattacher_par_numero
from sne.registre.rattachement.rules.contacts import lire_contact
from sne.registre.rattachement.selectors.candidats import lire_pivot, list_certains
from sne.saisie.brut import CONTINUER, LU, Brut
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.identifiants import uuid7

BASTIA = "2B033"
ECHANTILLON = 2_000
ADULTES = (
    "SELECT i.prenoms, i.nom_naissance, i.date_naissance, i.civilite, i.naissance_commune, i.naissance_pays, "
    "i.date_naissance_presumee, p.id FROM personne p JOIN identite i ON i.id = p.identite_courante_id "
    "WHERE p.retire_le IS NULL ORDER BY hashtext(p.id::text) LIMIT %s"
)
ESSAIS = 50
SEULS = (
    "SELECT d.nud, i.prenoms, i.nom_naissance, i.date_naissance, i.civilite, i.naissance_commune, i.naissance_pays "
    "FROM demande d JOIN personne p ON p.demande_id = d.id AND p.rang = 0 AND p.retire_le IS NULL "
    "JOIN identite i ON i.id = p.identite_courante_id "
    "WHERE d.territoire = %s AND d.statut = 'ACTIVE' ORDER BY d.id DESC LIMIT %s"
)


def pivot(
    prenoms: str, nom: str, naissance: date, civilite: str, commune: str, *, pays: str = FRANCE
) -> IdentitePivot:
    """The civil status of a file, as FranceConnect would give it."""
    return IdentitePivot(
        sub="mesure",
        given_name=prenoms.replace(",", ""),
        family_name=nom,
        birthdate=naissance,
        gender="male" if civilite == "1" else "female",
        birthplace=commune,
        birthcountry=pays,
    )


def venir(rang: int) -> Venue:
    """A session of the woman of that rank, whose demande has just been registered and found by its number.

    Raises ``MesureImpossible``.
    """
    instant, qui = maintenant(), foyers.adulte(rang, sexe=2)
    depose = deposer_demande(foyers.depot(rang, instant), acte=Acte(foyers.agent(), instant))
    personne = pivot(qui.prenoms, qui.nom, qui.naissance, "2", BASTIA)
    venue = accueillir(personne, jeton="mesure", fournisseur="mesure", prouvee_le=instant, survenu_le=instant)
    reponse = rattacher_par_numero(depose.nud, personne, compte=venue.compte, survenu_le=instant)
    if reponse.issue is not Issue.RELIEE:
        raise MesureImpossible(f"La personne n’est pas reconnue : {reponse.issue}.")
    return venue


def revenir(territoire: str) -> Venue:
    """A session of somebody of that territory, whose demande is found by its number.

    Raises ``MesureImpossible``.
    """
    instant = maintenant()
    with connection.cursor() as curseur:
        curseur.execute(SEULS, [territoire, ESSAIS])
        seuls = curseur.fetchall()
    for nud, *civil, pays in seuls:
        qui = pivot(*civil, pays=pays or FRANCE).model_copy(update={"sub": f"mesure-{nud}"})
        venue = accueillir(qui, jeton="mesure", fournisseur="mesure", prouvee_le=instant, survenu_le=instant)
        reponse = rattacher_par_numero(nud, qui, compte=venue.compte, survenu_le=instant)
        if reponse.issue is Issue.RELIEE:
            return venue
    raise MesureImpossible(f"Aucune personne du territoire {territoire} n’est reconnue.")


class LireMaDemande:
    """« Ma demande », read by its holder signed in with FranceConnect. Option: ``port`` of the portal."""

    def __init__(self, poste: Poste) -> None:
        cookies = {settings.COOKIE_DE_SESSION: venir(poste.premier_rang).secret}
        self.navigateur = Navigateur(poste.options["port"], cookies)

    def preparer(self, nombre: int) -> None:
        """Nothing."""

    def agir(self) -> None:
        """One page."""
        statut, suite, _ = self.navigateur.demander("GET", "/ma-demande/", compression=True)
        if statut != HTTPStatus.OK:
            raise MesureImpossible(f"« Ma demande » refusée ({statut} {suite})")


CSRF = "menage-csrf"  # the portal's, over http
ICI = f"/nouvelle-demande/{foyers.TERRITOIRE}"
ENREGISTRE = 2  # the number that a draft bears once it was opened, then saved
PAGES_DU_PORTAIL: Mapping[str, Brut] = {
    "preferences": {"avis_renouvellement_electronique": ["oui"], "notification_sms": ["oui"]},
    "situation": {"demandeur-statut": ["CDI"], "cotitulaires-1-statut": ["CHO"]},
    "ressources": {"demandeur-n_moins_2__montant": ["16240"]},
    "logement": {"statut": ["LP"], "possede": ["non"]},
    "motifs": {"motif_1": ["13"]},
    "pieces": {},
}
"""What the portal asks before a demande is sent, and a counter does not."""
VUE_ENTIERE: Sequence[str] = (
    *("identite", "famille", "contact", "adresse", "messages", "secu", "avec-qui", "cotitulaires-1"),
    *("joindre-1", "enfants-1", "enfants-2", "enfants-3", "travail-demandeur", "travail-cotitulaires-1"),
    *("impot-demandeur", "impot-cotitulaires-1", "occupation", "logement", "possede", "motifs", "villes"),
    *("taille", "souhaits"),
)


def prouver(compte: uuid.UUID, rang: int, instant: datetime) -> None:
    """A code proved the e-mail that this household types."""
    femme = foyers.adulte(rang, sexe=2)
    (courriel,) = foyers.saisie(rang)["personne"]["courriel"]
    prouve = CourrielProuve(contact=lire_contact(courriel), depart=Depart(naissance=femme.naissance))
    prouver_courriel(compte, prouve, survenu_le=instant)


def personne_de(rang: int) -> IdentitePivot:
    """The woman of that household, as FranceConnect knows her."""
    qui = foyers.adulte(rang, sexe=2)
    connue = pivot(qui.prenoms, qui.nom, qui.naissance, "2", BASTIA)
    return connue.model_copy(update={"sub": f"mesure-{rang}"})


def reponses(rang: int) -> dict[str, Brut]:
    """The draft of that household, every page answered."""
    pages = {code: brut for code, brut in foyers.saisie(rang).items() if code != "doublons"}
    pages["coordonnees"] = pages["personne"]  # one screen of a counter, two pages here
    pages |= {code: dict(brut) | {CONTINUER: ["oui"]} for code, brut in PAGES_DU_PORTAIL.items()}
    return {**pages, VUES: {"page": [*VUE_ENTIERE]}, PARCOURS: {"parcours": [TOUT]}}


class _Deposant:
    """Households that file online, each under an account of its own; one browser. Option: ``port`` of the portal."""

    def __init__(self, poste: Poste) -> None:
        self.rangs = count(poste.premier_rang)
        self.navigateur = Navigateur(poste.options["port"], csrf=CSRF)

    def commencer(self) -> str:
        """The secret of a session whose draft has every page answered, the last one saved as the form saves it."""
        rang, instant = next(self.rangs), maintenant()
        identite = personne_de(rang)
        venue = accueillir(
            identite, jeton="mesure", fournisseur="mesure", prouvee_le=instant, survenu_le=instant
        )
        prouver(venue.compte, rang, instant)
        cle = uuid7()
        acteur = deposant(venue.compte, territoire=foyers.TERRITOIRE, brouillon=cle)
        ouvrir_brouillon({}, acte=Acte(acteur, instant), territoire=foyers.TERRITOIRE, demande=cle)
        brouillon = get_brouillon(cle, acteur)
        demande = DemandeEnLigne(brouillon, le=aujourd_hui(), identite=identite, acteur=acteur)
        demande.ecrire(reponses(rang), acteur=acteur)
        return venue.secret

    def entrer(self, secret: str) -> None:
        """Take that session, and the token of a form."""
        self.navigateur.cookies[settings.COOKIE_DE_SESSION] = secret
        if CSRF not in self.navigateur.cookies:
            self.navigateur.demander("GET", f"{ICI}/famille/")


class LireUneQuestion(_Deposant):
    """One page of the form, as it was answered."""

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        self.entrer(self.commencer())

    def preparer(self, nombre: int) -> None:
        """Nothing."""

    def agir(self) -> None:
        """One page."""
        statut, suite, _ = self.navigateur.demander("GET", f"{ICI}/famille/", compression=True)
        if statut != HTTPStatus.OK:
            raise MesureImpossible(f"Question refusée ({statut} {suite})")


class RepondreAUneQuestion(LireUneQuestion):
    """The same page posted: kept, encrypted, judged, and the next one named."""

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        self.lus = count(ENREGISTRE)

    def agir(self) -> None:
        """One answer, another than the last."""
        lu = next(self.lus)
        champs = {"situation_familiale": "MC"[lu % 2], LU: str(lu), CONTINUER: "oui"}
        statut, suite, page = self.navigateur.demander("POST", f"{ICI}/famille/", champs)
        if statut != HTTPStatus.FOUND:
            raise MesureImpossible(f"Réponse refusée ({statut} {suite}) {page.decode()[:2000]}")


class EnvoyerSaDemande(_Deposant):
    """« Envoyer », on what is read again. The form is written beforehand: the client takes next to nothing of the
    processors, as the peer's.
    """

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        self.fil = Fil(poste.options["port"])
        self._prets: list[bytes] = []

    def preparer(self, nombre: int) -> None:
        """As many households who have answered everything."""
        self._prets += [self._remplir() for _ in range(nombre - len(self._prets))]

    def _remplir(self) -> bytes:
        self.entrer(self.commencer())
        cookies = self.navigateur.cookies
        entetes = {
            "Cookie": "; ".join(f"{nom}={dit}" for nom, dit in cookies.items()),
            "X-CSRFToken": cookies[CSRF],
        }
        return formulaire(f"{ICI}/relire/", {LU: str(ENREGISTRE), "declare": "on", "envoyer": "oui"}, entetes)

    def agir(self) -> None:
        """One sending."""
        statut, suite, page = self.fil.poster(self._prets.pop() if self._prets else self._remplir())
        if statut != HTTPStatus.FOUND or not suite.endswith("/envoyee/"):
            raise MesureImpossible(f"Envoi refusé ({statut} {suite}) {page.decode()[:2000]}")


class ChercherPivot:
    """Somebody of FranceConnect, looked for in the whole country: the search that a sign-in makes, statement and words.

    A birth whose day may be one that nobody knew proves nothing: it is looked for as the others.
    """

    def __init__(self, poste: Poste) -> None:
        self.hasard = Random(poste.premier_rang)  # noqa: S311 - draws people, nothing secret
        self.seuils = get_parametres(aujourd_hui())[Seuils]
        with connection.cursor() as curseur:
            curseur.execute(ADULTES, [ECHANTILLON])
            tires = [
                (lire_pivot(pivot(*ligne, pays=pays or FRANCE)), presumee, cle)
                for *ligne, pays, presumee, cle in curseur.fetchall()
            ]
        self.cles = [cle for _, _, cle in tires]
        self.connus = [(qui, None if presumee or qui.incomplete else cle) for qui, presumee, cle in tires]

    def preparer(self, nombre: int) -> None:
        """As many searches that do not count: what is looked for all day is in memory."""
        for _ in range(nombre):
            self.agir()

    def agir(self) -> None:
        """One search. Raises ``MesureImpossible`` when somebody whose birth is known is not found."""
        qui, cle = self.hasard.choice(self.connus)
        trouves = [candidat.personne_id for candidat in list_certains(qui, self.seuils)]
        if cle is not None and cle not in trouves:
            raise MesureImpossible("Une personne de la base n’est pas retrouvée.")


class LirePersonne(ChercherPivot):
    """One of these persons by primary key: the least that a query can cost."""

    def agir(self) -> None:
        """One read."""
        with connection.cursor() as curseur:
            curseur.execute("SELECT role, rang FROM personne WHERE id = %s", [self.hasard.choice(self.cles)])
            curseur.fetchone()
