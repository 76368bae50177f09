"""What a process that serves pages holds: no library that only a computation of the worker needs."""

import subprocess
import sys

CHARGER = """
import sys
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(*sorted({"numpy", "scipy", "duckdb", "ibis", "pyspark"} & sys.modules.keys()))
"""


def test_no_computing_library_is_loaded_with_the_pages() -> None:
    """60 MB and a second more, in each of its processes."""
    fait = subprocess.run([sys.executable, "-c", CHARGER], capture_output=True, text=True, check=True)
    assert fait.stdout.split() == []
