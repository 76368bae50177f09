"""Names that change: typos put right, names changed at the registry, demandes taken over; decided by somebody else."""

import uuid
from datetime import timedelta
from functools import partial

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.identite.actions.decider import refuser_identite, valider_identite
from sne.registre.lecture.actions.consulter import consulter_piece
from sne.registre.modification.actions.modifier import Modification, modifier_demande
from sne.registre.restauration.actions.decider import restaurer
from sne.registre.restauration.actions.demander import demander_restauration
from sne.simulation.monde import Monde, Qui, RendezVous, lire
from sne.simulation.noms import Suite
from sne.simulation.papiers import PIECES_DEPUIS, remettre
from sne.simulation.registre_lu import get_changement_en_attente
from sne.simulation.temoin import ACCEPTE, PURGEE, Fiche
from sne.simulation.verifications import clore_et_suivre, ouvrir_et_geler
from sne.socle.acte import Acte
from sne.socle.horloge import jour

FAUTE, INTRUS = "t", "Vandermeersch"  # a letter at the end of a name; a name of nobody
PART_SANS_PIECE, PART_OUBLIEE, PART_VALIDEE = 0.35, 0.3, 0.7
DECISION_JOURS = (0, 1, 3, 12, 29)
DECOUVERTE_JOURS = (20, 60, 150)


