"""What the backend uses beside itself: a database, and where the environment has them a cache, a bucket and mail. Each is told by variables.

The libraries of the optional parts are loaded when they are first used: the health check, which is a process of its own, needs none of them.
"""
import email.message
import functools
import os
import smtplib
import ssl

import psycopg2

COMPOSE_DATABASE = {
    "host": ("POSTGRES_SERVER", "db"),
    "port": ("POSTGRES_PORT", "5432"),
    "user": ("POSTGRES_USER", "shop"),
    "password": ("POSTGRES_PASSWORD", ""),
    "dbname": ("POSTGRES_DB", "shop"),
}


class Missing(Exception):
    """The environment has no such part."""


class NotFound(Exception):
    """The part is there, and the thing is not in it."""


def setting(name):
    value = os.environ.get(name)
    if not value:
        raise Missing(f"{name} is not set: the environment has no such part, or the compose file does not pass it on")
    return value


# ---- rows
def sql(*statements, args=()):
    """Runs the statements in one transaction; the rows of the last one, if it has any."""
    url = os.environ.get("DATABASE_URL")
    where = {"dsn": url} if url else {name: os.environ.get(*variable) for name, variable in COMPOSE_DATABASE.items()}
    connection = psycopg2.connect(connect_timeout=3, **where)
    try:
        with connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, args)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


# ---- a counter
@functools.cache
def cache(url):
    import redis

    return redis.Redis.from_url(url, socket_connect_timeout=3, socket_timeout=3)


def visits():
    return int(cache(setting("REDIS_URL")).get("visits") or 0)


def visit():
    return cache(setting("REDIS_URL")).incr("visits")


# ---- files
@functools.cache
def s3(region):
    import botocore.session

    session = botocore.session.get_session()
    session.set_config_variable("metadata_service_timeout", 5)  # a busy machine takes more than the second that is the default
    session.set_config_variable("metadata_service_num_attempts", 3)
    if session.get_credentials() is None:  # else it would never be asked again
        raise ConnectionError("the machine's metadata service gives no keys of a role")
    return session.create_client("s3", region_name=region)


def store(name, content):
    s3(setting("S3_REGION")).put_object(Bucket=setting("S3_BUCKET"), Key=name, Body=content)


def load(name):
    client = s3(setting("S3_REGION"))
    try:
        return client.get_object(Bucket=setting("S3_BUCKET"), Key=name)["Body"].read()
    except client.exceptions.NoSuchKey:
        raise NotFound(f"no file {name}") from None


# ---- mail
def send(to, subject, text):
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = setting("SMTP_FROM"), to, subject
    message.set_content(text)
    with smtplib.SMTP(setting("SMTP_HOST"), int(setting("SMTP_PORT")), timeout=10) as smtp:
        smtp.starttls(context=ssl.create_default_context())
        smtp.login(setting("SMTP_USERNAME"), setting("SMTP_PASSWORD"))
        smtp.send_message(message)
