"""What households sent and asked for online, for the lists of counters: demandes to verify, changes to make.

Four sendings (with a photo, without, whose photo is to be taken again, late) and two requests, by the register's own
acts; three files read in their closed process, whatever the size.
"""

import io
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from sne.demandeurs.actions import accueillir, prouver_courriel
from sne.demandeurs.rules.codes import CourrielProuve, Depart
from sne.demandeurs.rules.niveaux import Niveau, Presence, Preuve, Voie
from sne.demo.comptes import TERRITOIRE
from sne.demo.generation.comptoir import RANGS, SANS_TITRE, carte_au_nom_de, titulaire
from sne.demo.generation.menages import Generateur, Menage
from sne.demo.generation.usagers import Civil, civil_du_titulaire
from sne.documents.reception import recevoir
from sne.habilitations.rules import Role
from sne.oidc.rules.identite import IdentitePivot
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.rules.depot_en_ligne import MotifInvalidite
from sne.registre.depot_en_ligne.actions.envoyer import AEnvoyer, PieceRecue, envoyer_depot_en_ligne
from sne.registre.depot_en_ligne.actions.verifier import demander_document
from sne.registre.depot_en_ligne.policies import deposant
from sne.registre.depot_en_ligne.selectors.envois import list_envois
from sne.registre.modification.actions.brouillons import ouvrir_brouillon
from sne.registre.pieces.selectors.documents import get_limites
from sne.registre.rattachement.actions.rattacher import rattacher
from sne.registre.rattachement.rules.contacts import lire_contact
from sne.registre.rattachement.selectors.liens import list_liens
from sne.registre.rattachement.selectors.visites import Visite
from sne.registre.requete.actions.demander import deposer_requete
from sne.registre.requete.rules.requete import GenreRequete
from sne.registre.requete.selectors.requetes import list_requetes
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.socle.identifiants import uuid7

NOUVEAUX = 10_000_000
"""First rank of those who are on no file: no demonstration has as many."""
FOURNISSEUR = "DEMO"
PRESENCE = Presence(Niveau.FC, frozenset({Preuve.SESSION}))


@dataclass(frozen=True, slots=True)
class Scene:
    """One sending. ``jours``: since when; ``photo``: sent with it; ``floue``: unreadable, asked for again."""

    jours: int
    photo: bool = True
    floue: bool = False


ENVOIS = (Scene(1), Scene(2, photo=False), Scene(3, floue=True), Scene(12))
REQUETES: Sequence[tuple[GenreRequete, str]] = (
    (GenreRequete.NOM_USAGE, "Garnier-Moreau"),
    (GenreRequete.NIR, ""),
)


def jouer_en_ligne(generateur: Generateur, taille: int, *, maintenant: datetime) -> int:
    """Play each scene that was not played yet; how many were."""
    jouees = 0
    for scene, (menage, civil) in zip(ENVOIS, _nouveaux(generateur), strict=False):
        compte = _entrer(civil, maintenant)
        if not list_envois(compte):
            _envoyer(scene, menage, civil, compte=compte, maintenant=maintenant)
            jouees += 1
    suivies = _suivies(generateur, taille, maintenant)
    for (genre, valeur), visite in zip(REQUETES, suivies, strict=False):
        if not list_requetes(visite):
            deposer_requete(
                visite, genre, formulaire=uuid7(), valeur=valeur, survenu_le=maintenant - timedelta(days=2)
            )
            jouees += 1
    return jouees


def _nouveaux(generateur: Generateur) -> Iterator[tuple[Menage, Civil]]:
    """Households that are on no file, whose applicant the State knows and who have an e-mail; a document of identity is
    asked of them.
    """
    for menage in map(generateur.menage, count(NOUVEAUX)):
        demandeur, civil = menage.contenu.demandeur, civil_du_titulaire(menage)
        joignable = demandeur is not None and bool(demandeur.contact.courriel)
        if civil and demandeur and joignable and demandeur.identite.nationalite in SANS_TITRE:
            yield menage, civil


