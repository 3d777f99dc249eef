"""Nothing calls out but by the one client that looks where it goes; what does has its reason here."""

import ast
from pathlib import Path

import chairside

HOME = Path(chairside.__file__).parent
CALLERS = {
    "aiohttp", "aiosmtplib", "authlib.integrations", "boto3", "botocore", "ftplib", "http.client", "httpcore", "httpx", "redis",
    "requests", "smtplib", "socket", "telnetlib", "urllib.request", "urllib3", "websockets", "xmlrpc",
}  # fmt: skip
ALLOWED = {
    "kernel/outbound.py: httpx": "the one client",
    "kernel/outbound.py: socket": "looks a name up for it",
    "worker.py: socket": "its own machine's name",
    "imaging/scanning.py: socket": "the operator's virus scanner",
    "kernel/store.py: boto3": "S3 as the place of files, in the bucket that the operator named",
    "kernel/store.py: botocore": "S3 as the place of files, in the bucket that the operator named",
    "kernel/keys/kms.py: boto3": "AWS KMS, at the endpoint that the operator set",
    "kernel/keys/kms.py: botocore": "AWS KMS, at the endpoint that the operator set",
    "compliance/places.py: boto3": "S3 as the second place of checkpoints, in the bucket that the operator named",
    "compliance/places.py: botocore": "S3 as the second place of checkpoints, in the bucket that the operator named",
    "kernel/http/shared.py: redis": "the operator's Valkey",
    "messaging/aws.py: boto3": "AWS End User Messaging and SES, at the endpoints that the operator set",
    "messaging/aws.py: botocore": "AWS End User Messaging and SES, at the endpoints that the operator set",
    "messaging/posts.py: aiosmtplib": "the operator's mail server",
}


def callers(source: str) -> set[str]:
    """What of CALLERS a module imports, wherever it stands in it."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                found |= {alias.name for alias in names}
            case ast.ImportFrom(module=str(module), names=names):
                found |= {module} | {f"{module}.{alias.name}" for alias in names}
    return {one for one in CALLERS if any(name == one or name.startswith(one + ".") for name in found)}


def test_nothing_else_calls_out():
    found = {
        f"{path.relative_to(HOME).as_posix()}: {one}"
        for path in HOME.rglob("*.py")
        if path.relative_to(HOME).parts[0] not in ("cli", "demo")  # listen, and call nobody
        for one in callers(path.read_text())
    }
    assert found == set(ALLOWED), "reach addresses with kernel.outbound"


def test_a_caller_is_noticed():
    assert callers("def f():\n    import urllib.request") == {"urllib.request"}
    assert callers("from urllib import request") == {"urllib.request"}
    assert callers("from urllib.parse import quote") == set()
