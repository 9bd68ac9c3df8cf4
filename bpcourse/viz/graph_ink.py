"""How the cards and edges of a graph are drawn. Lengths are in units of the font size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, PathPatch, Polygon
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from .graph_cards import Card
from .graph_layout import layout
from .style import BACKWARD, BLACK, FORWARD, GREY

WIDTH = 9.2 * 72  # points, the most that a notebook's page shows at full size
FONT = (7.0, 10.0)  # points: as large as the width allows, within these
ROOMY = 8.0  # gates stand before their cards if the font can be this large, else on top
LINE, PAD, POINT, DISC, HEAD = 1.3, 0.3, 0.75, 1.75, 1.8
EDGE, ROW, KEY = 0.8, 2.6, 13.0  # a panel's margin, the height of a title or of the key, the key's width
HEADS = 0.2  # how much of an edge is left to its arrow head, less than its straight end
TINT = {FORWARD: ("#e3f0f9", "#00456e"), BACKWARD: ("#fdeadd", "#8a3c00")}  # a box's filling and its text


@cache
def wide(text: str) -> float:
    """The width of a text."""
    width, _, _ = text_to_path.get_text_width_height_descent(text, FontProperties(size=10), False)
    return width / 10


@dataclass(frozen=True)
class Shape:
    """The measures of a card: its gate, the row of its name, and its two boxes."""

    disc: float
    head: float
    body: float
    value: float
    gradient: float
    beside: bool

    @classmethod
    def of(cls, card: Card, beside: bool) -> Shape:
        """Measure a card whose gate stands beside its value, or else on top of it."""
        disc = (wide(card.op) + 0.9 if wide(card.op) > 1.2 else DISC) if card.op else 0.0
        on_top = 0.0 if beside else disc
        lines = len(card.value), 0 if card.gradient is None else max(len(card.gradient), 1)
        heights = [many * LINE + 2 * PAD if many else 0.0 for many in lines]
        text = max(wide(line) for line in (*card.value, *(card.gradient or ())))
        body = max(text + POINT + 0.9, on_top + 1.15 * wide(card.label) + 0.3, 3.2)
        return cls(disc, HEAD if card.label or on_top else 0.0, body, *heights, beside)

    @property
    def left(self) -> float:
        """Where the boxes begin: behind the gate, if it stands beside them."""
        return self.disc if self.beside else 0.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the card."""
        return self.left + self.body, self.head + self.value + self.gradient

    @property
    def anchor(self) -> float:
        """How far below its top edges meet the card: in the middle of its value."""
        return self.head + self.value / 2


