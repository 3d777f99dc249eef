"""Why a whole file, or a correction to how it is read, is turned away. Row by row refusals are in `problems.py`."""

from chairside.kernel.refusals import Invalid, TooLarge


class FileEmpty(Invalid):
    """The file is empty."""


class FileTooLarge(TooLarge):
    """The file is larger than {limit_mb} MB. Split it into smaller files."""


class NotACsv(Invalid):
    """This looks like {looks_like}, not a CSV file. Open it in the program that made it and save it as CSV."""


class NoColumnsFound(Invalid):
    """This does not look like a CSV file: its first row has no comma, semicolon, tab or bar between column names."""


class NoHeader(Invalid):
    """The first row holds values ("{value}"), not names of columns. Add a first row that names the columns."""


class NoRows(Invalid):
    """The file has a row of column names and nothing below it."""


class TooManyColumns(Invalid):
    """The first row has {found} columns; at most {limit} can be read."""


class ColumnNamedTwice(Invalid):
    """Columns {first} and {second} are both named "{name}". Rename one of them."""


class WidthChanges(Invalid):
    """Row {row} (line {line}) has {found} columns where the first row has {expected}."""


class NulByte(Invalid):
    """Row {row} (line {line}) contains a NUL byte: the file is damaged, or is not text."""


class CellTooLong(Invalid):
    """Row {row} (line {line}) has a cell of more than {limit} characters. A quote may be missing."""


class LineTooLong(Invalid):
    """Line {line} is longer than {limit} characters: this is not a list of patients."""


class QuoteNeverClosed(Invalid):
    """Row {row} (line {line}) opens a quote that is never closed."""


class WrongEncoding(Invalid):
    """Line {line} cannot be read as {encoding}. Choose another encoding, or save the file as CSV UTF-8."""


class UnknownEncoding(Invalid):
    """{encoding} is not an encoding that can be read."""


class UnknownSeparator(Invalid):
    """A separator is a comma, a semicolon, a tab or a bar."""


class UnknownColumn(Invalid):
    """The file has no column named "{column}"."""


class UnknownTarget(Invalid):
    """A column cannot be read as "{target}"."""


class TargetTwice(Invalid):
    """Columns "{first}" and "{second}" are both read as {target}. Choose one."""


class UnknownDateOrder(Invalid):
    """Dates are read as dmy, mdy or ymd."""


class UnknownDecimalMark(Invalid):
    """A decimal mark is a point or a comma."""


class UnknownMeaning(Invalid):
    """The code "{code}" cannot mean "{meaning}"."""
