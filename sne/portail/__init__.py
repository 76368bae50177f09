"""Public site: the pages that anyone may open without an account."""
