"""An edition of open data: asked for, computed and audited, then published or refused by another person, the DPO."""

import csv
import gzip
import hashlib
import io
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import connection, transaction

from sne.habilitations.actions.deux_personnes import signer
from sne.habilitations.models.deux_personnes import REPONSE
from sne.infocentre.fichiers.feuilles import Entete, Feuille, Genre
from sne.infocentre.fichiers.parquet import ecrire_parquet
from sne.infocentre.ouvert import policies
from sne.infocentre.ouvert.models import EditionOuverte, FichierOuvert
from sne.infocentre.ouvert.parametres import ParametresOuvert
from sne.infocentre.ouvert.possible import exiger_decidable, exiger_preparable, exiger_publiable
from sne.infocentre.ouvert.rules.editions import (
    COLONNES,
    Issue,
    lignes,
    lire_motif,
    publie,
    rapporter,
    schema,
    sont_du_meme_tableau,
)
from sne.infocentre.ouvert.rules.tables import Case, composer
from sne.infocentre.ouvert.selectors import (
    get_edition,
    get_masque_precedent,
    get_publie,
    list_comptes,
    list_lieux,
)
from sne.infocentre.ouvert.verbes import VerbeOuvert
from sne.journal import actions as journal
from sne.journal.models import Scellement
from sne.journal.rules import Entree, Verbe
from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.erreurs import require
from sne.socle.identifiants import uuid7


@transaction.atomic
def preparer_edition(annee: int, *, acte: Acte) -> uuid.UUID:
    """Ask for the edition of a year: the service computes it, another person answers. Raises ``NonHabilite``,
    ``Interdit``: no such year, or one that awaits an answer already.
    """
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"edition_ouverte|{annee}"])
    exiger_preparable(annee, acte.acteur, le=horloge.jour(acte.survenu_le))
    edition = EditionOuverte(
        id=uuid7(),
        annee=annee,
        rang=EditionOuverte.objects.filter(annee=annee).count() + 1,
        auteur=acte.acteur.id,
        demandee_par=acte.acteur.instantane_pour(policies.PREPARER),
        survenu_le=acte.survenu_le,
    )
    edition.save(force_insert=True)
    _journaliser(VerbeOuvert.PREPARER_DONNEES_OUVERTES, edition.id, acte, annee=annee, rang=edition.rang)
    return edition.id


def calculer_edition(edition_id: uuid.UUID, *, acte: Acte) -> bool:
    """Compute the file of an edition, hide what must be, attack it; false when it was done already.

    What is computed is written in one transaction at its end. Raises ``Introuvable``, ``NonHabilite``.
    """
    require(policies.can_calculer(acte.acteur), "Seul le service calcule une édition.")
    edition = get_edition(edition_id)
    if edition.fichier is not None or edition.issue:
        return False
    fait = _calculer(edition.annee, le=horloge.jour(acte.survenu_le))
    with transaction.atomic():
        ligne = EditionOuverte.objects.select_for_update().get(id=edition_id)
        if get_edition(edition_id).fichier is not None:
            return False
        fait.edition, fait.survenu_le = ligne, acte.survenu_le
        fait.save(force_insert=True)
        _journaliser(
            VerbeOuvert.CALCULER_DONNEES_OUVERTES,
            edition_id,
            acte,
            lignes=fait.lignes,
            constats=fait.constats,
            **{nom: fait.audit[nom] for nom in ("primaires", "secondaires")},
        )
    return True


@transaction.atomic
def publier_edition(edition_id: uuid.UUID, *, acte: Acte) -> None:
    """Publish, as the data protection officer, an edition that somebody else asked for and that the auditor passed.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit``.
    """
    edition = _lock_edition(edition_id)
    exiger_publiable(get_edition(edition_id), acte.acteur)
    _repondre(edition, Issue.PUBLIEE, "", VerbeOuvert.PUBLIER_DONNEES_OUVERTES, acte)


