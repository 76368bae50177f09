"""A revision written: persons, identities, places, the version, what the control keeps, and the entries that tell."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sne.journal import actions as journal
from sne.journal.rules import Cote, Valeur, Verbe
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.references import Adulte, adultes
from sne.registre.contenu.rules.identite import Voie
from sne.registre.controle.actions import noter_examen, noter_operation
from sne.registre.controle.models import UsagePermission
from sne.registre.demande.actions import lignes as construction
from sne.registre.demande.actions import places
from sne.registre.demande.actions.dire import entree_de, entrees_du_changement
from sne.registre.demande.actions.reviser import reviser
from sne.registre.demande.models.personne import Identite, Personne, SecretNir
from sne.registre.demande.rules.personne import EtatCourriel
from sne.registre.demande.rules.refus import DejaOuverte, PersonnePartie
from sne.registre.demande.selectors.identites import vers_arbre
from sne.registre.joindre.selectors.foyer_quitte import a_quitte
from sne.registre.modification.actions.quitter import liberer_les_places
from sne.registre.modification.actions.revision.preparer import Projet
from sne.registre.modification.verbes import VerbeModification
from sne.registre.pieces.selectors.pieces import list_pieces_sans
from sne.socle import horloge


def ecrire(
    projet: Projet,
    *,
    verbe: Verbe,
    motif: str = "",
    document: str = "",
    dates: Mapping[str, Any] | None = None,
    faits: Mapping[str, object] | None = None,
    version_id: uuid.UUID | None = None,
) -> None:
    """Write the next revision and tell it by ``verbe``. Raises ``DejaOuverte``.

    ``motif``: why, in a sentence; ``document``: the paper shown for it; ``dates``: columns of the demande that the act
    itself moves (status, renewal, expiry); ``faits``: what the entry says besides, in codes; ``version_id``: the
    identifier of the version, when the act has one of its own.
    """
    demande = projet.demande
    personnes = _ecrire_personnes(projet)
    proposees = _ecrire_propositions(projet, personnes)
    version = construction.construire_version(
        projet.plan.contenu,
        identites=[
            personnes[uuid.UUID(a.personne)].identite_courante for _, a in adultes(projet.plan.contenu)
        ],
        demande=demande,
        acte=projet.acte,
    )
    version.id, version.motif, version.document = version_id or version.id, motif, document
    version.pieces = _pieces(projet)
    reviser(demande, version, {**construction.colonnes_projetees(projet.plan.contenu), **(dates or {})})
    qui = projet.acte.acteur
    noter_operation(demande, projet.operation, auteur=qui.id, agent=qui.agent)
    _user_de_la_permission(projet)
    faits = {
        "version": str(version.id),
        "numero": demande.nud,
        "champs": [c.chemin for c in projet.partage.ordinaires],
        **({"permission": str(projet.permission.id)} if projet.permission else {}),
        **(faits or {}),
    }
    _journaliser(projet, verbe=verbe, faits=faits, proposees=proposees)


def _user_de_la_permission(projet: Projet) -> None:
    """A permission serves once: this revision says that it was this time."""
    if projet.permission is not None:
        UsagePermission(
            territoire=projet.demande.territoire,
            demande=projet.demande,
            permission=projet.permission,
            revision=projet.demande.revision,
            gestionnaire=projet.permission.decideur,
            auteur=projet.acte.acteur.id,
            survenu_le=projet.acte.survenu_le,
        ).save(force_insert=True)


def _ecrire_personnes(projet: Projet) -> dict[uuid.UUID, Personne]:
    """Persons and identities in force, written; the rows by id."""
    toutes = Personne.objects.filter(demande=projet.demande).select_related("identite_courante")
    rang = max((p.rang for p in toutes), default=0)
    connues = {p.id: p for p in toutes if p.retire_le is None}
    for personne in projet.plan.partis:
        _faire_partir(projet, connues.pop(uuid.UUID(personne)))
    for _, adulte in adultes(projet.plan.contenu):
        cle = uuid.UUID(adulte.personne)
        if cle in connues:
            _mettre_a_jour(projet, connues[cle], adulte)
        else:
            rang += 1
            connues[cle] = _ajouter_cotitulaire(projet, adulte, rang=rang)
    return connues


def _faire_partir(projet: Projet, partante: Personne) -> None:
    """A co-holder leaves at once: an identity row says so, as for a departure that waits for a decision, and their
    place is free.
    """
    depart = _identite(
        projet, vers_arbre(partante.identite_courante), partante.id, voie=Voie.AUTOMATIQUE, retrait=True
    )
    depart.save(force_insert=True)
    _examiner(projet, depart)
    partante.retire_le = projet.acte.survenu_le
    partante.save(update_fields=["retire_le"])
    liberer_les_places(projet.demande, partante)


def _examiner(projet: Projet, ligne: Identite) -> None:
    """Keep what the rule said of this identity, if it was asked."""
    verdict = projet.plan.verdicts.get(str(ligne.personne_id))
    if verdict is not None and projet.alentours is not None:
        noter_examen(ligne, verdict, seuils=projet.alentours.seuils)


def _pieces(projet: Projet) -> list[uuid.UUID]:
    """Documents in force, except those of the person who leaves at once."""
    gardees: list[uuid.UUID] = projet.demande.version_courante.pieces
    for personne in projet.plan.partis:
        sans = set(list_pieces_sans(projet.demande, uuid.UUID(personne)))
        gardees = [piece for piece in gardees if piece in sans]
    return gardees


def _mettre_a_jour(projet: Projet, personne: Personne, adulte: Adulte) -> None:
    champs = construction.cles_de_contact(adulte)
    change = [nom for nom, valeur in champs.items() if getattr(personne, nom) != valeur]
    for nom in change:
        setattr(personne, nom, champs[nom])
    if "courriel" in change:  # what is known of the old address says nothing of the new one
        personne.courriel_etat = EtatCourriel.NON_VERIFIEE
        change.append("courriel_etat")
    appliquee = projet.plan.appliquees.get(str(personne.id))
    if appliquee is not None:
        ligne = _identite(projet, appliquee, personne.id, voie=Voie.AUTOMATIQUE)
        ligne.save(force_insert=True)
        _examiner(projet, ligne)
        _garder_nir(projet, ligne, ouvre_place=True)
        personne.identite_courante = ligne
        change.append("identite_courante")
    if change:
        personne.save(update_fields=change)


def _ajouter_cotitulaire(projet: Projet, adulte: Adulte, *, rang: int) -> Personne:
    """A person who joins the household: their own title starts today, the demande keeps its own."""
    identite = _identite(projet, adulte.identite, uuid.UUID(adulte.personne), voie=Voie.DEPOT)
    personne = construction.construire_personne(adulte, rang=rang, identite=identite, demande=projet.demande)
    personne.save(force_insert=True)
    identite.save(force_insert=True)
    personne.identite_courante = identite
    _garder_nir(projet, identite, ouvre_place=True)
    construction.construire_titre(
        projet.demande,
        personne.id,
        origine="ADJONCTION",
        date_depot=horloge.jour(projet.acte.survenu_le),
        acte=projet.acte,
    ).save(force_insert=True)
    return personne


def _ecrire_propositions(
    projet: Projet, personnes: Mapping[uuid.UUID, Personne]
) -> list[tuple[Identite, Identite]]:
    """Pending identities and departures; returns (in force, proposed) pairs."""
    paires = []
    for cle, proposee in projet.plan.proposees.items():
        ligne = _identite(projet, proposee, uuid.UUID(cle), voie=Voie.CONTROLE)
        ligne.save(force_insert=True)
        _examiner(projet, ligne)
        _garder_nir(projet, ligne, ouvre_place=False)
        paires.append((personnes[uuid.UUID(cle)].identite_courante, ligne))
    for cle in projet.plan.departs:
        en_vigueur = personnes[uuid.UUID(cle)].identite_courante
        ligne = _identite(projet, vers_arbre(en_vigueur), uuid.UUID(cle), voie=Voie.CONTROLE, retrait=True)
        ligne.save(force_insert=True)
        _examiner(projet, ligne)
        paires.append((en_vigueur, ligne))
    return paires


def _identite(
    projet: Projet, identite: arbre.Identite, personne_id: uuid.UUID, *, voie: Voie, retrait: bool = False
) -> Identite:
    ligne = construction.construire_identite(
        identite,
        personne_id=personne_id,
        demande=projet.demande,
        acte=projet.acte,
        voie=voie,
        revision=projet.demande.revision + 1,
    )
    ligne.retrait = retrait
    return ligne


def _garder_nir(projet: Projet, ligne: Identite, *, ouvre_place: bool) -> None:
    """Keep the number just typed; while the demande is open, hold its place in the territory."""
    numero = projet.nirs.get(str(ligne.personne_id), "")
    if ligne.nir_empreinte is None or not numero:
        return
    empreinte = bytes(ligne.nir_empreinte)
    if not SecretNir.objects.filter(personne=ligne.personne_id, nir_empreinte=empreinte).exists():
        construction.construire_secret(ligne, numero).save(force_insert=True)
    if not ouvre_place:
        return
    try:
        places.tenir(projet.demande, [empreinte], champ="demandeur.identite.nir")
    except DejaOuverte as refus:
        if a_quitte(projet.demande, empreinte):
            raise PersonnePartie(champ=refus.champ) from None
        raise


def _journaliser(
    projet: Projet,
    *,
    verbe: Verbe,
    faits: Mapping[str, object],
    proposees: Sequence[tuple[Identite, Identite]],
) -> None:
    demande, acte = projet.demande, projet.acte
    entrees = entrees_du_changement(verbe, demande, projet.partage, acte=acte, faits=faits)
    for en_vigueur, proposee in proposees:
        attente = {
            "identite": str(proposee.id),
            "personne": str(proposee.personne_id),
            "retrait": proposee.retrait,
        }
        traits = _traits(en_vigueur, proposee)
        entrees.append(
            entree_de(VerbeModification.PROPOSER_IDENTITE, demande, acte=acte, faits=attente, valeurs=traits)
        )
    journal.inscrire_en_lot(entrees)


def _traits(avant: Identite, apres: Identite) -> tuple[Valeur, ...]:
    valeurs = []
    for trait in (*construction.TRAITS_JOURNALISES, "nir_etat"):
        un, autre = str(getattr(avant, trait)), str(getattr(apres, trait))
        if un != autre:
            valeurs += [Valeur(trait, Cote.AVANT, un), Valeur(trait, Cote.APRES, autre)]
    if avant.nir_empreinte != apres.nir_empreinte and avant.nir_etat == apres.nir_etat:
        valeurs.append(Valeur("nir", Cote.APRES, "autre numéro"))
    return tuple(valeurs)
