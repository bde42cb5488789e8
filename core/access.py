"""Who may come in and do what: sign-in, roles and the allow-list, as `.streamlit/secrets.toml` says it.

Nothing here decides in favour of anyone by default: once sign-in is on, an address that no rule names has no
role, and rules that cannot be read as they stand let nobody in. docs/access.md tells how to set it up.
"""

import hmac
import ipaddress
import re
import time
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

Role = Literal["viewer", "editor", "admin"]
Deed = Literal["read", "export", "brief", "upload", "correct", "remove", "replace", "retag", "audit"]
Mode = Literal["open", "oidc", "proxy", "closed"]
Reason = Literal["signed_out", "expired", "no_address", "unverified", "not_listed", "not_through_proxy", "closed"]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

ROLES: tuple[Role, ...] = get_args(Role)
DEEDS: tuple[Deed, ...] = get_args(Deed)
LEAST: Mapping[Deed, Role] = {
    "read": "viewer",
    "export": "viewer",
    "brief": "viewer",
    "upload": "editor",
    "correct": "editor",
    "remove": "admin",
    "replace": "admin",
    "retag": "admin",
    "audit": "admin",
}
"""The least role that may do each deed; a higher one may too."""

SECRET_CHARACTERS = 32  # fewer can be guessed by trying
CLOCKS_APART_SECONDS = 300
AUTH_KEYS = ("client_id", "client_secret", "server_metadata_url")
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"({_LOCAL})@({_DOMAIN})")
_HEADER = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A proxy that signs people in and names them in a header; header names in lower case."""

    address_header: str
    secret_header: str
    secret: str = field(repr=False)
    networks: tuple[Network, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks. Without a role, reason says why; since is when they signed in, in seconds since 1970."""

    address: str
    role: Role | None
    reason: Reason | None = None
    since: int = 0

    def may(self, deed: Deed) -> bool:
        """Whether the role is enough."""
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(LEAST[deed])


OWNER = Visitor(address="", role="admin")
"""Whoever sits at the machine while sign-in is off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the secrets come to; problem is a sentence where mode is closed, else empty."""

    mode: Mode
    problem: str = ""
    addresses: Mapping[str, Role] = field(default_factory=dict)
    domains: Mapping[str, Role] = field(default_factory=dict)
    session_hours: int = 12
    accept_missing_verification: bool = False
    providers: tuple[str, ...] = ()
    origin: str = ""
    proxy: Proxy | None = None

    def role_of(self, address: str) -> Role | None:
        """The role of an address that `plain_address` gave; a rule on the address goes before one on its domain."""
        return self.addresses.get(address) or self.domains.get(address.rpartition("@")[2])

    def by_claims(self, claims: Mapping[str, Any], now: float | None = None) -> Visitor:
        """Who the identity token names. Only `email` counts: names and other claims can be chosen freely."""
        if self.mode == "closed":
            return _refused("closed")
        if claims.get("is_logged_in") is not True:
            return _refused("signed_out")
        since = claims.get("iat")
        if not isinstance(since, int) or isinstance(since, bool):
            return _refused("expired")
        address = plain_address(claims.get("email"))
        if address is None:
            return _refused("no_address", since=since)
        verified = claims.get("email_verified", self.accept_missing_verification)
        if verified is not True and verified != "true":  # some providers write it as text
            return _refused("unverified", address, since)
        return self.by_address(address, since, now)

    def by_headers(self, headers: Iterable[tuple[str, str]], peer: str | None) -> Visitor:
        """Whom the proxy names. peer is the address the connection came from, as the server itself saw it.

        The proxy ends sessions, so there is no age to look at.
        """
        if self.mode == "closed" or self.proxy is None:
            return _refused("closed")
        found: dict[str, list[str]] = {}
        for name, value in headers:
            found.setdefault(name.lower(), []).append(value)
        given = found.get(self.proxy.secret_header, [])
        known = len(given) == 1 and hmac.compare_digest(given[0].encode(), self.proxy.secret.encode())
        if not (known and _within(peer, self.proxy.networks)):
            return _refused("not_through_proxy")
        named = found.get(self.proxy.address_header, [])
        address = plain_address(named[0]) if len(named) == 1 else None
        return self.by_address(address) if address else _refused("no_address")

    def by_address(self, address: str, since: int | None = None, now: float | None = None) -> Visitor:
        """The role of an address whose owner is known, and signed in since then where that is told."""
        age = 0.0 if since is None else (time.time() if now is None else now) - since
        if not -CLOCKS_APART_SECONDS <= age <= self.session_hours * 3600:
            return _refused("expired", address, since or 0)
        role = self.role_of(address)
        return Visitor(address=address, role=role, reason=None if role else "not_listed", since=since or 0)


