"""What is being written: drafts, what waits to be read, what goes online when, what readers say."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from sne.habilitations.rules import ROLES, Permission, Role
from sne.habilitations.selectors import list_porteurs
from sne.site_pro.models import AvisPage, BrouillonPage, FinPage, Page, RevisionPage
from sne.site_pro.policies import can_publier
from sne.site_pro.rules.pages import ACCES, RAISONS, Theme
from sne.site_pro.rules.vie import Fin, Fini, Revue, etat
from sne.site_pro.selectors.lecture import BASE, PageBreve, list_pages
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.horloge import jour
from sne.socle.lignes import trouver

SANS_PAGE = "Cette page n’existe pas."
SANS_BROUILLON = "Ce brouillon n’existe plus."
SANS_REVISION = "Cette version n’existe pas."
AVIS_AU_PLUS = 200


@dataclass(frozen=True, slots=True)
class AvisLu:
    """What a reader said, without who they are."""

    id: uuid.UUID
    page: str
    titre: str
    adresse: str
    numero: int
    raison: str
    texte: str
    survenu_le: datetime
    vu_le: datetime | None
    reponse: int | None  # number of the revision that answers it


@dataclass(frozen=True, slots=True)
class Responsable:
    """Somebody who may answer for a page."""

    compte_id: uuid.UUID
    nom: str


def get_brouillon(brouillon_id: uuid.UUID, acteur: Acteur) -> BrouillonPage:
    """One's own draft. Raises ``Introuvable``."""
    return trouver(
        BrouillonPage.objects.select_related("page").filter(id=brouillon_id, auteur=acteur.id), SANS_BROUILLON
    )


def list_brouillons(acteur: Acteur) -> tuple[BrouillonPage, ...]:
    """One's own drafts, the last touched first."""
    return tuple(
        BrouillonPage.objects.select_related("page").filter(auteur=acteur.id).order_by("-modifie_le", "id")
    )


def list_soumises(acteur: Acteur) -> tuple[RevisionPage, ...]:
    """One's own revisions that wait or came back, the newest first."""
    siennes = RevisionPage.objects.select_related("page").filter(auteur=acteur.id)
    return tuple(siennes.filter(Q(clos_le=None) | Q(issue="RENVOYEE")).order_by("-soumise_le", "id"))


def list_a_relire(acteur: Acteur) -> tuple[RevisionPage, ...]:
    """Revisions that wait for somebody who publishes, the oldest first; none to who may publish none of them."""
    attendent = RevisionPage.objects.select_related("page").filter(clos_le=None).order_by("soumise_le", "id")
    return tuple(r for r in attendent if can_publier(acteur, r.page.theme))


def get_revision(page: str, numero: int, acteur: Acteur) -> RevisionPage:
    """A revision to its author and to who may publish it. Raises ``Introuvable``."""
    trouvee = RevisionPage.objects.select_related("page").filter(page__code=page, numero=numero).first()
    if trouvee is None or not (trouvee.auteur == acteur.id or can_publier(acteur, trouvee.page.theme)):
        raise Introuvable(SANS_REVISION)
    return trouvee


def list_revisions(page: Page, *, le: datetime) -> tuple[tuple[RevisionPage, str], ...]:
    """Every revision of a page with its state, the newest first."""
    revisions = tuple(page.revisions.order_by("-numero"))
    fins = tuple(Fini(Fin(f.nature), f.effet_le) for f in page.fins.all())
    revues = {r.numero: Revue(r.numero, r.issue, r.effet_le) for r in revisions}
    return tuple((r, etat(revues[r.numero], revues.values(), fins, le=le)) for r in revisions)


def get_page_du_site(code: str) -> Page:
    """A page by its code, online or not, for an act that asks who may. Raises ``Introuvable``."""
    return trouver(Page.objects.filter(code=code), SANS_PAGE)


def get_page_a_ecrire(code: str, acteur: Acteur, *, cles: Collection[str], le: datetime) -> Page:
    """A page to who may publish it, answers for it, wrote of it, or could read it one day: to others, there is none.

    Raises ``Introuvable``.
    """
    page = get_page_du_site(code)
    lisible = Q(auteur=acteur.id) | Q(effet_le__lte=le, acces__overlap=sorted(cles))
    sienne = page.proprietaire == acteur.id or can_publier(acteur, page.theme)
    if not (sienne or page.revisions.filter(lisible).exists()):
        raise Introuvable(SANS_PAGE)
    return page


def list_responsables(theme: str, *, le: datetime) -> tuple[Responsable, ...]:
    """Who may answer for a page of this theme: those who publish it."""
    roles = [r for r, p in ROLES.items() if Permission.CONTENU_PUBLIER in p.permissions]
    if theme != Theme.SECURITE:
        roles.remove(Role.DPO)
    return tuple(
        Responsable(compte.id, compte.nom_complet)
        for compte, _ in sorted(
            list_porteurs(roles, territoire="", le=jour(le)), key=lambda portee: portee[0].nom_complet
        )
    )


