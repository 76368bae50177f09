"""The file on one page: summary, household with masked NIR, what waits, history."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sne.journal.rules import DE_SANTE, LECTURES, PHRASES, Verbe
from sne.journal.selectors import EntreeLue, list_entrees
from sne.registre import policies
from sne.registre.models import Demande, RequeteAnteriorite
from sne.registre.rules import contenu as arbre
from sne.registre.rules.contenu import Contenu
from sne.registre.selectors.etat import assembler
from sne.registre.selectors.identites import IdentiteEnAttente, en_attente, list_identites, nirs_masques
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class Resume:
    """What the banner shows. ``nom_affiche`` and ``date_naissance_affichee`` are of the identity in force."""

    id: uuid.UUID
    nud: str
    territoire: str
    statut: str
    canal: str
    revision: int
    date_depot: date
    date_enregistrement: date
    date_dernier_renouvellement: date | None
    date_expiration: date
    guichet_createur: str
    guichet_gestionnaire: str
    nom_affiche: str
    date_naissance_affichee: date | None


@dataclass(frozen=True, slots=True)
class PersonneFiche:
    """One adult: identity in force, NIR masked (empty when none is known), the change that waits."""

    reference: str
    personne_id: uuid.UUID
    identite: arbre.Identite
    nir_masque: str
    en_attente: IdentiteEnAttente | None


@dataclass(frozen=True, slots=True)
class ChangementLu:
    """One change as told: French name of the field, value before and after (``None`` = nothing, or erased)."""

    champ: str
    libelle: str
    avant: str | None
    apres: str | None


@dataclass(frozen=True, slots=True)
class LigneHistorique:
    """One dated act on the file."""

    survenu_le: datetime
    verbe: str
    libelle: str
    guichet: str
    auteur: str
    revision: int
    changements: tuple[ChangementLu, ...]
    lecture: bool
    en_attente: bool


@dataclass(frozen=True, slots=True)
class Fiche:
    """Everything of one file, as this actor may see it (``sante_lisible``: handicap sheets are there)."""

    demande: Resume
    contenu: Contenu
    personnes: tuple[PersonneFiche, ...]
    anteriorite_demandee: date | None
    historique: tuple[LigneHistorique, ...]
    sante_lisible: bool

    @property
    def identite_en_attente(self) -> bool:
        return any(p.en_attente for p in self.personnes)


def get_fiche(demande: Demande, acteur: Acteur) -> Fiche:
    """Assemble the file of a demande the actor may read; the caller has journalled the reading."""
    sante = policies.can_lire_sante(acteur, demande)
    identites = list_identites(demande.id)
    contenu = assembler(demande.version_courante, identites={i.id: i for i in identites}, avec_sante=sante)
    requete = RequeteAnteriorite.objects.filter(demande=demande).order_by("-survenu_le").first()
    return Fiche(
        demande=resumer(demande, contenu),
        contenu=contenu,
        personnes=_personnes(contenu, en_attente(identites)),
        anteriorite_demandee=requete.date_demandee if requete else None,
        historique=tuple(_ligne(e) for e in list_entrees(demande.id, sauf=() if sante else DE_SANTE)),
        sante_lisible=sante,
    )


def resumer(demande: Demande, contenu: Contenu) -> Resume:
    """The banner's values."""
    nom, naissance = nom_et_naissance(contenu)
    return Resume(
        **{
            champ: getattr(demande, champ) for champ in Resume.__dataclass_fields__ if hasattr(demande, champ)
        },
        nom_affiche=nom,
        date_naissance_affichee=naissance,
    )


def nom_et_naissance(contenu: Contenu) -> tuple[str, date | None]:
    """Name and birth date that confirm a file: « Dubreuil Élodie », or the association's name."""
    if contenu.demandeur is None:
        return (contenu.association.nom or "") if contenu.association else "", None
    identite = contenu.demandeur.identite
    return " ".join(filter(None, (identite.nom_naissance, identite.prenoms))), identite.date_naissance


def _personnes(contenu: Contenu, attentes: dict[uuid.UUID, IdentiteEnAttente]) -> tuple[PersonneFiche, ...]:
    adultes = [(reference, uuid.UUID(a.personne), a) for reference, a in arbre.adultes(contenu) if a.personne]
    masques = nirs_masques([cle for _, cle, _ in adultes])
    fiches = []
    for reference, cle, adulte in adultes:
        nir = adulte.identite.nir
        empreinte = bytes.fromhex(nir.empreinte) if nir and nir.empreinte else b""
        masque = masques.get((cle, empreinte), "")
        fiches.append(PersonneFiche(reference, cle, adulte.identite, masque, attentes.get(cle)))
    return tuple(fiches)


def _ligne(entree: EntreeLue) -> LigneHistorique:
    verbe = Verbe(entree.verbe)
    return LigneHistorique(
        survenu_le=entree.survenu_le,
        verbe=verbe,
        libelle=PHRASES[verbe],
        guichet=str(entree.acteur.get("guichet", "")),
        auteur=str(entree.acteur.get("nom", "")),
        revision=entree.revision,
        changements=tuple(
            ChangementLu(champ, _libelle(champ), avant, apres)
            for champ, (avant, apres) in sorted(entree.valeurs.items())
            if verbe is not Verbe.DEPOSER
        ),
        lecture=verbe in LECTURES,
        en_attente=verbe is Verbe.PROPOSER_IDENTITE,
    )


def _libelle(champ: str) -> str:
    """French name of a journalled field: a path of the tree, or a bare trait of an identity."""
    if champ in arbre.Identite.model_fields:
        return arbre.Identite.model_fields[champ].title or champ
    return arbre.libelle(champ)
