"""What PostgreSQL and libpq say before there is a session, and what a secretary is told."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from pan_desktop.domain.errors import SharedRefusedError, SharedUnreachableError
from pan_desktop.store.shared.failures import (
    NO_DATABASE,
    NO_RIGHT,
    NO_TLS,
    NOT_ADMITTED,
    REFUSED_NAME,
    UNREACHABLE,
    reaching,
    translated,
)
from pan_desktop.store.shared.server import server_engine
from tests.postgres import TestServer, server

__all__ = ["server"]

AT = 'connection failed: connection to server at "192.0.2.7", port 5432 failed: '


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ('FATAL:  password authentication failed for user "salma"', REFUSED_NAME),
        (
            "FATAL:  authentification par mot de passe échouée pour l'utilisateur « salma »",
            REFUSED_NAME,
        ),
        ("fe_sendauth: no password supplied", REFUSED_NAME),
        ('FATAL:  role "salma" does not exist', REFUSED_NAME),
        ("FATAL:  le rôle « salma » n'existe pas", REFUSED_NAME),
        ('FATAL:  database "password" does not exist', NO_DATABASE),
        ("FATAL:  la base de données « office » n'existe pas", NO_DATABASE),
        ('FATAL:  permission denied for database "office"', NO_RIGHT),
        ("FATAL:  droit refusé pour la base de données « office »", NO_RIGHT),
        (
            (
                'FATAL:  no pg_hba.conf entry for host "192.0.2.9", user "salma", '
                'database "office", SSL encryption'
            ),
            NOT_ADMITTED,
        ),
        (
            (
                "FATAL:  aucune entrée dans pg_hba.conf pour l'hôte « 192.0.2.9 », utilisateur"
                " « salma », base de données « office », aucun chiffrement"
            ),
            NOT_ADMITTED,
        ),
        ('could not read root certificate file "/r.crt": Permission denied', NO_TLS),
        ("server does not support SSL, but SSL was required", NO_TLS),
        ("SSL error: certificate verify failed", NO_TLS),
        ("SSL connection has been closed unexpectedly", UNREACHABLE),
        ("Connection refused", UNREACHABLE),
        ("FATAL:  sorry, too many clients already", UNREACHABLE),
        ('could not translate host name "ssl.exemple.invalid" to address: not known', UNREACHABLE),
    ],
)
def test_what_is_said_before_a_session_is_understood(said: str, sentence: str) -> None:
    error = translated(DBAPIError("", None, psycopg.OperationalError(AT + said)))
    assert error.sentence == sentence
    unreachable = sentence == UNREACHABLE
    assert isinstance(error, SharedUnreachableError if unreachable else SharedRefusedError)
    assert "salma" not in error.sentence


def test_a_real_server_that_lacks_the_name_or_the_base_is_told_from_one_that_is_silent(
    server: TestServer,
) -> None:
    role = "lectrice_sans_entree"
    server.sql(f"DROP ROLE IF EXISTS {role}")
    server.sql(f"CREATE ROLE {role} LOGIN PASSWORD 'secret'")
    base = server.new_database()
    server.sql(f'REVOKE CONNECT ON DATABASE "{base}" FROM PUBLIC')
    found = []
    for url in (
        server.url("n_existe_pas"),
        server.url(base, "inconnue", "secret"),
        server.url(base, role, "secret"),
    ):
        engine = server_engine(url)
        with pytest.raises(SharedRefusedError) as caught, reaching():
            engine.connect()
        engine.dispose()
        found.append(caught.value.sentence)
    assert found == [NO_DATABASE, REFUSED_NAME, NO_RIGHT]
