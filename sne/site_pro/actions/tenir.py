"""Keeping a page: withdrawn with what to read instead, said to be still right, moved, given to somebody."""

import uuid
from datetime import datetime

from django.db import transaction

from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.site_pro.actions.indexer import indexer
from sne.site_pro.models import MOTIF_MAX, FinPage, Page, Redirection
from sne.site_pro.possible import PAS_EN_LIGNE, exiger_publier
from sne.site_pro.rules.pages import ADRESSE_PRISE, lire_adresse
from sne.site_pro.rules.vie import Fin, Fini, Revue, en_ligne
from sne.site_pro.selectors.redaction import get_page_du_site, list_responsables
from sne.site_pro.verbes import VerbeSite
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, NonHabilite
from sne.socle.lignes import sans_double

DITES = "Dites pourquoi cette page est retirée."
PAS_HIER = "Une page se retire aujourd’hui ou plus tard."
PAS_LA_SIENNE = "Celui qui répond de la page, ou qui publie, dit qu’elle est toujours juste."


@transaction.atomic
def retirer_page(
    code: str, motif: str, *, remplacee_par: str = "", effet_le: datetime | None = None, acte: Acte
) -> None:
    """Nobody reads it any more from that instant; its address says what to read instead, for ever.

    ``effet_le``: when, now if empty.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (not online, no reason, replaced by itself, an instant that is
    past).
    """
    page = _verrouiller(code)
    exiger_publier(acte.acteur, page.theme)
    if not motif.strip():
        raise Interdit(DITES, champ="motif")
    autre = get_page_du_site(remplacee_par) if remplacee_par else None
    if autre == page:
        raise Interdit("Une page n’est pas remplacée par elle-même.", champ="remplacee_par")
    _exiger_en_ligne(page, acte.survenu_le)
    if effet_le is not None and effet_le < acte.survenu_le:
        raise Interdit(PAS_HIER, champ="effet_le")
    fin = FinPage.objects.create(
        page=page,
        nature=Fin.RETIRER.value,
        auteur=acte.acteur.id,
        motif=motif.strip()[:MOTIF_MAX],
        remplacee_par=autre,
        effet_le=effet_le or acte.survenu_le,
        survenu_le=acte.survenu_le,
    )
    indexer(page, le=acte.survenu_le)
    _inscrire(VerbeSite.RETIRER_PAGE, page, acte, fin=str(fin.id))


@transaction.atomic
def verifier_page(code: str, *, acte: Acte) -> None:
    """It was read again and is still right: it holds for as long as at its publication.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (not online).
    """
    page = _verrouiller(code)
    if page.proprietaire != acte.acteur.id:
        try:
            exiger_publier(acte.acteur, page.theme)
        except NonHabilite:
            raise NonHabilite(PAS_LA_SIENNE) from None
    _exiger_en_ligne(page, acte.survenu_le)
    fin = FinPage.objects.create(
        page=page,
        nature=Fin.VERIFIER.value,
        auteur=acte.acteur.id,
        effet_le=acte.survenu_le,
        survenu_le=acte.survenu_le,
    )
    indexer(page, le=acte.survenu_le)
    _inscrire(VerbeSite.VERIFIER_PAGE, page, acte, fin=str(fin.id))


@transaction.atomic
def regler_page(code: str, *, adresse: str, proprietaire: uuid.UUID, verifier_mois: int, acte: Acte) -> None:
    """Where it is, who answers for it, how long it holds. The former address leads to it, for ever.

    Raises ``NonHabilite``, ``Introuvable``, ``Interdit`` (an address that cannot be, or is another page's; an account
    that may not publish it; a number of months out of 1 to 24).
    """
    page = _verrouiller(code)
    exiger_publier(acte.acteur, page.theme)
    if not 1 <= verifier_mois <= 24:
        raise Interdit("Donnez un nombre de mois, de 1 à 24.", champ="verifier_mois")
    if proprietaire not in {
        page.proprietaire,
        *(r.compte_id for r in list_responsables(page.theme, le=acte.survenu_le)),
    }:
        raise Interdit("Choisissez une personne qui publie le site.", champ="proprietaire")
    neuve = lire_adresse(adresse)
    if neuve != page.adresse:
        _deplacer(page, neuve)
    page.proprietaire, page.verifier_mois = proprietaire, verifier_mois
    page.save(update_fields=["proprietaire", "verifier_mois"])
    indexer(page, le=acte.survenu_le)
    dits = {"adresse": neuve, "proprietaire": str(proprietaire), "verifier_mois": verifier_mois}
    _inscrire(VerbeSite.DEPLACER_PAGE, page, acte, **dits)


def _deplacer(page: Page, neuve: str) -> None:
    if Redirection.objects.filter(ancienne=neuve).exclude(page=page).exists():
        raise Interdit("Cette adresse mène déjà à une autre page.", champ="adresse")
    Redirection.objects.get_or_create(ancienne=page.adresse, defaults={"page": page})
    page.adresse = neuve
    with sans_double(ADRESSE_PRISE, champ="adresse"):
        page.save(update_fields=["adresse"])


@transaction.atomic
def rediriger(ancienne: str, code: str) -> None:
    """An address of before this site leads to a page; said once, by who installs it."""
    Redirection.objects.get_or_create(
        ancienne=lire_adresse(ancienne), defaults={"page": get_page_du_site(code)}
    )


def _verrouiller(code: str) -> Page:
    page = get_page_du_site(code)
    return Page.objects.select_for_update().get(pk=page.pk)


def _exiger_en_ligne(page: Page, le: datetime) -> None:
    revues = [Revue(r.numero, r.issue, r.effet_le) for r in page.revisions.all()]
    fins = [Fini(Fin(f.nature), f.effet_le) for f in page.fins.all()]
    if en_ligne(revues, fins, le=le) is None:
        raise Interdit(PAS_EN_LIGNE)


def _inscrire(verbe: VerbeSite, page: Page, acte: Acte, **faits: object) -> None:
    inscrire(Entree(verbe, acte, faits={"page": page.code} | faits))
