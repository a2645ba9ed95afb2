package io.clickpy.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectTest {
  private final Project project = new Project("typing-extensions", 1, 42);

  @Test
  void aFleetDownloadsTheSameFileWithTheSameClientAlways() {
    Download monday = project.downloadBy(17, 1_723_420_800);
    Download tuesday = project.downloadBy(17, 1_723_507_200);

    assertThat(tuesday.file()).isSameAs(monday.file());
    assertThat(tuesday.client()).isSameAs(monday.client());
    assertThat(tuesday.country()).isEqualTo(monday.country());
    assertThat(tuesday.date()).isEqualTo(monday.date().plusDays(1)).hasToString("2024-08-13");
  }

  @Test
  void nameUrlAndVersionOfAFileAgree() {
    List<DistributionFile> files =
        LongStream.range(0, 5_000)
            .mapToObj(fleet -> project.downloadBy(fleet, 0).file())
            .distinct()
            .toList();

    assertThat(files)
        .hasSizeGreaterThan(6)
        .extracting(DistributionFile::url)
        .doesNotHaveDuplicates();
    assertThat(files)
        .allSatisfy(
            file -> {
              assertThat(file.project()).isEqualTo("typing-extensions");
              assertThat(file.filename()).startsWith("typing_extensions-" + file.version());
              assertThat(file.url())
                  .matches("/packages/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{60}/.+")
                  .endsWith("/" + file.filename());
            });
  }

  @ParameterizedTest
  @CsvSource({
    "WHEEL, bdist_wheel, zope_interface-6.0-py3-none-any.whl",
    "SDIST, sdist, zope_interface-6.0.tar.gz",
    "EGG, bdist_egg, zope_interface-6.0-py3.7.egg",
    "WININST, bdist_wininst, zope_interface-6.0.win-amd64.exe",
    "DUMB, bdist_dumb, zope_interface-6.0.linux-x86_64.tar.gz",
    "MSI, bdist_msi, zope_interface-6.0.win-amd64.msi",
    "RPM, bdist_rpm, zope_interface-6.0-1.noarch.rpm",
    "UNKNOWN, , zope_interface-6.0.tar.gz",
  })
  void eachTypeOfFileIsNamedInItsWay(FileType type, String label, String filename) {
    assertThat(type.label()).isEqualTo(label);
    assertThat(type.filename("zope-interface", "6.0", "py3-none-any")).isEqualTo(filename);
  }

  @ParameterizedTest
  @CsvSource({
    "SEMANTIC, 7, 3.2.1",
    "CALENDAR, 7, 2020.8.4",
    "CALENDAR, 12, 2021.1.4",
    "SHORT, 7, 3.7"
  })
  void eachSchemeNumbersInItsWay(VersionScheme scheme, int nth, String version) {
    assertThat(scheme.version(3, nth, -1)).isEqualTo(version);
    assertThat(scheme.version(3, nth, 0)).isEqualTo(version + "rc1");
    assertThat(scheme.version(3, nth, 1L << 59)).isEqualTo(version + ".post1");
  }
}
