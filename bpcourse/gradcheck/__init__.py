"""Is this gradient right? Numerical witnesses, relations that explain a wrong one, the gradient doctor."""

from bpcourse.gradcheck.diagnosis import Diagnosis, Finding
from bpcourse.gradcheck.doctor import diagnose
from bpcourse.gradcheck.numeric import (
    central_difference,
    complex_step,
    one_sided_difference,
    relative_error,
)
from bpcourse.gradcheck.relations import relation, relation_of_parts
from bpcourse.gradcheck.report import GradientReport, check_gradient, directional_check

__all__ = [
    "Diagnosis",
    "Finding",
    "GradientReport",
    "central_difference",
    "check_gradient",
    "complex_step",
    "diagnose",
    "directional_check",
    "one_sided_difference",
    "relation",
    "relation_of_parts",
    "relative_error",
]
