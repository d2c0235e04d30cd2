package dev.appenv.api;

/**
 * What holds for a field that the user left out. Never written into {@code spec}: the program that
 * reads a field applies it, and the field's description names it.
 */
public final class Defaults {
  public static final String COMPOSE_FILE = "docker-compose.yml";
  public static final String POLL_INTERVAL = "1m";
  public static final int ROOT_VOLUME_GIB = 20;
  public static final int NONCURRENT_VERSION_DAYS = 30;
  public static final String VALKEY_VERSION = "8.0";
  public static final String REDIS_VERSION = "7.1";
  public static final String CACHE_NODE_TYPE = "cache.t4g.micro";
  public static final int CACHE_NODES = 1;
  public static final int CACHE_SNAPSHOT_DAYS = 1;
  public static final String RELEASE_TIMEOUT = "5m";
  public static final String IMAGE_TIMEOUT = "30m";

  public static final String DATABASE_VERSION = "17";
  public static final String DATABASE_CLASS = "db.t4g.micro";
  public static final int DATABASE_STORAGE_GIB = 20;
  public static final int BACKUP_RETENTION_DAYS = 7;
  public static final int FINAL_SNAPSHOTS = 5;

  private Defaults() {}
}
