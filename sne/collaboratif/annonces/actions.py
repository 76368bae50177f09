"""Announcing, saying that one has read, relaying to one's counters."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from sne.collaboratif.annonces.models import Annonce, LectureAnnonce, RelaisAnnonce
from sne.collaboratif.annonces.possible import exiger_lire_annonce, exiger_publier, exiger_relayer
from sne.collaboratif.annonces.rules import (
    A_L_ENVERS,
    ANNONCE,
    CORPS_MAX,
    PHRASE_MAX,
    SANS_CIBLE,
    TITRE_MAX,
    TROP_TARD,
)
from sne.collaboratif.espaces.rules import INTROUVABLE, lire_ligne
from sne.collaboratif.espaces.selectors import cles_du_relais, equipes_offertes, lecteur_de
from sne.collaboratif.verbes import VerbeCollaboratif
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.recherche.actions import Publication, ouvrir_a, publier
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour
from sne.socle.lignes import trouver
from sne.textes.rules import masquer_nir, rendre


@dataclass(frozen=True, slots=True, kw_only=True)
class NouvelleAnnonce:
    """What is announced, to which teams, from when until when; ``lire_avant``: an e-mail, and one reminder."""

    titre: str
    corps: str
    cibles: Collection[str]
    du: datetime
    au: datetime
    accuse: bool = False
    lire_avant: date | None = None
    territoire: str = ""


@transaction.atomic
def annoncer(nouvelle: NouvelleAnnonce, *, acte: Acte) -> Annonce:
    """Publish it. Raises ``NonHabilite``, ``Interdit`` (a field)."""
    exiger_publier(lecteur_de(acte.acteur, le=acte.survenu_le), nouvelle.territoire)
    titre = lire_ligne(nouvelle.titre, champ="titre", maximum=TITRE_MAX, sinon="Donnez un titre à l’annonce.")
    corps = masquer_nir(nouvelle.corps.strip())
    if not corps or len(corps) > CORPS_MAX:
        raise Interdit(f"Écrivez l’annonce, en {CORPS_MAX} signes au plus.", champ="corps")
    cibles = sorted(set(nouvelle.cibles) & dict(equipes_offertes(nouvelle.territoire)).keys())
    if not cibles:
        raise Interdit(SANS_CIBLE, champ="cibles")
    if nouvelle.au <= nouvelle.du:
        raise Interdit(A_L_ENVERS, champ="au")
    if nouvelle.lire_avant is not None and not (
        jour(nouvelle.du) <= nouvelle.lire_avant <= jour(nouvelle.au)
    ):
        raise Interdit(TROP_TARD, champ="lire_avant")
    rendu = rendre(corps)
    annonce = Annonce.objects.create(
        titre=masquer_nir(titre),
        corps=corps,
        html=rendu.html,
        auteur=acte.acteur.id,
        territoire=nouvelle.territoire,
        cibles=cibles,
        acces=cibles,
        accuse=nouvelle.accuse or nouvelle.lire_avant is not None,
        du=nouvelle.du,
        au=nouvelle.au,
        lire_avant=nouvelle.lire_avant,
    )
    publier(
        Publication(
            genre=ANNONCE,
            cible=annonce.id,
            url=f"/espaces/annonces/{annonce.id}/",
            acces=cibles,
            titre=annonce.titre,
            corps=rendu.brut,
            verifie_le=jour(nouvelle.du),
            visible_du=nouvelle.du,
            visible_au=nouvelle.au,
        )
    )
    _inscrire(VerbeCollaboratif.PUBLIER_ANNONCE, annonce, acte, cibles=cibles)
    return annonce


@transaction.atomic
def dire_lue(annonce_id: uuid.UUID, *, acte: Acte) -> None:
    """« J’ai lu »: once. Raises ``Introuvable``."""
    annonce = trouver(Annonce.objects.filter(id=annonce_id), INTROUVABLE)
    exiger_lire_annonce(lecteur_de(acte.acteur, le=acte.survenu_le), annonce)
    LectureAnnonce.objects.get_or_create(
        annonce=annonce, compte=acte.acteur.id, defaults={"survenu_le": acte.survenu_le}
    )


@transaction.atomic
def relayer(annonce_id: uuid.UUID, *, phrase: str, acte: Acte) -> None:
    """Open it to one's counters, with a sentence of one's own: nothing is copied.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (relayed already, no sentence).
    """
    annonce = trouver(Annonce.objects.select_for_update().filter(id=annonce_id), INTROUVABLE)
    territoire, guichet = exiger_relayer(lecteur_de(acte.acteur, le=acte.survenu_le), annonce)
    dite = lire_ligne(
        phrase,
        champ="phrase",
        maximum=PHRASE_MAX,
        sinon="Dites en une phrase pourquoi vos guichets la lisent.",
    )
    RelaisAnnonce.objects.create(
        annonce=annonce,
        territoire=territoire,
        guichet=guichet,
        phrase=masquer_nir(dite),
        par=acte.acteur.id,
        survenu_le=acte.survenu_le,
    )
    annonce.acces = sorted({*annonce.acces, *cles_du_relais(territoire, guichet)})
    annonce.envoyee_le = None  # those whom it opens to are told too, if it is to be read before a day
    annonce.save(update_fields=["acces", "envoyee_le"])
    ouvrir_a(ANNONCE, annonce.id, annonce.acces)
    _inscrire(VerbeCollaboratif.RELAYER_ANNONCE, annonce, acte, territoire=territoire, guichet=guichet)


def _inscrire(verbe: VerbeCollaboratif, annonce: Annonce, acte: Acte, **faits: object) -> None:
    dits = {"annonce": str(annonce.id)}
    inscrire(Entree(verbe, acte, territoire=annonce.territoire, faits=dits | faits))
