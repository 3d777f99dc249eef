"""A sealed file opens whole, with its key, or not at all."""

import base64
import io

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from chairside.kernel import sealed
from chairside.kernel.sealed import FRAME, MAGIC, SALT, TAG, Sealing
from chairside.kernel.stop import Stop

KEY = b"a key of more than twenty characters"
HEADER = len(MAGIC) + SALT


def seal(plain: bytes, *, pieces: int = 10_000, key: bytes = KEY) -> bytes:
    file = io.BytesIO()
    sealing = Sealing(file, key)
    for start in range(0, len(plain), pieces):
        sealing.write(plain[start : start + pieces])
    sealing.finish()
    return file.getvalue()


def opened(bytes_: bytes, key: bytes = KEY) -> bytes:
    return b"".join(sealed.opened(io.BytesIO(bytes_), key))


FORMER = "Y2hhaXJzaWRlIGJhY2t1cCAxCthQIyx6MI9rR/jZbVfxtMcz4hPPjmbkj9J94B0iCQzDKHhdlfHbdv4QuVy9pg=="
TEXT = b"patient " * 40_000  # five frames
SEALED = seal(TEXT)


class TestSealed:
    @pytest.mark.parametrize("size", [0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 3 * FRAME + 7])
    def test_opens_as_it_was(self, size):
        assert opened(seal(TEXT[:size])) == TEXT[:size]

    def test_shows_nothing_and_never_the_same_twice(self):
        one, other = seal(TEXT), seal(TEXT)
        assert b"patient" not in one
        assert one[HEADER:] != other[HEADER:]

    def test_opens_what_a_release_before_wrote(self):
        assert opened(base64.b64decode(FORMER), b"an old key of twenty characters") == b"what was kept"

    def test_a_guess_costs_what_the_standard_asks(self):
        """ASVS 5.0, 11.4.4 and appendix C."""
        assert sealed.WORK[MAGIC] >= 2**17
        assert opened(seal(b"x")) == b"x" and seal(b"x").startswith(MAGIC)

    def test_refuses_another_key(self):
        with pytest.raises(Stop, match="this is not its key"):
            opened(seal(TEXT), b"another key of twenty characters")

    def test_refuses_what_is_no_backup(self):
        for other in (b"", b"PGDMP", MAGIC, TEXT):
            with pytest.raises(Stop, match="no backup of Chairside's"):
                opened(other)

    @pytest.mark.parametrize("cut", [1, TAG, TAG + 1, FRAME, FRAME + TAG, len(TEXT)])
    def test_refuses_one_that_was_cut_off(self, cut):
        with pytest.raises(Stop, match=r"damaged or cut off|not its key|no backup"):
            opened(seal(TEXT)[:-cut])

    def test_refuses_one_that_was_cut_off_between_two_frames(self):
        with pytest.raises(Stop, match="damaged or cut off, after"):
            opened(seal(TEXT)[: HEADER + 2 * (FRAME + TAG)])

    def test_refuses_frames_in_another_order_or_twice_or_of_another_file(self):
        whole, other = seal(TEXT), seal(TEXT)
        size = FRAME + TAG
        frames = [whole[start : start + size] for start in range(HEADER, len(whole), size)]
        foreign = other[HEADER + size : HEADER + 2 * size]
        for changed in (
            [frames[0], frames[2], frames[1], *frames[3:]], [frames[0], frames[0], *frames[1:]], [frames[0], foreign, *frames[2:]],
            [*frames, frames[-1]],
        ):  # fmt: skip
            with pytest.raises(Stop):
                opened(whole[:HEADER] + b"".join(changed))

    @for_all(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
    @settings(max_examples=25, deadline=None)
    def test_refuses_any_changed_byte(self, place, by):
        changed = bytearray(SEALED)
        changed[place] ^= by
        with pytest.raises(Stop):
            opened(bytes(changed))


class TestKey:
    def test_refuses_a_short_one_and_one_that_is_not_there(self, tmp_path):
        with pytest.raises(Stop, match="backup key"):
            sealed.read_key(tmp_path / "none")
        (tmp_path / "short").write_text("password\n")
        with pytest.raises(Stop, match="too short"):
            sealed.read_key(tmp_path / "short")