def _refused(reason: Reason, address: str = "", since: int = 0) -> Visitor:
    return Visitor(address=address, role=None, reason=reason, since=since)


def _within(peer: str | None, networks: Sequence[Network]) -> bool:
    try:
        address = ipaddress.ip_address(peer or "")
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in networks)


def plain_address(said: object) -> str | None:
    """A mail address in lower case; None for anything that is not plainly one.

    Signs beyond ASCII are refused before lower case is taken: the Kelvin sign in lower case is an ordinary k.
    """
    if not isinstance(said, str) or not said.isascii() or len(said) > 254:
        return None
    found = _ADDRESS.fullmatch(said.lower())
    return found[0] if found and len(found[1]) <= 64 else None


class _RulesError(Exception):
    """Carries the sentence that says what is wrong with the secrets."""


def read_rules(secrets: Mapping[str, Any], environment: Mapping[str, str]) -> Rules:
    """The rules that the secrets come to; never raises: what cannot be used closes the door and says why."""
    auth, access = secrets.get("auth"), secrets.get("access")
    if auth is None and access is None:
        return Rules(mode="open")
    try:
        if not isinstance(access, Mapping):
            raise _RulesError("[auth] is set but [access] is missing: name there who is viewer, editor or admin.")
        addresses, domains = _listed_roles(access)
        behind = access.get("proxy")
        if (auth is None) == (behind is None):
            raise _RulesError("[access] needs exactly one way to sign in: either [auth] or [access.proxy].")
        providers, origin = ((), "") if auth is None else _providers(auth)
        return Rules(
            mode="oidc" if auth is not None else "proxy",
            addresses=addresses,
            domains=domains,
            session_hours=_hours(access.get("session_hours", 12)),
            accept_missing_verification=_truth(access.get("accept_missing_verification", False)),
            providers=providers,
            origin=origin,
            proxy=None if behind is None else _proxy(behind, environment),
        )
    except _RulesError as problem:
        return Rules(mode="closed", problem=str(problem))


def _listed_roles(access: Mapping[str, Any]) -> tuple[dict[str, Role], dict[str, Role]]:
    known = {*ROLES, "session_hours", "accept_missing_verification", "proxy"}
    if unknown := sorted(set(access) - known):
        raise _RulesError(
            f"[access] has `{unknown[0]}`, which is no role or setting; the roles are {', '.join(ROLES)}."
        )
    addresses: dict[str, Role] = {}
    domains: dict[str, Role] = {}
    for role in ROLES:
        if role in access:
            _take_role(role, access[role], addresses, domains)
    if not addresses and not domains:
        raise _RulesError("[access] names nobody: give at least one role to an address or a domain.")
    return addresses, domains


def _take_role(role: Role, entries: object, addresses: dict[str, Role], domains: dict[str, Role]) -> None:
    if not isinstance(entries, list) or not entries:
        raise _RulesError(f'[access] `{role}` must be a list with at least one entry, e.g. {role} = ["example.org"].')
    for number, entry in enumerate(entries, 1):
        said = entry.lower() if isinstance(entry, str) and entry.isascii() else ""
        domain = said.removeprefix("@")
        if re.fullmatch(_DOMAIN, domain):
            place, key = domains, domain
        elif plain_address(said):
            place, key = addresses, said
        else:
            raise _RulesError(
                f"[access] `{role}`: entry {number} is neither a mail address nor a domain "
                "(a domain with other letters than a to z is written as xn--...)."
            )
        if key in place:
            raise _RulesError(f"[access] `{role}`: entry {number} stands there twice: give it one role.")
        place[key] = role


def _providers(auth: object) -> tuple[tuple[str, ...], str]:
    """The names st.login takes ("" for the unnamed provider), and the origin of the dashboard's own address."""
    if not isinstance(auth, Mapping):
        raise _RulesError("[auth] must be a table.")
    for key in ("redirect_uri", "cookie_secret"):
        if not isinstance(auth.get(key), str) or not auth[key]:
            raise _RulesError(f"[auth] has no `{key}`.")
    if len(auth["cookie_secret"]) < SECRET_CHARACTERS:
        raise _RulesError(f"[auth] `cookie_secret` must have at least {SECRET_CHARACTERS} characters.")
    address = _secure("redirect_uri", auth["redirect_uri"])
    if not address.path.endswith("/oauth2callback"):
        raise _RulesError("[auth] `redirect_uri` must end in /oauth2callback.")
    tables = {name: table for name, table in auth.items() if isinstance(table, Mapping) and name != "client_kwargs"}
    if any(key in auth for key in AUTH_KEYS) or not tables:
        tables = {"": auth} | tables
    for name, table in tables.items():
        title = f"[auth.{name}]" if name else "[auth]"
        if "_" in name:
            raise _RulesError(f"{title} has an underscore in its name, which Streamlit does not take.")
        if missing := [key for key in AUTH_KEYS if not isinstance(table.get(key), str) or not table[key]]:
            raise _RulesError(f"{title} is incomplete: {', '.join(missing)}.")
        _secure("server_metadata_url", table["server_metadata_url"])
    return tuple(tables), f"{address.scheme}://{address.netloc}"