@transaction.atomic
def refuser_edition(edition_id: uuid.UUID, *, motif: str, acte: Acte) -> None:
    """Refuse an edition that somebody else asked for, and say why. Raises as :func:`publier_edition`."""
    edition = _lock_edition(edition_id)
    exiger_decidable(get_edition(edition_id), acte.acteur)
    _repondre(edition, Issue.REFUSEE, lire_motif(motif), VerbeOuvert.REFUSER_DONNEES_OUVERTES, acte)


def _lock_edition(edition_id: uuid.UUID) -> EditionOuverte:
    """Raises ``Introuvable``."""
    edition: EditionOuverte = EditionOuverte.objects.select_for_update().get(id=get_edition(edition_id).id)
    return edition


def _repondre(edition: EditionOuverte, issue: Issue, motif: str, verbe: Verbe, acte: Acte) -> None:
    signer(edition, permission=policies.PUBLIER, territoire="", acte=acte)
    edition.issue, edition.motif = issue.value, motif
    edition.save(update_fields=[*REPONSE, "issue", "motif"])
    _journaliser(verbe, edition.id, acte, annee=edition.annee, rang=edition.rang)


def _calculer(annee: int, *, le: date) -> FichierOuvert:
    """The file of a year as the register is on that day, its mask and its audit; nothing is written."""
    from sne.infocentre.ouvert.rules.secret import auditer, primaires, proteger  # noqa: PLC0415 - 110 MB of solver

    p = get_parametres(le)[ParametresOuvert]
    table = composer(list_comptes(annee), list_lieux(), population_min=p.ouvert_population_min)
    tues = primaires(
        table.valeurs, seuil=p.ouvert_seuil, deja=get_masque_precedent(annee), relache=p.ouvert_relache
    )
    masque = proteger(table, tues, etendue_min=p.ouvert_etendue_min)
    editions: list[Mapping[Case, int | None]] = [publie(table, masque)]
    remplacee = get_publie(annee)
    if remplacee is not None and sont_du_meme_tableau(editions[0], remplacee):
        editions.append(remplacee)
    audit = rapporter(table, masque, auditer(editions, table.relations, etendue_min=p.ouvert_etendue_min))
    rangees = list(lignes(table, masque, annee=annee))
    texte, colonnes = _en_csv(rangees), _en_parquet(rangees)
    empreintes = {
        f"demandes-{annee}.{nom}": hashlib.sha256(o).hexdigest()
        for nom, o in (("csv", texte), ("parquet", colonnes))
    }
    sceau = Scellement.objects.order_by("-numero").values_list("numero", flat=True).first() or 0
    return FichierOuvert(
        csv=gzip.compress(texte, mtime=0),
        parquet=colonnes,
        schema=schema(
            arrete_le=date(annee, 12, 31), scellement=sceau, regles=p.model_dump(), empreintes=empreintes
        ),
        masque=sorted(masque.cachees),
        audit=asdict(audit),
        constats=len(audit.constats),
        lignes=len(rangees),
    )


def _en_csv(rangees: Sequence[tuple[Any, ...]]) -> bytes:
    texte = io.StringIO()
    ecrivain = csv.writer(texte, lineterminator="\n")
    ecrivain.writerow(COLONNES)
    ecrivain.writerows(rangees)
    return texte.getvalue().encode()


def _en_parquet(rangees: Sequence[tuple[Any, ...]]) -> bytes:
    entetes = tuple(
        Entete(nom, nom, Genre.ENTIER if genre == "integer" else Genre.TEXTE)
        for nom, (genre, _) in COLONNES.items()
    )
    sortie = io.BytesIO()
    ecrire_parquet(Feuille("Données", entetes, rangees), {"colonnes": dict(COLONNES)}, sortie)
    return sortie.getvalue()


def _journaliser(verbe: Verbe, edition_id: uuid.UUID, acte: Acte, **faits: object) -> None:
    journal.inscrire(Entree(verbe=verbe, acte=acte, faits={"edition": str(edition_id), **faits}))
