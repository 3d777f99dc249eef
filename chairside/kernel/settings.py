"""What an operator may set, read once from the environment by the edge and passed on."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

from chairside.kernel import addresses
from chairside.kernel.providers import providers
from chairside.kernel.shipped import shipped
from chairside.kernel.stop import Stop

PREFIX = "CHAIRSIDE_"
ORIGIN = re.compile(r"https?://[^/?#@\s]+")
TOPIC = re.compile(r"arn:(aws|aws-cn|aws-us-gov):sns:([a-z]{2}(?:-[a-z]+)+-\d):\d{12}:[A-Za-z0-9_.-]{1,256}")


class SettingsRefused(Stop):
    """A setting that is missing or wrong; its sentence is for the operator."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Each field is the environment variable CHAIRSIDE_<NAME>; the defaults suit one clinic on one machine."""

    environment: str = "development"  # or production
    app_url: str = ""  # libpq connection string of chairside_app
    secret: str = ""  # signs cursors; at least 32 characters in production
    keyring: str = ""  # the file of the key-encryption keys; development makes one in the data folder
    kms_key: str = ""  # or the key in AWS KMS, in its place: id, alias or ARN; during a change also the one before, after a comma
    kms_region: str = ""  # of that key; else as the AWS environment says
    kms_endpoint: str = ""  # of a VPC, when KMS is not asked at its public one
    origin: str = ""  # https://chairside.example, when behind a proxy
    proxies: str = ""  # networks of the proxies that may say for whom they ask, like 127.0.0.1, 10.0.0.0/24
    proxy_hops: int = 1  # how many of them stand one behind the other
    redis_url: str = ""  # of a Valkey (or Redis) in which several app processes count requests together
    drain_seconds: float = 0  # told to end, serve says at /ready for so long that it leaves, and goes on answering
    single_clinic: bool = False
    sign_up: bool = True
    durable_reads: bool = True  # false: a power loss may take the last moments of read records
    prepare: bool = True  # false behind a pooler that does not know prepared statements
    pool_size: int = 8
    pool_seconds: float = 10
    request_seconds: float = 30
    body_bytes: int = 1_000_000
    idle_minutes: int = 10
    session_hours: int = 12
    requests_per_principal: int = 1000  # in 10 seconds
    requests_per_clinic: int = 0  # in 10 seconds; 0: twenty times those of a person
    writes_per_principal: int = 0  # in 10 seconds, of their requests; 0: all may be
    costly_per_principal: int = 0  # in 10 seconds: searches, exports, papers; 0: a fifth of their requests
    requests_per_address: int = 500  # in 10 seconds, anonymous
    sign_ups_per_address: int = 20  # an hour
    bookings_per_address: int = 20  # an hour, by patients on booking pages; of one clinic twenty times as many
    breached: str = "auto"  # Have I Been Pwned, asked in production; off, or the address of one's own copy of its range service
    guesses_per_account: int = 10  # wrong passwords and codes in 15 minutes
    guesses_per_network: int = 100
    guesses_everywhere: int = 2000
    oidc: str = ""  # the file of those who may vouch for people: see Sign-in through a provider in docs/operations.md
    invitation_hours: int = 72  # how long the link of an invitation is good
    letters_per_clinic: int = 100  # an hour: invitations and papers
    letters_per_address: int = 5  # an hour, to the same reader
    mail: str = ""  # ses: letters go by Amazon SES; else smtp
    ses_from: str = ""  # Clinics <mail@chairside.example>
    ses_region: str = ""  # else as the AWS environment says
    ses_endpoint: str = ""  # of a VPC
    ses_configuration_set: str = ""  # by which bounces and complaints are told to an SNS topic
    ses_seconds: float = 20
    smtp_host: str = ""  # the mail server; without one, development keeps letters in a mailbox of its own
    smtp_port: int = 0  # 0: 587 for starttls, 465 for tls, 25 for none
    smtp_tls: str = "starttls"  # or tls, or none
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_from: str = ""  # Clinics <mail@chairside.example>
    smtp_seconds: float = 20
    mailbox: str = ""  # the folder of the development mailbox
    sms: str = ""  # aws: texts go by AWS End User Messaging; without, development keeps them on a phone of its own
    sms_from: str = ""  # the number, sender id or pool that texts come from
    sms_region: str = ""  # else as the AWS environment says
    sms_endpoint: str = ""  # of a VPC
    sms_configuration_set: str = ""
    sms_seconds: float = 10
    aws_topics: str = ""  # ARNs of SNS topics whose notices are heard, with commas: see Texts in docs/operations.md
    texts_per_clinic: int = 300  # an hour, of those that people write
    calendar_hosts: str = ""  # machines in your own network whose calendars may be asked, as cal.clinic.lan, by their names
    calendar_accounts: str = ""  # the file of calendars behind accounts: see Outside calendars in docs/operations.md
    calendar_ca: str = ""  # the file of the authority that vouches for those
    phone: str = ""  # the folder of the development phone
    streams_per_session: int = 8  # live updates; the oldest of more gives way
    streams_per_principal: int = 32
    streams: int = 4000  # in one process
    metrics_from: str = "127.0.0.0/8, ::1"  # networks that may read /metrics, directly; empty for nobody
    log: str = "text"  # or json
    audit_key: str = ""  # PEM: the private Ed25519 key that signs the audit's checkpoints; former public keys may follow
    audit_place: str = ""  # where they are kept besides the database: a folder, or s3://bucket/prefix
    audit_lock_days: int = 0  # in a bucket with Object Lock: for how long nobody can delete them
    audit_seal_seconds: float = 1
    audit_checkpoint_seconds: float = 10
    audit_letters: bool = False  # once a day each clinic's newest checkpoint goes to its own address
    audit_years: int = 6  # then months of the audit may go to the archive (45 CFR 164.316(b)(2)(i))
    audit_archive: bool = (
        False  # each night the worker puts months older than that away, files in the second place, and drops them
    )
    files: str = ""  # where files of patients lie: a folder, or s3://bucket/prefix; development has one in the data folder
    files_region: str = ""  # of that bucket; else as the AWS environment says
    files_endpoint: str = ""  # of what speaks like S3, or of a VPC
    files_key: str = ""  # of KMS, under which the bucket encrypts once more (SSE-KMS): id, alias or ARN
    clamd: str = ""  # a virus scanner that is asked for each file: host:port, or the path of a socket
    portal_root: str = ""  # the built pages for patients; by default those in the repo
    web_root: str = ""  # the built web app; by default the one in the repo

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Refuses SettingsRefused."""
        given: dict[str, Any] = {}
        for field in fields(cls):
            if (text := environ.get(PREFIX + field.name.upper())) is not None:
                given[field.name] = _read(field.name, field.type, text)
        settings = cls(**given)
        settings.check()
        return settings

    def check(self) -> None:
        if self.environment not in ("development", "production"):
            raise SettingsRefused("CHAIRSIDE_ENVIRONMENT is either development or production.")
        if self.environment == "production" and len(self.secret) < 32:
            raise SettingsRefused("CHAIRSIDE_SECRET must have at least 32 characters in production.")
        if self.keyring and self.kms_key:
            raise SettingsRefused("Set CHAIRSIDE_KEYRING or CHAIRSIDE_KMS_KEY, not both.")
        if self.mailbox and not self.development:
            raise SettingsRefused("CHAIRSIDE_MAILBOX is for development only: it shows every letter to whoever asks.")
        if self.phone and not self.development:
            raise SettingsRefused("CHAIRSIDE_PHONE is for development only: it shows every text to whoever asks.")
        if self.sms not in ("", "aws"):
            raise SettingsRefused("CHAIRSIDE_SMS is aws, or nothing.")
        if self.sms and not self.sms_from:
            raise SettingsRefused("CHAIRSIDE_SMS_FROM must name the number that texts come from.")
        if bad := [one for one in self.topics if not TOPIC.fullmatch(one)]:
            raise SettingsRefused(f"CHAIRSIDE_AWS_TOPICS takes ARNs of SNS topics, with commas between them: {bad[0]!r} is none.")
        for name in ("proxies", "metrics_from"):
            try:
                addresses.networks(getattr(self, name))
            except ValueError:
                raise SettingsRefused(f"{PREFIX}{name.upper()} takes networks, like 127.0.0.1, 10.0.0.0/24, fd00::/8.") from None
        if not 1 <= self.invitation_hours <= 24 * 30:
            raise SettingsRefused(
                "CHAIRSIDE_INVITATION_HOURS is from 1 to 720: a link that waits for longer is found by somebody else."
            )
        if self.proxy_hops < 1:
            raise SettingsRefused("CHAIRSIDE_PROXY_HOPS is at least 1.")
        if self.origin and not ORIGIN.fullmatch(self.origin):
            raise SettingsRefused("CHAIRSIDE_ORIGIN is an address without a path, like https://chairside.example.")
        if self.breached not in ("auto", "off") and not self.breached.startswith("https://"):
            raise SettingsRefused("CHAIRSIDE_BREACHED is auto, off, or an address that begins with https://.")
        if self.redis_url and not self.redis_url.startswith(("redis://", "rediss://", "unix://")):
            raise SettingsRefused("CHAIRSIDE_REDIS_URL begins with redis://, rediss:// or unix://.")
        if providers(self.oidc) and not self.origin and not self.development:
            raise SettingsRefused("CHAIRSIDE_ORIGIN must be set with CHAIRSIDE_OIDC: providers send people back there.")
        if self.calendar_accounts and not self.origin and not self.development:
            raise SettingsRefused("CHAIRSIDE_ORIGIN must be set with CHAIRSIDE_CALENDAR_ACCOUNTS: people are sent back there.")
        if self.audit_years < 1:
            raise SettingsRefused("CHAIRSIDE_AUDIT_YEARS is at least 1.")
        if self.audit_archive and self.audit_years < 6:
            raise SettingsRefused(
                "CHAIRSIDE_AUDIT_ARCHIVE keeps six years at least: less goes by `chairside audit archive` alone."
            )
        if min(self.audit_seal_seconds, self.audit_checkpoint_seconds) <= 0:
            raise SettingsRefused("CHAIRSIDE_AUDIT_SEAL_SECONDS and CHAIRSIDE_AUDIT_CHECKPOINT_SECONDS are more than 0.")
        if self.mail not in ("", "smtp", "ses"):
            raise SettingsRefused("CHAIRSIDE_MAIL is smtp, ses, or nothing.")
        if self.mail == "ses":
            self._check_ses()
        elif self.mail == "smtp" and not self.smtp_host:
            raise SettingsRefused("CHAIRSIDE_SMTP_HOST must name the mail server with CHAIRSIDE_MAIL=smtp.")
        elif self.smtp_host:
            self._check_mail()

    def _check_ses(self) -> None:
        if self.smtp_host:
            raise SettingsRefused("CHAIRSIDE_MAIL=ses and CHAIRSIDE_SMTP_HOST: one of them, not both.")
        if "@" not in self.ses_from:
            raise SettingsRefused("CHAIRSIDE_SES_FROM must name the address that letters come from.")
        if not self.origin and not self.development:
            raise SettingsRefused("CHAIRSIDE_ORIGIN must be set with CHAIRSIDE_MAIL=ses: links in letters lead there.")

    def _check_mail(self) -> None:
        if self.smtp_tls not in ("starttls", "tls", "none"):
            raise SettingsRefused("CHAIRSIDE_SMTP_TLS is starttls, tls or none.")
        if "@" not in self.smtp_from:
            raise SettingsRefused("CHAIRSIDE_SMTP_FROM must name the address that letters come from.")
        if not self.origin and not self.development:
            raise SettingsRefused("CHAIRSIDE_ORIGIN must be set with CHAIRSIDE_SMTP_HOST: links in letters lead there.")
        if self.smtp_user and self.smtp_tls == "none" and not self.development:
            raise SettingsRefused("CHAIRSIDE_SMTP_USER needs CHAIRSIDE_SMTP_TLS: a password must not cross the network in clear.")

    @property
    def development(self) -> bool:
        return self.environment == "development"

    @property
    def sends_mail(self) -> bool:
        return bool(self.smtp_host) or self.mail == "ses"

    @property
    def topics(self) -> frozenset[str]:
        return frozenset(one.strip() for one in self.aws_topics.split(",") if one.strip())

    @property
    def portal(self) -> Path:
        return Path(self.portal_root) if self.portal_root else shipped("portal", "web/apps/portal/dist")

    @property
    def web(self) -> Path:
        return Path(self.web_root) if self.web_root else shipped("web", "web/apps/staff/dist")


def _read(name: str, kind: object, text: str) -> Any:
    try:
        if kind in (bool, "bool"):
            return {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}[
                text.strip().lower()
            ]
        if kind in (int, "int"):
            return int(text)
        if kind in (float, "float"):
            return float(text)
    except (KeyError, ValueError):
        raise SettingsRefused(f"{PREFIX}{name.upper()} cannot be read: {text!r}.") from None
    return text
