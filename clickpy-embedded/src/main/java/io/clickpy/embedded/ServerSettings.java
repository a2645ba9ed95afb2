package io.clickpy.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server is started with.
 *
 * @param engine what runs
 * @param dataDirectory where it keeps its data; empty means below its working directory
 * @param httpPort 0 lets the system choose
 * @param nativePort 0 lets the system choose
 * @param memoryLimit in bytes
 * @param usersFile its own users
 * @param clusters the clusters it knows
 * @param extra further server settings by dotted name
 */
record ServerSettings(
    Engine engine,
    Optional<Path> dataDirectory,
    int httpPort,
    int nativePort,
    OptionalLong memoryLimit,
    Optional<Path> usersFile,
    List<Cluster> clusters,
    Map<String, String> extra) {}
