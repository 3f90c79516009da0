"""The program without a window, for scheduled work: commands, exit codes, one line of outcome. Knows no Qt."""

from ui.commandline.program import run

__all__ = ["run"]
