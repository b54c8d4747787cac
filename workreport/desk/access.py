"""Knows who may use the desk: the browser that was given the secret, from the desk's own pages, under its own address.

Leaves the answers themselves to `desk_app`.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

COOKIE = "workreport-desk"
"""The beginning of the cookie's name; the port follows, since browsers send a cookie to every port of a machine."""


@dataclass(slots=True)
class Access:
    """The rights to one running desk at 127.0.0.1:`port`.

    `secret` stands in the address that is opened first and is good for one exchange; `key` is the value of the cookie.
    """

    port: int
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _used: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def origin(self) -> str:
        """The origin of the desk's pages, as a browser names it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """The address to open first."""
        return f"{self.origin}/enter/{self.secret}"

    @property
    def cookie(self) -> str:
        """The name of the cookie."""
        return f"{COOKIE}-{self.port}"

    def exchange(self, secret: str) -> bool:
        """Whether this is the secret and was not used before; it never is again.

        >>> access = Access(8000); access.exchange("guess"), access.exchange(access.secret), access.exchange(access.secret)
        (False, True, False)
        """
        with self._lock:
            good = not self._used and _same(secret, self.secret)
            self._used = self._used or good
        return good

    def is_own_host(self, host: str) -> bool:
        """Whether a request names the desk as its own pages do; a name that another site lets lead here is not accepted.

        >>> access = Access(8000); [access.is_own_host(host) for host in ("127.0.0.1:8000", "localhost:8000", "evil.example:8000", "")]
        [True, False, False, False]
        """
        return host == f"127.0.0.1:{self.port}"

    def may_read(self, cookie: str) -> bool:
        """Whether a request has the cookie."""
        return _same(cookie, self.key)

    def may_write(self, origin: str) -> bool:
        """Whether a form was sent by a page of the desk. Browsers name the origin with every form that changes something.

        >>> access = Access(8000); [access.may_write(origin) for origin in ("http://127.0.0.1:8000", "http://127.0.0.1:81", "null", "")]
        [True, False, False, False]
        """
        return origin == self.origin


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same, compared in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def headers(frames: Sequence[str]) -> dict[str, str]:
    """Return the headers of every answer; `frames` are the origins of previews, whose pages may stand in a frame.

    Nothing is loaded from elsewhere, and no other page may show, read or keep a page of the desk. `Referrer-Policy` is not
    `no-referrer`, under which browsers would no longer name the origin of a form.
    """
    none = "'none'"
    policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", f"frame-src {' '.join(frames) or none}",
    ]  # fmt: skip
    return {
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
