package io.clickpy.examples.sample;

import io.clickpy.examples.sample.Client.Distro;
import io.clickpy.examples.sample.Client.Installer;
import io.clickpy.examples.sample.Client.Platform;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes downloads field by field, in the order of {@link ExportSchema#MESSAGE}. A null value, and
 * a group of which nothing is known, is left out: Parquet's NULL.
 */
final class DownloadRowWriter {
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final RecordConsumer consumer;
  // The few values of a file come again and again; each is encoded once.
  private final Map<String, Binary> encoded = new HashMap<>();

  DownloadRowWriter(RecordConsumer consumer) {
    this.consumer = consumer;
  }

  void write(Download download) {
    Client client = download.client();
    consumer.startMessage();
    consumer.startField("timestamp", 0);
    consumer.addLong(download.second() * MICROS_PER_SECOND);
    consumer.endField("timestamp", 0);
    text("country_code", 1, download.country());
    text("url", 2, download.file().url());
    text("project", 3, download.file().project());
    file(download.file());
    installer(client.installer());
    text("python", 6, client.python());
    implementation(client);
    platform(client.platform());
    text("openssl_version", 11, client.opensslVersion());
    text("setuptools_version", 12, client.setuptoolsVersion());
    text("rustc_version", 13, client.rustcVersion());
    text("tls_protocol", 14, client.tlsProtocol());
    text("tls_cipher", 15, client.tlsCipher());
    consumer.endMessage();
  }

  private void file(DistributionFile file) {
    start("file", 4);
    text("filename", 0, file.filename());
    text("project", 1, file.project());
    text("version", 2, file.version());
    text("type", 3, file.type());
    end("file", 4);
  }

  private void installer(@Nullable Installer installer) {
    if (installer != null) {
      start("installer", 5);
      text("name", 0, installer.name());
      text("version", 1, installer.version());
      end("installer", 5);
    }
  }

  private void implementation(Client client) {
    if (client.implementation() != null) {
      start("implementation", 7);
      text("name", 0, client.implementation());
      text("version", 1, client.python());
      end("implementation", 7);
    }
  }

  private void platform(@Nullable Platform platform) {
    if (platform != null) {
      distro(platform.distro());
      start("system", 9);
      text("name", 0, platform.system());
      text("release", 1, platform.release());
      end("system", 9);
      text("cpu", 10, platform.cpu());
    }
  }

  private void distro(@Nullable Distro distro) {
    if (distro != null) {
      start("distro", 8);
      text("name", 0, distro.name());
      text("version", 1, distro.version());
      text("id", 2, distro.id());
      if (distro.libc() != null) {
        start("libc", 3);
        text("lib", 0, distro.libc());
        text("version", 1, distro.libcVersion());
        end("libc", 3);
      }
      end("distro", 8);
    }
  }

  private void text(String field, int index, @Nullable String value) {
    if (value != null) {
      consumer.startField(field, index);
      consumer.addBinary(encoded.computeIfAbsent(value, Binary::fromString));
      consumer.endField(field, index);
    }
  }

  private void start(String field, int index) {
    consumer.startField(field, index);
    consumer.startGroup();
  }

  private void end(String field, int index) {
    consumer.endGroup();
    consumer.endField(field, index);
  }
}
