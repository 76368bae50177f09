"""Acts of « doublons »."""
