"""Documents of the site: their catalogue, the file of one on a paper, the card that stands for one in a text."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Func, IntegerField, OuterRef, Subquery
from django.utils.html import format_html

from sne.site_pro.models import FichierDocument, FinPage, Page, RevisionPage
from sne.site_pro.rules.pages import PAPIERS, PUBLICS, THEMES, Genre, Theme
from sne.site_pro.rules.vie import Fin
from sne.site_pro.selectors.lecture import BASE, PageBreve, list_pages
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import jour
from sne.socle.lignes import trouver

CATALOGUE = f"{BASE}documents/"
SANS_FICHIER = "Ce document n’existe pas, ou n’est pas pour vous."


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file to take away. ``poids``: in bytes."""

    nom: str
    url: str
    poids: int


@dataclass(frozen=True, slots=True)
class Document:
    """One line of the catalogue. ``version``: its number, from 1; ``verifie_le``: last time somebody read it again."""

    page: PageBreve
    version: int
    publics: str
    theme: str
    verifie_le: date
    fichiers: tuple[Fichier, ...]


@dataclass(frozen=True, slots=True)
class DocumentRemplace:
    """A document that was withdrawn, and where to read instead."""

    titre: str
    depuis: date
    motif: str
    ailleurs: str


def adresse_du_fichier(code: str, papier: str) -> str:
    """Of a document on a paper."""
    return f"{CATALOGUE}{code}/{papier}.pdf"


def list_documents(
    *, cles: Collection[str], le: datetime, theme: str = "", public: str = ""
) -> tuple[Document, ...]:
    """Those online to these keys, those past their check last, then in the order of titles."""
    breves = [p for p in list_pages(cles=cles, le=le, theme=theme) if Genre(p.genre) in PAPIERS]
    revisions = _en_ligne([p.code for p in breves], le=le)
    fichiers = _fichiers(revisions)
    return tuple(
        _document(breve, revision, fichiers.get(breve.code, ()))
        for breve in breves
        for revision in [revisions[breve.code]]
        if not public or public in revision.publics
    )


def list_remplaces(*, cles: Collection[str], le: datetime) -> tuple[DocumentRemplace, ...]:
    """Documents withdrawn that these keys opened, the last first."""
    d_avant = RevisionPage.objects.filter(page=OuterRef("page"), effet_le__lte=OuterRef("effet_le"))
    fins = (
        FinPage.objects.filter(
            nature=Fin.RETIRER.value, effet_le__lte=le, page__genre__in=[g.value for g in PAPIERS]
        )
        .annotate(derniere=Subquery(d_avant.order_by("-effet_le", "-numero").values("id")[:1]))
        .select_related("page", "remplacee_par")
        .order_by("-effet_le")
    )
    revisions = RevisionPage.objects.in_bulk([fin.derniere for fin in fins])
    en_ligne = {p.code for p in list_pages(cles=cles, le=le)}
    remplaces = []
    for fin in fins:
        avant = revisions[fin.derniere]
        if fin.page.code not in en_ligne and set(avant.acces) & set(cles):
            ailleurs = f"{BASE}{fin.remplacee_par.adresse}/" if fin.remplacee_par else ""
            remplaces.append(DocumentRemplace(avant.titre, jour(fin.effet_le), fin.motif, ailleurs))
    return tuple(remplaces)


def get_fichier(code: str, papier: str, *, cles: Collection[str], le: datetime) -> tuple[bytes, bool]:
    """The bytes of the file online, and whether everybody may read it. Raises ``Introuvable``."""
    if not list_pages(cles=cles, le=le, codes=[code]):
        raise Introuvable(SANS_FICHIER)
    revision = _en_ligne([code], le=le)[code]
    fichier = trouver(FichierDocument.objects.filter(revision=revision, papier=papier), SANS_FICHIER)
    return bytes(fichier.octets), "*" in revision.acces


def list_fichiers(code: str, *, le: datetime) -> tuple[Fichier, ...]:
    """Files of a document that is online; none of an ordinary page. The caller has checked who reads."""
    return _fichiers(_en_ligne([code], le=le)).get(code, ())


def list_versions(code: str, *, le: datetime) -> tuple[tuple[int, date, str], ...]:
    """Number, day and what changed of each revision published by then, the newest first."""
    publiees = RevisionPage.objects.filter(page__code=code, effet_le__lte=le).order_by("-effet_le", "-numero")
    return tuple((r.numero, jour(r.effet_le), r.note) for r in publiees if r.effet_le)


def cartes(codes: Collection[str], *, cles: Collection[str], le: datetime) -> Mapping[str, str]:
    """What is shown of each document named in a text, by its code, to who may read it."""
    pages = list_pages(cles=cles, le=le, codes=codes) if codes else ()
    return {
        p.code: format_html(
            '<p class="reg-boite"><a href="{}">{}</a><br><span class="reg-discret">{}</span></p>',
            p.adresse,
            p.titre,
            p.reponse,
        )
        for p in pages
    }


def _en_ligne(codes: Collection[str], *, le: datetime) -> Mapping[str, RevisionPage]:
    """The last revision published of each page, its texts left aside."""
    publiees = RevisionPage.objects.filter(page__code__in=codes, effet_le__lte=le).select_related("page")
    dernieres = publiees.order_by("page", "-effet_le", "-numero").distinct("page")
    return {r.page.code: r for r in dernieres.defer("corps", "html", "brut").prefetch_related("page__fins")}


def _fichiers(revisions: Mapping[str, RevisionPage]) -> Mapping[str, tuple[Fichier, ...]]:
    par_revision = {r.id: r.page for r in revisions.values()}
    fichiers: dict[str, tuple[Fichier, ...]] = {}
    lus = FichierDocument.objects.filter(revision__in=par_revision).annotate(
        poids=Func(F("octets"), function="octet_length", output_field=IntegerField())
    )
    for revision, papier, poids in lus.order_by("papier").values_list("revision", "papier", "poids"):
        page: Page = par_revision[revision]
        nom = PAPIERS[Genre(page.genre)].get(papier, "PDF")
        fichier = Fichier(nom, adresse_du_fichier(page.code, papier), poids)
        fichiers[page.code] = (*fichiers.get(page.code, ()), fichier)
    return fichiers


def _document(breve: PageBreve, revision: RevisionPage, fichiers: tuple[Fichier, ...]) -> Document:
    lues = [f.effet_le for f in revision.page.fins.all() if f.nature == Fin.VERIFIER.value]
    return Document(
        page=breve,
        version=revision.numero,
        publics=", ".join(PUBLICS[p].lower() for p in revision.publics),
        theme=THEMES[Theme(breve.theme)][0],
        verifie_le=jour(max([breve.depuis, *lues])),
        fichiers=fichiers,
    )
