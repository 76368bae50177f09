"""Why a file is not accepted, or not opened: a code for machines, a sentence for the person."""

from sne.socle.erreurs import Interdit


class DocumentRefuse(Interdit):
    """This file is not accepted, and nothing of it is kept. ``code`` is stable; ``phrase`` says the remedy."""

    def __init__(self, code: str, phrase: str, *, champ: str = "fichier") -> None:
        super().__init__(phrase, champ=champ)
        self.code = code


class DocumentIndisponible(Interdit):
    """The document exists and cannot be opened now."""

    code = "DOCUMENT_INDISPONIBLE"


class MagasinIndisponible(DocumentIndisponible):
    """The store of documents does not answer, or an object is missing from it."""

    code = "MAGASIN_INDISPONIBLE"


class MagasinMuet(DocumentRefuse):
    """The store did not take the bytes: the document is not kept, and may be sent again."""

    def __init__(self) -> None:
        super().__init__(
            "MAGASIN_INDISPONIBLE",
            "Le document n’a pas pu être enregistré\u00a0: l’espace où sont gardés les documents ne répond pas. "
            "Rien d’autre n’est perdu\u00a0; envoyez-le de nouveau dans quelques minutes.",
        )


class DocumentTropLourd(DocumentRefuse):
    """The file has more bytes than accepted."""

    def __init__(self, octets_max: int) -> None:
        super().__init__(
            "TROP_LOURD",
            f"Ce fichier dépasse {octets_max // 1_000_000}\u00a0Mo. Envoyez-le en plusieurs fichiers, ou numérisez-le "
            "en noir et blanc ou avec une définition plus faible.",
        )


class DocumentVide(DocumentRefuse):
    """The file has no byte."""

    def __init__(self) -> None:
        super().__init__(
            "VIDE", "Ce fichier est vide. Vérifiez qu’il s’ouvre sur votre poste, puis envoyez-le de nouveau."
        )


class DocumentMalveillant(DocumentRefuse):
    """The antivirus found something."""

    def __init__(self) -> None:
        super().__init__(
            "INFECTE",
            "L’antivirus a trouvé un programme malveillant dans ce fichier\u00a0: il n’a pas été gardé. "
            "Demandez-en une autre copie, de préférence sur papier.",
        )
