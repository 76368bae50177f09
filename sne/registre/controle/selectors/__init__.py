"""Reads of « controle »."""
