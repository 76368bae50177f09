"""Screens of the agreements with vendors: for who watches over a territory, and for who opens and settles them."""
