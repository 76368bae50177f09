"""What an operation of the reading process raises when it refuses a file: a code, and the numbers of its sentence."""


class Arret(Exception):
    """Refusal, by its code in ``rules.phrases``."""

    def __init__(self, code: str, **valeurs: int) -> None:
        super().__init__(code)
        self.code = code
        self.valeurs = valeurs


class HorsListe(Exception):
    """A page holds something outside the allow-list: it is drawn, instead of rewritten."""
