"""What a reproduction returns: the paper's numbers beside ours, and the band that a test holds."""

from dataclasses import dataclass, field

from numpy.typing import NDArray

READ = "read"  # the sentence or the caption was read
SECONDARY = "secondary"  # somebody else quotes it
WHERE_FROM = {
    READ: "read in the paper's text, or a transcription of it",
    SECONDARY: "from a secondary source",
}


@dataclass(frozen=True)
class Row:
    """One number of a paper, and ours.

    Attributes
    ----------
    quantity : str
    ours : float
    low, high : float
        The band: a test is red when `ours` leaves it.
    paper : float, str or None
        The paper's number, or its words where it gives none; None where the paper says nothing.
    provenance : {"read", "secondary"} or None
        How the paper's number is known.
    """

    quantity: str
    ours: float
    low: float
    high: float
    paper: float | str | None = None
    provenance: str | None = None

    def __post_init__(self):
        if (self.paper is None) != (self.provenance is None) or self.provenance not in (None, *WHERE_FROM):
            raise ValueError(f"paper is {self.paper!r}, provenance {self.provenance!r}; one needs the other")

    @property
    def holds(self) -> bool:
        """Whether our number lies in its band."""
        return self.low <= self.ours <= self.high

    def words(self) -> tuple[str, str, str, str]:
        """The row as text: quantity, paper, ours, band. A star marks what a secondary source says."""
        star = "*" if self.provenance == SECONDARY else ""
        paper = "" if self.paper is None else number(self.paper) + star
        return self.quantity, paper, number(self.ours), f"{number(self.low)} to {number(self.high)}"


@dataclass(frozen=True)
class Reproduction:
    """A published result, run again.

    Attributes
    ----------
    title : str
    lessons : tuple of str
        The lessons that show it: ``("08",)``.
    source : str
        Authors, year, venue, and the page, section or figure.
    conditions : str
        What we ran, in a sentence or two, and where that differs from the paper.
    rows : tuple of Row
    arrays : dict of arrays
        What its figure is drawn from.
    """

    title: str
    lessons: tuple[str, ...]
    source: str
    conditions: str
    rows: tuple[Row, ...]
    arrays: dict[str, NDArray] = field(repr=False)

    def __str__(self) -> str:
        """A table to print: one line a row."""
        table = [("", "paper", "ours", "band"), *(row.words() for row in self.rows)]
        widths = [max(len(line[k]) for line in table) for k in range(4)]
        lines = [self.source]
        for quantity, *numbers in table:
            right = (n.rjust(width) for n, width in zip(numbers, widths[1:], strict=True))
            lines.append("   ".join([quantity.ljust(widths[0]), *right]).rstrip())
        if any(row.provenance == SECONDARY for row in self.rows):
            lines.append(f"* {WHERE_FROM[SECONDARY]}")
        return "\n".join(lines)


def number(value: float | str) -> str:
    """A number as a table has it, with three digits that count; words as they are.

    Examples
    --------
    >>> [number(value) for value in (1425, 136.5, 3607.2, 0.06139, 0.0000069522, "stalls")]
    ['1,425', '136.5', '3,607', '0.0614', '7.0e-06', 'stalls']
    """
    if isinstance(value, str):
        return value
    size = abs(value)
    if size >= 1000:
        return f"{value:,.0f}" if size < 1e6 else f"{value:.1e}"
    if 0 < size < 0.001:
        return f"{value:.1e}"
    return f"{value:.4g}" if size >= 100 else f"{value:.3g}"
