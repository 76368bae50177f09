"""Putting a file in a space, another version, a text frozen from elsewhere; saying what one thinks of a version."""

import uuid

from django.db import transaction

from sne.collaboratif.echanges.rules import lire_texte
from sne.collaboratif.espaces.models import Espace
from sne.collaboratif.espaces.possible import exiger_droit
from sne.collaboratif.espaces.rules import INTROUVABLE, Droit, cle_de_l_espace, lire_ligne
from sne.collaboratif.espaces.selectors import lecteur_de
from sne.collaboratif.fichiers.models import AvisVersion, FichierEspace, LienDocument, VersionFichier
from sne.collaboratif.fichiers.possible import exiger_deposer, exiger_liens
from sne.collaboratif.fichiers.rules import (
    DOSSIER_MAX,
    FICHIER,
    NATIONAL,
    NOM_MAX,
    NOTE_MAX,
    Dit,
    Origine,
    lire_adresse,
)
from sne.collaboratif.parametres import ParametresCollaboratif
from sne.collaboratif.verbes import VerbeCollaboratif
from sne.documents.actions import rattacher_document
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.recherche.actions import Publication, publier
from sne.referentiels.selectors import get_parametres
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.socle.lignes import trouver
from sne.textes.rules import masquer_nir

SANS_NOM = "Donnez un nom au fichier."


@transaction.atomic
def deposer(
    espace_id: uuid.UUID, *, nom: str, dossier: str = "", document: uuid.UUID, acte: Acte
) -> FichierEspace:
    """A new file, of a document received. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    fichier = _creer(espace_id, nom=nom, dossier=dossier, acte=acte)
    _verser(fichier, acte, document=document)
    return fichier


@transaction.atomic
def remplacer(fichier_id: uuid.UUID, *, document: uuid.UUID, note: str = "", acte: Acte) -> VersionFichier:
    """Another version: those before stay, and open. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    fichier = _verrouiller(fichier_id)
    exiger_deposer(lecteur_de(acte.acteur, le=acte.survenu_le), fichier)
    return _verser(fichier, acte, document=document, note=note)


@transaction.atomic
def lier(espace_id: uuid.UUID, *, titre: str, url: str, acte: Acte) -> LienDocument:
    """A link to a document written elsewhere. Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (a field)."""
    espace = _ecrire_dans(espace_id, acte)
    parametres = get_parametres(jour(acte.survenu_le))
    exiger_liens(parametres)
    return LienDocument.objects.create(
        espace=espace,
        titre=lire_ligne(titre, champ="titre", maximum=NOM_MAX, sinon="Donnez un titre au lien."),
        url=lire_adresse(url, hotes=parametres[ParametresCollaboratif].docs_hotes),
        auteur=acte.acteur.id,
        survenu_le=acte.survenu_le,
    )


@transaction.atomic
def figer(
    lien_id: uuid.UUID, *, texte: str = "", document: uuid.UUID | None = None, acte: Acte
) -> VersionFichier:
    """Keep here what was exported of it that day, a text or a document, as a version under the rights of the space.

    Nothing is asked of where it is written: who exported it brings it. Raises ``Introuvable``, ``NonHabilite``,
    ``Interdit`` (neither one nor the other, a text that cannot be read).
    """
    lien = trouver(
        LienDocument.objects.select_for_update(of=("self",))
        .select_related("espace", "fichier")
        .filter(id=lien_id),
        INTROUVABLE,
    )
    _ecrire_dans(lien.espace_id, acte)
    if not texte.strip() and document is None:
        raise Interdit("Collez le texte exporté, ou joignez le fichier exporté.", champ="corps")
    if lien.fichier is None:
        lien.fichier = _creer(lien.espace_id, nom=lien.titre, dossier="", acte=acte)
        lien.save(update_fields=["fichier"])
    lien.fichier.espace = lien.espace
    return _verser(lien.fichier, acte, document=document, texte=texte, origine=Origine.FIGE)


