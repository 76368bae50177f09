"""Registering a demande: the only door through which one comes into the register."""

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction

from sne.conventions.rules.reglages import Anteriorite, reglages_tenus
from sne.habilitations.rules import Permission, sans_droit
from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.parametres import ParametresContenu
from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.anomalie import Anomalie, Niveau
from sne.registre.contenu.rules.arbre.champs import libelle, valeurs
from sne.registre.contenu.rules.arbre.racine import Titulaire
from sne.registre.contenu.rules.arbre.sante import porte_sante
from sne.registre.contenu.rules.completude import manques_pour_enregistrer
from sne.registre.contenu.rules.controles import controler
from sne.registre.contenu.rules.controles.contexte import porte_de
from sne.registre.contenu.rules.sejour import PHRASE as PHRASE_SANS_TITRE
from sne.registre.contenu.rules.sejour import dire_titre_perime, titre_manquant
from sne.registre.contenu.selectors.references import references_du
from sne.registre.demande import policies
from sne.registre.demande.actions.ecrire import ecrire
from sne.registre.demande.actions.lignes import OUVERTES, normaliser_nirs, traces_nir
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.dates import Reception, echeances, situer_reception
from sne.registre.demande.rules.depot_en_ligne import REFUS
from sne.registre.demande.rules.refus import PAS_ICI, DejaOuverte, DepotIncomplet, DoublonAJustifier
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.actions.construire import Dates, Depot, PieceVue, construire
from sne.registre.depot.actions.egalite import ajouter_consignes
from sne.registre.depot.actions.reconnaitre import inscrire_reconnu
from sne.registre.depot.parametres import ParametresDepot
from sne.registre.doublons.actions.signaler import Reconnues, Rencontre, inscrire_reconnues, lock_foyer
from sne.registre.doublons.parametres import ParametresDoublons
from sne.registre.doublons.selectors.anciens_ailleurs import reconnaitre_ailleurs, seuils_ailleurs
from sne.registre.doublons.selectors.en_ligne import list_en_attente
from sne.registre.doublons.selectors.proches import adulte_cherche, rapprocher
from sne.registre.enquete.rules.enquete import OrigineEnquete
from sne.registre.modification.actions.brouillons import tenir_tel_que_lu
from sne.registre.modification.policies import champs_remplis_refuses
from sne.registre.pieces.rules.pieces_deposees import anomalies_de_la_vue
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Refus, require

__all__ = ["Depot", "PieceVue", "Recepisse", "deposer_demande"]

DATE_DU_LOGICIEL = "Date de dépôt transmise par le logiciel du guichet."
TROP_ANCIENNE = (
    "Date de réception\u00a0: elle est trop ancienne pour ce logiciel. Saisissez la demande à l’écran."
)


@dataclass(frozen=True, slots=True)
class Recepisse:
    """What the counter hands over: the number, given at once (CCH R441-2-3), and the date that counts.

    ``deja``: it had been given before, the same draft having been handed in again. ``remarques``: what the rules
    remark, where that was wanted.
    """

    demande_id: uuid.UUID
    nud: str
    date_depot: date
    anteriorite_en_attente: bool
    deja: bool = False
    remarques: tuple[Anomalie, ...] = ()


def deposer_demande(depot: Depot, *, acte: Acte) -> Recepisse:
    """Register a household's application and give its unique number (CCH R441-2-1 to R441-2-3).

    ``survenu_le`` is the business instant, aware. The draft ``depot.id`` ends with the registration; handing it in
    again returns the same number.
    Raises ``NonHabilite``, ``DepotIncomplet`` (each field and its remedy), ``DejaOuverte`` (same NIR in an open
    demande of the territory), ``DoublonAJustifier``, ``ConflitDeRevision`` (the draft was saved since it was read).
    """
    require(policies.can_deposer(acte.acteur, territoire=depot.territoire, guichet=depot.guichet), PAS_ICI)
    return une_seule_fois(depot.id, lambda: _enregistrer(depot, acte=acte), acteur=acte.acteur)


