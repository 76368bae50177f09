"""Random histories of a few demandes, by the acts of the register; an act that is refused is part of a history too."""

import contextlib
import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from sne.habilitations.rules import Role
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.faits.actions.faits import MODELES, retirer_fait
from sne.registre.faits.models import Attribution
from sne.registre.faits.rules.faits import Correction, NatureFait
from sne.registre.lecture.actions.consulter import consulter_demande
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.pieces.actions.qualifier import qualifier_piece
from sne.registre.pieces.models import Piece
from sne.registre.vie.actions.annuler import annuler_enregistrement, retablir_demande
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.erreurs import Refus
from tests.infocentre.f1 import GUICHET, midi
from tests.registre import factories as f
from tests.registre.faits.faits import ACTIONS, saisie
from tests.registre.pieces import pieces

DEBUT = date(2025, 1, 6)
REFUS = {"motif": "LOCALISATION"}


class Histoire:
    """A few demandes of one counter, a day or more between two acts."""

    def __init__(self) -> None:
        self.jour = DEBUT
        self.bailleur, self.gt = (
            f.creer_acteur(guichet=GUICHET),
            f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL),
        )
        self.demandes: list[uuid.UUID] = []
        self.deposer(0)

    @property
    def le(self) -> datetime:
        return midi(self.jour)

    def jouer(self, geste: str, sur: int) -> None:
        """One act on one of the demandes; nothing happens when the register refuses it."""
        self.jour += timedelta(days=1 + sur * 3)
        with contextlib.suppress(Refus):
            GESTES[geste](self, sur)

    def deposer(self, sur: int) -> None:
        self._enregistrer(sur, date(1960, 1, 1) + timedelta(days=uuid.uuid4().int % 15_000))

    def doubler(self, _: int) -> None:
        """The last household comes again, to somebody else."""
        self._enregistrer(0, self.naissance)

    def _enregistrer(self, sur: int, naissance: date) -> None:
        self.naissance = naissance
        demandeur = f.personne(
            f"Nom{'abcdefghij'[naissance.day % 10]}", identite={"date_naissance": str(naissance)}
        )
        if sur % 2:
            demandeur["revenus_fiscaux"] = {"n_moins_1": {"annee": 2024, "montant": "9000"}}
            demandeur["ressources"] = {"recues": [{"nature": "SAL", "montant_mensuel": str(700 * (sur - 1))}]}
        recepisse = f.deposer(
            f.contenu(demandeur=demandeur),
            acteur=self.bailleur,
            guichet=GUICHET,
            le=self.le,
            date_reception=self.jour - timedelta(days=20 * sur),
            anteriorite_motif="Courrier tamponné",
            doublons_ecartes="deux personnes",
        )
        self.demandes.append(recepisse.demande_id)

    def _de(self, sur: int) -> uuid.UUID:
        return self.demandes[sur % len(self.demandes)]

    def identite(self, sur: int) -> None:
        pieces.joindre(self._de(sur), acteur=self.bailleur, le=self.le)

    def impot(self, sur: int) -> None:
        pieces.joindre(self._de(sur), pieces.IMPOT, acteur=self.bailleur, le=self.le)

    def rejeter_piece(self, sur: int) -> None:
        piece = Piece.objects.filter(demande=self._de(sur), document__isnull=False).order_by("-id").first()
        if piece:
            qualifier_piece(piece.id, "INEXPLOITABLE", motif="floue", acte=Acte(self.bailleur, self.le))

    def modifier(self, sur: int) -> None:
        fiche = consulter_demande(self._nud(sur), acte=Acte(self.bailleur, self.le))
        souhaits = fiche.contenu.souhaits.model_copy(update={"types_logement": ("T2",) if sur else ("T4",)})
        modifier_demande(
            fiche.demande.id,
            contenu=fiche.contenu.model_copy(update={"souhaits": souhaits}),
            revision=fiche.demande.revision,
            acte=Acte(self.bailleur, self.le),
        )

    def renouveler(self, sur: int) -> None:
        self.jour += timedelta(days=330)
        acteur = self.gt if sur % 2 else self.bailleur
        fiche = consulter_demande(self._nud(sur), acte=Acte(acteur, self.le))
        renouveler_demande(
            fiche.demande.id,
            saisie=Saisie(fiche.contenu, fiche.demande.revision, {}),
            acte=Acte(acteur, self.le),
            sans_changement=True,
        )

    def consigner(self, nature: NatureFait, sur: int, **autres: object) -> None:
        acteur = self.gt if nature is NatureFait.DALO else self.bailleur
        telle = saisie(nature, **{"jour": self.jour} | autres)
        ACTIONS[nature](self._de(sur), telle, acte=Acte(acteur, self.le))

    def accepter(self, sur: int) -> None:
        condition = {
            "code": "ATTR_SUSP",
            "pieces_manquantes": ("IDENTITE",),
            "pieces_avant": self.jour + timedelta(days=20),
        }
        self.consigner(NatureFait.DECISION, sur, **(condition if sur % 2 else {}))

    def attribuer(self, sur: int) -> None:
        self.consigner(
            NatureFait.ATTRIBUTION,
            sur,
            bail_signe_le=self.jour,
            reservataire="PPRIOR" if sur > 1 else "AUCUN",
            quartier_prioritaire="ZUSNON" if sur % 2 else "ZUSOUI",
        )

    def attribuer_sans_bail(self, sur: int) -> None:
        self.consigner(NatureFait.ATTRIBUTION, sur, bail_signe=False, bail_signe_le=None)

    def retirer(self, nature: NatureFait, sur: int) -> None:
        fait = (
            MODELES[nature]
            ._default_manager.filter(demande=self._de(sur), retrait=False)
            .order_by("-id")
            .first()
        )
        if fait:
            correction = Correction(fait.id, "Erreur de dossier")
            retirer_fait(self._de(sur), nature, correction, acte=Acte(self.bailleur, self.le))

    def corriger(self, sur: int) -> None:
        fait = Attribution.objects.filter(demande=self._de(sur), retrait=False).order_by("-id").first()
        if fait:
            correction = Correction(fait.id, "Contingent mal lu")
            self.consigner(
                NatureFait.ATTRIBUTION,
                sur,
                jour=fait.jour,
                bail_signe_le=fait.jour,
                reservataire="COLTER",
                quartier_prioritaire="ZUSNSP",
                correction=correction,
            )

    def corriger_la_decision(self, sur: int) -> None:
        """The first one that was noted."""
        modele = MODELES[NatureFait.DECISION]._default_manager
        fait = modele.filter(demande=self._de(sur), retrait=False).order_by("id").first()
        if fait:
            correction = Correction(fait.id, "Logement mal lu")
            self.consigner(NatureFait.DECISION, sur, jour=fait.jour, correction=correction)

    def radier(self, motif: MotifRadiation, sur: int) -> None:
        faits = FaitsRadiation(motif, date_courrier=self.jour, document="Lettre du ménage")
        radier_demande(self._de(sur), faits, acte=Acte(self.bailleur, self.le))

    def annuler(self, sur: int) -> None:
        gardees = Demande.objects.filter(id__in=self.demandes[:-1], statut="ACTIVE").order_by("-date_depot")
        annuler_enregistrement(
            self.demandes[-1],
            gardee=gardees[sur % len(gardees)].nud if gardees else "",
            precision="Saisie deux fois",
            acte=Acte(self.gt, self.le),
        )

    def retablir(self, _: int) -> None:
        retablir_demande(self.demandes[-1], precision="Ce n’était pas un double", acte=Acte(self.gt, self.le))

    def _nud(self, sur: int) -> str:
        return Demande.objects.get(id=self._de(sur)).nud


