"""Screens of what professionals read and write beside the demandes: the site, its search, its writing. No table."""
