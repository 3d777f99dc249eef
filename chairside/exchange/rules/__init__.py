"""Reading a list of patients as a practice exports it. Pure: no database, no clock, no framework.

`analyse` looks at a file and says what an import would do; `read` gives the same rows again, one at a time, for the import.
"""

from chairside.exchange.rules.analysis import Analysis, analyse, dry_run
from chairside.exchange.rules.encoding import ENCODINGS, MAX_BYTES
from chairside.exchange.rules.problems import Problem, explain, refuses
from chairside.exchange.rules.reading import Corrections, Reading, Setting
from chairside.exchange.rules.refused import refused_csv
from chairside.exchange.rules.rows import Incoming, Outcome, read
from chairside.exchange.rules.separator import SEPARATORS
from chairside.exchange.rules.shown import as_json, listed, said, summed
from chairside.exchange.rules.survey import Column, Survey, survey
from chairside.exchange.rules.tally import Counts, DryRun, Present, Tally, Totals
from chairside.exchange.rules.targets import IGNORE, LABELS, REQUIRED, TARGETS

__all__ = [
    "ENCODINGS", "IGNORE", "LABELS", "MAX_BYTES", "REQUIRED", "SEPARATORS", "TARGETS", "Analysis", "Column", "Corrections",
    "Counts", "DryRun", "Incoming", "Outcome", "Present", "Problem", "Reading", "Setting", "Survey", "Tally", "Totals", "analyse",
    "as_json", "dry_run", "explain", "listed", "read", "refused_csv", "refuses", "said", "summed", "survey",
]  # fmt: skip