def _entrer(civil: Civil, maintenant: datetime) -> uuid.UUID:
    """Sign in as this person; the account that it opens, the same each time."""
    venue = accueillir(
        _pivot(civil), jeton="", fournisseur=FOURNISSEUR, prouvee_le=None, survenu_le=maintenant
    )
    return venue.compte


def _pivot(civil: Civil) -> IdentitePivot:
    prenoms = tuple(civil.prenoms.split())
    return IdentitePivot.model_validate(
        {
            "sub": uuid.uuid5(uuid.NAMESPACE_OID, f"{civil.nom} {civil.prenoms} {civil.nee}").hex,
            "given_name": " ".join(prenoms),
            "given_name_array": prenoms,
            "family_name": civil.nom,
            "birthdate": date.fromisoformat(civil.nee),
            "gender": civil.genre,
            "birthplace": civil.lieu,
            "birthcountry": "99100",
        }
    )


def _envoyer(scene: Scene, menage: Menage, civil: Civil, *, compte: uuid.UUID, maintenant: datetime) -> None:
    """Send it on its day; an unreadable photo is asked for again the day after."""
    le, cle = maintenant - timedelta(days=scene.jours), uuid7()
    acte = Acte(deposant(compte, territoire=TERRITOIRE, brouillon=cle), le)
    ouvrir_brouillon({}, acte=acte, territoire=TERRITOIRE, demande=cle)
    demandeur = menage.contenu.demandeur
    if demandeur and demandeur.contact.courriel:  # always: a code proved it before the demande left
        depart = Depart(naissance=date.fromisoformat(civil.nee))
        prouve = CourrielProuve(contact=lire_contact(demandeur.contact.courriel), depart=depart)
        prouver_courriel(compte, prouve, survenu_le=le)
    pieces = _photos(menage.contenu, floue=scene.floue, le=le) if scene.photo else []
    envoi = AEnvoyer(1, menage.contenu, menage.nirs, Voie.FC, TERRITOIRE, _pivot(civil), pieces)
    envoyer_depot_en_ligne(cle, envoi, acte=acte)
    if scene.floue and pieces:
        agent = titulaire(Role.AGENT_GUICHET, maintenant=maintenant)
        demander_document(cle, motif=MotifInvalidite.ILLISIBLE, acte=Acte(agent, le + timedelta(days=1)))


def _photos(contenu: Contenu, *, floue: bool, le: datetime) -> list[PieceRecue]:
    """The document of identity; none where no file can be read (a machine that cannot close the reading process in)."""
    assert contenu.demandeur is not None
    qui = contenu.demandeur.identite
    octets = carte_au_nom_de(qui.nom_naissance, qui.prenoms, f"{qui.date_naissance:%d/%m/%Y}", floue=floue)
    limites = get_limites(jour(le))
    try:
        recu = recevoir(
            io.BytesIO(octets), nom="photo.jpg", territoire=TERRITOIRE, survenu_le=le, limites=limites
        )
    except Interdit:
        return []
    return [PieceRecue(recu.id, recu.empreinte, nature="CNI")]


def _suivies(generateur: Generateur, taille: int, maintenant: datetime) -> Iterator[Visite]:
    """Demandes of the first account's counter, each followed by its applicant; of the second half of the ranks, since
    the first ones have scenes of their own.
    """
    rangs, agent = min(taille, RANGS), titulaire(Role.AGENT_GUICHET, maintenant=maintenant)
    menages = map(generateur.menage, range(rangs // 2, rangs))
    siens = (menage for menage in menages if menage.guichet == agent.guichet)
    for civil in filter(None, map(civil_du_titulaire, siens)):
        compte = _entrer(civil, maintenant)
        rattacher(_pivot(civil), compte=compte, survenu_le=maintenant)
        yield from (Visite(compte, lien, PRESENCE) for lien in list_liens(compte))
