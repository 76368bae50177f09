"""One household in front of an agent of the demonstration: papers handed in, documents judged, changes asked for."""

import io
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sne.demo.comptes import COMPTES, TERRITOIRE
from sne.demo.generation.menages import Generateur, Menage
from sne.demo.generation.papiers import carte, page
from sne.documents.reception import recevoir
from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.habilitations.selectors import acteur_de
from sne.registre.contenu.rules.arbre.personnes import Demandeur
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import DEMANDEUR
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.selectors.etat import etat
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.pieces.actions.deposer import Fichier, joindre_piece, remplacer_piece
from sne.registre.pieces.actions.qualifier import qualifier_piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from sne.registre.pieces.selectors.documents import get_limites
from sne.registre.pieces.selectors.pieces import list_sans_piece
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour

RANGS = 600  # looked at, to find the files of one counter
SANS_TITRE = frozenset({"1", "2"})  # French and European: an identity document is expected
SANS_REVENU_CONNU = 14_520  # euros
CALME = timedelta(days=12)  # since the last act of the household
PAS = timedelta(minutes=7)
IMPOT, IDENTITE = "AVIS_IMPOSITION_N2", "IDENTITE"


def titulaire(role: Role, *, maintenant: datetime) -> Acteur:
    """The first account of the demonstration whose page opens on that role."""
    courriel = next(c.courriel for c in COMPTES if c.role is role)
    return acteur_de(Compte.objects.get(courriel=courriel), le=jour(maintenant))


def carte_au_nom_de(nom: object, prenoms: object, naissance: object, *, floue: bool = False) -> bytes:
    """A card of identity."""
    lignes = [f"Nom : {nom}", f"Prénoms : {prenoms}", f"Né(e) le {naissance}"]
    return carte("CARTE D'IDENTITÉ", lignes, floue=floue)


@dataclass(slots=True)
class Guichet:
    """One household at the counter: what the agent does, one thing after the other."""

    menage: Menage
    nud: str
    acteur: Acteur
    instant: datetime

    @property
    def demandeur(self) -> Demandeur:
        assert self.menage.contenu.demandeur is not None
        return self.menage.contenu.demandeur

    @property
    def annee(self) -> int:
        """Year of incomes of the notice expected."""
        return jour(self.instant).year - 2

    def puis(self) -> datetime:
        """The instant of what comes next."""
        self.instant += PAS
        return self.instant

    def identite(self, *, floue: bool = False) -> bytes:
        """The card of the applicant."""
        qui = self.demandeur.identite
        naissance = f"{qui.date_naissance:%d/%m/%Y}" if qui.date_naissance else ""
        return carte_au_nom_de(qui.nom_naissance, qui.prenoms, naissance, floue=floue)

    def avis(self, *, nom: str = "") -> bytes:
        """The tax notice of the applicant; ``nom``: as it is written there."""
        qui = self.demandeur.identite
        rfr = int(self.demandeur.revenus_fiscaux.n_moins_2.montant or 0) or SANS_REVENU_CONNU
        return page(
            f"Avis d’impôt {self.annee + 1} sur les revenus de {self.annee}",
            [
                f"Déclarant : {nom or qui.nom_naissance} {qui.prenoms}",
                f"Né(e) le {qui.date_naissance:%d/%m/%Y}" if qui.date_naissance else "",
                f"Revenu fiscal de référence : {rfr} €",
                "Nombre de parts : 1",
            ],
        )

    def bulletins(self) -> bytes:
        """Payslips."""
        qui = self.demandeur.identite
        return page(
            "Bulletin de paie", [f"Salarié : {qui.nom_naissance} {qui.prenoms}", "Net à payer : 1 462,18 €"]
        )

    def remettre(
        self, code: str, octets: bytes, nom: str, *, nature: str = "", remplace: uuid.UUID | None = None
    ) -> uuid.UUID:
        """Hand a file in, or put it in the place of another; the id of the document."""
        le = self.puis()
        recu = recevoir(
            io.BytesIO(octets), nom=nom, territoire=TERRITOIRE, survenu_le=le, limites=get_limites(jour(le))
        )
        saisie = PieceSaisie(code, DEMANDEUR, nature=nature, annee=self.annee if code == IMPOT else None)
        fichier = Fichier(recu.id, recu.empreinte)
        if remplace is not None:
            return remplacer_piece(remplace, saisie, fichier, acte=Acte(self.acteur, le))
        return joindre_piece(self.menage.id, saisie, fichier, acte=Acte(self.acteur, le))

    def qualifier(self, piece: uuid.UUID, quoi: str, motif: str = "") -> None:
        """Say what a document is worth."""
        qualifier_piece(piece, quoi, motif=motif, acte=Acte(self.acteur, self.puis()))

    def changer(
        self,
        motif: str,
        *,
        identite: Mapping[str, Any] | None = None,
        contact: Mapping[str, Any] | None = None,
        foyer: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask for other traits, contacts or dependants than those of the file, in one act."""
        lu = etat(self.nud, self.instant, acteur=self.acteur)
        brut = lu.contenu.model_dump(mode="json")
        brut["demandeur"]["identite"] |= identite or {}
        brut["demandeur"]["contact"] |= contact or {}
        brut["foyer"] |= foyer or {}
        modifier_demande(
            self.menage.id,
            contenu=Contenu.model_validate(brut),
            revision=lu.revision,
            acte=Acte(self.acteur, self.puis()),
            motif=motif,
        )


def accueillir(
    generateur: Generateur, taille: int, *, acteur: Acteur, instant: datetime, d_ailleurs: bool = False
) -> Iterator[Guichet]:
    """Active files without documents, of somebody whose identity document is expected, on which nothing was just done.

    They are of the actor's counter, or, ``d_ailleurs``, of any of the territory.
    """
    limite = generateur.decor.jour - CALME
    actives = [
        rang
        for rang in range(min(taille, RANGS))
        if (vie := generateur.vie(rang)).statut is Statut.ACTIVE
        and max((vie.depot, *vie.renouvellements)) < limite
    ]
    menages = [
        m
        for m in map(generateur.menage, actives)
        if (d_ailleurs or m.guichet == acteur.guichet)
        and m.contenu.demandeur is not None
        and m.contenu.demandeur.identite.nationalite in SANS_TITRE
    ]
    libres = list_sans_piece([m.id for m in menages])
    return (Guichet(m, libres[m.id], acteur, instant) for m in menages if m.id in libres)
