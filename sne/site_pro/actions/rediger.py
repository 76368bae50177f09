"""Writing a page: a draft kept as it is typed, submitted as a revision, answered by somebody else."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from sne.habilitations.actions.deux_personnes import exiger_sans_reponse, signer
from sne.habilitations.models.deux_personnes import REPONSE
from sne.habilitations.rules import Permission
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.referentiels.selectors import get_parametres
from sne.site_pro.actions.indexer import indexer
from sne.site_pro.models import MOTIF_MAX, AvisPage, BrouillonPage, Issue, Page, RevisionPage
from sne.site_pro.parametres import ParametresSite
from sne.site_pro.possible import exiger_proposer, exiger_repondre, exiger_soumettre
from sne.site_pro.rules.pages import ADRESSE_PRISE, Genre, Theme, lire_adresse, lire_texte_de_page
from sne.site_pro.selectors.redaction import SANS_REVISION, get_brouillon
from sne.site_pro.verbes import VerbeSite
from sne.socle.acte import Acte
from sne.socle.erreurs import ConflitDeRevision, Interdit
from sne.socle.horloge import jour
from sne.socle.lignes import sans_double, trouver
from sne.textes.rules import VERSION, oter_qui

CHAMPS = (
    "code",
    "adresse",
    "genre",
    "theme",
    "titre",
    "reponse",
    "mots",
    "corps",
    "publics",
    "acces",
    "note",
    "avis",
    "origine",
    "verifier_mois",
    "ecrans",
)
NOMMENT = ("titre", "reponse", "mots", "corps")
DEPASSE = "Cette page a été enregistrée depuis un autre onglet. Comparez, puis enregistrez de nouveau."
PAS_AVANT = "Une page ne se publie pas à une date passée."
DITES = "Dites pourquoi, en une phrase\u00a0: son auteur la lira."


@dataclass(frozen=True, slots=True)
class Reponse:
    """What is answered to a revision. ``effet_le``: from when it is online, now if empty; ``motif``: why it is not."""

    issue: Issue
    motif: str = ""
    effet_le: datetime | None = None


@transaction.atomic
def commencer(page: Page | None, contenu: Mapping[str, Any], *, acte: Acte) -> uuid.UUID:
    """Open a draft of one's own, of a new page or of one that exists; the one already open is given again.

    What of a reader it answers (``avis`` of ``contenu``) is kept with it in both cases.

    Raises ``NonHabilite``.
    """
    exiger_proposer(acte.acteur)
    if page is not None:
        sien = BrouillonPage.objects.filter(page=page, auteur=acte.acteur.id).first()
        if sien is not None:
            if "avis" in contenu:
                sien.contenu |= {"avis": contenu["avis"]}
                sien.save(update_fields=["contenu"])
            return sien.id
    ouvert = BrouillonPage.objects.create(
        page=page, auteur=acte.acteur.id, contenu=_propre(contenu), modifie_le=acte.survenu_le
    )
    return ouvert.id


@transaction.atomic
def proposer(
    contenu: Mapping[str, Any], *, origine: str, noms: Collection[str] = (), acte: Acte
) -> uuid.UUID:
    """Open a draft from what was written elsewhere (``titre``, ``reponse``, ``corps``, …), without who it is about.

    ``origine``: what it comes from, 60 signs at most; the page is found again by it (:func:`list_pages_issues_de`).
    ``noms``: of persons and counters of that place. They, numbers of demandes and of social security, e-mail addresses
    and telephones give way to « […] », that who writes sees and words otherwise. Proposed twice, one draft is given.

    Raises ``NonHabilite``.
    """
    exiger_proposer(acte.acteur)
    deja = BrouillonPage.objects.filter(auteur=acte.acteur.id, contenu__origine=origine).first()
    if deja is not None:
        return deja.id
    textes = {champ: oter_qui(str(contenu[champ]), noms) for champ in NOMMENT if champ in contenu}
    return commencer(None, {**contenu, **textes, "origine": origine}, acte=acte)


@transaction.atomic
def enregistrer(brouillon_id: uuid.UUID, contenu: Mapping[str, Any], *, numero: int, acte: Acte) -> int:
    """Keep what was typed, as typed; the draft's new number.

    Raises ``NonHabilite``, ``Introuvable``, ``ConflitDeRevision`` (another tab saved meanwhile).
    """
    exiger_proposer(acte.acteur)
    brouillon = _verrouiller(brouillon_id, acte)
    if brouillon.numero != numero:
        raise ConflitDeRevision(DEPASSE)
    brouillon.contenu = _propre(contenu)
    brouillon.numero += 1
    brouillon.modifie_le = acte.survenu_le
    brouillon.save(update_fields=["contenu", "numero", "modifie_le"])
    return brouillon.numero


@transaction.atomic
def jeter(brouillon_id: uuid.UUID, *, acte: Acte) -> None:
    """Throw one's own draft away. Raises ``NonHabilite``, ``Introuvable``."""
    exiger_proposer(acte.acteur)
    _verrouiller(brouillon_id, acte).delete()