def essayer_depot(depot: Depot, *, acte: Acte) -> None:
    """Ask of a registration everything that its act would, and write nothing. Raises what it raises."""
    require(policies.can_deposer(acte.acteur, territoire=depot.territoire, guichet=depot.guichet), PAS_ICI)
    jour = horloge.jour(acte.survenu_le)
    parametres = get_parametres(jour)
    depot = controler_depot(depot, acteur=acte.acteur, jour=jour, parametres=parametres)
    verifier_doublons(depot, parametres=parametres, jour=jour)


def une_seule_fois(depot_id: uuid.UUID, enregistrer: Callable[[], Recepisse], *, acteur: Acteur) -> Recepisse:
    """The receipt of this registration, or the one already given for the same draft. Raises ``DejaOuverte``."""
    try:
        return enregistrer()
    except (Refus, IntegrityError) as exc:
        # Looked up on failure only: a draft is rarely handed in twice.
        deja = _recepisse_existant(depot_id, acteur)
        if deja:
            return deja
        if "place_unique" in str(exc):
            raise DejaOuverte(champ="demandeur.identite.nir") from None
        raise


def _enregistrer(depot: Depot, *, acte: Acte) -> Recepisse:
    jour = horloge.jour(acte.survenu_le)
    parametres = get_parametres(jour)
    depot = controler_depot(depot, acteur=acte.acteur, jour=jour, parametres=parametres)
    with transaction.atomic():
        tenir_tel_que_lu(depot.id, depot.lu, acteur=acte.acteur)
        lock_foyer(depot.territoire, depot.contenu)
        reconnues = verifier_doublons(depot, parametres=parametres, jour=jour)
        envois = lock_envois_du_foyer(depot)
        recus = [horloge.jour(envoi.envoye_le) for envoi in envois]
        dates = dater(depot, jour=jour, parametres=parametres, recus=recus)
        lignes = construire(depot, dates=dates, acte=acte, verbe=VerbeDemande.DEPOSER)
        ajouter_consignes(lignes, depot.consignes, acte=acte)
        nud = ecrire([lignes])[depot.id]
        for envoi in envois:
            inscrire_reconnu(envoi, lignes.demande, acte=acte)
        ouvrir_enquetes_de(depot, reconnues, acte=acte)
    return Recepisse(depot.id, nud, dates.depot, bool(depot.anteriorite_motif), remarques=depot.remarques)


def controler_depot(depot: Depot, *, acteur: Acteur, jour: date, parametres: Parametres) -> Depot:
    """The same deposit with the traces of its NIR in the tree, once every blocking rule is satisfied."""
    reglages = reglages_tenus(acteur)
    if reglages is not None and _situer(depot, jour, parametres) is Reception.A_DECIDER:
        depot = _dater_du_logiciel(depot, reglages.anteriorite)
    dit_la_piece = reglages is None or not reglages.piece_vue
    du_guichet = list(
        _anomalies_du_guichet(depot, jour=jour, parametres=parametres, dit_la_piece=dit_la_piece)
    )
    depot = controler_contenu(depot, acteur=acteur, jour=jour, parametres=parametres, du_guichet=du_guichet)
    a_decider = _situer(depot, jour, parametres) is Reception.A_DECIDER
    return replace(depot, anteriorite_motif=depot.anteriorite_motif.strip() if a_decider else "")


def _dater_du_logiciel(depot: Depot, anteriorite: Anteriorite) -> Depot:
    """An older date is asked for, with a sentence where the message says none, or refused: by the agreement."""
    if anteriorite is Anteriorite.REFUSER:
        raise DepotIncomplet([Anomalie("DATE_RECEPTION", Niveau.BLOQUANT, "date_reception", TROP_ANCIENNE)])
    return replace(depot, anteriorite_motif=depot.anteriorite_motif.strip() or DATE_DU_LOGICIEL)


