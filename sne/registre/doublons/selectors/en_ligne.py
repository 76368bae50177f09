"""What was sent online and is no demande yet, of persons looked for: found by keyed fingerprints, then compared."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sne.registre.contenu.rules.arbre.references import Adulte as AdulteDeclare
from sne.registre.contenu.rules.arbre.references import adultes
from sne.registre.contenu.rules.identite import cle
from sne.registre.contenu.rules.normalisation import normaliser
from sne.registre.demande.actions.lignes import cles_de_contact
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.rules.dates import a_une_faute
from sne.registre.demande.rules.depot_en_ligne import REFUS
from sne.registre.demande.selectors.depot_en_ligne import cles_cherchees, ouvrir_envoi
from sne.registre.doublons.rules.ressemblance import Adulte, noter
from sne.registre.doublons.selectors.proches import PersonneCherchee, raisons_de
from sne.socle import horloge
from sne.socle.replique import connection

AU_PLUS = 50  # of one birth date or number in one territory; no more are read

EN_ATTENTE = """
SELECT id FROM depot_en_ligne
WHERE territoire = %s AND demande_id IS NULL AND cles && %s::varchar[] AND NOT motif = ANY (%s::varchar[])
ORDER BY envoye_le, id LIMIT %s
"""
"""Written out: each registration asks it, and the ORM would take longer to write it than PostgreSQL to answer."""


@dataclass(frozen=True, slots=True)
class EnAttente:
    """One that waits, and why it is close (sentences in French).

    ``sure``: the same NIR, or the same birth name, first names and birth date.
    """

    depot_id: uuid.UUID
    compte: uuid.UUID
    envoye_le: datetime
    nom: str
    prenoms: str
    date_naissance: date | None
    score: float
    raisons: tuple[str, ...]
    sure: bool

    @property
    def jour(self) -> date:
        """The day of sending: that of the demande to come."""
        return horloge.jour(self.envoye_le)


def list_en_attente(
    personnes: Sequence[PersonneCherchee], *, territoire: str, seuil: float, sauf: uuid.UUID | None = None
) -> tuple[EnAttente, ...]:
    """Those whose score reaches ``seuil``, the closest first: the very score of demandes."""
    nirs = [p.nir_empreinte.hex() for p in personnes if p.nir_empreinte]
    cles = cles_cherchees((p.date_naissance for p in personnes), nirs, territoire=territoire)
    if not cles:
        return ()
    with connection.cursor() as curseur:
        curseur.execute(EN_ATTENTE, [territoire, cles, [*map(str, REFUS)], AU_PLUS])
        ids = {cle for (cle,) in curseur.fetchall()} - {sauf}
    lignes = DepotEnLigne.objects.filter(id__in=ids).order_by("envoye_le", "id") if ids else ()
    compares = [_le_plus_proche(ligne, personnes) for ligne in lignes]
    trouves = [en_attente for en_attente in compares if en_attente.score >= seuil]
    return tuple(sorted(trouves, key=lambda en_attente: -en_attente.score))


def _le_plus_proche(ligne: DepotEnLigne, personnes: Sequence[PersonneCherchee]) -> EnAttente:
    compares = [
        _comparer(ligne, adulte, cherchee, role="COTITULAIRE" if rang else "DEMANDEUR")
        for rang, (_, adulte) in enumerate(adultes(ouvrir_envoi(ligne).contenu))
        for cherchee in personnes
    ]
    return max(compares, key=lambda en_attente: (en_attente.sure, en_attente.score))


def _comparer(
    ligne: DepotEnLigne, adulte: AdulteDeclare, cherchee: PersonneCherchee, *, role: str
) -> EnAttente:
    identite = adulte.identite
    nir = identite.nir.empreinte if identite.nir and identite.nir.empreinte else ""
    sien = Adulte(
        demande="",
        nom=normaliser(identite.nom_naissance or ""),
        usage=normaliser(identite.nom_usage or ""),
        prenoms=normaliser(identite.prenoms or ""),
        naissance=identite.date_naissance,
        nir=nir,
        telephone=cles_de_contact(adulte)["telephone"],
    )
    cherche = Adulte(
        demande="",
        nom=normaliser(cherchee.nom),
        usage=normaliser(cherchee.usage),
        prenoms=normaliser(cherchee.prenoms),
        naissance=cherchee.date_naissance,
        nir=cherchee.nir_empreinte.hex() if cherchee.nir_empreinte else "",
        telephone=cherchee.telephone,
    )
    meme_nir, meme_naissance = bool(nir) and nir == cherche.nir, sien.naissance == cherche.naissance
    memes_noms = cle(sien.nom) == cle(cherche.nom) and cle(sien.prenoms) == cle(cherche.prenoms)
    return EnAttente(
        depot_id=ligne.id,
        compte=ligne.compte,
        envoye_le=ligne.envoye_le,
        nom=identite.nom_naissance or "",
        prenoms=identite.prenoms or "",
        date_naissance=identite.date_naissance,
        score=noter(sien, cherche),
        raisons=raisons_de(
            {
                "meme_nir": meme_nir,
                "meme_naissance": meme_naissance,
                "naissance_voisine": a_une_faute(sien.naissance, cherche.naissance),
                "proximite_nom": noter(_noms(sien), _noms(cherche)) / 2,
                "proximite_prenoms": noter(_prenoms(sien), _prenoms(cherche)) / 1.5,
                "meme_telephone": bool(sien.telephone) and sien.telephone == cherche.telephone,
                "role": role,
            }
        ),
        sure=meme_nir or (role == "DEMANDEUR" and meme_naissance and memes_noms),
    )


def _noms(adulte: Adulte) -> Adulte:
    return Adulte(demande="", nom=adulte.nom, usage=adulte.usage, prenoms="")


def _prenoms(adulte: Adulte) -> Adulte:
    return Adulte(demande="", nom="", usage="", prenoms=adulte.prenoms)
