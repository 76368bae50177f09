"""Reads of « doublons »."""
