"""From cleaned values to the content tree, and back to what would be typed; what is not shown stays.

One module per step of the form. A function ``avec_x`` gives a new tree; ``saisie_x`` is its inverse.
"""
