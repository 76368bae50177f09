"""Forms of « doublons »."""
