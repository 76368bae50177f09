"""What is online, to whom: a page by its address, lists by theme, what a screen opens, what took its place."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from sne.site_pro.models import FinPage, Page, Redirection, RevisionPage
from sne.site_pro.rules.pages import GENRES, THEMES, Genre, Theme
from sne.site_pro.rules.vie import Fin, Fini, Revue, a_verifier, en_ligne
from sne.socle.erreurs import Efface, Introuvable
from sne.socle.horloge import jour
from sne.textes.rules import Titre, lire_documents, lire_plan

INCONNUE = "Cette page n’existe pas, ou n’est pas pour vous. Cherchez avec vos mots."
RETIREE = "Cette page a été retirée."
BASE = "/aide/"


class PageRetiree(Efface):
    """A page was there. ``remplacee_par``: the address of what to read instead, or empty (HTTP 410)."""

    def __init__(self, motif: str, remplacee_par: str) -> None:
        super().__init__(RETIREE)
        self.motif, self.remplacee_par = motif, remplacee_par


@dataclass(frozen=True, slots=True)
class PageBreve:
    """A page in a list. ``a_verifier``: the day by which it has to be read again; ``perimee``: that day is past."""

    code: str
    adresse: str
    genre: str
    theme: str
    titre: str
    reponse: str
    depuis: datetime
    a_verifier: date
    perimee: bool


@dataclass(frozen=True, slots=True)
class PageLue(PageBreve):
    """A page as it is read."""

    numero: int
    html: str
    plan: tuple[Titre, ...]
    publics: tuple[str, ...]
    documents: tuple[str, ...]
    liees: tuple[PageBreve, ...]


def get_page(adresse: str, *, cles: Collection[str], le: datetime) -> PageLue:
    """The page online at this address. Raises ``PageRetiree``, ``Introuvable`` (none, not yet, not for these keys)."""
    page = _pages(le=le).filter(adresse=adresse).first()
    lue = _lue(page, le=le) if page else None
    if page is None or (lue is None and not _fut_lisible(page, cles)):
        raise Introuvable(INCONNUE)
    if lue is None:
        fin = page.fins.filter(nature=Fin.RETIRER, effet_le__lte=le).latest("effet_le")
        ailleurs = f"{BASE}{fin.remplacee_par.adresse}/" if fin.remplacee_par else ""
        raise PageRetiree(fin.motif, ailleurs)
    revision, breve = lue
    if not set(revision.acces) & set(cles):
        raise Introuvable(INCONNUE)
    voisines = [p for p in list_pages(cles=cles, le=le, theme=page.theme) if p.code != page.code]
    return PageLue(
        **{nom: getattr(breve, nom) for nom in PageBreve.__slots__},
        numero=revision.numero,
        html=revision.html,
        plan=lire_plan(revision.html),
        publics=tuple(revision.publics),
        documents=lire_documents(revision.html),
        liees=tuple(voisines[:4]),
    )


def get_redirection(adresse: str, *, cles: Collection[str], le: datetime) -> str | None:
    """Where a former address leads now; ``None`` when it never was one, or of nothing that these keys opened."""
    trouvee = Redirection.objects.select_related("page").filter(ancienne=adresse).first()
    page = _pages(le=le).filter(pk=trouvee.page_id).first() if trouvee else None
    return f"{BASE}{page.adresse}/" if page and _fut_lisible(page, cles) else None


def list_pages(
    *, cles: Collection[str], le: datetime, theme: str = "", codes: Iterable[str] | None = None
) -> tuple[PageBreve, ...]:
    """Pages online to these keys, those past their check last, then in the order of titles."""
    pages = _pages(le=le)
    if theme:
        pages = pages.filter(theme=theme)
    if codes is not None:
        pages = pages.filter(code__in=codes)
    lues = (_lue(page, le=le) for page in pages)
    breves = [breve for lu in lues if lu for revision, breve in [lu] if set(revision.acces) & set(cles)]
    return tuple(sorted(breves, key=lambda p: (p.perimee, p.titre)))


def list_pages_issues_de(origine: str, *, cles: Collection[str], le: datetime) -> tuple[PageBreve, ...]:
    """Pages online that were made from this answer of another place (``origine`` of the draft that it opened)."""
    codes = RevisionPage.objects.filter(origine=origine, effet_le__lte=le).values_list(
        "page__code", flat=True
    )
    return list_pages(cles=cles, le=le, codes=set(codes))


def get_page_du_brouillon(brouillon: uuid.UUID, *, cles: Collection[str], le: datetime) -> PageBreve | None:
    """The page that a draft became a revision of, once it is online to these keys."""
    codes = Page.objects.filter(revisions=brouillon).values_list("code", flat=True)
    return next(iter(list_pages(cles=cles, le=le, codes=codes)), None)


def pages_des_ecrans(*, cles: Collection[str], le: datetime) -> Mapping[str, PageBreve]:
    """URL name of a screen, or the beginning of several and « * » → the page that explains it."""
    ecrans: dict[str, PageBreve] = {}
    par_code = {p.code: p for p in list_pages(cles=cles, le=le)}
    for code, noms in Page.objects.exclude(ecrans=[]).order_by("code").values_list("code", "ecrans"):
        ecrans |= {nom: par_code[code] for nom in noms if code in par_code}
    return ecrans


def get_page_de_l_ecran(ecran: str, *, cles: Collection[str], le: datetime) -> PageBreve | None:
    """The page that names this screen, else the one that says most of the beginning of its name."""
    ecrans = pages_des_ecrans(cles=cles, le=le)
    familles = [nom for nom in ecrans if nom.endswith("*") and ecran.startswith(nom[:-1])]
    return ecrans.get(ecran) or ecrans.get(max(familles, key=len, default=""))


def libelles(breve: PageBreve) -> tuple[str, str]:
    """Kind and theme, in words."""
    return GENRES[Genre(breve.genre)], THEMES[Theme(breve.theme)][0]


def _pages(*, le: datetime) -> QuerySet[Page]:
    """Pages with the last revision that was published by then, its texts left aside until they are read."""
    derniere = RevisionPage.objects.filter(effet_le__lte=le).order_by("page", "-effet_le", "-numero")
    return Page.objects.prefetch_related(
        Prefetch("revisions", derniere.distinct("page").defer("corps", "html", "brut"), to_attr="publiees"),
        Prefetch("fins", FinPage.objects.filter(effet_le__lte=le), to_attr="dites"),
    ).order_by("code")


def _fins(page: Page) -> tuple[Fini, ...]:
    return tuple(Fini(Fin(f.nature), f.effet_le) for f in page.dites)  # type: ignore[attr-defined]


def _lue(page: Page, *, le: datetime) -> tuple[RevisionPage, PageBreve] | None:
    publiees: list[RevisionPage] = page.publiees  # type: ignore[attr-defined]
    revues = {Revue(r.numero, r.issue, r.effet_le): r for r in publiees}
    fins = _fins(page)
    vue = en_ligne(revues, fins, le=le)
    terme = a_verifier(vue, fins, mois=page.verifier_mois) if vue else None
    if vue is None or terme is None or vue.effet_le is None:
        return None
    revision = revues[vue]
    breve = PageBreve(
        code=page.code,
        adresse=f"{BASE}{page.adresse}/",
        genre=page.genre,
        theme=page.theme,
        titre=revision.titre,
        reponse=revision.reponse,
        depuis=vue.effet_le,
        a_verifier=jour(terme),
        perimee=terme <= le,
    )
    return revision, breve


def _fut_lisible(page: Page, cles: Collection[str]) -> bool:
    """Whether these keys opened what was online before a withdrawal: to others, it never was."""
    publiees: list[RevisionPage] = page.publiees  # type: ignore[attr-defined]
    return any(set(derniere.acces) & set(cles) for derniere in publiees)