def controler_contenu(
    depot: Depot, *, acteur: Acteur, jour: date, parametres: Parametres, du_guichet: Iterable[Anomalie] = ()
) -> Depot:
    """What may be asked of the content alone, no matter who saw which document and when it was received.

    ``du_guichet``: what else is wrong, told first. Raises ``DepotIncomplet``, ``NonHabilite``.
    """
    numeros = normaliser_nirs(depot.nirs, depot.contenu)
    contenu = arbre.avec_nirs(depot.contenu, traces_nir(numeros))
    feuilles = valeurs(contenu)
    anomalies = [*du_guichet, *manques_pour_enregistrer(contenu)]
    dites = controler(
        contenu,
        aujourd_hui=jour,
        porte=porte_de(acteur.canal),
        references=references_du(jour, depot.territoire),
        limites=parametres[ParametresContenu],
        nirs=numeros,
        niveaux=tuple(Niveau) if depot.avertir else (Niveau.BLOQUANT,),
        releve=feuilles,
    )
    anomalies += [dite for dite in dites if dite.niveau is Niveau.BLOQUANT]
    if anomalies:
        raise DepotIncomplet(list(dict.fromkeys(anomalies)))
    refuses = champs_remplis_refuses(acteur, feuilles, territoire=depot.territoire, demande=depot.id)
    noms = ", ".join(libelle(chemin) for chemin in refuses)
    require(not refuses, f"Votre rôle ne permet pas de remplir\u00a0: {noms}.")
    peut_la_dire = policies.can_ecrire_sante(acteur, territoire=depot.territoire, demande=depot.id)
    require(peut_la_dire or not porte_sante(contenu), sans_droit(Permission.SANTE_ECRIRE))
    remarques = tuple(dite for dite in dites if dite.niveau is Niveau.AVERTISSEMENT)
    return replace(depot, contenu=contenu, nirs=numeros, remarques=remarques)


def _anomalies_du_guichet(
    depot: Depot, *, jour: date, parametres: Parametres, dit_la_piece: bool
) -> list[Anomalie]:
    """``dit_la_piece``: false where an agreement says that the counter sees one, which no message can name."""
    anomalies = [
        Anomalie(code, Niveau.BLOQUANT, "piece_vue", phrase)
        for code, phrase in _anomalies_de_la_piece(depot, jour=jour, dite=dit_la_piece)
    ]
    reception = _situer(depot, jour, parametres)
    if reception is Reception.FUTURE:
        anomalies.append(
            Anomalie(
                "DATE_RECEPTION",
                Niveau.BLOQUANT,
                "date_reception",
                "Date de réception\u00a0: elle est dans le futur. Donnez la date où la demande vous est parvenue.",
            )
        )
    if reception is Reception.A_DECIDER and not depot.anteriorite_motif.strip():
        anomalies.append(
            Anomalie(
                "DATE_RECEPTION",
                Niveau.BLOQUANT,
                "date_reception",
                f"Date de réception\u00a0: au-delà de {parametres[ParametresDepot].depot_anterieur_max_jours} jours, "
                "c’est le gestionnaire territorial qui décide. Dites en une phrase ce qui prouve cette date.",
            )
        )
    return anomalies


def _anomalies_de_la_piece(depot: Depot, *, jour: date, dite: bool) -> Iterator[tuple[str, str]]:
    """What is wrong with the document seen: a code and a sentence each."""
    contenu, vue = depot.contenu, depot.piece_vue
    if vue is None:
        envoyee = depot.en_ligne is not None and depot.en_ligne.pieces
        if contenu.titulaire is Titulaire.PERSONNE and dite and not envoyee:
            yield (
                "PIECE_VUE",
                "Pièce d’identité\u00a0: dites laquelle vous avez vue et quand. Sa copie n’est pas nécessaire.",
            )
        return
    if titre_manquant(contenu, piece=vue.type, dispense=vue.dispense_titre):
        yield "TITRE_DE_SEJOUR", PHRASE_SANS_TITRE
    for _, phrase in anomalies_de_la_vue(vue.fin, vue.explication, jour=jour):
        yield "PIECE_VUE", phrase
    perime = dire_titre_perime(contenu, piece=vue.type, fin=vue.fin, dispense=vue.dispense_titre, jour=jour)
    if perime and not vue.explication.strip():
        yield "TITRE_PERIME", perime


def dater(depot: Depot, *, jour: date, parametres: Parametres, recus: Collection[date] = ()) -> Dates:
    """The dates of the registration.

    Within the counter's limit the reception date is the deposit date; an older date waits for a GT and the demande is
    dated of today meanwhile, so that no seniority depends on one person's word. ``recus``: days on which the household
    had sent it online, which the service knows by itself (CCH R441-2-3).
    """
    retenue = _situer(depot, jour, parametres) is Reception.RETENUE
    date_depot = min([depot.date_reception if retenue else jour, *recus])
    return Dates(
        depot=date_depot,
        enregistrement=jour,
        expiration=echeances(date_depot, parametres[ParametresDemande]).expiration,
    )


