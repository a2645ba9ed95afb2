package io.clickpy.core.migrate;

import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.util.List;
import java.util.stream.Stream;

/**
 * All migrations, oldest first. One that was released never changes again: a test compares its
 * checksum with the one noted at its release.
 */
final class Migrations {
  private Migrations() {}

  static List<Migration> of(Target target) {
    return List.of(createDownloads(target), createReferenceData(target));
  }

  /** Views come last, so that none fills a table that is not there yet. */
  private static Migration createDownloads(Target target) {
    List<Rollup> rollups =
        Stream.of(
                "pypi_downloads_per_day_by_version_by_installer_by_type_by_country",
                "pypi_downloads_per_day_by_version_by_python_by_country",
                "pypi_downloads_per_day_by_version_by_system_by_country",
                "pypi_downloads_per_day_by_version_by_installer_by_type",
                "pypi_downloads_per_day_by_version_by_country",
                "pypi_downloads_per_day_by_version_by_python",
                "pypi_downloads_per_day_by_version_by_system",
                "pypi_downloads_per_day_by_version_by_file_type",
                "pypi_downloads_per_day_by_version",
                "pypi_downloads_per_day_by_installer_by_type",
                "pypi_downloads_per_day_by_country",
                "pypi_downloads_per_day_by_python",
                "pypi_downloads_per_day_by_system",
                "pypi_downloads_per_day",
                "pypi_downloads_overall_per_day",
                "pypi_downloads_per_month",
                "pypi_downloads_by_version",
                "pypi_downloads",
                "pypi_downloads_max_min")
            .map(target.schema()::rollup)
            .toList();
    return new Migration(
        1,
        "create the raw table and its rollups",
        Stream.of(
                Stream.of(target.create(target.schema().downloads())),
                rollups.stream().map(target::create),
                rollups.stream().map(target::createView),
                target.distribute(List.of(target.schema().downloads())),
                target.distribute(rollups))
            .flatMap(steps -> steps)
            .toList());
  }

  private static Migration createReferenceData(Target target) {
    PypiSchema schema = target.schema();
    return new Migration(
        2,
        "create projects, countries and their dictionaries",
        List.of(
            target.create(schema.projects()),
            target.create(schema.countries()),
            CountriesStep.fill(schema.countries()),
            target.create(schema.dictionary("countries_dict")),
            target.create(schema.dictionary("last_updated_dict"))));
  }
}
