from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Base64Bytes, Field

from chairside.kernel.http.shapes import Strict, View

Picture = Annotated[Base64Bytes, Field(max_length=200_000, description="A PNG, in Base64.")]


class NewSignature(Strict):
    picture: Picture


class SignatureView(View):
    """`picture`: a PNG, in Base64; null where none is kept."""

    provider_id: UUID
    kept_at: datetime | None
    picture: str | None
