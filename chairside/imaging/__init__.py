"""Files and images of patients: brought in parts, checked before anybody sees them, shown as pictures made anew, and kept as they
came; what is drawn over them, and the mounts they stand in."""

from chairside.imaging.actions.files import (
    FileIsWhole,
    ImageTooLarge,
    NotAnImage,
    PartOutOfPlace,
    PartTooLarge,
    begin_file,
    receive_part,
)
from chairside.imaging.actions.images import (
    FileIsAnImage,
    ImageIsNotHeld,
    ImageIsStale,
    ImageIsStruck,
    add_image,
    change_image,
    confirm_image,
    restore_image,
    strike_image,
)
from chairside.imaging.actions.marks import NoSuchMark, draw_mark, remove_mark, restore_mark
from chairside.imaging.actions.mounts import (
    MountIsStale,
    NoSuchMount,
    fill_mount,
    make_mount,
    remove_mount,
    restore_mount,
)
from chairside.imaging.events import FileReceived, ImageAdded, ImagesChanged, MountsChanged
from chairside.imaging.queries.files import FileLinkIsOver, NoSuchFile, Opened, claimed, get_file, open_file
from chairside.imaging.queries.images import NoSuchImage, get_image, list_images, list_marks, list_mounts
from chairside.imaging.rows import Image, ImageMark, ImageMount, StoredFile

__all__ = [
    "FileIsAnImage",
    "FileIsWhole",
    "FileLinkIsOver",
    "FileReceived",
    "Image",
    "ImageAdded",
    "ImageIsNotHeld",
    "ImageIsStale",
    "ImageIsStruck",
    "ImageMark",
    "ImageMount",
    "ImageTooLarge",
    "ImagesChanged",
    "MountIsStale",
    "MountsChanged",
    "NoSuchFile",
    "NoSuchImage",
    "NoSuchMark",
    "NoSuchMount",
    "NotAnImage",
    "Opened",
    "PartOutOfPlace",
    "PartTooLarge",
    "StoredFile",
    "add_image",
    "begin_file",
    "change_image",
    "claimed",
    "confirm_image",
    "draw_mark",
    "fill_mount",
    "get_file",
    "get_image",
    "list_images",
    "list_marks",
    "list_mounts",
    "make_mount",
    "open_file",
    "receive_part",
    "remove_mark",
    "remove_mount",
    "restore_image",
    "restore_mark",
    "restore_mount",
    "strike_image",
]  # fmt: skip
