"""Signing the journal: a checkpoint now and then, a key after another. Private keys are never in the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum

from sne.journal.actions import inscrire
from sne.journal.models import Cle, Jalon, JalonEcarte, Scellement
from sne.journal.rules import Entree
from sne.journal.rules import jalons as regles
from sne.journal.rules.notes import ClePrivee, ClePublique, signer
from sne.journal.selectors.jalons import is_signe
from sne.journal.selectors.preuves import sommet_des_scellements
from sne.journal.verbes import VerbeJournal
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit

VERROU = "SELECT pg_try_advisory_xact_lock(hashtext('journal_jalonner')), clock_timestamp()"


@dataclass(frozen=True, slots=True)
class Cadence:
    """A checkpoint is due after so many seals, or when the last one is so old and something was sealed since."""

    scellements: int
    duree: timedelta


@transaction.atomic
def jalonner(*, acte: Acte, cadence: Cadence | None = None) -> Jalon | None:
    """Sign the journal up to its last seal; ``None`` when nothing is due, or another process is signing.

    Without ``cadence``, anything new is due. Its instant is that of the database. Raises ``Interdit`` without key.
    """
    instant = _seul()
    dernier, sceau = _derniere_ligne(), Scellement.objects.order_by("-numero").first()
    if instant is None or sceau is None or not _is_du(dernier, sceau, instant, cadence):
        return None
    cle, privee = _cle_de_signature(instant, acte=acte)
    with connection.cursor() as curseur:
        curseur.execute("SELECT journal_tuiler()")
    depuis = dernier.scellement if dernier else 0
    nouvelles = Scellement.objects.filter(numero__gt=depuis, numero__lte=sceau.numero)
    jalon = regles.Jalon(
        nom=privee.nom,
        numero=(dernier.numero if dernier else 0) + 1,
        scellement=sceau.numero,
        racine=sommet_des_scellements()(0, sceau.numero),
        ere=sceau.ere,
        entrees=(dernier.entrees if dernier else 0) + nouvelles.aggregate(n=Sum("nombre"))["n"],
        chaine=bytes(sceau.empreinte),
        instant=instant,
    )
    return Jalon.objects.create(
        numero=jalon.numero,
        scellement=jalon.scellement,
        entrees=jalon.entrees,
        cle=cle,
        note=signer(jalon.texte(), privee),
        pose_le=instant,
    )


@transaction.atomic
def tourner_cle(*, acte: Acte) -> Cle:
    """Put the newest key of ``SNE_CLES_JOURNAL`` in force, signed by the one before. Raises ``Interdit``."""
    instant = _seul()
    if instant is None:
        raise Interdit("Un jalon est en train d’être posé. Recommencez dans un instant.")
    derniere = Cle.objects.order_by("-numero").first()
    numero = max(settings.CLES_JOURNAL, default=0)
    if derniere is None:
        return _declarer(numero, None, acte=acte, instant=instant)
    if numero <= derniere.numero:
        raise Interdit(
            f"La clé n° {derniere.numero} est déjà en service. Ajoutez à SNE_CLES_JOURNAL une clé de numéro plus élevé."
        )
    return _declarer(numero, derniere, acte=acte, instant=instant)


def cle_privee_de(cle: Cle) -> ClePrivee:
    """The private half of this key, from the configuration. Raises ``Interdit`` when it is not there."""
    publique = ClePublique.lire(cle.publique)
    graine = settings.CLES_JOURNAL.get(cle.numero)
    privee = ClePrivee(publique.nom, graine) if graine else None
    if privee is None or privee.publique != publique:
        raise Interdit(
            f"La clé n° {cle.numero}, qui signe le journal, n’est pas dans SNE_CLES_JOURNAL. Remettez-la : sans elle, "
            "ni jalon ni clé suivante."
        )
    return privee


@transaction.atomic
def ecarter_jalon(numero: int, *, motif: str, acte: Acte) -> Jalon:
    """Stop counting a false checkpoint. Runs as the owner of the tables; the row stays, and the journal says so.

    Raises ``Interdit`` when there is none of that number, it is set aside already, the key in force signed it, or
    ``motif`` does not say why.
    """
    motif = regles.lire_motif(motif)
    jalon = Jalon.objects.select_related("ecarte").filter(numero=numero).first()
    if jalon is None or hasattr(jalon, "ecarte"):
        raise Interdit(f"Le jalon n° {numero} n’existe pas, ou est déjà écarté.")
    if is_signe(jalon):
        raise Interdit(f"Le jalon n° {numero} est signé par la clé en service : il atteste le journal.")
    JalonEcarte.objects.create(jalon=jalon, motif=motif, ecarte_le=acte.survenu_le)
    faits = {"jalon": numero, "motif": motif}
    inscrire(Entree(verbe=VerbeJournal.ECARTER_JALON, acte=acte, faits=faits))
    return jalon


def _derniere_ligne() -> Jalon | None:
    """What the next checkpoint follows: the last row, be it a false one."""
    return Jalon.objects.order_by("-numero").first()


def _seul() -> datetime | None:
    """The instant of the database when nobody else signs meanwhile."""
    with connection.cursor() as curseur:
        curseur.execute(VERROU)
        seul, instant = curseur.fetchone()
    return instant if seul else None


def _is_du(dernier: Jalon | None, sceau: Scellement, instant: datetime, cadence: Cadence | None) -> bool:
    if dernier is None or cadence is None:
        return dernier is None or sceau.numero > dernier.scellement
    nouveaux = sceau.numero - dernier.scellement
    return nouveaux >= cadence.scellements or (nouveaux > 0 and instant - dernier.pose_le >= cadence.duree)


def _cle_de_signature(instant: datetime, *, acte: Acte) -> tuple[Cle, ClePrivee]:
    cle = Cle.objects.order_by("-numero").first()
    if cle is None:
        numero = max(settings.CLES_JOURNAL, default=0)
        cle = _declarer(numero, None, acte=acte, instant=instant)
    return cle, cle_privee_de(cle)


def _declarer(numero: int, avant: Cle | None, *, acte: Acte, instant: datetime) -> Cle:
    """A key in force, told to the journal; the first one has only itself to sign it, and is the trust of all."""
    graine = settings.CLES_JOURNAL.get(numero)
    if graine is None:
        raise Interdit("Aucune clé ne signe le journal. Donnez-en une : SNE_CLES_JOURNAL=1:(64 signes).")
    signataires = (cle_privee_de(avant),) if avant else ()
    nom = signataires[0].nom if signataires else f"{urlsplit(settings.URL_PUBLIQUE).netloc}/journal"
    privee, dernier = ClePrivee(nom, graine), _derniere_ligne()
    entree = regles.EntreeEnVigueur(numero, privee.publique, dernier.numero if dernier else 0, instant)
    cle = Cle.objects.create(
        numero=numero,
        publique=str(privee.publique),
        apres_le_jalon=entree.apres_le_jalon,
        note=signer(entree.texte(), *signataires, privee),
        declaree_le=instant,
    )
    inscrire(
        Entree(
            verbe=VerbeJournal.DECLARER_CLE,
            acte=acte,
            faits={"cle": numero, "publique": cle.publique},
        )
    )
    return cle