class Plan:
    """Cards, their measures, and where everything stands, for so many panels."""

    def __init__(self, cards: Sequence[Card], parents: Sequence[Sequence[int]], panels: int = 1):
        self.cards, self.panels = cards, panels
        forms = [(across, beside) for across in range(min(panels, 3), 0, -1) for beside in (True, False)]
        for across, beside in forms:  # gates on top make a narrower picture than gates beside their cards
            self.shapes = [Shape.of(card, beside) for card in cards]
            sizes = np.array([shape.size for shape in self.shapes])
            self.places = layout(parents, sizes, np.array([shape.anchor for shape in self.shapes]))
            self.width = self.places.width + 2 * EDGE
            if across * self.width * (ROOMY if across == 1 else FONT[0]) <= WIDTH:
                break
        self.across = -(-panels // -(-panels // across))  # as few columns as fill the same rows

    def paper(self, titles: Sequence[str]) -> list[Sheet]:
        """A figure with a panel for each title, and at its top a key of the two kinds of boxes."""
        wide_ = max(self.width, *(1.1 * wide(title) + 2 * EDGE for title in titles))
        tall = self.places.height + 2 * EDGE + (ROW if any(titles) else 0)
        total = np.array([max(self.across * wide_, KEY), -(-self.panels // self.across) * tall + ROW])
        font = float(np.clip(WIDTH / total[0], *FONT))
        fig = plt.figure(figsize=total * font / 72, layout="none")
        ax = fig.add_axes((0, 0, 1, 1), xlim=(0, total[0]), ylim=(total[1], 0))
        ax.axis("off")
        places = [divmod(k, self.across) for k in range(self.panels)]
        corners = [(column * wide_ + EDGE, row * tall + ROW + EDGE) for row, column in places]
        sheets = [Sheet(ax, self, font, *both) for both in zip(corners, titles, strict=True)]
        sheets[0].key()
        return sheets


class Sheet:
    """One picture of a plan, with its top left corner at some place of the axes."""

    def __init__(self, ax: Axes, plan: Plan, font: float, corner: Sequence[float], title: str):
        self.ax, self.plan, self.font = ax, plan, font
        self.corner = np.array(corner)
        if title:
            self._text((self.corner[0], self.corner[1] + ROW / 2), title, size=1.1, ha="left")
            self.corner[1] += ROW

    def edges(self, handed: Sequence[int] = ()) -> None:
        """All edges; those into a node that has just handed on its gradient are dashed, and run back."""
        for _, child, points in self.plan.places.routes:
            back = child in handed
            points = (points[::-1] if back else points) + self.corner
            colour, lw = (BACKWARD, 0.2 * self.font) if back else (FORWARD, 0.11 * self.font)
            dashes = (0, (2.5, 1.2)) if back else "-"
            end = points[-1].copy()
            points[-1, 0] -= HEADS * np.sign(end[0] - points[-2, 0])
            self.ax.add_patch(PathPatch(_path(points), fc="none", ec=colour, lw=lw, ls=dashes))
            head = {"arrowstyle": "-|>", "mutation_scale": 0.9 * self.font, "shrinkA": 0, "shrinkB": 0}
            self.ax.add_patch(FancyArrowPatch(points[-1], end, color=colour, lw=lw, **head))

    def card(self, k: int, gradient: Sequence[str] | None, waits: str = "", marked: bool = False) -> None:
        """One node with this gradient; empty, it is an outline, with what it waits for inside."""
        card, shape = self.plan.cards[k], self.plan.shapes[k]
        x, y = self.plan.places.boxes[k, :2] + self.corner
        gate = (x + shape.disc / 2, y + (shape.anchor if shape.beside else DISC / 2))
        name = (x + shape.left + (0 if shape.beside else shape.disc + 0.3), y + HEAD / 2 - 0.1)
        if card.op:
            self._gate(gate, shape.disc, card.op)
        self._text(name, card.label, ha="left", weight="bold")
        below = shape.head + shape.value
        self._box((x + shape.left, y + shape.head), (shape.body, shape.value), FORWARD, card.value)
        if gradient is not None:
            corner, size = (x + shape.left, y + below), (shape.body, shape.gradient)
            self._box(corner, size, BACKWARD, gradient, waits=waits, marked=marked)

    def key(self) -> None:
        """The two kinds of boxes, in the row above all panels."""
        self._box((EDGE, EDGE), (4.6, LINE + 2 * PAD), FORWARD, ["value →"])
        self._box((EDGE + 5.2, EDGE), (6.6, LINE + 2 * PAD), BACKWARD, ["← gradient"])

    def _gate(self, middle: Sequence[float], width: float, op: str) -> None:
        """What a node does, in a circle, or in a bar with round ends if it is a long word."""
        look = {"fc": "white", "ec": BLACK, "lw": 0.11 * self.font, "zorder": 3}
        if width == DISC:
            self.ax.add_patch(Circle(middle, DISC / 2, **look))
        else:
            corner = np.subtract(middle, (width / 2, DISC / 2))
            style = f"round,pad=0,rounding_size={DISC / 2}"
            self.ax.add_patch(FancyBboxPatch(corner, width, DISC, boxstyle=style, **look))
        self._text(middle, op)

    def _box(self, corner, size, colour, lines: Sequence[str], waits: str = "", marked: bool = False) -> None:
        """The box of a value or a gradient."""
        (x, y), (width, height) = np.asarray(corner) + 0.06, np.asarray(size) - 0.12
        fill, ink = TINT[colour] if lines else ("white", GREY)
        look = {"fc": fill, "ec": colour, "lw": 0.11 * self.font * (2.2 if marked else 1), "zorder": 3}
        if colour == FORWARD:
            style = "round,pad=0,rounding_size=0.55"
            self.ax.add_patch(FancyBboxPatch((x, y), width, height, boxstyle=style, **look))
        else:
            tip, right, low = x + POINT, x + width, y + height
            ends = [(x, y + height / 2), (tip, y), (right, y), (right, low), (tip, low)]
            outline = "-" if lines else (0, (2, 1.5))
            self.ax.add_patch(Polygon(ends, ls=outline, joinstyle="round", **look))
            x += POINT / 4  # the middle of what is as wide as the text needs
        words = {"color": ink, "style": "italic" if colour == BACKWARD else "normal"}
        self._lines((x + width / 2, y + height / 2), lines or [waits], **words)

    def _lines(self, middle: Sequence[float], lines: Sequence[str], **look) -> None:
        """A number or a shape, and below it the entries of an array in columns."""
        top = middle[1] - (len(lines) - 1) * LINE / 2
        self._text((middle[0], top), lines[0], **look)
        rows = [line.split("  ") for line in lines[1:]]
        columns = [max(map(wide, column)) + 0.6 for column in zip(*rows, strict=True)]
        ends = middle[0] - 0.3 - sum(columns) / 2 + np.cumsum(columns)
        for k, row in enumerate(rows, 1):
            for end, text in zip(ends, row, strict=True):
                self._text((end, top + k * LINE), text, ha="right", **look)

    def _text(self, place: Sequence[float], text: str, size: float = 1.0, **look) -> None:
        look = {"ha": "center", "va": "center_baseline", "zorder": 4, **look}
        self.ax.text(*place, text, fontsize=size * self.font, parse_math=False, **look)


def _path(points: np.ndarray) -> Path:
    """Straight, then by turns curved and straight."""
    turns = (len(points) - 2) // 4
    return Path(points, [Path.MOVETO, *[Path.LINETO, *[Path.CURVE4] * 3] * turns, Path.LINETO])
