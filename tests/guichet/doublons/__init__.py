"""Tests of the screens of « doublons »."""
