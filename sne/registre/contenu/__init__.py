"""What a demande says: the tree, its controls, who may write which field. Pure: it knows no table."""
