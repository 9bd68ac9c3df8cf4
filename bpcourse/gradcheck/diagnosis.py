"""What the gradient doctor found, argument by argument, in words that are the same on every machine."""

import html
from dataclasses import dataclass

from bpcourse.gradcheck.relations import group_name
from bpcourse.gradcheck.report import number, place_name

NOT_COMPARED = ("raised", "changed", "random", "parts", "value", "skipped")


@dataclass(frozen=True)
class Finding:
    """What was found for one argument.

    Attributes
    ----------
    name : str
        The argument, or "f" or "gradient" where it concerns the function itself.
    ok : bool
    kind : str
        A word for programs. Where ok: "right", "corner", "coarse", "zero slopes", "skipped". Else "sign",
        "factor", "transposed", "shape", "not summed", "wrong axis", "one number", "zero", "no reaction",
        "swapped", "negative inputs", "some entries", "direction", "unsettled", "nan"; and about a call that
        could not be used "raised", "changed", "random", "parts", "value".
    text : str
        The sentence a learner reads.
    relations : tuple of str
        Names of the relations that fit, see `relation`.
    error : float
        Relative error of this argument; nan where it could not be computed.
    index : tuple or None
        The entry that is furthest off.
    got, want : float
        The given and the measured slope there.
    """

    name: str
    ok: bool
    kind: str
    text: str
    relations: tuple[str, ...] = ()
    error: float = float("nan")
    index: tuple | None = None
    got: float = float("nan")
    want: float = float("nan")


@dataclass(frozen=True, repr=False)
class Diagnosis:
    """The findings of `diagnose`.

    Attributes
    ----------
    findings : tuple of Finding
        One for each argument; only those about the functions themselves where these cannot be compared.
    remark : str
        What this comparison could not see, if anything.
    """

    findings: tuple[Finding, ...]
    remark: str = ""

    @property
    def ok(self) -> bool:
        """Whether every argument that was checked has the right gradient."""
        return all(finding.ok for finding in self.findings)

    @property
    def worst(self) -> Finding | None:
        """The wrong finding with the largest relative error; one without a number comes first."""
        wrong = [finding for finding in self.findings if not finding.ok]
        return max(wrong, key=lambda finding: (finding.error != finding.error, finding.error), default=None)

    @property
    def summary(self) -> str:
        """One sentence on all arguments together."""
        wrong, unsure, right = self._names("wrong"), self._names("unsettled"), self._names("right")
        parts = [_only(wrong, wrong + unsure + right)] if wrong else []
        parts += [f"{_listed(unsure)} cannot be judged"] if unsure else []
        parts += [f"{_listed(right)} {_are(right)} right"] if right else []
        parts += [] if self.ok or wrong + unsure else ["the call itself is not"]
        return (
            "; ".join(parts) + "." + self._where_to_look()
            if wrong + unsure + right
            else "Nothing was compared."
        )

    def _names(self, what: str) -> list[str]:
        compared = [f for f in self.findings if f.kind not in NOT_COMPARED]
        return [
            f.name
            for f in compared
            if what == ("right" if f.ok else f.kind if f.kind == "unsettled" else "wrong")
        ]

    def _where_to_look(self) -> str:
        """What the faults have in common, where several arguments are off."""
        wrong = [f for f in self.findings if f.name in self._names("wrong")]
        if len(wrong) < 2 or group_name(self._names("wrong"), [f.name for f in self.findings]).startswith(
            "the "
        ):
            return ""
        if self._names("right"):
            return " Look for a step that the former share and the latter do not need."
        factor = "by the same factor" if set.intersection(*(set(f.relations) for f in wrong)) else "together"
        return f" They are off {factor}: look at the slope that the backward pass computes first."

    @property
    def lines(self) -> list[str]:
        """Mark, names, sentence; arguments of which the same is to be said share a line."""
        names = {}
        for f in self.findings:
            names.setdefault((f.ok, f.text), []).append(f.name)
        return [f"{'✓' if ok else '✗'} {', '.join(who)}: {text}" for (ok, text), who in names.items()]

    def __str__(self) -> str:
        return "\n".join([self.summary, *self.lines, *([self.remark] if self.remark else [])])

    __repr__ = __str__  # a notebook prints this, and is compared letter by letter on other machines

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{html.escape(line)}</li>" for line in self.lines)
        remark = f"<p>{html.escape(self.remark)}</p>" if self.remark else ""
        return f"<p><strong>{html.escape(self.summary)}</strong></p><ul>{items}</ul>{remark}"


def worst_place(index: tuple, got: float, want: float) -> str:
    """The entry that is furthest off, as a sentence."""
    values = f"is {number(got, want)}, measured {number(want, got)}."
    return f"It is furthest off at {place_name(index)}: yours {values}" if index else f"Yours {values}"


def _only(wrong: list[str], names: list[str]) -> str:
    """Who is off; the biases, or the weights, by that name where these are all there is."""
    group = group_name(wrong, names)
    if len(wrong) > 1 and len(wrong) < len(names) and group.startswith("the "):
        return f"Only {group} are off"
    return f"{_listed(wrong)} {_are(wrong)} off"


def _are(names) -> str:
    return "is" if len(names) == 1 else "are"


def _listed(names) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else names[0]
