"""One's data in one file (ZIP): to read, and in the forms that another service reads (JSON, CSV). In French."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from sne.attestations.rules.historique import COUPEE
from sne.registre.rattachement.actions.exporter import SesDonnees
from sne.saisie.presentation.histoire import COLONNES, en_lignes
from sne.socle.horloge import aujourd_hui
from sne.socle.tableur import Valeur, en_csv

LISEZ_MOI = """Toutes vos données dans le registre de la demande de logement social, au {jour}.

declare.json                 ce que vous avez déclaré, tel que le registre le garde ; la langue de nos messages,
                             et ceux que vous ne recevez pas
qui-a-vu-ma-demande.csv      qui a lu ou changé votre demande, quand et pourquoi
documents.csv                les documents attendus, et où ils en sont
attestations.csv             vos attestations
ressources-connues.csv       ce que l’administration a dit de vos ressources, mois par mois

Ce qui concerne une autre personne de la demande n’y est pas : elle peut demander sa propre copie.
Une question, une erreur : un guichet vous répond.
"""


Table = tuple[Sequence[str], Iterable[Sequence[Valeur]]]


def composer(donnees: SesDonnees, tables: Mapping[str, Table]) -> bytes:
    """The archive, in memory: the history is bounded, the rest is one file's. ``tables``: headings, rows."""
    demande, historique, sortie = donnees.sienne.demande, donnees.historique, io.BytesIO()
    tout = {
        "demande": {
            "numero": demande.nud,
            "statut": demande.statut,
            "revision": demande.revision,
            "date_depot": demande.date_depot.isoformat(),
            "date_expiration": demande.date_expiration.isoformat(),
        },
        "declare": donnees.declare,
        "messages": donnees.messages,
    }
    fin = COUPEE if historique.coupe else ""
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lisez-moi.txt", LISEZ_MOI.format(jour=f"{aujourd_hui():%d/%m/%Y}"))
        archive.writestr("declare.json", json.dumps(tout, ensure_ascii=False, indent=2))
        lignes = en_csv(COLONNES, en_lignes(historique.lignes), fin=fin)
        archive.writestr("qui-a-vu-ma-demande.csv", b"".join(lignes))
        for nom, (entetes, rangees) in tables.items():
            archive.writestr(nom, b"".join(en_csv(entetes, rangees)))
    return sortie.getvalue()
