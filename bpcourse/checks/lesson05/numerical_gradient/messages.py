"""What to say to each wrong answer to 05.1, alone and beside another one."""

MESSAGES = {
    "M44": "You ask on one side only, Eq. (5.1): up, and at the point itself. Its error is as large as the nudge, and the case with "
    "eps = 0.3 shows it. Ask on both sides and divide by the whole distance between them, Eq. (5.2).",
    "M44b": "You ask on one side only: at the point itself, and below it. That is Eq. (5.1) to the left, with an error as large as the "
    "nudge. Ask on both sides and divide by the whole distance between them, Eq. (5.2).",
    "M45": "Your nudge is far too small, whatever `eps` says: at 1e-12 the two values of f agree in nearly all of their 16 digits, and what "
    "is left of their difference is rounding. Use the `eps` that is handed in.",
    "M46": "You compute in float32, which holds 7 digits: most of them are gone when two nearly equal values of f are subtracted. "
    "Nudge a float64 copy: `np.array(x, dtype=float)`.",
    "M47": "The float64 cases are right. On whole numbers the nudge is cut off: an array of integers keeps 2 + 0.00001 as 2, and 2 − 0.00001 as 1. "
    "float32 keeps too few digits as well. Nudge a float64 copy: `np.array(x, dtype=float)`.",
    "M48": "Your check changed the model: after your call the caller's x is off by a nudge in every entry, and each slope was measured "
    "at a point that had moved. Save the entry, nudge, ask, and put the saved value back before the next one.",
    "M48b": "The caller's x is as before, but inside, your copy drifts: an entry that was nudged is not put back, so every later slope is "
    "measured at a point that has moved. Put the saved value back before the next entry.",
    "M148": "Every entry is exactly twice the slope: between x + ε and x − ε lies a distance of 2ε, and you divided by ε, Eq. (5.2).",
    "M149": "The slopes are right. But after your call x is not quite what it was: adding ε, taking off 2ε and adding ε leaves the last "
    "digits off by rounding. Save the entry before you nudge it, and put the *saved* value back.",
    "M520": "One number came back, and it is the sum of all slopes. Keep them apart: one slope for each entry, in an array with the shape of x.",
    "M150b": "You nudged all entries at once, of a float64 copy, so one number came back: how f moves when everything moves. Eq. (5.2) asks for one "
    "entry at a time, with all others held, and gives a number for each.",
    "M521": "Yours is ε² times the slope, as from `/ 2 * eps`, which halves and then multiplies by ε. Put brackets below the line: `/ (2 * eps)`.",
    "M522": "You nudge by ε/2 to each side. Eq. (5.2) nudges by ε, and divides by 2ε. Where ε is small nobody can tell; with eps = 0.3 the ε² error shows it.",
    "M523": "You nudge by ε/2 to each side and divide by 2ε, though the two points are only ε apart. Eq. (5.2) nudges by ε, and divides by 2ε.",
    "M538": "Every entry is half the slope: one 2 too many stands below the line. Between x + ε and x − ε lies a distance of 2ε, Eq. (5.2).",
    "M524": "Your g cannot hold all digits of a slope: on whole numbers they are cut off behind the point. `np.zeros_like(x)` takes over the type of x. Make "
    "it with `np.zeros(x.shape)`, or from the float64 copy.",
    "M525": "You nudged a whole row of the matrix at a time, so all entries of a row got the same number; and whole numbers and float32 are not turned into "
    "float64, so that their nudge is lost or blurred. Go through single entries, `for i in np.ndindex(x.shape)`, of a float64 copy.",
    "M526": "You nudged a whole row of the matrix at a time, so all entries of a row got the same number; the caller's x is not quite what it was, off by rounding; and "
    "whole numbers cannot hold a nudge. Go through single entries, `for i in np.ndindex(x.shape)`, of a float64 copy.",
    "M537": "The vectors are right. On a matrix f is handed one long row of numbers, and it may need the shape: `X @ W` would stop there. Give f an array with the "
    "shape of x, one entry of which is nudged.",
    "M539": "The first slope is right, the others are 0, as when `return` stands inside the loop. Indent it as far as `for`.",
    "M540": "Your first slope is right; from the second on, the nudges add up: the entries before are still nudged, up in one value of f and down in the other. "
    "Set the nudge back to 0 before the next entry.",
    "M150": "You nudged all entries at once, so one number came back: how f moves when everything moves. Eq. (5.2) asks for one entry at a "
    "time, with all others held, and gives a number for each.",
    "M151": "Your nudge is 1e-5 whatever `eps` says. It is a good choice, but here the caller chooses: with eps = 0.3 the answer has "
    "to show the ε² error of Eq. (5.2).",
    "M270": "The vectors are right. In a matrix you nudged a whole row at a time, so all entries of a row got the same number. "
    "Go through single entries, whatever the shape: `for i in np.ndindex(x.shape)`.",
    "M270b": "The vectors are right. In a matrix `x[i]` is a whole row: all entries of a row got the same number. And `saved = x[i]` is then no copy "
    "but a view of the row, which moves when x does. Go through single entries: `for i in np.ndindex(x.shape)`.",
    "M286b": "Your g is 0 everywhere. If it is `up = x` and `down = x` that you nudge: both are names of one array, and both values of f belong to the same "
    "point. Write `x.copy()` for each, or nudge one array and put the entry back.",
    "M286c": "Your g is 0 everywhere, and the caller's x is off by rounding: nudged up and down again, with f asked twice at one point. Two names, such as `up = x` and "
    "`down = x`, are one array, and `np.asarray` makes no copy of a float64 array either. Write `x.copy()` for each.",
    "M286": "Your g is 0 everywhere, and the caller's x is not what it was: nudged up and down again, with f asked twice at one point. `up = x` makes no copy, it "
    "gives the same array a second name. Write `x.copy()`, or nudge one array and put the entry back.",
}

CAUSES = {  # what is said of a mistake that is made together with another one
    "M44": "you ask on one side only, up and at the point itself, where Eq. (5.2) asks on both sides",
    "M44b": "you ask on one side only, at the point itself and below it, where Eq. (5.2) asks on both sides",
    "M45": "your nudge is 1e-12 whatever `eps` says, and so small that rounding is all that is left",
    "M47": "whole numbers and float32 are not turned into a float64 copy before they are nudged",
    "M48": "after your call the caller's x is not what it was: put the saved value back",
    "M148": "you divide by ε, where the distance between x + ε and x − ε is 2ε",
    "M149": "adding ε, taking off 2ε and adding ε leaves x off by rounding: put the *saved* value back",
    "M151": "your nudge is 1e-5 whatever `eps` says",
    "M520": "you add up all slopes, where an array with one for each entry is asked for",
    "M521": "you divide by 2 and multiply by ε, as `/ 2 * eps` does, where `/ (2 * eps)` is meant",
    "M522": "you nudge by ε/2 to each side, where Eq. (5.2) nudges by ε",
    "M523": "you nudge by ε/2 to each side and divide by 2ε, where Eq. (5.2) nudges by ε",
    "M538": "you divide by 4ε, where the distance between x + ε and x − ε is 2ε",
    "M524": "your g takes over the type of x, which cannot hold all digits of a slope: make it with `np.zeros(x.shape)`",
}
