"""What a paper handed to a counter must say: the authorisation that a person signed, a judgment. Pure."""

from datetime import date

from sne.registre.contenu.rules.texte import lire_texte
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

QUI_PROTEGE = "Choisissez l’organisme qui protège la personne, ou tapez le nom de qui la protège."
L_UN_OU_L_AUTRE = "Choisissez un organisme ou tapez un nom, pas les deux."
NOM_MAX = 150


def exiger_jour_du_papier(signe_le: date, fin: date, *, le: date) -> None:
    """Signed by now, and not over yet. Raises ``Interdit`` on the field."""
    if signe_le > le:
        raise Interdit("Ce jour n’est pas encore passé. Relisez-le sur le papier.", champ="signe_le")
    if fin < le:
        raise Interdit(
            "Cette autorisation a déjà pris fin. Faites-en signer une nouvelle à la personne.",
            champ="signe_le",
        )


def exiger_protecteur(nom: str, *, organisme: str) -> str:
    """Who protects, when it is no body of the list: their name, trimmed. Raises ``Interdit`` on the field."""
    if organisme and nom.strip():
        raise Interdit(L_UN_OU_L_AUTRE, champ="protecteur")
    return lire_texte(nom, champ="protecteur", requis=not organisme, dites=QUI_PROTEGE, maximum=NOM_MAX)


def exiger_dates_du_jugement(debut: date, fin: date, *, le: date, au_plus: int) -> None:
    """In force that day, for no longer than a judge may decide (``au_plus``, days).

    Raises ``Interdit`` on the field.
    """
    if debut > le:
        raise Interdit("Cette mesure n’a pas encore commencé. Enregistrez-la ce jour-là.", champ="debut")
    if fin < le:
        raise Interdit("Cette mesure a déjà pris fin. Demandez le jugement en cours.", champ="fin")
    if (fin - debut).days > au_plus:
        raise Interdit(
            f"Une mesure dure {au_plus // 365}{INSECABLE}ans au plus. Relisez les deux dates sur le jugement.",
            champ="fin",
        )
