"""A provider of the tests' own that can be made to say anything: over TLS on this machine, with keys of its own."""

import asyncio
import base64
import hashlib
import json
import secrets
import ssl
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwk, jws


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Fake:
    """`claims`, `header` and `answer` are laid over what is right; `sign` may do it otherwise."""

    def __init__(self) -> None:
        self.issuer = ""
        self.asked: list[str] = []
        self.behave()
        self.rotate()

    def behave(self) -> None:
        self.codes: dict[str, dict[str, str]] = {}
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.answer: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.sign: Any = None
        self.away = False

    def rotate(self, kind: str = "RSA") -> None:
        """Another key takes the place of the one before."""
        more = {"parameters": {"kid": secrets.token_hex(4)}}
        self.key = jwk.RSAKey.generate_key(2048, **more) if kind == "RSA" else jwk.generate_key("EC", "P-256", **more)
        self.alg = "RS256" if kind == "RSA" else "ES256"

    async def serve(self, certificate: Any) -> asyncio.Server:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(context)
        server = await asyncio.start_server(self._hear, "127.0.0.1", 0, ssl=context)
        self.issuer = f"https://localhost:{server.sockets[0].getsockname()[1]}"
        return server

    def agree(self, address: str, subject: str) -> str:
        """What the person did there: the address to which the browser is sent back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (asked["response_type"], asked["code_challenge_method"], asked["client_id"]) == ("code", "S256", "chairside")
        code = secrets.token_urlsafe(12)
        self.codes[code] = asked | {"subject": subject}
        return f"{asked['redirect_uri']}?code={code}&state={asked['state']}"

    def token(self, asked: dict[str, str], access: str) -> str:
        now = int(time.time())
        half = hashlib.sha256(access.encode()).digest()[:16]
        claims = {
            "iss": self.issuer, "sub": asked["subject"], "aud": "chairside", "exp": now + 300, "iat": now, "nonce": asked["nonce"],
            "at_hash": b64(half), "email": f"{asked['subject']}@idp.test", "email_verified": True,
        } | self.claims  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not ...}
        header = {"alg": self.alg, "kid": self.key.kid} | self.header
        header = {name: value for name, value in header.items() if value is not ...}
        if self.sign:
            return self.sign(header, claims)
        return jws.serialize_compact(header, json.dumps(claims), self.key, algorithms=[header["alg"]])

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            path = head.split()[1]
            self.asked.append(path)
            if self.away:
                return
            length = next((int(line.split(":")[1]) for line in head.splitlines() if line.lower().startswith("content-length")), 0)
            form = {name: values[0] for name, values in parse_qs((await reader.readexactly(length)).decode()).items()}
            status, body = self._say(path, form)
            text = json.dumps(body).encode()
            writer.write(f"HTTP/1.1 {status} x\r\ncontent-length: {len(text)}\r\nconnection: close\r\n\r\n".encode() + text)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _say(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/auth", "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            } | self.metadata  # fmt: skip
        if path == "/keys":
            return 200, {"keys": [self.key.as_dict(private=False) | {"use": "sig"}]}
        asked = self.codes.pop(form.get("code", ""), None)
        right = asked and b64(hashlib.sha256(form["code_verifier"].encode()).digest()) == asked["code_challenge"]
        if not asked or not right or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(16)
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": self.token(asked, access)} | self.answer
