"""Reads of the documents: what the caller shows of them, where a part is kept, what waits."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from sne.documents.chiffrement import dechiffrer_nom, version_courante
from sne.documents.models import Document, Morceau, Objet, Partie, Televersement
from sne.documents.rules import ATTACHABLES, Delais, EtatDocument, Magasin, Part


@dataclass(frozen=True, slots=True)
class DocumentLu:
    """A document as its caller shows it; ``parties``: which parts and pages may be opened."""

    id: uuid.UUID
    etat: EtatDocument
    nom: str
    mime: str
    taille: int
    nombre_pages: int
    empreinte: str
    recu_le: datetime
    antivirus_le: datetime | None
    parties: tuple[tuple[Part, int], ...]


@dataclass(frozen=True, slots=True)
class Attentes:
    """What waits, and since when: the antivirus, the end of a reception, the erasure of bytes."""

    quarantaine: int
    quarantaine_depuis: timedelta
    receptions_coupees: int
    a_effacer: int
    a_effacer_depuis: timedelta


def get_attentes(*, le: datetime, delais: Delais) -> Attentes:
    """What waits on that instant, in two queries."""
    documents = Document.objects.filter(
        etat__in=[EtatDocument.RECEPTION, EtatDocument.QUARANTAINE]
    ).aggregate(
        quarantaine=Count("id", filter=Q(etat=EtatDocument.QUARANTAINE)),
        premier=Min("recu_le", filter=Q(etat=EtatDocument.QUARANTAINE)),
        coupees=Count("id", filter=Q(etat=EtatDocument.RECEPTION, recu_le__lt=le - delais.reception)),
    )
    objets = Objet.objects.exclude(efface_le=None).aggregate(nombre=Count("id"), premier=Min("efface_le"))
    return Attentes(
        quarantaine=documents["quarantaine"],
        quarantaine_depuis=le - (documents["premier"] or le),
        receptions_coupees=documents["coupees"],
        a_effacer=objets["nombre"],
        a_effacer_depuis=le - (objets["premier"] or le),
    )


def has_televersement(televersement_id: uuid.UUID) -> bool:
    """Whether a file of this key is being sent, or was just taken in, here."""
    return Televersement.objects.filter(id=televersement_id).exists()


def get_documents(ids: Collection[uuid.UUID], *, territoire: str) -> Mapping[uuid.UUID, DocumentLu]:
    """These documents of the territory, by id, in two queries; one that is not there is not in the answer."""
    lignes = Document.objects.filter(territoire=territoire, id__in=list(ids)).prefetch_related("parties")
    return {ligne.id: _lu(ligne) for ligne in lignes}


def _lu(ligne: Document) -> DocumentLu:
    return DocumentLu(
        id=ligne.id,
        etat=EtatDocument(ligne.etat),
        nom=dechiffrer_nom(bytes(ligne.nom), document_id=ligne.id) if ligne.nom else "",
        mime=ligne.mime,
        taille=ligne.taille,
        nombre_pages=ligne.nombre_pages,
        empreinte=bytes(ligne.empreinte).hex() if ligne.empreinte else "",
        recu_le=ligne.recu_le,
        antivirus_le=ligne.antivirus_le,
        parties=tuple(sorted((Part(p.part), p.rang) for p in ligne.parties.all() if p.part != Part.RECU)),
    )


def get_etat(document_id: uuid.UUID, *, territoire: str) -> EtatDocument | None:
    """The state of a document of the territory, if there is one."""
    etat = (
        Document.objects.filter(territoire=territoire, id=document_id).values_list("etat", flat=True).first()
    )
    return EtatDocument(etat) if etat else None


def get_partie(document_id: uuid.UUID, *, part: Part, rang: int) -> tuple[Objet, str] | None:
    """The object of one part of a document, and its type."""
    partie = (
        Partie.objects.select_related("objet").filter(document_id=document_id, part=part, rang=rang).first()
    )
    return (partie.objet, partie.mime) if partie else None


def list_a_effacer(*, au_plus: int, apres: uuid.UUID | None = None) -> list[Objet]:
    """Objects whose bytes have to go."""
    return list(_apres(Objet.objects.exclude(efface_le=None), apres)[:au_plus])


def count_a_effacer() -> int:
    """How many objects still have to go."""
    return Objet.objects.exclude(efface_le=None).count()


def list_objets(*, apres: uuid.UUID | None, au_plus: int) -> list[tuple[Objet, bool]]:
    """A page of the objects that are to stay, in the order of their ids, and whether something holds each."""
    tenus = Exists(Partie.objects.filter(objet=OuterRef("id"))) | Exists(
        Morceau.objects.filter(objet=OuterRef("id"))
    )
    page = _apres(Objet.objects.filter(efface_le=None), apres).annotate(tenu=tenus)
    return [(objet, objet.tenu) for objet in page[:au_plus]]


def _apres(objets: QuerySet[Objet], apres: uuid.UUID | None) -> QuerySet[Objet]:
    return (objets.filter(id__gt=apres) if apres else objets).order_by("id")


def list_a_migrer(*, vers: Magasin, apres: uuid.UUID | None, au_plus: int) -> list[Objet]:
    """A page of the objects that another store holds, or still holds a copy of."""
    ailleurs = Objet.objects.filter(~Q(magasin=vers) | ~Q(copie__in=["", vers]), efface_le=None)
    return list(_apres(ailleurs, apres)[:au_plus])


def count_a_migrer(*, vers: Magasin) -> int:
    """How many objects another store holds."""
    return Objet.objects.filter(efface_le=None).exclude(magasin=vers).count()


def list_versions_de_cle() -> list[int]:
    """The numbers of earlier master keys that still wrap the key of an object."""
    anciennes = Objet.objects.exclude(cle_version=version_courante())
    return sorted(anciennes.values_list("cle_version", flat=True).distinct())


def list_anciennes_cles(version: int, *, apres: uuid.UUID | None, au_plus: int) -> list[uuid.UUID]:
    """A page of the objects whose key that master key wraps."""
    page = _apres(Objet.objects.filter(cle_version=version), apres)
    return list(page.values_list("id", flat=True)[:au_plus])


def get_adresses_connues(adresses: Collection[str], *, magasin: Magasin) -> frozenset[str]:
    """Which of these addresses a row says to be in this store, for good or while it is copied."""
    connues = Objet.objects.filter(Q(magasin=magasin) | Q(copie=magasin), adresse__in=list(adresses))
    return frozenset(connues.values_list("adresse", flat=True))


def list_documents_incomplets(*, avant: datetime) -> list[uuid.UUID]:
    """Documents said to be there, without their main part or with one written before that instant and never put."""
    original = Partie.objects.filter(document=OuterRef("id"), part=Part.ORIGINAL)
    manque = Partie.objects.filter(document=OuterRef("id"), objet__pose_le=None, inscrit_le__lt=avant)
    dits_la = Document.objects.filter(etat__in=ATTACHABLES).filter(~Exists(original) | Exists(manque))
    return list(dits_la.order_by("id").values_list("id", flat=True))


def list_receptions(*, recu_avant: datetime) -> list[uuid.UUID]:
    """Receptions begun before that instant and not over."""
    lignes = Document.objects.filter(etat=EtatDocument.RECEPTION, recu_le__lt=recu_avant)
    return list(lignes.order_by("recu_le", "id").values_list("id", flat=True))


def list_quarantaine(*, au_plus: int) -> list[tuple[uuid.UUID, str]]:
    """Documents that wait for the antivirus, with their territories: not yet asked in vain first, then the oldest."""
    lignes = Document.objects.filter(etat=EtatDocument.QUARANTAINE)
    lignes = lignes.order_by(F("essaye_le").asc(nulls_first=True), "recu_le", "id")
    return list(lignes.values_list("id", "territoire")[:au_plus])


@dataclass(frozen=True, slots=True)
class TeleversementLu:
    """A file sent in several goes, as its sender sees it. ``document`` or ``refus`` once it is over, bytes."""

    id: uuid.UUID
    territoire: str
    objet: str
    nom: str
    taille: int
    recu: int
    expire_le: datetime
    document: uuid.UUID | None
    refus: str

    @property
    def entier(self) -> bool:
        """Every byte came."""
        return self.recu == self.taille

    @property
    def conclu(self) -> bool:
        """It was taken in, or refused."""
        return self.document is not None or bool(self.refus)


def get_televersement(
    televersement_id: uuid.UUID, *, proprietaire: str, le: datetime
) -> TeleversementLu | None:
    """An upload of this sender; ``None`` for somebody else's, or one that waited too long."""
    ligne = Televersement.objects.filter(id=televersement_id, proprietaire=proprietaire, expire_le__gte=le)
    return next(map(_televersement, ligne), None)


def list_televersements(
    *, territoire: str, proprietaire: str, objet: str, le: datetime
) -> list[TeleversementLu]:
    """Uploads of this sender for this purpose that were not refused, the oldest first."""
    lignes = Televersement.objects.filter(
        territoire=territoire, proprietaire=proprietaire, objet=objet, expire_le__gte=le, refus=""
    )
    return [_televersement(ligne) for ligne in lignes.order_by("id")]


def list_morceaux(televersement_id: uuid.UUID) -> list[Objet]:
    """The objects of the bytes that count, in the order of the file."""
    comptes = Morceau.objects.filter(televersement_id=televersement_id).exclude(compte_le=None)
    return [morceau.objet for morceau in comptes.select_related("objet").order_by("debut")]


def _televersement(ligne: Televersement) -> TeleversementLu:
    return TeleversementLu(
        id=ligne.id,
        territoire=ligne.territoire,
        objet=ligne.objet,
        nom=dechiffrer_nom(bytes(ligne.nom), document_id=ligne.id),
        taille=ligne.taille,
        recu=ligne.recu,
        expire_le=ligne.expire_le,
        document=ligne.document_id,
        refus=ligne.refus,
    )
