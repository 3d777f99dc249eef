"""Files that are plainly something else, told by how they begin."""

_BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"Rar!\x1a\x07", "a compressed file"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x00\x01\x00\x00Standard ACE DB", "an Access database"),
    (b"\x00\x01\x00\x00Standard Jet DB", "an Access database"),
    (b"{\\rtf", "a text document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)
_MARKUP = ((b"<!doctype", "a web page"), (b"<html", "a web page"), (b"<table", "a web page"), (b"<?xml", "an XML file"))


def looks_like(head: bytes) -> str | None:
    """What a file beginning with `head` (a few kilobytes) is, when it is not text in columns."""
    for beginning, name in _BEGINNINGS:
        if head.startswith(beginning):
            return name
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(head)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginning, name in _MARKUP:
        if text.startswith(beginning):
            return name
    return "a JSON file" if _is_json(text) else None


def _zip(head: bytes) -> str:
    if b"[Content_Types].xml" in head or b"xl/" in head:
        return "an Excel workbook"
    if b"opendocument.spreadsheet" in head:
        return "a LibreOffice spreadsheet"
    return "a zip archive"


def _is_json(text: bytes) -> bool:
    if text[:1] not in (b"{", b"["):
        return False
    return text[1:].lstrip()[:1] in (b'"', b"{", b"[", b"}", b"]")
