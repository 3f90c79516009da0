"""Fusion with our own palette: one call dresses the whole program, and another one changes its clothes."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from PySide6 import QtCore
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from models.language import N_
from ui.look import icons
from ui.look.palette import CONTRAST, DARK, LIGHT, Palette
from ui.look.spacing import RADIUS

POINT_SIZES = (9.0, 9.5, 10.0, 10.5, 11.0, 12.0, 13.0, 14.0, 16.0)
"""What Ctrl+plus and Ctrl+minus step through."""
USUAL_POINT_SIZE = 10.5
FONT_FAMILY = "Liberation Sans"
"""The family of the papers too, so that a chart on the screen is the chart on the paper."""
_FONTS = Path(__file__).parent.parent.parent / "resources" / "fonts"


class Theme(StrEnum):
    """What a person may choose; SYSTEM follows the computer."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "system": N_("As the computer"),
            "light": N_("Light"),
            "dark": N_("Dark"),
            "contrast": N_("High contrast"),
        }[self.value]


class _Worn:
    """The palette in use; changed only by `apply_look`."""

    palette: Palette = LIGHT
    has_font = False


IS_FUSION = "isFusion"
"""Property of an application that was just made with the style Fusion; it is believed once."""


def current() -> Palette:
    """The palette in use."""
    return _Worn.palette


def apply_look(app: QApplication, theme: Theme, point_size: float) -> None:
    """Dresses every window, the open ones too. Raises nothing; an unknown point size is taken as it is."""
    if app.property(IS_FUSION):  # asking for the style itself makes its 600 numbers known to Python: 6 ms
        app.setProperty(IS_FUSION, None)
    elif not app.styleSheet() and app.style().name() != "fusion":  # below a sheet the style has no name
        app.setStyle("Fusion")
    palette = _Worn.palette = _chosen(app, theme)
    icons.dress(palette)
    app.setFont(_font(point_size))
    app.setPalette(_qt_palette(palette))
    sheet = _sheet(palette, point_size)
    if app.styleSheet() != sheet:  # all widgets would be polished anew
        app.setStyleSheet(sheet)
    icons.refresh()


def follow_system(app: QApplication, theme: Theme) -> None:
    """Tells title bars and system dialogs what was chosen. Not needed to paint the window, and not quick."""
    schemes = QtCore.Qt.ColorScheme
    chosen = {Theme.SYSTEM: schemes.Unknown, Theme.LIGHT: schemes.Light}.get(theme, schemes.Dark)
    app.styleHints().setColorScheme(chosen)


def wants_contrast(app: QApplication) -> bool:
    """Whether the person asked the computer for high contrast."""
    hints = app.styleHints()  # held: without it, what accessibility() gives is already deleted
    return hints.accessibility().contrastPreference() == QtCore.Qt.ContrastPreference.HighContrast


def set_role(widget: QWidget, role: str) -> None:
    """Gives a widget one of the roles of the sheet, at any time: title, section, muted, card, primary, error ..."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Reads the sheet again after a property it depends on has changed.

    While nothing is on the screen yet it will be read anyway, and asking for the style takes its time (see
    `apply_look`), so at the start that is left out.
    """
    if not any(window.isVisible() for window in QApplication.topLevelWidgets()):
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _chosen(app: QApplication, theme: Theme) -> Palette:
    if theme is not Theme.SYSTEM:
        return {Theme.LIGHT: LIGHT, Theme.DARK: DARK, Theme.CONTRAST: CONTRAST}[theme]
    system = app.style().standardPalette() if app.styleSheet() else app.palette()  # before we dress it, they are one
    window = system.window().color()
    return DARK if window.lightness() < 128 else LIGHT


def _font(point_size: float) -> QFont:
    if not _Worn.has_font:
        _Worn.has_font = True
        for face in ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"):
            QFontDatabase.addApplicationFont(str(_FONTS / face))
    font = QFont(FONT_FAMILY)
    font.setPointSizeF(point_size)
    return font


def _qt_palette(colours: Palette) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in {
        roles.Window: colours.window,
        roles.WindowText: colours.text,
        roles.Base: colours.surface,
        roles.AlternateBase: colours.surface_alternate,
        roles.Text: colours.text,
        roles.PlaceholderText: colours.muted,
        roles.Button: colours.button,
        roles.ButtonText: colours.text,
        roles.BrightText: colours.error,
        roles.ToolTipBase: colours.surface,
        roles.ToolTipText: colours.text,
        roles.Highlight: colours.selection,
        roles.HighlightedText: colours.selection_text,
        roles.Accent: colours.accent,
        roles.Link: colours.link,
        roles.LinkVisited: colours.link,
        roles.Light: colours.surface,
        roles.Midlight: colours.line,
        roles.Mid: colours.border,
        roles.Dark: colours.border,
        roles.Shadow: colours.border,
    }.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    return palette


