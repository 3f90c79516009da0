"""How everything looks: palettes, style, icons, spacing."""
