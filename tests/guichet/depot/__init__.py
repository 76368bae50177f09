"""Tests of the screens of « depot »."""
