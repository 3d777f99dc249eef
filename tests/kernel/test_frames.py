"""A file opens whole, at its place, with its key, or not at all; in constant memory."""

import tracemalloc
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from chairside.kernel import frames
from chairside.kernel.envelope import TAG, DoesNotOpen, Key, Place
from chairside.kernel.frames import FRAME, HEADER

KEY = Key(3, bytes(range(32)))
PLACE = Place(UUID(int=5), "import_chunk", "sealed", "1")
TEXT = b"patient " * 40_000  # five frames
WHOLE = FRAME + TAG


def pieces(content: bytes, size: int = 10_000):
    return (content[start : start + size] for start in range(0, len(content), size))


def seal(plain: bytes) -> bytes:
    return b"".join(frames.seal(KEY, PLACE, pieces(plain)))


def opened(sealed: bytes, key: Key = KEY, place: Place = PLACE, size: int = 10_000) -> bytes:
    return b"".join(frames.open_(key, place, pieces(sealed, size)))


class TestFrames:
    @pytest.mark.parametrize("size", [0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 3 * FRAME + 7])
    @pytest.mark.parametrize("piece", [777, FRAME, 1 << 20])
    def test_open_as_they_were(self, size, piece):
        assert opened(seal(TEXT[:size]), size=piece) == TEXT[:size]

    @settings(max_examples=60, deadline=None)
    @for_all(st.data())
    def test_do_not_open_with_any_bit_changed(self, data):
        sealed = bytearray(seal(TEXT[: FRAME + 50]))
        bit = data.draw(st.integers(0, HEADER.size * 8 - 1) | st.integers(0, len(sealed) * 8 - 1))
        sealed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(DoesNotOpen):
            opened(bytes(sealed))

    @pytest.mark.parametrize(
        "left", [0, 1, HEADER.size - 1, HEADER.size, HEADER.size + TAG, HEADER.size + WHOLE, HEADER.size + 2 * WHOLE, -1]
    )
    def test_do_not_open_cut_off(self, left):
        with pytest.raises(DoesNotOpen):
            opened(seal(TEXT)[:left])

    def test_do_not_open_with_frames_left_out_doubled_or_exchanged(self):
        sealed = seal(TEXT)
        header, body = sealed[: HEADER.size], sealed[HEADER.size :]
        each = [body[start : start + WHOLE] for start in range(0, len(body), WHOLE)]
        for wrong in (each[1:], each[:1] + each[2:], [each[1], each[0], *each[2:]], [each[0], *each], [*each, each[-1]]):
            with pytest.raises(DoesNotOpen):
                opened(header + b"".join(wrong))
        other = seal(TEXT)  # the same file sealed again has another key
        with pytest.raises(DoesNotOpen):
            opened(header + other[HEADER.size :])

    @pytest.mark.parametrize("elsewhere", [{"owner": UUID(int=6)}, {"table": "file"}, {"column": "bytes"}, {"row": "2"}])
    def test_do_not_open_at_another_place(self, elsewhere):
        with pytest.raises(DoesNotOpen):
            opened(seal(TEXT), place=replace(PLACE, **elsewhere))

    def test_do_not_open_with_another_key(self):
        for other in (Key(3, bytes(32)), Key(4, KEY.secret)):
            with pytest.raises(DoesNotOpen):
                opened(seal(TEXT), key=other)

    def test_show_nothing_and_never_the_same_twice(self):
        one, other = seal(TEXT), seal(TEXT)
        assert one[HEADER.size :] != other[HEADER.size :] and b"patient" not in one

    def test_need_no_more_memory_for_a_larger_file(self):
        tracemalloc.start()
        plain = (b"x" * 50_000 for _ in range(400))  # 20 MB
        size = sum(map(len, frames.open_(KEY, PLACE, frames.seal(KEY, PLACE, plain))))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert size == 20_000_000 and most < 2_000_000