def _situer(depot: Depot, jour: date, parametres: Parametres) -> Reception:
    """What is sent online is received when it is sent: the service wrote that day, nobody asks for it."""
    if depot.en_ligne is not None:
        return Reception.RETENUE
    return situer_reception(
        depot.date_reception,
        aujourd_hui=jour,
        anteriorite_max_jours=parametres[ParametresDepot].depot_anterieur_max_jours,
    )


def lock_envois_du_foyer(depot: Depot) -> list[DepotEnLigne]:
    """What this very household had sent online and nobody has verified, locked: it came to a counter first.

    One that is refused or erased at this very moment waits no more: it dates nothing.
    """
    if depot.en_ligne is not None or depot.contenu.titulaire is not Titulaire.PERSONNE:
        return []
    personnes = [adulte_cherche(adulte) for _, adulte in arbre.adultes(depot.contenu)]
    trouves = list_en_attente(personnes, territoire=depot.territoire, seuil=0, sauf=depot.id)
    surs = [envoi.depot_id for envoi in trouves if envoi.sure]
    attendent = DepotEnLigne.objects.filter(id__in=surs, demande=None).exclude(motif__in=REFUS)
    return list(attendent.select_for_update(of=("self",)).order_by("id")) if surs else []


def verifier_doublons(
    depot: Depot, *, parametres: Parametres, jour: date, quittee: uuid.UUID | None = None
) -> Reconnues:
    """Refuse a household that is already registered; returns the demandes that only a past identity makes close, which
    do not refuse the registration.

    Past identities are looked for in the other territories too. ``quittee``: the demande that this household has just
    left, which is no duplicate. Raises ``DejaOuverte`` or ``DoublonAJustifier``.
    """
    if depot.contenu.titulaire is not Titulaire.PERSONNE:
        return Reconnues()
    personnes = [adulte_cherche(adulte) for _, adulte in arbre.adultes(depot.contenu)]
    trouvees = rapprocher(
        personnes,
        territoire=depot.territoire,
        seuil=float(parametres[ParametresDoublons].seuil_doublon_justification),
        sauf=depot.id,
    )
    proches = tuple(p for p in trouvees.proches if p.demande_id != quittee)
    if any(p.meme_nir and p.statut in OUVERTES for p in proches):
        raise DejaOuverte(champ="demandeur.identite.nir")
    dits = depot.doublons_vus if depot.doublons_ecartes.strip() else frozenset()
    a_dire = [p for p in proches if dits is not None and p.demande_id not in dits]
    if a_dire:
        raise DoublonAJustifier(a_dire)
    ailleurs = reconnaitre_ailleurs(
        personnes,
        territoire=depot.territoire,
        recente=depot.id,
        jour=jour,
        seuils=seuils_ailleurs(parametres),
    )
    return Reconnues(tuple(p for p in trouvees.anciennes if p.demande_id != quittee), ailleurs)


def ouvrir_enquetes_de(depot: Depot, reconnues: Reconnues, *, acte: Acte) -> None:
    """When somebody registers who was on another demande, the counter sees nothing and an enquiry says what was
    recognised. If an earlier registration already opened an enquiry on that demande, and it is still open, it is
    joined.
    """
    rencontre = Rencontre(OrigineEnquete.ANCIENNE_IDENTITE, depot.territoire, depot.id, acte)
    inscrire_reconnues(reconnues, rencontre)


def _recepisse_existant(demande_id: uuid.UUID, acteur: Acteur) -> Recepisse | None:
    """The receipt already given for this draft, to the same author only."""
    demande = Demande.objects.filter(id=demande_id).first()
    if demande is None:
        return None
    premiere = demande.versions.get(numero=1)
    require(premiere.auteur == acteur.id, "Ce brouillon appartient à une autre personne.")
    en_attente = RequeteAnteriorite.objects.filter(demande=demande).exists()
    return Recepisse(demande.id, demande.nud, demande.date_anciennete, en_attente, deja=True)
