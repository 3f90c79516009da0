"""Our own icons: 24 x 24 strokes, tinted from the palette when drawn. An icon never stands without its word."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from ui.look.palette import LIGHT, Palette

FOLDER = Path(__file__).parent.parent.parent / "resources" / "icons"
_PROPERTY = "drawn_from"


class _Drawn:
    """The palette the icons are tinted from, and those already drawn."""

    palette: Palette = LIGHT
    pixmaps: dict[tuple[str, str, int], QPixmap] = {}


def names() -> tuple[str, ...]:
    """All icons there are."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))


def pixmap(name: str, role: str = "text", size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon in the colour of a palette role; `size` in device-independent pixels, `ratio` of the screen."""
    colour = getattr(_Drawn.palette, role)
    key = (name, colour, round(size * ratio))
    if key not in _Drawn.pixmaps:
        _Drawn.pixmaps[key] = _draw(*key)
    drawn = QPixmap(_Drawn.pixmaps[key])
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, role: str = "text", size: int = 16) -> QIcon:
    """The icon for a list or a table, where it is also drawn selected. Buttons and actions: see `put`."""
    made = _icon(name, role, size)
    ratio = _ratio()
    made.addPixmap(pixmap(name, "selection_text", size, ratio), QIcon.Mode.Selected)
    return made


def put(target: QAction | QAbstractButton, name: str, role: str = "text") -> None:
    """Gives a button or an action its icon and keeps it in the colours of the theme.

    An action is drawn only where it stands in a menu or on a bar: give it `setIcon(icon(...))` there.
    """
    target.setProperty(_PROPERTY, [name, role])
    if isinstance(target, QAbstractButton):
        target.setIcon(_icon(name, role, target.iconSize().width()))


def name_of(target: QAction | QAbstractButton, default: str = "") -> str:
    """The name of the icon that `put` gave."""
    given = target.property(_PROPERTY)
    return str(given[0]) if isinstance(given, list) else default


def dress(palette: Palette) -> None:
    """From now on tint from this palette (called by `apply_look`)."""
    _Drawn.palette = palette
    _Drawn.pixmaps.clear()


def refresh() -> None:
    """Tints the icons that stand on the screen again."""
    for widget in QApplication.allWidgets():
        given = widget.property(_PROPERTY)
        if isinstance(given, list) and isinstance(widget, QAbstractButton):
            put(widget, *given)


def _icon(name: str, role: str, size: int) -> QIcon:
    made = QIcon()
    made.addPixmap(pixmap(name, role, size, _ratio()))
    return made


def _ratio() -> float:
    """Of the sharpest screen: an icon may move from one to another."""
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


def _draw(name: str, colour: str, pixels: int) -> QPixmap:
    drawing = (FOLDER / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    result = QPixmap(QSize(pixels, pixels))
    result.fill(QColor(0, 0, 0, 0))
    painter = QPainter(result)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return result
