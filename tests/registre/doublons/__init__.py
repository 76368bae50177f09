"""Tests of « doublons »."""
