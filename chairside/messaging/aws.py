"""What texts and letters by Amazon have in common. The SDK never tries again by itself: neither SendTextMessage nor SendEmail
knows an idempotency token, so that a second attempt would be a second message. What is known not to have been taken the outbox
tries again; what may have been, nobody."""

from collections.abc import Collection
from typing import Any

from chairside.kernel.stop import Stop
from chairside.messaging.posts import Never, NotHandedOver, NotNow, Unsure

OPERATORS = {"AccessDeniedException", "UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException"}


def client(service: str, *, region: str, endpoint: str, seconds: float) -> Any:
    """Loaded only where it is used. Neither the environment's proxies nor its endpoints count. Refuses Stop."""
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=5, read_timeout=seconds, retries={"total_max_attempts": 1, "mode": "standard"},
        ignore_configured_endpoint_urls=True, proxies={}, max_pool_connections=2,
    )  # fmt: skip
    try:
        return boto3.session.Session().client(service, region_name=region or None, endpoint_url=endpoint or None, config=config)
    except Exception as error:
        raise Stop(f"{service} of AWS cannot be used: {error}") from None


def failed(error: Exception, *, refused: Collection[str], later: Collection[str]) -> NotHandedOver:
    """`refused`: nothing about it will be different next time; `later`: another attempt may do it."""
    from botocore.exceptions import (
        ClientError,
        ConnectTimeoutError,
        EndpointConnectionError,
        NoCredentialsError,
        ParamValidationError,
        PartialCredentialsError,
        ProxyConnectionError,
        SSLError,
    )

    match error:
        case ClientError():
            code = str(error.response.get("Error", {}).get("Code", ""))
            status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
            reply = f"{code} {error.response.get('Error', {}).get('Message', '')}"
            if code == "ConflictException":  # the network knows that they do not want to be written to
                return Never("stopped" if "OPTED_OUT" in str(error.response.get("Reason", "")) else "rejected", reply)
            if code in refused:
                return Never("rejected", reply)
            if code in later or status == 429:
                return NotNow("deferred", reply)
            if code in OPERATORS or status in (401, 403):
                return NotNow("credentials", reply)
            return Never("rejected", reply) if 400 <= status < 500 else Unsure("unanswered", reply)
        case NoCredentialsError() | PartialCredentialsError():
            return NotNow("credentials")
        case ParamValidationError():
            return Never("rejected", str(error))
        case EndpointConnectionError() | ConnectTimeoutError() | ProxyConnectionError():
            return NotNow("unreachable")
        case SSLError():
            return NotNow("tls")
    return Unsure("unanswered")  # the line broke, or nobody answered in time: it may have been taken
