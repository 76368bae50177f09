"""Views of « doublons »."""
