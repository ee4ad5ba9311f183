"""A stand-in for the login of an organisation (OpenID Connect) on loopback."""

import base64
import hashlib
import json
import secrets
import threading
import time
from urllib.parse import parse_qs, parse_qsl, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KID = "sleutel-1"


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


class IdP:
    """Keeps what it was asked, and signs what the test wants it to say."""

    client_id, secret = "leerrecht", "geheim-van-leerrecht"

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes = {}
        self.redirect = None  # where /token sends who asks, for the test of redirects
        self.server = make_server("127.0.0.1", 0, self, handler_class=Quiet)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}/tenant/v2.0"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def approve(self, url, *, key=None, algorithm="RS256", kid=KID, without=(), **claims):
        """As if the user logged in at the page `url`: the answer for our callback."""
        asked = dict(parse_qsl(urlsplit(url).query))
        now = int(time.time())
        token = {
            "iss": self.issuer,
            "aud": self.client_id,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "sub": "paarsgewijs",
            "oid": "oid-1",
            "amr": ["pwd", "mfa"],
            "email": "lpa@voorbeeld.nl",
            "email_verified": True,
            **claims,
        }
        token = {k: v for k, v in token.items() if k not in without}
        code = secrets.token_urlsafe(16)
        signed = jwt.encode(
            token, self.key if key is None else key, algorithm, headers={"kid": kid}
        )
        self.codes[code] = (asked, signed)
        return {"code": code, "state": asked["state"]}

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"].removeprefix("/tenant/v2.0")
        size = int(environ.get("CONTENT_LENGTH") or 0)
        form = {k: v[0] for k, v in parse_qs(environ["wsgi.input"].read(size).decode()).items()}
        if path == "/token" and self.redirect:
            start_response("307 Temporary Redirect", [("Location", self.redirect)])
            return [b""]
        answer = {"/.well-known/openid-configuration": self.config, "/keys": self.keys}
        body = answer[path]() if path in answer else self.token(form)
        status = "400 Bad Request" if "error" in body else "200 OK"
        start_response(status, [("Content-Type", "application/json")])
        return [json.dumps(body).encode()]

    def config(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": KID, "alg": "RS256", "use": "sig"}]}

    def token(self, form):
        """The exchange of a code: once, by the right client, with the verifier of PKCE."""
        asked, id_token = self.codes.pop(form.get("code"), ({}, ""))
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        good = (
            (form.get("client_id"), form.get("client_secret")) == (self.client_id, self.secret)
            and form.get("redirect_uri") == asked.get("redirect_uri")
            and asked.get("code_challenge_method") == "S256"
            and asked.get("code_challenge") == challenge
        )
        if not good:
            return {"error": "invalid_grant"}
        return {"access_token": secrets.token_urlsafe(8), "id_token": id_token, "expires_in": 300}
