"""SQL functions of ours as Django expressions; a leaf module, because migrations import it for ever."""

from django.db.models import Func, TextField


class Normalise(Func):
    """``normaliser(text)``: lower case, no accent, each run of non-letters one space; key of sorts and searches."""

    function = "normaliser"
    output_field = TextField()