def _sheet(c: Palette, points: float) -> str:
    """The few lines that Fusion's palette cannot say; sizes of text in points."""
    wide = 3 if c is CONTRAST else 2
    return f"""
QLineEdit, QPlainTextEdit {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: {RADIUS}px;
    padding: 4px 7px; selection-background-color: {c.selection}; selection-color: {c.selection_text}; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border: {wide}px solid {c.accent}; padding: {5 - wide}px {8 - wide}px;
    background: {c.accent_soft}; }}
QLineEdit:read-only, QLineEdit:disabled {{ background: {c.window}; color: {c.text}; }}
QLineEdit[level="error"] {{ border: {wide}px solid {c.error}; padding: {5 - wide}px {8 - wide}px;
    background: {c.error_soft}; }}
QLineEdit[level="warning"] {{ border: {wide}px dashed {c.warning}; padding: {5 - wide}px {8 - wide}px;
    background: {c.warning_soft}; }}
QPushButton {{ background: {c.button}; border: 1px solid {c.border}; border-radius: {RADIUS}px; padding: 5px 12px; }}
QPushButton:hover {{ background: {c.button_hover}; }}
QPushButton:pressed {{ background: {c.button_pressed}; }}
QPushButton:focus {{ border: {wide}px solid {c.accent}; padding: {6 - wide}px {13 - wide}px; }}
QPushButton:disabled {{ color: {c.disabled}; border-color: {c.line}; }}
QPushButton[role="primary"] {{ background: {c.accent}; color: {c.accent_text}; border-color: {c.accent};
    font-weight: 600; }}
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed {{ background: {c.accent_hover}; }}
QPushButton[role="primary"]:focus {{ border: {wide}px solid {c.text}; }}
QPushButton[role="primary"]:disabled {{ background: {c.button}; color: {c.disabled}; border-color: {c.line}; }}
QLabel[role="title"] {{ font-size: {points * 1.35:.1f}pt; font-weight: 600; }}
QLabel[role="section"] {{ color: {c.accent}; font-weight: 600; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="muted"] {{ color: {c.muted}; }}
QLabel[role="figure"] {{ font-size: {points * 2.2:.1f}pt; font-weight: 600; }}
QLabel[role="error"] {{ color: {c.error}; }}
QLabel[role="warning"] {{ color: {c.warning}; }}
QLabel[role="good"] {{ color: {c.good}; }}
QFrame[role="card"] {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: {RADIUS}px; }}
QFrame[role="bar"] {{ background: {c.window}; border: none; }}
QFrame[role="card"] QFrame[role="bar"], QFrame[role="card"] QScrollArea,
QFrame[role="card"] QScrollArea > QWidget > QWidget {{ background: transparent; }}
QFrame[role="bar-error"] {{ background: {c.error_soft}; border: 1px solid {c.error}; border-radius: {RADIUS}px; }}
QFrame[role="bar-warning"] {{ background: {c.warning_soft}; border: 1px solid {c.warning};
    border-radius: {RADIUS}px; }}
QFrame[role="bar-good"] {{ background: {c.good_soft}; border: 1px solid {c.good}; border-radius: {RADIUS}px; }}
QFrame[role="bar-error"] QLabel {{ color: {c.error}; }}
QFrame[role="bar-warning"] QLabel {{ color: {c.warning}; }}
QFrame[role="bar-good"] QLabel {{ color: {c.good}; }}
QFrame[role="rail"] {{ background: {c.rail}; border-right: 1px solid {c.line}; }}
QToolButton[role="place"] {{ background: transparent; border: 2px solid transparent; border-radius: {RADIUS}px;
    padding: 5px 6px; text-align: left; }}
QToolButton[role="place"][low="true"] {{ padding: 1px 2px; }}
QToolButton[role="place"]:hover {{ background: {c.button_hover}; }}
QToolButton[role="place"]:checked {{ background: {c.accent_soft}; border: 2px solid {c.accent_soft};
    border-left: 4px solid {c.accent}; border-radius: 0; color: {c.accent}; font-weight: 600; }}
QToolButton[role="place"]:focus {{ border-color: {c.accent}; }}
QListView[role="choices"] {{ background: {c.surface}; border: 1px solid {c.border}; }}
QListView[role="choices"]::item {{ padding: 3px 6px; }}
QListView[role="choices"]::item:selected {{ background: {c.selection}; color: {c.selection_text}; }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 13px; }}
QScrollBar:horizontal {{ height: 13px; }}
QScrollBar::handle {{ background: {c.border}; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }}
QScrollBar::handle:hover {{ background: {c.accent}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QStatusBar {{ border-top: 1px solid {c.line}; }}
QStatusBar::item {{ border: none; }}
QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.border}; padding: 3px; }}
QTabWidget::pane {{ border: none; }}
QTabBar::tab {{ background: transparent; color: {c.text}; border: none; border-bottom: 3px solid transparent;
    padding: 5px 12px; }}
QTabBar::tab:hover {{ background: {c.button_hover}; }}
QTabBar::tab:selected {{ color: {c.accent}; border-bottom-color: {c.accent}; }}
QTabBar:focus {{ background: {c.accent_soft}; }}
QTableView {{ outline: none; }}
QTableView::item {{ padding: 0px 6px; }}
QHeaderView::section {{ background: {c.rail}; color: {c.text}; border: none; border-right: 1px solid {c.line};
    border-bottom: 1px solid {c.line}; padding: 4px 6px; font-weight: 600; }}
"""