def list_programmees(*, le: datetime) -> tuple[RevisionPage, ...]:
    """What goes online after this instant, in order."""
    return tuple(
        RevisionPage.objects.select_related("page").filter(effet_le__gt=le).order_by("effet_le", "id")
    )


def list_retraits(*, le: datetime) -> tuple[FinPage, ...]:
    """Pages that will be withdrawn after this instant, in order."""
    fins = FinPage.objects.select_related("page").filter(nature=Fin.RETIRER.value, effet_le__gt=le)
    return tuple(fins.order_by("effet_le", "id"))


def list_liens_vers(page: Page, *, cles: Collection[str], le: datetime) -> tuple[PageBreve, ...]:
    """Pages online whose text names the address of this one."""
    codes = RevisionPage.objects.filter(
        effet_le__lte=le, corps__contains=f"{BASE}{page.adresse}/"
    ).values_list("page__code", flat=True)
    return tuple(p for p in list_pages(cles=cles, le=le, codes=set(codes)) if p.code != page.code)


def list_avis(proprietaire: uuid.UUID) -> tuple[AvisLu, ...]:
    """What readers say of one's pages and that nobody has seen to, the newest first; :data:`AVIS_AU_PLUS` at most: the
    next ones come as these are seen to.
    """
    avis = _tous_les_avis().filter(page__proprietaire=proprietaire, utile=False, vu_le=None)
    return tuple(_avis(a) for a in avis.order_by("-survenu_le", "id")[:AVIS_AU_PLUS])


def list_mes_avis(acteur: Acteur) -> tuple[AvisLu, ...]:
    """What one has said, and the revision that answered it."""
    avis = _tous_les_avis().filter(compte=acteur.id, utile=False)
    return tuple(_avis(a) for a in avis.order_by("-survenu_le", "id"))


def list_demandes(pages: Collection[PageBreve]) -> tuple[AvisLu, ...]:
    """What readers asked of these pages and what became of it, the newest first, without what they typed."""
    avis = _tous_les_avis().filter(page__code__in=[p.code for p in pages], utile=False)
    return tuple(replace(_avis(a), texte="") for a in avis.order_by("-survenu_le", "id")[:20])


def get_reponse(
    avis_id: uuid.UUID, acteur: Acteur, *, cles: Collection[str], le: datetime
) -> tuple[AvisLu, RevisionPage, RevisionPage]:
    """What one said, the revision that was read then, the one online that answers it. Raises ``Introuvable``."""
    avis = _tous_les_avis().filter(id=avis_id, compte=acteur.id).first()
    reponses = avis.revisions.all() if avis else ()
    apres = next((r for r in reponses if r.effet_le and r.effet_le <= le), None)
    if avis is None or apres is None or not set(apres.acces) & set(cles):
        raise Introuvable(SANS_REVISION)
    return _avis(avis), avis.page.revisions.get(numero=avis.numero), apres


def list_suivies(acteur: Acteur, *, le: datetime) -> tuple[PageBreve, ...]:
    """Pages online that one answers for or may publish, the first to be read again first."""
    siennes = set(Page.objects.filter(proprietaire=acteur.id).values_list("code", flat=True))
    vues = (p for p in list_pages(cles=ACCES, le=le) if p.code in siennes or can_publier(acteur, p.theme))
    return tuple(sorted(vues, key=lambda p: (p.a_verifier, p.titre)))


def compter_les_signalements(page: str) -> int:
    """How many revisions of this page that are published answer what a reader said."""
    return RevisionPage.objects.filter(page__code=page, avis__isnull=False, issue="PUBLIEE").count()


def _tous_les_avis() -> QuerySet[AvisPage]:
    """With the title that was read."""
    lue = RevisionPage.objects.filter(page=OuterRef("page"), numero=OuterRef("numero")).values("titre")
    return AvisPage.objects.select_related("page").prefetch_related("revisions").annotate(titre=Subquery(lue))


def _avis(avis: AvisPage) -> AvisLu:
    publiees = [r.numero for r in avis.revisions.all() if r.issue == "PUBLIEE"]
    return AvisLu(
        id=avis.id,
        page=avis.page.code,
        titre=avis.titre,  # type: ignore[attr-defined]
        adresse=f"{BASE}{avis.page.adresse}/",
        numero=avis.numero,
        raison=RAISONS.get(avis.raison, ""),
        texte=avis.texte,
        survenu_le=avis.survenu_le,
        vu_le=avis.vu_le,
        reponse=publiees[0] if publiees else None,
    )