def corriger_nom(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """A letter too many or too few."""
    nom = rdv.dossier.noms.en_vigueur
    _demander(monde, rdv, qui, nom.removesuffix(FAUTE) if nom.endswith(FAUTE) else nom + FAUTE)


def changer_nom(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """The holder's name changed at the registry."""
    _demander(monde, rdv, qui, f"Saint-{rdv.dossier.noms.reference.removeprefix('Saint-')}")


def usurper(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """Somebody else's name, on a false card that will convince."""
    fiche = rdv.dossier
    if fiche.noms.repris is None and fiche.gelee_le is None:
        _demander(monde, rdv, qui, INTRUS, usurpe=True)


def _demander(monde: Monde, rdv: RendezVous, qui: Qui, nom: str, *, usurpe: bool = False) -> None:
    fiche, aujourd_hui, hasard = rdv.dossier, jour(qui.instant), rdv.menage.hasard
    avant = (fiche.noms.en_vigueur, fiche.revision)
    attendu = monde.temoin.changer_nom(fiche, nom, le=aujourd_hui, au_comptoir=bool(qui.acteur.guichet))
    suite = fiche.noms.suite(nom, aujourd_hui)

    def agir() -> Modification:
        return modifier_demande(
            fiche.cle,
            contenu=_au_nom_de(lire(rdv.menage, fiche, qui), nom),
            revision=fiche.revision,
            acte=Acte(qui.acteur, qui.instant),
            motif="Nom changé",
        )

    fait = monde.tenter("CHANGER_NOM", fiche.nud, attendu, agir)
    if fait is None or suite is Suite.RIEN:
        return
    fiche.modifier()
    if suite is Suite.APPLIQUE:
        fiche.noms.appliquer(nom, aujourd_hui)
        return
    monde.temoin.mettre_en_attente(fiche, nom, aujourd_hui)
    piece = None
    if aujourd_hui >= PIECES_DEPUIS and (usurpe or hasard.random() > PART_SANS_PIECE):
        piece = monde.tenter(
            "JOINDRE_PIECE",
            fiche.nud,
            ACCEPTE,
            partial(remettre, fiche.cle, acte=Acte(qui.acteur, qui.instant)),
        )
        if piece is not None:
            fiche.joindre()
    if usurpe or hasard.random() > PART_OUBLIEE:
        le = aujourd_hui + timedelta(days=hasard.choice(DECISION_JOURS))
        geste = hasard.choice(("decider_nom", "decider_nom_au_guichet")) if not usurpe else "decider_nom"
        options = {"demande": nom, "piece": piece, "auteur": qui.acteur, "avant": avant if usurpe else None}
        monde.prevoir(le, geste, rdv.menage, fiche, **options)


def decider_nom(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """Never who typed it, never out of one's own counters, never without the document."""
    fiche, piece, auteur = rdv.dossier, rdv.options["piece"], rdv.options["auteur"]
    if fiche.etat == PURGEE or fiche.noms.demande != rdv.options["demande"]:
        return
    identite = get_changement_en_attente(fiche.cle)
    if identite is None:
        monde.noter(fiche.nud, "changement de nom", attendu="en attente", trouve="aucun")
        return
    valider = partial(valider_identite, identite)
    a_lui = monde.temoin.decider_le_sien(responsable=monde.est_responsable(auteur))
    monde.tenter("VALIDER_IDENTITE", fiche.nud, a_lui, partial(valider, acte=Acte(auteur, qui.instant)))
    ailleurs = bool(qui.acteur.guichet) and qui.acteur.guichet != auteur.guichet
    if ailleurs or qui.acteur.id == auteur.id:
        attendu = "INTROUVABLE" if ailleurs else "INTERDIT"
        monde.tenter(
            "VALIDER_IDENTITE", fiche.nud, attendu, partial(valider, acte=Acte(qui.acteur, qui.instant))
        )
        return
    possible = monde.temoin.valider_nom(fiche)
    monde.tenter(
        "VALIDER_IDENTITE",
        fiche.nud,
        possible or "INTERDIT",
        partial(valider, acte=Acte(qui.acteur, qui.instant)),
    )
    usurpe = rdv.options["avant"] is not None
    if piece is None or possible or not (usurpe or rdv.menage.hasard.random() < PART_VALIDEE):
        _refuser(monde, fiche, identite, qui)
        return
    consulter_piece(piece, acte=Acte(qui.acteur, qui.instant))
    fiche.actes["CONSULTER_PIECE"] += 1
    if (
        monde.tenter(
            "VALIDER_IDENTITE", fiche.nud, ACCEPTE, lambda: _fait(valider(acte=Acte(qui.acteur, qui.instant)))
        )
        is None
    ):
        return
    monde.temoin.repondre(fiche, valideur=qui.acteur.id)
    if usurpe:
        fiche.noms.repris = rdv.options["avant"]
        decouverte = jour(qui.instant) + timedelta(days=rdv.menage.hasard.choice(DECOUVERTE_JOURS))
        monde.prevoir(decouverte, "demasquer", rdv.menage, fiche, adultes=fiche.adultes)


def _refuser(monde: Monde, fiche: Fiche, identite: uuid.UUID, qui: Qui) -> None:
    refuser = partial(
        refuser_identite,
        identite,
        motif="PJ_ABSENTE",
        precision="",
        acte=Acte(qui.acteur, qui.instant),
    )
    if monde.tenter("REFUSER_IDENTITE", fiche.nud, ACCEPTE, lambda: _fait(refuser())) is not None:
        monde.temoin.repondre(fiche)


def demasquer(monde: Monde, rdv: RendezVous, qui: Qui) -> None:
    """The holder comes to say so: the file is kept still, one manager asks, another puts the demande back."""
    fiche, quand = rdv.dossier, qui.instant
    perdue = fiche.noms.repris is None or fiche.adultes != rdv.options["adultes"]
    if perdue or not fiche.ouverte or fiche.gelee_le is not None or fiche.noms.demande:
        return
    assert fiche.noms.repris is not None
    _, enquete = ouvrir_et_geler(fiche.cle, acte=Acte(qui.acteur, quand))
    fiche.geler(jour(quand))
    fiche.enquetes.add(enquete)
    demander = partial(
        demander_restauration,
        enquete,
        fiche.cle,
        vers=fiche.noms.repris[1],
        motif="Le titulaire s’est présenté",
        a_part=False,
        acte=Acte(qui.acteur, quand),
    )
    requete = monde.tenter("DEMANDER_RESTAURATION", fiche.nud, ACCEPTE, demander)
    if requete is None:
        return
    rendre = partial(restaurer, requete, revision=fiche.revision, motif="")
    monde.tenter("RESTAURER", fiche.nud, "INTERDIT", partial(rendre, acte=Acte(qui.acteur, quand)))
    if (
        monde.tenter("RESTAURER", fiche.nud, ACCEPTE, partial(rendre, acte=Acte(monde.collegue(qui), quand)))
        is None
    ):
        return
    fiche.retablir(jour(quand))
    clore_et_suivre(monde, enquete, [fiche], qui, ("CHANGEMENT_EXPLIQUE", "CONTACTS_CONFIRMES"))


def _fait(_: None) -> bool:
    """Acts that return nothing were done."""
    return True


def _au_nom_de(actuel: Contenu, nom: str) -> Contenu:
    assert actuel.demandeur is not None
    identite = actuel.demandeur.identite.model_copy(update={"nom_naissance": nom})
    return actuel.model_copy(update={"demandeur": actuel.demandeur.model_copy(update={"identite": identite})})
