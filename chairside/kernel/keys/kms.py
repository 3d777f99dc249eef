"""AWS KMS as the keeper: the key-encryption key never leaves it. Asked off the event loop, with short patience."""

import asyncio
import ipaddress
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from chairside.kernel.keys.port import Context, KeysAway, Wrapped, WrongKey
from chairside.kernel.log import say, scrubbed
from chairside.kernel.stop import Stop

HOSTS = re.compile(r"(vpce-[\w-]+\.)?kms(-fips)?\.[a-z0-9-]+(\.vpce)?\.amazonaws\.com(\.cn)?")
"""What this client may speak to, whatever the environment says."""
CONNECT_SECONDS = 2
READ_SECONDS = 3
AGAIN_SECONDS = 2.0
"""While it is away nobody waits for it; then one request tries whether it is back."""
WRONG = {"InvalidCiphertextException", "IncorrectKeyException"}


class Kms:
    """`keys`: ids, aliases or ARNs, the newest first; a data key that another one wraps is not opened."""

    def __init__(self, keys: list[str], *, region: str = "", endpoint: str = "") -> None:
        """Refuses Stop where the client would speak to a host that is not on the list."""
        self.keys = keys
        self._client = _client(region, endpoint)
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="kms")
        self._ids: dict[str, str] = {}
        self._away_until = 0.0
        self._lock = threading.Lock()

    async def newest(self) -> str:
        return str(await self._asked(self._id, self.keys[0]))

    async def generate(self, context: Context) -> tuple[bytes, Wrapped]:
        made = await self._asked(
            self._client.generate_data_key, KeyId=self.keys[0], KeySpec="AES_256", EncryptionContext=dict(context)
        )
        return made["Plaintext"], Wrapped(made["KeyId"], made["CiphertextBlob"])

    async def unwrap(self, wrapped: Wrapped, context: Context) -> bytes:
        await self._asked(self._check, wrapped.kek)
        opened = await self._asked(
            self._client.decrypt, KeyId=wrapped.kek, CiphertextBlob=wrapped.bytes, EncryptionContext=dict(context)
        )
        return bytes(opened["Plaintext"])

    async def rewrap(self, wrapped: Wrapped, context: Context) -> Wrapped:
        await self._asked(self._check, wrapped.kek)
        made = await self._asked(
            self._client.re_encrypt, CiphertextBlob=wrapped.bytes, SourceKeyId=wrapped.kek, DestinationKeyId=self.keys[0],
            SourceEncryptionContext=dict(context), DestinationEncryptionContext=dict(context),
        )  # fmt: skip
        return Wrapped(made["KeyId"], made["CiphertextBlob"])

    def _check(self, kek: str) -> None:
        """Who can write into the database could otherwise have us use a key of their own account."""
        if all(self._id(key) != kek for key in self.keys):
            raise WrongKey(kek)

    def _id(self, key: str) -> str:
        """The ARN behind an alias, asked for once: a new target of the alias is a new setting."""
        if key not in self._ids:
            self._ids[key] = self._client.describe_key(KeyId=key)["KeyMetadata"]["Arn"]
        return self._ids[key]

    async def _asked(self, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """In a thread. Refuses KeysAway; raises WrongKey."""
        from botocore.exceptions import BotoCoreError, ClientError

        with self._lock:
            if (now := time.monotonic()) < self._away_until:
                raise KeysAway()
            was_away, self._away_until = self._away_until > 0, now + AGAIN_SECONDS if self._away_until else 0.0
        try:
            answer = await asyncio.get_running_loop().run_in_executor(self._threads, lambda: call(*given, **named))
        except ClientError as error:
            if error.response["Error"]["Code"] in WRONG:
                self._away_until = 0.0
                raise WrongKey() from None
            raise self._lost(error) from None
        except BotoCoreError as error:
            raise self._lost(error) from None
        if was_away:
            say().warning("the keys are back")
        self._away_until = 0.0
        return answer

    def _lost(self, error: Exception) -> KeysAway:
        code = getattr(error, "response", {}).get("Error", {}).get("Code")
        say().warning("the keys are away", code=code, **scrubbed(error))
        self._away_until = time.monotonic() + AGAIN_SECONDS
        return KeysAway()


def _client(region: str, endpoint: str) -> Any:
    """Loaded only where it is used. Neither the environment's proxies nor its endpoints count."""
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS, retries={"total_max_attempts": 2, "mode": "standard"},
        ignore_configured_endpoint_urls=True, proxies={}, max_pool_connections=4,
    )  # fmt: skip
    try:
        client = boto3.session.Session().client("kms", region_name=region or None, endpoint_url=endpoint or None, config=config)
    except Exception as error:
        raise Stop(f"AWS KMS cannot be used: {error}") from None
    check_host(client.meta.endpoint_url)
    return client


def check_host(url: str) -> None:
    """Refuses Stop."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https" and HOSTS.fullmatch(host):
        return
    if host == "localhost" or (host.replace(".", "").isdigit() and ipaddress.ip_address(host).is_loopback):
        return
    raise Stop(f"{host or url} is no host of AWS KMS: CHAIRSIDE_KMS_ENDPOINT names one over https, or nothing.")
