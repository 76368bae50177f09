"""One search over everything that professionals read: pages, documents, spaces, tickets, decisions.

Who publishes something publishes its entry (:func:`sne.recherche.actions.publier`) in the same transaction, with the
keys that open it (``acces``); who looks has keys, and one operator (``&&``) compares the two everywhere: results,
counts of facets, extracts, suggestions. This module knows nobody that it serves.
"""
