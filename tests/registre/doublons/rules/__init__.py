"""Tests of « doublons »: rules."""
