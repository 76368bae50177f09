"""Why a file is refused: one code, one sentence that says the remedy. The reading process gives codes only."""

from collections.abc import Mapping

from sne.documents.rules.refus import DocumentRefuse

DEPOSER = "puis déposez-le de nouveau."
PHRASES: Mapping[str, str] = {
    "VIDE": "Ce fichier est vide. Vérifiez qu’il s’ouvre sur votre poste, " + DEPOSER,
    "TROP_LOURD": "Ce fichier est trop lourd. Enregistrez-le avec une qualité moindre ou en plusieurs fichiers, "
    "puis déposez-les de nouveau.",
    "PROTEGE": "Ce PDF est protégé par un mot de passe. Enregistrez-le sans mot de passe, " + DEPOSER,
    "ABIME": "Ce fichier est abîmé ou incomplet. Ouvrez-le sur votre poste, enregistrez-le de nouveau ou imprimez-le "
    "en PDF, " + DEPOSER,
    "ILLISIBLE": "Ce fichier n’a pas pu être lu sans risque. Imprimez-le en PDF ou photographiez le document, puis "
    "déposez ce nouveau fichier.",
    "TROP_LONG": "Ce fichier est trop long à lire. Déposez-le en plusieurs fichiers, ou photographiez le document.",
    "TROP_COMPLEXE": "Ce PDF est trop complexe pour être lu sans risque. Imprimez-le en PDF ou numérisez le document, "
    "puis déposez ce nouveau fichier.",
    "TROP_DE_PAGES": "Ce PDF compte plus de {pages} pages. Déposez-le en plusieurs fichiers.",
    "SANS_PAGE": "Ce PDF n’a aucune page. Vérifiez qu’il s’ouvre sur votre poste, " + DEPOSER,
    "TROP_DE_PIXELS": "Cette image est trop grande\u00a0: {millions} millions de pixels et {cote} pixels de côté au "
    "plus. Reprenez la photo ou la numérisation avec une définition moindre, " + DEPOSER,
    "DOUBLE_NATURE": "Ce fichier contient autre chose que le document qu’il montre. Photographiez ou numérisez le "
    "document, puis déposez ce nouveau fichier.",
    "FORMULAIRE": "Ce PDF est un formulaire dynamique, vide pour qui ne l’ouvre pas avec son logiciel. Imprimez-le en "
    "PDF, puis déposez ce nouveau fichier.",
    "PORTE_DOCUMENTS": "Ce PDF contient d’autres fichiers. Sortez-en les documents, puis déposez-les un par un.",
    "BUREAUTIQUE": "Ce fichier vient d’un traitement de texte ou d’un tableur. Enregistrez-le en PDF, "
    + DEPOSER,
    "ARCHIVE": "Ce fichier est une archive. Sortez-en les documents, puis déposez-les un par un.",
    "PROGRAMME": "Ce fichier est un programme. Déposez un PDF, une image JPEG, PNG ou HEIC.",
    "PAGE_WEB": "Ce fichier est une page web ou un dessin. Imprimez-le en PDF, puis déposez ce nouveau fichier.",
    "COURRIEL": "Ce fichier est un courriel. Déposez ses pièces jointes une par une, ou imprimez-le en PDF.",
    "IMAGE": "Ce format d’image n’est pas accepté. Enregistrez l’image en JPEG ou en PNG, " + DEPOSER,
    "VIDEO": "Ce fichier est une vidéo ou un son. Photographiez ou numérisez le document.",
    "FORMAT": "Ce fichier n’est ni un PDF ni une image JPEG, PNG ou HEIC. Enregistrez le document en PDF, "
    + DEPOSER,
    "PAGES_DEMANDEES": "Ces pages n’existent pas dans ce document. Rechargez la page, puis choisissez-les de nouveau.",
    "LECTURE_INDISPONIBLE": "Le document n’a pas pu être contrôlé pour l’instant. Réessayez dans quelques minutes.",
}


def refus(code: str, **valeurs: int) -> DocumentRefuse:
    """The refusal of that code; an unknown code, which a subverted process could send, is ``ILLISIBLE``."""
    code = code if code in PHRASES else "ILLISIBLE"
    try:
        phrase = PHRASES[code].format(**valeurs)
    except (KeyError, IndexError):
        code, phrase = "ILLISIBLE", PHRASES["ILLISIBLE"]
    return DocumentRefuse(code, phrase)
