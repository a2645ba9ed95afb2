package io.clickpy.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The configuration files of one server, in the XML that both kinds of engine read. */
final class ServerConfig {

  static final String FILE = "config.xml";
  private static final String USERS_FILE = "users.xml";

  private final Document document;

  private ServerConfig() {
    try {
      document = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().newDocument();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
    document.appendChild(document.createElement("clickhouse"));
  }

  /** Writes what the server of the given settings needs into its working directory. */
  static void write(ServerSettings settings, Path work, Path data, String logLevel)
      throws IOException {
    ServerConfig config = new ServerConfig();
    config.set("path", data + "/");
    config.set("tmp_path", data.resolve("tmp") + "/");
    config.set("user_files_path", data.resolve("user_files") + "/");
    config.set("listen_host", "127.0.0.1");
    config.set("http_port", Integer.toString(settings.httpPort()));
    config.set("tcp_port", Integer.toString(settings.nativePort()));
    config.set("http_server_default_response", greeting(work));
    config.set("timezone", "UTC");
    config.set("shutdown_wait_unfinished", "1");
    config.set("logger.console", "1");
    config.set("logger.level", logLevel);
    config.set("logger.console_log_level", logLevel);
    settings
        .memoryLimit()
        .ifPresent(bytes -> config.set("max_server_memory_usage", Long.toString(bytes)));
    settings.clusters().forEach(config::add);
    settings.extra().forEach(config::set);
    if (settings.usersFile().isPresent()) {
      config.set("users_config", settings.usersFile().get().toString());
    } else if (settings.engine() instanceof Engine.Program) {
      // The library brings such a user by itself; a program wants a file, and can keep more users
      // beside it.
      openUsers().save(work.resolve(USERS_FILE));
      config.set("users_config", work.resolve(USERS_FILE).toString());
      config.set("access_control_path", data.resolve("access") + "/");
    }
    config.save(work.resolve(FILE));
  }

  /**
   * What the server says to a plain GET: its working directory is its own, so no other server says
   * the same.
   */
  static String greeting(Path work) {
    return work.getFileName().toString();
  }

  private static ServerConfig openUsers() {
    ServerConfig users = new ServerConfig();
    users.set("profiles.default", "");
    users.set("quotas.default", "");
    users.set("users.default.password", "");
    users.set("users.default.networks.ip", "127.0.0.1");
    users.set("users.default.profile", "default");
    users.set("users.default.quota", "default");
    users.set("users.default.access_management", "1");
    return users;
  }

  /** Sets a dotted name; names with a common start share their elements. */
  private void set(String name, String value) {
    Element element = document.getDocumentElement();
    for (String part : name.split("\\.", -1)) {
      element = childNamed(element, part);
    }
    element.setTextContent(value);
  }

  private void add(Cluster cluster) {
    Element element = childNamed(document.getDocumentElement(), "remote_servers");
    element = append(element, cluster.name());
    for (Cluster.Shard shard : cluster.shards()) {
      Element replica = append(append(element, "shard"), "replica");
      append(replica, "host").setTextContent(shard.host());
      append(replica, "port").setTextContent(Integer.toString(shard.port()));
    }
  }

  private Element childNamed(Element parent, String name) {
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element && element.getTagName().equals(name)) {
        return element;
      }
    }
    return append(parent, name);
  }

  private Element append(Element parent, String name) {
    Element child = document.createElement(name);
    parent.appendChild(child);
    return child;
  }

  private void save(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      TransformerFactory.newDefaultInstance()
          .newTransformer()
          .transform(new DOMSource(document), new StreamResult(out));
    } catch (TransformerException e) {
      throw new IOException(e);
    }
  }
}
