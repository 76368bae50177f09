"""One revision of an open demande: what is asked is controlled, split into what applies and what waits, written, told.

Shared by every act of the household on its own file; an act adds its right, its moment and its verb.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from sne.habilitations.rules import Permission, sans_droit
from sne.journal import actions as journal
from sne.journal.rules import Cote, Entree, Valeur, Verbe
from sne.referentiels.selectors import get_parametres
from sne.registre import policies
from sne.registre.actions import construction
from sne.registre.actions.saisie import Saisie, reconcilier
from sne.registre.models import Demande, Identite, Personne, PlaceOuverte, SecretNir, Version
from sne.registre.rules import contenu as arbre
from sne.registre.rules.anomalie import Anomalie, Niveau
from sne.registre.rules.appariement import appliquer as apparier_au_dossier
from sne.registre.rules.changements import Dossier, Plan, planifier
from sne.registre.rules.completude import manques_pour_enregistrer
from sne.registre.rules.contenu import Changement, Contenu, Partage
from sne.registre.rules.contenu.references import Adulte
from sne.registre.rules.controles import Porte, controler
from sne.registre.rules.courriel import EtatCourriel
from sne.registre.rules.effacement import demande_absente
from sne.registre.rules.gel import exiger_intacts
from sne.registre.rules.identite import Voie, nir_sans_saisie
from sne.registre.rules.refus import DejaOuverte, DepotIncomplet, PersonnePartie
from sne.registre.rules.separation import est_secrete, verifier_secret
from sne.registre.selectors.effacement import get_effacement
from sne.registre.selectors.etat import assembler
from sne.registre.selectors.gels import get_gel
from sne.registre.selectors.identites import ancre, en_attente, list_identites, vers_arbre
from sne.registre.selectors.references import references_du
from sne.registre.selectors.separation import a_quitte, get_foyer_quitte
from sne.socle import horloge
from sne.socle.acteur import Acteur
from sne.socle.erreurs import ConflitDeRevision, require
from sne.socle.identifiants import uuid7


@dataclass(frozen=True, slots=True)
class Projet:
    """A revision ready to be written: the demande is locked, every rule is satisfied, nothing is changed yet."""

    demande: Demande
    acteur: Acteur
    survenu_le: datetime
    nirs: Mapping[str, str]  # normalised, by personne
    plan: Plan
    changements: tuple[Changement, ...]
    meles: tuple[Changement, ...]  # what others changed since the revision read, and stays
    partage: Partage  # the same changes: those told to every reader, and the paths of health

    @property
    def change(self) -> bool:
        """Whether it asks for anything new, at once or for a decision."""
        return bool(self.changements or self.plan.proposees or self.plan.departs)

    @property
    def champs(self) -> tuple[str, ...]:
        """Paths that change at once."""
        return tuple(c.chemin for c in self.changements)

    @property
    def en_attente(self) -> tuple[str, ...]:
        """References of the persons for whom something waits for a decision."""
        return tuple(ref for ref, a in arbre.adultes(self.plan.contenu) if a.personne in self.plan.en_attente)


def lock_demande(demande_id: uuid.UUID, *, acteur: Acteur) -> Demande:
    """The demande, locked until the end of the transaction. Raises ``Introuvable`` outside the perimeter.

    Its version is read by a later statement: joined to the lock, a row that waited for another writer would be looked
    for beside the version of before, and not be found.
    """
    demande = Demande.objects.select_for_update().filter(policies.scope(acteur), id=demande_id).first()
    if demande is None:
        effacement = get_effacement(acteur, demande_id=demande_id)
        raise demande_absente(effacement, "Aucun dossier dans votre périmètre sous ce numéro.")
    return demande


def preparer(demande: Demande, saisie: Saisie, *, acteur: Acteur, survenu_le: datetime) -> Projet:
    """Split what is asked into what applies and what waits, once rights and blocking rules are satisfied.

    What was typed on an older revision is first put together with what was saved since. Raises ``ConflitDeRevision``
    (the same thing changed on both sides), ``NonHabilite`` (a field this role may not write), ``DepotIncomplet``,
    ``ControleEnCours``, ``DossierFige`` (the file is frozen, and this is what a freeze keeps still).
    """
    lignes = list_identites(demande.id)
    avant = assembler(demande.version_courante, identites={ligne.id: ligne for ligne in lignes})
    base = avant if saisie.revision == demande.revision else _base(demande, saisie.revision)
    if not policies.can_lire_sante(acteur, demande):
        require(not arbre.porte_sante(saisie.contenu), sans_droit(Permission.SANTE_ECRIRE))
        saisie = replace(saisie, contenu=arbre.avec_sante_de(saisie.contenu, base))
    if base is not avant:
        le = horloge.jour(survenu_le)
        saisie = _reunir(saisie, base=base, avant=avant, revision=demande.revision, le=le)
    voulu, saisis = _rattacher(avant, saisie.contenu, saisie.nirs)
    _exiger_sante(demande, acteur, avant=avant, voulu=voulu)
    exiger_intacts(get_gel(demande.id), arbre.difference(avant, voulu))
    plan = planifier(_dossier(avant, lignes), voulu, nirs=saisis)
    projet = Projet(
        demande,
        acteur,
        survenu_le,
        saisis,
        plan,
        changements=arbre.difference(avant, plan.contenu),
        meles=arbre.difference(base, avant),
        partage=arbre.partager(avant, plan.contenu),
    )
    _controler(projet, avant=avant, voulu=voulu)
    return projet


def _base(demande: Demande, revision: int) -> Contenu:
    """The content that the entry started from. Raises ``ConflitDeRevision`` for a revision that never was."""
    version = Version.objects.filter(demande=demande, numero=revision).first()
    if version is None:
        raise ConflitDeRevision(
            "La version du dossier que vous modifiez n’est pas connue. Rouvrez le dossier, puis recommencez."
        )
    return assembler(version)


def _reunir(saisie: Saisie, *, base: Contenu, avant: Contenu, revision: int, le: date) -> Saisie:
    """The entry with what others changed meanwhile. Raises ``ConflitDeRevision`` where both changed one thing."""
    reunie = reconcilier(saisie, base=base, dossier=avant, revision=revision, le=le)
    if reunie.restent:
        raise ConflitDeRevision(
            "Ce dossier a changé pendant votre saisie. Rien n’est perdu\u00a0: comparez, puis enregistrez."
        )
    return reunie.saisie


def _exiger_sante(demande: Demande, acteur: Acteur, *, avant: Contenu, voulu: Contenu) -> None:
    """Refuse a change of health data by who may not write them. Raises ``NonHabilite``."""
    permis = policies.can_ecrire_sante(acteur, territoire=demande.territoire)
    require(permis or not arbre.partager(avant, voulu).sante, sans_droit(Permission.SANTE_ECRIRE))


def _rattacher(avant: Contenu, voulu: Contenu, nirs: Mapping[str, str]) -> tuple[Contenu, dict[str, str]]:
    """The wanted tree with a row of the register for each adult, and the numbers typed, normalised, by ``personne``.

    The applicant is recognised by role, the co-holders by their id or by what is said of them; who is not of this
    demande gets a new row, whatever id came with it. A form never carries a NIR back: a person whose number was not
    typed keeps the one known, unless the tree says that they hold none.
    """
    connus = {a.personne: a.identite.nir for _, a in arbre.adultes(avant) if a.personne}
    voulu = apparier_au_dossier(voulu, avant)
    nouveaux = {ref: uuid7() for ref, a in arbre.adultes(voulu) if a.personne is None}
    voulu = arbre.avec_personnes(voulu, nouveaux)
    saisis = construction.normaliser_nirs(nirs, voulu)
    traces = construction.traces_nir(saisis)
    gardes = {
        ref: traces.get(ref) or nir_sans_saisie(connus.get(a.personne or ""), a.identite.nir)
        for ref, a in arbre.adultes(voulu)
    }
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


def _controler(projet: Projet, *, avant: Contenu, voulu: Contenu) -> None:
    """Rights field by field on what was *asked*, blocking rules on what is put in force and was not so before."""
    demandes = arbre.difference(avant, voulu)
    refuses = policies.champs_refuses(projet.acteur, demandes, territoire=projet.demande.territoire)
    noms = ", ".join(arbre.libelle(chemin) for chemin in refuses)
    require(not refuses, f"Votre rôle ne permet pas de modifier : {noms}. Rien n’a été enregistré.")
    jour = horloge.jour(projet.survenu_le)
    quitte = get_foyer_quitte(projet.demande)
    numeros = {
        ref: projet.nirs[str(a.personne)] for ref, a in arbre.adultes(voulu) if str(a.personne) in projet.nirs
    }

    def bloquantes(contenu: Contenu, saisis: Mapping[str, str]) -> list[Anomalie]:
        trouvees = [
            *manques_pour_enregistrer(contenu),
            *controler(
                contenu,
                aujourd_hui=jour,
                porte=Porte.ECRAN,
                references=references_du(jour, projet.demande.territoire),
                limites=get_parametres(jour),
                nirs=saisis,
            ),
            *_secret(contenu, quitte),
        ]
        return [a for a in trouvees if a.niveau is Niveau.BLOQUANT]

    anciennes = {(a.code, a.chemin) for a in bloquantes(avant, {})}
    nouvelles = [a for a in bloquantes(projet.plan.contenu, numeros) if (a.code, a.chemin) not in anciennes]
    nouvelles += [
        a for a in bloquantes(voulu, numeros) if a not in nouvelles and (a.code, a.chemin) not in anciennes
    ]
    if nouvelles:
        raise DepotIncomplet(nouvelles)


def _secret(contenu: Contenu, quitte: tuple[Contenu, bool] | None) -> Iterator[Anomalie]:
    """What would tell the household that was left, when the address of this demande is secret."""
    if quitte is not None and est_secrete(contenu, dite=quitte[1]):
        yield from verifier_secret(contenu, quitte[0])


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
    demande.revision += 1
    colonnes = {**construction.colonnes_projetees(projet.plan.contenu), **(dates or {})}
    for colonne, valeur in colonnes.items():
        setattr(demande, colonne, valeur)
    personnes = _ecrire_personnes(projet)
    proposees = _ecrire_propositions(projet, personnes)
    version = construction.construire_version(
        projet.plan.contenu,
        identites=[
            personnes[uuid.UUID(a.personne)].identite_courante for _, a in arbre.adultes(projet.plan.contenu)
        ],
        demande=demande,
        acteur=projet.acteur,
        survenu_le=projet.survenu_le,
    )
    version.id, version.motif, version.document = version_id or version.id, motif, document
    version.pieces = demande.version_courante.pieces
    version.save(force_insert=True)
    demande.version_courante = version
    demande.save(update_fields=["revision", "version_courante", *colonnes])
    faits = {
        "version": str(version.id),
        "numero": demande.nud,
        "champs": [c.chemin for c in projet.partage.ordinaires],
        **(faits or {}),
    }
    _journaliser(projet, verbe=verbe, faits=faits, proposees=proposees)


def _ecrire_personnes(projet: Projet) -> dict[uuid.UUID, Personne]:
    """Persons and identities in force, written; the rows by id."""
    toutes = Personne.objects.filter(demande=projet.demande).select_related("identite_courante")
    rang = max((p.rang for p in toutes), default=0)
    connues = {p.id: p for p in toutes if p.retire_le is None}
    for _, adulte in arbre.adultes(projet.plan.contenu):
        cle = uuid.UUID(adulte.personne)
        if cle in connues:
            _mettre_a_jour(projet, connues[cle], adulte)
        else:
            rang += 1
            connues[cle] = _ajouter_cotitulaire(projet, adulte, rang=rang)
    return connues


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
        acte="ADJONCTION",
        date_depot=horloge.jour(projet.survenu_le),
        acteur=projet.acteur,
        survenu_le=projet.survenu_le,
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
        _garder_nir(projet, ligne, ouvre_place=False)
        paires.append((personnes[uuid.UUID(cle)].identite_courante, ligne))
    for cle in projet.plan.departs:
        en_vigueur = personnes[uuid.UUID(cle)].identite_courante
        ligne = _identite(projet, vers_arbre(en_vigueur), uuid.UUID(cle), voie=Voie.CONTROLE)
        ligne.retrait = True
        ligne.save(force_insert=True)
        paires.append((en_vigueur, ligne))
    return paires


def _identite(projet: Projet, identite: arbre.Identite, personne_id: uuid.UUID, *, voie: Voie) -> Identite:
    return construction.construire_identite(
        identite,
        personne_id=personne_id,
        demande=projet.demande,
        acteur=projet.acteur,
        survenu_le=projet.survenu_le,
        voie=voie,
    )


def _garder_nir(projet: Projet, ligne: Identite, *, ouvre_place: bool) -> None:
    """Keep the number just typed; while the demande is open, hold its place in the territory."""
    numero = projet.nirs.get(str(ligne.personne_id), "")
    if ligne.nir_empreinte is None or not numero:
        return
    empreinte = bytes(ligne.nir_empreinte)
    if not SecretNir.objects.filter(personne=ligne.personne_id, nir_empreinte=empreinte).exists():
        construction.construire_secret(ligne, numero).save(force_insert=True)
    if (
        not ouvre_place
        or PlaceOuverte.objects.filter(demande=projet.demande, nir_empreinte=empreinte).exists()
    ):
        return
    try:
        with transaction.atomic():
            PlaceOuverte(territoire=ligne.territoire, nir_empreinte=empreinte, demande=projet.demande).save()
    except IntegrityError:
        refus = PersonnePartie if a_quitte(projet.demande, empreinte) else DejaOuverte
        raise refus(champ="demandeur.identite.nir") from None


def _journaliser(
    projet: Projet,
    *,
    verbe: Verbe,
    faits: Mapping[str, object],
    proposees: Sequence[tuple[Identite, Identite]],
) -> None:
    commun: dict[str, Any] = {
        "acteur": projet.acteur,
        "survenu_le": projet.survenu_le,
        "territoire": projet.demande.territoire,
        "demande_id": projet.demande.id,
        "revision": projet.demande.revision,
    }
    partage = projet.partage
    entrees = [Entree(verbe=verbe, faits=faits, valeurs=valeurs_de(partage.ordinaires), **commun)]
    if partage.sante:
        entrees.append(Entree(verbe=Verbe.MODIFIER_SANTE, faits={"champs": list(partage.sante)}, **commun))
    for en_vigueur, proposee in proposees:
        attente = {
            "identite": str(proposee.id),
            "personne": str(proposee.personne_id),
            "retrait": proposee.retrait,
        }
        traits = _traits(en_vigueur, proposee)
        entrees.append(Entree(verbe=Verbe.PROPOSER_IDENTITE, faits=attente, valeurs=traits, **commun))
    journal.inscrire_en_lot(entrees)


def valeurs_de(changements: Sequence[Changement]) -> tuple[Valeur, ...]:
    """Before and after of each change, erasable; ``changements`` must be without health.

    Of somebody who left and somebody who came at the same rank, one gives what was before, the other what is after.
    """
    valeurs: dict[tuple[str, Cote], str | None] = {}
    for c in changements:
        for cote, valeur in ((Cote.AVANT, c.avant), (Cote.APRES, c.apres)):
            valeurs[c.chemin, cote] = construction.texte(valeur) or valeurs.get((c.chemin, cote))
    return tuple(Valeur(chemin, cote, valeur) for (chemin, cote), valeur in valeurs.items())


def _traits(avant: Identite, apres: Identite) -> tuple[Valeur, ...]:
    valeurs = []
    for trait in (*construction.TRAITS_JOURNALISES, "nir_etat"):
        un, autre = str(getattr(avant, trait)), str(getattr(apres, trait))
        if un != autre:
            valeurs += [Valeur(trait, Cote.AVANT, un), Valeur(trait, Cote.APRES, autre)]
    if avant.nir_empreinte != apres.nir_empreinte and avant.nir_etat == apres.nir_etat:
        valeurs.append(Valeur("nir", Cote.APRES, "autre numéro"))
    return tuple(valeurs)