@transaction.atomic
def soumettre(brouillon_id: uuid.UUID, *, avis: uuid.UUID | None = None, acte: Acte) -> RevisionPage:
    """Make a revision of the draft, which ends; it waits for another person. ``avis``: what it answers of a reader.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (a field, an address or a code taken, one waits already).
    """
    brouillon = _verrouiller(brouillon_id, acte)
    pages = Page.objects.select_for_update()  # one author at a time
    page = pages.get(pk=brouillon.page_id) if brouillon.page_id else None
    exiger_soumettre(acte.acteur, page)
    texte = lire_texte_de_page(brouillon.contenu)
    page = page or _creer_page(brouillon.contenu, acte=acte)
    revision = RevisionPage.objects.create(
        id=brouillon.id,  # whoever named the draft finds what became of it
        page=page,
        numero=1 + (page.revisions.order_by("-numero").values_list("numero", flat=True).first() or 0),
        titre=texte.titre,
        reponse=texte.reponse,
        mots=texte.mots,
        corps=texte.corps,
        html=texte.rendu.html,
        brut=texte.rendu.brut,
        rendu=VERSION,
        publics=list(texte.publics),
        acces=list(texte.acces),
        note=str(brouillon.contenu.get("note", ""))[:MOTIF_MAX],
        avis=AvisPage.objects.filter(id=avis, page=page).first() if avis else None,
        origine=str(brouillon.contenu.get("origine", "")),
        auteur=acte.acteur.id,
        soumise_le=acte.survenu_le,
    )
    brouillon.delete()
    _inscrire(VerbeSite.SOUMETTRE_PAGE, revision, acte)
    return revision


@transaction.atomic
def repondre(revision_id: uuid.UUID, reponse: Reponse, *, acte: Acte) -> None:
    """Publish, send back with its reason, or take back one's own. What is published is found from its instant: nobody
    withdraws the page meanwhile.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (one's own, answered already, a day that is past, no reason).
    """
    revision = trouver(
        RevisionPage.objects.select_for_update(of=("self", "page"))
        .select_related("page")
        .filter(id=revision_id),
        SANS_REVISION,
    )
    page = revision.page
    exiger_repondre(acte.acteur, theme=page.theme, auteur=revision.auteur, issue=reponse.issue.value)
    exiger_sans_reponse(revision)
    if reponse.issue is Issue.RENVOYEE and not reponse.motif.strip():
        raise Interdit(DITES, champ="motif")
    if reponse.issue is Issue.PUBLIEE:
        revision.effet_le = reponse.effet_le or acte.survenu_le
        if revision.effet_le < acte.survenu_le:
            raise Interdit(PAS_AVANT, champ="effet_le")
    signer(revision, permission=Permission.CONTENU_PUBLIER, territoire="", acte=acte)
    revision.issue, revision.motif = reponse.issue.value, reponse.motif.strip()[:MOTIF_MAX]
    revision.save(update_fields=[*REPONSE, "issue", "motif", "effet_le"])
    if reponse.issue is Issue.PUBLIEE:
        indexer(page, le=acte.survenu_le)
        if revision.avis_id:
            AvisPage.objects.filter(id=revision.avis_id, vu_le=None).update(vu_le=acte.survenu_le)
    _inscrire(VerbeSite.DECIDER_PAGE, revision, acte, issue=revision.issue)


@transaction.atomic
def oublier_les_brouillons(*, acte: Acte) -> int:
    """Drafts left alone go (dated parameter); how many."""
    jours = get_parametres(jour(acte.survenu_le))[ParametresSite].site_brouillon_jours
    return BrouillonPage.objects.filter(modifie_le__lt=acte.survenu_le - timedelta(days=jours)).delete()[0]


def _verrouiller(brouillon_id: uuid.UUID, acte: Acte) -> BrouillonPage:
    get_brouillon(brouillon_id, acte.acteur)
    return BrouillonPage.objects.select_for_update().get(id=brouillon_id)


def _propre(contenu: Mapping[str, Any]) -> dict[str, Any]:
    return {champ: contenu[champ] for champ in CHAMPS if champ in contenu}


def _creer_page(contenu: Mapping[str, Any], *, acte: Acte) -> Page:
    adresse = lire_adresse(str(contenu.get("adresse", "")))
    if contenu.get("theme") not in set(Theme):
        raise Interdit("Choisissez un thème.", champ="theme")
    if contenu.get("genre") not in set(Genre):
        raise Interdit("Choisissez le genre de la page.", champ="genre")
    code = str(contenu.get("code") or adresse.rpartition("/")[2])
    with sans_double(ADRESSE_PRISE, champ="adresse"):
        return Page.objects.create(
            code=code,
            adresse=adresse,
            genre=contenu["genre"],
            theme=contenu["theme"],
            proprietaire=acte.acteur.id,
            verifier_mois=contenu.get("verifier_mois", 12),
            ecrans=list(contenu.get("ecrans", ())),
        )


def _inscrire(verbe: VerbeSite, revision: RevisionPage, acte: Acte, **faits: object) -> None:
    dits = {"revision": str(revision.id), "page": revision.page.code, "numero": revision.numero}
    if revision.origine:
        dits["origine"] = revision.origine
    inscrire(Entree(verbe, acte, faits=dits | faits))
