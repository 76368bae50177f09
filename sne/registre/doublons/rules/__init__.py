"""Rules of « doublons »."""