GESTES: Mapping[str, Callable[[Histoire, int], None]] = {
    "deposer": Histoire.deposer,
    "doubler": Histoire.doubler,
    "identite": Histoire.identite,
    "impot": Histoire.impot,
    "rejeter une pièce": Histoire.rejeter_piece,
    "modifier": Histoire.modifier,
    "renouveler": Histoire.renouveler,
    "événement": lambda h, sur: h.consigner(NatureFait.EVENEMENT, sur),
    "décision": Histoire.accepter,
    "refus du ménage": lambda h, sur: h.consigner(
        NatureFait.EVENEMENT, sur, type="REFUS_DEMANDEUR", caracteristiques=REFUS
    ),
    "dalo": lambda h, sur: h.consigner(NatureFait.DALO, sur, jour=h.jour - timedelta(days=1)),
    "attribuer": Histoire.attribuer,
    "attribuer sans bail": Histoire.attribuer_sans_bail,
    "corriger l’attribution": Histoire.corriger,
    "corriger la décision": Histoire.corriger_la_decision,
    "retirer l’attribution": lambda h, sur: h.retirer(NatureFait.ATTRIBUTION, sur),
    "retirer l’événement": lambda h, sur: h.retirer(NatureFait.EVENEMENT, sur),
    "radier, logé": lambda h, sur: h.radier(MotifRadiation.RADATT, sur),
    "radier, renoncé": lambda h, sur: h.radier(MotifRadiation.RADABA, sur),
    "annuler": Histoire.annuler,
    "rétablir": Histoire.retablir,
}
