package io.clickpy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnginePackageTest {

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, @chdb/lib-linux-x64-gnu@26.7.3-stable.1",
    "Linux, aarch64, @chdb/lib-linux-arm64-gnu@26.7.3-stable.1",
    "LINUX, AMD64, @chdb/lib-linux-x64-gnu@26.7.3-stable.1",
    "Mac OS X, x86_64, @chdb/lib-darwin-x64@26.7.3-stable.1",
    "Mac OS X, aarch64, @chdb/lib-darwin-arm64@26.7.3-stable.1",
  })
  void isNamedAfterThePlatform(String os, String arch, String spec) {
    assertThat(EnginePackage.of(os, arch)).get().extracting(EnginePackage::spec).isEqualTo(spec);
  }

  @ParameterizedTest
  @CsvSource({"Windows 11, amd64", "Linux, riscv64", "FreeBSD, amd64"})
  void isAbsentForOtherPlatforms(String os, String arch) {
    assertThat(EnginePackage.of(os, arch)).isEmpty();
  }

  @Test
  void directoryIsNamedAfterPackageAndVersion() {
    assertThat(EnginePackage.of("Linux", "amd64"))
        .get()
        .extracting(EnginePackage::directoryName)
        .isEqualTo("chdb-lib-linux-x64-gnu-26.7.3-stable.1");
  }
}
