"""Letters, without sending them: nothing that is typed becomes a header or a tag."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chairside.messaging.rules.letters import Action, BadAddress, Letter, address_of, composed, html_of, is_address, text_of
from chairside.messaging.rules.words import SPOKEN, words

AT = datetime(2027, 3, 1, 12, tzinfo=UTC)


def letter(**more) -> Letter:
    facts = {
        "id": "01a1", "recipient": "ion@example.test", "sender_name": "North", "reply_to": None, "language": "en",
        "subject": "Hello", "blocks": ["Hello"], "attachments": [], "at": AT,
    }  # fmt: skip
    return Letter(**(facts | more))


def read(made):
    return message_from_bytes(made.as_bytes(), policy=policy.default)


TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


class TestALetter:
    @given(TYPED, TYPED, TYPED)
    def test_has_the_headers_that_we_gave_it_whatever_was_typed(self, name, subject, words):
        made = read(composed(letter(sender_name=name, subject=subject, blocks=[words]), sender="mail@chairside.test"))
        assert sorted(made.keys()) == sorted([
            "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type",
        ])  # fmt: skip
        assert [address.addr_spec for address in made["from"].addresses] == ["mail@chairside.test"]
        assert [address.addr_spec for address in made["to"].addresses] == ["ion@example.test"]

    @pytest.mark.parametrize(
        "name", ["Ana\r\nBcc: all@example.test", 'Dr. "Ana" <x@y.test>', "Clinica Zâmbet", "عيادة", "a\x00b", "ăî\u2028Bcc: x"]
    )
    def test_keeps_a_name_a_name(self, name):
        made = read(composed(letter(sender_name=name, subject=name), sender="mail@chairside.test"))
        assert "bcc" not in made
        assert made["subject"] == " ".join(name.replace("\x00", " ").split())

    def test_shows_tags_as_text(self):
        made = html_of(letter(subject="<b>", blocks=["<script>alert(1)</script>\n&", Action('"><i>', "https://x.test/#a&b")]))
        assert "<script>" not in made
        assert "<i>" not in made
        assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>&amp;" in made
        assert 'href="https://x.test/#a&amp;b"' in made

    @pytest.mark.parametrize("language, direction", [("en", "ltr"), ("ro", "ltr"), ("ar", "rtl"), ("he", "rtl")])
    def test_runs_as_its_language_does(self, language, direction):
        assert f'<html lang="{language}" dir="{direction}">' in html_of(letter(language=language))

    def test_has_the_link_in_full_in_its_text(self):
        assert text_of(["Hello", Action("Open", "https://x.test/a#b")]) == "Hello\n\nOpen:\nhttps://x.test/a#b\n"


class TestAnAddress:
    @pytest.mark.parametrize(
        "typed, sent",
        [
            ("ion@example.test", "ion@example.test"), ("o'brien+x@example.test", "o'brien+x@example.test"),
            ("ana@bücher.example", "ana@xn--bcher-kva.example"), (" Ana@Example.Test ", "Ana@Example.Test"),
        ],
    )  # fmt: skip
    def test_is_written_as_servers_expect_it(self, typed, sent):
        assert address_of(typed).addr_spec == sent

    @pytest.mark.parametrize(
        "typed",
        ["", "ana", "a@", "@b.test", "a b@c.test", "a@b.test\r\nBcc: x@y.test", "a@b.test, c@d.test", "<a@b.test>", "a@b..test"],
    )
    def test_that_is_none_is_refused(self, typed):
        assert not is_address(typed)
        with pytest.raises(BadAddress):
            address_of(typed)

    @given(TYPED)
    def test_is_one_or_is_refused_whatever_was_typed(self, typed):
        if is_address(typed):
            composed(letter(recipient=typed), sender="mail@chairside.test").as_bytes()


def shape(tree) -> object:
    return {key: shape(part) for key, part in tree.items()} if isinstance(tree, dict) else None


def fields(text: str) -> set[str]:
    import string

    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_language_says_everything_with_the_same_facts():
    for language in SPOKEN:
        assert shape(words(language)) == shape(words("en")), language
        for kind, said in words("en").items():
            for key, text in said.items():
                assert fields(words(language)[kind][key]) == fields(text), (language, kind, key)
