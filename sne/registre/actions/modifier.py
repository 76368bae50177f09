"""Changing a demande: ordinary changes apply at once, protected ones wait for a decision, through every door."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from sne.journal import actions as journal
from sne.journal.rules import Cote, Entree, Valeur, Verbe
from sne.referentiels.selectors import get_parametres
from sne.registre import policies
from sne.registre.actions import construction
from sne.registre.models import Demande, Identite, Personne, PlaceOuverte, SecretNir
from sne.registre.rules import contenu as arbre
from sne.registre.rules.anomalie import Anomalie, Niveau
from sne.registre.rules.appariement import appliquer as apparier_au_dossier
from sne.registre.rules.changements import Dossier, Plan, planifier
from sne.registre.rules.completude import manques_pour_enregistrer
from sne.registre.rules.contenu import Changement, Contenu
from sne.registre.rules.contenu.references import Adulte
from sne.registre.rules.controles import Porte, controler
from sne.registre.rules.cycle_de_vie import Statut
from sne.registre.rules.identite import Voie
from sne.registre.rules.refus import DejaOuverte, DepotIncomplet, Introuvable
from sne.registre.selectors.etat import assembler
from sne.registre.selectors.identites import ancre, en_attente, list_identites, vers_arbre
from sne.registre.selectors.references import references_du
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.erreurs import ConflitDeRevision, Interdit, require
from sne.socle.identifiants import uuid7

MODIFIABLES = frozenset({Statut.ACTIVE, Statut.EXPIREE})
CHEMINS_DE_SANTE = ("handicaps", "motifs.autre_motif")


@dataclass(frozen=True, slots=True)
class Modification:
    """What was done: the revision now, the paths that changed, the references whose identity waits for a decision.

    ``revision`` is unchanged when nothing new was asked (the same proposal sent again).
    """

    demande_id: uuid.UUID
    revision: int
    champs: tuple[str, ...]
    en_attente: tuple[str, ...]


@dataclass(slots=True)
class _Acte:
    """One modification in progress."""

    demande: Demande
    acteur: Acteur
    survenu_le: datetime
    nirs: Mapping[str, str]  # normalised, by personne


@transaction.atomic
def modifier_demande(
    demande_id: uuid.UUID,
    *,
    contenu: Contenu,
    revision: int,
    acteur: Acteur,
    survenu_le: datetime,
    nirs: Mapping[str, str] | None = None,
    motif: str = "",
) -> Modification:
    """Put the wanted tree in force, protected changes aside (arrêté du 23 mars 2015, annexe §4).

    ``contenu`` is the whole wanted tree, as the file gave it (adults with their ``personne``); ``revision`` the one it
    was read at; ``nirs`` raw numbers by reference, for the persons whose number was typed. Raises ``Introuvable``,
    ``NonHabilite``, ``ConflitDeRevision``, ``DepotIncomplet``, ``ControleEnCours``, ``DejaOuverte``, ``Interdit``.
    """
    demande = lock_demande(demande_id, acteur=acteur)
    require(
        policies.can_modifier(acteur, demande),
        "Votre rôle ne permet pas de modifier ce dossier. Adressez-vous au guichet qui le suit.",
    )
    if demande.revision != revision:
        raise ConflitDeRevision(
            "Ce dossier a changé pendant votre saisie. Rien n’est perdu : comparez, puis enregistrez."
        )
    if demande.statut not in MODIFIABLES:
        raise Interdit("Cette demande n’est plus ouverte. Elle ne peut pas être modifiée.")
    lignes = list_identites(demande.id)
    avant = assembler(demande.version_courante, identites={ligne.id: ligne for ligne in lignes})
    voulu, saisis = _preparer(avant, contenu, nirs or {})
    acte = _Acte(demande, acteur, survenu_le, saisis)
    plan = planifier(_dossier(avant, lignes), voulu, nirs=saisis)
    _controler(acte, avant=avant, plan=plan, voulu=voulu)
    changements = arbre.difference(avant, plan.contenu)
    if changements or plan.proposees or plan.departs:
        _ecrire(acte, plan=plan, changements=changements, motif=motif)
    return Modification(
        demande_id=demande.id,
        revision=demande.revision,
        champs=tuple(c.chemin for c in changements),
        en_attente=tuple(ref for ref, a in arbre.adultes(plan.contenu) if a.personne in plan.en_attente),
    )


def lock_demande(demande_id: uuid.UUID, *, acteur: Acteur) -> Demande:
    """The demande, locked until the end of the transaction. Raises ``Introuvable`` outside the perimeter."""
    demande = (
        Demande.objects.select_for_update(of=("self",))
        .select_related("version_courante")
        .filter(policies.scope(acteur), id=demande_id)
        .first()
    )
    if demande is None:
        raise Introuvable("Aucun dossier dans votre périmètre sous ce numéro.")
    return demande


def _preparer(avant: Contenu, voulu: Contenu, nirs: Mapping[str, str]) -> tuple[Contenu, dict[str, str]]:
    """The wanted tree with a row of the register for each adult, and the numbers typed, normalised, by ``personne``.

    The applicant is recognised by role, the co-holders by their id or by what is said of them; who is not of this
    demande gets a new row, whatever id came with it. A form never carries a NIR back: a person whose number was not
    typed keeps the one known.
    """
    connus = {a.personne: a.identite.nir for _, a in arbre.adultes(avant) if a.personne}
    voulu = apparier_au_dossier(voulu, avant)
    nouveaux = {ref: uuid7() for ref, a in arbre.adultes(voulu) if a.personne is None}
    voulu = arbre.avec_personnes(voulu, nouveaux)
    saisis = construction.normaliser_nirs(nirs, voulu)
    traces = construction.traces_nir(saisis)
    gardes = {ref: traces.get(ref, connus.get(a.personne or "")) for ref, a in arbre.adultes(voulu)}
    par_personne = {str(a.personne): saisis[ref] for ref, a in arbre.adultes(voulu) if ref in saisis}
    return arbre.avec_nirs(voulu, gardes), par_personne


def _dossier(avant: Contenu, lignes: Sequence[Identite]) -> Dossier:
    attentes = en_attente(lignes)
    personnes = [uuid.UUID(a.personne) for _, a in arbre.adultes(avant) if a.personne]
    return Dossier(
        contenu=avant,
        ancres={str(p): vers_arbre(ancre(lignes, p)) for p in personnes},
        en_attente={str(p): a.identite for p, a in attentes.items() if not a.retrait},
        departs_en_attente=frozenset(str(p) for p, a in attentes.items() if a.retrait),
    )


def _controler(acte: _Acte, *, avant: Contenu, plan: Plan, voulu: Contenu) -> None:
    """Rights field by field on what was *asked*, blocking rules on what is put in force and was not so before."""
    demandes = arbre.difference(avant, voulu)
    refuses = policies.champs_refuses(acte.acteur, demandes, territoire=acte.demande.territoire)
    noms = ", ".join(arbre.libelle(chemin) for chemin in refuses)
    require(not refuses, f"Votre rôle ne permet pas de modifier : {noms}. Rien n’a été enregistré.")
    jour = horloge.jour(acte.survenu_le)
    numeros = {
        ref: acte.nirs[str(a.personne)] for ref, a in arbre.adultes(voulu) if str(a.personne) in acte.nirs
    }

    def bloquantes(contenu: Contenu, saisis: Mapping[str, str]) -> list[Anomalie]:
        trouvees = [
            *manques_pour_enregistrer(contenu),
            *controler(
                contenu,
                aujourd_hui=jour,
                porte=Porte.ECRAN,
                references=references_du(jour, acte.demande.territoire),
                limites=get_parametres(jour),
                nirs=saisis,
            ),
        ]
        return [a for a in trouvees if a.niveau is Niveau.BLOQUANT]

    anciennes = {(a.code, a.chemin) for a in bloquantes(avant, {})}
    nouvelles = [a for a in bloquantes(plan.contenu, numeros) if (a.code, a.chemin) not in anciennes]
    nouvelles += [
        a for a in bloquantes(voulu, numeros) if a not in nouvelles and (a.code, a.chemin) not in anciennes
    ]
    if nouvelles:
        raise DepotIncomplet(nouvelles)


def _ecrire(acte: _Acte, *, plan: Plan, changements: Sequence[Changement], motif: str) -> None:
    demande = acte.demande
    demande.revision += 1
    contenu, personnes = plan.contenu, _ecrire_personnes(acte, plan)
    proposees = _ecrire_propositions(acte, plan, personnes)
    version = construction.construire_version(
        contenu,
        identites=[personnes[uuid.UUID(a.personne)].identite_courante for _, a in arbre.adultes(contenu)],
        demande=demande,
        acteur=acte.acteur,
        survenu_le=acte.survenu_le,
    )
    version.motif = motif
    version.save(force_insert=True)
    projetees = construction.colonnes_projetees(contenu)
    for colonne, valeur in projetees.items():
        setattr(demande, colonne, valeur)
    demande.version_courante = version
    demande.save(update_fields=["revision", "version_courante", *projetees])
    _journaliser(acte, version_id=version.id, changements=changements, proposees=proposees)


def _ecrire_personnes(acte: _Acte, plan: Plan) -> dict[uuid.UUID, Personne]:
    """Persons and identities in force, written; the rows by id."""
    toutes = Personne.objects.filter(demande=acte.demande).select_related("identite_courante")
    rang = max((p.rang for p in toutes), default=0)
    connues = {p.id: p for p in toutes if p.retire_le is None}
    for _, adulte in arbre.adultes(plan.contenu):
        cle = uuid.UUID(adulte.personne)
        if cle in connues:
            _mettre_a_jour(acte, connues[cle], adulte, plan)
        else:
            rang += 1
            connues[cle] = _ajouter_cotitulaire(acte, adulte, rang=rang)
    return connues


def _mettre_a_jour(acte: _Acte, personne: Personne, adulte: Adulte, plan: Plan) -> None:
    champs = construction.cles_de_contact(adulte)
    change = [nom for nom, valeur in champs.items() if getattr(personne, nom) != valeur]
    for nom in change:
        setattr(personne, nom, champs[nom])
    appliquee = plan.appliquees.get(str(personne.id))
    if appliquee is not None:
        ligne = _identite(acte, appliquee, personne.id, voie=Voie.AUTOMATIQUE)
        ligne.save(force_insert=True)
        _garder_nir(acte, ligne, ouvre_place=True)
        personne.identite_courante = ligne
        change.append("identite_courante")
    if change:
        personne.save(update_fields=change)


def _ajouter_cotitulaire(acte: _Acte, adulte: Adulte, *, rang: int) -> Personne:
    """A person who joins the household: their own title starts today, the demande keeps its own."""
    identite = _identite(acte, adulte.identite, uuid.UUID(adulte.personne), voie=Voie.DEPOT)
    personne = construction.construire_personne(adulte, rang=rang, identite=identite, demande=acte.demande)
    personne.save(force_insert=True)
    identite.save(force_insert=True)
    personne.identite_courante = identite
    _garder_nir(acte, identite, ouvre_place=True)
    construction.construire_titre(
        acte.demande,
        personne.id,
        acte="ADJONCTION",
        date_depot=horloge.jour(acte.survenu_le),
        acteur=acte.acteur,
        survenu_le=acte.survenu_le,
    ).save(force_insert=True)
    return personne


def _ecrire_propositions(
    acte: _Acte, plan: Plan, personnes: Mapping[uuid.UUID, Personne]
) -> list[tuple[Identite, Identite]]:
    """Pending identities and departures; returns (in force, proposed) pairs."""
    paires = []
    for cle, proposee in plan.proposees.items():
        ligne = _identite(acte, proposee, uuid.UUID(cle), voie=Voie.CONTROLE)
        ligne.save(force_insert=True)
        _garder_nir(acte, ligne, ouvre_place=False)
        paires.append((personnes[uuid.UUID(cle)].identite_courante, ligne))
    for cle in plan.departs:
        en_vigueur = personnes[uuid.UUID(cle)].identite_courante
        ligne = _identite(acte, vers_arbre(en_vigueur), uuid.UUID(cle), voie=Voie.CONTROLE)
        ligne.retrait = True
        ligne.save(force_insert=True)
        paires.append((en_vigueur, ligne))
    return paires


def _identite(acte: _Acte, identite: arbre.Identite, personne_id: uuid.UUID, *, voie: Voie) -> Identite:
    return construction.construire_identite(
        identite,
        personne_id=personne_id,
        demande=acte.demande,
        acteur=acte.acteur,
        survenu_le=acte.survenu_le,
        voie=voie,
    )


def _garder_nir(acte: _Acte, ligne: Identite, *, ouvre_place: bool) -> None:
    """Keep the number just typed; while the demande is open, hold its place in the territory."""
    numero = acte.nirs.get(str(ligne.personne_id), "")
    if ligne.nir_empreinte is None or not numero:
        return
    empreinte = bytes(ligne.nir_empreinte)
    if not SecretNir.objects.filter(personne=ligne.personne_id, nir_empreinte=empreinte).exists():
        construction.construire_secret(ligne, numero).save(force_insert=True)
    if not ouvre_place or PlaceOuverte.objects.filter(demande=acte.demande, nir_empreinte=empreinte).exists():
        return
    try:
        with transaction.atomic():
            PlaceOuverte(territoire=ligne.territoire, nir_empreinte=empreinte, demande=acte.demande).save()
    except IntegrityError:
        raise DejaOuverte(champ="demandeur.identite.nir") from None


def _journaliser(
    acte: _Acte,
    *,
    version_id: uuid.UUID,
    changements: Sequence[Changement],
    proposees: Sequence[tuple[Identite, Identite]],
) -> None:
    commun: dict[str, Any] = {
        "acteur": acte.acteur,
        "survenu_le": acte.survenu_le,
        "territoire": acte.demande.territoire,
        "demande_id": acte.demande.id,
        "revision": acte.demande.revision,
    }
    entrees = [
        Entree(
            verbe=Verbe.MODIFIER,
            faits={
                "version": str(version_id),
                "numero": acte.demande.nud,
                "champs": [c.chemin for c in changements],
            },
            valeurs=valeurs_de(changements),
            **commun,
        )
    ]
    for en_vigueur, proposee in proposees:
        faits = {
            "identite": str(proposee.id),
            "personne": str(proposee.personne_id),
            "retrait": proposee.retrait,
        }
        entrees.append(
            Entree(
                verbe=Verbe.PROPOSER_IDENTITE, faits=faits, valeurs=_traits(en_vigueur, proposee), **commun
            )
        )
    journal.inscrire_en_lot(entrees)


def valeurs_de(changements: Sequence[Changement]) -> tuple[Valeur, ...]:
    """Before and after of each change, erasable. Health is told by its path alone, never by its value."""
    valeurs = []
    for c in changements:
        if c.chemin.startswith(CHEMINS_DE_SANTE):
            continue
        valeurs.append(Valeur(c.chemin, Cote.AVANT, construction.texte(c.avant)))
        valeurs.append(Valeur(c.chemin, Cote.APRES, construction.texte(c.apres)))
    return tuple(valeurs)


def _traits(avant: Identite, apres: Identite) -> tuple[Valeur, ...]:
    valeurs = []
    for trait in (*construction.TRAITS_JOURNALISES, "nir_etat"):
        un, autre = str(getattr(avant, trait)), str(getattr(apres, trait))
        if un != autre:
            valeurs += [Valeur(trait, Cote.AVANT, un), Valeur(trait, Cote.APRES, autre)]
    if avant.nir_empreinte != apres.nir_empreinte and avant.nir_etat == apres.nir_etat:
        valeurs.append(Valeur("nir", Cote.APRES, "autre numéro"))
    return tuple(valeurs)
