"""Words of « doublons »."""