def _secure(key: str, address: str) -> Any:
    """Unencrypted only on this machine: the sign-in and its cookie would be open to the network."""
    found = urlsplit(address)
    if found.scheme != "https" and not (found.scheme == "http" and is_loopback(found.hostname or "")):
        raise _RulesError(f"[auth] `{key}` must begin with https:// (http:// only for this machine itself).")
    return found


def _proxy(table: object, environment: Mapping[str, str]) -> Proxy:
    if not isinstance(table, Mapping):
        raise _RulesError("[access.proxy] must be a table.")
    texts = {key: table.get(key) for key in ("address_header", "secret_header", "secret")}
    for key, said in texts.items():
        if not isinstance(said, str) or not said.isascii() or not said:
            raise _RulesError(f"[access.proxy] needs `{key}`.")
        if key != "secret" and not _HEADER.fullmatch(said.lower()):
            raise _RulesError(f"[access.proxy] `{key}` is no name of a header.")
    names = [str(texts[key]).lower() for key in ("address_header", "secret_header")]
    if names[0] == names[1]:
        raise _RulesError("[access.proxy] needs two headers: one for the address, one for the secret.")
    if len(str(texts["secret"])) < SECRET_CHARACTERS:
        raise _RulesError(f"[access.proxy] `secret` must have at least {SECRET_CHARACTERS} characters.")
    if environment.get("FORWARDED_ALLOW_IPS") != "":
        # else uvicorn puts what X-Forwarded-For says in the place of the address that the connection came from
        raise _RulesError(
            "[access.proxy] needs FORWARDED_ALLOW_IPS set to nothing in the server's environment, so that the "
            "server sees from where a connection comes."
        )
    return Proxy(
        address_header=names[0], secret_header=names[1], secret=str(texts["secret"]),
        networks=_networks(table.get("networks")),
    )  # fmt: skip


def _networks(entries: object) -> tuple[Network, ...]:
    try:
        found = tuple(ipaddress.ip_network(str(entry)) for entry in entries) if isinstance(entries, list) else ()
    except ValueError:
        found = ()
    if not found or any(network.prefixlen == 0 for network in found):
        raise _RulesError(
            '[access.proxy] `networks` must list where the proxy is, e.g. ["10.0.3.7/32"], not everywhere.'
        )
    return found


def _hours(said: object) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or not 1 <= said <= 720:
        raise _RulesError("[access] `session_hours` must be a whole number from 1 to 720.")
    return said


def _truth(said: object) -> bool:
    if not isinstance(said, bool):
        raise _RulesError("[access] `accept_missing_verification` must be true or false.")
    return said


_READ: dict[tuple[Any, ...], Rules] = {}


def rules_in(files: Sequence[Path], environment: Mapping[str, str]) -> Rules:
    """The rules of secrets files, the later over the earlier; read again as soon as one of them changes.

    A file that is there and cannot be read closes the door: nobody knows what it would have said.
    """
    try:
        stamps = tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files if path.exists())
    except OSError:
        return Rules(mode="closed", problem="The secrets cannot be read: give the server read access.")
    key = (*stamps, environment.get("FORWARDED_ALLOW_IPS"))
    found = _READ.get(key)
    if found is None:
        found = _read_files([Path(name) for name, _, _ in stamps], environment)
        _READ.clear()
        _READ[key] = found
    return found


def _read_files(files: Sequence[Path], environment: Mapping[str, str]) -> Rules:
    secrets: dict[str, Any] = {}
    for path in files:
        try:
            secrets |= tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError:
            return Rules(mode="closed", problem=f"{path.name} cannot be read: it must be a file the server may read.")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            return Rules(mode="closed", problem=f"{path.name} is no valid TOML: correct it.")
    return read_rules(secrets, environment)


def is_loopback(host: str | None) -> bool:
    """Whether a server at this address is seen by its own machine alone; no address means all of them."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
