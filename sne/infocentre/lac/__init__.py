"""The lake: signed facts in files, their list, the cells that are counted from them."""