@transaction.atomic
def donner_avis(version_id: uuid.UUID, nature: Dit, *, texte: str = "", acte: Acte) -> None:
    """A remark on a version, or « relu » : each names the version that it is of.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (an empty remark).
    """
    version = trouver(
        VersionFichier.objects.select_related("fichier__espace").filter(id=version_id), INTROUVABLE
    )
    exiger_deposer(lecteur_de(acte.acteur, le=acte.survenu_le), version.fichier)
    if nature is Dit.RELU:
        AvisVersion.objects.get_or_create(
            version=version, nature=nature, auteur=acte.acteur.id, defaults={"survenu_le": acte.survenu_le}
        )
        return
    AvisVersion.objects.create(
        version=version,
        nature=nature,
        texte=masquer_nir(
            lire_ligne(texte, champ="texte", maximum=NOTE_MAX, sinon="Écrivez votre remarque.")
        ),
        auteur=acte.acteur.id,
        survenu_le=acte.survenu_le,
    )


@transaction.atomic
def proposer_fichier(fichier_id: uuid.UUID, brouillon: uuid.UUID, *, acte: Acte) -> None:
    """This draft of the site comes from this file. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    fichier = _verrouiller(fichier_id)
    exiger_deposer(lecteur_de(acte.acteur, le=acte.survenu_le), fichier)
    fichier.brouillon = brouillon
    fichier.save(update_fields=["brouillon"])


def _ecrire_dans(espace_id: uuid.UUID, acte: Acte) -> Espace:
    espace = trouver(Espace.objects.filter(id=espace_id), INTROUVABLE)
    exiger_droit(lecteur_de(acte.acteur, le=acte.survenu_le), espace, Droit.CONTRIBUER)
    return espace


def _creer(espace_id: uuid.UUID, *, nom: str, dossier: str, acte: Acte) -> FichierEspace:
    espace = _ecrire_dans(espace_id, acte)
    return FichierEspace.objects.create(
        espace=espace,
        nom=masquer_nir(lire_ligne(nom, champ="nom", maximum=NOM_MAX, sinon=SANS_NOM)),
        dossier=" ".join(dossier.split())[:DOSSIER_MAX],
    )


def _verser(
    fichier: FichierEspace,
    acte: Acte,
    *,
    document: uuid.UUID | None = None,
    note: str = "",
    texte: str = "",
    origine: Origine = Origine.FICHIER,
) -> VersionFichier:
    lu = lire_texte(texte) if texte.strip() else None
    if document is not None:
        rattacher_document(document, territoire=NATIONAL, survenu_le=acte.survenu_le)
    version = VersionFichier.objects.create(
        fichier=fichier,
        numero=1 + fichier.versions.count(),
        origine=origine,
        document=document,
        corps=lu.corps if lu else "",
        html=lu.rendu.html if lu else "",
        note=masquer_nir(" ".join(note.split()))[:NOTE_MAX],
        auteur=acte.acteur.id,
        survenu_le=acte.survenu_le,
    )
    faits = {"version": str(version.id), "fichier": str(fichier.id), "espace": str(fichier.espace_id)}
    inscrire(
        Entree(VerbeCollaboratif.DEPOSER_FICHIER, acte, territoire=fichier.espace.territoire, faits=faits)
    )
    publier(
        Publication(
            genre=FICHIER,
            cible=fichier.id,
            url=f"/espaces/fichier/{fichier.id}/",
            acces=[cle_de_l_espace(fichier.espace_id)],
            titre=fichier.nom,
            mots=fichier.dossier,
            corps=lu.rendu.brut if lu else "",
            verifie_le=jour(acte.survenu_le),
            visible_du=acte.survenu_le,
        )
    )
    return version


def _verrouiller(fichier_id: uuid.UUID) -> FichierEspace:
    return trouver(
        FichierEspace.objects.select_for_update(of=("self",)).select_related("espace").filter(id=fichier_id),
        INTROUVABLE,
    )
